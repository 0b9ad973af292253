"""Tables as JSON for programs: rows under their column keys, every number a number."""

from __future__ import annotations

import json
from dataclasses import dataclass

from qualcode.core.table import Cell, Table
from qualcode.plugins.exporters.numbers import NOTHING, number_columns, number_in

Value = str | int | float | list[str] | None


@dataclass(frozen=True, slots=True)
class JsonExporter:
    """Name, caption, columns with their units, rows, notes; a cell of several lines is a list.

    In a column of numbers, an empty cell is null.
    """

    name: str = "json"
    version: str = "1"
    suffix: str = ".json"

    def __call__(self, table: Table, /) -> bytes:
        numbers = number_columns(table)
        value = {
            "name": table.name,
            "caption": table.caption,
            "columns": [
                {"key": one.key, "title": one.title, "unit": one.unit} for one in table.columns
            ],
            "rows": [
                {
                    column.key: _value(cell, is_number=is_number)
                    for column, cell, is_number in zip(table.columns, row, numbers, strict=True)
                }
                for row in table.rows
            ],
            "notes": list(table.notes),
        }
        return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def _value(cell: Cell, *, is_number: bool) -> Value:
    if is_number:
        text = cell[0] if cell else ""
        return None if text in NOTHING else number_in(text)
    return list(cell) if len(cell) > 1 else "".join(cell)


exporter = JsonExporter()
