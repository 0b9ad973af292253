from __future__ import annotations

from typing import Any

from qualcode.analysis.review_queue import Review, Verdict, uncoded_key, words_key
from qualcode.analysis.reviewed import Decided, reviewed_passages
from qualcode.core.learning import Reviewed
from qualcode.core.model import Coding, Span, Suggestion
from tests.learning_study import a_passage

DOCUMENT, SEGMENTS = a_passage("One two three.", "Four five six.", "Seven.", "Eight nine.")


def a_coding(position: int, code_id: str = "money", **fields: Any) -> Coding:
    """A coding of one of the passages."""
    span = fields.pop("span", SEGMENTS[position].span)
    quote = DOCUMENT.text[span.start : span.end]
    return Coding("k1", DOCUMENT.id, span, quote, code_id, fields.pop("coder", "ad"), **fields)


def a_verdict(position: int, verdict: Verdict, code_id: str = "") -> Review:
    """A verdict on one of the passages."""
    span = SEGMENTS[position].span
    words = DOCUMENT.text[span.start : span.end]
    key = code_id or uncoded_key(words)
    return Review(DOCUMENT.id, "ad", key, span, code_id, verdict, words_key(words))


def reviewed(*codings: Coding, reviews: tuple[Review, ...] = (), **more: Any) -> list[Reviewed]:
    decided = Decided(codings, reviews, more.pop("heirs", {}), **more)
    return [one for _, one in reviewed_passages(DOCUMENT, SEGMENTS, decided)]


def test_a_coded_passage_is_complete_and_has_its_codes() -> None:
    (one,) = reviewed(a_coding(1), a_coding(1, "trust"))

    assert (one.text, one.accepted, one.is_complete) == ("Four five six.", ("money", "trust"), True)


def test_what_lies_between_passages_coded_by_hand_was_read() -> None:
    found = reviewed(a_coding(0), a_coding(3))

    assert [(one.text, one.accepted) for one in found] == [
        ("One two three.", ("money",)),
        ("Four five six.", ()),
        ("Seven.", ()),
        ("Eight nine.", ("money",)),
    ]


def test_what_lies_between_two_coders_passages_was_read_by_neither() -> None:
    found = reviewed(a_coding(0), a_coding(3, coder="bf"))

    assert [one.text for one in found] == ["One two three.", "Eight nine."]


def test_what_lies_between_accepted_suggestions_was_not_read() -> None:
    found = reviewed(a_coding(0, origin="suggestion"), a_coding(3, origin="suggestion"))

    assert [one.text for one in found] == ["One two three.", "Eight nine."]


def test_a_coding_of_a_few_words_counts_for_its_passage_and_a_touch_for_none() -> None:
    inside = a_coding(0, span=Span(4, 7))
    touching = a_coding(0, span=Span(0, 18), code_id="trust")

    found = reviewed(inside, touching)

    assert [(one.text, one.accepted) for one in found] == [("One two three.", ("money", "trust"))]


def test_a_rejected_suggestion_speaks_against_its_code_alone() -> None:
    (one,) = reviewed(reviews=(a_verdict(2, "rejected", "money"),))

    assert (one.accepted, one.rejected, one.is_complete) == ((), ("money",), False)


def test_a_passage_left_uncoded_is_complete_without_a_code() -> None:
    (one,) = reviewed(reviews=(a_verdict(2, "uncoded"),))

    assert (one.text, one.accepted, one.is_complete) == ("Seven.", (), True)


def test_a_merged_code_counts_as_what_it_is_now() -> None:
    (one,) = reviewed(a_coding(1, "cash"), heirs={"cash": "money"})

    assert one.accepted == ("money",)


def test_a_code_given_later_for_the_first_time_is_open_on_earlier_passages() -> None:
    found = reviewed(
        a_coding(0, codebook_version=1),
        a_coding(1, "trust", codebook_version=2),
        born={"money": 1, "trust": 2},
    )

    assert [one.open for one in found] == [("trust",), ()]


def test_where_nothing_is_coded_a_passage_left_uncoded_speaks_against_every_code() -> None:
    (one,) = reviewed(reviews=(a_verdict(2, "uncoded"),), born={"money": 3})

    assert (one.is_complete, one.open) == (True, ())


def test_other_suggestions_on_an_accepted_passage_stay_open() -> None:
    waits = Suggestion("int-09", SEGMENTS[0].span, "trust", "neutral", (), 0.9, "", "cues", "k")

    (one,) = reviewed(a_coding(0, origin="suggestion"), offered=(waits,))

    assert one.open == ("trust",)
