"""Tables as an Excel workbook of text cells, the same bytes for the same table."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from qualcode.core.table import Table

_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_WHEN = b"2000-01-01T00:00:00Z"
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
        return _without_clock(buffer.getvalue())


def _without_clock(data: bytes) -> bytes:
    """The workbook with one fixed time in it, so that equal tables give equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _TIME.sub(_WHEN, part)
            entry = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return buffer.getvalue()


exporter = ExcelExporter()
