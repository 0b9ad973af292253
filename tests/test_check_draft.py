from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qualcode.analysis.draft.claims import Counts, Known, check_claims, named_in
from qualcode.analysis.draft.names import Names
from qualcode.analysis.draft.paper import Paragraph, paragraphs_of
from qualcode.analysis.draft.quoted import Quoted, Sources, check_quotation, find_quoted
from qualcode.core.model import (
    Document,
    Line,
    Passage,
    Span,
)
from qualcode.project.study import Study
from tests.command import run_qualcode
from tests.report_study import coded_study

__all__ = ["coded_study"]

SAID = "Nobody from health came to the meetings in spring, and we had to start from scratch."


def counts(documents: int, interviewees: int) -> Counts:
    return {
        "documents": (documents, 20),
        "interviews": (interviewees, 9),
        "participants": (interviewees + 1, 26),
        "interviewees": (interviewees, 9),
        "segments": (14, 233),
    }


KNOWN = Known(
    totals={
        "pairs": 11,
        "rows": 8,
        "obstacles": 8,
        "documents": 20,
        "interviews": 9,
        "transcripts": 1,
        "sets of field notes": 2,
        "codings": 279,
    },
    parts=frozenset(
        {"documents", "interviews", "transcripts", "obstacles", "sets of field notes", "codings"}
    ),
    counts={"New faces": counts(8, 8), "Away days": counts(2, 2)},
    rows={1: ("New faces", "Away days"), 2: ("Silos",)},
    contested=2,
    names=Names(("Farah Siddiqui",), ("Siddiqui", "Okafor"), ("HP",)),
)


def a_source(**fields: Any) -> Document:
    return Document(
        "int-01", SAID, "interview notes", "emergent", "int-01.md", "", "", "", **fields
    )


def paragraph(text: str) -> Paragraph:
    return next(paragraphs_of([Line(text, 1)]))


def held(text: str) -> list[str]:
    return [f"{one.said} | {one.held}" for one in check_claims(paragraph(text), KNOWN)]


def differs(words: str) -> list[str]:
    found, _ = check_quotation(Quoted(words, "", 1), Sources([a_source()]))
    return [one.held for one in found]


def test_a_quotation_that_is_word_for_word_is_fine() -> None:
    assert differs("nobody from health came to the meetings") == []


def test_marked_cuts_and_insertions_are_fine() -> None:
    assert differs("Nobody from health came [...] and we had to start [again] from scratch") == []


def test_cuts_out_of_order_are_not_fine() -> None:
    assert differs("we had to start from scratch [...] Nobody from health came") != []


def test_a_word_left_out_is_told() -> None:
    assert differs("Nobody from health came to meetings in spring") == [
        'int-01 differs: left out without [...] "the"'
    ]


def test_a_changed_word_is_told() -> None:
    assert differs("Nobody from housing came to the meetings in spring") == [
        'int-01 differs: "housing" for "health"'
    ]


def test_an_added_word_is_told() -> None:
    assert differs("Nobody from health ever came to the meetings in spring") == [
        'int-01 differs: "ever" added'
    ]


def test_a_quotation_that_nobody_said_is_told() -> None:
    assert differs("The weather was fine on most of the mornings") == [
        "no document says this or anything near it"
    ]


def test_a_paraphrase_of_notes_does_not_stand_in_quotation_marks() -> None:
    passages = (Passage(Span(0, len(SAID)), "paraphrase"),)
    found, _ = check_quotation(Quoted(SAID, "", 1), Sources([a_source(passages=passages)]))

    assert [one.held for one in found] == [
        "int-01: the notes have it as a paraphrase, which does not stand in quotation marks"
    ]


def test_terms_in_quotation_marks_are_not_looked_up() -> None:
    assert list(find_quoted(paragraph("They speak of “new faces” and 'safe spaces'."))) == []


def test_the_credit_is_what_stands_in_brackets_behind() -> None:
    found = find_quoted(paragraph("So: “we had to start from scratch” (Police, tier 3)."))

    assert [(one.words, one.credit) for one in found] == [
        ("we had to start from scratch", "Police, tier 3")
    ]


def test_a_block_quotation_is_looked_up_too() -> None:
    lines = [Line("> We had to start from scratch. (Police)", 4)]
    found = list(find_quoted(next(paragraphs_of(lines))))

    assert [(one.words, one.credit, one.line) for one in found] == [
        ("We had to start from scratch.", "Police", 4)
    ]


def test_a_wrong_number_of_pairs_is_told() -> None:
    assert held("The analysis gave ten pairs.") == ["ten pairs | the project has 11 pairs"]


@pytest.mark.parametrize(
    "text",
    [
        "The analysis gave eleven pairs in 8 rows.",
        "Two rows are contested.",
        "Three interviews tell of it.",
        "New faces was found in 8 of 20 documents.",
        "New faces was named by most interviewees.",
        "Eight of nine interviewees named New faces.",
        "New faces was coded in eight documents.",
        "New faces troubled three documents of one site.",
        "Across the 20 documents New faces stands out.",
        "Two obstacles of the table stand for themselves.",
        "The interviews took 40 minutes each.",
        "Row 1 pairs New faces with Away days.",
        "They met in 2014, on the 11th.",
    ],
)
def test_what_agrees_with_the_project_is_not_told(text: str) -> None:
    assert held(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Thirty interviews were held.", "Thirty interviews | the project has 9 interviews"),
        ("Three rows are contested.", "Three rows | the project has 2 contested rows"),
        ("Three transcripts were made.", "Three transcripts | the project has 1 transcript"),
        (
            "There were three sets of field notes.",
            "three sets of field notes | the project has 2 sets of field notes",
        ),
        ("The table has seven obstacles.", "seven obstacles | the project has 8 obstacles"),
        ("In all, 500 codings were made.", "500 codings | the project has 279 codings"),
        ("New faces was coded in 14 documents.", '14 documents | "New faces": 8 documents'),
        ("New faces was given to 40 segments.", '40 segments | "New faces": 14 segments'),
        (
            "Seven of nine interviewees named New faces.",
            'Seven of nine interviewees | "New faces": 8 of 9 interviewees',
        ),
        (
            "Eight of nine participants named New faces.",
            'Eight of nine participants | "New faces": 9 of 26 participants',
        ),
        (
            "New faces was found in 9 of 20 documents.",
            '9 of 20 documents | "New faces": 8 of 20 documents',
        ),
        ("Row 2 tells of New faces.", 'Row 2, "New faces" | "New faces" is in row 1'),
        ("See row 9.", "row 9 | the table has rows 1 to 2"),
        ("Most participants named Away days.", 'most ("Away days") | 3 of 26 participants'),
        ("Away days helped in all documents.", 'all ("Away days") | 2 of 20 documents'),
    ],
)
def test_what_disagrees_with_the_project_is_told(text: str, told: str) -> None:
    assert held(text) == [told]


def test_what_a_participant_says_in_a_quotation_is_no_claim_of_the_draft() -> None:
    text = "It was said: “Thirty interviews, said Farah Siddiqui, are too many” (Police)."
    spans = [one.span for one in find_quoted(paragraph(text))]
    found = check_claims(paragraph(text), KNOWN, spans)

    assert [one.said for one in found] == ["Farah Siddiqui"]


def test_two_clauses_are_held_apart() -> None:
    text = "Most interviewees named New faces, and a few documents named Away days."

    assert held(text) == []


def test_a_name_that_slipped_is_told_with_its_line() -> None:
    lines = [Line("It was said", 3), Line("by Farah Siddiqui.", 4)]
    found = list(check_claims(next(paragraphs_of(lines)), KNOWN))

    assert [(one.line, one.said) for one in found] == [(4, "Farah Siddiqui")]


def test_the_longest_wording_is_the_one_that_is_named() -> None:
    assert named_in("Away days for all", ["Away days", "days"]) == ("Away days",)


@pytest.mark.usefixtures("coded_study")
def test_a_draft_that_agrees_ends_well() -> None:
    Path("draft.md").write_text("There is one row.\n\n“away day helped”\n", "utf-8")
    outcome = run_qualcode("check-draft", "draft.md", "--plain")

    assert outcome.status == 0
    assert "0 findings; looked at 2 paragraphs and 0 quotations" in outcome.out


@pytest.mark.usefixtures("coded_study")
def test_the_methods_section_that_the_project_writes_has_no_findings() -> None:
    Path("draft.md").write_text(run_qualcode("report", "methods").out, "utf-8")
    outcome = run_qualcode("check-draft", "draft.md", "--plain")

    assert "0 findings" in outcome.out


@pytest.mark.usefixtures("coded_study")
def test_people_and_segments_are_counted_with_the_code_that_is_named() -> None:
    lines = (
        "Two of two interviewees named New faces.",
        "One of two respondents named New faces.",
        "New faces was given to three segments.",
        "New faces was given to two segments.",
    )
    Path("draft.md").write_text("\n\n".join(lines), "utf-8")
    rows = json.loads(run_qualcode("check-draft", "draft.md", "--json").out)["rows"]

    assert [(row["said"], row["held"]) for row in rows] == [
        ("One of two respondents", '"New faces": 2 of 2 respondents'),
        ("three segments", '"New faces": 2 segments'),
    ]


@pytest.mark.usefixtures("coded_study")
def test_a_draft_that_disagrees_ends_with_1() -> None:
    Path("draft.md").write_text("There are three pairs.\nAnn Nurse said so.\n", "utf-8")
    outcome = run_qualcode("check-draft", "draft.md", "--json")

    assert outcome.status == 1
    rows = json.loads(outcome.out)["rows"]
    assert [(row["line"], row["said"]) for row in rows] == [(1, "three pairs"), (2, "Ann Nurse")]


def test_a_draft_that_is_not_there_gets_a_sentence(coded_study: Study) -> None:
    outcome = run_qualcode("check-draft", "nowhere.md")

    assert outcome.status != 0
    assert "nowhere.md: Q" in outcome.err
    assert "Traceback" not in outcome.err
