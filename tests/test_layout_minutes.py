"""Minutes of many layouts: date, numbered items, decisions, actions; no word is lost."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.freeze import Layout, freeze
from qualcode.analysis.layouts.minutes.minutes import find_actions, find_decisions, lay_out_minutes
from qualcode.core.model import Extract, Line, Row
from qualcode.core.text import normalise
from tests.factory import lines_of
from tests.shared_data import shared

BOARD = """\
BREMPTON BOARD
Minutes of the meeting held on Tuesday 11 November 2007 at 2.00pm, Town Hall

Present:       J Smith (Chair)           Independent
               A Khan                    Children's Social Care
               DI M O'Neil               Police
In attendance: P Lee (minutes)
Apologies:     R Patel (PCT), S Wood (Probation)

1.  Welcome
1.1 The Chair welcomed members. It was noted that the police were represented by
    a new member.
2.  Information sharing
2.1 AK reported that the shared database had been delayed, for reasons that were
    set out in the paper.
2.2 Concern was expressed about the conflicting targets of the agencies. The Chair
    asked for calm.
    RESOLVED: that a group be set up.
    ACTION: MO to convene the group by 31 January.
    They broke for tea.

    Action | Who | By when
    Draft protocol | PL | 15 Dec
3.  AOB  None.
4.  Date of next meeting: 13 January 2008
"""


def laid_out(text: str, name: str = "minutes.txt") -> Layout:
    return lay_out_minutes(Extract("text", lines_of(text)), name=name)


def units(layout: Layout) -> dict[str, str]:
    frozen = freeze(layout.pieces)
    return {
        unit.ref: frozen.text[unit.span.start : unit.span.end]
        for unit in frozen.units
        if unit.form not in ("header", "heading")
    }


def headings(layout: Layout) -> list[str]:
    return [
        f"{p.label}{' '.join(line.text for line in p.lines if line.text)}"
        for p in layout.pieces
        if p.form == "heading"
    ]


def test_the_date_is_that_of_this_meeting_and_not_of_the_next() -> None:
    assert laid_out(BOARD).date == "2007-11-11"


def test_the_date_of_the_next_meeting_alone_is_no_date_of_this_one() -> None:
    assert laid_out("Present: A Khan, P Lee\n\n1. Date of next meeting: 3 May 2020\n").date == ""


def test_the_date_may_stand_in_the_name_of_the_file() -> None:
    assert laid_out("1. Welcome\n1.1 Hello.\n", "minutes-2025-01-16.txt").date == "2025-01-16"


def test_two_different_dates_are_reported() -> None:
    layout = laid_out("Minutes of 13 December 2019\n\n1. Welcome\n", "minutes-2018-12-13.md")

    assert [p.number for p in layout.problems] == ["Q255"]
    assert layout.date == "2019-12-13"


def test_items_are_units_with_the_number_as_label() -> None:
    layout = laid_out(BOARD)

    assert units(layout)["item 2.1"] == (
        "AK reported that the shared database had been delayed, for reasons that were set out in"
        " the paper."
    )
    assert [p.label for p in layout.pieces if p.ref == "item 2.1"] == ["2.1 "]


def test_the_heading_of_an_item_is_its_topic() -> None:
    topics = {piece.ref: piece.topic for piece in laid_out(BOARD).pieces}

    assert topics["item 2.2"] == "Information sharing"
    assert topics["item 2 decision 1"] == "Information sharing"


def test_headings_carry_their_number() -> None:
    assert headings(laid_out(BOARD)) == [
        "1. Welcome",
        "2. Information sharing",
        "3. AOB  None.",
        "4. Date of next meeting: 13 January 2008",
    ]


def test_paragraphs_without_a_number_are_counted_in_their_item() -> None:
    assert units(laid_out(BOARD))["item 2.2 para 2"] == "They broke for tea."


def test_decisions_are_found_with_their_topic() -> None:
    found = find_decisions(laid_out(BOARD))

    assert [(d.what, d.topic, d.ref) for d in found] == [
        ("that a group be set up.", "Information sharing", "item 2 decision 1")
    ]


def test_actions_are_found_in_sentences_and_in_tables() -> None:
    found = find_actions(laid_out(BOARD))

    assert [(a.what, a.who, a.by_when, a.ref) for a in found] == [
        ("convene the group", ("MO",), "31 January", "item 2 action 1"),
        ("Draft protocol", ("PL",), "15 Dec", "item 2 action 2"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ACTION: CR and GA each to take it back by May.", [(("CR", "GA"), "take it back", "May")]),
        (
            "**Action:** SV to reply to DO by 10 October. TH to ask.",
            [(("SV",), "reply to DO", "10 October"), (("TH",), "ask", "")],
        ),
        ("**Action point**: Tracy will send a report", [(("Tracy",), "send a report", "")]),
        ("ACTION by Elizabeth to prepare polls", [(("Elizabeth",), "prepare polls", "")]),
        ("Action: will need to ring the members", [((), "will need to ring the members", "")]),
        (
            "Action: All to return names to CF by 7 March.",
            [(("All",), "return names to CF", "7 March")],
        ),
    ],
)
def test_who_is_to_do_what_by_when(text: str, expected: list[object]) -> None:
    layout = laid_out(f"1. Matters\n1.1 They talked.\n{text}\n2. AOB\n")

    assert [(a.who, a.what, a.by_when) for a in find_actions(layout)] == expected


def test_an_action_of_the_last_meeting_is_no_action() -> None:
    layout = laid_out("1. Matters arising\n1.1 Action 4.2 (protocol) - carried forward.\n2. AOB\n")

    assert find_actions(layout) == ()
    assert units(layout)["item 1.1"] == "Action 4.2 (protocol) - carried forward."


def test_an_action_marked_inside_a_paragraph_is_a_unit_of_its_own() -> None:
    layout = laid_out("1. Budget\n1.1 It is short. **ACTION**: Amy will ask the bank.\n2. AOB\n")

    assert units(layout)["item 1.1"] == "It is short."
    assert units(layout)["item 1 action 1"] == "Amy will ask the bank."


def test_bullets_below_action_points_are_actions() -> None:
    layout = laid_out(
        "* **017/18 Travel**\n    * We talked\n    * Action points\n"
        "        * Tracy to book\n    * We went on\n* **018/18 Food**\n    * None\n"
    )

    assert units(layout) == {
        "item 017/18 para 1": "We talked",
        "item 017/18 action 1": "Tracy to book",
        "item 017/18 para 2": "We went on",
        "item 018/18 para 1": "None",
    }


def test_numbers_with_a_slash_are_items_and_lists_inside_them_are_not() -> None:
    layout = laid_out("**19/11 Names**\n\n1. Ann, Oslo\n2. Bo, Rome\n\n**19/12 Next**\n\nWe met.\n")

    assert headings(layout) == ["19/11 Names", "19/12 Next"]
    assert list(units(layout)) == ["item 19/11 para 1", "item 19/11 para 2", "item 19/12 para 1"]


def test_a_number_alone_in_its_line_belongs_to_the_line_below() -> None:
    layout = laid_out("1.\nBudget\nAK reported that the money had gone.\n\n2.Close\nThey left.\n")

    assert headings(layout) == ["1. Budget", "2. Close"]


def test_a_number_with_a_slash_in_a_sentence_is_no_item() -> None:
    layout = laid_out("14/031 Welcome\n24/7 cover is needed.\n\n14/032 Close\nThey left.\n")

    assert headings(layout) == ["14/031 Welcome", "14/032 Close"]
    assert units(layout)["item 14/031 para 1"] == "24/7 cover is needed."


def test_agreed_with_a_full_stop_is_a_sentence_and_no_heading() -> None:
    layout = laid_out("1. Minutes of the last meeting\nAgreed.\n\nThey moved on.\n2. Close\n")

    assert list(units(layout).values()) == ["Agreed.", "They moved on."]


def test_text_behind_a_short_heading_is_an_item() -> None:
    layout = laid_out("1. Budget: AK reported that the money had gone.\n2. Close\n")

    assert headings(layout) == ["1. Budget", "2. Close"]
    assert units(layout) == {"item 1": "AK reported that the money had gone."}


def test_roman_numbers_are_items_and_an_initial_is_not() -> None:
    layout = laid_out("I. Opening\nV. Patel opened.\n\nII. Close\nWe left.\n")

    assert headings(layout) == ["I. Opening", "II. Close"]
    assert units(layout)["item I para 1"] == "V. Patel opened."


def test_a_number_at_the_start_of_a_wrapped_line_is_no_item() -> None:
    text = (
        "1.  Welcome\n1.1 It was noted that the probation service had last been here in May\n"
        "    2024 and that the matter would be taken with the others below, under item\n"
        "    2. It was left there, since nobody who was present at the time was here\n"
        "    today and the papers were lost.\n2.  Close\n2.1 They left.\n"
    )

    assert list(units(laid_out(text))) == ["item 1.1", "item 2.1"]


def test_markdown_headings_without_numbers_are_counted() -> None:
    layout = laid_out(
        "# Meeting of 8 April 2024\n\n## Report\n\nIt is late.\n\n### Conclusion\n\n- Wait\n\n"
        "## Set methods\n\nGood.\n\n### Conclusion\n\nStage 4.\n"
    )

    assert units(layout) == {
        "item 1 para 1": "It is late.",
        "item 1 decision 1": "Wait",
        "item 2 para 1": "Good.",
        "item 2 decision 1": "Stage 4.",
    }


def test_headings_that_come_back_stand_below_items_where_no_level_is_known() -> None:
    marked = (
        "Meeting of 8 April 2024\nReport\nLate.\nConclusion\nWait.\nSets\nGood.\nConclusion\nGo."
    )
    titles = {"Meeting of 8 April 2024", "Report", "Conclusion", "Sets"}
    lines = tuple(
        Line(text, at, style="heading" if text in titles else "")
        for at, text in enumerate(marked.split("\n"), 1)
    )

    layout = lay_out_minutes(Extract("word", lines), name="a.docx")

    assert list(units(layout)) == [
        "item 1 para 1",
        "item 1 decision 1",
        "item 2 para 1",
        "item 2 decision 1",
    ]


def test_rows_of_a_word_table_are_items() -> None:
    rows = ["2\tIncidents\tAction", "2.1\tAK reported a rise.\tBL", "2.2\tIt was noted.\t"]
    lines = tuple(Line(row, at, style="cell") for at, row in enumerate(rows, 1))

    layout = lay_out_minutes(Extract("word", lines), name="a.docx")

    assert units(layout) == {"item 2.1": "AK reported a rise.", "item 2.2": "It was noted."}


def test_markup_and_addresses_of_links_leave_the_words() -> None:
    layout = laid_out(
        "# Minutes\n\n## A\n\nSee [issue 4](https://example.org/4), *please*, in `__init__`.\n"
    )

    assert units(layout) == {"item 1 para 1": "See issue 4, please, in `__init__`."}


def test_rows_of_a_sheet_are_read_as_lines() -> None:
    rows = (Row(("1", "Welcome"), 1), Row(("1.1", "They met."), 2))

    layout = lay_out_minutes(Extract("sheet", rows=rows), name="a.csv")

    assert units(layout) == {"item 1.1": "They met."}


def test_nothing_gives_an_empty_layout() -> None:
    assert laid_out("") == Layout(())


@pytest.mark.parametrize("day", ["april-08", "april-09", "april-10", "april-11"])
def test_every_attendee_and_conclusion_of_real_minutes_is_found(day: str) -> None:
    path = shared("data", "minutes", "tc39", "2024-04", f"{day}.md")
    text = normalise(path.read_text(encoding="utf-8"))

    layout = laid_out(text, path.name)

    rows = re.findall(r"^\| [A-Z][^|]*\| [A-Z]{2,4} *\|", text, re.MULTILINE)
    blocks = re.findall(r"^### Conclusion", text, re.MULTILINE)
    decided = {d.ref.split(" decision")[0] for d in find_decisions(layout)}
    assert len(layout.attendance) == len(rows) > 20
    assert len(decided) == len(blocks) > 5


def real_minutes() -> list[Path]:
    return sorted(shared("data", "minutes", "carpentries").glob("*/*.md"))


def test_no_word_of_real_minutes_is_lost() -> None:
    for path in real_minutes():
        text = normalise(path.read_text(encoding="utf-8"))
        plain = re.sub(r"\]\([^)]*\)|\{#[^}]*\}|\*\*|_", "", text)

        frozen = freeze(laid_out(text, path.name).pieces).text.replace("_", "")

        assert not Counter(re.findall(r"\w+", plain)) - Counter(re.findall(r"\w+", frozen)), path


def test_the_date_of_real_minutes_is_that_of_the_file() -> None:
    wrong = {
        path.name
        for path in real_minutes()
        if laid_out(path.read_text(encoding="utf-8"), "").date not in ("", path.stem[-10:])
    }

    assert wrong == {"EC-minutes-2018-12-13.md"}


MINUTES_LIKE = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                *BOARD.split("\n"),
                "",
                "| Name | Role |",
                "|---|---|",
                "| A Khan | Chair |",
                "* **017/18 Title**",
                "## Conclusion",
                "AK: I said so",
                "(a) a part",
                "    3. deep",
                "II. Roman",
                "Apologies were received from",
                "2. ",
                "**",
                "Signed ..........",
            ]
        ),
    ),
    max_size=30,
)


@given(MINUTES_LIKE, st.sampled_from(["", "heading", "list", "cell"]))
def test_any_lines_give_units_inside_the_text_in_order(texts: list[str], style: str) -> None:
    lines = tuple(Line(text, at, style=style) for at, text in enumerate(texts, 1))

    layout = lay_out_minutes(Extract("text", lines), name="x")
    frozen = freeze(layout.pieces)

    ends = [0]
    for unit in frozen.units:
        assert ends[-1] <= unit.span.start < unit.span.end <= len(frozen.text)
        ends.append(unit.span.end)
    ids = {speaker.id for speaker in layout.speakers}
    assert {unit.speaker_id for unit in frozen.units} <= ids | {None}
    assert {action.ref for action in find_actions(layout)} <= {p.ref for p in layout.pieces}
