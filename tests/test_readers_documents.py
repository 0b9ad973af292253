"""OpenDocument, Rich Text, PDF and web pages."""

from __future__ import annotations

import re

import pytest

from qualcode.core.model import Line
from qualcode.core.protocols import Source
from qualcode.plugins.readers.html import reader as html
from qualcode.plugins.readers.opendocument import reader as opendocument
from qualcode.plugins.readers.pdf import drop_running
from qualcode.plugins.readers.pdf import reader as pdf
from qualcode.plugins.readers.rtf import reader as rtf
from tests.readers_files import (
    ODT_NAMES,
    a_pdf,
    a_source,
    an_odt,
    numbers_of,
    refusal,
    texts,
    with_part,
)
from tests.shared_data import shared

# OpenDocument


def test_opendocument_paragraphs_headings_and_spaces() -> None:
    body = (
        "<text:h>Notes</text:h>\n<text:p>They<text:s text:c='2'/>keep<text:tab/>on"
        "<text:line-break/><text:span>chang</text:span>ing\n now</text:p><text:p/>"
    )

    assert opendocument(a_source(an_odt(body))).lines == (
        Line("Notes", 1, None, "heading"),
        Line("They  keep\ton", 2),
        Line("changing now", 3),
        Line("", 4),
    )


def test_opendocument_lists_have_dashes_or_their_numbers() -> None:
    styles = (
        '<text:list-style style:name="N"><text:list-level-style-number text:level="1" '
        'style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" '
        'style:num-format="a" style:num-suffix=")"/></text:list-style>'
    )
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>"
    inner = f"<text:list>{item.format('sub', '')}</text:list>"
    body = (
        f"<text:list>{item.format('dash', inner)}</text:list>"
        f'<text:list text:style-name="N">{item.format("one", inner)}{item.format("two", "")}'
        "</text:list>"
    )

    assert opendocument(a_source(an_odt(body, styles=styles))).lines == (
        Line("- dash", 1, None, "list"),
        Line("  - sub", 2, None, "list"),
        Line("1. one", 3),
        Line("a) sub", 4),
        Line("2. two", 5),
    )


def test_opendocument_tables_are_cells() -> None:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    body = (
        f"<table:table><table:table-header-rows><table:table-row>{cell.format('Who')}"
        f"{cell.format('Said')}</table:table-row></table:table-header-rows><table:table-row>"
        "<table:table-cell><text:p>A</text:p><text:p>B</text:p></table:table-cell>"
        "<table:covered-table-cell/></table:table-row></table:table>"
    )

    assert opendocument(a_source(an_odt(body))).lines == (
        Line("Who\tSaid", 1, None, "cell"),
        Line("A; B\t", 2, None, "cell"),
    )


def test_opendocument_notes_comments_deletions_and_contents() -> None:
    body = (
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
        "<text:table-of-content><text:p>Sharing 4</text:p></text:table-of-content>"
        "<text:p>Words<text:note text:note-class='footnote'><text:note-citation>1"
        "</text:note-citation><text:note-body><text:p>See it.</text:p></text:note-body>"
        "</text:note><office:annotation><text:p>mine</text:p></office:annotation>"
        "<text:change/> end</text:p>"
    )
    extract = opendocument(a_source(an_odt(body)))

    assert texts(extract) == ["Words end", "[footnote 1] See it."]
    assert extract.dropped == (("comment", 1), ("contents line", 1), ("deleted passage", 1))


def test_opendocument_pages_and_headers() -> None:
    styles = (
        '<style:style style:name="B"><style:paragraph-properties fo:break-before="page"/>'
        "</style:style>"
    )
    body = '<text:p>One</text:p><text:p text:style-name="B">Two</text:p>'
    margins = f"<s {ODT_NAMES}><style:header><text:p>SECRET</text:p></style:header></s>"
    extract = opendocument(a_source(with_part(an_odt(body, styles=styles), "styles.xml", margins)))

    assert [(line.text, line.page) for line in extract.lines] == [("One", 1), ("Two", 2)]
    assert extract.dropped == (("page header", 1),)


def test_a_locked_opendocument_is_refused() -> None:
    data = with_part(an_odt("<text:p>x</text:p>"), "META-INF/manifest.xml", "<encryption-data/>")

    assert refusal(opendocument, data) == "Q223"


def test_an_opendocument_without_words_is_no_text() -> None:
    assert refusal(opendocument, an_odt("<text:p> </text:p>")) == "Q207"


def test_a_real_opendocument_is_read() -> None:
    path = shared("data", "ingestion_files", "qualcoder_ID2.odt")
    extract = opendocument(Source(path.name, path.read_bytes()))

    assert texts(extract)[2] == "The course cost €200.00 and I do not want to waste my money."
    assert len(extract.lines) == 3


# Rich Text

RTF = (
    rb"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Calibri;}}
{\stylesheet{\s1\outlinelevel0 heading 1;}}{\header CONFIDENTIAL\par}
\pard\outlinelevel0\b Interview 7\b0\par
\pard INT: Isn\'92t it \u8220?odd\u8221?? caf\'e9 \u-10179?\u-8694?\par
{\pntext\'B7\tab}bullet one\par
{\listtext 2.\tab}numbered\par
\page After {\field{\*\fldinst{HYPERLINK "http://x/"}}{\fldrslt{the link}}}.{\footnote a note}\par
\trowd\intbl Name\cell One\par two\cell\row
\trowd\intbl A | B\cell x\cell\trowd\row
raw """
    + b"caf\xe9 \x93q\x94"
    + rb"""\line a | b\line end |\par}"""
)


def test_rich_text_is_read() -> None:
    extract = rtf(a_source(RTF))

    assert extract.lines == (
        Line("Interview 7", 1, 1, "heading"),
        Line("INT: Isn’t it “odd”? café 😊", 2, 1),
        Line("- bullet one", 3, 1, "list"),
        Line("2. numbered", 4, 1),
        Line("After the link.", 5, 2),
        Line("Name\tOne; two", 6, 2, "cell"),
        Line("A | B\tx", 7, 2, "cell"),
        Line("raw café “q”", 8, 2),
        Line("a | b", 9, 2),
        Line("end |", 10, 2),
    )
    assert extract.dropped == (("footnote", 1), ("page header", 1))


def test_what_is_no_rich_text_is_refused() -> None:
    assert refusal(rtf, "Just words.") == "Q220"


def test_rich_text_without_words_is_no_text() -> None:
    assert refusal(rtf, "{\\rtf1\\par}") == "Q207"


# PDF


def test_a_pdf_gives_lines_with_their_pages() -> None:
    assert pdf(a_source(a_pdf(["They keep", "changing."], ["Yes."]))).lines == (
        Line("They keep", 1, 1),
        Line("changing.", 2, 1),
        Line("Yes.", 1, 2),
    )


def test_running_headers_and_footers_go() -> None:
    pages = [["Board minutes", f"Words {'abc'[i]}", f"Page {i + 1} of 3"] for i in range(3)]
    extract = pdf(a_source(a_pdf(*pages)))

    assert texts(extract) == ["Words a", "Words b", "Words c"]
    assert extract.dropped == (("page footer", 3), ("page header", 3))


def test_headers_that_take_turns_go() -> None:
    pages = [[["Left", "Right"][i % 2], f"words {'abcdef'[i]}"] for i in range(6)]

    assert drop_running(pages)[1] == (("page header", 6),)


def test_names_of_speakers_at_the_edges_of_pages_stay() -> None:
    words = ["abc", "def", "ghi", "jkl", "mno", "pqr"]
    pages = [["Interviewee", text, "Interviewer", "so", "Interviewee"] for text in words]

    assert drop_running(pages)[1] == ()


def test_nothing_runs_over_two_pages() -> None:
    assert drop_running([["Yes.", "a"], ["Yes.", "b"]])[1] == ()


def test_pictures_of_pages_need_text_recognition() -> None:
    assert refusal(pdf, a_pdf([], [])) == "Q224"


def test_single_pages_without_text_are_a_problem() -> None:
    extract = pdf(a_source(a_pdf(["One"], [], [])))

    assert numbers_of(extract) == ["Q225"]
    assert "2 pages hold no text that can be read (first: page 2)" in str(extract.problems[0])


def encrypted(password: str) -> bytes:
    import io

    import pypdf

    writer = pypdf.PdfWriter(io.BytesIO(a_pdf(["They keep changing."])))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_pdf_with_a_password_is_refused() -> None:
    assert refusal(pdf, encrypted("secret")) == "Q223"


def test_a_pdf_that_anybody_may_read_is_read() -> None:
    assert texts(pdf(a_source(encrypted("")))) == ["They keep changing."]


def test_what_is_no_pdf_is_refused() -> None:
    assert refusal(pdf, "Just words.") == "Q220"


@pytest.mark.parametrize("number", [24, 40])
def test_a_real_interview_is_the_same_in_pdf_and_text(number: int) -> None:
    folder = shared("data", "mlss_interviews")
    data = (folder / "pdf_pairs" / f"2023-06-04-Interview {number} - PO.pdf").read_bytes()
    typed = (folder / "transcripts" / f"Interview {number}.txt").read_text(encoding="utf-8")
    extract = pdf(a_source(data))

    words = set(re.findall(r"\w+", " ".join(texts(extract))))
    known = set(re.findall(r"\w+", typed))
    assert len(words - known) < 0.05 * len(words)
    assert [name for name, _ in extract.dropped] == ["page header"]
    assert not any("delvetool.com/transcripts" in text for text in texts(extract))


# Web pages


def test_a_web_page_gives_its_blocks() -> None:
    page = (
        "<html><head><title>T</title><style>p{}</style></head><body><nav>Home</nav>\n"
        "<h1>Minutes  of\n the board</h1><p>Para <b>one</b><br>second &amp; line</p>loose\n"
        "<ul><li>first<ul><li>nested</li></ul></li><li><p>a</p><p>b</p></li></ul>"
        "<ol start=3><li>three</ol><pre>x  y\n z</pre><script>var a</script>"
        "<div hidden>no</div></body></html>"
    )
    extract = html(a_source(page))

    assert extract.lines == (
        Line("Minutes of the board", 2, None, "heading"),
        Line("Para one", 3),
        Line("second & line", 3),
        Line("loose", 3),
        Line("- first", 4, None, "list"),
        Line("  - nested", 4, None, "list"),
        Line("- a", 4, None, "list"),
        Line("  b", 4, None, "list"),
        Line("3. three", 4),
        Line("x  y", 4),
        Line(" z", 4),
    )
    assert extract.dropped == (("hidden part", 1), ("navigation", 1))


def test_tables_of_data_are_cells_and_tables_for_layout_are_not() -> None:
    page = (
        "<table><caption>Who</caption><tr><th>A<th>B<tr><td rowspan=2>1<td>x<p>y</p>"
        "<tr><td>z</table><table><tr><td><table><tr><td>inner</table>outer</table>"
    )

    assert [(line.text, line.style) for line in html(a_source(page)).lines] == [
        ("Who", ""),
        ("A\tB", "cell"),
        ("1\tx; y", "cell"),
        ("\tz", "cell"),
        ("inner", ""),
        ("outer", ""),
    ]


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1"])
def test_the_encoding_that_a_page_declares_is_believed(charset: str) -> None:
    page = f"<meta charset='{charset}'><p>“café”</p>".encode("cp1252")
    extract = html(a_source(page))

    assert texts(extract) == ["“café”"]
    assert extract.problems == ()


def test_a_page_in_utf8_is_read_as_such_whatever_it_declares() -> None:
    page = "<meta charset=iso-8859-1><p>café</p>"

    assert texts(html(a_source(page))) == ["café"]


@pytest.mark.parametrize("page", ["<script>x</script>", "<html></html>", "<p>&nbsp;</p>"])
def test_a_page_without_words_is_refused(page: str) -> None:
    assert refusal(html, page) == "Q207"
