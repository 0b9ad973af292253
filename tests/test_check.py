from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from qualcode.project.checking import check_project
from qualcode.project.deciding import undo
from qualcode.project.searching import Asked, search
from qualcode.project.study import Study
from qualcode.store.cache import cache_path
from qualcode.store.coding_files import load_codings
from tests.factory import write
from tests.notes_command import code, make_study, run_notes


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("QUALCODE_CODER", "ad")
    study = make_study(tmp_path)
    monkeypatch.chdir(study.paths.root)
    code(study, "int-01", ("away day", "trust", "catalyst"))
    return study


def coding_file(study: Study) -> Path:
    return study.paths.root / "codings" / "int-01.ad.jsonl"


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def shift(study: Study, by: int) -> str:
    """Moves the span of the one coding; gives the line as it was."""
    line = coding_file(study).read_text("utf-8")
    value = json.loads(line)
    value["span"] = [end + by for end in value["span"]]
    coding_file(study).write_text(json.dumps(value) + "\n", "utf-8")
    return line


def numbers(study: Study, **options: bool) -> list[str]:
    return [found.number for found in check_project(study.paths.root, **options).problems]


def test_a_whole_project_has_no_problem(study: Study) -> None:
    outcome = run_notes("check")

    assert outcome.out == "Checked 2 documents, 1 coding, 1 step: 0 problems, 0 notes.\n"
    assert (outcome.status, outcome.err) == (0, "")


def test_the_parts_of_a_step_are_one_step(study: Study) -> None:
    journal = study.paths.journal("ad")
    (line,) = journal.read_text("utf-8").splitlines()
    step = json.loads(line)["id"]
    parts = [line.replace(step, f"{step}.{n}") for n in (1, 2)]
    journal.write_text("\n".join([line, *parts, ""]), "utf-8")

    assert check_project(study.paths.root).n_steps == 1


def test_a_journal_that_is_gone_is_told(study: Study) -> None:
    shutil.rmtree(study.paths.root / "journal")
    (found,) = check_project(study.paths.root).problems

    assert (found.number, found.severity) == ("Q417", "warning")
    assert found.path == str(study.paths.root / "journal")
    assert found.message == "the journal is missing or empty, though the project holds documents"


def test_a_coder_whose_journal_is_gone_is_told(study: Study) -> None:
    coding_file(study).rename(coding_file(study).with_name("int-01.bf.jsonl"))
    (found,) = check_project(study.paths.root).problems

    assert found.number == "Q417"
    assert found.message.endswith("though the project holds codings of bf")


def test_a_quote_that_is_not_what_stands_there_is_told_by_file_and_line(study: Study) -> None:
    shift(study, 3)
    outcome = run_notes("check")

    assert 'int-01.ad.jsonl:1: Q142 the quote "away day" is not what int-01 says at' in outcome.err
    assert "`qualcode check --repair` moves it there" in outcome.err
    assert outcome.status == 1


def test_a_quote_whose_words_stand_once_nearby_is_anchored_again(study: Study) -> None:
    right = json.loads(shift(study, 3))["span"]
    repaired = check_project(study.paths.root, repair=True)
    (coding,), _ = load_codings(study.paths, "int-01")

    assert repaired.problems == ()
    assert repaired.repaired[0].startswith("1 quote anchored again")
    assert [coding.span.start, coding.span.end] == right
    assert numbers(study) == []


def test_a_repair_can_be_undone(study: Study) -> None:
    shift(study, 3)
    before = coding_file(study).read_bytes()
    check_project(study.paths.root, repair=True)
    undo(study.paths)

    assert coding_file(study).read_bytes() == before


@pytest.mark.parametrize("quote", ["never said", "day"])
def test_a_quote_that_stands_nowhere_or_twice_is_left_alone(study: Study, quote: str) -> None:
    change(study.paths.text("int-01"), "again", "a day")
    change(study.paths.facts("int-01"), "text_sha256: ", "text_sha256: x")
    from qualcode.core.text import content_hash

    digest = content_hash(study.paths.text("int-01").read_bytes())
    facts = study.paths.facts("int-01").read_text("utf-8").splitlines()
    fixed = [f"text_sha256: {digest}" if f.startswith("text_sha256") else f for f in facts]
    study.paths.facts("int-01").write_text("\n".join(fixed) + "\n", "utf-8")
    change(coding_file(study), '"away day"', f'"{quote}"')
    before = coding_file(study).read_bytes()

    assert "Q142" in numbers(study, repair=True)
    assert coding_file(study).read_bytes() == before


def test_lines_that_cannot_be_read_survive_a_repair(study: Study) -> None:
    shift(study, 3)
    with coding_file(study).open("a", encoding="utf-8") as file:
        file.write("not json\n")
    found = check_project(study.paths.root, repair=True).problems

    assert [(one.number, one.line) for one in found] == [("Q401", 2)]
    assert coding_file(study).read_text("utf-8").endswith("\nnot json\n")


def test_an_unknown_code_is_told_with_the_nearest(study: Study) -> None:
    change(coding_file(study), '"trust"', '"trusst"')

    assert 'names code "trusst", which is not in the codebook. Did you mean "trust"?' in (
        run_notes("check").err
    )


def test_a_frozen_text_changed_by_hand_is_told_and_its_codings_are_not_touched(
    study: Study,
) -> None:
    change(study.paths.text("int-01"), "away", "Away")
    before = coding_file(study).read_bytes()

    assert numbers(study, repair=True) == ["Q113"]
    assert coding_file(study).read_bytes() == before


def test_originals_that_are_gone_or_changed_are_told(study: Study) -> None:
    study.paths.source("talk.txt").unlink()
    change(study.paths.source("int-01.md"), "away", "Away")

    assert numbers(study) == ["Q140", "Q139"]


def test_a_unit_outside_the_text_is_told(study: Study) -> None:
    with study.paths.parts("talk").open("a", encoding="utf-8") as file:
        file.write('{"unit": "turn 99", "form": "turn", "span": [9000, 9010]}\n')

    assert 'Q141 unit "turn 99" stands at 9000-9010, outside a text of' in run_notes("check").err


def test_passages_that_overlap_are_told(study: Study) -> None:
    with study.paths.parts("talk").open("a", encoding="utf-8") as file:
        file.write('{"voice": "verbatim", "span": [0, 4]}\n')

    assert "Q141 a verbatim passage stands at 0-4" in run_notes("check").err


def test_a_journal_line_that_cannot_be_read_is_told_by_line(study: Study) -> None:
    with study.paths.journal("ad").open("a", encoding="utf-8") as file:
        file.write('{"id": "torn\n')
    found = check_project(study.paths.root).problems

    assert [(one.number, one.line) for one in found] == [("Q143", 2)]


def test_a_lost_earlier_state_is_told(study: Study) -> None:
    run_notes("memo", "add", "study", "Why?", "--kind", "question")
    (memo,) = (study.paths.root / "memos").glob("*.md")
    run_notes("memo", "close", memo.stem, "--because", "x")
    for blob in (study.paths.root / "history" / "objects").rglob("*"):
        if blob.is_file():
            blob.unlink()

    assert numbers(study) == ["Q115"]


def test_what_an_interrupted_command_left_is_told_and_taken_back(study: Study) -> None:
    left = write(study.paths.unfinished, ".half-abc", "half")

    assert "Q144" in run_notes("check").err
    assert run_notes("check", "--repair").out.startswith("Taken back: 1 half-written files.\n")
    assert not left.exists()


def test_a_damaged_index_is_told_and_removed(study: Study) -> None:
    search(study, Asked("away"))
    cache_path(study.paths).write_bytes(b"nonsense")

    assert numbers(study) == ["Q145"]
    assert numbers(study, repair=True) == []
    assert not cache_path(study.paths).exists()


def test_files_without_a_document_are_told(study: Study) -> None:
    write(study.paths.root, "codings/gone.ad.jsonl", "")
    write(study.paths.root, "protocol/gone.yaml", "format: 1\n")

    assert numbers(study) == ["Q146", "Q146"]


def test_a_memo_about_nothing_and_a_broken_one_are_told(study: Study) -> None:
    write(study.paths.root, "memos/a.md", "---\nabout: code:gone\n---\nx\n")
    write(study.paths.root, "memos/b.md", "x\n")
    told = run_notes("check").err

    assert 'a.md: Q132 the project has nothing called "code:gone".' in told
    assert "b.md:1: Q131 the memo cannot be read" in told


def test_cases_that_do_not_fit_are_told(study: Study) -> None:
    cases = "format: 1\ncases:\n- {id: P1, name: Ann, documents: [int-02]}\n"
    study.paths.cases.write_text(cases, "utf-8")
    change(study.paths.facts("talk"), "  name: R\n", "  name: R\n  case: P9\n")

    assert numbers(study) == ["Q213", "Q147"]


def test_a_broken_codebook_is_told_by_line(study: Study) -> None:
    change(study.paths.codebook, "format: 1", "format: 1\ncolour: red")

    assert 'codebook.yaml:2:1: Q302 "colour" is not a key' in run_notes("check").err


def test_json_says_the_same(study: Study) -> None:
    shift(study, 3)
    value = json.loads(run_notes("check", "--json").out)

    assert (value["documents"], value["codings"], len(value["problems"])) == (2, 1, 1)


def test_verdicts_that_cannot_be_read_or_have_no_document_are_told(study: Study) -> None:
    write(study.paths.root, "reviews/int-01.ad.jsonl", "not json\n")
    write(study.paths.root, "reviews/gone.ad.jsonl", "")
    write(study.paths.root, "proposals/ad.jsonl", "not json\n")
    found = check_project(study.paths.root).problems

    assert [Path(one.path).name for one in found] == [
        "gone.ad.jsonl",
        "int-01.ad.jsonl",
        "ad.jsonl",
    ]
