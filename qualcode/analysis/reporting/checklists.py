"""Reporting checklists filled with what the study knows, and AUTHOR for the rest.

COREQ: Tong, Sainsbury and Craig, "Consolidated criteria for reporting qualitative research",
International Journal for Quality in Health Care 19 (2007), 349-357; 32 items. SRQR: O'Brien
and others, "Standards for reporting qualitative research", Academic Medicine 89 (2014),
1245-1251; 21 items. Items are named by their short titles; what they ask is in our words.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.analysis.reporting import known
from qualcode.analysis.reporting.facts import StudyFacts
from qualcode.analysis.reporting.known import Known
from qualcode.analysis.reporting.prose import AUTHOR
from qualcode.core.table import Column, Table


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its number and short title, what the author is to say, what may be known.

    `where` is the command or file that shows it.
    """

    number: str
    title: str
    asks: str
    known: Known | None = None
    where: str = ""


def checklist(name: str, facts: StudyFacts) -> Table:
    """A filled checklist ("coreq" or "srqr"): one row for each item, in the standard's order.

    The last note counts the items of which something is known; the author finishes those too.
    """
    title, items = CHECKLISTS[name]
    columns = (
        Column("number", "No."),
        Column("item", "Item"),
        Column("known", "What the project knows"),
        Column("author", "For the author"),
        Column("where", "Shown by"),
    )
    rows = []
    filled = 0
    for item in items:
        told = item.known(facts) if item.known else ""
        filled += bool(told)
        rows.append(
            (
                (item.number,),
                (item.title,),
                (told or AUTHOR,),
                (item.asks,),
                (item.where if told else "-",),
            )
        )
    notes = (
        f"The project knows something of {filled} of {len(items)} items; {AUTHOR} marks the rest.",
        "Nothing here is invented: check each line before it goes into a paper.",
    )
    return Table(name, title, columns, tuple(rows), notes)


COREQ: tuple[Item, ...] = (
    Item("1", "Interviewer or facilitator", "Who interviewed, observed or led the groups?"),
    Item("2", "Credentials", "Which degrees do the researchers hold?"),
    Item("3", "Occupation", "What was their occupation at the time?"),
    Item("4", "Gender", "What is their gender?"),
    Item("5", "Experience and training", "What experience or training did they have?"),
    Item("6", "Relationship established", "Did they know participants before the study?"),
    Item("7", "Participant knowledge of the interviewer", "What did participants know of them?"),
    Item(
        "8",
        "Interviewer characteristics",
        "Which interests, assumptions or biases do you report?",
        known.reflexive,
        "qualcode memo list --kind reflexive",
    ),
    Item(
        "9",
        "Methodological orientation and theory",
        "Why this orientation? Cite it.",
        known.method,
        "qualcode.yaml",
    ),
    Item("10", "Sampling", "How were participants chosen?"),
    Item("11", "Method of approach", "How were they approached?"),
    Item(
        "12", "Sample size", "Is this everybody who took part?", known.sample_size, "qualcode cases"
    ),
    Item("13", "Non-participation", "How many declined or dropped out, and why?"),
    Item("14", "Setting of data collection", "Where were the data collected?"),
    Item("15", "Presence of non-participants", "Was anybody else present?"),
    Item(
        "16",
        "Description of sample",
        "Which characteristics matter? Mind small cells.",
        known.sample,
        "qualcode table sample",
    ),
    Item("17", "Interview guide", "Was it piloted? Append it.", known.guide, "qualcode documents"),
    Item("18", "Repeat interviews", "Were repeats planned?", known.repeats, "qualcode cases"),
    Item(
        "19",
        "Audio or visual recording",
        "Why recorded, or why not?",
        known.recording,
        "qualcode inventory",
    ),
    Item("20", "Field notes", "When were they made?", known.field_notes, "qualcode inventory"),
    Item(
        "21", "Duration", "How long did interviews or meetings last?", known.duration, "documents/"
    ),
    Item(
        "22",
        "Data saturation",
        "Was it discussed, and how did it end sampling?",
        known.saturation,
        "qualcode saturation",
    ),
    Item("23", "Transcripts returned", "Did participants see notes or transcripts?"),
    Item("24", "Number of data coders", "Who were they?", known.coders, "qualcode log"),
    Item(
        "25",
        "Description of the coding tree",
        "Append the codebook.",
        known.tree,
        "qualcode codebook export",
    ),
    Item(
        "26",
        "Derivation of themes",
        "Did themes come from the data or were they set before?",
        known.derivation,
        "qualcode codebook history",
    ),
    Item("27", "Software", "Cite the version used.", known.software, "qualcode --version"),
    Item("28", "Participant checking", "Did participants comment on the findings?"),
    Item(
        "29",
        "Quotations presented",
        "Is every quotation identified?",
        known.quotations,
        "qualcode table quotations",
    ),
    Item(
        "30",
        "Data and findings consistent",
        "Do the findings follow from the data?",
        known.consistent,
        "qualcode report",
    ),
    Item("31", "Clarity of major themes", "Are they clear?", known.major, "qualcode table pairs"),
    Item(
        "32",
        "Clarity of minor themes",
        "Are diverse cases and minor themes discussed?",
        known.minor,
        "qualcode table pairs --style full",
    ),
)

SRQR: tuple[Item, ...] = (
    Item("S1", "Title", "Name the topic and the approach in the title."),
    Item("S2", "Abstract", "Summarise background, purpose, methods, results, conclusions."),
    Item("S3", "Problem formulation", "Say what the problem is and why it matters."),
    Item(
        "S4",
        "Purpose or research question",
        "Is this still the question?",
        known.question,
        "qualcode.yaml",
    ),
    Item(
        "S5",
        "Qualitative approach and research paradigm",
        "Name the paradigm and say why it fits.",
        known.method,
        "qualcode.yaml",
    ),
    Item(
        "S6",
        "Researcher characteristics and reflexivity",
        "Say what the researchers bring and how it may matter.",
        known.reflexive,
        "qualcode memo list --kind reflexive",
    ),
    Item("S7", "Context", "Describe the setting and what marks it."),
    Item("S8", "Sampling strategy", "Say how and why units were chosen, and when it ended."),
    Item("S9", "Ethical issues", "Name the approval and describe consent."),
    Item(
        "S10",
        "Data collection methods",
        "Say how, when and by whom data were collected.",
        known.paragraph("Material"),
        "qualcode inventory",
    ),
    Item(
        "S11",
        "Data collection instruments and technologies",
        "Describe guides, forms and recorders.",
        known.recording,
        "qualcode inventory",
    ),
    Item(
        "S12",
        "Units of study",
        "Say who and what was studied, and at which level.",
        known.units,
        "qualcode table sample",
    ),
    Item(
        "S13",
        "Data processing",
        "Say how data were prepared, checked and made anonymous.",
        known.paragraph("Software and data"),
        "qualcode check",
    ),
    Item(
        "S14",
        "Data analysis",
        "Say how codes became findings, and who took part.",
        known.analysis,
        "qualcode codebook history",
    ),
    Item(
        "S15",
        "Techniques to enhance trustworthiness",
        "Name further techniques, such as participant checking.",
        known.paragraph("Rigour"),
        "qualcode log",
    ),
    Item(
        "S16",
        "Synthesis and interpretation",
        "State the main findings.",
        known.major,
        "qualcode table pairs",
    ),
    Item(
        "S17",
        "Links to empirical data",
        "Is there evidence for each finding?",
        known.quotations,
        "qualcode table quotations",
    ),
    Item(
        "S18",
        "Integration with prior work",
        "Say what the findings add to what was known.",
    ),
    Item("S19", "Limitations", "Say what limits the findings."),
    Item("S20", "Conflicts of interest", "Name any, and how they were handled."),
    Item("S21", "Funding", "Name the sources and their part in the study."),
)

CHECKLISTS: dict[str, tuple[str, tuple[Item, ...]]] = {
    "coreq": ("COREQ: consolidated criteria for reporting qualitative research", COREQ),
    "srqr": ("SRQR: standards for reporting qualitative research", SRQR),
}
