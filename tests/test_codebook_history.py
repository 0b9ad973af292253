from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.core.problems import QualcodeError
from qualcode.project import codebook_life as life
from qualcode.project.codebook_report import versions, view_history
from qualcode.project.deciding import a_decision, undo
from qualcode.project.study import Study
from qualcode.store.codebook_history import current_version
from qualcode.store.transaction import Transaction
from tests.codebook_study import Run, a_study, code, kept, run_command
from tests.factory import write
from tests.test_codebook_edit import BOOK


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return a_study(tmp_path / "study")


@pytest.fixture
def run(study: Study, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs one command in the project."""
    monkeypatch.chdir(study.paths.root)
    monkeypatch.setenv("QUALCODE_CODER", "ad")
    return run_command


def test_what_another_command_wrote_is_not_called_an_edit_by_hand(study: Study) -> None:
    life.rename(study, "trust", "Reliance")
    change = Transaction(study.paths)
    change.write(study.paths.codebook, study.paths.codebook.read_bytes() + b"# more\n")
    change.commit(a_decision(study.paths, "code"))
    view_history(study)

    assert versions(study)[-1].action == "codebook kept after code"


def test_an_edit_by_hand_becomes_a_version_of_its_own(study: Study, run: Run) -> None:
    life.rename(study, "trust", "Reliance")
    text = study.paths.codebook.read_text("utf-8").replace("New faces", "Turnover")
    study.paths.codebook.write_text(text, "utf-8")
    life.rename(study, "trust", "Faith")

    assert [(one.action, one.target) for one in versions(study)] == [
        ("codebook as it began", ""),
        ("codebook rename", "trust"),
        ("codebook edited by hand", "faces"),
        ("codebook rename", "trust"),
    ]
    assert kept(study)["codebook-003.yaml"] == text.encode()
    assert "Turnover" in study.paths.codebook.read_text("utf-8")


def test_undo_never_overwrites_an_edit_by_hand(study: Study) -> None:
    life.rename(study, "trust", "Reliance")
    edited = study.paths.codebook.read_bytes() + b"# a thought\n"
    study.paths.codebook.write_bytes(edited)
    life.rename(study, "trust", "Faith")
    undo(study.paths)
    undo(study.paths)
    with pytest.raises(QualcodeError, match="Q117"):
        undo(study.paths)

    assert study.paths.codebook.read_bytes() == edited
    assert sorted(kept(study)) == ["codebook-001.yaml", "codebook-002.yaml", "now"]


def test_asking_for_the_history_keeps_an_edit_by_hand(study: Study, run: Run) -> None:
    life.rename(study, "trust", "Reliance", because="they say so")
    study.paths.codebook.write_bytes(study.paths.codebook.read_bytes() + b"# a thought\n")
    before = current_version(study.paths)
    rows = json.loads(run("history", "--json")[1])["versions"]

    assert before == 3
    assert [(row["version"], row["action"], row["why"]) for row in rows] == [
        ("v1", "codebook as it began", "-"),
        ("v2", "codebook rename", "they say so"),
        ("v3", "codebook edited by hand", "-"),
    ]
    assert rows[1]["coder"] == "ad"


def test_before_the_first_change_the_history_has_one_version(study: Study) -> None:
    assert [row[0] for row in view_history(study).rows] == [("v1",)]
    assert current_version(study.paths) == 1
    assert sorted(kept(study)) == ["now"]


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ("codes: [", ":2:"),
        (
            BOOK.replace("lenses: [person]", "lenses: [persn]"),
            ':20:12: Q308 code "faces" names lens',
        ),
    ],
)
def test_a_broken_edit_by_hand_is_told_with_its_place(
    study: Study, run: Run, broken: str, told: str
) -> None:
    life.rename(study, "trust", "Reliance")
    study.paths.codebook.write_text(f"{broken}\n", "utf-8")
    before = kept(study)
    status, _, err = run("rename", "trust", "Faith")
    asked, _, also = run("history")

    assert (status, asked) == (1, 1)
    assert f"codebook.yaml{told}" in err
    assert f"codebook.yaml{told}" in also
    assert kept(study) == before


def test_a_missing_codebook_is_told(study: Study, run: Run) -> None:
    study.paths.codebook.unlink()

    assert "Q311 there is no codebook here" in run("rename", "trust", "Faith")[2]


def test_the_difference_reads_like_a_report(
    study: Study, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    code(study, "trust", "k1", "k2")
    monkeypatch.setattr("qualcode.project.codebook_report.spoken_date", lambda _: "1 May 2025")
    run("add", "Away days", "--origin", "int-01", "--because", "it kept coming up")
    run("define", "trust", "--definition", "To rely.", "--because", "too vague")
    run("merge", "faces", "--into", "trust")
    run("retire", "away-days", "--because", "only once")
    status, out, _ = run("diff", "v1", "v5")

    assert status == 0
    assert out == (
        "The codebook from version 1 (1 May 2025) to version 5 (1 May 2025).\n"
        "\nBorn\n"
        "- Away days (away-days). Version 2 (1 May 2025), by ad. From: int-01. "
        "Why: it kept coming up.\n"
        "  Definition: (none yet)\n"
        "\nDefined anew\n"
        "- Trust (trust). Version 3 (1 May 2025), by ad. Why: too vague. 2 codings touched.\n"
        "  Before: (no definition)\n"
        "  Now: To rely.\n"
        "\nMerged\n"
        "- New faces (faces) into trust. Version 4 (1 May 2025), by ad.\n"
        "\nRetired\n"
        "- Away days (away-days): only once. Version 5 (1 May 2025), by ad.\n"
    )


def test_without_versions_the_difference_is_what_came_last(study: Study, run: Run) -> None:
    untouched = run("diff")[1]
    life.rename(study, "trust", "Reliance")
    life.rename(study, "faces", "Turnover")
    last = json.loads(run("diff", "--json")[1])["changes"]
    text = study.paths.codebook.read_text("utf-8")
    study.paths.codebook.write_text(text.replace("Turnover", "Faces"), "utf-8")
    by_hand = run("diff")[1]

    assert untouched == "The codebook from version 1 to version 1.\nNothing changed.\n"
    assert [(row["change"], row["code"], row["version"]) for row in last] == [
        ("renamed", "faces", "v3")
    ]
    assert "now (edited by hand, not kept as a version yet).\n" in by_hand
    assert "- Faces (faces), called Turnover before." in by_hand
    assert len(kept(study)) == 4


def test_the_difference_can_be_asked_backwards(study: Study, run: Run) -> None:
    life.retire(study, "faces", because="empty")
    rows = json.loads(run("diff", "2", "1", "--json")[1])["changes"]

    assert [(row["change"], row["before"]) for row in rows] == [("restored", "retired: empty")]


def test_a_version_that_is_not_there_is_told(study: Study, run: Run) -> None:
    life.rename(study, "trust", "Reliance")

    assert (
        'Q342 there is no version "v9" of the codebook. Give one of v1, v2, now;'
        in (run("diff", "v9")[2])
    )
    assert 'Q342 there is no version "first"' in run("diff", "first")[2]


def test_a_damaged_version_is_told(study: Study, run: Run) -> None:
    life.rename(study, "trust", "Reliance")
    write(study.paths.root / "history", "codebook-001.yaml", "codes: [")

    assert "Q345 this kept version of the codebook cannot be read" in run("diff", "v1")[2]
