from __future__ import annotations

import pytest

from qualcode.analysis.layouts.all_kinds import lay_out
from qualcode.analysis.layouts.talk.labels import find_labels
from qualcode.core.model import Line
from qualcode.core.protocols import Source
from qualcode.plugins.readers.text import reader as read_text
from tests.shared_data import shared
from tests.test_layout_transcript import asking, laid_out, turns_of


def test_the_head_tells_who_asks() -> None:
    found = laid_out(
        "Date: 3 March 2024\nInterviewer: Ruth Lane\n\n"
        "RL: Yes.\n\nMA: By chance.\n\nRL: I see.\n\nMA: So."
    )

    assert asking(found) == ["RL"]


def test_labels_are_those_of_the_lines_that_are_asked_for() -> None:
    first = find_labels((Line("INT: Why?", 1), Line("R: So.", 2)))
    second = find_labels((Line("Dan: Why?", 1), Line("Mia: So.", 2)))

    assert list(first.names.values()) == ["INT", "R"]
    assert list(second.names.values()) == ["Dan", "Mia"]


def test_a_word_that_the_file_also_writes_small_is_no_name() -> None:
    found = laid_out("Police: it was late.\n\nThe police came.\n\nPolice: it was early.\n\nSo.")

    assert found.speakers == ()


@pytest.mark.parametrize("name", ["Lorna Beck", "Lorna", "LB"])
def test_front_matter_tells_who_asks(name: str) -> None:
    found = laid_out(
        "Lorna Beck: Good.\n\nDean: Yes.\n\nJess: No.\n\nLorna Beck: Fine.\n\nDean: So.".replace(
            "Lorna Beck", "Lorna" if name == "Lorna" else "LB" if name == "LB" else "Lorna Beck"
        ),
        facts=(("facilitator", "Lorna Beck"),),
    )

    assert asking(found) == [name]


def test_of_two_the_one_whose_turns_are_questions_asks() -> None:
    found = laid_out(
        "Dan: Why?\nMia: So.\nDan: And then?\nMia: No.\nDan: Who?\nMia: Me.\nDan: I see."
    )

    assert asking(found) == ["Dan"]
    assert found.problems == ()


def test_beside_a_participant_the_other_asks() -> None:
    found = laid_out("Dan: Go on.\nParticipant: Well?\nDan: I see.\nParticipant: So?")

    assert asking(found) == ["Dan"]


def test_a_respondent_is_no_researcher_beside_an_interviewer() -> None:
    found = laid_out("I: Why?\nR: So.\nI: And?\nR: No.")

    assert asking(found) == ["I"]


def test_a_number_of_an_interview_is_no_interviewer() -> None:
    found = laid_out("RL: Go on.\n\nINT07: Twenty years.\n\nRL: I see.\n\nINT07: Yes.")

    assert asking(found) == ["RL"]


def test_it_is_said_where_nobody_can_be_told_to_ask() -> None:
    found = laid_out("Anna: Good.\nBea: So.\nCal: No.\nAnna: Fine.\nBea: Yes.")

    assert [p.number for p in found.problems] == ["Q241"]
    assert asking(found) == []


def test_a_transcript_without_names_is_told_of() -> None:
    found = laid_out("I came in 1980.\n\nThere is one issue: time.\n")

    assert [p.number for p in found.problems] == ["Q240"]
    assert turns_of(found) == [(None, "I came in 1980."), (None, "There is one issue: time.")]


def test_a_misspelt_role_is_read_as_the_role_and_told_of() -> None:
    text = "Dan: Why?\nParticipant: So.\n" * 5 + "Dan: Why?\nParticpant: So.\n"
    found = laid_out(text)

    assert [speaker.name for speaker in found.speakers] == ["Dan", "Participant"]
    assert [p.number for p in found.problems] == ["Q243"]


@pytest.mark.parametrize("name", ["P2.txt", "P3.txt", "P5.txt", "P6.txt", "P7.txt"])
def test_in_a_real_user_study_the_researcher_is_told_from_the_participant(name: str) -> None:
    path = shared("data", "pdpilot_spans", "transcripts", name)
    extract = read_text(Source(name, path.read_bytes()))
    found = lay_out(extract, kind="transcript", name=name)

    assert [(s.name, s.is_researcher) for s in found.speakers] == [
        ("Dan", True),
        ("Participant", False),
    ]
