from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qualcode.analysis.pair_tables import pairs_table
from qualcode.analysis.sampling.saturation import Rule
from qualcode.analysis.sampling.tables import advice_table, cells_table
from qualcode.analysis.sampling.thin_cells import Cell
from qualcode.analysis.tallies import Tallies
from qualcode.core.memos import Memo
from qualcode.core.methods import PROFILES, profile
from qualcode.core.problems import QualcodeError
from qualcode.project.batch import run
from qualcode.project.codebook_report import report_changes, report_lines, view_history
from qualcode.project.emerging import view_saturation
from qualcode.project.proposing import view_proposals
from qualcode.project.status import view_status
from qualcode.project.study import Study, open_study
from qualcode.store.files import write_file
from qualcode.store.memo_files import memo_data, memo_path
from tests.factory import a_code, a_codebook, a_pair
from tests.test_comparing_commands import code_all, study

__all__ = ["study"]

TODAY = date(2026, 3, 20)


def working_by(study: Study, method: str) -> Study:
    """The same study, by another method."""
    text = study.paths.settings.read_text("utf-8")
    study.paths.settings.write_text(text.replace("method: eca", f"method: {method}"), "utf-8")
    return open_study(study.paths.root)


def status(study: Study) -> tuple[dict[str, str], tuple[str, ...]]:
    """What stands under "Out of" for each line, and the notes."""
    table, _ = view_status(study, today=TODAY)
    return {row[0][0]: row[3][0] for row in table.rows}, table.notes


def log(study: Study, day: str) -> None:
    memo = Memo(f"{day}-on-me", "I knew her.", coder="ad", at=f"{day}T09:00:00", kind="reflexive")
    write_file(memo_path(study.paths, memo.id), memo_data(memo))


@pytest.mark.parametrize(
    ("method", "raised", "versions", "proposals"),
    [
        ("eca", "categories", "codebook", "codebook"),
        ("reflexive", "themes", "codebook", "codebook"),
        ("framework", "categories", "framework", "framework"),
        ("codebook", "themes", "codebook", "codebook"),
    ],
)
def test_status_history_diff_and_proposals_use_the_words_of_the_method(
    study: Study, method: str, raised: str, versions: str, proposals: str
) -> None:
    code_all(study)
    study = working_by(study, method)

    assert f"Codes raised to {raised}" in status(study)[0]
    assert view_history(study).caption == f"Versions of the {versions}"
    assert next(report_lines(report_changes(study))).startswith(f"The {versions} from version 1")
    assert view_proposals(study).caption == f"Proposals on the {proposals}"


@pytest.mark.parametrize(
    ("method", "title", "one", "many"),
    [
        ("eca", "Category", "category", "categories"),
        ("reflexive", "Theme", "theme", "themes"),
        ("framework", "Category", "category", "categories"),
        ("codebook", "Theme", "theme", "themes"),
    ],
)
def test_the_sample_calls_categories_as_the_method_does(
    method: str, title: str, one: str, many: str
) -> None:
    cells = [Cell(code_id, code_id, ("tier", "top"), 0, 0, 3, 0) for code_id in "ab"]
    words = profile(method)
    thin = cells_table(cells, is_draft=False, words=words)
    notes = advice_table((), cells, is_draft=False, words=words).notes

    assert thin.columns[0].title == title
    assert thin.caption == f"Thin cells: where a {one} lacks evidence"
    assert f"tier top (thin for 2 {many})" in notes[0]


@pytest.mark.parametrize(
    ("method", "asks"),
    [
        ("eca", "Answer the protocol for each document. Compare extremes and key differences."),
        ("reflexive", "Keep a reflexive log."),
        ("framework", "Chart each case against the framework."),
        ("codebook", "Write a definition for every code before a second coder starts."),
    ],
)
def test_status_says_what_the_method_asks_for(study: Study, method: str, asks: str) -> None:
    _, notes = status(working_by(study, method))

    assert notes[0] == f"Method: {profile(method).name}. {asks}"


@pytest.mark.parametrize("method", ["eca", "framework", "codebook"])
def test_saturation_is_counted_where_the_method_has_a_place_for_it(
    study: Study, method: str
) -> None:
    code_all(study)
    _, table = view_saturation(working_by(study, method), Rule())

    assert len(table.rows) == 7


def test_what_the_method_leaves_out_is_refused_with_the_reason(study: Study) -> None:
    code_all(study)
    with pytest.raises(QualcodeError) as caught:
        view_saturation(working_by(study, "reflexive"), Rule())

    assert caught.value.problem.number == "Q529"
    assert caught.value.problem.message == (
        "saturation has no place in reflexive thematic analysis: meaning is made in the reading, "
        "so there is no point at which it runs out"
    )


def test_agreement_is_refused_in_reflexive_analysis_alone(study: Study) -> None:
    study.refuse_hidden("agreement")
    with pytest.raises(QualcodeError) as caught:
        working_by(study, "reflexive").refuse_hidden("agreement")

    assert caught.value.problem.message.startswith("agreement has no place in reflexive")


@pytest.mark.parametrize(
    ("days", "since", "is_asked"),
    [
        ((), "none yet", True),
        (("2026-03-01", "2026-03-08"), "the last 12 days ago (8 March 2026)", True),
        (("2026-03-13",), "the last 7 days ago (13 March 2026)", False),
        (("2026-03-20",), "the last today (20 March 2026)", False),
    ],
)
def test_reflexive_analysis_asks_for_its_log_where_it_is_old(
    study: Study, days: tuple[str, ...], since: str, is_asked: bool
) -> None:
    study = working_by(study, "reflexive")
    for day in days:
        log(study, day)
    lines, notes = status(study)

    assert lines["Reflexive memos"] == since
    assert any("qualcode memo add study --kind reflexive" in note for note in notes) == is_asked


@pytest.mark.parametrize("method", [one.id for one in PROFILES if one.id != "reflexive"])
def test_no_other_method_asks_for_a_log(study: Study, method: str) -> None:
    lines, _ = status(working_by(study, method))

    assert "Reflexive memos" not in lines


def test_a_log_whose_files_give_no_day_is_asked_for(study: Study) -> None:
    study = working_by(study, "reflexive")
    memo = Memo("on-me", "I knew her.", at="lately", kind="reflexive")
    write_file(memo_path(study.paths, memo.id), memo_data(memo))

    assert status(study)[0]["Reflexive memos"] == "none yet"


@pytest.mark.parametrize(
    ("method", "line", "book"),
    [
        ("eca", "1 pair;", "Codebook: A codebook."),
        ("reflexive", "1 theme;", "Codebook: A codebook."),
        ("framework", "1 pair;", "Framework: A codebook."),
        ("codebook", "1 pair;", "Codebook: A codebook."),
    ],
)
def test_the_pair_table_uses_the_words_of_the_method(method: str, line: str, book: str) -> None:
    codes = a_code("silos", valence="obstacle"), a_code("trust", valence="catalyst")
    rollup = Tallies(a_codebook(*codes, pairs=(a_pair(),))).roll_up()
    notes = pairs_table(replace(rollup, words=profile(method))).notes

    assert line in notes[0]
    assert book in notes


@pytest.mark.parametrize(("method", "word"), [("eca", "pairs"), ("reflexive", "themes")])
def test_a_run_uses_the_words_of_the_method(study: Study, method: str, word: str) -> None:
    code_all(study)
    root = working_by(study, method).paths.root
    result = run(root, codebook=str(root / "codebook.yaml"), out=root / "results")

    assert f", 0 {word}; " in result.pairs.notes[0]
    assert f"3 codes, 0 {word}," in (root / "results" / "codebook.md").read_text("utf-8")
