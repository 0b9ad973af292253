"""A folder of notes whose kind nothing shows: said once, and told once for all of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.core.problems import P, problem, said_once
from qualcode.project.batch import run
from tests.conftest import Qualcode
from tests.factory import write
from tests.test_run import CODEBOOK, rows_of

VISIT = "Harbour ward, %d May 2024\n\nThe ward works in silos.\n\nThey share a desk.\n"
FRONT = "---\n%s\n---\n"
UNKNOWN = "Q244 its kind could not be recognised, so it is read as context and not counted"
ORDER = ("-c", "codebook.yaml", "-o", "out")


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    write(tmp_path, "codebook.yaml", CODEBOOK)
    for day in range(1, 6):
        write(tmp_path, f"study/visit {day} - Harbour ward.txt", VISIT % day)
    return tmp_path / "study"


def kinds_of(out: Path) -> list[str]:
    return [row["kind"] for row in rows_of(out / "documents.csv")]


def test_a_kind_told_of_the_folder_is_that_of_every_source(
    visits: Path, qualcode: Qualcode
) -> None:
    outcome = qualcode("run", visits, *ORDER, "--kind", "field notes")

    assert (outcome.status, outcome.err) == (0, "")
    assert "5 of 5 files read: 70 words, 10 segments, 5 suggestions counted." in outcome.out
    assert kinds_of(Path("out")) == ["field notes"] * 5
    assert json.loads(Path("out/run.json").read_bytes())["kind_of_all_others"] == "field notes"


@pytest.mark.parametrize("own", ["kind: minutes", "type: Minutes"])
def test_what_a_source_says_of_itself_wins(visits: Path, tmp_path: Path, own: str) -> None:
    write(visits, "visit 2 - Harbour ward.txt", FRONT % own + VISIT % 2)
    write(visits, "metadata.csv", "file,kind\nvisit 3 - Harbour ward.txt,interview notes\n")
    write(visits, "README.txt", "What lies here.\n")
    codebook, out = str(tmp_path / "codebook.yaml"), tmp_path / "out"
    run(visits, codebook=codebook, out=out, kind="field notes")

    assert kinds_of(out) == [
        *("other", "field notes", "minutes", "interview notes", "field notes", "field notes")
    ]


def test_a_word_in_front_matter_that_is_no_kind_says_nothing(visits: Path, tmp_path: Path) -> None:
    write(visits, "visit 2 - Harbour ward.txt", FRONT % "kind: thing" + VISIT % 2)
    codebook, out = str(tmp_path / "codebook.yaml"), tmp_path / "out"
    run(visits, codebook=codebook, out=out, kind="field notes")

    assert kinds_of(out) == ["field notes"] * 5


def test_another_kind_makes_everything_anew(visits: Path, tmp_path: Path) -> None:
    codebook, out = str(tmp_path / "codebook.yaml"), tmp_path / "out"
    run(visits, codebook=codebook, out=out, kind="field notes")
    second = run(visits, codebook=codebook, out=out, kind="interview notes")

    assert (second.reread, second.recoded) == (5, 5)
    assert kinds_of(out) == ["interview notes"] * 5


def test_another_kind_is_no_repeated_run(visits: Path, qualcode: Qualcode) -> None:
    qualcode("run", visits, *ORDER)
    outcome = qualcode("run", visits, *ORDER, "--kind", "field notes")

    assert "up to date" not in outcome.out
    assert kinds_of(Path("out")) == ["field notes"] * 5


def test_a_kind_that_is_none_is_refused(visits: Path, qualcode: Qualcode) -> None:
    outcome = qualcode("run", visits, *ORDER, "--kind", "feld notes")

    assert outcome.status == 2
    assert outcome.err.startswith('Q218 kind "feld notes" is not one of interview notes, ')
    assert 'Did you mean "field notes"?' in outcome.err
    assert not Path("out").exists()


def test_a_project_knows_its_kinds(qualcode: Qualcode) -> None:
    qualcode("init", "mine")
    write(Path("mine"), "sources/a.txt", VISIT % 1)
    outcome = qualcode("run", "mine", "-c", "collaboration", "--kind", "field notes")

    assert outcome.status == 2
    assert outcome.err == (
        "mine: Q245 a project knows the kind of each of its documents, so --kind is for a folder"
        ' alone. Correct one with `qualcode correct DOCUMENT --kind "field notes"`, or add the'
        ' files again with `qualcode add FILES --kind "field notes"`.\n'
    )


def test_what_is_the_same_of_many_files_is_said_once(visits: Path, qualcode: Qualcode) -> None:
    outcome = qualcode("run", visits, *ORDER)
    page = Path("out/report.html").read_text("utf-8")
    kept = json.loads(qualcode("run", visits, *ORDER, "--json").out)["problems"]

    assert outcome.err == (
        "Each of 5 files (visit 1 - Harbour ward.txt, visit 2 - Harbour ward.txt,"
        f" visit 3 - Harbour ward.txt and 2 more): {UNKNOWN}."
        ' Say it of all with `--kind "field notes"` (or what they are; `--kind other` if context'
        " is right), or of each in a sheet `metadata.csv` with the columns `file` and `kind`.\n"
    )
    assert page.count("Each of 5 files (visit 1 - Harbour ward.txt, ") == 1
    assert [UNKNOWN in row["problems"] for row in rows_of(Path("out/documents.csv"))] == [True] * 5
    assert [found["path"][:7] for found in kept] == [f"visit {day}" for day in range(1, 6)]


def test_captions_without_names_are_told_of_once(visits: Path, qualcode: Qualcode) -> None:
    for number in (6, 7):
        captions = f"WEBVTT\n\n00:01.000 --> 00:04.000\nWe share desk number {number}.\n"
        write(visits, f"talk {number}.vtt", captions)
    outcome = qualcode("run", visits, *ORDER, "--kind", "field notes")
    without = qualcode("run", visits, *ORDER)

    assert "Q240" not in outcome.err
    assert without.err.count("Q240") == 1
    assert "Each of 2 files (talk 6.vtt, talk 7.vtt): Q240 no speaker is named" in without.err


def test_one_file_and_lines_of_one_file_stay_alone() -> None:
    alone = problem(P.UNKNOWN_KIND, path="a.txt")
    lines = [
        problem(P.UNKNOWN_KEY, path=path, line=line, key="cue", hint="")
        for path, line in (("a.yaml", 3), ("a.yaml", 5), ("b.yaml", 3))
    ]

    assert said_once([alone, *lines]) == (alone, *lines)


def test_skipped_files_are_named_once_beside_their_reasons(
    visits: Path, qualcode: Qualcode
) -> None:
    write(visits, "empty.txt", b"")
    write(visits, "a.zip", b"x")
    outcome = qualcode("run", visits, *ORDER, "--kind", "field notes")

    assert outcome.out.count("empty.txt") == 1
    assert "NOT COUNTED, because they could not be read: a.zip, empty.txt." in outcome.out
    assert "5 of 7 files read: " in outcome.out
    assert [line.split(":")[0] for line in outcome.err.splitlines()] == ["a.zip", "empty.txt"]
