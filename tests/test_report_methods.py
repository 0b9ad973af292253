from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from qualcode.analysis.reporting.checklists import COREQ, SRQR, checklist
from qualcode.analysis.reporting.facts import Material, People, Record, Scheme, StudyFacts, Work
from qualcode.analysis.reporting.prose import methods_parts
from qualcode.core.methods import profile
from qualcode.core.model import Span
from qualcode.core.table import Table
from qualcode.project.coding import Desk
from qualcode.project.methods_report import (
    methods_document,
    methods_markdown,
    methods_section,
    study_facts,
    view_checklist,
)
from qualcode.project.study import Study
from qualcode.project.verdicts import Verdicts
from tests.coding_study import study
from tests.command import run_qualcode
from tests.report_study import coded_study

__all__ = ["coded_study", "study"]


def paragraph(facts: StudyFacts, heading: str) -> str:
    return next(" ".join(p.sentences) for p in methods_parts(facts) if p.heading == heading)


def known(table: Table, number: str) -> str:
    return next(row[2][0] for row in table.rows if row[0] == (number,))


def test_an_empty_study_leaves_everything_to_its_author() -> None:
    parts = methods_parts(StudyFacts())

    assert [p.heading for p in parts if not p.is_known] == [
        "Material",
        "Participants",
        "Coding",
        "Codebook",
        "Comparison and tables",
        "Rigour",
    ]


def test_each_role_says_what_it_was_for() -> None:
    material = Material(
        documents=(
            ("interview notes", "emergent", 2),
            ("questionnaire", "applied", 1),
            ("policy", "context", 1),
        )
    )
    said = paragraph(StudyFacts(material=material), "Material")

    assert "New codes could arise from 2 sets of interview notes." in said
    assert "The codebook was then applied to 1 questionnaire, which could add no code" in said
    assert "For context only, and in no count, 1 policy was read." in said
    assert "2 interviews were taken as notes and not recorded." in said


def test_a_reflexive_study_says_nothing_of_saturation_and_agreement() -> None:
    facts = StudyFacts(
        method=profile("reflexive"),
        work=Work(codings=4, segments=4, documents=2),
        people=People(coders=("ad", "bf")),
        saturation="Reached at document 9.",
        agreement="Kappa is 0.7.",
    )
    text = methods_markdown(methods_parts(facts))

    assert "Reached at document 9" not in text
    assert "Kappa" not in text
    assert "Reached at document 9." in methods_markdown(
        methods_parts(replace(facts, method=profile("eca")))
    )


def test_both_checklists_have_all_their_items() -> None:
    assert [item.number for item in COREQ] == [str(n) for n in range(1, 33)]
    assert [item.number for item in SRQR] == [f"S{n}" for n in range(1, 22)]


def test_an_item_that_the_project_does_not_know_says_author() -> None:
    table = checklist("coreq", StudyFacts())

    assert known(table, "4") == "AUTHOR"
    assert known(table, "16") == "AUTHOR"
    assert table.notes[0].startswith("The project knows something of 2 of 32 items")


def test_notes_are_reported_as_not_recorded() -> None:
    material = Material(documents=(("interview notes", "emergent", 3),))

    assert known(checklist("coreq", StudyFacts(material=material)), "19") == (
        "3 sets of interview notes: not recorded, taken as notes."
    )


def test_the_facts_of_a_study_are_counted(coded_study: Study) -> None:
    facts = study_facts(coded_study)

    assert facts.material.total == 3
    assert facts.people.heard == 2
    assert facts.people.coders == ("ad",)
    assert (facts.work.codings, facts.work.documents) == (5, 2)
    assert (facts.scheme.rows, facts.scheme.catalysts) == (1, 1)
    assert (facts.scheme.arose, facts.scheme.brought, facts.scheme.unplaced) == (0, 0, 3)
    assert facts.scheme.quotable == 4
    assert (facts.scheme.merged, facts.scheme.split, facts.scheme.retired) == (1, 1, 1)
    assert facts.record.memos == (("memo", 1), ("surprise", 1))


def test_codes_that_a_command_made_arose_and_others_did_not(coded_study: Study) -> None:
    run_qualcode("codebook", "add", "Meetings", "--definition", "Sitting together.")
    run_qualcode("code", "int-02", "as ever", "meetings")
    scheme = study_facts(coded_study).scheme

    assert (scheme.arose, scheme.brought, scheme.unplaced) == (1, 0, 3)
    assert scheme.born_in == (("interview notes", 1),)


def test_codes_that_ship_with_qualcode_were_brought_to_the_material(coded_study: Study) -> None:
    run_qualcode("codebook", "import", "collaboration")
    scheme = study_facts(coded_study).scheme

    assert (scheme.arose, scheme.brought, scheme.unplaced) == (0, 19, 3)


def test_codes_from_before_the_first_coding_were_brought(study: Study) -> None:
    scheme = study_facts(study).scheme

    assert (scheme.arose, scheme.brought, scheme.unplaced) == (0, 3, 0)


def test_where_codes_came_from_is_told_apart() -> None:
    scheme = Scheme(
        codes=22, brought=19, arose=2, unplaced=1, born_in=(("transcript", 1),), edition="v"
    )
    facts = StudyFacts(scheme=scheme)
    said = paragraph(facts, "Codebook")

    assert "19 of them were brought to the material." in said
    assert "2 of them arose as coding went on (1 in transcripts)." in said
    assert "1 code was written into it by hand or taken in." in said
    assert known(checklist("coreq", facts), "26") == (
        "Set before: 19 codes. From the data: 2 codes (1 in transcripts). Written in by hand or "
        "taken in, from where the project does not know: 1 code."
    )


def test_repeats_say_in_what_somebody_is_heard_again() -> None:
    people = People(heard=26, again=9, repeated=3)
    facts = StudyFacts(people=people)

    assert known(checklist("coreq", facts), "18") == (
        "9 participants heard in more than one document, 3 of them in more than one interview."
    )
    assert (
        "9 of them were heard in more than one document, 3 of these in more than one interview."
        in paragraph(facts, "Participants")
    )


def test_codings_that_count_are_told_from_those_that_do_not() -> None:
    work = Work(codings=279, counted=266, passages=257, segments=233, documents=20)
    said = paragraph(StudyFacts(work=work, people=People(coders=("bf", "rv"))), "Coding")

    assert "2 coders made 279 codings on 233 segments of 20 documents." in said
    assert "rest on 266 of these codings, 257 coded passages (the same code" in said
    assert "13 are not counted: the observer's comments, interviewers' turns" in said


def test_quotations_that_may_be_shown_are_told_from_those_to_be_asked_for() -> None:
    scheme = Scheme(quotable=160, asked=26)

    assert known(checklist("srqr", StudyFacts(scheme=scheme)), "S17") == (
        "160 quotations can be shown with role and kind of source, 26 more only after asking; "
        "names are left out."
    )


def test_steps_and_decisions_in_review_are_told_apart() -> None:
    work = Work(steps=22, accepted=300, changed=40, rejected=6)
    facts = StudyFacts(work=work, record=Record(memos=(("memo", 1),)))
    said = paragraph(facts, "Rigour")

    assert "(22 steps), and each of 346 decisions on suggestions" in said
    assert "Beside the codings, 1 memo was written." in said


def test_suggestions_accepted_changed_and_rejected_are_counted_apart(coded_study: Study) -> None:
    for suggestion, code_id in zip("abcd", ("silos", "silos", "trust", ""), strict=True):
        offer(coded_study, suggestion, given=code_id)
    said = paragraph(study_facts(coded_study), "Coding")

    assert (
        "a person accepted 2, gave another code in place of 1, and rejected 1; 5 codings were "
        "made without one." in said
    )


def offer(study: Study, key: str, *, given: str) -> None:
    """Decides on a suggestion of "silos" as a sheet does; no code given is a rejection."""
    desk = Desk.of(study)
    verdicts = Verdicts(desk)
    verdicts.add(study.document("int-01"), Span(0, 4), key=key, offered="silos", given=given)
    verdicts.write()
    desk.commit("import sheet")


def test_consent_is_no_trait_of_participants(coded_study: Study) -> None:
    said = "{id: P01, name: Ann Nurse, documents: [int-01], attributes: {tier: two, quote: ask}}"
    coded_study.paths.cases.write_text(f"format: 1\ncases:\n  - {said}\n", "utf-8")

    assert study_facts(coded_study).people.traits == (("tier", 1, 1),)


def test_srqr_tells_the_question(coded_study: Study) -> None:
    assert known(view_checklist(coded_study, "srqr"), "S4") == "Why?"


def test_the_word_document_says_the_same_as_the_page(coded_study: Study) -> None:
    parts = methods_section(coded_study)
    words = docx.Document(io.BytesIO(methods_document(parts)))
    read = [one.text for one in words.paragraphs if one.style and one.style.name == "Normal"]

    assert read == [" ".join(part.sentences) for part in parts]


@pytest.mark.usefixtures("coded_study")
def test_the_commands_print_what_is_known() -> None:
    methods, coreq = run_qualcode("report", "methods"), run_qualcode("report", "coreq", "--plain")

    assert methods.status == 0
    assert "One coder made 5 codings on 4 segments of 2 documents." in methods.out
    assert coreq.status == 0
    assert "Item: Number of data coders\nWhat the project knows: 1 coder." in coreq.out


def test_counts_of_codes_are_left_out_where_there_are_none() -> None:
    said = paragraph(StudyFacts(scheme=Scheme(codes=1, defined=1, edition="version 1")), "Codebook")

    assert said == "The codebook (version 1) has 1 code in use, 1 of them defined."
