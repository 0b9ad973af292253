from __future__ import annotations

from qualcode.analysis.review_context import context_of, nearest_quote
from qualcode.analysis.review_queue import (
    Review,
    coverage_of,
    order_for_coverage,
    overlapping,
    uncoded_key,
    words_key,
)
from qualcode.analysis.segment import segment_document
from qualcode.core.model import Coding, Span, Suggestion
from tests.factory import a_bullet, a_document


def a_suggestion(code_id: str, score: float, start: int = 0, doc_id: str = "int-01") -> Suggestion:
    span = Span(start, start + 5)
    return Suggestion(doc_id, span, code_id, "neutral", (), score, "", "cues", f"{code_id}{start}")


def test_each_segment_is_coded_left_uncoded_or_not_examined() -> None:
    document = a_document(*(a_bullet(f"words {n}", f"bullet {n}") for n in range(4)))
    segments = tuple(segment_document(document, split=lambda text: ()))
    first, second, third, _ = (segment.span for segment in segments)
    coding = Coding("k", "int-01", Span(first.start, first.start + 2), "wo", "silos", "ad")
    left = [
        Review("int-01", "ad", uncoded_key(words), span, "", "uncoded", words_key(words))
        for span, words in ((first, "words 0"), (second, "words 1"))
    ]
    rejected = Review("int-01", "ad", "x", third, "silos", "rejected", words_key("words 2"))
    found = coverage_of(document, segments, [coding], [*left, rejected])

    assert (found.segments, found.coded, found.uncoded, found.unexamined) == (4, 1, 1, 2)


def test_a_long_coding_covers_every_segment_that_it_touches() -> None:
    stretches = [Span(0, 5), Span(6, 9), Span(10, 12), Span(20, 25)]

    assert overlapping(stretches, [Span(3, 11), Span(0, 1), Span(25, 30)]) == [
        True,
        True,
        True,
        False,
    ]


def test_codes_with_fewer_decisions_come_first_then_by_score() -> None:
    found = [
        a_suggestion("silos", 0.2, 0),
        a_suggestion("silos", 0.9, 9),
        a_suggestion("trust", 0.1, 3),
        a_suggestion("unknown", 0.5, 3),
    ]
    ordered = order_for_coverage(found, ["trust", "silos"], {"trust": 1})

    assert [(one.code_id, one.score) for one in ordered] == [
        ("silos", 0.9),
        ("unknown", 0.5),
        ("trust", 0.1),
        ("silos", 0.2),
    ]


def test_equal_scores_are_ordered_by_document_and_place() -> None:
    found = [
        a_suggestion("a", 0.5, 9, "int-02"),
        a_suggestion("a", 0.5, 9, "int-01"),
        a_suggestion("a", 0.5, 2, "int-01"),
    ]

    assert [(s.doc_id, s.span.start) for s in order_for_coverage(found, ["a"], {})] == [
        ("int-01", 2),
        ("int-01", 9),
        ("int-02", 9),
    ]


def test_the_context_is_the_rest_of_the_unit_and_then_the_next_one() -> None:
    document = a_document(a_bullet("one two three", "b1"), a_bullet("four", "b2"))

    assert context_of(document, Span(6, 9)) == ("one", "three")
    assert context_of(document, Span(2, 15)) == ("", "four")
    assert context_of(document, Span(18, 22)) == ("one two three", "")


def test_a_quotation_without_enough_words_in_common_is_not_shown() -> None:
    assert nearest_quote("they send someone new", ["an away day helped", ""]) == ""
