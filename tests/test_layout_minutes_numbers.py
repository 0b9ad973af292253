"""Numbers without a sign behind them in minutes: items where they plainly are, else words."""

from __future__ import annotations

import pytest

from qualcode.analysis.freeze import freeze
from tests.test_layout_minutes import laid_out, units

HEAD = "Minutes of the board, 11 November 2007\n\nPresent: J Smith (Chair), A Khan\n\n"


def headings(body: str) -> list[str]:
    frozen = freeze(laid_out(HEAD + body).pieces)
    return [unit.ref for unit in frozen.units if unit.form == "heading"]


def quoted(body: str) -> dict[str, str]:
    return units(laid_out(HEAD + body))


@pytest.mark.parametrize(
    "words",
    [
        "14 posts are vacant.",
        "3 agencies voted against the plan.",
        "2 GPs were absent.",
        "4.2 million euros were spent.",
        "10 - 12 people came to the open day.",
        "Section 5 of the Act was read.",
        "3 May was the last day.",
        "14 Nurses attended in the spring.",
        "9.30 am coffee was served.",
    ],
)
def test_a_number_that_counts_stays_in_the_words(words: str) -> None:
    found = quoted(f"1. Welcome\n{words}\n\n2. Close\nIt was late.\n")

    assert found == {"item 1 para 1": words, "item 2 para 1": "It was late."}


def test_a_number_that_counts_gets_no_full_stop() -> None:
    frozen = freeze(laid_out(f"{HEAD}1. Welcome\n14 posts are vacant.\n").pieces)

    assert frozen.text.endswith("1. Welcome\n14 posts are vacant.\n")


@pytest.mark.parametrize("bullet", ["* ", "- ", "• "])
@pytest.mark.parametrize(
    "words", ["5 nurses attended", "2 of the 3 inspectors have been moved", "2 Budget"]
)
def test_a_number_in_the_entry_of_a_list_is_never_an_item(bullet: str, words: str) -> None:
    found = quoted(f"1. Welcome\nThey met.\n{bullet}{words}\n\n3. Close\nIt was late.\n")

    assert found["item 1 para 2"] == words


def test_a_count_in_bold_stays_in_its_paragraph() -> None:
    found = quoted(
        "## Staffing\n\n**3 agencies** voted against the plan that had been drawn up in the spring"
        " by the board and others.\n"
    )

    assert list(found.values()) == [
        "3 agencies voted against the plan that had been drawn up in the spring by the board"
        " and others."
    ]


def test_short_headings_with_numbers_that_run_on_are_items() -> None:
    body = (
        "1 Welcome\nThey met.\n1 GP was absent.\n\n2 Budget\n14 posts are vacant.\n"
        "3 Council members objected.\n\n3 Staffing\nNone came.\n"
    )

    assert headings(body) == ["heading 1", "heading 2", "heading 3"]
    assert quoted(body)["item 2 para 2"] == "3 Council members objected."


def test_paragraphs_with_numbers_that_run_on_are_items() -> None:
    found = quoted(
        "1 The Chair said that it was late.\n\n2 AK agreed that it was late.\n\n"
        "3 They all went home at once.\n"
    )

    assert list(found) == ["item 1", "item 2", "item 3"]


@pytest.mark.parametrize("gap", ["  ", "\t"])
def test_a_number_with_a_wide_gap_behind_it_is_an_item(gap: str) -> None:
    body = f"1{gap}Welcome\nThey met.\n\n2{gap}The budget\n14 posts are vacant.\n"

    assert headings(body) == ["heading 1", "heading 2"]


@pytest.mark.parametrize("after", ["3. Close", "2.1 It was spent."])
def test_a_heading_whose_full_stop_was_forgotten_is_an_item(after: str) -> None:
    body = f"1. Welcome\nThey met.\n\n2 Budget\nThey spoke.\n\n{after}\nIt was late.\n"

    assert headings(body)[:2] == ["heading 1", "heading 2"]


def test_a_number_with_a_wide_gap_that_does_not_follow_stays_in_the_words() -> None:
    found = quoted("1  Welcome\nThey met.\n    14  Nurses attended.\n\n2  Close\nLate.\n")

    assert found["item 1 para 2"] == "14 Nurses attended."


def test_headings_in_markdown_may_begin_at_any_number() -> None:
    body = "# Minutes\n\n## 4 Budget\n\nSpent.\n\n## 5 Staffing\n\n14 posts are vacant.\n"

    assert quoted(body) == {"item 4 para 1": "Spent.", "item 5 para 1": "14 posts are vacant."}


def test_a_number_behind_the_word_item_is_one_only_before_a_title() -> None:
    body = "Item 1 Welcome\nThey met.\n\nItem 2: apologies\nItem 2 was closed at once.\n"

    assert quoted(body) == {
        "item 1 para 1": "They met.",
        "item 2 para 1": "Item 2 was closed at once.",
    }


def test_counts_below_the_words_of_a_sentence_stay_counts() -> None:
    body = "1. Welcome\nThe Chair said there were\n14 posts and\n2 nurses.\n\n2. Close\nLate.\n"

    assert [word for words in quoted(body).values() for word in words.split()] == (
        ["The", "Chair", "said", "there", "were", "14", "posts", "and", "2", "nurses.", "Late."]
    )
