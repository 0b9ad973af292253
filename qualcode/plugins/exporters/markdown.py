"""Tables as Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.core.table import Cell, Table

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")


def escape(text: str) -> str:
    """The text with everything that Markdown would take as markup made plain.

    >>> escape("a|b *c*")
    'a\\\\|b \\\\*c\\\\*'
    """
    return _SPECIAL.sub(r"\\\1", text.replace("\n", " "))


def _cell(cell: Cell) -> str:
    return "<br>".join(escape(line) for line in cell)


@dataclass(frozen=True, slots=True)
class MarkdownExporter:
    """Caption in bold, a pipe table, and the notes as a list; lines of a cell by <br>."""

    name: str = "markdown"
    version: str = "1"
    suffix: str = ".md"

    def __call__(self, table: Table, /) -> bytes:
        lines = [f"**{escape(table.caption)}**", ""]
        lines.append("| " + " | ".join(escape(c.title) for c in table.columns) + " |")
        lines.append("|" + " --- |" * len(table.columns))
        lines.extend("| " + " | ".join(_cell(cell) for cell in row) + " |" for row in table.rows)
        lines.append("")
        lines.extend(f"- {escape(note)}" for note in table.notes)
        return ("\n".join(lines).rstrip() + "\n").encode()


exporter = MarkdownExporter()
