"""The obstacle/catalyst table as values to print: for readers, and as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qualcode.analysis.rollup import UNPAIRED, Evidence, PairRow, PoleEvidence, RollUp
from qualcode.core.model import CodedSegment, Consent, Kind
from qualcode.core.table import Cell, Column, Table
from qualcode.core.text import counted as counted

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


def counted_kind(n: int, kind: Kind) -> str:
    """A number of documents of one kind, in words."""
    return counted(n, _SINGULARS.get(kind, kind), _PLURALS[kind])


def quoted(coded: CodedSegment) -> str:
    """The quotation as it may be printed: quotation marks only around somebody's own words."""
    return f"“{coded.quote}”" if coded.voice == "verbatim" else coded.quote


_CONSENT: Mapping[Consent, str] = {"": "", "ask": "ask before printing", "no": "not to be quoted"}


def with_warning(words: str, consent: Consent) -> str:
    """Words for a view to work with, ended by what stands against printing them.

    >>> with_warning("Nurse; minutes", "no"), with_warning("Nurse; minutes", "")
    ('Nurse; minutes; not to be quoted', 'Nurse; minutes')
    """
    return f"{words}; {_CONSENT[consent]}" if consent else words


def asked(coded: CodedSegment) -> str:
    """The credit for a view to work with, and what stands against printing the words."""
    return with_warning(coded.credit, coded.consent)


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
    """The same numbers as data: one row per catalyst, one number or text in each cell.

    What is counted for the whole row of the pair stands beside each of its catalysts; N stands
    in a column of its own, because a spreadsheet makes a date of 5/8.
    """
    columns = (
        Column("number", "No."),
        Column("pair", "Row id"),
        Column("obstacle", "Obstacle"),
        Column("place", "First, second ... catalyst of the pair", "places"),
        Column("catalyst", "Catalyst"),
        Column("lenses", "Analytic lenses"),
        *_of_all("documents", "Documents", "documents"),
        *(
            column
            for kind, _ in rollup.counted
            for column in _of_all(kind.replace(" ", "_"), kind, "documents")
        ),
        *_of_all("participants", "Participants", "participants"),
        Column("segments", "Segments", "segments"),
        *_side_columns("obstacle"),
        *_side_columns("catalyst"),
        Column("contested", "Whether a side of the pair is contested"),
        Column("condition", "Condition"),
        Column("exemplar", "Exemplar"),
        Column("credit", "Credit"),
        Column("voice", "Voice"),
        Column("source", "Document and unit"),
    )
    rows = tuple(line for row in rollup.rows for line in _data_rows(row, rollup))
    told = (
        "A row for each catalyst; what is counted for the whole pair stands beside each of them.",
        *notes(rollup),
    )
    return Table("pairs", caption(rollup), columns, rows, told)


def _of_all(key: str, title: str, unit: str) -> tuple[Column, Column]:
    return (Column(key, title, unit), Column(f"{key}_of", f"{title}: of", unit))


def _side_columns(side: str) -> tuple[Column, ...]:
    return (
        Column(f"{side}_documents", f"Documents for the {side}", "documents"),
        Column(f"{side}_segments", f"Segments for the {side}", "segments"),
        Column(f"{side}_against", f"Documents against the {side}", "documents"),
    )


def _data_rows(row: PairRow, rollup: RollUp) -> Iterator[tuple[Cell, ...]]:
    """A row for each catalyst, or one without where there is none."""
    found = dict(row.evidence.by_kind)
    exemplar = row.exemplar
    numbers = (
        *(row.evidence.documents, rollup.documents),
        *(n for kind, total in rollup.counted for n in (found.get(kind, 0), total)),
        *(row.evidence.participants, rollup.participants, row.evidence.segments),
    )
    for place, catalyst in enumerate(row.catalysts or (None,), start=1):
        cells = (
            str(row.pair.number),
            row.pair.id,
            row.obstacle.pole.says if row.obstacle else "",
            str(place) if catalyst else "",
            catalyst.pole.says if catalyst else "",
            " / ".join(row.lenses),
            *map(str, numbers),
            *_side_cells(row.obstacle),
            *_side_cells(catalyst),
            "yes" if row.is_contested else "no",
            row.pair.condition,
            exemplar.quote if exemplar else "",
            exemplar.credit if exemplar else "",
            exemplar.voice if exemplar else "",
            f"{exemplar.doc_id}, {exemplar.unit}" if exemplar else "",
        )
        yield tuple((cell,) for cell in cells)


def _side_cells(pole: PoleEvidence | None) -> tuple[str, str, str]:
    if pole is None:
        return ("", "", "")
    found = pole.supporting
    return (str(found.documents), str(found.segments), str(pole.contrary.documents))


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
        "Not counted: the observer's comments and interviewers' turns, and documents that give "
        f"context only: {context}.",
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
        return f"{counted(rollup.codings, 'coded passage')}, all made or accepted by a person."
    if not rollup.suggestions and not rollup.codings and not rollup.counted:
        return "Nothing is coded yet: the table says what the analyst wrote, without evidence."
    draft = f"DRAFT: {counted(rollup.suggestions, 'suggestion')}, {rollup.codings:,} reviewed."
    return draft if rollup.codings else f"{draft} Nobody has read these suggestions yet."
