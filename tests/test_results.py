from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from qualcode.core.problems import QualcodeError
from qualcode.store.results import check_out_folder, is_results_folder, staged_results
from tests.factory import write


def files_in(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "run.json"
    }


def make(out: Path, **files: str) -> None:
    with staged_results(out, facts={}) as staging:
        for name, text in files.items():
            staging.write(name.replace("__", "/"), text.encode())


def test_results_appear_whole(tmp_path: Path) -> None:
    make(tmp_path / "out", a="1", documents__b="2")

    assert files_in(tmp_path / "out") == {"a": "1", "documents/b": "2"}
    assert is_results_folder(tmp_path / "out")


def test_parts_are_added_to_files_that_are_written_together(tmp_path: Path) -> None:
    with (
        staged_results(tmp_path / "out", facts={}) as staging,
        staging.begin("a.csv") as first,
        staging.begin("b.csv") as second,
    ):
        for number in range(3):
            first.add(f"{number};".encode())
            second.add(f"{-number};".encode())

    assert files_in(tmp_path / "out") == {"a.csv": "0;1;2;", "b.csv": "0;-1;-2;"}


def test_a_second_run_replaces_its_own_files_and_removes_what_is_gone(tmp_path: Path) -> None:
    make(tmp_path / "out", a="1", documents__b="2")
    make(tmp_path / "out", a="3")

    assert files_in(tmp_path / "out") == {"a": "3"}
    assert not (tmp_path / "out" / "documents").exists()


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "out", "mine.txt", "keep")
    make(tmp_path / "out", a="1")

    assert files_in(tmp_path / "out") == {"a": "1", "mine.txt": "keep"}


def stop_in_the_middle(out: Path, error: type[BaseException]) -> None:
    with staged_results(out, facts={}) as staging:
        staging.write("a", b"2")
        raise error


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_a_run_that_stops_leaves_nothing(tmp_path: Path, error: type[BaseException]) -> None:
    make(tmp_path / "out", a="1")
    with pytest.raises(error):
        stop_in_the_middle(tmp_path / "out", error)

    assert files_in(tmp_path) == {"out/a": "1"}


def test_ctrl_c_while_files_take_their_places_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "out", a="1", b="1")
    replace = Path.replace

    def interrupted(path: Path, target: Path) -> Path:
        os.kill(os.getpid(), signal.SIGINT)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make(tmp_path / "out", a="2", b="2")

    assert files_in(tmp_path / "out") == {"a": "2", "b": "2"}


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "thesis.docx", "mine")
    with pytest.raises(QualcodeError) as raised:
        check_out_folder(tmp_path, force=False)

    assert str(raised.value) == (
        f"{tmp_path}: Q103 the output folder already holds other files (thesis.docx). "
        "Give another folder with --out, or add --force to write beside them."
    )


@pytest.mark.parametrize("force", [False, True])
def test_a_result_changed_by_hand_is_not_replaced(tmp_path: Path, force: bool) -> None:
    make(tmp_path / "out", **{"report.html": "1"})
    write(tmp_path / "out", "report.html", "with my notes")
    with pytest.raises(QualcodeError, match="Q118 a run would replace this file"):
        check_out_folder(tmp_path / "out", force=force)


def test_a_file_of_the_same_name_that_is_not_ours_is_not_replaced(tmp_path: Path) -> None:
    write(tmp_path / "out", "codebook.md", "mine")
    with pytest.raises(QualcodeError, match="Q118 a run would replace this file"):
        check_out_folder(tmp_path / "out", force=True)


def test_when_a_file_cannot_take_its_place_all_go_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "out", a="1", documents__b="1", c="1")
    replace = Path.replace

    def busy(path: Path, target: Path) -> Path:
        if target == tmp_path / "out" / "c" and ".before" not in path.parts:
            raise PermissionError(13, "it is open in another program")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", busy)
    with pytest.raises(QualcodeError, match="Q104"):
        make(tmp_path / "out", a="2", c="2")
    monkeypatch.undo()

    assert files_in(tmp_path / "out") == {"a": "1", "documents/b": "1"} | {"c": "1"}
    assert is_results_folder(tmp_path / "out")


def test_what_a_killed_run_left_is_removed_by_the_next(tmp_path: Path) -> None:
    write(tmp_path, ".out-left/.qualcode-unfinished", "999999999")
    write(tmp_path, ".out-left/documents/secret.txt", "words")
    write(tmp_path, ".out-other/notes.txt", "not ours")
    make(tmp_path / "out", a="1")

    assert files_in(tmp_path) == {".out-other/notes.txt": "not ours", "out/a": "1"}


def test_a_manifest_that_points_outside_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "precious.txt", "keep")
    write(
        tmp_path / "out",
        "run.json",
        '{"made_by": "qualcode run", "files": {"../precious.txt": "", "/etc/x": ""}}',
    )
    make(tmp_path / "out", a="1")

    assert (tmp_path / "precious.txt").read_text() == "keep"


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "out", "a file")
    with pytest.raises(QualcodeError, match="Q104 the output folder cannot be written"):
        check_out_folder(path, force=True)
