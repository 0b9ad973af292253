"""Web pages (.html): headings, paragraphs, lists and tables, without what surrounds them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from qualcode.core.model import Extract, Line
from qualcode.core.problems import P, Problem
from qualcode.core.protocols import Source
from qualcode.core.text import normalise
from qualcode.plugins.readers.base import FileReader, cell_of, check_size, counted, fail, guarded
from qualcode.plugins.readers.encoding import decode

if TYPE_CHECKING:
    from lxml.etree import _Element

NAME = "html"

_CHARSET = re.compile(rb"""<meta[^<>]{0,200}?charset\s*=\s*["']?([\w.:-]{2,30})""", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SILENT_NAMES = (
    "head script style noscript template svg math iframe object audio video canvas button"
    " select datalist input"
)
_BLOCK_NAMES = (
    "html body p div section article aside header footer main blockquote pre ul ol li dl dt dd"
    " table caption thead tbody tfoot tr td th figure figcaption hr address details summary form"
    " fieldset legend"
)
_SILENT = frozenset(_SILENT_NAMES.split())
_DECLARED = re.compile(
    r"(?:windows|cp|iso|latin|koi|mac|x-mac|shift|sjis|euc|gb|big5|us-ascii|ascii|tis|utf-16)[\w-]*",
    re.IGNORECASE,
)
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_BLOCKS = _HEADINGS | frozenset(_BLOCK_NAMES.split())


@dataclass(slots=True)
class Walk:
    """The words of the block that is being gone through, and what is around it."""

    words: list[str] = field(default_factory=list)
    line: int = 1
    style: str = ""
    label: str = ""
    is_pre: bool = False
    lists: list[list[int | None]] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)


def read(source: Source) -> Extract:
    """The lines of the page; `number` is the line of the file on which a block begins.

    Items of a list are "- " or their number, with two spaces for each level. A row of a
    table is a line of cells with tabs between; a table of one column, or one that holds
    tables, is read as paragraphs. Menus are left out and counted.

    Raises:
        QualcodeError: as `encoding.decode`; TOO_BIG, UNSAFE_FILE, BROKEN_FILE; NO_TEXT where
            there are no words.
    """
    check_size(source)
    text, problems = _text(source)
    with guarded(source):
        from lxml import html

        parser = html.HTMLParser(
            encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
        )
        data = text.encode("utf-8", "surrogatepass")
        root = html.document_fromstring(data, parser=parser) if text.strip() else None
        if any("depth" in error.message.lower() for error in parser.error_log):
            # The parser would leave out in silence what is nested deeper.
            fail(P.UNSAFE_FILE, source, what="parts nested too deeply")
        walk = Walk()
        lines = [] if root is None else [*_blocks(root, walk), *_flush(walk)]
    if not lines:
        fail(P.NO_TEXT, source, reason="it holds no words")
    return Extract(
        reader=NAME, lines=tuple(lines), dropped=counted(walk.dropped), problems=problems
    )


def _text(source: Source) -> tuple[str, tuple[Problem, ...]]:
    """The text in UTF-8, or in the encoding that the page declares, or in one found."""
    declared = _CHARSET.search(source.data[:4096])
    name = declared[1].decode("ascii") if declared else ""
    if _DECLARED.fullmatch(name) and not _is_utf8(source.data):
        # Browsers take Latin-1 to be Windows-1252, as the standard asks.
        known = "cp1252" if name.lower() in ("iso-8859-1", "latin1", "us-ascii", "ascii") else name
        try:
            return source.data.decode(known), ()
        except (UnicodeError, LookupError):
            pass
    decoded = decode(source)
    return decoded.text, decoded.problems


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _blocks(element: _Element, walk: Walk) -> Iterator[Line]:
    _add(walk, element.text, element)
    for child in element:
        tag = str(child.tag)
        if tag == "br":
            walk.words.append("\n")
        elif tag in _SILENT:
            pass
        elif tag == "nav" or _is_hidden(child):
            walk.dropped["navigation" if tag == "nav" else "hidden part"] += 1
        elif tag == "table" and _is_grid(child):
            yield from _flush(walk)
            yield from _table(child, walk)
        elif tag in _BLOCKS:
            yield from _flush(walk)
            yield from _block(child, tag, walk)
        else:
            yield from _blocks(child, walk)
        _add(walk, child.tail, child)


def _block(element: _Element, tag: str, walk: Walk) -> Iterator[Line]:
    before = (walk.style, walk.label, walk.is_pre)
    walk.line = _line_of(element) or walk.line
    if tag in _HEADINGS:
        walk.style = "heading"
    elif tag == "pre":
        walk.is_pre = True
    elif tag in ("ul", "ol"):
        start = element.get("start", "1")
        first = int(start) if start.isdecimal() and len(start) < 6 else 1
        walk.lists.append([first if tag == "ol" else None])
    elif tag == "li":
        walk.style, walk.label = _item(walk)
    yield from _blocks(element, walk)
    yield from _flush(walk)
    if tag in ("ul", "ol"):
        walk.lists.pop()
    inner = walk.label
    walk.style, walk.label, walk.is_pre = before
    if tag not in ("li", "ul", "ol") and not inner.strip():
        walk.label = inner  # the label of an item is written once


def _item(walk: Walk) -> tuple[str, str]:
    shift = "  " * min(len(walk.lists) - 1, 20)
    number = walk.lists[-1][0] if walk.lists else None
    if number is None:
        return "list", f"{shift}- "
    walk.lists[-1][0] = number + 1
    return "", f"{shift}{number}. "


def _line_of(element: _Element) -> int:
    return cast("int | None", element.sourceline) or 0


def _add(walk: Walk, text: str | None, element: _Element) -> None:
    if not text:
        return
    if not any(word.strip() for word in walk.words[-1:]):
        walk.line = max(walk.line, _line_of(element))
    walk.words.append(text if walk.is_pre else _SPACE.sub(" ", text))


def _flush(walk: Walk) -> Iterator[Line]:
    """The words held so far as lines, without the empty ones around them."""
    text = normalise("".join(walk.words)).strip("\n ") if walk.words else ""
    walk.words = []
    if not text.strip():
        return
    for row in text.split("\n"):
        words = row.rstrip() if walk.is_pre else " ".join(row.split())
        yield Line(
            walk.label + words if words else "", walk.line, None, walk.style if words else ""
        )
        walk.label = " " * len(walk.label)


def _is_hidden(element: _Element) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style


def _is_grid(table: _Element) -> bool:
    """Whether it is a table of data, and not there to place parts of a page."""
    if table.find(".//table") is not None:
        return False
    return any(sum(cell.tag in ("td", "th") for cell in row) > 1 for row in table.iter("tr"))


def _table(table: _Element, walk: Walk) -> Iterator[Line]:
    for caption in table.iter("caption"):
        yield from _blocks(caption, walk)
        yield from _flush(walk)
    spans: dict[int, int] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        inner = Walk(dropped=walk.dropped)
        for cell in row:
            while spans.get(len(cells), 0) > 0:  # covered by a cell of a row above
                spans[len(cells)] -= 1
                cells.append("")
            if cell.tag in ("td", "th"):
                rows = cell.get("rowspan", "")
                spans[len(cells)] = int(rows) - 1 if rows.isdecimal() and len(rows) < 5 else 0
                lines = [*_blocks(cell, inner), *_flush(inner)]
                cells.append(cell_of(line.text.replace("\t", " ") for line in lines))
        if any(cells):
            yield Line("\t".join(cells), _line_of(row) or walk.line, None, "cell")


reader = FileReader(name=NAME, version="1", suffixes=(".html", ".htm"), read=read)
