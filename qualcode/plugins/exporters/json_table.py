"""Tables as JSON for programs: rows under their column keys, every number a number."""

from __future__ import annotations

import json
from dataclasses import dataclass

from qualcode.core.table import Cell, Table
from qualcode.plugins.exporters.apart import numbers_apart
from qualcode.plugins.exporters.numbers import NOTHING, number_columns, number_in

Value = str | int | float | list[str] | None


@dataclass(frozen=True, slots=True)
class JsonExporter:
    """Name, caption, columns with their units, rows, notes; a cell of several lines is a list.

    In a column of numbers, an empty cell is null; cells of several numbers are taken apart.
    """

    name: str = "json"
    version: str = "1"
    suffix: str = ".json"

    def __call__(self, table: Table, /) -> bytes:
        table = numbers_apart(table)
        value = {
            "name": table.name,
            "caption": table.caption,
            "columns": [
                {"key": one.key, "title": one.title, "unit": one.unit} for one in table.columns
            ],
            "rows": rows_as_json(table),
            "notes": list(table.notes),
        }
        return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def rows_as_json(table: Table, *, only_counts: bool = False) -> list[dict[str, Value]]:
    """The rows under their column keys, numbers as numbers; a cell of several lines is a list.

    With `only_counts` only columns with a unit hold numbers, whatever else looks like one.
    """
    numbers = [
        is_number and (bool(column.unit) or not only_counts)
        for column, is_number in zip(table.columns, number_columns(table), strict=True)
    ]
    return [
        {
            column.key: _value(cell, is_number=is_number)
            for column, cell, is_number in zip(table.columns, row, numbers, strict=True)
        }
        for row in table.rows
    ]


def _value(cell: Cell, *, is_number: bool) -> Value:
    if is_number:
        text = cell[0] if cell else ""
        return None if text in NOTHING else number_in(text)
    return list(cell) if len(cell) > 1 else "".join(cell)


exporter = JsonExporter()
