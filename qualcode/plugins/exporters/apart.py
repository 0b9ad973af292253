"""Cells that say several numbers at once, each number put into a column of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qualcode.core.table import Cell, Column, Table
from qualcode.plugins.exporters.numbers import NOTHING

_N, _D = r"(\d[\d,]*)", r"(-?\d+\.\d+)"
_FORMS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(rf"{_N} of {_N}(?: \(\d+ %\))?"), ("", "of")),
    (re.compile(rf"{_N} : {_N}"), ("obstacle", "catalyst")),
    (re.compile(rf"{_D} \({_D} to {_D}\)"), ("", "from", "to")),
    (re.compile(rf"{_D} to {_D}"), ("from", "to")),
    (re.compile(rf"{_D} \({_D}\)"), ("", "sd")),
)
"""How cells say several numbers, and what the key of each number ends with."""
_COUNTED = re.compile(rf"{_N} ([a-z]+)")
_MANY = {
    "segment": "segments",
    "document": "documents",
    "turn": "turns",
    "participant": "participants",
}
_SAME_UNIT = ("of", "from", "to", "sd")
_FOR_READERS = " (n of N)"

Parts = tuple[tuple[str, str], ...]
"""The numbers of a cell, each behind what its key ends with; "" for the first one."""


def numbers_apart(table: Table) -> Table:
    """The table for a program: "5 of 8 (62 %)" becomes 5 and 8, in two columns.

    Only columns with a unit are taken apart, and only where every cell that is not empty says
    numbers in the same order: `documents` and `documents_of`, `minutes_segments`, `mean` and
    `mean_sd`. A percentage is left out, as the two numbers say it.

    >>> table = Table("t", "T", (Column("a", "A (n of N)", "rows"),), ((("5 of 8",),),))
    >>> [(column.key, column.title) for column in numbers_apart(table).columns]
    [('a', 'A'), ('a_of', 'A: of')]
    >>> numbers_apart(table).rows
    ((('5',), ('8',)),)
    """
    made = [
        _apart(column, [row[place] for row in table.rows])
        for place, column in enumerate(table.columns)
    ]
    if all(one is None for one in made):
        return table
    keys = {column.key for column in table.columns}
    columns: list[Column] = []
    cells: list[list[Cell]] = []
    for place, (column, one) in enumerate(zip(table.columns, made, strict=True)):
        columns.extend(one.columns(keys) if one else (column,))
        cells.extend(one.cells if one else [[row[place] for row in table.rows]])
    rows = tuple(tuple(line[at] for line in cells) for at in range(len(table.rows)))
    return replace(table, columns=tuple(columns), rows=rows)


@dataclass(frozen=True, slots=True)
class _Apart:
    """A column taken apart: what each key ends with, and the cells below it."""

    column: Column
    endings: tuple[str, ...]
    cells: list[list[Cell]]

    def columns(self, taken: set[str]) -> list[Column]:
        """The columns, under keys that no other column has; adds them to `taken`."""
        title = self.column.title.replace(_FOR_READERS, "")
        return [self._column(ending, title, taken) for ending in self.endings]

    def _column(self, ending: str, title: str, taken: set[str]) -> Column:
        if not ending:
            return replace(self.column, title=title)
        key = f"{self.column.key}_{ending}"
        while key in taken:
            key += "_"
        taken.add(key)
        unit = self.column.unit if ending in _SAME_UNIT else ending
        return Column(key, f"{title}: {ending}", unit)


def _apart(column: Column, cells: list[Cell]) -> _Apart | None:
    """The column taken apart, or None where it does not hold several numbers in each cell."""
    if not column.unit:
        return None
    parts = [None if "\n".join(cell) in NOTHING else _parts(cell) for cell in cells]
    endings = {tuple(ending for ending, _ in one) for one in parts if one is not None}
    if len(endings) != 1:
        return None
    (found,) = endings
    if len(found) < 2 or len(set(found)) < len(found):
        return None
    return _Apart(
        column,
        found,
        [[(one[at][1],) if one else ("",) for one in parts] for at in range(len(found))],
    )


def _parts(cell: Cell) -> Parts:
    """The numbers of a cell in their order; none where it says anything else."""
    found: list[tuple[str, str]] = []
    for said in (part for line in cell for part in line.split(", ")):
        numbers = _numbers(said)
        if not numbers:
            return ()
        found.extend(numbers)
    return tuple((ending, number.replace(",", "")) for ending, number in found)


def _numbers(said: str) -> Parts:
    for pattern, endings in _FORMS:
        if match := pattern.fullmatch(said):
            return tuple(zip(endings, match.groups(), strict=True))
    if match := _COUNTED.fullmatch(said):
        return ((_MANY.get(match[2], match[2]), match[1]),)
    return ()
