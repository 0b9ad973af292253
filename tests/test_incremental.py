"""Running again: what is kept, what is made anew, and that neither changes a byte."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from types import SimpleNamespace

import pytest

from qualcode.analysis.segment import segment_document
from qualcode.core.model import Code, Codebook, Document, Lens
from qualcode.core.problems import Problem
from qualcode.project import batch, coder, document_work, reuse
from qualcode.project.coder import Setup, coder_for
from qualcode.project.reuse import Order, Shown, run_or_reuse
from qualcode.project.run_how import How
from qualcode.project.settings import Settings
from tests.conftest import Qualcode
from tests.factory import write

CODES = """\
format: 1
name: Test
codes:
  - {id: silos, name: Silos, definition: Apart., valence: obstacle, cues: [silo*]}
  - {id: training, name: Training, definition: T., valence: catalyst, cues: [joint training]}
"""
NOTES = "INT%02d  Nurse    14/3/2025   10.15\n\n1. What gets in the way\n- we are in silos\n"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    write(tmp_path, "codes.yaml", CODES)
    for number in (1, 2, 3):
        write(tmp_path, f"study/int-{number:02}.md", NOTES % number)
    return tmp_path / "study"


def again(study: Path, *, out: str = "out", how: How | None = None) -> Shown:
    here = study.parent
    order = Order(study, str(here / "codes.yaml"), here / out, how=how or How())
    return run_or_reuse(order, progress=None)


def bytes_of(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def done(shown: Shown) -> tuple[int, int]:
    return shown.reread, shown.recoded


def test_where_nothing_changed_nothing_is_read_or_written(
    study: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = qualcode("run", study, "-c", "codes.yaml", "-o", "out")
    times = {path: path.stat().st_mtime_ns for path in Path("out").rglob("*")}
    monkeypatch.setattr(batch, "run", lambda *_, **__: 1 // 0)
    second = qualcode("run", study, "-c", "codes.yaml", "-o", "out")

    assert "Everything is up to date (3 documents); nothing was written." in second.out
    assert (
        second.out.replace("Everything is up to date (3 documents); nothing was written.\n", "")
        == first.out
    )
    assert {path: path.stat().st_mtime_ns for path in Path("out").rglob("*")} == times


def test_one_document_that_changed_is_read_anew(study: Path) -> None:
    again(study)
    write(study, "int-02.md", NOTES % 2 + "- silos again\n")
    shown = again(study)
    lines = (study.parent / "out" / "suggestions.csv").read_text("utf-8").splitlines()

    assert done(shown) == (1, 1)
    assert [line[:6] for line in lines[1:]] == ["int-01", "int-02", "int-02", "int-03"]


def test_one_code_that_changed_is_looked_for_alone(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []
    by_cues = coder._by_cues

    def note(setup: Setup, code_ids: frozenset[str]) -> object:
        asked.append(sorted(code_ids))
        return by_cues(setup, code_ids)

    monkeypatch.setattr(coder, "_by_cues", note)
    again(study)
    write(study.parent, "codes.yaml", CODES.replace("[joint training]", "[we are]"))
    second = again(study)

    assert asked == [["silos", "training"], ["training"]]
    assert done(second) == (0, 3)
    assert second.what == "6 suggestions"


def test_another_definition_looks_for_nothing(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again(study)
    write(study.parent, "codes.yaml", CODES.replace("Apart.", "Each for itself."))
    monkeypatch.setattr(coder, "_by_cues", lambda *_: 1 // 0)

    assert done(again(study)) == (0, 0)
    assert b"Each for itself." in (study.parent / "out" / "codebook.md").read_bytes()


def test_a_run_from_what_was_kept_gives_the_same_bytes(study: Path) -> None:
    write(study, "a.csv", "Respondent,What gets in the way?\nR01,silos and the parking here\n")
    write(study, "b.csv", "Respondent,What gets in the way?\nR01,joint training would help us\n")
    again(study)
    write(study, "int-02.md", NOTES % 2 + "- joint training\n")
    write(study.parent, "codes.yaml", CODES.replace("silo*", "silo*, in silos"))
    again(study)
    again(study, out="fresh")

    assert bytes_of(study.parent / "out") == bytes_of(study.parent / "fresh")
    assert len(bytes_of(study.parent / "out")) == 13


def test_deleting_what_was_kept_changes_nothing_but_time(study: Path) -> None:
    first = again(study)
    before = bytes_of(study.parent / "out")
    (study.parent / ".out.cache.sqlite").unlink()
    second = again(study)

    assert bytes_of(study.parent / "out") == before
    assert (first.pairs, first.values) == (second.pairs, second.values)
    assert done(second) == (3, 3)


@pytest.mark.parametrize("damage", ["garbage", "torn", "flipped"])
def test_damage_to_what_was_kept_is_noticed_and_made_good(study: Path, damage: str) -> None:
    again(study)
    before = bytes_of(study.parent / "out")
    kept = study.parent / ".out.cache.sqlite"
    data = bytearray(kept.read_bytes())
    if damage == "garbage":
        data[:] = b"not a database at all " * 100
    elif damage == "torn":
        del data[len(data) // 2 :]
    else:
        # the pages after the first, so that the file still seems to be a database
        data[4096:] = bytes(byte ^ 0xFF for byte in data[4096:])
    kept.write_bytes(data)
    second = again(study)
    third = again(study)

    assert numbers(second.problems) == ["Q720"]
    assert bytes_of(study.parent / "out") == before
    assert (third.is_new, numbers(third.problems)) == (False, [])


def test_a_damaged_row_alone_is_noticed(study: Path) -> None:
    import sqlite3

    again(study)
    before = bytes_of(study.parent / "out")
    with sqlite3.connect(study.parent / ".out.cache.sqlite") as db:
        db.execute("UPDATE results SET value = x'00' WHERE stage = 'finished' AND place = 'int-02'")
    db.close()
    write(study, "int-03.md", NOTES % 3 + "\n")
    second = again(study)
    third = again(study)

    assert numbers(second.problems) == ["Q720"]
    assert (third.is_new, numbers(third.problems)) == (False, [])
    assert bytes_of(study.parent / "out") == before | changed_only(study)


def changed_only(study: Path) -> dict[str, bytes]:
    """The files of the results that tell the hash of the third document."""
    names = ("run.json", "documents.csv")
    return {name: (study.parent / "out" / name).read_bytes() for name in names}


def numbers(problems: tuple[Problem, ...]) -> list[str]:
    return [found.number for found in problems]


def test_another_version_of_the_program_keeps_nothing(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(study)
    for module in (batch, reuse):
        monkeypatch.setattr(module, "engine_version", lambda: "another")

    assert done(again(study)) == (3, 3)


def test_rehash_looks_into_files_that_seem_unchanged(study: Path) -> None:
    again(study)
    shown = again(study, how=How(rehash=True))

    assert shown.is_new
    assert done(shown) == (0, 0)


def test_results_changed_by_hand_are_not_taken_for_up_to_date(
    study: Path, qualcode: Qualcode
) -> None:
    qualcode("run", study, "-c", "codes.yaml", "-o", "out")
    Path("out/pairs.md").write_text("mine", encoding="utf-8")
    outcome = qualcode("run", study, "-c", "codes.yaml", "-o", "out")

    assert outcome.status != 0
    assert Path("out/pairs.md").read_text("utf-8") == "mine"


def test_documents_that_are_gone_are_told(study: Path, qualcode: Qualcode) -> None:
    order = ("run", study, "-c", "codes.yaml", "-o", "out")
    qualcode(*order)
    (study / "int-02.md").unlink()
    one = qualcode(*order)
    again = qualcode(*order)
    for number in (1, 3):
        (study / f"int-{number:02}.md").unlink()
    write(study, "int-04.md", NOTES % 4)
    all_others = qualcode(*order)

    assert (
        "Since the last run: 1 document is gone, 0 of 2 documents read anew, 0 more coded anew."
        in one.out
    )
    assert "gone" not in again.out
    assert (
        "Since the last run: 2 documents are gone, 1 of 1 document read anew, 0 more coded anew."
        in all_others.out
    )


def test_a_document_that_is_gone_is_forgotten(study: Path) -> None:
    again(study)
    (study / "int-01.md").unlink()
    shown = again(study)

    assert shown.documents == 2
    assert not (study.parent / "out" / "documents" / "int-01.txt").exists()


def test_two_workers_write_the_same_bytes(study: Path) -> None:
    for number in range(4, 40):
        write(study, f"int-{number:02}.md", NOTES % number + "- joint training\n")
    again(study, out="one")
    again(study, out="two", how=How(workers=2))

    assert bytes_of(study.parent / "one") == bytes_of(study.parent / "two")


def test_a_document_that_raises_costs_that_document(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = segment_document

    def fail(document: Document, **means: object) -> object:
        if document.id == "int-02":
            raise RuntimeError("a bad day")
        return read(document, **means)  # type: ignore[arg-type]

    monkeypatch.setattr(document_work, "segment_document", fail)
    shown = again(study)

    assert shown.skipped == ("int-02.md",)
    assert [str(found) for found in shown.problems] == [
        "int-02.md: Q721 this document could not be worked on (RuntimeError: a bad day). It is "
        "left out; run again, and where it fails again take it out and report it."
    ]
    assert shown.documents == 2


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="workers are copies on Linux")
def test_a_document_that_kills_its_worker_costs_that_document(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualcode.plugins.engines import process

    read = segment_document

    def die(document: Document, **means: object) -> object:
        if document.id == "int-02":
            os.kill(os.getpid(), signal.SIGKILL)
        return read(document, **means)  # type: ignore[arg-type]

    import multiprocessing

    monkeypatch.setattr(document_work, "segment_document", die)
    monkeypatch.setattr(process, "_context", lambda: multiprocessing.get_context("fork"))
    shown = again(study, how=How(workers=2))

    assert shown.skipped == ("int-02.md",)
    assert [found.number for found in shown.problems] == ["Q721"]
    assert "SIGKILL" in shown.problems[0].message
    assert shown.documents == 2


def test_a_document_that_failed_is_tried_again(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(document: Document, **means: object) -> object:
        if document.id == "int-02":
            raise RuntimeError("a bad day")
        return segment_document(document, **means)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(document_work, "segment_document", fail)
        first = again(study)
    second = again(study)

    assert (first.documents, second.documents) == (2, 3)
    assert (second.skipped, done(second)) == ((), (1, 1))


def test_what_is_kept_stays_with_a_project_and_its_corrections_count(
    tmp_path: Path, study: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    qualcode("init", "project", "--question", "What helps?")
    monkeypatch.chdir(tmp_path / "project")
    qualcode("add", str(study))
    shutil.copy(tmp_path / "codes.yaml", "codebook.yaml")
    first = qualcode("run", "--json")
    second = qualcode("run")
    qualcode("code", "int-01", "we are in silos", "silos")
    third = qualcode("run")

    assert '"suggestions": 3' in first.out
    assert "Everything is up to date (3 documents)" in second.out
    assert "1 codings counted" in third.out
    assert Path(".qualcode/runs.sqlite").is_file()
    assert not list(Path().glob(".results*"))


def test_the_key_of_a_code_says_what_its_cues_depend_on(tmp_path: Path) -> None:
    codes = (Code("a", "A", cues=("x",)), Code("b", "B", cues=("y",)))
    before = coder_for(Setup(tmp_path, Codebook("c", codes))).keys
    other_cue = (Code("a", "A", cues=("x", "z")), codes[1])
    after = coder_for(Setup(tmp_path, Codebook("c", other_cue))).keys
    with_lens = Codebook("c", codes, lenses=(Lens("l", "L", cues=("w",)),))
    lensed = coder_for(Setup(tmp_path, with_lens)).keys

    assert [before[code] == after[code] for code in ("a", "b")] == [False, True]
    assert [before[code] == lensed[code] for code in ("a", "b")] == [False, False]


def test_the_key_of_what_has_learnt_depends_on_the_documents_it_learnt_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learnt = SimpleNamespace(suggest=None)
    monkeypatch.setattr("qualcode.project.learning.make_ready", lambda *_, **__: learnt)
    write(tmp_path, "codings/int-01.aa.jsonl", "{}\n")
    book = Codebook("c", (Code("a", "A"),))
    setup = Setup(tmp_path, book, Settings(suggester="hybrid"), decided="somebody")
    keys = []
    for name, text in (("int-01", "role: emergent"), ("int-02", "x"), ("int-01", "role: context")):
        write(tmp_path, f"documents/{name}.yaml", text)
        keys.append(coder_for(setup).keys["a"])

    assert [keys[0] == keys[1], keys[1] == keys[2]] == [True, False]
