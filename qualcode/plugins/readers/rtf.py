"""Rich Text (.rtf): its paragraphs, and its tables as cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from qualcode.core.model import Extract, Line
from qualcode.core.problems import P
from qualcode.core.protocols import Source
from qualcode.core.text import normalise
from qualcode.plugins.readers.base import FileReader, cell_of, check_size, fail, guarded

NAME = "rtf"

_PAGE, _CELL, _ROW_START, _ROW_END, _HEADING = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
_MARKS = {
    "page": ord(_PAGE),
    "cell": ord(_CELL),
    "nestcell": ord(_CELL),
    "trowd": ord(_ROW_START),
    "row": ord(_ROW_END),
    "nestrow": ord(_ROW_END),
    "outlinelevel": ord(_HEADING),
}
_CONTROL = re.compile(
    r"(?<!\\)\\(page|cell|nestcell|trowd|row|nestrow|outlinelevel)(?:\d+|(?![a-z\d])) ?"
)
_BULLET = re.compile(r"[·•▪§o\uf0b7\uf0a7-]\t\s*")
_NUMBERED = re.compile(r"((?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})(?:\.\d{1,3})*[.)]?)\t\s*")
_ASIDE = re.compile(r"\{\\(?:\*\\)?(header|footer|footnote|annotation)[lrf]?\b")
_MOST_WORK = 50_000_000


def read(source: Source) -> Extract:
    """The lines of the document, numbered from its first one.

    Headers, footers, footnotes and comments are left out and counted. Rows of tables are
    lines of cells with tabs between.

    Raises:
        QualcodeError: EMPTY_FILE, BROKEN_FILE, TOO_BIG, UNSAFE_FILE, and NO_TEXT where there
            are no words.
    """
    check_size(source)
    if not source.data.lstrip().startswith(b"{\\rtf"):
        fail(P.BROKEN_FILE, source, reason="it does not begin as Rich Text does")
    code = source.data.decode("latin-1")
    _check_fonts(source, code)
    with guarded(source):
        from striprtf.striprtf import rtf_to_text

        convert: Callable[..., str] = rtf_to_text
        text = convert(_prepared(code), errors="replace")
    # Characters beyond U+FFFF come in two halves.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    lines = tuple(_lines(text))
    if not any(line.text.strip() for line in lines):
        fail(P.NO_TEXT, source, reason="it holds no words")
    dropped: dict[str, int] = {}
    for match in _ASIDE.finditer(code):
        name = {"annotation": "comment", "footnote": "footnote"}.get(match[1], f"page {match[1]}")
        dropped[name] = dropped.get(name, 0) + 1
    return Extract(reader=NAME, lines=lines, dropped=tuple(sorted(dropped.items())))


def _check_fonts(source: Source, code: str) -> None:
    """Refuse font tables over which the library would brood for ever."""
    start = code.find("\\fonttbl")
    if start < 0:
        return
    end = code.find("\\colortbl", start)
    end = end if end > 0 else code.find("\\stylesheet", start)
    table = code[start : end if end > 0 else start + 1_000_000]
    after_charset = table[table.rfind("\\fcharset") + 1 :].split("}}")[0]
    after_name = table[table.rfind(";") + 1 :].split("}}")[0]
    work = len(after_charset) * after_charset.count("\\f")
    if work > _MOST_WORK or len(after_name) * after_name.count("\\f") > _MOST_WORK // 100:
        fail(P.UNSAFE_FILE, source, what="a font table without end")


def _prepared(code: str) -> str:
    """The code with what the library would lose or get wrong put right.

    Letters beyond ASCII become escapes, so that the code page of the file holds for them.
    Breaks and headings become private characters. The addresses of links are field
    instructions like any other: they are no words of the text.
    """
    code = re.sub(r"[\x80-\xff]", lambda match: f"\\'{ord(match.group()):02x}", code)
    code = code.replace("\\fldinst", "\\datafield").replace("\\pntext", "\\listtext")
    # A control word behind the escape, so that no letter is taken for its substitute.
    return _CONTROL.sub(lambda match: rf"\u{_MARKS[match[1]] - 0x10000}\plain ", code)


def _lines(text: str) -> Iterator[Line]:
    page = 1 if _PAGE in text else None
    for number, row in enumerate(_rows(text), start=1):
        row_page = page
        if page is not None and _PAGE in row:
            before = row.split(_PAGE, 1)[0]
            page += row.count(_PAGE)
            row_page = row_page if before.strip() else page
        words = row.replace(_PAGE, "")
        if _CELL in words:
            cells = words.rstrip(_CELL).split(_CELL)
            yield Line(
                "\t".join(cell_of(cell.split("\n")) for cell in cells), number, row_page, "cell"
            )
        else:
            yield _line(words, number, row_page)


def _line(words: str, number: int, page: int | None) -> Line:
    is_heading = _HEADING in words
    words = words.replace(_HEADING, "").rstrip()
    bullet = _BULLET.match(words)
    if bullet:
        words = f"- {words[bullet.end() :]}"
    numbered = _NUMBERED.match(words)
    if numbered:
        words = f"{numbered[1]} {words[numbered.end() :]}"
    style = "heading" if is_heading else "list" if bullet else ""
    return Line(words, number, page, style if words else "")


def _rows(text: str) -> Iterator[str]:
    """Lines, and rows of tables whole."""
    *before_ends, rest = normalise(text).split(_ROW_END)
    for part in before_ends:
        lines, _, row = part.partition(_ROW_START)
        yield from _plain_lines(lines)
        if _CELL in row:
            yield row.replace(_ROW_START, "").replace(_HEADING, "")
        else:
            yield from _plain_lines(row)
    yield from _plain_lines(rest)


def _plain_lines(text: str) -> list[str]:
    text = text.replace(_ROW_START, "").removesuffix("\n")
    return text.split("\n") if text else []


reader = FileReader(name=NAME, version="1", suffixes=(".rtf",), read=read)
