from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qualcode.core.model import Decision
from qualcode.core.problems import QualcodeError
from qualcode.project.deciding import a_decision, steps, undo
from qualcode.store.journal import load_journal
from qualcode.store.paths import ProjectPaths
from qualcode.store.transaction import Transaction, recover

ROOT = Path(__file__).parents[1]


@pytest.fixture
def paths(tmp_path: Path) -> ProjectPaths:
    return ProjectPaths(tmp_path)


def change(paths: ProjectPaths, **files: str | None) -> Decision | None:
    transaction = Transaction(paths)
    for name, text in files.items():
        transaction.write(paths.root / name, None if text is None else text.encode())
    return transaction.commit(a_decision(paths, "test"))


def state(paths: ProjectPaths) -> dict[str, str]:
    return {path.name: path.read_text() for path in sorted(paths.root.iterdir()) if path.is_file()}


def test_a_change_is_made_and_recorded(paths: ProjectPaths) -> None:
    done = change(paths, a="1", b="2")

    assert state(paths) == {"a": "1", "b": "2"}
    assert load_journal(paths) == (done,)


def test_a_change_that_changes_nothing_is_not_recorded(paths: ProjectPaths) -> None:
    change(paths, a="1")

    assert change(paths, a="1") is None
    assert len(load_journal(paths)) == 1


def test_undoing_every_step_gives_back_the_bytes(paths: ProjectPaths) -> None:
    seen = [state(paths)]
    for files in ({"a": "1", "b": "1"}, {"a": "2"}, {"b": None}, {"b": "3", "c": "4"}):
        change(paths, **files)
        seen.append(state(paths))
    for expected in reversed(seen[:-1]):
        undo(paths)
        assert state(paths) == expected
    assert steps(paths) == ()


def test_with_nothing_to_undo_it_says_so(paths: ProjectPaths) -> None:
    with pytest.raises(QualcodeError, match="Q116 there is nothing to undo"):
        undo(paths)


def test_a_file_changed_by_hand_since_is_not_overwritten(paths: ProjectPaths) -> None:
    change(paths, a="1")
    (paths.root / "a").write_text("by hand")
    with pytest.raises(QualcodeError, match="Q117 the file was changed since"):
        undo(paths)

    assert state(paths) == {"a": "by hand"}


def test_the_second_of_two_writers_is_told(paths: ProjectPaths) -> None:
    change(paths, a="1")
    late = Transaction(paths)
    late.read(paths.root / "a")
    late.write(paths.root / "a", b"late")
    change(paths, a="early")
    with pytest.raises(QualcodeError, match="Q108 the file was changed by somebody else"):
        late.commit(a_decision(paths, "test"))

    assert state(paths) == {"a": "early"}


def test_a_lost_history_is_told(paths: ProjectPaths) -> None:
    change(paths, a="1")
    change(paths, a="2")
    for blob in (paths.root / "history" / "objects").rglob("*"):
        if blob.is_file():
            blob.unlink()
    with pytest.raises(QualcodeError, match="Q115 an earlier state of a file is no longer kept"):
        undo(paths)


def test_a_project_that_is_being_written_says_so(
    paths: ProjectPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    import portalocker

    monkeypatch.setattr("qualcode.store.transaction.PATIENCE", 0.2)
    paths.lock.parent.mkdir(parents=True)
    with (
        portalocker.Lock(paths.lock),
        pytest.raises(QualcodeError, match="Q114 another command is writing this project"),
    ):
        change(paths, a="1")


@pytest.mark.parametrize("writes", range(5))
def test_whatever_write_fails_the_change_is_taken_back(
    paths: ProjectPaths, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    change(paths, a="1", b="1")
    before = state(paths)
    left = writes
    replace = Path.replace

    def die(path: Path, target: Path) -> Path:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt  # like a kill: nothing after it is carried out
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", die)
    with pytest.raises(KeyboardInterrupt):
        change(paths, a="2", b="2", c="2")
    monkeypatch.undo()
    recover(paths)

    assert state(paths) in (before, {"a": "2", "b": "2", "c": "2"})


WRITER = """
import sys
from pathlib import Path
from qualcode.project.deciding import a_decision
from qualcode.store.paths import ProjectPaths
from qualcode.store.transaction import Transaction
paths = ProjectPaths(Path(sys.argv[1]))
print("ready", flush=True)
for n in range(int(sys.argv[2]), 100000):
    change = Transaction(paths)
    for name in "abcd":
        change.write(paths.root / name, f"{n}".encode())
    change.commit(a_decision(paths, "test"))
    print(n, flush=True)
"""


def spin(steps: int) -> None:
    """Lets a little time pass, so that the kill comes at another moment of a change."""
    for _ in range(steps):
        pass


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a thing of POSIX")
def test_a_kill_at_any_moment_loses_at_most_the_change_in_flight(paths: ProjectPaths) -> None:
    chance = random.Random(7)
    start = 0
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(paths.root), str(start)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as writer:
            assert writer.stdout is not None
            told = [writer.stdout.readline() for _ in range(chance.randint(1, 8))][1:]
            spin(chance.randint(0, 40_000))
            writer.send_signal(signal.SIGKILL)
            told += writer.stdout.read().split()
        recover(paths)
        files = state(paths)
        assert len(set(files.values())) <= 1, files
        now = int(files["a"]) if files else -1
        assert now >= (int(told[-1]) if told else start - 1)
        assert len(load_journal(paths)) == now + 1
        start = now + 1
    assert start > 12


def test_a_broken_line_of_the_journal_is_named(paths: ProjectPaths) -> None:
    change(paths, a="1")
    with next((paths.root / "journal").glob("*.jsonl")).open("a") as file:
        file.write("not json\n")
    with pytest.raises(QualcodeError, match=r"jsonl:2: Q143"):
        load_journal(paths)


def test_a_reason_with_an_unusual_line_end_is_one_line_of_the_journal(paths: ProjectPaths) -> None:
    transaction = Transaction(paths)
    transaction.write(paths.root / "a", b"1")
    transaction.commit(a_decision(paths, "test", because="one\x85two\u2028three"))

    assert [decision.because for decision in load_journal(paths)] == ["one\x85two\u2028three"]
