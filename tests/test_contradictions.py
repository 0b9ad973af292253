"""What is asked for and cannot be: refused with a sentence, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.project.study import Study
from tests.coding_study import study
from tests.command import run_qualcode
from tests.conftest import Qualcode

__all__ = ["study"]


@pytest.fixture
def coded(study: Study, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.chdir(study.paths.root)
    run_qualcode("code", "int-01", "someone different", "new-faces", "trust")
    return study


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("table", "co-occurrence", "--turn", "--within", "2"), "--turn and --within"),
        (("compare", "trust", "new-faces", "--by", "case"), "a second code and --by"),
        (("codings", "--plain", "--json"), "--plain and --json"),
        (("table", "codes", "--plain", "--json"), "--plain and --json"),
    ],
)
def test_options_that_contradict_each_other_are_refused(
    coded: Study, arguments: tuple[str, ...], told: str
) -> None:
    outcome = run_qualcode(*arguments)

    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == f"Q152 {told} cannot be asked for together. Leave one of them out.\n"


@pytest.mark.parametrize(
    ("arguments", "caption"),
    [
        ((), "Codes that occur together on the same words"),
        (("--turn",), "Codes that occur together in the same turn"),
        (("--within", "2"), "Codes that occur together at most 2 turns away"),
    ],
)
def test_the_caption_says_how_near_was_counted(
    coded: Study, arguments: tuple[str, ...], caption: str
) -> None:
    outcome = run_qualcode("table", "co-occurrence", "--plain", *arguments)

    assert caption in outcome.out


@pytest.mark.parametrize(
    "arguments",
    [
        ("table", "codes", "--out", "away/x.csv"),
        ("export", "sheet", "--out", "away/x.csv"),
        ("codebook", "export", "--out", "away/x.md"),
        ("report", "--out", "away/x.html"),
    ],
)
def test_no_folder_is_made_for_a_file(coded: Study, arguments: tuple[str, ...]) -> None:
    outcome = run_qualcode(*arguments)

    assert (outcome.status, outcome.out) == (2, "")
    assert 'Q153 there is no folder "away" to write the file into.' in outcome.err
    assert not Path("away").exists()


def test_charts_and_tidy_tables_still_make_their_folder(coded: Study) -> None:
    outcome = run_qualcode("export", "tidy", "tidy", "--format", "csv")

    assert outcome.status == 0
    assert Path("tidy", "codings.csv").is_file()


@pytest.mark.parametrize("word", ["report", "report scaffold"])
def test_a_report_offers_only_the_endings_that_it_can_write(coded: Study, word: str) -> None:
    outcome = run_qualcode(*word.split(), "--out", "report.pdf")

    endings = {"report": ".docx, .html, .htm", "report scaffold": ".md, .docx"}
    assert outcome.err == (
        "report.pdf: Q601 the ending of the file names no format. "
        f"End it in one of {endings[word]}, or say --format.\n"
    )


def test_a_project_inside_another_is_refused_without_force(
    qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    qualcode("init", "study")
    monkeypatch.chdir("study")
    outcome = qualcode("init", "s1")

    assert (outcome.status, outcome.out) == (2, "")
    assert "Q154 the new project would stand inside another one, " in outcome.err
    assert not Path("s1").exists()
    assert qualcode("init", "s1", "--force").status == 0
    assert Path("s1", "qualcode.yaml").is_file()


def test_a_split_at_words_that_are_not_there_is_not_answered_with_the_same_unit(
    study: Study,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(study.paths.root)
    outcome = run_qualcode("correct", "int-01", "--split", "bullet 1.1=zzz")

    assert 'Q214 a correction names unit "bullet 1.1" with "zzz" in its middle' in outcome.err
    assert "Did you mean" not in outcome.err


def test_a_code_is_added_with_all_that_is_said_of_it(coded: Study) -> None:
    said = ("--cue", "one", "--cue", "two", "--include", "in", "--exclude", "ex")
    outcome = run_qualcode("codebook", "add", "Fresh", *said, "--example", "so it goes")
    code = next(one for one in coded.usable_codebook().codes if one.id == "fresh")

    assert outcome.status == 0
    assert (code.cues, code.include, code.exclude) == (("one", "two"), ("in",), ("ex",))
    assert code.examples == ("so it goes",)


def test_help_marks_what_can_be_repeated(qualcode: Qualcode) -> None:
    told = " ".join(qualcode("codebook", "add", "--help").out.split())

    assert told.count("(repeat for several)") == 5
