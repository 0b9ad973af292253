"""The barometer as a form to print: a page of HTML, and a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qualcode.analysis.barometer.sheet import HOW, STEPS, Item, Sheet
from qualcode.plugins.exporters.html import render
from qualcode.plugins.exporters.word import bytes_of, new_document, text_of

if TYPE_CHECKING:
    from docx.table import _Cell

FIELDS = (
    "Partnership or site",
    "Date",
    "Your organisation or profession, if you wish",
    "Your code, if you were given one",
)
LAST = "Is there anything else that should be said?"
CIRCLE = "○"
_WIDTHS = (1.1, 5.4, *((1.0,) * len(STEPS)), 5.4)
"""Centimetres of the columns of the Word form, on A4."""
_MARK = range(2, 2 + len(STEPS))


def form_page(sheet: Sheet) -> bytes:
    """The form as a page that prints, and that can be filled in on a screen."""
    return render(
        "barometer.html",
        sheet=sheet,
        steps=STEPS,
        how=HOW,
        fields=_filled_fields(sheet),
        last=LAST,
    )


def _filled_fields(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    known = (sheet.site, sheet.time, "", "")
    return tuple(zip(FIELDS, known, strict=True))


def form_document(sheet: Sheet) -> bytes:
    """The form as a Word document, the same bytes for the same sheet."""
    from docx.shared import Cm, Pt

    document = new_document()
    document.add_heading(text_of(sheet.title), level=1)
    for label, known in _filled_fields(sheet):
        line = document.add_paragraph(f"{label}: {text_of(known) or '_' * 30}")
        line.paragraph_format.space_after = Pt(4)
    document.add_paragraph(HOW)
    table: Any = document.add_table(rows=1, cols=len(_WIDTHS))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    head = ("No.", "The one statement", *map(str, STEPS), "The other statement")
    _fill_row(table.rows[0], [(words,) for words in head], bold=True)
    _repeat(table.rows[0])
    for item in sheet.items:
        _fill_row(table.add_row(), _cells(item), bold=False)
    document.add_paragraph()
    document.add_paragraph(LAST)
    for _ in range(3):
        document.add_paragraph("_" * 76)
    return bytes_of(document, title=sheet.title)


def _cells(item: Item) -> list[tuple[str, ...]]:
    asks = (item.asks,) if item.asks else ()
    condition = (f"({item.condition})",) if item.condition else ()
    left = (*asks, *condition, *item.low) if asks else (*item.low, *condition)
    circles = [(CIRCLE,)] * len(STEPS)
    return [(str(item.number),), left, *circles, item.high]


def _fill_row(row: Any, cells: list[tuple[str, ...]], *, bold: bool) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for place, (cell, lines) in enumerate(zip(row.cells, cells, strict=True)):
        cell.width = Cm(_WIDTHS[place])
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        _write(cell, lines, bold=bold)
        if place in _MARK:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _write(cell: _Cell, lines: tuple[str, ...], *, bold: bool) -> None:
    from docx.shared import Pt

    for place, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        run = paragraph.add_run(text_of(line))
        run.bold = bold
        run.font.size = Pt(16 if line == CIRCLE else 10)
        paragraph.paragraph_format.space_before = Pt(2)
        paragraph.paragraph_format.space_after = Pt(2)


def _repeat(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
