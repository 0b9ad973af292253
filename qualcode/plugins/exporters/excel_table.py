"""Tables as a workbook of text cells, to be filled in and read back."""

from __future__ import annotations

import io
from dataclasses import dataclass

from qualcode.core.table import Table
from qualcode.plugins.exporters.archive import without_clock

_WIDEST = 80


@dataclass(frozen=True, slots=True)
class ExcelExporter:
    """One sheet: header of column keys, a row per row; nothing is ever run as a formula."""

    name: str = "excel"
    version: str = "1"
    suffix: str = ".xlsx"

    def __call__(self, table: Table, /) -> bytes:
        from openpyxl import Workbook
        from openpyxl.utils import get_column_letter

        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = table.name[:31]
        header = [column.key for column in table.columns]
        rows = [header, *(["\n".join(cell) for cell in row] for row in table.rows)]
        for number, row in enumerate(rows, start=1):
            for position, text in enumerate(row, start=1):
                if text:
                    cell = sheet.cell(number, position, text)
                    cell.data_type = "s"
        for position in range(len(header)):
            widest = max(len(row[position]) for row in rows)
            sheet.column_dimensions[get_column_letter(position + 1)].width = min(
                widest + 2, _WIDEST
            )
        sheet.freeze_panes = "A2"
        buffer = io.BytesIO()
        book.save(buffer)
        return without_clock(buffer.getvalue())


exporter = ExcelExporter()
