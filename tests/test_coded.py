from __future__ import annotations

import gc
import weakref
from dataclasses import replace

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.coded import CodedMaker, coded_by_suggestions
from qualcode.analysis.comparing.incidents import Incident, incidents_of
from qualcode.analysis.segment import segment_document
from qualcode.core.model import (
    Attribute,
    Case,
    CodedSegment,
    Coding,
    Document,
    Span,
    Speaker,
    Suggestion,
)
from tests.factory import a_bullet, a_code, a_codebook, a_document

TALK = a_document(
    a_bullet("How are the walls?", "turn 1", speaker_id="S1", voice="verbatim"),
    a_bullet("High.", "turn 2", speaker_id="S2", voice="verbatim"),
    kind="transcript",
    speakers=(Speaker("S1", "Int", is_researcher=True), Speaker("S2", "Jo")),
)
REPORT = a_document(
    a_bullet("One nurse said: 'we meet and nothing changes'.", "paragraph 1"), kind="policy"
)


SHEET = a_document(
    a_bullet("We have lunch.", "R01 Q2", speaker_id="R01", voice="verbatim"),
    a_bullet("Nothing helps.", "R02 Q2", speaker_id="R02", voice="verbatim"),
    kind="questionnaire",
    speakers=(Speaker("R01", "R01"), Speaker("R02", "R02", case_id="P1")),
    attributes=(Attribute("R01/Role", "nurse"), Attribute("R02/Role", "porter")),
)


def by_hand(
    document: Document, words: str, *, coder: str = "ad", book: CaseBook | None = None
) -> Incident:
    start = document.text.index(words)
    span = Span(start, start + len(words))
    coding = Coding("k1", document.id, span, words, "walls", coder)
    held = book or CaseBook.of(())
    found = incidents_of(document, [coding], held, a_codebook(a_code("walls")))
    return next(iter(found))


def suggested(document: Document, position: int) -> CodedSegment:
    segments = tuple(segment_document(document, split=lambda text: [Span(0, len(text))]))
    span = segments[position].span
    offer = Suggestion(document.id, span, "walls", "neutral", (), 0.5, "", "cues", "key")
    return next(iter(coded_by_suggestions(document, segments, [offer], CaseBook.of(()))))


def test_a_coding_on_the_interviewers_turn_is_the_observers() -> None:
    coded = by_hand(TALK, "How are the walls?").coded

    assert (coded.voice, coded.participant, coded.speaker) == ("observer", None, "Int")


def test_a_coding_over_question_and_answer_belongs_to_the_answer() -> None:
    incident = by_hand(TALK, TALK.text.strip())

    assert (incident.coded.unit, incident.coded.voice) == ("turn 2", "verbatim")
    assert (incident.coded.participant, incident.turn) == ("int-01:S2", 1)
    assert incident.question == "How are the walls?"


def test_a_coding_in_a_report_is_credited_to_whoever_it_quotes() -> None:
    assert by_hand(REPORT, "we meet and nothing changes").coded.credit == "Nurse, quoted; policy"


def test_a_respondent_who_is_no_case_is_credited_by_the_closed_columns() -> None:
    found = by_hand(SHEET, "We have lunch.").coded

    assert (found.credit, found.case_id) == ("Nurse; questionnaire", None)


def test_a_respondent_who_is_a_case_is_credited_as_the_case_is() -> None:
    book = CaseBook.of([Case("P1", attributes=(Attribute("role", "chair"),))])
    found = by_hand(SHEET, "Nothing helps.", book=book).coded

    assert found.credit == "Chair; questionnaire"


def test_marks_around_a_quotation_do_not_make_it_a_paraphrase() -> None:
    assert by_hand(REPORT, "'we meet and nothing changes'").coded.voice == "verbatim"


def test_a_suggestion_and_a_coding_of_one_stretch_differ_only_in_what_was_decided() -> None:
    offered = suggested(TALK, 1)
    coded = by_hand(TALK, "High.").coded

    assert replace(offered, score=1.0, why="", is_draft=False) == coded


def test_an_incident_names_its_codings_and_coders() -> None:
    span = Span(TALK.text.index("High"), TALK.text.index("High") + 5)
    codings = [
        Coding(f"k{n}", "int-01", span, "High.", "walls", c) for n, c in ((2, "bf"), (1, "ad"))
    ]
    (found,) = incidents_of(TALK, codings, CaseBook.of(()), a_codebook(a_code("walls")))

    assert (found.coders, found.coding_ids) == (("ad", "bf"), ("k1", "k2"))


def test_what_makes_coded_segments_goes_without_a_search_for_garbage() -> None:
    maker = CodedMaker(TALK, CaseBook.of(()))
    maker.coded(Coding("k1", TALK.id, Span(0, 3), "How", "walls", "ad"), TALK.units[0], "verbatim")
    held = weakref.ref(maker)
    gc.disable()
    try:
        del maker
        is_gone = held() is None
    finally:
        gc.enable()

    assert is_gone
