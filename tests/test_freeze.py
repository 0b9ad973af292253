from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.freeze import Piece, freeze, join_lines
from qualcode.analysis.segment import segment_document
from qualcode.core.model import Line, Span
from qualcode.core.text import mark_at, normalise, where_in_original
from qualcode.plugins.segmenters.sentences import segmenter
from tests.factory import a_bullet, a_document


def halves(text: str) -> list[Span]:
    middle = text.index(". ") + 1
    return [Span(0, middle), Span(middle + 1, len(text))]


def test_a_word_broken_across_lines_is_made_whole() -> None:
    text, _ = join_lines([Line("work in prac-", 1), Line("   tice", 2)])

    assert text == "work in practice"


def test_white_space_of_any_kind_is_one_blank() -> None:
    text, places = join_lines([Line("\tno\u00a0 one", 1), Line(" knows ", 2), Line("who", 3)])

    assert text == "no one knows who"
    assert places == [(0, 0), (7, 1), (13, 2)]


def test_a_hyphen_before_a_capital_stays() -> None:
    text, _ = join_lines([Line("the Anglo-", 1), Line("Saxon", 2)])

    assert text == "the Anglo- Saxon"


def test_a_label_is_no_part_of_the_words() -> None:
    frozen = freeze([Piece((Line("It changes.", 4),), "turn", "turn 1", "Dean Okafor: ")])
    unit = frozen.units[0]

    assert frozen.text == "Dean Okafor: It changes.\n"
    assert frozen.text[unit.span.start : unit.span.end] == "It changes."


def test_two_units_never_share_a_ref() -> None:
    frozen = freeze([a_bullet("one", "item 4"), a_bullet("two", "item 4")])

    assert [unit.ref for unit in frozen.units] == ["item 4", "item 4 (2)"]


def test_every_line_of_a_piece_leads_back_to_the_original() -> None:
    piece = Piece((Line("first words", 7), Line("second words", 8)), "bullet", "b", "- ")
    frozen = freeze([piece])

    assert where_in_original(frozen.marks, frozen.text.index("first")) == "line 7"
    assert where_in_original(frozen.marks, frozen.text.index("second")) == "line 8"


def test_speech_quoted_in_notes_is_verbatim() -> None:
    frozen = freeze([a_bullet("says 'it isn't ours' and left")])
    heard = [(frozen.text[p.span.start : p.span.end], p.voice) for p in frozen.passages]

    assert heard == [
        ("says '", "paraphrase"),
        ("it isn't ours", "verbatim"),
        ("' and left", "paraphrase"),
    ]


def test_an_observer_comment_is_a_segment_of_its_own() -> None:
    document = a_document(a_bullet("they stick together [OC: tense here]"))
    segments = list(segment_document(document, split=halves))
    texts = [(document.text[s.span.start : s.span.end], s.voice) for s in segments]

    assert texts == [("they stick together", "paraphrase"), ("[OC: tense here]", "observer")]


def test_a_quotation_that_is_all_somebodys_words_is_verbatim() -> None:
    document = a_document(a_bullet("It changes.", voice="verbatim"))

    assert [s.voice for s in segment_document(document, split=halves)] == ["verbatim"]


def test_a_long_unit_is_divided_at_the_ends_of_sentences() -> None:
    text = "One two three. " * 30
    document = a_document(a_bullet(text))
    segments = list(segment_document(document, split=segmenter("en")))

    assert [len(document.text[s.span.start : s.span.end].split()) for s in segments] == [60, 30]


def test_a_bullet_that_is_all_speech_is_verbatim_and_sheds_its_marks() -> None:
    document = a_document(a_bullet('"We never send the same person twice."'))
    (segment,) = segment_document(document, split=halves)

    assert segment.voice == "verbatim"
    assert document.text[segment.span.start : segment.span.end] == (
        "We never send the same person twice."
    )


def test_marks_at_the_end_of_a_paraphrase_stay() -> None:
    document = a_document(a_bullet("he says 'we start again'"))
    (segment,) = segment_document(document, split=halves)

    assert document.text[segment.span.start : segment.span.end] == "he says 'we start again'"


def test_speech_without_full_stops_is_divided_all_the_same() -> None:
    document = a_document(a_bullet("and then " * 100))
    segments = list(segment_document(document, split=segmenter("en")))

    assert [len(document.text[s.span.start : s.span.end].split()) for s in segments] == [60] * 3 + [
        20
    ]


def test_headings_are_not_offered() -> None:
    document = a_document(Piece((Line("Barriers", 1),), "heading"), a_bullet("we stick"))

    assert len(list(segment_document(document, split=halves))) == 1


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)

    assert normalise(once) == once


@given(st.lists(st.lists(st.text(max_size=40), min_size=1, max_size=3), max_size=8))
def test_spans_of_any_pieces_are_in_the_text_and_in_order(contents: list[list[str]]) -> None:
    pieces = [
        Piece(
            tuple(Line(normalise(t).replace("\n", " "), n) for n, t in enumerate(texts)), "bullet"
        )
        for texts in contents
    ]
    frozen = freeze(pieces)
    ends = [0]
    for unit in frozen.units:
        assert ends[-1] <= unit.span.start < unit.span.end < len(frozen.text)
        ends.append(unit.span.end)
    covered = sum(p.span.end - p.span.start for p in frozen.passages)
    assert covered == sum(u.span.end - u.span.start for u in frozen.units)
    assert all(mark_at(frozen.marks, u.span.start) is not None for u in frozen.units)
