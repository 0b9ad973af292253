"""The obstacle/catalyst table as values to print: for readers, and as data."""

from __future__ import annotations

from qualcode.analysis.rollup import UNPAIRED, Evidence, PairRow, PoleEvidence, RollUp
from qualcode.core.model import CodedSegment, Kind
from qualcode.core.table import Cell, Column, Table

NONE = "-"

_PLURALS: dict[Kind, str] = {
    "interview notes": "sets of interview notes",
    "transcript": "transcripts",
    "minutes": "sets of minutes",
    "field notes": "sets of field notes",
    "questionnaire": "questionnaires",
    "policy": "policies",
    "other": "other documents",
}
_SINGULARS: dict[Kind, str] = {
    "interview notes": "set of interview notes",
    "minutes": "set of minutes",
    "field notes": "set of field notes",
    "other": "other document",
}


def counted(n: int, singular: str, plural: str = "") -> str:
    """A number with its unit.

    >>> counted(1, "segment"), counted(0, "segment")
    ('1 segment', '0 segments')
    """
    return f"{n:,} {singular if n == 1 else plural or singular + 's'}"


def counted_kind(n: int, kind: Kind) -> str:
    """A number of documents of one kind, in words."""
    return counted(n, _SINGULARS.get(kind, kind), _PLURALS[kind])


def quoted(coded: CodedSegment) -> str:
    """The quotation as it may be printed: quotation marks only around somebody's own words."""
    return f"“{coded.quote}”" if coded.voice == "verbatim" else coded.quote


def marked(coded: CodedSegment) -> str:
    """Whose words these are, for the end of a credit."""
    return {"verbatim": "own words", "observer": "observer"}.get(coded.voice, "as noted")


def caption(rollup: RollUp) -> str:
    """What the table is called: obstacles to what, where the study says so."""
    outcome = rollup.codebook.outcome
    return f"Obstacles{f' to {outcome}' if outcome else ''} and their catalysts"


def pairs_table(rollup: RollUp) -> Table:
    """The table for readers: one row per pair, catalysts and their evidence line by line."""
    columns = (
        Column("number", "No."),
        Column("obstacle", "Obstacles"),
        Column("catalysts", "Catalysts"),
        Column("lenses", "Analytic lenses"),
        Column("evidence", "Evidence: documents n/N"),
        Column("exemplar", "Exemplar"),
    )
    rows = tuple(_reader_row(row, rollup) for row in rollup.rows)
    return Table("pairs", caption(rollup), columns, rows, notes(rollup))


def _reader_row(row: PairRow, rollup: RollUp) -> tuple[Cell, ...]:
    return (
        (str(row.pair.number),),
        (pole_line(row.obstacle),),
        tuple(pole_line(pole) for pole in row.catalysts) or (NONE,),
        (" / ".join(row.lenses) or NONE,),
        evidence_lines(row.evidence, rollup),
        exemplar_lines(row.exemplar),
    )


def pole_line(pole: PoleEvidence | None) -> str:
    """What one side says, with the documents and segments for and against it."""
    if pole is None:
        return NONE
    found = pole.supporting
    if not found.segments and not pole.contrary.segments:
        return f"{pole.pole.says} (no evidence)"
    counts = f"{counted(found.documents, 'document')}, {counted(found.segments, 'segment')}"
    if pole.contrary.segments:
        word = "CONTESTED: " if pole.is_contested else ""
        counts += f"; {word}{counted(pole.contrary.documents, 'document')} against"
    return f"{pole.pole.says} ({counts})"


def evidence_lines(evidence: Evidence, rollup: RollUp) -> tuple[str, ...]:
    """Documents by kind as n/N, then participants and segments, one line each."""
    found = dict(evidence.by_kind)
    lines = [f"{kind} {found.get(kind, 0)}/{total}" for kind, total in rollup.counted]
    return (
        *lines,
        f"participants {evidence.participants}/{rollup.participants}",
        counted(evidence.segments, "segment"),
    )


def contested_lines(row: PairRow) -> tuple[str, ...]:
    """For each code with evidence both ways: how many documents speak each way."""
    return tuple(
        f"{pole.pole.says}: {counted(pole.supporting.documents, 'document')} for, "
        f"{pole.contrary.documents} against"
        for pole in row.poles
        if pole.is_contested
    )


def exemplar_lines(exemplar: CodedSegment | None) -> tuple[str, ...]:
    """A quotation and its credit, as they may be printed."""
    if exemplar is None:
        return (NONE,)
    return (quoted(exemplar), f"({exemplar.credit}; {marked(exemplar)})")


def pairs_data(rollup: RollUp) -> Table:
    """The same numbers as data: one row per pair, one number or text per cell and line.

    "n of N" is written in words, because a spreadsheet makes a date of 5/8. Lines of
    `catalysts`, `catalyst_documents` and `catalyst_segments` belong together.
    """
    columns = (
        Column("number", "No."),
        Column("pair", "Row id"),
        Column("obstacle", "Obstacle"),
        Column("catalysts", "Catalysts"),
        Column("lenses", "Analytic lenses"),
        Column("documents", "Documents", "documents"),
        *(Column(kind.replace(" ", "_"), kind, "documents") for kind, _ in rollup.counted),
        Column("participants", "Participants", "participants"),
        Column("segments", "Segments", "segments"),
        Column("obstacle_documents", "Documents for the obstacle", "documents"),
        Column("obstacle_segments", "Segments for the obstacle", "segments"),
        Column("catalyst_documents", "Documents for each catalyst", "documents"),
        Column("catalyst_segments", "Segments for each catalyst", "segments"),
        Column("contested", "Contested", "documents"),
        Column("condition", "Condition"),
        Column("exemplar", "Exemplar"),
        Column("credit", "Credit"),
        Column("voice", "Voice"),
        Column("source", "Document and unit"),
    )
    rows = tuple(_data_row(row, rollup) for row in rollup.rows)
    return Table("pairs", caption(rollup), columns, rows, notes(rollup))


def _data_row(row: PairRow, rollup: RollUp) -> tuple[Cell, ...]:
    found = dict(row.evidence.by_kind)
    obstacle = row.obstacle.supporting if row.obstacle else None
    exemplar = row.exemplar
    return (
        (str(row.pair.number),),
        (row.pair.id,),
        (row.obstacle.pole.says if row.obstacle else "",),
        tuple(pole.pole.says for pole in row.catalysts) or ("",),
        (" / ".join(row.lenses),),
        (f"{row.evidence.documents} of {rollup.documents}",),
        *((f"{found.get(kind, 0)} of {total}",) for kind, total in rollup.counted),
        (f"{row.evidence.participants} of {rollup.participants}",),
        (str(row.evidence.segments),),
        (str(obstacle.documents) if obstacle else "",),
        (str(obstacle.segments) if obstacle else "",),
        tuple(str(pole.supporting.documents) for pole in row.catalysts) or ("",),
        tuple(str(pole.supporting.segments) for pole in row.catalysts) or ("",),
        contested_lines(row) or ("",),
        (row.pair.condition,),
        (exemplar.quote if exemplar else "",),
        (exemplar.credit if exemplar else "",),
        (exemplar.voice if exemplar else "",),
        (f"{exemplar.doc_id}, {exemplar.unit}" if exemplar else "",),
    )


def is_alone(row: PairRow) -> bool:
    """Whether the row stands for a code that no pair names."""
    return row.pair.id.startswith(UNPAIRED)


def notes(rollup: RollUp) -> tuple[str, ...]:
    """What stands below the table: rows, what is counted, N by kind, context, codebook."""
    how = "n/N counts documents that say so, out of all documents of the kind."
    total, *rest = basis_notes(rollup)
    return (count_line(rollup), f"{how} {total}", *rest)


def basis_notes(rollup: RollUp) -> tuple[str, ...]:
    """N by kind, what is not counted, which codebook, and whether a person read it."""
    sources = ", ".join(counted_kind(n, kind) for kind, n in rollup.counted) or "no documents"
    context = ", ".join(rollup.context) or "none"
    return (
        f"N = {sources}; {counted(rollup.participants, 'participant')} heard.",
        "Not counted: the observer's own comments, and documents that give context only: "
        f"{context}.",
        *_unread_note(rollup.unread),
        codebook_note(rollup),
        draft_note(rollup),
    )


def _unread_note(unread: int) -> tuple[str, ...]:
    if not unread:
        return ()
    return (f"Not in N: {counted(unread, 'document')} that nobody has coded or reviewed yet.",)


def count_line(rollup: RollUp) -> str:
    """Rows, obstacles, catalysts, pairs, rows without a partner and contested ones."""
    rows, one, many = rollup.rows, rollup.words.word("pair"), rollup.words.word("pairs")
    paired = [row for row in rows if not is_alone(row)]
    pairs = sum(len(row.catalysts) for row in paired if row.obstacle)
    halves = sum(not (row.obstacle and row.catalysts) for row in paired)
    alone = len(rows) - len(paired)
    lonely = f"; {counted(alone, 'row')} for codes that no {one} names" if alone else ""
    obstacles = sum(row.obstacle is not None for row in rows)
    catalysts = sum(len(row.catalysts) for row in rows)
    return (
        f"{counted(len(rows), 'row')}: {counted(obstacles, 'obstacle')}, "
        f"{counted(catalysts, 'catalyst')}, {counted(pairs, one, many)}; "
        f"{counted(halves, 'row')} without a partner; "
        f"{sum(row.is_contested for row in rows)} contested{lonely}."
    )


def codebook_note(rollup: RollUp) -> str:
    """The codebook, its source, its version and the date of it, where they are known."""
    book = rollup.codebook
    source = f" ({book.source})" if book.source else ""
    edition = f", {rollup.edition}" if rollup.edition else ""
    return f"{rollup.words.title('codebook')}: {book.name}{source}{edition}."


def draft_note(rollup: RollUp) -> str:
    """Whether the table rests on suggestions or on what a person decided."""
    if not rollup.is_draft:
        return f"{counted(rollup.codings, 'coding')}, all made or accepted by a person."
    if not rollup.suggestions and not rollup.codings and not rollup.counted:
        return "Nothing is coded yet: the table says what the analyst wrote, without evidence."
    draft = f"DRAFT: {counted(rollup.suggestions, 'suggestion')}, {rollup.codings:,} reviewed."
    return draft if rollup.codings else f"{draft} Nobody has read these suggestions yet."
