"""Word documents (.docx): paragraphs and tables in the order in which they are read."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from qualcode.core.model import Extract, Line
from qualcode.core.problems import P
from qualcode.core.protocols import Source
from qualcode.core.text import normalise
from qualcode.plugins.readers.archive import open_archive
from qualcode.plugins.readers.base import FileReader, cell_of, counted, fail, guarded
from qualcode.plugins.readers.word_numbers import BULLET, Counters, ListForm, W, read_lists

if TYPE_CHECKING:
    from docx.opc.part import Part
    from lxml.etree import _Element

NAME = "word"

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT, _TAB, _BREAK, _RETURN = f"{W}t", f"{W}tab", f"{W}br", f"{W}cr"
_HYPHEN, _RENDERED = f"{W}noBreakHyphen", f"{W}lastRenderedPageBreak"
_INLINE = (_TEXT, _TAB, _BREAK, _RETURN, _HYPHEN, _RENDERED)
_PARAGRAPH, _TABLE, _BOX = f"{W}p", f"{W}tbl", f"{W}txbxContent"
_SHORT_NAMES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Taken out and counted under these names; what a text box falls back on says it twice.
_ASIDES = {
    f"{W}del": "deleted passage",
    f"{W}moveFrom": "deleted passage",
    f"{W}commentReference": "comment",
    f"{_MC}Fallback": "",
}


@dataclass(frozen=True, slots=True)
class Style:
    """What the paragraphs of one style are: "heading", "contents" or ""; and their list."""

    kind: str = ""
    num_id: str = ""
    depth: int = 0


@dataclass(slots=True)
class Walk:
    """Where the reading of one document has got to."""

    styles: dict[str, Style]
    counters: Counters
    by_layout: bool
    page: int | None
    number: int = 0
    dropped: Counter[str] = field(default_factory=Counter)


def read(source: Source) -> Extract:
    """The lines of the document; footnotes stand at the end.

    Numbers that Word makes up are written out ("4.2 "), bullets are "- " with two spaces
    for each level. Pages are those that Word last laid out. A row of a table is a line of
    cells with tabs between; a table of one column is read as paragraphs.

    Raises:
        QualcodeError: as `archive.open_archive`, and NO_TEXT where there are no words.
    """
    open_archive(source, "[Content_Types].xml").close()
    with guarded(source):
        import docx

        part = docx.Document(io.BytesIO(source.data)).part
        root = cast("_Element", part.element)
        if cast("Any", root.getroottree().docinfo).doctype:
            fail(P.UNSAFE_FILE, source, what="a document type of its own")
        dropped = _take_out_asides(root)
        by_layout = root.find(f".//{_RENDERED}") is not None
        has_pages = by_layout or any(map(_is_page_break, root.iter(_BREAK)))
        walk = Walk(_styles(part), Counters(_lists(part)), by_layout, 1 if has_pages else None)
        walk.dropped = dropped
        # Survey tools write several bodies, of which Word shows all.
        lines = [line for body in root for line in _blocks(body, walk)]
        lines += _notes(part, walk)
    if not any(line.text.strip() for line in lines):
        fail(P.NO_TEXT, source, reason="it holds no words")
    return Extract(reader=NAME, lines=tuple(lines), dropped=counted(walk.dropped))


def _take_out_asides(root: _Element) -> Counter[str]:
    dropped: Counter[str] = Counter()
    for element in list(root.iter(*_ASIDES)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
            dropped[_ASIDES[str(element.tag)]] += 1
    del dropped[""]
    return dropped


def _blocks(container: _Element, walk: Walk) -> Iterator[Line]:
    for element in container:
        if element.tag == _PARAGRAPH:
            yield from _paragraph(element, walk)
        elif element.tag == _TABLE:
            yield from _table(element, walk)
        elif len(element):  # content controls and the like hold blocks of their own
            yield from _blocks(element, walk)


def _paragraph(element: _Element, walk: Walk) -> Iterator[Line]:
    boxes = [box for box in element.iter(_BOX) if _is_outermost(box, element)]
    for box in boxes:
        parent = box.getparent()
        if parent is not None:
            parent.remove(box)
    style = _style_of(element, walk)
    label = ""
    if style.num_id not in ("", "0") and _has_words(element):
        label = walk.counters.label(style.num_id, style.depth)
    is_bullet = label == BULLET and style.kind != "heading"
    shift = "  " * style.depth if is_bullet else ""
    for text, page in _inline(element, walk):
        if style.kind == "contents":
            walk.dropped["contents line"] += 1
            continue
        walk.number += 1
        kind = "list" if is_bullet else style.kind
        label = "" if is_bullet and not shift and text.startswith(("- ", "• ")) else label
        yield Line(f"{shift}{label}{text}", walk.number, page, kind if text.strip() else "")
        shift, label = "  " * len(shift) if is_bullet else "", ""
    for box in boxes:
        yield from _blocks(box, walk)


def _is_outermost(box: _Element, paragraph: _Element) -> bool:
    return next(box.iterancestors(_BOX, _PARAGRAPH)) is paragraph


def _has_words(element: _Element) -> bool:
    return any((text.text or "").strip() for text in element.iter(_TEXT))


def _inline(element: _Element, walk: Walk) -> Iterator[tuple[str, int | None]]:
    """The lines inside one paragraph, each with the page on which it begins."""
    parts: list[str] = []
    page = walk.page
    for item in element.iter(*_INLINE):
        if item.tag == _TEXT:
            parts.append(item.text or "")
        elif item.tag == _TAB:
            # Tab stops in the paragraph's properties have the same name.
            parts.append("" if item.getparent() is None or _is_stop(item) else "\t")
        elif item.tag == _HYPHEN:
            parts.append("-")
        elif item.tag == _RENDERED or _is_page_break(item):
            if walk.page is not None and (item.tag == _RENDERED) == walk.by_layout:
                walk.page += 1
                page = page if "".join(parts).strip() else walk.page
        else:
            parts.append("\n")
    for text in normalise("".join(parts)).split("\n"):
        yield text.rstrip(), page


def _is_stop(tab: _Element) -> bool:
    parent = tab.getparent()
    return parent is not None and parent.tag == f"{W}tabs"


def _is_page_break(element: _Element) -> bool:
    return element.tag == _BREAK and element.get(f"{W}type") == "page"


def _table(table: _Element, walk: Walk) -> Iterator[Line]:
    rows = [list(_cells(row)) for row in _own(table, f"{W}tr")]
    if all(len(cells) <= 1 for cells in rows):
        for cells in rows:
            for cell in cells:
                yield from _blocks(cell, walk)
        return
    for cells in rows:
        page = walk.page
        texts = ["" if _goes_on(cell) else _cell_text(cell, walk) for cell in cells]
        walk.number += 1
        if any(texts):
            yield Line("\t".join(texts), walk.number, page, "cell")


def _own(element: _Element, tag: str) -> Iterator[_Element]:
    """Children of that name, also inside content controls, but not in a table within."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag not in (_TABLE, _PARAGRAPH) and len(child):
            yield from _own(child, tag)


def _cells(row: _Element) -> Iterator[_Element]:
    return _own(row, f"{W}tc")


def _goes_on(cell: _Element) -> bool:
    """Whether the cell is merged into the one above it."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val", "continue") == "continue"


def _cell_text(cell: _Element, walk: Walk) -> str:
    number = walk.number
    text = cell_of(line.text.replace("\t", " ") for line in _blocks(cell, walk))
    walk.number = number
    return text


def _style_of(paragraph: _Element, walk: Walk) -> Style:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        return walk.styles.get("", Style())
    style = walk.styles.get(_attribute(properties, "pStyle"), Style())
    return _with_own(properties, style)


def _with_own(properties: _Element, style: Style) -> Style:
    """The style, changed by what a paragraph or a derived style says itself."""
    kind, num_id, depth = style.kind, style.num_id, style.depth
    outline = _attribute(properties, "outlineLvl")
    if outline:
        kind = "heading" if outline in "012345678" else ""
    numbered = properties.find(f"{W}numPr")
    if numbered is not None:
        num_id = _attribute(numbered, "numId") or num_id
        level = _attribute(numbered, "ilvl")
        depth = int(level) if level in tuple("012345678") else depth
    return Style(kind, num_id, depth)


def _attribute(element: _Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val") or ""


def _styles(part: Part) -> dict[str, Style]:
    """Every paragraph style by its id, with what it takes over from the one it is based on."""
    elements = {
        element.get(f"{W}styleId", ""): element
        for element in _part_roots(part, "/styles")
        for element in element.iter(f"{W}style")
    }
    found: dict[str, Style] = {}

    def resolve(style_id: str, depth: int) -> Style:
        element = elements.get(style_id)
        if element is None or depth > 20:
            return Style()
        if style_id not in found:
            style = resolve(_attribute(element, "basedOn"), depth + 1)
            properties = element.find(f"{W}pPr")
            if properties is not None:
                style = _with_own(properties, style)
            kind = _kind_by_name(_attribute(element, "name")) or style.kind
            found[style_id] = Style(kind, style.num_id, style.depth)
        return found[style_id]

    for style_id in elements:
        resolve(style_id, 0)
    return found


def _kind_by_name(name: str) -> str:
    low = name.lower()
    if low.startswith("toc ") and low[4:].isdecimal():
        return "contents"
    is_heading = low.startswith(("heading ", "title", "subtitle")) or low in _SHORT_NAMES
    return "heading" if is_heading else ""


def _lists(part: Part) -> dict[str, ListForm]:
    for root in _part_roots(part, "/numbering"):
        return read_lists(root)
    return {}


def _part_roots(part: Part, kind: str) -> Iterator[_Element]:
    from docx.oxml.parser import parse_xml

    for relation in part.rels.values():
        if not relation.is_external and (relation.reltype or "").endswith(kind):
            yield cast("_Element", parse_xml(relation.target_part.blob))


def _notes(part: Part, walk: Walk) -> Iterator[Line]:
    """Footnotes and endnotes as lines; headers and footers are only counted."""
    for kind in ("header", "footer"):
        walk.dropped[f"page {kind}"] += sum(map(_has_words, _part_roots(part, f"/{kind}")))
    walk.page = None
    for kind in ("footnote", "endnote"):
        for root in _part_roots(part, f"/{kind}s"):
            notes = [note for note in root.iter(f"{W}{kind}") if _has_words(note)]
            for number, note in enumerate(notes, start=1):
                lines = _numbered(_blocks(note, walk), f"[{kind} {number}] ")
                yield from lines


def _numbered(lines: Iterable[Line], label: str) -> Iterator[Line]:
    for line in lines:
        if line.text.strip():
            yield Line(label + line.text.strip(), line.number, None, line.style)
            label = ""


reader = FileReader(name=NAME, version="1", suffixes=(".docx",), read=read)
