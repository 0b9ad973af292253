"""The report as a Word document: tables, quotations, charts; documents in full are left out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qualcode.analysis.charts.values import Chart
from qualcode.analysis.pages.scaffold import Section
from qualcode.analysis.pages.values import NAMES_TOLD, CodePage, Report, Row, Shown
from qualcode.core.memos import Memo
from qualcode.core.table import Table
from qualcode.plugins.charts.draw import draw
from qualcode.plugins.exporters.shares import is_wide
from qualcode.plugins.exporters.word import (
    add_caption,
    add_notes,
    add_table,
    bytes_of,
    new_document,
    text_of,
    turn_page,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_EACH = 3
"""Quotations for each side of a row and direction; the page of HTML has more."""
_CHART_WIDTH = 16.5


class _Writer:
    """A document in the making, with the numbers of its tables and figures."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._tables = 0
        self._figures = 0

    def heading(self, words: str, level: int) -> None:
        self.document.add_heading(text_of(words), level)

    def say(self, words: str) -> None:
        self.document.add_paragraph(text_of(words))

    def tables(self, heading: str, tables: Sequence[Table]) -> None:
        """Tables below a heading, on pages that lie on their side where a table is wide."""
        for place, table in enumerate(tables):
            turn_page(self.document, wide=is_wide(table))
            if place == 0:
                self.heading(heading, 1)
            self._tables += 1
            add_table(self.document, table, number=self._tables)
        self.upright()

    def upright(self) -> None:
        turn_page(self.document, wide=False)

    def chart(self, chart: Chart) -> None:
        """A drawing with its text alternative, its caption below, and what there is to see."""
        from docx.shared import Cm

        self._figures += 1
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        run = paragraph.add_run()
        picture: Any = run.add_picture(io.BytesIO(draw(chart, "png")), width=Cm(_CHART_WIDTH))
        picture._inline.docPr.set("descr", text_of(f"{chart.title}. {chart.text}"))
        add_caption(self.document, chart.title, number=self._figures, label="Figure")
        add_notes(self.document, [chart.text])


def report_document(report: Report) -> bytes:
    """The report as a .docx file; the same report gives the same bytes."""
    writer = _Writer(new_document())
    writer.document.add_heading(text_of(report.title), 0)
    for term, value in report.facts:
        writer.say(f"{term}: {value}")
    writer.say(NAMES_TOLD)
    if report.draft:
        writer.say(report.draft)
    _say_question(writer, report)
    writer.tables("Sample", report.sample)
    writer.tables(report.pairs.caption, [report.pairs])
    for row in report.rows:
        _say_row(writer, row)
    writer.heading("Codes", 1)
    for page in report.codes:
        _say_code(writer, page)
    writer.tables("Matrices", report.matrices)
    writer.heading("Charts", 1)
    for chart in report.charts:
        writer.chart(chart)
    return bytes_of(writer.document, title=report.title)


def _say_question(writer: _Writer, report: Report) -> None:
    writer.heading("Question and method", 1)
    writer.say(report.question or "No question has been written down yet.")
    writer.say(f"Method: {report.method}.")
    for left_out in report.left_out:
        writer.say(f"Left out: {left_out}.")
    for memo in report.memos:
        _say_memo(writer, memo)


def _say_row(writer: _Writer, row: Row) -> None:
    writer.heading(f"Row {row.number}: quotations", 2)
    if row.condition:
        writer.say(f"Condition: {row.condition}")
    for side in row.sides:
        writer.heading(f"{side.side}: {side.says}", 3)
        if not side.evidence:
            writer.say("No evidence found.")
        for evidence in side.evidence:
            shown = evidence.shown[:_EACH]
            more = f", {len(shown)} shown" if len(shown) < evidence.segments else ""
            writer.say(
                f"{evidence.title}: segments {evidence.segments}, "
                f"documents {evidence.documents}{more}"
            )
            for one in shown:
                add_quotation(writer.document, one)


def _say_code(writer: _Writer, page: CodePage) -> None:
    writer.heading(f"{page.number} {page.code.name}", 2)
    writer.say(page.code.definition or "No definition yet.")
    add_notes(writer.document, ["; ".join(page.counts)])
    for memo in page.memos:
        _say_memo(writer, memo)
    for one in page.quotes:
        add_quotation(writer.document, one)
    for memo in page.surprises:
        _say_memo(writer, memo)


def _say_memo(writer: _Writer, memo: Memo) -> None:
    who = ", ".join(part for part in (memo.coder, memo.at[:10]) if part)
    writer.say(f"{memo.kind.capitalize()} ({who}): {memo.body}")


def add_quotation(document: Document, one: Shown) -> None:
    """A quotation set in, the rest of its sentence in grey, with its credit and place."""
    from docx.shared import Cm, Pt, RGBColor

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(1)
    grey = RGBColor(0x60, 0x60, 0x60)
    if one.edge:
        _run(paragraph, f"{one.edge}: ", italic=True)
    if one.before:
        _run(paragraph, one.before).font.color.rgb = grey
    _run(paragraph, f"“{one.quote}”" if one.is_verbatim else one.quote)
    if one.after:
        _run(paragraph, one.after).font.color.rgb = grey
    ask = "; ask before printing" if one.must_ask else ""
    run = _run(paragraph, f" ({one.credit}; {one.valence}; {one.doc_id}, {one.place}{ask})")
    run.font.size = Pt(9)


def _run(paragraph: Paragraph, words: str, *, italic: bool = False) -> Any:
    run = paragraph.add_run(text_of(words))
    run.italic = italic
    return run


def scaffold_document(title: str, notes: Sequence[str], sections: Sequence[Section]) -> bytes:
    """A findings section to fill in, as a .docx file."""
    document = new_document()
    document.add_heading(text_of(title), 0)
    add_notes(document, notes)
    for section in sections:
        document.add_heading(text_of(section.heading), min(section.level, 9))
        document.add_paragraph(section.claim)
        add_notes(document, [section.rests_on])
        for passage in section.passages:
            document.add_paragraph(text_of(passage.lead_in))
            add_quotation(document, passage.shown)
    return bytes_of(document, title=title)
