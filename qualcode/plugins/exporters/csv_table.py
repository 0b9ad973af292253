"""Tables as CSV and TSV that are safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qualcode.core.table import Cell, Table
from qualcode.plugins.exporters.apart import numbers_apart
from qualcode.plugins.exporters.numbers import NOTHING, number_columns

# A cell that begins like this would be run as a formula by a spreadsheet (CWE-1236).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it as a formula.

    A dash alone stands for "nothing" and is left as it is.

    >>> safe_cell("=1+1"), safe_cell("-2"), safe_cell("-")
    ("'=1+1", '-2', '-')
    """
    if not text.startswith(_FORMULA) or text == "-" or _is_number(text):
        return text
    return "'" + text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.strip() == text


def csv_lines(rows: Iterable[Iterable[str]], delimiter: str = ",") -> Iterator[bytes]:
    """The rows as lines of CSV in UTF-8, ending in LF, one at a time."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()


@dataclass(frozen=True, slots=True)
class CsvExporter:
    """Header of column keys, a row per row; lines of a cell are lines of its field.

    Cells of several numbers are taken apart. Counts have no commas between their thousands,
    and nothing stands where there is none, so that a program reads them as numbers.
    """

    name: str = "csv"
    version: str = "1"
    suffix: str = ".csv"
    delimiter: str = ","

    def __call__(self, table: Table, /) -> bytes:
        table = numbers_apart(table)
        header = [column.key for column in table.columns]
        # a column without a unit may hold somebody's words, and these stay as they are
        units = [bool(column.unit) for column in table.columns]
        counts = [a and b for a, b in zip(number_columns(table), units, strict=True)]
        body = (
            [_text(cell, is_count=is_count) for cell, is_count in zip(row, counts, strict=True)]
            for row in table.rows
        )
        return b"".join(csv_lines([header, *body], self.delimiter))


def _text(cell: Cell, *, is_count: bool) -> str:
    text = "\n".join(cell)
    if not is_count:
        return text
    return "" if text in NOTHING else text.replace(",", "")


exporter = CsvExporter()
tsv_exporter = CsvExporter("tsv", suffix=".tsv", delimiter="\t")
