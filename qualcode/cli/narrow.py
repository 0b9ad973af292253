"""The same tables for a narrow terminal: columns folded into others, noughts left out."""

from __future__ import annotations

from dataclasses import replace

from qualcode.core.table import Cell, Column, Table

_FOLDED = (("contested", "CONTESTED: "), ("condition", "when: "))
"""Columns of the full table of pairs that go below the obstacle, and how they begin there."""
_DROPPED = "pair"
_INTO = "obstacles"
_TITLES = {"evidence": "Evidence: n/N", "balance": "Documents / segments"}
_NOTHING = ("-",)


def folded(table: Table) -> Table:
    """The full table of pairs in fewer columns; any other table as it is.

    What is contested and the condition stand below the obstacle; the id is left out, for the
    row has a number.
    """
    keys = [column.key for column in table.columns]
    if not {_DROPPED, _INTO, "balance"} <= set(keys):
        return table
    gone = {_DROPPED, *(key for key, _ in _FOLDED)}
    kept = [at for at, key in enumerate(keys) if key not in gone]
    columns = tuple(
        replace(table.columns[at], title=_TITLES.get(keys[at], table.columns[at].title))
        for at in kept
    )
    rows = tuple(_folded_row(row, keys, kept) for row in table.rows)
    return replace(table, columns=columns, rows=rows)


def _folded_row(row: tuple[Cell, ...], keys: list[str], kept: list[int]) -> tuple[Cell, ...]:
    more = tuple(
        f"{begins}{line}"
        for key, begins in _FOLDED
        if key in keys and row[keys.index(key)] != _NOTHING
        for line in row[keys.index(key)]
    )
    return tuple(row[at] + more if keys[at] == _INTO else row[at] for at in kept)


def stacked(table: Table) -> Table:
    """The table as it is listed: what takes several lines begins below its heading."""
    rows = tuple(
        tuple(("", *cell) if len(cell) > 1 else cell for cell in row) for row in table.rows
    )
    return replace(table, rows=rows)


def without_noughts(table: Table) -> Table:
    """Codes that occur together as a list of those that do, most first; others as they are.

    Two codes stand once where the number is the same both ways.
    """
    if table.name != "co-occurrence":
        return table
    names = [row[0][0] for row in table.rows]
    numbers = [[int(cell[0]) for cell in row[1:]] for row in table.rows]
    places = range(len(names))
    same = all(numbers[one][two] == numbers[two][one] for one in places for two in places)
    found = sorted(
        (-numbers[one][two], one, two)
        for one in places
        for two in places
        if numbers[one][two] and (one < two or (one > two and not same))
    )
    unit = table.columns[-1].unit if len(table.columns) > 1 else ""
    columns = (table.columns[0], Column("with", "With"), Column("n", unit.capitalize(), unit))
    rows = tuple(((names[one],), (names[two],), (str(-less),)) for less, one, two in found)
    told = "Only codes that occur together are listed; --out FILE writes the whole table."
    return replace(table, name="together", columns=columns, rows=rows, notes=(told, *table.notes))
