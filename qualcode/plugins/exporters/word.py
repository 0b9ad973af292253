"""Pieces of a Word document: pages, captions, tables with three rules, and its bytes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from qualcode.core.table import Cell, Table
from qualcode.plugins.exporters.archive import without_clock
from qualcode.plugins.exporters.numbers import number_columns
from qualcode.plugins.exporters.shares import is_crowded, is_wide, shares

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as WordTable
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FONT = "Times New Roman"
_LONG_SIDE, _SHORT_SIDE, _MARGIN = 29.7, 21.0, 2.0
_USUAL, _SMALL, _CLOSE = 9, 7.5, "40"
"""Points of type in a table, and in one of many columns; twentieths of a point beside words."""


def new_document(*, wide: bool = False) -> Document:
    """An empty A4 document, on its side where `wide`, with plain styles."""
    import docx
    from docx.shared import Pt, RGBColor

    document = docx.Document()
    _lay(document.sections[0], wide=wide)
    for name, size in (
        ("Normal", 11),
        ("Title", 20),
        ("Heading 1", 16),
        ("Heading 2", 13),
        ("Heading 3", 11),
        ("Caption", 10),
    ):
        style: Any = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        _use_font_for_all(style)
    _speak_british(document)
    return document


def _speak_british(document: Document) -> None:
    """Tells the spelling checker the language of headings, captions and notes."""
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")


def _lay(section: Any, *, wide: bool) -> None:
    """Gives a section its paper: A4, upright or on its side."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section.page_width = Cm(_LONG_SIDE if wide else _SHORT_SIDE)
    section.page_height = Cm(_SHORT_SIDE if wide else _LONG_SIDE)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Cm(_MARGIN)
    section.top_margin = section.bottom_margin = Cm(_MARGIN)


def turn_page(document: Document, *, wide: bool) -> None:
    """Goes on on paper that lies or stands, on a new page where that changes."""
    from docx.enum.section import WD_SECTION

    last: Any = document.sections[-1]
    if (last.page_width > last.page_height) != wide:
        _lay(document.add_section(WD_SECTION.NEW_PAGE), wide=wide)


def _use_font_for_all(style: Any) -> None:
    """Headings of the built-in template name the font of a theme, which would win."""
    from docx.oxml.ns import qn

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in [key for key in fonts.attrib if "Theme" in key]:
        del fonts.attrib[key]
    fonts.set(qn("w:eastAsia"), _FONT)


def text_of(words: str) -> str:
    """The words without what XML cannot hold."""
    return _CONTROL.sub("", words)


def bytes_of(document: Document, *, title: str) -> bytes:
    """The document as a file, the same for the same content."""
    properties = document.core_properties
    properties.title = text_of(title)[:250]
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.language = "en-GB"
    properties.created = properties.modified = datetime(2000, 1, 1)
    buffer = io.BytesIO()
    document.save(buffer)
    return without_clock(buffer.getvalue())


def add_caption(document: Document, words: str, *, number: int, label: str = "Table") -> None:
    """A caption that Word numbers anew when others are put before it."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = True
    paragraph.add_run(f"{label} ")
    _add_field(paragraph, f" SEQ {label} \\* ARABIC ", str(number))
    paragraph.add_run(f". {text_of(words)}")


def _add_field(paragraph: Paragraph, code: str, shown: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run(shown)
    field.append(run._r)
    paragraph._p.append(field)


def add_table(document: Document, table: Table, *, number: int = 1) -> None:
    """Caption, table and notes at the end of a document."""
    add_caption(document, table.caption, number=number)
    made = document.add_table(rows=0, cols=len(table.columns))
    made.autofit = False
    size = _SMALL if is_crowded(table) else _USUAL
    if is_crowded(table):
        _draw_close(made)
    room = _room(document)
    widths = [round(share * room) for share in shares(table)]
    numbers = number_columns(table)
    _add_row(made, [(column.title,) for column in table.columns], widths, numbers)
    for row in table.rows:
        _add_row(made, row, widths, numbers)
    _set_type(made, size)
    _set_grid(made, widths)
    _draw_rules(made)
    add_notes(document, table.notes)


def _room(document: Document) -> int:
    section: Any = document.sections[-1]
    return int(section.page_width - section.left_margin - section.right_margin)


def _add_row(
    table: WordTable, cells: Sequence[Cell], widths: Sequence[int], numbers: Sequence[bool]
) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Emu

    is_head = not table.rows
    made: Any = table
    row = made.add_row()
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    for place, (cell, lines) in enumerate(zip(row.cells, cells, strict=True)):
        cell.width = Emu(widths[place])
        _fill(cell, lines or ("",), bold=is_head, right=numbers[place])


def _fill(cell: _Cell, lines: Cell, *, bold: bool, right: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(3 if place == 0 else 0)
        paragraph.paragraph_format.space_after = Pt(2)
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(text_of(line))
        run.bold = bold


def _set_type(table: WordTable, size: float) -> None:
    from docx.shared import Pt

    for cell in table._cells:
        for paragraph in cell.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(size)


def _draw_close(table: WordTable) -> None:
    """Leaves hardly any room beside the words of a cell."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), _CLOSE)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _set_grid(table: WordTable, widths: Sequence[int]) -> None:
    """The widths once more for the columns, where other word processors look for them."""
    from docx.shared import Emu

    for column, width in zip(table.columns, widths, strict=True):
        column.width = Emu(width)


def _draw_rules(table: WordTable) -> None:
    """Rules as journals set them: above, below the header, and below the table."""
    last = len(table.rows) - 1
    for place in sorted({0, last}):
        for cell in table.rows[place].cells:
            edges = {"bottom": 8 if place == last else 4}
            if place == 0:
                edges["top"] = 8
            _draw_edges(cell, edges)


def _draw_edges(cell: _Cell, edges: dict[str, int]) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tcBorders")
    for edge in (edge for edge in ("top", "bottom") if edge in edges):
        rule = OxmlElement(f"w:{edge}")
        for key, value in (("val", "single"), ("sz", str(edges[edge])), ("color", "auto")):
            rule.set(qn(f"w:{key}"), value)
        borders.append(rule)
    cell._tc.get_or_add_tcPr().append(borders)


def add_notes(document: Document, notes: Iterable[str]) -> None:
    """Notes in small type, one paragraph each."""
    from docx.shared import Pt

    for note in notes:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(2)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(text_of(note)).font.size = Pt(8.5)


def table_alone(table: Table) -> bytes:
    """A document with one table, on its side where the table is wide."""
    document = new_document(wide=is_wide(table))
    add_table(document, table)
    return bytes_of(document, title=table.caption)
