"""Tables as CSV and TSV that are safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from operator import itemgetter

from qualcode.core.table import Cell, Table
from qualcode.plugins.exporters.apart import numbers_apart
from qualcode.plugins.exporters.numbers import NOTHING, number_columns

# A cell that begins like this would be run as a formula by a spreadsheet (CWE-1236).
_FORMULA = frozenset("=+-@\t\r")
_FIRST = itemgetter(slice(1))

TOGETHER = 500
"""Lines that are written together."""


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it as a formula.

    A dash alone stands for "nothing" and is left as it is.

    >>> safe_cell("=1+1"), safe_cell("-2"), safe_cell("-")
    ("'=1+1", '-2', '-')
    """
    if text[:1] not in _FORMULA or text == "-" or _is_number(text):
        return text
    return "'" + text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.strip() == text


def csv_lines(rows: Iterable[Iterable[str]], delimiter: str = ",") -> str:
    """The rows as lines of CSV, ending in LF."""
    return "".join(_written(rows, delimiter))


def csv_parts(rows: Iterable[Iterable[str]]) -> Iterator[bytes]:
    """The same in UTF-8, some hundred lines at a time, so that not all stand in memory."""
    return map(str.encode, _written(rows))


def _written(rows: Iterable[Iterable[str]], delimiter: str = ",") -> Iterator[str]:
    """The lines of some hundred rows at a time, with cells that are safe."""
    waiting = map(tuple, rows)
    while some := list(islice(waiting, TOGETHER)):
        # most cells are not even looked at by a call of our own
        if not _FORMULA.isdisjoint(map(_FIRST, chain.from_iterable(some))):
            some = [tuple(map(safe_cell, row)) for row in some]
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(some)
        yield buffer.getvalue()


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
        return csv_lines([header, *body], self.delimiter).encode()


def _text(cell: Cell, *, is_count: bool) -> str:
    text = "\n".join(cell)
    if not is_count:
        return text
    return "" if text in NOTHING else text.replace(",", "")


exporter = CsvExporter()
tsv_exporter = CsvExporter("tsv", suffix=".tsv", delimiter="\t")
