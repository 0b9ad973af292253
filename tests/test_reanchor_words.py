from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.reanchor import reanchor
from qualcode.core.model import Span


def moved(old: str, new: str, quote: str) -> tuple[str, bool] | None:
    """The words that stand for a quotation now, and whether they are others."""
    start = old.index(quote)
    placed = reanchor(old, new, [Span(start, start + len(quote))])[0]
    if placed.new is None:
        return None
    return new[placed.new.start : placed.new.end], placed.is_changed


def test_words_replaced_at_the_edge_of_a_quotation_are_taken_whole() -> None:
    old = "- I had been five yrs at the board when it began\n"
    new = "- I had been nearly six years at the board when it began\n"

    assert moved(old, new, "five yrs at the board") == ("nearly six years at the board", True)
    assert moved(old, new, "yrs at the board") == ("years at the board", True)


def test_a_quotation_beside_changed_words_moves_exactly() -> None:
    old = "3. Before\n- I say that was ten yrs ago, and we never met again\n"
    new = "3. Before\n- I say that was last week, and we never met again\n"

    assert moved(old, new, "I say") == ("I say", False)
    assert moved(old, new, "we never met again") == ("we never met again", False)
    assert moved(old, new, "I say that was ten yrs ago") == ("I say that was last week", True)


def test_a_word_that_is_replaced_does_not_go_to_the_next_line() -> None:
    old = "- there is trust in the team\n- trust is all we have\n"
    new = "- there is faith in the team\n- trust is all we have\n"

    assert moved(old, new, "trust") == ("faith", True)


def test_a_line_that_is_gone_does_not_give_its_codings_to_one_like_it() -> None:
    old = "a\n- they send someone new\n- they send someone else\nb\n"
    new = "a\n- they sent someone else\nb\n"

    assert moved(old, new, "they send someone new") is None
    assert moved(old, new, "they send someone else") == ("they sent someone else", True)


def test_a_quotation_moves_with_its_line_to_another_place_and_not_to_its_like() -> None:
    old = "- no trust here\nb\nc\nd\n- trust is little\n"
    new = "b\nc\nd\n- trust is very little\n- no trust here\n"

    assert moved(old, new, "trust") == ("trust", False)
    start = old.index("trust")
    place = reanchor(old, new, [Span(start, start + 5)])[0].new
    assert place == Span(new.rindex("trust"), new.rindex("trust") + 5)


def test_a_bullet_that_is_parted_keeps_the_quotation_whole() -> None:
    old = "- we meet each month; nobody knows the others\n"
    new = "- we meet each month\n- nobody knows the others\n"

    assert moved(old, new, "nobody knows the others") == ("nobody knows the others", False)


def test_words_deleted_from_their_line_are_not_placed() -> None:
    old = "- we meet each month in the old hall, quietly\n"
    new = "- we meet each month in the old hall\n"

    assert moved(old, new, "quietly") is None


WORDS = 8
"""Words of each line below, all different."""


@given(
    st.lists(st.integers(0, 3 * WORDS - 1), max_size=12),
    st.integers(0, 2),
    st.integers(0, WORDS - 1),
    st.integers(1, WORDS),
)
def test_words_that_stayed_are_found_whatever_was_edited_around_them(
    edited: list[int], line: int, first: int, n: int
) -> None:
    words = [[f"word{WORDS * row + at}" for at in range(WORDS)] for row in range(3)]
    quoted = words[line][first : first + n]
    now = [
        ["x y" if int(one[4:]) in edited and one not in quoted else one for one in row]
        for row in words
    ]
    old, new = ("".join(f"- {' '.join(row)}\n" for row in rows) for rows in (words, now))

    assert moved(old, new, " ".join(quoted)) == (" ".join(quoted), False)
