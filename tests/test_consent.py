from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.analysis.cases import CaseBook, consent_of, join_cases
from qualcode.analysis.consent import consent_at, held_stretches, spans_of
from qualcode.core.model import Attribute, Case, Document, Speaker
from qualcode.store.cases_file import read_cases
from tests.factory import a_bullet, a_document, write

GRACE = Case("P04", "Grace Adeyemi", ("GA",), ("int-04",), (Attribute("quote", "no"),))
HELEN = Case("P03", "Helen Pryce", ("HP",))
DEAN = Case("P06", "Dean Okafor", ("DO",), (), (Attribute("quote", "ask"),))
BOOK = CaseBook.of([GRACE, HELEN, DEAN])


def held_in(document: Document, consent: str = "no") -> list[str]:
    """The words that may not be printed, stretch by stretch."""
    joined, _ = join_cases(document, BOOK)
    stretches = held_stretches(joined, BOOK)
    spans = spans_of(stretches, "no" if consent == "no" else "ask")
    return [joined.text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("no", "no"),
        ("No", "no"),
        ("FALSE", "no"),
        ("ask", "ask"),
        ("Yes", ""),
        ("true", ""),
        ("never", "no"),
        ("", "no"),
    ],
)
def test_what_is_not_plainly_a_yes_is_a_no(said: str, meant: str) -> None:
    assert consent_of(Case("P1", attributes=(Attribute("Quote", said),))) == meant


def test_of_two_answers_the_more_careful_counts() -> None:
    told = (Attribute("quote", "ask"), Attribute("Quote", "no"))

    assert consent_of(Case("P1", attributes=told)) == "no"
    assert consent_of(Case("P1")) == ""


@pytest.mark.parametrize(
    ("value", "found"), [("never", "never"), ("", "(nothing)"), ("[no]", "a list")]
)
def test_an_unclear_consent_is_told_and_is_a_no(tmp_path: Path, value: str, found: str) -> None:
    text = f"format: 1\ncases:\n  - id: P04\n    attributes:\n      Quote: {value}\n"
    (case,), (problem,) = read_cases(write(tmp_path, "cases.yaml", text))

    assert consent_of(case) == "no"
    assert f'Q257 case "P04" has `Quote: {found}`' in str(problem)
    assert ":5:" in str(problem)


def test_a_clear_consent_is_no_problem(tmp_path: Path) -> None:
    text = "format: 1\ncases:\n  - {id: P04, attributes: {quote: No}}\n"
    (case,), problems = read_cases(write(tmp_path, "cases.yaml", text))

    assert (consent_of(case), problems) == ("no", ())


def test_field_notes_hold_back_the_sentences_of_whoever_is_not_to_be_quoted() -> None:
    text = "HP sits. GA: 'So has mine.' She is tired. HP nods. Then DO speaks."
    notes = a_document(a_bullet(text), kind="field notes")

    assert held_in(notes) == ["GA: 'So has mine.' She is tired. "]
    assert held_in(notes, "ask") == ["Then DO speaks."]


@pytest.mark.parametrize(
    "text",
    ["It was Grace Adeyemi.", "G. Adeyemi agreed.", "Ms Adeyemi agreed.", "Grace shrugs.", "[P04]"],
)
def test_a_person_is_met_by_any_name(text: str) -> None:
    assert held_in(a_document(a_bullet(text), kind="minutes")) == [text]


@pytest.mark.parametrize("text", ["GAS bills rose.", "They do so.", "By the grace of it."])
def test_letters_inside_words_are_no_name(text: str) -> None:
    document = a_document(a_bullet(text), kind="minutes")

    assert (held_in(document), held_in(document, "ask")) == ([], [])


def test_what_others_say_of_a_person_in_their_own_interview_is_theirs() -> None:
    unit = a_bullet("I like GA.", speaker_id="INT03")
    speakers = (Speaker("INT03", "INT03", "P03"),)

    assert held_in(a_document(unit, speakers=speakers)) == []


def test_an_interview_is_held_back_but_for_units_told_to_be_somebody_elses() -> None:
    pieces = (
        a_bullet("I like it.", "bullet 1", speaker_id="INT04"),
        a_bullet("Evening.", "bullet 2", speaker_id="the porter"),
        a_bullet("Nobody's.", "bullet 3"),
    )
    speakers = (Speaker("INT04", "INT04"), Speaker("the porter", "the porter", is_told=True))
    interview = a_document(*pieces, doc_id="int-04", speakers=speakers)

    assert held_in(interview) == ["I like it.", "Nobody's."]


def test_whoever_is_unknown_in_the_document_of_a_silent_case_is_held_back() -> None:
    unit = a_bullet("I like it.", speaker_id="B")
    speakers = (Speaker("A", "A"), Speaker("B", "B"))

    assert held_in(a_document(unit, doc_id="int-04", speakers=speakers)) == ["I like it."]


def test_a_span_has_the_most_careful_consent_that_it_touches() -> None:
    notes = a_document(a_bullet("DO spoke. GA left. HP sat."), kind="field notes")
    held = held_stretches(notes, BOOK)
    at = notes.text.index("DO")

    assert [
        consent_at(held, type(held[0][0])(at + a, at + b)) for a, b in [(0, 4), (0, 14), (20, 24)]
    ] == ["ask", "no", ""]
