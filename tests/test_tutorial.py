"""The tutorial can be typed as it stands, and what it shows is what is printed."""

from __future__ import annotations

import re

import pytest

from scripts.tutorial import PAGE, Done, differences, steps_of, walk


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> list[Done]:
    """Every step of the page, taken in one project."""
    steps = steps_of(PAGE.read_text("utf-8"))
    return list(walk(steps, tmp_path_factory.mktemp("tutorial")))


def test_every_command_ends_as_the_page_says_and_prints_what_it_shows(walked: list[Done]) -> None:
    wrong = [line for done in walked for line in differences(done)]

    assert wrong == []


def test_the_walk_ends_with_twenty_codes_in_a_reviewed_table(walked: list[Done]) -> None:
    printed = {done.step.command: "\n".join(done.lines) for done in walked}

    assert re.search(r"│ Codes in use +│ 20 ", printed["qualcode status"])
    assert "DRAFT" not in printed["qualcode run --plain"]


def test_ten_documents_are_added_and_coded_one_after_the_other(walked: list[Done]) -> None:
    commands = [done.step.command.split()[1:3] for done in walked]
    reading = [words for words in commands if words[0] == "add" or words == ["import", "codings"]]

    assert [words[0] for words in reading] == ["add", "import"] * 10


def test_a_line_that_is_not_printed_is_found() -> None:
    (step,) = steps_of("```console\n$ qualcode stale\none ... three\nfour\n```\n")

    assert differences(Done(step, ("one two three", "five"), 0)) == [
        "docs/tutorial.md:2: qualcode stale\n  docs/tutorial.md:4 shows, not printed: four"
    ]


def test_lines_are_found_only_in_the_order_of_the_page() -> None:
    (step,) = steps_of("```console\n$ qualcode stale\nsecond\nfirst\n```\n")

    assert differences(Done(step, ("first", "second"), 0)) == [
        "docs/tutorial.md:2: qualcode stale\n  docs/tutorial.md:4 shows, not printed: first"
    ]


def test_another_exit_status_than_the_page_says_is_found() -> None:
    (step,) = steps_of("```console\n$ qualcode stale\n# exit status: 1\n```\n")

    assert differences(Done(step, ("x",), 1)) == []
    assert differences(Done(step, ("x",), 0)) == [
        "docs/tutorial.md:2: qualcode stale\n  exit status 0, printed:\n  x"
    ]
