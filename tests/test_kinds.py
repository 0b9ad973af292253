from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.kinds import recognise_kind
from qualcode.analysis.layouts.titles import find_title
from qualcode.core.model import KINDS, Cue, Extract, Kind, Line, Row
from qualcode.core.protocols import Source
from qualcode.plugins.readers.text import reader as read_text
from tests.factory import lines_of
from tests.shared_data import shared


def kind_of(text: str, name: str = "untitled.txt") -> Kind:
    return recognise_kind(Extract("text", lines=lines_of(text)), name=name).kind


NOTES = """INT07  Police (DI), tier 3        14/3/08   10.15-11.05, his office
Asked not to be recorded. Notes typed up same evening.

1. Background
- 22 yrs service
- on the board since Sept

2. Barriers
- forms
"""
FIELD_NOTES = """Board mtg 9 - Town Hall rm 2.  Observer: AD.  Non-participant.

14.05 Chair opens, 19 present.
14.20 Item 4. Silence.
14.50 OC: third time.
"""
MINUTES = """Board: minutes of the meeting held on 11 November 2007

Present:    J Smith (Chair)
            A Khan
Apologies:  R Patel

1.  Matters arising
1.1 Action 4.2 was carried forward.
2.  Any other business: none.
3.  Date of next meeting: 13 January 2008
"""
POLICY = """Information sharing policy

1. Purpose
1.1 Partners shall share information.
1.2 Managers must keep a record.
1.3 Families shall be told.
"""
TALK = """INT: How does it work?
R: It changes. There is one issue: time.
INT: Why?
R: Nobody stays.
"""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (NOTES, "interview notes"),
        (FIELD_NOTES, "field notes"),
        (MINUTES, "minutes"),
        (POLICY, "policy"),
        (TALK, "transcript"),
        ("A few words about the weather.\n", "other"),
    ],
)
def test_content_alone_shows_the_kind(text: str, kind: Kind) -> None:
    found = kind_of(text)

    assert found == kind


def test_the_share_of_paragraphs_with_names_is_a_reason() -> None:
    text = "A talk\n\nINT: How?\n\nR: So.\n\nand so on\n\nINT: Why?\n\nR: Because.\n"
    found = recognise_kind(Extract("text", lines=lines_of(text)), name="07.txt")

    assert found.reasons == ("speaker names before 80 % of the paragraphs",)


def test_a_list_of_those_present_is_a_reason() -> None:
    found = recognise_kind(Extract("text", lines=lines_of(MINUTES)), name="11.txt")

    assert "has a list of those present" in found.reasons


def test_entries_that_begin_with_clock_times_are_a_reason() -> None:
    found = recognise_kind(Extract("text", lines=lines_of(FIELD_NOTES)), name="9.txt")

    assert found.reasons[0] == "entries begin with clock times"


def test_the_file_name_decides_where_the_content_is_silent() -> None:
    found = recognise_kind(
        Extract("text", lines=lines_of("We spoke for an hour.\n")), name="notes/field_notes-3.txt"
    )

    assert (found.kind, found.reasons) == ("field notes", ('is called "field notes"',))


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        ("interview", "interview notes"),
        ("fieldnotes", "field notes"),
        ("Field Notes", "field notes"),
        ("minutes", "minutes"),
        ("survey", "questionnaire"),
        ("focus group", "transcript"),
    ],
)
def test_front_matter_wins_over_the_content(told: str, kind: Kind) -> None:
    extract = Extract("text", lines=lines_of(POLICY), facts=(("kind", told),))
    found = recognise_kind(extract, name="policy.md")

    assert (found.kind, found.reasons) == (kind, (f'its front matter says "{told}"',))


def test_a_kind_that_nobody_knows_is_passed_over() -> None:
    extract = Extract("text", lines=lines_of(TALK), facts=(("kind", "thing"),))

    assert recognise_kind(extract, name="a.txt").kind == "transcript"


def test_captions_are_a_transcript() -> None:
    found = recognise_kind(Extract("webvtt", cues=(Cue("Hello."),)), name="policy.vtt")

    assert found.kind == "transcript"


def test_rows_are_a_questionnaire() -> None:
    rows = (Row(("Id", "What helps?"), 1), Row(("1", "Time, and people who stay."), 2))

    assert recognise_kind(Extract("sheet", rows=rows), name="a.csv").kind == "questionnaire"


def test_rows_of_time_speaker_and_words_are_a_transcript() -> None:
    rows = (
        Row(("Timespan", "Content", "Speaker"), 1),
        Row(("0:00.0 - 0:05.2", "Thanks for coming.", "Sarah"), 2),
        Row(("0:05.2 - 0:09.0", "It changes, always.", "Mark"), 3),
    )

    assert recognise_kind(Extract("sheet", rows=rows), name="a.csv").kind == "transcript"


def test_a_record_of_a_meeting_with_names_before_speech_is_minutes() -> None:
    people = "".join(f"| Person {n} | P{n} |\n" for n in range(4))
    talk = "\n".join("AB: I agree.\n\nCD: So do I.\n" for _ in range(5))
    text = f"101st Meeting\n\n**Attendees:**\n\n| Name | Short |\n|---|---|\n{people}\n{talk}"

    assert kind_of(text, "april-08.md") == "minutes"


def test_times_of_a_recording_are_no_field_notes() -> None:
    text = "0:00\nthanks for coming\n0:05\nyes it is good\n0:09\nto be here\n"

    assert kind_of(text) == "transcript"


def test_only_the_first_lines_of_a_long_source_are_read() -> None:
    lines = lines_of(TALK + "nothing more\n" * 5000)
    short = recognise_kind(Extract("text", lines=lines[:600]), name="a.txt")

    assert recognise_kind(Extract("text", lines=lines), name="a.txt") == short


@given(st.lists(st.text(max_size=40), max_size=12))
def test_any_lines_have_a_kind_and_a_reason(texts: list[str]) -> None:
    found = recognise_kind(Extract("text", lines=lines_of("\n".join(texts))), name="a.txt")

    assert found.kind in KINDS
    assert all(found.reasons)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("interview_notes.md", "interview notes"),
        ("fieldnotes.txt", "field notes"),
        ("minutes.txt", "minutes"),
        ("f4.txt", "transcript"),
        ("otter.txt", "transcript"),
        ("rev.txt", "transcript"),
        ("word_online.txt", "transcript"),
        ("verbatim_paged.txt", "transcript"),
    ],
)
def test_every_sample_is_recognised(name: str, kind: Kind) -> None:
    extract = read_text(Source("sample.txt", shared("samples", name).read_bytes()))

    assert recognise_kind(extract, name="sample.txt").kind == kind


REVIEWED = """Interview notes
Participant: B2
Date: 3 March 2025

Q1 What gets in the way?
- forms
- no time

Q2 What helps?
- people who stay
"""
BULLETS = "\n\n- forms\n- no time\n- people who stay\n"


def test_notes_that_call_themselves_interview_notes_are_believed() -> None:
    assert kind_of(REVIEWED) == "interview notes"


def test_a_title_of_a_word_document_is_believed() -> None:
    lines = (
        Line("Interview notes: C3", 1, style="heading"),
        Line("forms", 2, style="list"),
        Line("no time", 3, style="list"),
    )
    found = recognise_kind(Extract("word", lines=lines), name="c3.docx")

    assert (found.kind, found.reasons[0]) == (
        "interview notes",
        'its title says "Interview notes"',
    )


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("# Interview notes", "interview notes"),
        ("**INTERVIEW NOTES**", "interview notes"),
        ("Interview notes - Jane", "interview notes"),
        ("Headteacher interview notes", "interview notes"),
        ("Bridge project: interview notes, C3", "interview notes"),
        ("Notes of interview with a nurse", "interview notes"),
        ("Notes from an interview with Jane", "interview notes"),
        ("Bridge: interview notes", "interview notes"),
        ("Interview, 3 March 2025", "interview notes"),
        ("Interview: C3", "interview notes"),
        ("Interview with C3", "interview notes"),
        ("Telephone interview – C3", "interview notes"),
        ("Field notes", "field notes"),
        ("Fieldwork notes: harbour", "field notes"),
        ("Observation notes", "field notes"),
        ("Minutes of the harbour group", "minutes"),
        ("Board minutes", "minutes"),
        (f"### Minutes of May {{#{'minutes-of-may' * 9}}}", "minutes"),
        ("Notes of the board meeting", "minutes"),
        ("Transcript", "transcript"),
        ("Interview transcript: C3", "transcript"),
        ("Questionnaire", "questionnaire"),
        ("Partner questionnaire (returned by post)", "questionnaire"),
        ("Safeguarding Policy", "policy"),
        ("Policy on the sharing of information", "policy"),
    ],
)
def test_a_title_that_says_what_it_heads_decides(title: str, kind: Kind) -> None:
    found = kind_of(f"{title}{BULLETS}")

    assert found == kind


def test_a_title_may_stand_below_other_lines() -> None:
    assert kind_of(f"Bridge project\nConfidential\n\nInterview notes{BULLETS}") == "interview notes"


def test_a_title_in_front_matter_decides() -> None:
    extract = Extract("text", lines=lines_of(BULLETS), facts=(("title", "Interview notes, C3"),))

    assert recognise_kind(extract, name="a.md").kind == "interview notes"


@pytest.mark.parametrize(
    "line",
    [
        "Duration: about 45 minutes",
        "Minutes: 45",
        "Setting: interview notes of Jane",
        "Transcript: none",
        "No transcript",
        "We talked about the transcript, which he had not seen, and about the rest.",
        "- interview notes",
        "2. Questionnaire",
        "Interview guide",
        "Is there a questionnaire?",
        "Transcript was lost",
    ],
)
def test_words_that_are_no_title_do_not_decide(line: str) -> None:
    found = kind_of(f"{line}\n\nOn it went, and so did we.\n")

    assert found == "other"


@pytest.mark.parametrize("line", ["Jane Smith, Head of Policy", "We have no such Policy"])
def test_policy_in_other_words_is_no_title(line: str) -> None:
    assert find_title(lines_of(line)) is None


def test_the_title_of_a_file_about_the_folder_says_nothing_of_its_kind() -> None:
    assert kind_of("# Minutes of the Carpentries\n\nTaken in May.\n", "a/ORIGIN.md") == "other"


def test_a_title_in_the_plural_heads_a_list_of_such_documents() -> None:
    assert kind_of("# Transcripts\n\nThey lie in the folder.\n") == "other"


def test_speaker_names_speak_against_a_title() -> None:
    assert kind_of(f"Interview notes\n\n{TALK}") == "transcript"
    assert kind_of(f"Interview with C3\n\n{TALK}") == "transcript"


@pytest.mark.parametrize("field", ["Participant: B2", "**Interviewee:** a nurse", "Respondent: 4"])
@pytest.mark.parametrize("below", ["- forms\n- time\n", "Q1 What helps?\ntime\n\nQ2 Else?\nno\n"])
def test_a_field_for_the_person_heard_above_bullets_makes_interview_notes(
    field: str, below: str
) -> None:
    found = recognise_kind(
        Extract("text", lines=lines_of(f"{field}\n3 March 2025\n\n{below}")), name="b2.txt"
    )

    assert found.kind == "interview notes"
    assert "its head has a field for the person heard" in found.reasons


def test_a_turn_of_a_participant_is_no_field() -> None:
    text = "Participant: It is good.\n- yes\nParticipant: It changes.\n- no\n"
    found = recognise_kind(Extract("text", lines=lines_of(text)), name="a.txt")

    assert "its head has a field for the person heard" not in found.reasons
