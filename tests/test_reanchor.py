from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.reanchor import reanchor
from qualcode.core.model import Span

OLD = "one two three\nfour five six\nseven eight nine\n"


def moved(new: str, quote: str, old: str = OLD) -> str | None:
    start = old.index(quote)
    place = reanchor(old, new, [Span(start, start + len(quote))])[0].new
    return None if place is None else new[place.start : place.end]


def test_a_span_moves_with_its_line() -> None:
    assert moved("zero\n" + OLD, "five six") == "five six"


def test_a_quotation_is_found_in_another_line() -> None:
    assert moved("seven eight nine and four five six\n", "five six") == "five six"


def test_of_two_equal_quotations_the_one_in_place_is_taken() -> None:
    old = "a\nsame words\nb\nsame words\nc\n"
    place = reanchor(old, "x\n" + old, [Span(old.rindex("same"), old.rindex("same") + 10)])[0]

    assert place.new == Span(2 + old.rindex("same"), 12 + old.rindex("same"))


def test_words_changed_a_little_are_found_and_marked() -> None:
    old = "they send someone different each time\n"
    new = "they sent someone different every time\n"
    placed = reanchor(old, new, [Span(0, 37)])[0]

    assert placed.is_changed
    assert placed.new == Span(0, 38)


def test_words_that_are_gone_are_not_placed() -> None:
    assert moved("something else entirely here now\n", "seven eight nine") is None


LINES = st.lists(st.text(alphabet="ab c", min_size=1, max_size=8), min_size=1, max_size=8)


@given(LINES, LINES, LINES)
def test_text_added_around_never_loses_a_span(
    before: list[str], held: list[str], behind: list[str]
) -> None:
    old = "\n".join(held) + "\n"
    new = "\n".join([*before, *held, *behind]) + "\n"
    spans = [Span(start, len(old) - 1) for start in range(0, len(old) - 1, 3)]
    placed = reanchor(old, new, spans)

    assert all(p.new is not None for p in placed)
    assert [new[p.new.start : p.new.end] for p in placed if p.new] == [
        old[s.start : s.end] for s in spans
    ]
