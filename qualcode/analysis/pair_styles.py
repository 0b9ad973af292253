"""The pair table as papers print it: four columns, or with all the evidence behind a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.analysis.pair_tables import (
    NONE,
    basis_notes,
    caption,
    contested_lines,
    count_line,
    counted,
    evidence_lines,
    exemplar_lines,
    is_alone,
    notes,
)
from qualcode.analysis.rollup import Evidence, PairRow, RollUp
from qualcode.core.table import Cell, Column, Table

LENSES = "Analytic lenses (at which obstacles were observed / reported)"
ORDER = "Rows stand in the order of the pairs; lenses in the analyst's order."


def published_table(rollup: RollUp) -> Table:
    """The four columns of Dudau et al. (2016, Table 1), one row per pair.

    Codes that no pair names are left out and counted in a note; where there are no pairs at
    all, they are the rows.
    """
    shown, left_out = _paired(rollup)
    columns = (
        Column("number", "No."),
        Column("obstacles", _titled("Obstacles", rollup)),
        Column("catalysts", _titled("Catalysts", rollup)),
        Column("lenses", LENSES),
    )
    rows = tuple(_published_row(row) for row in shown.rows)
    more = (
        (f"Left out: {counted(left_out, 'code')} that no {rollup.words.word('pair')} names.",)
        if left_out
        else ()
    )
    told = (count_line(shown), *more, ORDER, *basis_notes(shown))
    return Table("pairs", caption(rollup), columns, rows, told)


def _paired(rollup: RollUp) -> tuple[RollUp, int]:
    """The rows that are pairs, where there are any, and how many others there are."""
    rows = tuple(row for row in rollup.rows if not is_alone(row))
    return (replace(rollup, rows=rows), len(rollup.rows) - len(rows)) if rows else (rollup, 0)


def _titled(side: str, rollup: RollUp) -> str:
    outcome = rollup.codebook.outcome
    return f"{side} to {outcome}" if outcome else side


def _published_row(row: PairRow) -> tuple[Cell, ...]:
    return (
        (str(row.pair.number),),
        (row.obstacle.pole.says if row.obstacle else NONE,),
        tuple(pole.pole.says for pole in row.catalysts) or (NONE,),
        (" / ".join(row.lenses) or NONE,),
    )


def full_table(rollup: RollUp) -> Table:
    """Every row with its evidence: by kind of source, people, segments, both ways, in words.

    Columns for what is contested and for conditions are there where some row has them.
    """
    told: tuple[tuple[Column, list[Cell]], ...] = (
        (Column("contested", "Contested"), [contested_lines(row) for row in rollup.rows]),
        (Column("condition", "Condition"), [(row.pair.condition,) for row in rollup.rows]),
    )
    shown = [(column, cells) for column, cells in told if any(any(cell) for cell in cells)]
    columns = (
        Column("number", "No."),
        Column("pair", "Id"),
        Column("obstacles", _titled("Obstacles", rollup)),
        Column("catalysts", _titled("Catalysts", rollup)),
        Column("lenses", "Analytic lenses"),
        Column("evidence", "Evidence: documents n/N"),
        Column("balance", "Each side"),
        *(column for column, _ in shown),
        Column("exemplar", "Exemplar"),
    )
    rows = tuple(
        _full_row(row, rollup, [cells[place] for _, cells in shown])
        for place, row in enumerate(rollup.rows)
    )
    first, *rest = notes(rollup)
    return Table("pairs", caption(rollup), columns, rows, (first, ORDER, *rest))


def _full_row(row: PairRow, rollup: RollUp, told: Sequence[Cell]) -> tuple[Cell, ...]:
    number, obstacle, catalysts, lenses = _published_row(row)
    return (
        number,
        (row.pair.id,),
        obstacle,
        catalysts,
        lenses,
        evidence_lines(row.evidence, rollup),
        balance_lines(row),
        *(cell if any(cell) else (NONE,) for cell in told),
        exemplar_lines(row.exemplar),
    )


def balance_lines(row: PairRow) -> Cell:
    """Documents and segments of the obstacle and of each catalyst, in the order of the cells."""
    lines = [_said("obstacle", row.obstacle.supporting)] if row.obstacle else []
    several = len(row.catalysts) > 1
    for place, pole in enumerate(row.catalysts, start=1):
        lines.append(_said(f"catalyst {place}" if several else "catalyst", pole.supporting))
    return tuple(lines)


def _said(side: str, evidence: Evidence) -> str:
    documents = counted(evidence.documents, "document")
    return f"{side}: {documents}, {counted(evidence.segments, 'segment')}"
