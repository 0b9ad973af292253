from __future__ import annotations

import io
import json
import sys

import pytest

from qualcode.project.study import Study
from tests.coding_study import bytes_of, coded, journal, run, study

__all__ = ["study"]


def reread(monkeypatch: pytest.MonkeyPatch, lines: str) -> str:
    """Reads stale codings again with answers from a file; what was printed."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    outcome = run("review", "--stale", "--plain")
    return outcome.out + outcome.err


@pytest.fixture
def stale(study: Study) -> Study:
    """A study with three codings whose code was defined anew since."""
    run("code", "int-01", "someone different", "new-faces")
    run("code", "int-01", "start again and again", "new-faces")
    run("code", "int-02", "someone different came", "new-faces")
    run("code", "int-02", "trust", "trust", "--coder", "bf")
    path = study.paths.codebook
    text = path.read_text("utf-8").replace("People change.", "People come and go.")
    path.write_text(text.replace("definition: Trust.", "definition: Faith."), "utf-8")
    return study


def waiting() -> int:
    return len(json.loads(run("review", "--stale", "--json").out)["stale"])


def test_stale_codings_are_kept_changed_or_removed(
    stale: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = reread(monkeypatch, "m\nstill so\nk\nc\ntrust\nx\n")

    assert "means now: People come and go." in said
    assert said.endswith("Kept 1, changed 1, removed 1. 0 left in this review.\n")
    assert coded(stale) == [
        ("someone different", "new-faces", "obstacle"),
        ("start again and again", "trust", "neutral"),
    ]
    own = [line for line in journal(stale) if line["coder"] == "ad"]
    assert [line["action"] for line in own[-3:]] == ["keep", "recode", "uncode"]
    assert own[-3]["because"] == "still so"
    assert waiting() == 0


def test_steps_of_rereading_are_undone(stale: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    before = bytes_of(stale)
    said = reread(monkeypatch, "k\ns\nu\nx\nu\nu\nu\nq\n")

    assert "undone: keep" in said
    assert "There is no step of this review to undo." in said
    assert (bytes_of(stale), waiting()) == (before, 3)


def test_a_coding_of_a_split_code_needs_another_code(
    stale: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = stale.paths.codebook
    text = path.read_text("utf-8").replace(
        "    valence: obstacle\n", "    valence: obstacle\n    split_into: [trust]\n"
    )
    path.write_text(text, "utf-8")
    said = reread(monkeypatch, "k\nc\nnone\nc\n\nz\n?\nc\ntrust\nq\n")

    assert "Its code was split: choose one of its parts" in said
    assert 'Q406 code "none" is not in the codebook' in said
    assert coded(stale)[0] == ("someone different", "trust", "neutral")


def test_with_nothing_stale_it_says_so(study: Study) -> None:
    assert run("review", "--stale").out == "No coding waits to be read again.\n"
