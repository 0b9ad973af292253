"""Tables as an Excel workbook to read: numbers as numbers, the header in sight, notes below."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.core.table import Cell, Table
from qualcode.plugins.exporters.apart import numbers_apart
from qualcode.plugins.exporters.archive import without_clock
from qualcode.plugins.exporters.numbers import decimals_in, number_columns, number_in

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDEST, _NARROWEST = 60, 6
_NO_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
# XML 1.0 knows no control characters; openpyxl refuses them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class XlsxExporter:
    """One sheet: titles, a row per row, then caption and notes; no cell runs as a formula.

    Cells of several numbers are taken apart.
    """

    name: str = "xlsx"
    version: str = "1"
    suffix: str = ".xlsx"

    def __call__(self, table: Table, /) -> bytes:
        from openpyxl import Workbook

        book = Workbook()
        add_sheet(book.worksheets[0], numbers_apart(table))
        buffer = io.BytesIO()
        book.save(buffer)
        return without_clock(buffer.getvalue())


def add_sheet(sheet: Worksheet, table: Table) -> None:
    """Writes a table to an empty sheet, which gets the table's name."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.title = _NO_SHEET_NAME.sub("-", table.name)[:31] or "table"
    numbers = number_columns(table)
    for place, column in enumerate(table.columns, start=1):
        head = sheet.cell(1, place, _CONTROL.sub("", column.title))
        head.data_type = "s"
        head.font = Font(bold=True)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        width = _width(column.title, [row[place - 1] for row in table.rows])
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(table.rows, start=2):
        for place, cell in enumerate(row, start=1):
            _write(sheet, number, place, cell, is_number=numbers[place - 1])
    below = len(table.rows) + 3
    for number, note in enumerate((table.caption, *table.notes), start=below):
        sheet.cell(number, 1, _CONTROL.sub("", note)).data_type = "s"
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write(sheet: Worksheet, number: int, place: int, cell: Cell, *, is_number: bool) -> None:
    from openpyxl.styles import Alignment

    text = _CONTROL.sub("", "\n".join(cell))
    if not text:
        return
    value = number_in(text) if is_number else None
    if value is None:
        written = sheet.cell(number, place, text)
        written.data_type = "s"
        written.alignment = Alignment(wrap_text=True, vertical="top")
        return
    written = sheet.cell(number, place, value)
    written.alignment = Alignment(vertical="top")
    whole = "#,##0" if "," in text else "0"
    written.number_format = f"{whole}.{'0' * decimals_in(text)}" if "." in text else whole


def _width(title: str, cells: list[Cell]) -> int:
    """Room for the longest line, within bounds; a title may wrap between its words."""
    longest = max((len(line) for cell in cells for line in cell), default=0)
    word = max((len(word) for word in title.split()), default=0)
    return max(_NARROWEST, min(max(longest, word) + 2, _WIDEST))


exporter = XlsxExporter()
