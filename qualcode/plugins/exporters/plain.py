"""Tables as plain lines: no boxes, no colours, read well by a screen reader or a pipe."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.table import Table


@dataclass(frozen=True, slots=True)
class PlainExporter:
    """A block per row: each line says the column and its value; an empty line between rows."""

    name: str = "plain"
    version: str = "1"
    suffix: str = ".txt"

    def __call__(self, table: Table, /) -> bytes:
        blocks = [table.caption]
        for row in table.rows:
            lines = []
            for column, cell in zip(table.columns, row, strict=True):
                lines.append(f"{column.title}: {cell[0] if cell else ''}")
                lines.extend(f"  {line}" for line in cell[1:])
            blocks.append("\n".join(lines))
        blocks.append("\n".join(table.notes))
        return ("\n\n".join(block for block in blocks if block) + "\n").encode()


exporter = PlainExporter()
