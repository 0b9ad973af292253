"""Comma- and tab-separated sheets, as survey tools and spreadsheets export them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from qualcode.core.model import Extract, Row
from qualcode.core.problems import P, Problem, problem
from qualcode.core.protocols import Source
from qualcode.core.text import normalise
from qualcode.plugins.readers.base import FileReader, counted, fail
from qualcode.plugins.readers.encoding import decode

NAME = "sheet"
MAX_CELL = 10_000_000
"""The most characters that one cell may have."""

_SAMPLE = 65_536
_DELIMITERS = ",;\t|"
_SEP_LINE = re.compile(r'\s*"?sep=([,;|\t])"?\s*\r?\n', re.IGNORECASE)


def read(source: Source) -> Extract:
    """The rows of a sheet that are not blank, each with the line on which it starts.

    Cells beyond the width of the header are a problem, RAGGED_ROWS, and stay in the rows.

    Raises:
        QualcodeError: as `encoding.decode`; NO_TEXT where every cell is blank; TOO_BIG for a
            cell beyond MAX_CELL.
    """
    decoded = decode(source)
    text = decoded.text.replace("\x00", "")
    skipped = 0
    stated = _SEP_LINE.match(text)
    if stated:
        text, skipped = text[stated.end() :], 1
    delimiter = stated[1] if stated else find_delimiter(text)
    rows: list[Row] = []
    dropped: Counter[str] = Counter()
    last = 1
    for row in _rows(source, text, delimiter, skipped):
        last = row.number
        if any(cell and not cell.isspace() for cell in row.cells):
            rows.append(row)
        else:
            dropped["blank row"] += 1
    if not rows:
        fail(P.NO_TEXT, source, reason="every cell is blank")
    problems = [*decoded.problems, *ragged(rows, source.name)]
    if _is_left_open(text, delimiter, last - skipped):
        problems.append(problem(P.OPEN_QUOTE, path=source.name, line=last))
    return Extract(
        reader=NAME, rows=tuple(rows), dropped=counted(dropped), problems=tuple(problems)
    )


def _rows(source: Source, text: str, delimiter: str, skipped: int) -> Iterator[Row]:
    reading = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    with _big_cells():
        start = 1
        try:
            for cells in reading:
                yield Row(tuple(map(clean_cell, cells)), start + skipped)
                start = reading.line_num + 1
        except csv.Error:
            reason = f"a cell has more than {MAX_CELL // 1_000_000} million characters"
            fail(P.TOO_BIG, source, line=start + skipped, reason=reason)


@contextmanager
def _big_cells() -> Iterator[None]:
    # The bound belongs to the whole process, so it is put back.
    before = csv.field_size_limit(MAX_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def clean_cell(cell: str) -> str:
    """The normalised text of one cell."""
    return cell if cell.isascii() and cell.isprintable() else normalise(cell)


def find_delimiter(text: str) -> str:
    """Comma, semicolon, tab or bar: the one that gives most rows the same width above 1.

    Ties go to the wider rows, then to the earlier of these four. A sheet of one column has
    a comma.

    >>> find_delimiter("name;said\\nAnn;yes, but\\n")
    ';'
    """
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    scores = [(*_score(sample, delimiter), -i) for i, delimiter in enumerate(_DELIMITERS)]
    return _DELIMITERS[-max(scores)[-1]]


def _score(sample: str, delimiter: str) -> tuple[float, int]:
    widths: list[int] = []
    with _big_cells():
        try:
            for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
                if any(cells):
                    widths.append(len(cells))
        except csv.Error:
            return (0.0, 1)
    if not widths:
        return (0.0, 1)
    width, n = max(Counter(widths).items(), key=lambda item: (item[1], item[0]))
    share = n / len(widths)
    # A column of sentences has commas too, but its header has none.
    if width == 1 or (widths[0] == 1 and share < 0.8):
        return (0.0, 1)
    return (round(share, 1), width)


def ragged(rows: Sequence[Row], path: str) -> Iterator[Problem]:
    """RAGGED_ROWS if rows have words beyond the header, the first row of two cells or more."""
    filled = [(row, _width(row)) for row in rows]
    header = next((width for _, width in filled if width > 1), None)
    if header is None:
        return
    wider = [row for row, width in filled if width > header]
    if wider:
        yield problem(P.RAGGED_ROWS, path=path, line=wider[0].number, n=len(wider))


def _width(row: Row) -> int:
    return max((i for i, cell in enumerate(row.cells, start=1) if cell.strip()), default=0)


def _is_left_open(text: str, delimiter: str, line: int) -> bool:
    """Whether the row that starts on this line, the last one, ends inside quotation marks."""
    reading = io.StringIO(text, newline="")
    for _ in range(line - 1):
        reading.readline()
    with _big_cells():
        try:
            list(csv.reader(reading, delimiter=delimiter, strict=True))
        except csv.Error as error:
            return "end of data" in str(error)
    return False


reader = FileReader(name=NAME, version="1", suffixes=(".csv", ".tsv"), read=read)
