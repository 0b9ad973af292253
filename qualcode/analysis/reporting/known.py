"""What a study knows for an item of a reporting checklist; "" where it knows nothing."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.analysis.pair_tables import counted, counted_kind
from qualcode.analysis.reporting.facts import StudyFacts
from qualcode.analysis.reporting.prose import AUTHOR, KIND_NAMES, listed, methods_parts

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
    people = facts.people
    if not people.heard:
        return ""
    if not people.again:
        return "Nobody is heard in more than one document."
    who = f"{people.repeated} of them" if people.repeated else "none of them"
    return (
        f"{counted(people.again, 'participant')} heard in more than one document, {who} "
        "in more than one interview."
    )


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
    scheme = facts.scheme
    born = listed(f"{n} in {KIND_NAMES[kind]}" for kind, n in scheme.born_in)
    parts = [
        f"Set before: {counted(scheme.brought, 'code')}." if scheme.brought else "",
        f"From the data: {counted(scheme.arose, 'code')}{f' ({born})' if born else ''}."
        if scheme.arose
        else "",
        f"Written in by hand or taken in, from where the project does not know: "
        f"{counted(scheme.unplaced, 'code')}."
        if scheme.unplaced
        else "",
    ]
    return " ".join(filter(None, parts))


def software(facts: StudyFacts) -> str:
    return f"{facts.software}."


def quotations(facts: StudyFacts) -> str:
    n, asked = facts.scheme.quotable, facts.scheme.asked
    if not n and not asked:
        return ""
    more = f", {asked:,} more only after asking" if asked else ""
    return (
        f"{counted(n, 'quotation')} can be shown with role and kind of source{more}; names are "
        "left out."
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
