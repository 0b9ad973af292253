from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.find_span import check_span, find_place, find_words
from qualcode.core.model import Document, Line, Span
from qualcode.core.problems import QualcodeError
from tests.factory import a_bullet, a_document


def the_document() -> Document:
    return a_document(
        a_bullet("they send someone different", "bullet 1.1"),
        a_bullet("says ‘we start again’ – always, we start again", "bullet 1.2"),
        a_bullet(
            "a part of the art", "bullet 1.3", lines=(Line("a part", 7), Line("of the art", 8))
        ),
    )


def words(document: Document, where: str, unit: str = "") -> str:
    span = find_place(document, where, unit=unit)
    return document.text[span.start : span.end]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("send someone", "send someone"),
        ("send   someone\n different", "send someone different"),
        ("'we start again' - always", "‘we start again’ – always"),
        ("SEND Someone", "send someone"),
        ("art", "art"),
        ("different\n- says", "different\n- says"),
        ("bullet 1.1", "they send someone different"),
        ("Bullet  1.1", "they send someone different"),
        ("2-6", "they"),
        ("2 – 6", "they"),
        ("0-6", "- they"),
        ("line 8", "of the art"),
        ("lines 7-8", "a part of the art"),
        ('"send someone"', "send someone"),
        ("omeon", "omeon"),
    ],
)
def test_a_passage_is_found_as_a_person_names_it(where: str, found: str) -> None:
    assert words(the_document(), where) == found


def test_whole_words_come_before_parts_of_words() -> None:
    document = a_document(a_bullet("a part of the art"))

    assert [document.text[s.start - 1] for s in find_words(document, "art")] == [" "]


def test_words_that_stand_twice_name_their_units() -> None:
    with pytest.raises(QualcodeError) as stopped:
        find_place(the_document(), "we start again")

    assert str(stopped.value) == (
        'Q404 "we start again" stands 2 times in int-01: bullet 1.2 (38-52), bullet 1.2 (64-78).'
        " Choose with --in UNIT, quote more words, or give the span."
    )


def test_the_unit_chooses_between_two_places() -> None:
    document = a_document(a_bullet("trust", "bullet 1"), a_bullet("trust", "bullet 2"))

    assert find_place(document, "trust", unit="bullet 2") == Span(10, 15)


def test_words_nearly_found_are_offered() -> None:
    with pytest.raises(QualcodeError, match=r'Q403 .*Did you mean "send someone differ'):
        find_place(the_document(), "sent someone different")


@pytest.mark.parametrize("where", ["nothing like it at all", "bullet 9", "line 99", "   "])
def test_what_is_not_there_is_told(where: str) -> None:
    with pytest.raises(QualcodeError, match="Q403"):
        find_place(the_document(), where)


@pytest.mark.parametrize("where", ["6-2", "5-5", "0-4000", "1-2"])
def test_a_span_without_words_is_told(where: str) -> None:
    with pytest.raises(QualcodeError, match="Q405"):
        find_place(the_document(), where)


def test_an_unknown_unit_is_told() -> None:
    with pytest.raises(QualcodeError, match=r'Q403 "bullet 7" does not stand in int-01'):
        find_place(the_document(), "they", unit="bullet 7")


@given(st.integers(0, 80), st.integers(0, 80))
def test_a_span_never_begins_or_ends_with_white_space(start: int, end: int) -> None:
    document = the_document()
    try:
        span = check_span(document, Span(start, end))
    except QualcodeError:
        assert document.text[start:end].strip() == "" or end > len(document.text)
    else:
        assert document.text[span.start : span.end] == document.text[start:end].strip()


@given(st.data())
def test_any_words_of_a_text_are_found_where_they_stand(data: st.DataObject) -> None:
    document = the_document()
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))
    quote = document.text[start:end].strip()
    if quote:
        found = find_words(document, quote)

        assert folded(quote) in {folded(document.text[s.start : s.end]) for s in found}


def folded(words: str) -> str:
    """Words as they are compared where nothing but their letters counts."""
    plain = words.casefold().translate(str.maketrans("‘’–", "''-"))
    return " ".join(plain.split())


def test_many_words_are_found_in_a_long_text_at_once() -> None:
    document = a_document(*(a_bullet("they say a a a a a b", f"bullet {n}") for n in range(3000)))

    assert len(find_words(document, "a a a a a b")) == 3000
