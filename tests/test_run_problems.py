from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conftest import Qualcode
from tests.factory import write
from tests.test_run import NOTES, study

__all__ = ["study"]


BAD_FILES = [
    ("empty.txt", b"", "empty.txt: Q201 the file is empty."),
    ("blank.md", b" \n\n", "blank.md: Q201 the file is empty."),
    ("photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0", "photo.txt: Q202 the file is not text"),
    ("clip.mp3", b"ID3\0", 'clip.mp3: Q203 no reader is installed for ".mp3" files.'),
]


@pytest.mark.parametrize(("name", "data", "message"), BAD_FILES)
def test_a_bad_file_costs_that_file_only(
    study: Path, qualcode: Qualcode, name: str, data: bytes, message: str
) -> None:
    write(study, name, data)
    outcome = qualcode("run", study, "-c", "codebook.yaml", "--json")

    assert outcome.status == 1
    assert outcome.err.startswith(message)
    assert json.loads(outcome.out)["skipped"] == [name]
    assert json.loads(outcome.out)["documents"] == 1


def test_another_encoding_is_read_and_said(study: Path, qualcode: Qualcode) -> None:
    write(study, "int-02.txt", NOTES.replace("'", "\u2019").encode("cp1252"))
    outcome = qualcode("run", study, "-c", "codebook.yaml", "--json")

    assert outcome.err.startswith("int-02.txt: Q205 the file is not UTF-8; it was read as ")
    assert outcome.status == 0


@pytest.mark.parametrize(
    ("arguments", "message", "status"),
    [
        (("nowhere", "-c", "codebook.yaml"), "nowhere: Q101 there is no folder here.", 2),
        (("empty", "-c", "codebook.yaml"), "empty: Q102 the folder holds no file", 2),
        (("study", "-c", "mine.yaml"), "mine.yaml: Q311 there is no codebook here.", 2),
        (("study", "-c", "blank"), "blank: Q318 no code of the codebook has a cue", 1),
        (("study", "-c", "broken.yaml"), "broken.yaml:2:1: Q301 the YAML is broken", 1),
        (("study", "-c", "codebook.yaml", "-o", "study"), "study: Q105 the output folder is", 2),
        (("study", "-c", "codebook.yaml", "-o", "taken"), "taken: Q103 the output folder", 2),
        (("skipped", "-c", "codebook.yaml"), "a.mp3: Q203 no reader", 1),
    ],
)
def test_a_run_that_cannot_be_right_writes_nothing(
    study: Path,
    qualcode: Qualcode,
    arguments: tuple[str, ...],
    message: str,
    status: int,
) -> None:
    Path("empty").mkdir()
    write(Path("taken"), "thesis.docx", "mine")
    write(Path("skipped"), "a.mp3", "x")
    write(Path(), "broken.yaml", "a: [")
    before = sorted(Path().rglob("*"))
    outcome = qualcode("run", *arguments)

    assert outcome.err.startswith(message)
    assert outcome.status == status
    assert sorted(Path().rglob("*")) == before


def test_a_broken_list_of_cases_is_a_problem_and_the_run_goes_on(
    study: Path, qualcode: Qualcode
) -> None:
    write(study, "cases.yaml", "cases: [\n")
    outcome = qualcode("run", study, "-c", "codebook.yaml", "--json")

    assert "cases.yaml:2:1: Q301 the YAML is broken" in outcome.err
    assert outcome.status == 1
    assert json.loads(outcome.out)["documents"] == 1


def test_a_file_that_may_not_be_opened_is_skipped(
    study: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(study, "int-02.md", NOTES)
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "int-02.md":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    outcome = qualcode("run", study, "-c", "codebook.yaml")

    assert outcome.err.startswith(
        "int-02.md: Q204 the file cannot be opened (permission denied). "
        "Skipped. Check that you may open it, then run again."
    )


def test_a_folder_of_which_nothing_can_be_read_says_so(tmp_path: Path, qualcode: Qualcode) -> None:
    write(tmp_path, "study/a.mp3", b"x")
    outcome = qualcode("run", "study", "-c", "collaboration")

    assert "study: Q106 not one of the 1 files here could be read." in outcome.err
    assert outcome.status == 1


def test_a_case_that_names_a_missing_document_is_a_problem(study: Path, qualcode: Qualcode) -> None:
    cases = "format: 1\ncases:\n  - {id: P01, name: A, documents: [int-1]}\n"
    write(study, "cases.yaml", cases)
    outcome = qualcode("run", study, "-c", "codebook.yaml")

    assert 'Q213 case "P01" names document "int-1", which is not in the folder.' in outcome.err
    assert 'Did you mean "int-01"?' in outcome.err


def test_a_folder_without_permission_is_refused(
    study: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK and allowed(path, mode))
    outcome = qualcode("run", study, "-c", "codebook.yaml", "-o", "locked/out")

    assert "locked/out: Q104 the output folder cannot be written (you may not write there)." in (
        outcome.err
    )
    assert outcome.status == 2


def test_an_output_folder_that_cannot_be_made_is_refused(study: Path, qualcode: Qualcode) -> None:
    write(Path(), "file", "x")
    outcome = qualcode("run", study, "-c", "codebook.yaml", "-o", "file/out")

    assert "file/out: Q104 the output folder cannot be written" in outcome.err
    assert outcome.status == 2


def test_ctrl_c_in_the_middle_leaves_nothing_half_written(
    study: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualcode.project import ingest

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(ingest, "freeze", stop)
    before = sorted(Path().rglob("*"))
    outcome = qualcode("run", study, "-c", "codebook.yaml", "-o", "out")

    assert outcome.err.strip() == "Stopped. Nothing was written."
    assert outcome.status == 130
    assert sorted(Path().rglob("*")) == before


def test_a_bug_of_our_own_is_one_sentence(
    study: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualcode.project import batch

    monkeypatch.delenv("QUALCODE_DEBUG", raising=False)
    monkeypatch.setattr(batch, "pairs_table", lambda _: 1 // 0)
    outcome = qualcode("run", study, "-c", "codebook.yaml")

    assert outcome.err.startswith("Q901 qualcode itself failed (ZeroDivisionError: ")
    assert outcome.status == 1


def test_two_files_with_the_same_text_are_pointed_out(study: Path, qualcode: Qualcode) -> None:
    write(study, "copy/int-01.md", NOTES)
    outcome = qualcode("run", study, "-c", "codebook.yaml", "--json")

    assert "Q211 the text is the same as that of copy/int-01.md" in outcome.err
    assert json.loads(outcome.out)["documents"] == 2
