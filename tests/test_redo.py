from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.project.auditing import audited_steps
from qualcode.project.deciding import a_decision, redo, steps, undo
from qualcode.project.settings import make_project
from qualcode.store.paths import ProjectPaths
from qualcode.store.transaction import Transaction
from tests.command import Outcome, run_qualcode
from tests.terminal import terminal

PROGRAM = "from qualcode.__main__ import main; main()"


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ProjectPaths:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUALCODE_CODER", "ad")
    paths = make_project(tmp_path / "study", question="", method="eca", language="en")
    monkeypatch.chdir(paths.root)
    return paths


def change(paths: ProjectPaths, **files: str | None) -> None:
    transaction = Transaction(paths)
    for name, text in files.items():
        transaction.write(paths.root / name, None if text is None else text.encode())
    transaction.commit(a_decision(paths, "test", target=next(iter(files.values())) or ""))


def state(paths: ProjectPaths) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(paths.root.glob("?"))}


def test_redoing_every_undo_gives_back_the_bytes(paths: ProjectPaths) -> None:
    seen = [state(paths)]
    for files in ({"a": "1", "b": "1"}, {"a": "2"}, {"b": None}, {"b": "3", "c": "4"}):
        change(paths, **files)
        seen.append(state(paths))
    for _ in range(4):
        undo(paths)

    for expected in seen[1:]:
        redo(paths)
        assert state(paths) == expected
    assert len(steps(paths)) == 4


def test_an_undo_can_be_taken_back_and_made_again(paths: ProjectPaths) -> None:
    change(paths, a="1")
    undo(paths)
    redo(paths)
    undo(paths)

    assert state(paths) == {}
    assert steps(paths) == ()
    assert [one.is_undone for one in audited_steps(paths)] == [True, False, False, False]


def test_an_undo_cannot_be_taken_back_after_a_new_change(paths: ProjectPaths) -> None:
    change(paths, a="1")
    undo(paths)
    change(paths, b="2")

    assert run_qualcode("redo") == Outcome(
        0,
        "",
        "Q535 there is no undo to take back: none was made, or the study was changed since. "
        "`qualcode log` lists what was done.\n",
    )
    assert state(paths) == {"b": b"2"}


def test_redo_says_what_holds_again(paths: ProjectPaths) -> None:
    change(paths, a="1")
    change(paths, a="2")
    run_qualcode("undo", "-n", 2)

    outcome = run_qualcode("redo", "-n", 2)

    said = [line.partition(",")[0] for line in outcome.out.splitlines()]
    assert said == ["Done again: test 1", "Done again: test 2"]
    assert state(paths) == {"a": b"2"}


def test_undoing_more_than_five_steps_at_once_needs_a_yes(paths: ProjectPaths) -> None:
    for number in range(6):
        change(paths, a=str(number))

    refused = run_qualcode("undo", "-n", 500)

    assert (refused.status, refused.out) == (2, "")
    assert refused.err.startswith("Q533 this takes back 6 steps at once, as far as test of 20")
    assert state(paths) == {"a": b"5"}
    assert run_qualcode("undo", "-n", 500, "--yes").status == 0
    assert state(paths) == {}


def test_undoing_somebody_elses_step_needs_a_yes(
    paths: ProjectPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(paths, a="1")
    monkeypatch.setenv("QUALCODE_CODER", "zz")

    refused = run_qualcode("undo")

    assert (refused.status, refused.out) == (2, "")
    assert refused.err.startswith("Q534 the step")
    assert refused.err.endswith(
        " is ad's, and you are zz. Nothing was taken back. Add --yes if that is meant.\n"
    )
    assert state(paths) == {"a": b"1"}
    assert run_qualcode("undo", "--yes").status == 0
    assert state(paths) == {}


def test_at_a_terminal_somebody_elses_step_is_asked_about(
    paths: ProjectPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    change(paths, a="1")
    monkeypatch.setenv("QUALCODE_CODER", "zz")

    with terminal(PROGRAM, ["undo"], folder=paths.root) as screen:
        screen.answer("Go on? [y/N]:", "n\n")
        assert screen.status() == 0
    assert state(paths) == {"a": b"1"}
