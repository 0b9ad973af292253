"""PDF files that hold text: their lines, page by page."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qualcode.core.model import Extract, Line
from qualcode.core.problems import P, problem
from qualcode.core.protocols import Source
from qualcode.core.text import normalise
from qualcode.plugins.readers.base import FileReader, check_size, counted, fail, guarded

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

NAME = "pdf"

MAX_PAGES = 20_000
_DEEPEST = 4  # lines of a running header or footer
_FEWEST = 3  # pages from which on anything can be said to run
_DIGITS = re.compile(r"\d+")


def read(source: Source) -> Extract:
    """The lines of the text layer with their pages; `number` counts inside each page.

    Running headers and footers, lines that are alike but for digits at the top or bottom of
    most pages, are left out and counted.

    Raises:
        QualcodeError: EMPTY_FILE, BROKEN_FILE, TOO_BIG, LOCKED_FILE, and NO_TEXT_LAYER where
            no page holds text.
    """
    check_size(source)
    if b"%PDF-" not in source.data[:1024]:
        fail(P.BROKEN_FILE, source, reason="it does not begin as a PDF does")
    with guarded(source):
        pages = [_page_lines(page) for page in _open(source)]
    if not any(pages):
        fail(P.NO_TEXT_LAYER, source, n=len(pages))
    empty = [number for number, lines in enumerate(pages, start=1) if not lines]
    problems = []
    if empty:
        problems.append(
            problem(P.PAGES_WITHOUT_TEXT, path=source.name, n=len(empty), first=empty[0])
        )
    kept, dropped = drop_running(pages)
    lines = tuple(
        Line(text, number, page)
        for page, page_lines in enumerate(kept, start=1)
        for number, text in page_lines
    )
    return Extract(reader=NAME, lines=lines, dropped=dropped, problems=tuple(problems))


def _open(source: Source) -> Iterator[PageObject]:
    import pypdf
    from pypdf.errors import DependencyError

    # Slips of the file are told by what they lead to, not on the screen.
    logger = logging.getLogger("pypdf")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    reader: PdfReader = pypdf.PdfReader(io.BytesIO(source.data))
    if reader.is_encrypted:
        try:
            # Many files may be read by all and are only locked against printing.
            is_open = bool(reader.decrypt(""))
        except (DependencyError, NotImplementedError):
            is_open = False
        if not is_open:
            fail(P.LOCKED_FILE, source)
    if len(reader.pages) > MAX_PAGES:
        fail(P.TOO_BIG, source, reason=f"{len(reader.pages):,} pages")
    return iter(reader.pages)


def _page_lines(page: PageObject) -> list[str]:
    """The lines of one page that hold words; none for a page that cannot be read."""
    try:
        text = page.extract_text()
    except (MemoryError, RecursionError):
        raise
    except Exception:
        # One broken page must not cost the others; it is reported as a page without text.
        return []
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return [line.rstrip() for line in normalise(text).split("\n") if line.strip()]


Numbered = list[tuple[int, str]]


def drop_running(
    pages: Sequence[Sequence[str]],
) -> tuple[list[Numbered], tuple[tuple[str, int], ...]]:
    """The numbered lines of each page without running headers and footers, and their counts.

    >>> drop_running([["Minutes", "One", "1/3"], ["Minutes", "Two", "2/3"], ["Minutes", "3/3"]])
    ([[(2, 'One')], [(2, 'Two')], []], (('page footer', 3), ('page header', 3)))
    """
    left: list[Numbered] = [list(enumerate(page, start=1)) for page in pages]
    everywhere = Counter(_alike(text) for page in pages for text in page)
    dropped: Counter[str] = Counter()
    for name, end in (("page header", 0), ("page footer", -1)):
        for _ in range(_DEEPEST):
            running = _running(left, end, everywhere)
            if not running:
                break
            for page in left:
                if page and _alike(page[end][1]) in running:
                    del page[end]
                    dropped[name] += 1
    return left, counted(dropped)


def _running(pages: Sequence[Numbered], end: int, everywhere: Counter[str]) -> set[str]:
    """What the first or last lines of most pages are alike in: one thing, or two by turns.

    Books have one header on left pages and another on right pages. What stands inside
    pages as often is no header but the name of a speaker.
    """
    edges = [_alike(page[end][1]) if page else "" for page in pages]
    for sides in ((edges,), (edges[::2], edges[1::2])):
        found = set()
        for side in sides:
            text, n = Counter(filter(None, side)).most_common(1)[0] if any(side) else ("", 0)
            n_inside = everywhere[text] - edges.count(text)
            if n >= _FEWEST and n * 5 > len(side) * 3 and n_inside * 3 < n:
                found.add(text)
        if len(found) == len(sides):
            return found
    return set()


def _alike(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.split()))


reader = FileReader(name=NAME, version="1", suffixes=(".pdf",), read=read)
