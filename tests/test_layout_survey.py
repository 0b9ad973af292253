"""Questionnaires: rows of the head, who answers, free answers as units, the rest as properties."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.freeze import Layout, freeze
from qualcode.analysis.layouts.survey.survey import lay_out_survey
from qualcode.core.model import Attribute, Extract, Row
from qualcode.core.text import normalise
from tests.shared_data import shared

QUALTRICS = """\
StartDate,ResponseId,Q1,Q2_TEXT,Q3
Start Date,Response ID,Which organisation do you represent?,"What gets in the way?
(write as much as you like)",What helps?
"{""ImportId"":""startDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}",\
"{""ImportId"":""QID2_TEXT""}","{""ImportId"":""QID3""}"
2008-03-01 10:00:00,R_1abc,Police,"Targets.
No shared database",n/a
2008-03-01 10:05:00,R_2def,Health,,"Away days; knowing people's names"
"""

FORMS = """\
ID,Start time,Email,Name,What is your job title?,Which do you use?,Please explain,Anything else?
1,3/1/24 9:00,a@b.org,,Senior planning officer,Email;Phone;,Because it works,no idea
2,3/1/24 9:05,c@d.org,,Clerk,Email;,"It is slow, mostly",
3,3/1/24 9:09,e@f.org,,Head of adult services,Phone;Post;,n/a,Thank you all
4,3/1/24 9:12,g@h.org,,Clerk,Phone;Email;,-,More meetings please
"""


def laid_out(text: str, name: str = "survey.csv") -> Layout:
    rows = enumerate(csv.reader(io.StringIO(text)), start=1)
    return lay_out_survey(
        Extract("sheet", rows=tuple(Row(tuple(cells), number) for number, cells in rows)),
        name=name,
    )


def answers(layout: Layout) -> dict[str, str]:
    frozen = freeze(layout.pieces)
    return {
        unit.ref: frozen.text[unit.span.start : unit.span.end]
        for unit in frozen.units
        if unit.form == "answer"
    }


def properties(layout: Layout, respondent: str) -> list[str]:
    start = f"{respondent}/"
    return [a.key.removeprefix(start) for a in layout.attributes if a.key.startswith(start)]


def test_three_rows_of_qualtrics_are_its_head() -> None:
    assert answers(laid_out(QUALTRICS)) == {
        "R_1abc Q2": "Targets. No shared database",
        "R_2def Q3": "Away days; knowing people's names",
    }


def test_the_words_of_the_question_are_the_topic() -> None:
    topics = {piece.ref: piece.topic for piece in laid_out(QUALTRICS).pieces}

    assert topics["R_1abc Q2"] == "What gets in the way? (write as much as you like)"


def test_answers_are_verbatim_and_belong_to_the_respondent() -> None:
    piece = next(p for p in laid_out(QUALTRICS).pieces if p.ref == "R_1abc Q2")

    assert (piece.voice, piece.speaker_id, piece.label) == ("verbatim", "R_1abc", "")


def test_cells_without_an_answer_are_counted() -> None:
    assert laid_out(QUALTRICS).dropped == (("blank answer", 2),)


def test_the_line_of_an_answer_is_that_of_its_row() -> None:
    piece = next(p for p in laid_out(FORMS).pieces if p.ref == "R02 Q1")

    assert piece.lines[0].number == 3


def test_closed_columns_are_attributes_of_the_respondent() -> None:
    assert laid_out(QUALTRICS).attributes[:2] == (
        Attribute("R_1abc/Start Date", "2008-03-01 10:00:00"),
        Attribute("R_1abc/Which organisation do you represent?", "Police"),
    )


def test_one_row_of_forms_is_its_head() -> None:
    assert answers(laid_out(FORMS)) == {
        "R01 Q1": "Because it works",
        "R01 Q2": "no idea",
        "R02 Q1": "It is slow, mostly",
        "R03 Q2": "Thank you all",
        "R04 Q2": "More meetings please",
    }


def test_times_addresses_titles_and_choices_are_never_free_answers() -> None:
    assert properties(laid_out(FORMS), "R01") == [
        "Start time",
        "Email",
        "What is your job title?",
        "Which do you use?",
    ]


def test_two_rows_of_surveymonkey_are_one_head() -> None:
    layout = laid_out(
        "Respondent ID,Which help?,,What would you change?\n"
        ",Training,Meetings,Open-Ended Response\n"
        "10001,Training,,Less paper and more time together\n"
        "10002,Training,Meetings,\n"
    )

    assert answers(layout) == {"R10001 Q1": "Less paper and more time together"}
    assert properties(layout, "R10002") == ["Which help? Training", "Which help? Meetings"]


def test_labels_above_questions_are_two_rows_of_head() -> None:
    layout = laid_out(
        "Q1,Q2,Q3\nWhich agency are you from?,What gets in the way?,Your age\n"
        "Police,Time and money and pride,44\nHealth,Nobody tells us,51\n"
    )

    assert answers(layout) == {"R01 Q2": "Time and money and pride", "R02 Q2": "Nobody tells us"}


def test_a_number_before_the_question_is_its_label() -> None:
    layout = laid_out("Respondent,7. What helps you?\nA1,A long talk about it\n")

    assert answers(layout) == {"A1 Q7": "A long talk about it"}


def test_rows_are_counted_where_nothing_names_the_respondent() -> None:
    layout = laid_out("Team,Comments\nA,It is good here\nB,It is not good here\n")

    assert [speaker.id for speaker in layout.speakers] == ["R01", "R02"]


def test_an_address_is_never_part_of_a_reference() -> None:
    layout = laid_out("Email Address,Comments\na@b.org,It is good here\n")

    assert list(answers(layout)) == ["R01 Q1"]
    assert [speaker.name for speaker in layout.speakers] == ["a@b.org"]


def test_a_title_above_the_head_is_passed_over() -> None:
    layout = laid_out("Staff survey,,\nNo,Team,Comment\n1,A,Too many forms to fill in\n")

    assert answers(layout) == {"R01 Q1": "Too many forms to fill in"}


def test_a_respondent_without_an_answer_is_counted_and_keeps_attributes() -> None:
    layout = laid_out("ID,Team,Comments\n1,A,It is good here\n2,B,n/a\n")

    assert layout.dropped == (("blank answer", 1), ("respondent without an answer", 1))
    assert Attribute("R02/Team", "B") in layout.attributes


def test_ids_that_look_alike_stay_apart() -> None:
    layout = laid_out("ID,Comments\n1,It is good here\n01,It is bad here\n")

    assert [speaker.id for speaker in layout.speakers] == ["R01", "R01-row-3"]


def test_an_id_that_stands_in_two_rows_is_told() -> None:
    layout = laid_out("ID,Comments\nA,It is good here\nB,It is bad here\nA,It is well\n")
    (found,) = layout.problems

    assert (found.number, found.severity, found.path) == ("Q418", "warning", "survey.csv")
    assert found.message == (
        'respondent "A" stands in 2 rows (2, 4), which count as different people'
    )


def test_ids_that_all_differ_are_no_problem() -> None:
    assert laid_out("ID,Comments\nA,It is good here\nB,It is bad here\n").problems == ()


@pytest.mark.parametrize("blank", ["", "n/a", "N/A.", "-", "--", ".", "none given", "No comment"])
def test_what_says_nothing_is_no_answer(blank: str) -> None:
    layout = laid_out(f'ID,Comments\n1,"{blank}"\n2,It is good here\n')

    assert list(answers(layout)) == ["R02 Q1"]


@pytest.mark.parametrize("short", ["None of it", "Nothing much", "The form.", "No"])
def test_a_short_answer_is_an_answer(short: str) -> None:
    layout = laid_out(f"ID,Comments\n1,{short}\n2,It is good here\n")

    assert answers(layout)["R01 Q1"] == short


def test_opinions_picked_from_a_list_are_no_free_answers() -> None:
    agreed = "Strongly agree with what is said here"
    rows = "".join(f"{n},{agreed}\n" for n in range(6))

    layout = laid_out(f"ID,I feel that my work is valued by everyone\n{rows}")

    assert answers(layout) == {}


def test_a_sheet_without_free_answers_is_reported() -> None:
    layout = laid_out("case,Age,gender\nID4,56,f\nID5,73,m\n", "cases.csv")

    assert [problem.number for problem in layout.problems] == ["Q256"]
    assert layout.problems[0].path == "cases.csv"


def test_real_exports_give_every_free_answer() -> None:
    path = shared("data", "ingestion_files", "qualcoder_survey456.csv")

    layout = laid_out(normalise(path.read_text(encoding="utf-8")), path.name)

    assert list(answers(layout)) == ["ID4 Q1", "ID5 Q1", "ID6 Q1"]
    assert properties(layout, "ID4") == ["Age", "Gender", "Interest"]


def test_the_sample_of_qualtrics_is_read() -> None:
    path = shared("samples", "qualtrics.csv")

    layout = laid_out(path.read_text(encoding="utf-8"), path.name)

    assert list(answers(layout)) == ["R_1abc Q2", "R_2def Q3"]


CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", "n/a", "Q1", "ID", "What helps?", '{"ImportId":"QID1"}', "Response", "1", "1", "a/b"]
    ),
)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=12))
def test_any_rows_give_units_inside_the_text_in_order(rows: list[list[str]]) -> None:
    extract = Extract("sheet", rows=tuple(Row(tuple(r), n) for n, r in enumerate(rows, 1)))

    layout = lay_out_survey(extract, name="x")
    frozen = freeze(layout.pieces)

    ends = [0]
    for unit in frozen.units:
        assert ends[-1] <= unit.span.start < unit.span.end <= len(frozen.text)
        ends.append(unit.span.end)
    ids = [speaker.id for speaker in layout.speakers]
    assert len(set(ids)) == len(ids)
    assert {unit.speaker_id for unit in frozen.units} <= {*ids, None}
