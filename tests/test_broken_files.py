"""One broken file of a study: its fault is told once, and what hangs on it is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.project.checking import check_project
from qualcode.project.study import Study
from tests.notes_command import code, make_study, run_notes


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("QUALCODE_CODER", "ad")
    study = make_study(tmp_path)
    monkeypatch.chdir(study.paths.root)
    code(study, "int-01", ("away day", "trust", "catalyst"), ("say", "trust", "obstacle"))
    run_notes("memo", "add", "code:trust", "--body", "Away from the office.")
    return study


def found(study: Study) -> list[tuple[str, str]]:
    problems = check_project(study.paths.root).problems
    return [(one.number, Path(one.path).name) for one in problems]


def lines() -> dict[str, str]:
    rows = json.loads(run_notes("status", "--json").out)["status"]
    return {row["what"]: str(row["n"]) for row in rows}


def test_broken_pairs_are_told_once(study: Study) -> None:
    study.paths.pairs.write_text("format: 1\npairs:\n  - {id: p1, obstacle: x\n", "utf-8")

    assert found(study) == [("Q301", "pairs.yaml"), ("Q150", "pairs.yaml")]
    told = run_notes("check").err
    assert "Correct the line; see `docs/pairs.md`." in told
    assert "Q150 what memos are about was not checked, as this file cannot be read." in told


def test_broken_pairs_leave_the_codes_in_status(study: Study) -> None:
    study.paths.pairs.write_text("pairs: [", "utf-8")

    assert lines()["Codes in use"] == "1"
    assert lines()["Coded"] == "2"
    assert lines()["Problems met here"] == "1"


def test_a_broken_codebook_is_told_once(study: Study) -> None:
    study.paths.codebook.write_text("codes: [", "utf-8")

    assert found(study) == [("Q301", "codebook.yaml"), ("Q150", "codebook.yaml")]
    told = run_notes("check").err
    assert "the pairs, the codes of codings and what memos are about were not checked" in told


def test_status_counts_no_codes_where_the_codebook_cannot_be_read(study: Study) -> None:
    study.paths.codebook.write_text("codes: [", "utf-8")

    assert "Codes in use" not in lines()
    assert "Made under an earlier definition" not in lines()
    assert lines()["Codings"] == "2"


def test_broken_cases_are_told_once(study: Study) -> None:
    study.paths.cases.write_text("cases: [", "utf-8")

    assert found(study) == [("Q301", "cases.yaml"), ("Q150", "cases.yaml")]
    told = run_notes("check").err
    assert "Q150 who the speakers are and what memos are about were not checked" in told
