from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from qualcode.analysis.review_queue import Review
from qualcode.core.model import Decision, FileChange, Span
from qualcode.project.study import Study
from qualcode.store.files import append_line
from qualcode.store.journal import decision_line
from qualcode.store.review_files import review_path, reviews_data
from tests.conftest import Qualcode
from tests.factory import write
from tests.notes_command import code, make_study, run_notes


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("QUALCODE_CODER", "ad")
    study = make_study(tmp_path)
    monkeypatch.chdir(study.paths.root)
    return study


def lines(*, of: bool = False) -> dict[str, str]:
    rows = json.loads(run_notes("status", "--json").out)["status"]
    return {r["what"]: f"{r['n']} {r['unit']}" + (f" ({r['of']})" if of else "") for r in rows}


def test_every_line_has_its_number_and_its_unit(study: Study) -> None:
    code(study, "int-01", ("away day", "trust", "catalyst"), ("say", "trust", "obstacle"))

    assert lines(of=True) == {
        "interview notes, role emergent": "1 documents (2 documents)",
        "transcript, role emergent": "1 documents (2 documents)",
        "Codes in use": "1 codes (2 codes)",
        "Codes raised to categories": "0 categories (-)",
        "Codings": "2 codings (in 1 document)",
        "Coded": "2 segments (7 segments)",
        "Deliberately uncoded": "0 segments (7 segments)",
        "Not yet examined": "5 segments (7 segments)",
        "Made under an earlier definition": "0 codings (2 codings)",
        "Contested: trust": "1 codes (2 codes)",
        "Open questions": "0 questions (0 questions)",
        "Problems met here": "0 problems (-)",
    }


def test_it_says_what_to_do_next(study: Study) -> None:
    first = json.loads(run_notes("status", "--json").out)["notes"]
    code(study, "int-01", ("away day", "trust", "catalyst"))
    run_notes("memo", "add", "study", "Why?", "--kind", "question")
    then = json.loads(run_notes("status", "--json").out)["notes"]

    assert first[1].startswith("Next: `qualcode code DOCUMENT")
    assert then[1:] == ["Next: `qualcode memo list --open` lists the open questions."]


def test_suggestions_are_counted_where_a_code_has_cues(study: Study) -> None:
    text = study.paths.codebook.read_text("utf-8")
    study.paths.codebook.write_text(
        text.replace("definition: Apart.", "definition: Apart., cues: [different]"), "utf-8"
    )

    assert lines()["Suggestions waiting"] == "1 suggestions"


def test_a_code_that_gets_one_direction_is_contested_at_once(study: Study) -> None:
    code(study, "int-01", ("away day", "trust", "catalyst"), ("say", "trust", "neutral"))
    before = lines()
    text = study.paths.codebook.read_text("utf-8")
    one_way = text.replace("They trust.", "They trust., valence: catalyst")
    study.paths.codebook.write_text(one_way, "utf-8")

    assert before["Contested"] == "0 codes"
    assert lines()["Contested: trust"] == "1 codes"


def test_in_a_large_study_suggest_counts_what_waits(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = study.paths.codebook.read_text("utf-8")
    study.paths.codebook.write_text(
        text.replace("definition: Apart.", "definition: Apart., cues: [different]"), "utf-8"
    )
    code(study, "int-01", ("away day", "trust", "catalyst"))
    monkeypatch.setattr("qualcode.project.status.MUCH", 7)  # 7 segments and 1 coding
    notes = json.loads(run_notes("status", "--json").out)["notes"]

    assert "Suggestions waiting" not in lines()
    assert notes[1:] == [
        "Suggestions that wait are not counted here, for the study is large: "
        "`qualcode suggest` counts them."
    ]


def test_decisions_in_reviews_make_a_study_larger_too(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = study.paths.codebook.read_text("utf-8")
    study.paths.codebook.write_text(
        text.replace("definition: Apart.", "definition: Apart., cues: [different]"), "utf-8"
    )
    monkeypatch.setattr("qualcode.project.status.MUCH", 7)
    before = lines()
    one = Review("int-01", "ad", "k", Span(0, 3), "silos", "rejected", "w")
    study.paths.root.joinpath("reviews").mkdir(exist_ok=True)
    review_path(study.paths, "int-01", "ad").write_bytes(reviews_data([one]) or b"")

    assert before["Suggestions waiting"] == "1 suggestions"
    assert "Suggestions waiting" not in lines()


def test_a_study_that_was_moved_names_its_files_where_they_are(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(study.paths.root, "codings/int-01.ad.jsonl", "not json\n")
    before = run_notes("status", "--json").err
    moved = study.paths.root.rename(tmp_path / "moved")
    monkeypatch.chdir(moved)

    assert str(study.paths.root) in before
    assert str(moved / "codings") in run_notes("status", "--json").err


def test_an_empty_study_is_told_to_add(study: Study) -> None:
    for path in study.paths.documents.iterdir():
        path.unlink()
    value = json.loads(run_notes("status", "--json").out)

    assert value["notes"][1] == "Next: `qualcode add FILES` takes in the first sources."


def test_what_cannot_be_read_is_counted_and_told(study: Study) -> None:
    write(study.paths.root, "codings/int-01.ad.jsonl", "not json\n")
    outcome = run_notes("status", "--json")

    assert "int-01.ad.jsonl:1: Q401" in outcome.err
    assert outcome.status == 1


def test_the_words_are_those_of_the_method(study: Study) -> None:
    settings = study.paths.settings.read_text("utf-8").replace("eca", "reflexive")
    study.paths.settings.write_text(settings, "utf-8")

    assert lines()["Codes raised to themes"] == "0 themes"


def test_a_small_study_without_cues_loads_nothing_heavy(study: Study) -> None:
    probe = (
        "import sys\n"
        "from qualcode.cli.status import status_command\n"
        "from qualcode.cli.style import Style\n"
        "try:\n    status_command(Style.JSON)\nexcept SystemExit:\n    pass\n"
        "heavy = {'spacy', 'numpy', 'simplemma', 'rich', 'sklearn', 'rapidfuzz'}\n"
        "print('LOADED', *sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, encoding="utf-8"
    )

    assert done.stdout.splitlines()[-1] == "LOADED"


def note(study: Study, day: int, **fields: str) -> None:
    decision = Decision(
        id=f"d{day}",
        at=f"2025-03-{day:02}T10:00:00.000+00:00",
        coder=fields.pop("coder", "ad"),
        action=fields.pop("action", "add"),
        files=(FileChange("a", None, "x"),),
        **fields,
    )
    append_line(study.paths.journal(decision.coder), decision_line(decision))


@pytest.fixture
def journal(study: Study) -> None:
    for path in (study.paths.root / "journal").iterdir():
        path.unlink()
    note(study, 1)
    note(
        study, 2, coder="bf", action="codebook rename", target="silos", before="Silo", after="Silos"
    )
    note(study, 3, action="codebook retire", target="trust", because="too broad")


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), ["add", "codebook rename", "codebook retire"]),
        (("--coder", "BF"), ["codebook rename"]),
        (("--action", "codebook"), ["codebook rename", "codebook retire"]),
        (("--target", "SILO"), ["codebook rename"]),
        (("--since", "2025-03-02"), ["codebook rename", "codebook retire"]),
        (("--action", "codebook", "-n", "1"), ["codebook retire"]),
    ],
)
def test_the_log_is_narrowed(
    study: Study,
    qualcode: Qualcode,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    expected: list[str],
) -> None:
    monkeypatch.chdir(study.paths.root)
    rows = json.loads(qualcode("log", *options, "--json").out)["log"]

    assert [row["action"] for row in rows] == expected


@pytest.mark.usefixtures("journal")
def test_the_log_shows_before_after_and_why_only_where_said(
    study: Study, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(study.paths.root)
    rows = json.loads(qualcode("log", "--json").out)["log"]
    (plain,) = json.loads(qualcode("log", "--action", "add", "--json").out)["log"]

    assert [(r["before"], r["after"], r["because"]) for r in rows] == [
        ("-", "-", "-"),
        ("Silo", "Silos", "-"),
        ("-", "-", "too broad"),
    ]
    assert list(plain) == ["at", "coder", "action", "target", "files"]


@pytest.mark.usefixtures("journal")
def test_a_date_that_is_none_is_told(
    study: Study, qualcode: Qualcode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(study.paths.root)

    assert 'Q149 --since cannot be "monday". Write it like 2025-03-13.' in (
        qualcode("log", "--since", "monday").err
    )
