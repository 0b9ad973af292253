from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.analysis.cases import CaseBook, credit, join_cases, participant_key
from qualcode.core.model import Attribute, Case, Speaker
from qualcode.store.cases_file import read_cases
from tests.factory import a_bullet, a_document, write

FARAH = Case(
    "P02",
    "Farah Siddiqui",
    aliases=("FS", "DI Siddiqui"),
    documents=("int-02",),
    attributes=(Attribute("role", "detective inspector"), Attribute("site", "North")),
)
FIONA = Case("P05", "Fiona Small", aliases=("FS",))


@pytest.mark.parametrize("name", ["Farah Siddiqui", "DI F. Siddiqui", "P02", "farah siddiqui"])
def test_a_speaker_is_a_case_by_id_name_or_alias(name: str) -> None:
    book = CaseBook.of([Case("P02", "Farah Siddiqui", aliases=("F Siddiqui",))])
    document = a_document(a_bullet("x"), speakers=(Speaker("S1", name),))
    joined, problems = join_cases(document, book)

    assert (joined.speakers[0].case_id, problems) == ("P02", ())


def test_a_name_that_fits_two_cases_is_credited_to_nobody() -> None:
    document = a_document(a_bullet("x"), speakers=(Speaker("FS", "FS"),))
    joined, problems = join_cases(document, CaseBook.of([FARAH, FIONA]))

    assert joined.speakers[0].case_id is None
    assert str(problems[0]) == (
        'int-01.md: Q212 "FS" may be "P02" (Farah Siddiqui) or "P05" (Fiona Small). '
        "Nobody was credited. Add the name to `aliases` of the right case in cases.yaml."
    )


def test_the_only_participant_of_a_document_is_its_case() -> None:
    speakers = (Speaker("I", "I", is_researcher=True), Speaker("R", "R"))
    document = a_document(a_bullet("x"), doc_id="int-02", speakers=speakers)
    joined, _ = join_cases(document, CaseBook.of([FARAH]))

    assert [speaker.case_id for speaker in joined.speakers] == [None, "P02"]


def test_a_credit_names_role_and_site_and_kind_and_never_a_person() -> None:
    document = a_document(a_bullet("x"))

    assert credit(document, FARAH) == "Detective inspector, North; interview notes"
    assert credit(document, None) == "Interview notes"
    assert credit(a_document(kind="minutes", date="2025-03-13"), None) == "Minutes, 13 March 2025"


def test_a_researcher_is_no_participant() -> None:
    document = a_document(a_bullet("x"))

    assert participant_key(document, Speaker("I", "I", is_researcher=True)) is None
    assert participant_key(document, None) is None
    assert participant_key(document, Speaker("R", "R")) == "int-01:R"


def test_a_list_of_cases_is_read_with_its_faults(tmp_path: Path) -> None:
    text = (
        "format: 1\ncases:\n"
        "  - {id: P01, name: Ann, aliases: [AM], documents: [int-01], attributes: {tier: 2}}\n"
        "  - {id: P01, name: Again}\n"
        "  - {id: P02, nam: Ben}\n"
    )
    cases, problems = read_cases(write(tmp_path, "cases.yaml", text))

    assert cases == (
        Case("P01", "Ann", ("AM",), ("int-01",), (Attribute("tier", "2"),)),
        Case("P02"),
    )
    assert [(p.number, p.line) for p in problems] == [("Q302", 5), ("Q305", 4)]


def test_the_participant_told_in_front_matter_is_the_one_who_speaks() -> None:
    document = a_document(
        a_bullet("x"),
        doc_id="v1",
        speakers=(Speaker("v1", "v1"),),
        attributes=(Attribute("participants", "P02"),),
    )
    known, _ = join_cases(document, CaseBook.of([FARAH]))
    unknown, _ = join_cases(document, CaseBook.of([]))

    assert known.speakers[0].case_id == "P02"
    assert unknown.speakers[0].case_id == "P02"


def test_a_speaker_told_for_single_units_does_not_take_the_document_from_its_case() -> None:
    speakers = (Speaker("INT02", "INT02"), Speaker("the porter", "the porter", is_told=True))
    document = a_document(a_bullet("x"), doc_id="int-02", speakers=speakers)
    joined, _ = join_cases(document, CaseBook.of([FARAH]))

    assert [speaker.case_id for speaker in joined.speakers] == ["P02", None]


def test_a_told_speaker_is_the_case_where_nobody_else_takes_part() -> None:
    speakers = (Speaker("I", "I", is_researcher=True), Speaker("R", "R", is_told=True))
    document = a_document(a_bullet("x"), doc_id="int-02", speakers=speakers)
    joined, _ = join_cases(document, CaseBook.of([FARAH]))

    assert [speaker.case_id for speaker in joined.speakers] == [None, "P02"]
