from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import docx
import openpyxl
import pytest

from qualcode.project.study import Study
from qualcode.store.barometer_file import forms_path, load_forms
from tests.command import run_qualcode
from tests.factory import write
from tests.test_pair_commands import code_all
from tests.test_pair_commands import study as study

P1 = "p1: 1 = Changing people ... 5 = The same people"
HEAD = (
    f"person,site,time,group,{P1},p2: 1 = Not true of us at all ... 5 = Very true of us,comment\n"
)


@pytest.fixture
def board(study: Study) -> Study:
    """A study with one pair and one half row."""
    run_qualcode("pair", "add", "--obstacle", "change", "--catalyst", "same", "--lens", "firm")
    run_qualcode("pair", "add", "--catalyst", "food", "--condition", "at noon")
    return study


def answers(name: str, *rows: str, head: str = HEAD) -> Path:
    return write(Path(), name, head + "".join(f"{row}\n" for row in rows))


def read(*names: str, **options: str) -> str:
    more = [part for key, value in options.items() for part in (f"--{key}", value)]
    outcome = run_qualcode("barometer", "read", *names, *more)
    return outcome.out + outcome.err


def test_the_form_to_print_holds_every_line_and_runs_nothing(board: Study) -> None:
    run_qualcode("barometer", "make", "--out", "form.html", "--site", "Brempton & <Bay>")
    page = Path("form.html").read_text("utf-8")

    assert page.count('<input type="radio"') == 10
    assert "Changing people" in page
    assert "(at noon)" in page
    assert 'value="Brempton &amp; &lt;Bay&gt;"' in page
    assert "<script" not in page
    assert "http" not in page


def test_the_word_form_has_a_row_for_each_line(board: Study) -> None:
    run_qualcode("barometer", "make", "--out", "form.docx", "--title", "How are we?")
    document = docx.Document("form.docx")
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]

    assert document.paragraphs[0].text == "How are we?"
    assert rows[1] == ["1", "Changing people", *"○○○○○", "The same people"]
    assert rows[2][1] == "Lunch\n(at noon)\nNot true of us at all"


@pytest.mark.parametrize("name", ["form.html", "form.docx", "answers.csv", "answers.xlsx"])
def test_the_same_pairs_make_the_same_bytes(board: Study, name: str) -> None:
    run_qualcode("barometer", "make", "--out", name)
    first = Path(name).read_bytes()
    run_qualcode("barometer", "make", "--out", name, "--force")

    assert Path(name).read_bytes() == first


def test_a_sheet_of_answers_comes_back_from_excel(board: Study) -> None:
    run_qualcode("barometer", "make", "--out", "a.xlsx", "--people", "3", "--time", "2026-03")
    book = openpyxl.load_workbook("a.xlsx")
    sheet = book.worksheets[0]
    for row, step in ((2, 4), (3, 2)):
        sheet.cell(row, 5, step)
    book.save("a.xlsx")
    told = read("a.xlsx", site="Brempton")
    forms = load_forms(board.paths)

    assert told.startswith("Read 2 forms.\nLeft out: 1 row without an answer.\n")
    assert [form.answers for form in forms] == [(("p1", 4),), (("p1", 2),)]
    assert {(form.site, form.time) for form in forms} == {("Brempton", "2026-03")}


def test_a_sheet_read_again_unchanged_changes_nothing(board: Study) -> None:
    answers("a.csv", "K1,,,,4,2,")
    answers("b.csv", "K2,,,,5,1,")
    run_qualcode("barometer", "read", "a.csv", "b.csv")
    before = forms_path(board.paths).read_bytes()

    assert read("a.csv") == "Nothing changed: these forms are in the project already.\n"
    assert forms_path(board.paths).read_bytes() == before


def test_reading_is_undone_by_undo(board: Study) -> None:
    answers("a.csv", "K1,,,,4,2,well said")
    read("a.csv")
    held = load_forms(board.paths)
    run_qualcode("undo")

    assert [(form.person, form.comment) for form in held] == [("K1", "well said")]
    assert not forms_path(board.paths).exists()


def test_an_answer_off_the_scale_is_told_by_its_row_and_nothing_is_taken_in(board: Study) -> None:
    answers("a.csv", "K1,,,,4,2,", "K2,,,,6,x,")
    told = read("a.csv")

    assert told == (
        'a.csv:3: Q612 "6" is no answer to p1. Write a number from 1 to 5, or leave the cell '
        'empty.\na.csv:3: Q612 "x" is no answer to p2. Write a number from 1 to 5, or leave the '
        "cell empty.\n"
    )
    assert load_forms(board.paths) == ()


def test_a_column_of_a_pair_that_is_not_there_is_told(board: Study) -> None:
    answers("a.csv", ",,,,4,2,", head=HEAD.replace("p2:", "p9:").replace("Not true", "1 = Not"))
    told = read("a.csv")

    assert 'Q613 the column "p9: 1 = ' in told


def test_other_columns_are_left_out_and_named(board: Study) -> None:
    write(Path(), "a.csv", "p1,age,comment\n4,51,\n")

    assert "Columns left out: age.\n" in read("a.csv")


def test_a_sheet_without_lines_is_refused(board: Study) -> None:
    write(Path(), "a.csv", "person,age\nK1,51\n")

    assert "Q611 the sheet of answers cannot be used: no column is headed" in read("a.csv")


def test_a_sheet_read_twice_is_not_counted_twice(board: Study) -> None:
    answers("a.csv", ",,,,4,2,")
    read("a.csv")

    assert read("a.csv") == "Nothing changed: these forms are in the project already.\n"
    assert len(load_forms(board.paths)) == 1


def test_another_sheet_of_the_same_name_needs_a_word(board: Study) -> None:
    answers("a.csv", ",,,,4,2,")
    read("a.csv")
    answers("a.csv", ",,,,5,2,")
    refused = read("a.csv")
    outcome = run_qualcode("barometer", "read", "a.csv", "--replace")

    assert "Q614 a sheet of this name was read in already" in refused
    assert outcome.out.startswith("Read 1 form, in place of 1.\n")
    assert [form.answers for form in load_forms(board.paths)] == [(("p1", 5), ("p2", 2))]


def test_scores_are_compared_between_times(board: Study) -> None:
    answers("a.csv", "K1,,2026-03,,1,2,", "K2,,2026-03,,2,2,", "K3,,2026-03,,3,2,")
    answers("b.csv", "K1,,2026-10,,3,2,", "K2,,2026-10,,3,2,", "K3,,2026-10,,3,2,")
    read("a.csv", "b.csv")
    outcome = run_qualcode("barometer", "score", "--by", "time", "--format", "csv")
    row = next(csv.DictReader(io.StringIO(outcome.out)))

    keys = ("median_1", "median_1_from", "median_1_to", "mean_2", "mean_2_sd")
    assert [row[key] for key in keys] == ["2.0", "1.5", "2.5", "3.0", "0.0"]
    assert row["change"] == "+1.0"
    assert (row["same_people"], row["n_same"]) == ("+1.0", "3")


def test_scores_by_lens_and_of_one_site_alone(board: Study) -> None:
    answers("a.csv", *(f",{site},,,{n},2," for site in "AB" for n in (1, 2, 3)))
    read("a.csv")
    outcome = run_qualcode("barometer", "score", "--lenses", "--site", "A", "--json")

    assert '"Firm"' in outcome.out
    assert "N = 3 forms." in json.dumps(json.loads(outcome.out))


@pytest.mark.parametrize("site", ["A", "B"])
def test_a_site_of_two_people_and_all_others_without_it_are_not_scored(
    board: Study, site: str
) -> None:
    answers("a.csv", ",A,,,1,2,", ",A,,,2,2,", ",A,,,3,2,", ",B,,,5,5,", ",B,,,5,5,")
    read("a.csv")
    refused = run_qualcode("barometer", "score", "--site", site)

    assert refused.err.startswith(f"Q685 the forms of {site} alone, or those of all others")


def test_a_line_worded_otherwise_since_is_named(board: Study) -> None:
    answers("a.csv", ",,,,1,2,")
    read("a.csv")
    run_qualcode("pair", "edit", "p1", "--obstacle", "New faces every time=change")
    outcome = run_qualcode("barometer", "score", "--plain")

    assert "Worded otherwise in some forms, so compare with care: p1" in outcome.out


def test_answers_to_a_row_that_went_are_left_out_and_named(board: Study) -> None:
    answers("a.csv", ",,,,1,2,")
    read("a.csv")
    run_qualcode("pair", "remove", "p2")
    outcome = run_qualcode("barometer", "score", "--plain")

    assert "Left out, answers to rows that are pairs no longer: p2." in outcome.out


def test_the_profile_is_drawn_into_a_file(board: Study) -> None:
    answers("a.csv", ",,,,1,2,")
    read("a.csv")
    outcome = run_qualcode("barometer", "score", "--chart", "p.svg", "--plain")
    wrong = run_qualcode("barometer", "score", "--chart", "p.pdf")

    assert outcome.err == "Wrote p.svg.\n"
    assert "Changing people" in Path("p.svg").read_text("utf-8")
    assert wrong.err.startswith("Q601 the ending of the file names no format.")


def test_without_forms_or_pairs_there_is_nothing_to_score_or_ask(study: Study) -> None:
    scored = run_qualcode("barometer", "score")
    made = run_qualcode("barometer", "make")

    assert scored.err.startswith("Q615 no filled form has been read in.")
    assert made.err.startswith("Q610 there are no pairs, so there is nothing to ask.")


def test_a_damaged_line_of_forms_is_told(board: Study) -> None:
    write(board.paths.root, "barometer/forms.jsonl", '{"id": 1}\n')
    outcome = run_qualcode("barometer", "score")

    assert "forms.jsonl:1: Q616 this line holds no form." in outcome.err


def test_what_the_study_found_can_stand_beside(board: Study) -> None:
    code_all(board)
    answers("a.csv", ",,,,1,2,")
    read("a.csv")
    outcome = run_qualcode("barometer", "score", "--evidence", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(outcome.out)))

    assert [row["evidence"] for row in rows] == [
        "obstacle: 3 documents, 3 segments\ncatalyst: 3 documents, 3 segments",
        "catalyst: 3 documents, 3 segments",
    ]
