"""Tables as Word documents: a real table with its caption above and its notes below."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.table import Table
from qualcode.plugins.exporters.word import table_alone


@dataclass(frozen=True, slots=True)
class WordExporter:
    """One table; the header comes again on every page, lines of a cell are paragraphs."""

    name: str = "docx"
    version: str = "1"
    suffix: str = ".docx"

    def __call__(self, table: Table, /) -> bytes:
        return table_alone(table)


exporter = WordExporter()
