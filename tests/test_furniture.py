"""Running headers and footers are dropped, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.furniture import drop_page_furniture, is_page_number
from qualcode.core.model import Line
from qualcode.core.protocols import Source
from qualcode.plugins.readers.text import reader
from tests.shared_data import shared


def lines_of(text: str) -> list[Line]:
    pages = text.split("\f")
    rows = [(row, page) for page, part in enumerate(pages, 1) for row in part.split("\n")]
    is_paged = len(pages) > 1
    return [
        Line(row, number, page if is_paged else None)
        for number, (row, page) in enumerate(rows, start=1)
    ]


def kept(text: str) -> list[str]:
    return [line.text for line in drop_page_furniture(lines_of(text))[0]]


@pytest.mark.parametrize(
    "text",
    [
        "Page 1 of 9",
        "                                   Page 1 of 9",
        "page 12/14",
        "- Page 3 -",
        "Page 1 of 2          NOT PROTECTIVELY MARKED",
        "CONFIDENTIAL\tPage 2 of 2",
        "Board minutes | Page 2 of 2",
        "Board minutes - Page 2 of 2",
    ],
)
def test_a_line_that_numbers_a_page_is_known(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "See page 1 of 9",
        "Introduction            Page 4",
        "Page 4: the police come late",
        "3",
        "2 of 9 members",
        "Page",
        "R: it is on Page 2 of 3 somewhere",
        "pages 1 of 2",
    ],
)
def test_a_line_that_only_mentions_a_page_is_kept(text: str) -> None:
    assert not is_page_number(text)


def test_a_header_that_repeats_after_page_numbers_goes_but_for_the_first() -> None:
    text = (
        "SECRET  Int 7\nR: One.\n\nPage 1 of 3\n"
        "SECRET  Int 7\nR: Two.\nPage 2 of 3\nSECRET  Int 7\nR: End."
    )

    lines, dropped = drop_page_furniture(lines_of(text))

    assert [line.text for line in lines] == ["SECRET  Int 7", "R: One.", "", "R: Two.", "R: End."]
    assert dropped == (("page header", 2), ("page number", 2))


def test_a_footer_above_page_numbers_goes() -> None:
    text = "One is.\nNorthmere board\nPage 1 of 2\nTwo is.\nNorthmere board\nPage 2 of 2"

    lines, dropped = drop_page_furniture(lines_of(text))

    assert [line.text for line in lines] == ["One is.", "Two is."]
    assert dropped == (("page footer", 2), ("page number", 2))


def test_headers_may_differ_in_their_digits() -> None:
    text = "Draft of day 1\nOne.\fDraft of day 2\nTwo.\fDraft of day 3\nThree."

    assert kept(text) == ["Draft of day 1", "One.", "Two.", "Three."]


def test_numbers_alone_at_the_end_of_pages_go() -> None:
    assert kept("One.\n- 1 -\fTwo.\n- 2 -\fThree.\n- 3 -") == ["One.", "Two.", "Three."]


def test_a_sentence_cut_by_a_page_break_is_closed_up() -> None:
    assert kept("They send\n\nPage 1 of 2\n\nsomeone else.") == ["They send", "someone else."]


def test_paragraphs_on_both_sides_of_a_page_break_stay_apart() -> None:
    assert kept("They left.\n\nPage 1 of 2\n\nNobody came.") == ["They left.", "", "Nobody came."]


def test_turns_of_one_speaker_after_every_break_are_kept() -> None:
    text = "R: Yes.\nPage 1 of 3\nR: Yes.\nPage 2 of 3\nR: Yes.\nPage 3 of 3"

    assert kept(text) == ["R: Yes.", "R: Yes.", "R: Yes."]


def test_a_speaker_named_alone_after_two_breaks_is_kept() -> None:
    text = "Police\nYes.\nPage 1 of 2\nPolice\nNo."

    assert kept(text) == ["Police", "Yes.", "Police", "No."]


def test_lines_that_repeat_away_from_page_breaks_are_kept() -> None:
    text = "Well, yes.\nWell, yes.\nWell, yes."

    lines, dropped = drop_page_furniture(lines_of(text))

    assert [line.text for line in lines] == ["Well, yes."] * 3
    assert dropped == ()


def test_no_lines_give_no_lines() -> None:
    assert drop_page_furniture([]) == ((), ())


@given(st.lists(st.sampled_from(["", "Page 1 of 2", "Head line", "R: words", "go on", "\f"])))
def test_every_line_with_words_is_kept_or_counted(rows: list[str]) -> None:
    before = lines_of("\n".join(rows))
    after, dropped = drop_page_furniture(before)

    n_before = sum(bool(line.text) for line in before)
    n_after = sum(bool(line.text) for line in after)
    assert n_before == n_after + sum(n for _, n in dropped)
    assert [line.number for line in after] == sorted({line.number for line in after})


def test_the_typed_interview_loses_its_page_number_and_second_header() -> None:
    path = shared("samples", "verbatim_paged.txt")
    lines, dropped = drop_page_furniture(reader(Source(path.name, path.read_bytes())).lines)

    assert dropped == (("page header", 1), ("page number", 1))
    assert [line.number for line in lines] == [1, 2, 3, 4, 5, 6, 7, 10]


def test_the_minutes_lose_their_page_number() -> None:
    path = shared("samples", "minutes.txt")
    lines, dropped = drop_page_furniture(reader(Source(path.name, path.read_bytes())).lines)

    assert dropped == (("page number", 1),)
    assert "5.  AOB  None." in [line.text for line in lines]
    assert not any("PROTECTIVELY" in line.text for line in lines)
