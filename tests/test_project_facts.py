from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.store.document_files import load_document
from qualcode.store.paths import ProjectPaths
from tests.conftest import Qualcode
from tests.factory import write
from tests.test_project import NOTES, TALK, add, files, paths

__all__ = ["paths"]


def test_facts_told_win_over_what_is_recognised(paths: ProjectPaths, tmp_path: Path) -> None:
    source = write(tmp_path, "int-01.md", NOTES)
    add(paths, source, facts={"kind": "field notes", "role": "context", "date": "2025-01-02"})
    document = load_document(paths, "int-01")

    assert (document.kind, document.role, document.date) == (
        "field notes",
        "context",
        "2025-01-02",
    )


def test_corrections_stay_when_the_source_is_added_again(
    paths: ProjectPaths, tmp_path: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(tmp_path, "talk.txt", TALK)
    add(paths, source)
    monkeypatch.chdir(paths.root)
    outcome = qualcode(
        "correct", "talk", "--speaker", "R=P03", "--split", "turn 4=And new", "--role", "applied"
    )
    write(tmp_path, "talk.txt", TALK.replace("Why?", "Why so?"))
    add(paths, source)
    document = load_document(paths, "talk")

    assert outcome.status == 0, outcome.err
    assert document.role == "applied"
    assert {s.name: s.case_id for s in document.speakers} == {"INT": None, "R": "P03"}
    assert [unit.ref for unit in document.units][-2:] == ["turn 4", "turn 4b"]


def test_a_correction_that_fits_nothing_is_a_problem(
    paths: ProjectPaths, tmp_path: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(paths, write(tmp_path, "talk.txt", TALK))
    monkeypatch.chdir(paths.root)
    before = files(paths.root)
    outcome = qualcode("correct", "talk", "--voice", "turn 44=observer")

    assert files(paths.root) == before
    assert 'Q214 a correction names unit "turn 44", which the document does not have.' in (
        outcome.err
    )
    assert outcome.status == 1


def test_a_metadata_sheet_says_what_each_file_is(
    paths: ProjectPaths, tmp_path: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "field/int-01.md", NOTES)
    sheet = write(tmp_path, "meta.csv", "file,kind,site,colour\nint-01.md,field notes,North,red\n")
    monkeypatch.chdir(paths.root)
    outcome = qualcode("add", tmp_path / "field", "--sheet", sheet)
    document = load_document(paths, "int-01")

    assert 'Q216 the column "colour" of the metadata sheet is not known.' in outcome.err
    assert document.kind == "field notes"
    assert [(a.key, a.value) for a in document.attributes] == [("site", "North")]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "only text"])
def test_a_sheet_without_files_is_refused(
    paths: ProjectPaths,
    tmp_path: Path,
    qualcode: Qualcode,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
) -> None:
    sheet = write(tmp_path, "meta.csv", text)
    monkeypatch.chdir(paths.root)
    outcome = qualcode("add", write(tmp_path, "int-01.md", NOTES), "--sheet", sheet)

    assert "Q215 the metadata sheet cannot be used" in outcome.err


def test_the_name_of_a_file_can_say_its_kind(paths: ProjectPaths, tmp_path: Path) -> None:
    text = 'format: 1\npatterns: [{match: "INT*", kind: field notes}]\n'
    paths.settings.write_text(text, "utf-8")
    add(paths, write(tmp_path, "int-01.md", NOTES))

    assert load_document(paths, "int-01").kind == "field notes"


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (("--kind", "minuts"), 'Q218 kind "minuts" is not one of interview notes, '),
        (("--role", "bogus"), 'Q218 role "bogus" is not one of emergent, applied, context.'),
        (("--date", "2025-13-40"), 'Q218 date "2025-13-40" is not a date such as 2025-03-13.'),
    ],
)
def test_a_fact_that_is_none_is_refused_before_anything_is_written(
    paths: ProjectPaths,
    tmp_path: Path,
    qualcode: Qualcode,
    monkeypatch: pytest.MonkeyPatch,
    option: tuple[str, str],
    message: str,
) -> None:
    add(paths, write(tmp_path, "talk.txt", TALK))
    monkeypatch.chdir(paths.root)
    before = files(paths.root)
    outcomes = [qualcode("correct", "talk", *option), qualcode("add", "sources", *option)]

    assert [(message in o.err, o.status) for o in outcomes] == [(True, 2), (True, 2)]
    assert files(paths.root) == before


def test_a_metadata_sheet_in_the_folder_is_used_by_a_run(
    tmp_path: Path, qualcode: Qualcode
) -> None:
    write(tmp_path, "field/int-01.md", NOTES)
    write(tmp_path, "field/metadata.csv", "file,role\nint-01.md,context\n")
    outcome = qualcode("run", "field", "-c", "collaboration", "--json")

    assert json.loads(outcome.out)["context"] == ["int-01"]


def test_cases_come_from_a_sheet_and_never_over_what_is_there(
    paths: ProjectPaths, tmp_path: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = write(tmp_path, "people.csv", "id,name,initials,role\nP01,Ann May,AM; A May,nurse\n")
    monkeypatch.chdir(paths.root)
    first = qualcode("cases", "--import", sheet)
    text = paths.cases.read_text("utf-8")
    again = qualcode("cases", "--import", sheet)

    assert first.out == "1 cases added to cases.yaml.\n"
    assert text == (
        "format: 1\ncases:\n- id: P01\n  name: Ann May\n  aliases:\n  - AM\n  - A May\n"
        "  attributes:\n    role: nurse\n"
    )
    assert 'Q219 case "P01" is there already.' in again.err
    assert paths.cases.read_text("utf-8") == text


def test_a_turn_can_be_given_to_somebody_new(
    paths: ProjectPaths, tmp_path: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(paths, write(tmp_path, "talk.txt", TALK))
    monkeypatch.chdir(paths.root)
    qualcode("correct", "talk", "--turn", "turn 4=Jay M.")
    rows = json.loads(qualcode("show", "talk", "--json").out)["segments"]

    assert [row["speaker"] for row in rows] == [
        "INT (researcher)",
        "R",
        "INT (researcher)",
        "Jay M.",
    ]


def test_a_wrong_fact_in_a_sheet_is_named_and_passed_over(
    paths: ProjectPaths, tmp_path: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = write(tmp_path, "meta.csv", "file,kind,role\nint-01.md,nonsense,applied\n")
    monkeypatch.chdir(paths.root)
    outcome = qualcode("add", write(tmp_path, "int-01.md", NOTES), "--sheet", sheet)
    document = load_document(paths, "int-01")

    assert f'{sheet}:2: Q218 kind "nonsense" is not one of interview notes, ' in outcome.err
    assert (document.kind, document.role) == ("interview notes", "applied")


def test_a_bare_number_written_by_hand_into_facts_is_read_as_words(
    paths: ProjectPaths, tmp_path: Path, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(paths, write(tmp_path, "talk.txt", TALK))
    facts = paths.facts("talk")
    text = facts.read_text("utf-8").replace("name: R\n", "name: 12\n  case: 9\n")
    write(facts.parent, facts.name, text + "attendance:\n- {name: 7, status: present, role: 4}\n")
    monkeypatch.chdir(paths.root)
    outcome = qualcode("run", "-c", "collaboration", "-o", "out")
    document = load_document(paths, "talk")

    assert "Q721" not in outcome.err
    assert [(s.name, s.case_id) for s in document.speakers] == [("INT", None), ("12", "9")]
    assert (document.attendance[0].name, document.attendance[0].role) == ("7", "4")
