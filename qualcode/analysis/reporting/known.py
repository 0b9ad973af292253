"""What a study knows for an item of a reporting checklist; "" where it knows nothing."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.analysis.pair_tables import counted, counted_kind
from qualcode.analysis.reporting.facts import StudyFacts
from qualcode.analysis.reporting.prose import AUTHOR, listed, methods_parts

Known = Callable[[StudyFacts], str]


def paragraph(heading: str) -> Known:
    """What a paragraph of the methods section says, without the places left for the author."""

    def told(facts: StudyFacts) -> str:
        part = next(one for one in methods_parts(facts) if one.heading == heading)
        return " ".join(one for one in part.sentences if not one.startswith(f"[{AUTHOR}"))

    return told


def question(facts: StudyFacts) -> str:
    return facts.question


def method(facts: StudyFacts) -> str:
    return f"Analysis by {facts.method.name}."


def sample_size(facts: StudyFacts) -> str:
    return f"{counted(facts.people.heard, 'participant')} heard." if facts.people.heard else ""


def sample(facts: StudyFacts) -> str:
    traits = facts.people.traits
    return (
        f"Known of participants: {listed(f'{name} (of {n})' for name, _, n in traits)}."
        if traits
        else ""
    )


def guide(facts: StudyFacts) -> str:
    n = facts.material.guided
    return f"Questions or topics are kept for {counted(n, 'interview')}." if n else ""


def repeats(facts: StudyFacts) -> str:
    n = facts.people.repeated
    if not facts.people.heard:
        return ""
    return f"{counted(n, 'participant')} heard more than once." if n else "Nobody was heard twice."


def recording(facts: StudyFacts) -> str:
    material = facts.material
    notes, recorded = material.of_kind("interview notes"), material.of_kind("transcript")
    parts = []
    if notes:
        parts.append(f"{counted_kind(notes, 'interview notes')}: not recorded, taken as notes")
    if recorded:
        parts.append(f"{counted_kind(recorded, 'transcript')}: recorded and transcribed")
    return f"{'; '.join(parts)}." if parts else ""


def field_notes(facts: StudyFacts) -> str:
    material = facts.material
    n = material.of_kind("field notes")
    comments = (
        f"the observer's own comments are marked in {counted(material.observed, 'document')}"
        if material.observed
        else ""
    )
    told = [counted_kind(n, "field notes")] if n else []
    return f"{'; '.join([*told, comments] if comments else told)}." if told or comments else ""


def duration(facts: StudyFacts) -> str:
    n = facts.material.timed
    return f"Times or lengths are kept for {counted(n, 'document')}." if n else ""


def saturation(facts: StudyFacts) -> str:
    if facts.method.hides("saturation"):
        return f"Not reported: {facts.method.leaves_out['saturation']}."
    return facts.saturation


def coders(facts: StudyFacts) -> str:
    n = len(facts.people.coders)
    double = facts.people.double
    more = f"; {counted(double, 'document')} coded by more than one" if double else ""
    return f"{counted(n, 'coder')}{more}." if n else ""


def tree(facts: StudyFacts) -> str:
    scheme = facts.scheme
    if not scheme.codes:
        return ""
    word = facts.method.word("categories")
    return (
        f"{counted(scheme.codes, 'code')}, {scheme.raised} {word}; {scheme.defined} with a "
        "definition."
    )


def derivation(facts: StudyFacts) -> str:
    born = facts.scheme.born_in
    return (
        f"From the data: first used in {listed(f'{kind} ({n})' for kind, n in born)}."
        if born
        else ""
    )


def software(facts: StudyFacts) -> str:
    return f"{facts.software}."


def quotations(facts: StudyFacts) -> str:
    n = facts.scheme.quoted
    return (
        f"{counted(n, 'quotation')} can be shown with role and kind of source; names are left out."
        if n
        else ""
    )


def consistent(facts: StudyFacts) -> str:
    return (
        "Every number of the tables opens to the quotations behind it; "
        "`qualcode check-draft` compares a draft with them."
        if facts.work.codings
        else ""
    )


def major(facts: StudyFacts) -> str:
    scheme = facts.scheme
    return (
        f"{counted(scheme.rows, 'row')} of obstacles and catalysts, "
        f"{counted(scheme.catalysts, 'catalyst')}."
        if scheme.rows
        else ""
    )


def minor(facts: StudyFacts) -> str:
    n = facts.scheme.contested
    return f"{counted(n, 'contested row')}, with evidence both ways." if facts.scheme.rows else ""


def reflexive(facts: StudyFacts) -> str:
    n = facts.record.memos_of("reflexive")
    return f"{counted(n, 'reflexive memo')} kept." if n else ""


def analysis(facts: StudyFacts) -> str:
    return " ".join(filter(None, (paragraph(one)(facts) for one in ("Coding", "Codebook"))))


def units(facts: StudyFacts) -> str:
    parts = [
        part for part in (paragraph("Material")(facts), paragraph("Participants")(facts)) if part
    ]
    return " ".join(parts)
