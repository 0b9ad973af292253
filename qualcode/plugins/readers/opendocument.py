"""OpenDocument texts (.odt), as LibreOffice writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.core.model import Extract, Line
from qualcode.core.problems import P
from qualcode.core.protocols import Source
from qualcode.core.text import normalise
from qualcode.plugins.readers.archive import open_archive
from qualcode.plugins.readers.base import FileReader, cell_of, counted, fail, guarded
from qualcode.plugins.readers.word_numbers import in_form

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NAME = "opendocument"

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_T, _TABLE = f"{{{_OASIS}:text:1.0}}", f"{{{_OASIS}:table:1.0}}"
_OFFICE, _STYLE = f"{{{_OASIS}:office:1.0}}", f"{{{_OASIS}:style:1.0}}"
_FO = f"{{{_OASIS}:xsl-fo-compatible:1.0}}"
_FOLDED = re.compile(r"[ \t\r\n]+")
_MANIFEST = "META-INF/manifest.xml"

_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman"}
_FORMS["I"] = "upperRoman"
_MOST_SPACES = 200  # a count in the file must not fill the memory
_DEEPEST = 10
_SKIPPED = {
    f"{_T}tracked-changes": "",
    f"{_T}change": "deleted passage",
    f"{_OFFICE}annotation": "comment",
    f"{_OFFICE}annotation-end": "",
    f"{_T}note-citation": "",
}
_CONTENTS = frozenset(
    _T + name
    for name in (
        "table-of-content",
        "alphabetical-index",
        "illustration-index",
        "table-index",
        "user-index",
        "bibliography",
    )
)


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts; `form` is "" for bullets."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    shown: int = 1
    start: int = 1


@dataclass(slots=True)
class Walk:
    """Where the reading of one document has got to."""

    levels: dict[tuple[str, int], Level]
    breaks: dict[str, bool]
    page: int | None = None
    number: int = 0
    notes: list[tuple[str, Element]] = field(default_factory=list)
    reached: dict[str, dict[int, int]] = field(default_factory=dict)
    dropped: Counter[str] = field(default_factory=Counter)


def read(source: Source) -> Extract:
    """The lines of the document; footnotes stand at the end.

    Numbers of lists are written out, bullets are "- " with two spaces for each level. A row
    of a table is a line of cells with tabs between; a table of one column is read as
    paragraphs. Pages are those that the file last was laid out in, where it says so.

    Raises:
        QualcodeError: as `archive.open_archive`, and NO_TEXT where there are no words.
    """
    with open_archive(source, "content.xml") as archive, guarded(source):
        from defusedxml.ElementTree import fromstring

        names = archive.namelist()
        if _MANIFEST in names and b"encryption-data" in archive.read(_MANIFEST):
            fail(P.LOCKED_FILE, source)
        content: Element = fromstring(archive.read("content.xml"), forbid_dtd=True)
        styles: Element | None = None
        if "styles.xml" in names:
            styles = fromstring(archive.read("styles.xml"), forbid_dtd=True)
        body = content.find(f"{_OFFICE}body/{_OFFICE}text")
        if body is None:
            fail(P.BROKEN_FILE, source, reason="it is no text document")
        walk = Walk(_levels(content, styles), _page_breaks(content))
        has_pages = body.find(f".//{_T}soft-page-break") is not None or any(walk.breaks.values())
        walk.page = 1 if has_pages else None
        lines = [*_blocks(body, walk), *_notes(walk)]
        walk.dropped.update(_margins(styles))
    if not any(line.text.strip() for line in lines):
        fail(P.NO_TEXT, source, reason="it holds no words")
    del walk.dropped[""]
    return Extract(reader=NAME, lines=tuple(lines), dropped=counted(walk.dropped))


def _blocks(container: Iterable[Element], walk: Walk) -> Iterator[Line]:
    for element in container:
        tag = element.tag
        if tag in (f"{_T}p", f"{_T}h"):
            yield from _paragraph(element, walk)
        elif tag == f"{_T}list":
            yield from _list(element, walk, element.get(f"{_T}style-name", ""), 1)
        elif tag == f"{_TABLE}table":
            yield from _table(element, walk)
        elif tag == f"{_T}soft-page-break":
            _turn(walk)
        elif tag in _SKIPPED:
            walk.dropped[_SKIPPED[tag]] += 1
        elif tag in _CONTENTS:
            walk.dropped["contents line"] += sum(1 for _ in element.iter(f"{_T}p"))
        else:
            yield from _blocks(element, walk)


def _paragraph(element: Element, walk: Walk, label: str = "", style: str = "") -> Iterator[Line]:
    if walk.breaks.get(element.get(f"{_T}style-name", "")) and walk.number:
        _turn(walk)
    page = walk.page
    boxes: list[Element] = []
    text = "".join(_inline(element, walk, boxes))
    kind = "heading" if element.tag == f"{_T}h" else style
    for row in normalise(text).split("\n"):
        walk.number += 1
        words = row.rstrip()
        yield Line(label + words, walk.number, page, kind if words else "")
        label = " " * len(label)
    for box in boxes:
        yield from _blocks(box, walk)


def _inline(element: Element, walk: Walk, boxes: list[Element]) -> Iterator[str]:
    # White space in the file is one space; more is said by elements.
    if element.text:
        yield _folded(element.text)
    for child in element:
        tag = child.tag
        if tag == f"{_T}s":
            yield " " * min(_count(child.get(f"{_T}c", "1")), _MOST_SPACES)
        elif tag == f"{_T}tab":
            yield "\t"
        elif tag == f"{_T}line-break":
            yield "\n"
        elif tag == f"{_T}soft-page-break":
            _turn(walk)
        elif tag == f"{_T}note":
            _keep_note(child, walk)
        elif tag in _SKIPPED:
            walk.dropped[_SKIPPED[tag]] += 1
        elif tag.endswith("}text-box"):
            boxes.append(child)
        else:
            yield from _inline(child, walk, boxes)
        if child.tail:
            yield _folded(child.tail)


def _folded(text: str) -> str:
    return _FOLDED.sub(" ", text)


def _keep_note(note: Element, walk: Walk) -> None:
    body = note.find(f"{_T}note-body")
    if body is not None:
        walk.notes.append((note.get(f"{_T}note-class", "footnote"), body))


def _list(element: Element, walk: Walk, name: str, depth: int) -> Iterator[Line]:
    level = walk.levels.get((name, min(depth, _DEEPEST)), Level())
    counts = walk.reached.setdefault(name, {})
    goes_on = element.get(f"{_T}continue-numbering") == "true" or element.get(f"{_T}continue-list")
    if depth == 1 and not goes_on:
        counts.clear()
    for item in element:
        if item.tag not in (f"{_T}list-item", f"{_T}list-header"):
            continue
        label = ""
        if item.tag == f"{_T}list-item" and _starts_with_words(item):
            label = _label(level, depth, counts, walk.levels, name)
        yield from _item(item, walk, name, depth, label)


def _starts_with_words(item: Element) -> bool:
    return len(item) > 0 and item[0].tag in (f"{_T}p", f"{_T}h")


def _label(
    level: Level,
    depth: int,
    counts: dict[int, int],
    levels: dict[tuple[str, int], Level],
    name: str,
) -> str:
    if not level.form:
        return "  " * (min(depth, _DEEPEST) - 1) + "- "
    counts[depth] = counts.get(depth, level.start - 1) + 1
    for deeper in [at for at in counts if at > depth]:
        del counts[deeper]
    shown = range(max(depth - level.shown + 1, 1), depth + 1)
    numbers = [in_form(counts.get(at, 1), levels.get((name, at), level).form) for at in shown]
    return f"{level.prefix}{'.'.join(numbers)}{level.suffix} "


def _item(item: Element, walk: Walk, name: str, depth: int, label: str) -> Iterator[Line]:
    style = "list" if label.endswith("- ") else ""
    for element in item:
        if element.tag in (f"{_T}p", f"{_T}h"):
            is_bullet_heading = element.tag == f"{_T}h" and style == "list"
            yield from _paragraph(element, walk, "" if is_bullet_heading else label, style)
            label = " " * len(label)
        elif element.tag == f"{_T}list":
            inner = element.get(f"{_T}style-name", name)
            yield from _list(element, walk, inner, depth + 1)
        else:
            yield from _blocks((element,), walk)


def _table(table: Element, walk: Walk) -> Iterator[Line]:
    rows = [[cell for cell in row if _is_cell(cell)] for row in _rows(table)]
    if all(len(cells) <= 1 for cells in rows):
        for cells in rows:
            for cell in cells:
                yield from _blocks(cell, walk)
        return
    for cells in rows:
        page, number = walk.page, walk.number
        texts = [cell_of(line.text.replace("\t", " ") for line in _blocks(c, walk)) for c in cells]
        walk.number = number + 1
        if any(texts):
            yield Line("\t".join(texts), walk.number, page, "cell")


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if element.tag == f"{_TABLE}table-row":
            yield element
        elif element.tag != f"{_TABLE}table":
            yield from _rows(element)


def _is_cell(element: Element) -> bool:
    # What a merged cell covers has a name of its own and holds nothing new.
    return element.tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def _turn(walk: Walk) -> None:
    if walk.page is not None:
        walk.page += 1


def _notes(walk: Walk) -> Iterator[Line]:
    walk.page = None
    numbers: Counter[str] = Counter()
    for kind, body in list(walk.notes):
        numbers[kind] += 1
        label = f"[{kind} {numbers[kind]}] "
        for line in _blocks(body, walk):
            if line.text.strip():
                yield Line(label + line.text.strip(), line.number, None, line.style)
                label = ""


def _levels(content: Element, styles: Element | None) -> dict[tuple[str, int], Level]:
    found: dict[tuple[str, int], Level] = {}
    for root in (styles, content):
        for style in [] if root is None else root.iter(f"{_T}list-style"):
            for element in style.iter(f"{_T}list-level-style-number"):
                at = _count(element.get(f"{_T}level", "1"))
                form = _FORMS.get(element.get(f"{_STYLE}num-format", ""), "")
                found[style.get(f"{_STYLE}name", ""), at] = Level(
                    form,
                    element.get(f"{_STYLE}num-prefix", ""),
                    element.get(f"{_STYLE}num-suffix", ""),
                    max(_count(element.get(f"{_T}display-levels", "1")), 1),
                    _count(element.get(f"{_T}start-value", "1")),
                )
    return found


def _page_breaks(content: Element) -> dict[str, bool]:
    """The paragraph styles that begin a page."""
    return {
        style.get(f"{_STYLE}name", ""): True
        for style in content.iter(f"{_STYLE}style")
        for properties in style.iter(f"{_STYLE}paragraph-properties")
        if properties.get(f"{_FO}break-before") == "page"
    }


def _margins(styles: Element | None) -> Counter[str]:
    found: Counter[str] = Counter()
    if styles is not None:
        for name in ("header", "footer"):
            for element in styles.iter(f"{_STYLE}{name}"):
                found[f"page {name}"] += bool("".join(element.itertext()).strip())
    return found


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 1


reader = FileReader(name=NAME, version="1", suffixes=(".odt",), read=read)
