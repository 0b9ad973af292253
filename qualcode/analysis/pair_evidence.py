"""The quotations behind one row of the pair table, side by side, for and against."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.analysis.pair_tables import asked, basis_notes, counted, marked, quoted
from qualcode.analysis.rollup import MOST_QUOTES, Evidence, PairRow, PoleEvidence, RollUp
from qualcode.core.model import CodedSegment
from qualcode.core.table import Cell, Column, Table


def evidence_table(row: PairRow, rollup: RollUp) -> Table:
    """One row per quotation: first those for each side, then those against, then the observer's.

    The strongest come first. A passage under two sides stands under both.
    """
    columns = (
        Column("side", "Side"),
        Column("speaks", "Speaks"),
        Column("quotation", "Quotation"),
        Column("credit", "Credit"),
        Column("document", "Document"),
        Column("unit", "Unit"),
        Column("where", "In the original"),
    )
    rows = tuple(cells for pole in row.poles for cells in _pole_rows(row, pole))
    counts = "; ".join(
        f"{pole.pole.says}: {_counts(pole.supporting)} for, {_counts(pole.contrary)} against"
        for pole in row.poles
    )
    return Table(
        "evidence",
        f"Evidence for row {row.pair.number} ({row.pair.id})",
        columns,
        rows,
        (
            f"{counts}.",
            f"At most {MOST_QUOTES} quotations of each sort are kept. Quotation marks stand "
            "around somebody's own words only; the observer's are shown and never counted.",
            *basis_notes(rollup),
        ),
    )


def _counts(evidence: Evidence) -> str:
    segments = counted(evidence.segments, "segment")
    return f"{counted(evidence.documents, 'document')} ({segments})"


def _pole_rows(row: PairRow, pole: PoleEvidence) -> Iterator[tuple[Cell, ...]]:
    side = "obstacle" if pole is row.obstacle else "catalyst"
    for word, evidence in (
        ("for", pole.supporting),
        ("against", pole.contrary),
        ("observer", pole.observed),
    ):
        for one in evidence.quotes:
            yield ((f"{side}: {pole.pole.says}",), (word,), *_quotation(one))


def _quotation(one: CodedSegment) -> Iterator[Cell]:
    yield (quoted(one),)
    yield (f"{asked(one)}; {marked(one)}",)
    yield (one.doc_id,)
    yield (one.unit or "-",)
    yield (one.where or "-",)
