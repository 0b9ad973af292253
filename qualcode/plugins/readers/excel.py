"""Excel workbooks (.xlsx): the first sheet that holds anything."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, cast

from qualcode.core.model import Extract, Row
from qualcode.core.problems import P, Problem, problem
from qualcode.core.protocols import Source
from qualcode.core.text import normalise
from qualcode.plugins.readers.archive import open_archive
from qualcode.plugins.readers.base import FileReader, counted, fail, guarded
from qualcode.plugins.readers.sheet import ragged

if TYPE_CHECKING:
    from zipfile import ZipFile

    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

NAME = "excel"

MAX_ROWS = 1_048_576  # Excel's own bound
MAX_CELLS = 30_000_000
_MAX_XML = 600_000_000  # sheets are read as a stream


def read(source: Source) -> Extract:
    """The rows of the first sheet with data, numbered as in Excel; blank rows are left out.

    Dates become ISO 8601; a formula gives its saved result. Cells beyond the width of the
    header are a problem, RAGGED_ROWS, and stay in the rows.

    Raises:
        QualcodeError: as `archive.open_archive`, and NO_TEXT where every sheet is blank.
    """
    with open_archive(source, "[Content_Types].xml", max_xml=_MAX_XML) as archive, guarded(source):
        import openpyxl

        book = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
        sheets = cast("list[ReadOnlyWorksheet]", book.worksheets)
        filled = [sheet for sheet in sheets if _has_words(source, sheet)]
        if not filled:
            fail(P.NO_TEXT, source, reason="every sheet is blank")
        dropped: Counter[str] = Counter()
        rows = list(_rows(source, filled[0], dropped))
        problems = [*_others(filled, source.name), *ragged(rows, source.name)]
        book.close()
        if any(_mentions_formulas(archive, part) for part in archive.namelist()):
            problems += _empty_formulas(source, filled[0].title, rows)
    return Extract(
        reader=NAME, rows=tuple(rows), dropped=counted(dropped), problems=tuple(problems)
    )


def _values(source: Source, sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, list[object]]]:
    """Row numbers with their values, without the empty cells at the end."""
    sheet.reset_dimensions()  # what the file states of its size is often wrong
    n_cells = 0
    rows: Iterator[tuple[Any, ...]] = cast("Any", sheet).iter_rows(values_only=True)
    for number, values in enumerate(rows, start=1):
        n_cells += len(values)
        if number > MAX_ROWS or n_cells > MAX_CELLS:
            fail(P.TOO_BIG, source, reason=f'sheet "{sheet.title}" has too many cells')
        width = len(values)
        while width and values[width - 1] is None:
            width -= 1
        yield number, list(values[:width])


def _has_words(source: Source, sheet: ReadOnlyWorksheet) -> bool:
    return any(
        value is not None and str(value).strip()
        for _, values in _values(source, sheet)
        for value in values
    )


def _rows(source: Source, sheet: ReadOnlyWorksheet, dropped: Counter[str]) -> Iterator[Row]:
    blank = 0
    for number, values in _values(source, sheet):
        cells = tuple(map(plain_value, values))
        if any(cell and not cell.isspace() for cell in cells):
            dropped["blank row"] += blank
            blank = 0
            yield Row(cells, number)
        else:
            blank += 1


def plain_value(value: object) -> str:
    """The value of a cell as text.

    >>> plain_value(dt.datetime(2025, 9, 8)), plain_value(3.0), plain_value(True)
    ('2025-09-08', '3', 'TRUE')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else normalise(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        at_midnight = (value.hour, value.minute, value.second, value.microsecond) == (0, 0, 0, 0)
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def _others(filled: Iterable[ReadOnlyWorksheet], path: str) -> Iterator[Problem]:
    first, *others = [normalise(sheet.title) for sheet in filled]
    if others:
        names = ", ".join(f'"{name}"' for name in others[:5])
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        yield problem(P.OTHER_SHEETS, path=path, name=first, others=names + more)


def _mentions_formulas(archive: ZipFile, part: str) -> bool:
    if not part.startswith("xl/worksheets/") or not part.endswith(".xml"):
        return False
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 20):
            if b"<f>" in tail + chunk or b"<f " in tail + chunk:
                return True
            tail = chunk[-3:]
    return False


def _empty_formulas(source: Source, title: str, rows: Iterable[Row]) -> Iterator[Problem]:
    """A formula whose result was never saved reads as empty, which must not go unsaid."""
    import openpyxl
    from openpyxl.utils import get_column_letter

    cells = {row.number: row.cells for row in rows}
    book = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True)
    lost: list[str] = []
    for number, values in _values(source, cast("ReadOnlyWorksheet", book[title])):
        known = cells.get(number, ())
        for at, value in enumerate(values):
            is_formula = isinstance(value, str) and value.startswith("=")
            if is_formula and (at >= len(known) or not known[at]):
                lost.append(f"{get_column_letter(at + 1)}{number}")
    book.close()
    if lost:
        yield problem(P.FORMULAS_WITHOUT_VALUES, path=source.name, n=len(lost), first=lost[0])


reader = FileReader(name=NAME, version="1", suffixes=(".xlsx",), read=read)
