from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.draft.credits import check_consent, check_credit
from qualcode.analysis.draft.names import names_of
from qualcode.analysis.draft.paper import Paragraph, paragraphs_of
from qualcode.analysis.draft.quoted import Place, Quoted, Sources, check_quotation, find_quoted
from qualcode.core.model import (
    Attendance,
    Attribute,
    Case,
    Document,
    Line,
    Span,
    Speaker,
    Unit,
)

FIRST = "The delegates of the board change every spring. "
SECOND = "The board never meets before the harvest is in."
HEAD = Case("P05", "Peter Lyle", ("PL",), attributes=(Attribute("role", "head teacher"),))
NURSE = Case("P04", "Grace Adeyemi", ("GA", "Ms Adeyemi"), attributes=(Attribute("role", "nurse"),))
DOCTOR = Case("P12", "Dr Simon Vance", attributes=(Attribute("role", "doctor"),))
BOOK = CaseBook.of((HEAD, NURSE, DOCTOR))


def an_interview(first: Case = HEAD, second: Case = NURSE) -> Document:
    """Two turns, one of each case."""
    ends = (0, len(FIRST), len(FIRST + SECOND))
    units = tuple(
        Unit(Span(ends[at], ends[at + 1]), "turn", f"turn {at + 1}", f"S{at}") for at in (0, 1)
    )
    speakers = tuple(Speaker(f"S{at}", c.name, c.id) for at, c in enumerate((first, second)))
    plain = Document("int-01", FIRST + SECOND, "interview notes", "emergent", "", "", "", "")
    return replace(plain, units=units, speakers=speakers)


def place_of(words: str, document: Document | None = None) -> Place:
    _, place = check_quotation(Quoted(words, "", 1), Sources([document or an_interview()]))
    assert place is not None
    return place


def credited(words: str, credit: str, document: Document | None = None) -> list[str]:
    quoted = Quoted(words, credit, 1)
    return [one.held for one in check_credit(quoted, place_of(words, document), BOOK)]


def asked(words: str, consent: str) -> list[str]:
    nurse = replace(NURSE, attributes=(*NURSE.attributes, Attribute("quote", consent)))
    found = check_consent(Quoted(words, "", 1), place_of(words), CaseBook.of((HEAD, nurse)))
    return [one.held for one in found]


def paragraph(text: str) -> Paragraph:
    return next(paragraphs_of([Line(text, 1)]))


def names_in(text: str, *, ordinary: frozenset[str] = frozenset()) -> list[str]:
    minutes = replace(
        an_interview(),
        attendance=(Attendance("Dean Okafor", "present"), Attendance("H. Young", "present")),
        speakers=(Speaker("R", "Anna Writer", is_researcher=True), Speaker("S", "HP")),
    )
    return [name for _, name in names_of([minutes], BOOK, ordinary).find(text)]


def test_a_misquotation_from_the_start_of_a_turn_belongs_to_that_turn() -> None:
    place = place_of("The board hardly ever meets before the harvest is in")

    assert place.unit is not None
    assert place.unit.ref == "turn 2"
    assert credited("The board hardly ever meets before the harvest is in", "Nurse") == []


@pytest.mark.parametrize("credit", ["Nurse; interview notes", "Nurse, interview", "P04", "int-01"])
def test_a_credit_that_says_who_it_was_is_fine(credit: str) -> None:
    assert credited("board never meets before the harvest", credit) == []


@pytest.mark.parametrize(
    "credit", ["Head teacher", "Nurse; questionnaire", "P05", "Head teacher; questionnaire"]
)
def test_a_credit_that_says_somebody_or_something_else_is_told(credit: str) -> None:
    assert credited("board never meets before the harvest", credit) == [
        "int-01, turn 2: Nurse; interview notes"
    ]


def test_a_credit_with_the_day_of_another_meeting_is_told() -> None:
    minutes = replace(an_interview(), kind="minutes", date="2025-01-16")
    words = "board never meets before the harvest"

    assert credited(words, "Nurse; minutes, 16 January 2025", minutes) == []
    assert credited(words, "Nurse; minutes, 13 March 2025", minutes) == [
        "int-01, turn 2: Nurse; minutes, 16 January 2025"
    ]


def test_quoting_somebody_who_does_not_want_it_is_told() -> None:
    assert asked("board never meets before the harvest", "no") == [
        "int-01, turn 2: P04 does not want to be quoted (quote: no)"
    ]


def test_quoting_somebody_who_is_to_be_asked_is_told() -> None:
    assert asked("board never meets before the harvest", "ask") == [
        "int-01, turn 2: P04 is to be asked before being quoted (quote: ask)"
    ]


def test_quoting_the_others_in_the_same_document_is_fine() -> None:
    assert asked("delegates of the board change every spring", "no") == []


def test_what_a_marked_cut_leaves_out_is_not_quoted() -> None:
    third = Unit(Span(len(FIRST + SECOND), len(FIRST + SECOND) + 34), "turn", "turn 3", "S0")
    text = FIRST + SECOND + " We head teachers come every month."
    document = an_interview()
    document = replace(document, text=text, units=(*document.units, third))
    words = "delegates of the board change [...] head teachers come every month"
    nurse = replace(NURSE, attributes=(Attribute("quote", "no"),))
    book = CaseBook.of((HEAD, nurse))

    assert list(check_consent(Quoted(words, "", 1), place_of(words, document), book)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("As Peter Lyle said.", ["Peter Lyle"]),
        ("As Lyle said.", ["Lyle"]),
        ("As Ms Adeyemi said.", ["Ms Adeyemi"]),
        ("As P. Lyle said.", ["P. Lyle"]),
        ("As Dr. Vance said to Okafor.", ["Dr. Vance", "Okafor"]),
        ("As PL said.", ["PL"]),
        ("As Lyle (2014) and Vance et al. wrote.", []),
        ("As Anna Writer observed.", []),
        ("The head teacher said.", []),
    ],
)
def test_names_are_found_in_all_their_forms(text: str, found: list[str]) -> None:
    assert names_in(text) == found


def test_a_surname_that_is_a_word_of_the_texts_needs_a_title_or_initial() -> None:
    assert names_in("Young people came.", ordinary=frozenset({"young"})) == []
    assert names_in("H. Young came.", ordinary=frozenset({"young"})) == ["H. Young"]


def test_straight_single_quotation_marks_are_looked_up() -> None:
    found = find_quoted(paragraph("So: 'we don't start again' (Nurse), as the boards' notes say."))

    assert [(one.words, one.credit) for one in found] == [("we don't start again", "Nurse")]
