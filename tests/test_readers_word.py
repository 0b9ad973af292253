"""Word documents: paragraphs, lists, tables, pages and what stands beside the text."""

from __future__ import annotations

import io

import pytest

from qualcode.core.model import Extract, Line
from qualcode.core.protocols import Source
from qualcode.plugins.readers.word import reader
from qualcode.plugins.readers.word_numbers import Counters, Level, ListForm, in_form
from tests.readers_files import W, a_docx, a_source, refusal, texts, with_part
from tests.shared_data import shared


def read(body: str) -> Extract:
    return reader(a_source(a_docx(body)))


def p(*runs: str, properties: str = "") -> str:
    inner = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{inner}{''.join(f'<w:r>{run}</w:r>' for run in runs)}</w:p>"


def t(words: str) -> str:
    return f'<w:t xml:space="preserve">{words}</w:t>'


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def test_paragraphs_are_lines_in_order_and_empty_ones_stay() -> None:
    assert reader(a_source(a_docx(paragraphs=["One.", "", "Two."]))).lines == (
        Line("One.", 1),
        Line("", 2),
        Line("Two.", 3),
    )


def test_runs_tabs_hyphens_and_breaks_inside_a_paragraph() -> None:
    body = p(t("Jane"), t(" "), t("Doe"), "<w:tab/>" + t("0:05"), "<w:br/>" + t("co"))
    body = body.replace("</w:p>", "<w:r><w:noBreakHyphen/><w:t>op</w:t></w:r></w:p>")

    assert texts(read(body)) == ["Jane Doe\t0:05", "co-op"]


def test_tab_stops_are_no_tabs() -> None:
    tabs = '<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'

    assert texts(read(p(t("Words"), properties=tabs))) == ["Words"]


def test_headings_and_titles_are_known_by_style_or_level() -> None:
    import docx

    document = docx.Document()
    document.add_heading("Minutes", 0)
    document.add_heading("Sharing", 2)
    document.add_paragraph("They share.")
    stream = io.BytesIO()
    document.save(stream)
    lines = reader(a_source(stream.getvalue())).lines

    assert [line.style for line in lines] == ["heading", "heading", ""]
    assert read(p(t("Own"), properties='<w:outlineLvl w:val="1"/>')).lines[0].style == "heading"


def test_bullets_have_dashes_and_numbers_are_written_out() -> None:
    import docx

    document = docx.Document()
    for words, style in [
        ("Apples", "List Bullet"),
        ("• Pears", "List Bullet"),
        ("First", "List Number"),
        ("Second", "List Number"),
    ]:
        document.add_paragraph(words, style=style)
    stream = io.BytesIO()
    document.save(stream)

    assert reader(a_source(stream.getvalue())).lines == (
        Line("- Apples", 1, None, "list"),
        Line("• Pears", 2, None, "list"),
        Line("1. First", 3),
        Line("2. Second", 4),
    )


def test_numbers_of_several_levels_count_as_word_counts_them() -> None:
    levels = ((0, Level("decimal", "%1.")), (1, Level("decimal", "%1.%2")), (2, Level()))
    counters = Counters({"7": ListForm("a", levels), "8": ListForm("a", levels, ((0, 1),))})

    labels = [counters.label("7", depth) for depth in (0, 1, 1, 2, 0, 1)]

    assert labels == ["1. ", "1.1 ", "1.2 ", "- ", "2. ", "2.1 "]
    assert counters.label("8", 0) == "1. "


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (27, "lowerLetter", "aa"),
        (4, "lowerRoman", "iv"),
        (39, "upperRoman", "XXXIX"),
        (2, "ordinal", "2"),
    ],
)
def test_forms_of_numbers(number: int, form: str, written: str) -> None:
    assert in_form(number, form) == written


def test_rows_are_cells_with_tabs_and_merged_cells_come_once() -> None:
    merged = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    going_on = "<w:tcPr><w:vMerge/></w:tcPr>"
    body = (
        "<w:tbl>"
        + row(p(t("Who")), '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p(t("Said")))
        + row(merged + p(t("Ann")), p(t("one")) + p(t("two")), p())
        + row(going_on + p(), p(t("three")), p(t("x")))
        + row(p(), p(), p())
        + "</w:tbl>"
    )

    assert read(p(t("Before")) + body).lines[:4] == (
        Line("Before", 1),
        Line("Who\tSaid", 2, None, "cell"),
        Line("Ann\tone; two\t", 3, None, "cell"),
        Line("\tthree\tx", 4, None, "cell"),
    )


def test_a_table_of_one_column_is_read_as_paragraphs() -> None:
    body = "<w:tbl>" + row(p(t("One")) + p(t("Two"))) + "</w:tbl>"

    assert read(body).lines == (Line("One", 1), Line("Two", 2))


def test_pages_are_those_that_word_laid_out() -> None:
    rendered = "<w:lastRenderedPageBreak/>"
    body = p(t("One")) + p('<w:br w:type="page"/>') + p(rendered + t("Two")) + p(t("Three"))

    assert [(line.text, line.page) for line in read(body).lines if line.text] == [
        ("One", 1),
        ("Two", 2),
        ("Three", 2),
    ]


def test_page_breaks_count_where_word_laid_out_nothing() -> None:
    body = p(t("One")) + p('<w:br w:type="page"/>' + t("Two"))

    assert [(line.text, line.page) for line in read(body).lines] == [("One", 1), ("Two", 2)]


def test_deleted_words_go_and_inserted_ones_stay() -> None:
    body = (
        "<w:p><w:r><w:t>They </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        '<w:ins><w:r><w:t xml:space="preserve">always </w:t></w:r></w:ins>'
        "<w:r><w:t>come</w:t></w:r></w:p>"
    )
    extract = read(body)

    assert texts(extract) == ["They always come"]
    assert extract.dropped == (("deleted passage", 1),)


def test_content_controls_and_several_bodies_are_read() -> None:
    control = f"<w:sdt><w:sdtContent>{p(t('inside'))}</w:sdtContent></w:sdt>"
    body = f"{control}</w:body><w:body>{p(t('second body'))}"

    assert texts(read(body)) == ["inside", "second body"]


def test_a_text_box_is_read_once_behind_its_paragraph() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{p(t('boxed'))}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    )

    assert texts(read(p(t("Around") + both) + p(t("after")))) == ["Around", "boxed", "after"]


def test_contents_lists_are_counted_and_left_out() -> None:
    styles = a_docx(paragraphs=["Words"])
    toc = (
        '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>'
    )
    import zipfile

    with zipfile.ZipFile(io.BytesIO(styles)) as archive:
        xml = archive.read("word/styles.xml").decode().replace("</w:styles>", toc)
    body = p(t("Sharing 4"), properties='<w:pStyle w:val="TOC1"/>') + p(t("Words"))
    extract = reader(a_source(with_part(a_docx(body), "word/styles.xml", xml)))

    assert texts(extract) == ["Words"]
    assert extract.dropped == (("contents line", 1),)


def test_headers_footers_and_comments_are_counted() -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("Words")
    document.sections[0].header.paragraphs[0].text = "CONFIDENTIAL"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    stream = io.BytesIO()
    document.save(stream)
    extract = reader(a_source(stream.getvalue()))

    assert texts(extract) == ["Words"]
    assert extract.dropped == (("page footer", 1), ("page header", 1))


def test_footnotes_stand_at_the_end() -> None:
    data = a_docx(paragraphs=["Words"])
    notes = (
        f'<?xml version="1.0"?><w:footnotes xmlns:w="{W}"><w:footnote w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="2">{p(t(" See the minutes."))}</w:footnote></w:footnotes>'
    )
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rels = archive.read("word/_rels/document.xml.rels").decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    link = f'<Relationship Id="rId99" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    data = with_part(data, "word/_rels/document.xml.rels", rels.replace("</Relationships>", link))
    data = with_part(data, "word/footnotes.xml", notes)

    assert texts(reader(a_source(data))) == ["Words", "[footnote 1] See the minutes."]


def test_a_document_without_words_is_no_text() -> None:
    assert refusal(reader, a_docx(p(t(" ")))) == "Q207"


def test_a_workbook_is_no_document() -> None:
    from tests.readers_files import an_xlsx

    assert refusal(reader, an_xlsx(("A", [["x"]]))) == "Q220"


def real(name: str) -> Extract:
    path = shared("data", "ingestion_files", name)
    return reader(Source(path.name, path.read_bytes()))


def test_a_real_teams_transcript_has_a_line_for_times_name_and_words() -> None:
    assert texts(real("teams_transcript-01.docx"))[:4] == [
        "0:0:0.0 --> 0:0:1.250",
        "Jane Doe",
        "Hi! I'm Jane Doe, CEO.",
        "0:0:2.90 --> 0:0:4.480",
    ]


def test_a_real_survey_of_several_bodies_is_read() -> None:
    extract = real("Online_Proctoring_Educator_Survey.docx")

    assert len(extract.lines) == 612
    assert Line("- Columbian College of Arts & Sciences  (1)", 111, 2, "list") in extract.lines
    assert Line("\tAware (1)\tUnaware (2)\tI'm Unsure (3)", 161, 3, "cell") in extract.lines
    assert extract.dropped == (("page footer", 2),)
