from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.freeze import Layout, freeze
from qualcode.analysis.layouts.all_kinds import lay_out
from qualcode.core.model import Cue, Extract, Kind, Line, Row
from qualcode.core.protocols import Source
from qualcode.plugins.readers.text import reader as read_text
from tests.factory import lines_of

POLICY = """# Northmere Board

## Attendance policy (2023)

Adopted by the Board on 12 October 2023.

## 1. Purpose

1.1 This policy applies to all staff and to everybody who works on behalf of a
partner, whatever their grade.

1.2 Managers must:

- keep a record; and
- report.

## 2. Duties

2.1 Staff shall tell their manager.
2.2 Partners shall listen.
"""


def laid_out(text: str, kind: Kind = "policy") -> Layout:
    return lay_out(read_text(Source("a.md", text.encode())), kind=kind, name="policy.md")


def units_of(layout: Layout) -> list[tuple[str, str]]:
    frozen = freeze(layout.pieces)
    return [(unit.ref, frozen.text[unit.span.start : unit.span.end]) for unit in frozen.units]


def test_numbered_paragraphs_are_named_by_their_number() -> None:
    found = units_of(laid_out(POLICY))

    assert [ref for ref, _ in found] == [
        "heading 1",
        "heading 2",
        "paragraph 1",
        "heading 3",
        "paragraph 1.1",
        "paragraph 1.2",
        "bullet 1",
        "bullet 2",
        "heading 4",
        "paragraph 2.1",
        "paragraph 2.2",
    ]


def test_hard_wraps_are_joined() -> None:
    found = dict(units_of(laid_out(POLICY)))

    assert found["paragraph 1.1"] == (
        "This policy applies to all staff and to everybody who works on behalf of a partner,"
        " whatever their grade."
    )


def test_the_number_is_a_label() -> None:
    frozen = freeze(laid_out(POLICY).pieces)

    assert "\n1.1 This policy" in frozen.text
    assert "\n1. Purpose\n" in frozen.text


def test_a_document_speaks_in_its_own_words() -> None:
    found = laid_out(POLICY)

    assert {piece.voice for piece in found.pieces} == {"verbatim", "heading"}
    assert found.speakers == ()


def test_title_and_date_come_from_the_top() -> None:
    found = laid_out(POLICY)

    assert (found.title, found.date) == ("Northmere Board", "2023-10-12")


def test_headings_are_topics() -> None:
    found = laid_out(POLICY)

    assert [piece.topic for piece in found.pieces if piece.form == "bullet"] == [
        "Purpose",
        "Purpose",
    ]


def test_a_number_in_a_sentence_heads_no_paragraph() -> None:
    text = "The fund is worth some three and a half millions in all, as the council says, or\n"
    text += "3.5 million as the papers put it, which is the very same thing when it is read.\n"
    found = units_of(laid_out(text * 2))

    assert [ref for ref, _ in found] == ["paragraph 1"]


def test_numbered_headings_in_plain_text() -> None:
    found = units_of(
        laid_out("1. Introduction\n\n1.1 This applies.\n\n2  Duties\n2.1 Staff shall.\n")
    )

    assert [ref for ref, _ in found] == ["heading 1", "paragraph 1.1", "heading 2", "paragraph 2.1"]


def test_a_row_of_a_table_is_a_paragraph() -> None:
    found = units_of(laid_out("| Grade | Days |\n|---|---|\n| A | 12 |\n"))

    assert found == [("paragraph 1", "Grade; Days"), ("paragraph 2", "A; 12")]


def test_a_row_of_cells_is_a_paragraph() -> None:
    lines = (Line("A\t12", 1, style="cell"), Line("B\t14", 2, style="cell"))
    found = units_of(lay_out(Extract("word", lines=lines), kind="other", name="a.docx"))

    assert found == [("paragraph 1", "A; 12"), ("paragraph 2", "B; 14")]


def test_lines_that_were_not_wrapped_are_paragraphs_of_their_own() -> None:
    lines = ("The first paragraph of a page.", "The second one.", "The third, which is longer.")
    extract = Extract("word", lines=tuple(Line(text, n) for n, text in enumerate(lines, 1)))
    found = units_of(lay_out(extract, kind="other", name="a.docx"))

    assert [words for _, words in found] == list(lines)


def test_a_sentence_cut_by_a_page_is_one_paragraph() -> None:
    page = "\n\nPage {} of 3\n\n"
    text = (
        f"The first page ends in the middle{page.format(1)}of a sentence.\n\nNext.{page.format(2)}"
    )
    found = laid_out(text, "other")

    assert units_of(found)[0][1] == "The first page ends in the middle of a sentence."
    assert found.dropped == (("page number", 2),)


def test_captions_and_rows_of_another_kind_become_lines() -> None:
    captions = Extract("webvtt", cues=(Cue("Shall we?", "Ann"),))
    rows = Extract("sheet", rows=(Row(("Step", "1"), 1),))

    assert units_of(lay_out(captions, kind="other", name="a")) == [
        ("paragraph 1", "Ann: Shall we?")
    ]
    assert units_of(lay_out(rows, kind="policy", name="a")) == [("paragraph 1", "Step; 1")]


def test_a_questionnaire_without_rows_is_read_as_prose() -> None:
    found = lay_out(
        Extract("word", lines=(Line("What helps?", 1),)), kind="questionnaire", name="a.docx"
    )

    assert units_of(found) == [("paragraph 1", "What helps?")]


@given(st.lists(st.text(alphabet="aB1. -[]|:?*#=\t", max_size=14), max_size=10))
def test_any_prose_has_units_inside_the_text_and_in_order(texts: list[str]) -> None:
    layout = lay_out(Extract("text", lines=lines_of("\n".join(texts))), kind="other", name="a.md")
    frozen = freeze(layout.pieces)
    position = 0
    for unit in frozen.units:
        assert position <= unit.span.start < unit.span.end <= len(frozen.text)
        position = unit.span.end
