from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from qualcode.project.batch import run
from qualcode.project.run_rows import SUGGESTION_COLUMNS
from qualcode.project.shipped import sample_folder
from tests.conftest import Qualcode
from tests.factory import write

CODEBOOK = """\
format: 1
name: Test
lenses:
  - {id: profession, name: Profession, cues: [profession]}
  - {id: organisation, name: Organisation, cues: [agency]}
codes:
  - {id: silos, name: Silos, definition: Apart., valence: obstacle,
     cues: [silo*], lenses: [profession]}
  - {id: training, name: Joint training, definition: T., valence: catalyst, cues: [joint training]}
pairs:
  - {id: p1, obstacle: silos, catalysts: [training], lenses: [profession]}
"""


NOTES = """\
INT01  Nurse, tier 2    14/3/2025   10.15-11.05, her office
Asked not to be recorded. Notes typed up same evening.

1. What gets in the way
- 'we are in silos, every agency for itself'
- joint training helped
[OC: silos came up before I asked]

2. What helps
- silos have not been a problem on the ward
"""


@pytest.fixture
def study(tmp_path: Path) -> Path:
    write(tmp_path, "codebook.yaml", CODEBOOK)
    write(tmp_path, "study/int-01.md", NOTES)
    return tmp_path / "study"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_run_writes_everything_and_ends_well(study: Path, qualcode: Qualcode) -> None:
    outcome = qualcode("run", study, "--codebook", "codebook.yaml", "--out", "out")
    written = {p.relative_to("out").as_posix() for p in Path("out").rglob("*") if p.is_file()}

    assert outcome.err == ""
    assert outcome.status == 0
    assert written == {
        "codebook.md",
        "documents.csv",
        "documents/int-01.txt",
        "pairs.csv",
        "pairs.html",
        "pairs.md",
        "report.html",
        "run.json",
        "suggestions.csv",
    }


def test_every_suggestion_quotes_the_frozen_text(study: Path, tmp_path: Path) -> None:
    run(study, codebook=str(tmp_path / "codebook.yaml"), out=tmp_path / "out")
    rows = rows_of(tmp_path / "out" / "suggestions.csv")
    text = (tmp_path / "out" / "documents" / "int-01.txt").read_text("utf-8")

    assert tuple(rows[0]) == SUGGESTION_COLUMNS
    assert [text[int(row["start"]) : int(row["end"])] for row in rows] == [r["quote"] for r in rows]
    assert [(row["code"], row["valence"], row["voice"]) for row in rows] == [
        ("silos", "obstacle", "verbatim"),
        ("training", "catalyst", "paraphrase"),
        ("silos", "obstacle", "observer"),
        ("silos", "neutral", "paraphrase"),
    ]
    assert rows[0]["lenses"] == "profession / organisation"
    assert rows[0]["why"] == 'matches "silos"; lens organisation: "agency"'
    assert rows[3]["why"] == 'matches "silos"; denied by "have not been a problem"'


def test_the_table_counts_what_the_suggestions_say(study: Path, tmp_path: Path) -> None:
    run(study, codebook=str(tmp_path / "codebook.yaml"), out=tmp_path / "out")
    row = rows_of(tmp_path / "out" / "pairs.csv")[0]

    assert row["obstacle_segments"] == "1"
    assert row["catalyst_segments"] == "1"
    assert (row["interview_notes"], row["interview_notes_of"]) == ("1", "1")
    assert (row["participants"], row["participants_of"]) == ("1", "1")
    assert (row["contested"], row["obstacle_against"]) == ("yes", "1")


def test_the_sample_study_runs_twice_to_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        run(sample_folder(), codebook="collaboration", out=tmp_path / name)
    first = {p.relative_to(tmp_path / "first"): p.read_bytes() for p in files(tmp_path / "first")}
    second = {
        p.relative_to(tmp_path / "second"): p.read_bytes() for p in files(tmp_path / "second")
    }

    assert first == second
    assert len(first) > 20


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_the_sample_study_is_read_without_a_problem_and_with_the_right_kinds(
    tmp_path: Path,
) -> None:
    result = run(sample_folder(), codebook="collaboration", out=tmp_path / "out")
    kinds = {document.id: document.kind for document in result.documents}

    assert [str(found) for found in result.problems] == []
    assert dict(result.rollup.counted) == {
        "interview notes": 9,
        "transcript": 1,
        "minutes": 6,
        "field notes": 2,
        "questionnaire": 1,
    }
    assert kinds["information-sharing-policy"] == "policy"
    assert result.rollup.context == ("information-sharing-policy",)


def test_the_eight_pairs_give_8_rows_11_catalysts_and_11_pairs(tmp_path: Path) -> None:
    result = run(sample_folder(), codebook="collaboration", out=tmp_path / "out")

    assert result.pairs.notes[0].startswith("8 rows: 8 obstacles, 11 catalysts, 11 pairs; 0 rows")


def test_every_count_of_the_sample_table_follows_from_the_suggestions(tmp_path: Path) -> None:
    result = run(sample_folder(), codebook="collaboration", out=tmp_path / "out")
    suggestions = rows_of(tmp_path / "out" / "suggestions.csv")
    roles = {row["document"]: row["role"] for row in rows_of(tmp_path / "out" / "documents.csv")}
    said = [
        row
        for row in suggestions
        if roles[row["document"]] != "context" and row["voice"] != "observer"
    ]
    for row in result.rollup.rows:
        for side, poles in (("obstacle", [row.obstacle]), ("catalyst", row.catalysts)):
            for pole in poles:
                assert pole is not None
                mine = [
                    one
                    for one in said
                    if one["code"] in pole.pole.code_ids and one["valence"] in (side, "mixed")
                ]
                assert pole.supporting.segments == len({(s["document"], s["start"]) for s in mine})
                assert pole.supporting.documents == len({s["document"] for s in mine})


def test_no_name_of_a_participant_stands_in_a_credit(tmp_path: Path) -> None:
    run(sample_folder(), codebook="collaboration", out=tmp_path / "out")
    names = ("Ashdown", "Siddiqui", "Pryce", "Adeyemi", "Lyle", "Okafor", "Bellamy", "Thwaite")
    credits = " ".join(row["credit"] for row in rows_of(tmp_path / "out" / "pairs.csv"))

    assert credits.strip()
    assert [name for name in names if name in credits] == []


def test_the_report_asks_the_network_for_nothing(tmp_path: Path) -> None:
    run(sample_folder(), codebook="collaboration", out=tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text("utf-8")

    assert "DRAFT" in page
    assert not any(sign in page for sign in ("http://", "https://", "src=", "@import", "url("))


def test_results_of_an_earlier_run_are_no_sources(study: Path, qualcode: Qualcode) -> None:
    qualcode("run", study, "--codebook", "codebook.yaml", "--out", study / "results")
    outcome = qualcode("run", study, "--codebook", "codebook.yaml", "--out", "out", "--json")

    assert json.loads(outcome.out)["documents"] == 1


def test_plain_output_has_no_boxes(study: Path, qualcode: Qualcode) -> None:
    outcome = qualcode("run", study, "-c", "codebook.yaml", "--plain")

    assert (
        "Obstacles: Silos (1 document, 1 segment; CONTESTED: 1 document against)\n" in outcome.out
    )
    assert not set(outcome.out) & set("│┃━─┌┐└┘\x1b")


def test_respondents_of_two_questionnaires_are_different_people(
    study: Path, tmp_path: Path
) -> None:
    first = "R01,It is the silos in our part of town\nR02,silos and the parking\n"
    second = "R01,People stay in silos up here\nR02,nothing but silos if you ask me\n"
    for name, rows in (("a", first), ("b", second)):
        write(study, f"{name}.csv", f"Respondent,What gets in the way?\n{rows}")
    result = run(study, codebook=str(tmp_path / "codebook.yaml"), out=tmp_path / "out")

    assert result.rollup.participants == 5
    assert result.rollup.rows[0].evidence.participants == 5


def test_json_gives_numbers_as_numbers(study: Path, qualcode: Qualcode) -> None:
    (row,) = json.loads(qualcode("run", study, "-c", "codebook.yaml", "--json").out)["rows"]

    assert (row["number"], row["documents_by_kind"]) == (1, {"interview notes": 1})
    assert row["obstacle"] == {
        "says": "Silos",
        "codes": ["silos"],
        "documents": 1,
        "participants": 1,
        "segments": 1,
        "documents_against": 1,
        "segments_against": 1,
        "contested": True,
    }


def test_what_the_interviewer_asks_is_shown_and_never_counted(
    tmp_path: Path, study: Path, qualcode: Qualcode
) -> None:
    talk = "INT: Are there silos?\nR: I could not say.\nINT: And joint training?\nR: Once.\n"
    write(tmp_path, "talk/int-09.txt", talk)
    outcome = qualcode("run", tmp_path / "talk", "-c", "codebook.yaml", "--json")
    (row,) = json.loads(outcome.out)["rows"]

    assert [one["voice"] for one in rows_of(Path("results/suggestions.csv"))] == ["observer"] * 2
    assert (row["documents"], row["segments"], row["obstacle"]["segments"]) == (0, 0, 0)


def test_the_page_holds_back_who_does_not_want_to_be_quoted(
    tmp_path: Path, qualcode: Qualcode
) -> None:
    write(tmp_path, "in/int-01.md", "INT01  Nurse\n\n- silos are all we have here\n")
    write(
        tmp_path,
        "in/cases.yaml",
        "format: 1\ncases:\n  - {id: P1, documents: [int-01], attributes: {quote: no}}\n",
    )
    outcome = qualcode("run", tmp_path / "in", "-c", "collaboration", "-o", tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text("utf-8")

    assert outcome.status == 0, outcome.err
    assert "silos are all we have" not in page
    assert "does not want to be quoted (int-01," in page
    assert "silos are all we have" not in (tmp_path / "out" / "pairs.md").read_text("utf-8")
