"""The arithmetic of the benchmarks on small invented values, and the files they generate."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks._files import FORMATS
from benchmarks._minutes import attendees, conclusions, listed_names
from benchmarks._report import Reading, Report, markdown, percent, plain
from benchmarks._scores import (
    Hits,
    attributed,
    hits,
    kept_in_order,
    lines_found,
    lost_words,
    opening,
    researcher_outcome,
    share,
)
from benchmarks._transcripts import load_expected, short_name, talk, transcripts


def test_hits_compare_labels_without_regard_to_case_and_spaces() -> None:
    found = hits(["Ann  Lee", "bo", "Cy"], ["ann lee", "Bo", "Dee", "Eve"])

    assert found == Hits(right=2, found=3, expected=4)


def test_hits_give_precision_recall_and_their_harmonic_mean() -> None:
    some = Hits(right=2, found=4, expected=8)

    assert (some.precision, some.recall) == (0.5, 0.25)
    assert some.f1 == pytest.approx(1 / 3)


def test_hits_of_several_files_add_up() -> None:
    assert Hits(1, 2, 3) + Hits(4, 5, 6) == Hits(5, 7, 9)


def test_nothing_found_where_nothing_was_to_be_found_is_right() -> None:
    assert Hits().f1 == 1.0


def test_finding_nothing_where_something_was_to_be_found_scores_zero() -> None:
    assert hits([], ["Ann"]).f1 == 0.0


def test_openings_are_the_same_for_the_same_five_words_only() -> None:
    assert opening("They keep changing, every time.") == opening("they KEEP changing every time?")
    assert opening("They keep changing every week") != opening("They keep changing every time")


@pytest.mark.parametrize(
    ("found", "warned", "outcome"),
    [
        (["int"], False, "right"),
        ([], True, "left open"),
        ([], False, "wrong"),
        (["R"], True, "wrong"),
    ],
)
def test_only_a_warning_that_names_nobody_leaves_the_researcher_open(
    found: list[str], warned: bool, outcome: str
) -> None:
    assert researcher_outcome(found, ["INT"], warned=warned) == outcome


def test_words_kept_count_in_order_only() -> None:
    kept = kept_in_order(["a", "b", "c", "d"], ["c", "d", "a", "b", "x"])

    assert (kept.recall, kept.precision) == (0.5, 0.4)


def test_words_that_vanish_are_counted_but_for_those_of_speakers() -> None:
    lost = lost_words("Ann Lee: yes, yes, no", "yes no", labels=["Ann Lee"])

    assert lost == {"yes": 1}


def test_a_turn_is_right_when_most_of_its_words_are_its_speakers() -> None:
    said = [("Ann", ["one", "two", "three"]), ("Bo", ["four", "five"]), ("Ann", ["six"])]
    read = [("ann", ["one", "two"]), ("Bo", ["three", "four", "five", "six"])]

    assert attributed(said, read) == [True, True, False]


def test_a_turn_whose_words_are_missing_is_wrong() -> None:
    assert attributed([("Ann", ["one", "two"])], []) == [False]


def test_lines_are_found_whole_or_inside_a_longer_piece() -> None:
    found, missed, extra = lines_found(
        ["Stage 4.", "Set up a group", "Meet weekly"], ["Stage 4", "set up a group meet", "Thanks"]
    )

    assert missed == ["meet weekly"]
    assert extra == ["thanks"]
    assert found == Hits(right=2, found=3, expected=3)


def test_a_share_below_the_whole_is_never_shown_as_the_whole() -> None:
    assert [percent(share([True] * 9999 + [False])), percent(1.0)] == ["99.9%", "100%"]


def test_attendees_are_the_rows_of_the_first_table_that_hold_a_name() -> None:
    text = (
        "Intro\n| Name | Abbr | Org |\n|---|:---:|---|\n| Ann Lee | AL | Ace |\n"
        "|    |   |   |\n\n| Other | X | Y |\n| Bo Ray | BR | B |\n"
    )

    assert attendees(text) == [("Ann Lee", "AL", "Ace")]


def test_conclusions_end_with_the_next_heading_and_lose_their_markdown() -> None:
    text = "### Conclusion\n\n- **Stage** 4\n  - see [here](x)\n\n## Next\n- not this\n"

    assert conclusions(text) == ["Stage 4", "see here"]


def test_listed_names_stand_in_the_line_or_in_the_list_below() -> None:
    text = "**Present:** Ann, Bo and Cy (chair)\n\nRegrets\n* Dee\n\n### Item\n* Eve\n"

    assert listed_names(text) == ["Ann", "Bo", "Cy", "Dee"]


def test_a_label_with_a_bracket_is_the_same_speaker_as_without() -> None:
    assert short_name("Mr. Lee (Northmere, Ind. (2))") == "Mr. Lee"


def test_every_researcher_that_is_expected_is_one_of_the_speakers() -> None:
    strangers = {r for one in load_expected() for r in set(one.researchers) - set(one.speakers)}

    assert strangers == set()


def test_every_expectation_names_its_file_once() -> None:
    files = [one.file for one in load_expected()]

    assert len(files) == len(set(files)) == 40


def test_parts_without_data_say_so_and_have_no_figures(tmp_path: Path) -> None:
    reports = [transcripts(tmp_path, Reading()), talk(tmp_path, Reading())]

    assert [one.rows for one in reports] == [[], []]
    assert [one.skipped for one in reports] == [
        ["files checked by eye: none of the 40 is here"],
        ["qmsum_topics: data/qmsum_topics/dev.jsonl is not here"],
    ]


def test_tables_show_figures_failures_and_what_was_skipped() -> None:
    report = Report("Speakers", failures=["a.txt: two | three"], skipped=["b.txt: gone"])
    report.add("F1", "0.50", "2 files", "a | b")

    assert plain([report]).splitlines()[2:] == [
        "Speakers",
        "F1        0.50  2 files  a | b",
        "",
        "Where it falls short:",
        "",
        "a.txt: two | three",
        "",
        "Skipped:",
        "",
        "b.txt: gone",
    ]
    assert "| F1 | 0.50 | 2 files | a \\| b |" in markdown([report]).splitlines()


KINDS = {
    "text, interview notes": "interview notes",
    "text, minutes": "minutes",
    "Markdown notes": "interview notes",
    "CSV questionnaire": "questionnaire",
    "Excel questionnaire": "questionnaire",
}


@pytest.mark.parametrize("name", FORMATS)
def test_generated_files_are_read_as_what_they_stand_for(name: str, tmp_path: Path) -> None:
    suffix, make = FORMATS[name]
    path = tmp_path / f"generated{suffix}"
    path.write_bytes(make(4000))

    document, _ = Reading().read(path)

    assert document is not None
    assert document.kind == KINDS.get(name, "transcript")
