from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.freeze import Frozen, Layout, freeze
from qualcode.analysis.layouts.all_kinds import lay_out
from qualcode.core.model import Extract, Line, Row
from qualcode.core.protocols import Source
from qualcode.plugins.readers.text import reader as read_text
from tests.factory import lines_of
from tests.shared_data import shared

Turns = list[tuple[str | None, str]]


def laid_out(text: str, *, name: str = "a.txt", facts: tuple[tuple[str, str], ...] = ()) -> Layout:
    return lay_out(Extract("text", lines=lines_of(text), facts=facts), kind="transcript", name=name)


def turns_of(layout: Layout) -> Turns:
    frozen = freeze(layout.pieces)
    return [
        (unit.speaker_id, frozen.text[unit.span.start : unit.span.end])
        for unit in frozen.units
        if unit.form == "turn"
    ]


def talk(text: str) -> Turns:
    return turns_of(laid_out(text))


def times_of(layout: Layout) -> list[float | None]:
    return [piece.time for piece in layout.pieces if piece.form == "turn"]


def asking(layout: Layout) -> list[str]:
    return [speaker.name for speaker in layout.speakers if speaker.is_researcher]


STYLES = {
    "typed": "INT: Why?\nR: It is so.\nINT: And then?",
    "typed with empty lines": "INT: Why?\n\nR: It is so.\n\nINT: And then?",
    "typed without a space": "INT:Why?\nR:It is so.\nINT:And then?",
    "typed with a space before the colon": "INT : Why?\nR : It is so.\nINT : And then?",
    "with full stops": "INT. Why?\nR. It is so.\nINT. And then?",
    "bold": "**INT:** Why?\n\n**R:** It is so.\n\n**INT:** And then?",
    "bold before the colon": "**INT**: Why?\n\n**R**: It is so.\n\n**INT**: And then?",
    "on a line of their own": "INT:\nWhy?\n\nR:\nIt is so.\n\nINT:\nAnd then?",
    "in brackets": "[INT] Why?\n\n[R] It is so.\n\n[INT] And then?",
    "with a tab": "INT\tWhy?\nR\tIt is so.\nINT\tAnd then?",
    "Otter": "INT  0:05  \nWhy?\n\nR  0:08  \nIt is so.\n\nINT  1:02:03\nAnd then?",
    "Teams": "INT   0:05\nWhy?\nR   0:08\nIt is so.\nINT   1:02:03\nAnd then?",
    "Rev": "INT (00:05):\nWhy?\n\nR (00:08):\nIt is so.\n\nINT (01:02:03):\nAnd then?",
    "Word": "00:00:05 INT\nWhy?\n00:00:08 R\nIt is so.\n01:02:03 INT\nAnd then?",
    "Trint": "[00:05] INT: Why?\n\n[00:08] R: It is so.\n\n[1:02:03] INT: And then?",
    "Descript": "INT: [00:05] Why?\n\nR: [00:08] It is so.\n\nINT: [1:02:03] And then?",
    "Happy Scribe": "[00:00:05] - INT\nWhy?\n\n[00:00:08] - R\nIt is so.\n\n"
    "[01:02:03] - INT\nAnd then?",
    "Zoom captions": "[INT] 00:00:05\nWhy?\n\n[R] 00:00:08\nIt is so.\n\n[INT] 01:02:03\nAnd then?",
    "a time above the name": "0:0:5.0 --> 0:0:7.1\nINT\nWhy?\n0:0:8.0 --> 0:0:9.0\nR\nIt is so.\n"
    "1:2:3.0 --> 1:2:4.0\nINT\nAnd then?",
    "a table": "| 00:05 | INT | Why? |\n| 00:08 | R | It is so. |\n| 1:02:03 | INT | And then? |",
}


@pytest.mark.parametrize("style", STYLES)
def test_every_way_of_marking_speakers_gives_the_same_turns(style: str) -> None:
    found = laid_out(STYLES[style])

    assert turns_of(found) == [("INT", "Why?"), ("R", "It is so."), ("INT", "And then?")]
    assert asking(found) == ["INT"]


@pytest.mark.parametrize(
    "style",
    [
        "Otter",
        "Teams",
        "Rev",
        "Word",
        "Trint",
        "Descript",
        "Happy Scribe",
        "Zoom captions",
        "a table",
    ],
)
def test_the_time_of_a_turn_is_in_seconds(style: str) -> None:
    found = laid_out(STYLES[style])

    assert times_of(found) == [5.0, 8.0, 3723.0]


def test_a_time_at_the_end_of_a_turn_begins_the_next() -> None:
    found = laid_out(
        "I: Wie? #00:00:05-1#\n\nB1: Na ja. #00:00:09-2# Doch. #00:00:15-0#\n\nI: So? #00:00:20-0#"
    )

    assert turns_of(found) == [("I", "Wie?"), ("B1", "Na ja. Doch."), ("I", "So?")]
    assert times_of(found) == [0.0, 5.1, 15.0]


def test_names_in_capitals_on_their_own_line() -> None:
    found = talk(
        "INTERVIEWER\nHow?\n\nDEAN OKAFOR\nBy chance.\nEXACTLY\nthat.\n\nINTERVIEWER\nAnd?\n\n"
        "DEAN OKAFOR\nNothing.\n\nHELEN PRYCE\nI would not say so."
    )

    assert found == [
        ("INTERVIEWER", "How?"),
        ("DEAN OKAFOR", "By chance. EXACTLY that."),
        ("INTERVIEWER", "And?"),
        ("DEAN OKAFOR", "Nothing."),
        ("HELEN PRYCE", "I would not say so."),
    ]


def test_a_label_and_its_colon_are_no_part_of_the_words() -> None:
    frozen: Frozen = freeze(laid_out("INT: Why?\nR: So.").pieces)

    assert frozen.text == "INT: Why?\nR: So.\n"
    assert [unit.ref for unit in frozen.units] == ["turn 1", "turn 2"]
    assert {passage.voice for passage in frozen.passages} == {"verbatim"}


@pytest.mark.parametrize(
    "said",
    [
        "There is one issue: time.",
        "Police: they come and go.",
        "It starts at 10:30: too early.",
        "Note: this is off the record.",
        "Second: money. Third: people.",
        "See http://example.org/x for more.",
        "[inaudible 00:00:12] the board.",
    ],
)
def test_a_colon_in_speech_makes_no_speaker(said: str) -> None:
    found = talk(
        f"INT: What is it?\n\nR: Well.\n\n{said}\n\nINT: And?\n\nR: No.\n\nINT: Why?\n\nR: So."
    )

    assert [speaker for speaker, _ in found] == ["INT", "R", "INT", "R", "INT", "R"]
    assert found[1] == ("R", f"Well. {said}")


def test_a_wrapped_line_that_happens_to_begin_like_a_label_goes_on() -> None:
    found = talk(
        "INT:  How does it work?\nR:    Well. Ask them, as the saying goes, of the\n"
        "      Police: they come and go.\n\n      A second paragraph of his.\nINT:  And?\nR:    So."
    )

    assert found[1] == (
        "R",
        "Well. Ask them, as the saying goes, of the Police: they come and go."
        " A second paragraph of his.",
    )


def test_somebody_who_speaks_only_once_is_a_speaker_like_the_others() -> None:
    found = talk(
        "Anna: So?\nBea: Good.\nCal: Money.\nAnna: Why?\nCal: No idea.\nEve: Hello.\nAnna: Hm?"
    )

    assert [speaker for speaker, _ in found] == ["Anna", "Bea", "Cal", "Anna", "Cal", "Eve", "Anna"]


@pytest.mark.parametrize(
    "name",
    [
        "O'Neil, Mark (Police)",
        "Dr. Ann-Marie de Vries-Løkke",
        "INT07 (Police)",
        "Speaker 2",
        "Unknown Speaker",
        "The Chair (Hon. Anthony Rota (Nipissing, Lib.))",
        "Grad A",
        "iPhone",
        "Will",
    ],
)
def test_names_of_many_shapes_are_speakers(name: str) -> None:
    found = talk(
        f"Sarah Jones: Shall we?\n\n{name}: One thing: time.\n\nSarah Jones: Yes?\n\n{name}: No."
    )

    assert found == [
        ("Sarah Jones", "Shall we?"),
        (name, "One thing: time."),
        ("Sarah Jones", "Yes?"),
        (name, "No."),
    ]


def test_how_something_is_said_stays_in_the_words_and_makes_no_speaker() -> None:
    found = talk("Anna: So?\nBea (laughing): Good.\nAnna: Why?\nBea: (sighs) So.")

    assert found[1] == ("Bea", "(laughing) Good.")
    assert found[3] == ("Bea", "(sighs) So.")


def test_spellings_of_one_label_are_one_speaker() -> None:
    found = laid_out(
        "Interviewer1 : So?\nAnna: Yes.\nInterviewer 1: And?\nInterviewer1 1: Hm?\nAnna: No."
    )

    assert [speaker.name for speaker in found.speakers] == ["Interviewer1", "Anna"]


def test_paragraphs_with_the_same_label_are_one_turn() -> None:
    found = talk("INT: Why?\n\nR: Because.\n\nR: And also so.\n\nINT: Hm?")

    assert found[1] == ("R", "Because. And also so.")


def test_an_unfinished_word_is_not_joined_to_the_next_paragraph() -> None:
    found = talk("INT: Why?\n\nR: The board, it-\n\nit changes.\n\nINT: Hm?")

    assert found[1] == ("R", "The board, it- it changes.")


def test_unknown_speakers_are_not_taken_for_one_another() -> None:
    found = talk("INT: Why?\nUnknown: So.\nUnknown: No.\nINT: Hm?")

    assert [speaker for speaker, _ in found] == ["INT", "Unknown", "Unknown", "INT"]


def test_what_stands_before_the_first_turn_is_the_head() -> None:
    found = laid_out(
        "Interview 4: housing\n\nDate: 3 March 2024\nInterviewer: Ruth Lane\nParticipant: P04\n\n"
        "**RL:** How?\n\n**P04:** By chance.\n\n**RL:** And?\n"
    )

    assert [piece.form for piece in found.pieces[:5]] == ["header"] * 4 + ["turn"]
    assert (found.title, found.date) == ("Interview 4: housing", "2024-03-03")


def test_system_lines_are_left_out_and_counted() -> None:
    found = laid_out(
        "Sarah Jones started transcription\n\nSarah Jones   0:05\nHello?\nMark   0:08\nYes.\n"
        "Sarah Jones stopped transcription\n-----\nTranscribed by https://otter.ai"
    )

    assert turns_of(found) == [("Sarah Jones", "Hello?"), ("Mark", "Yes.")]
    assert found.dropped == (("ruled line", 1), ("system line", 3))


@pytest.mark.parametrize(
    "note", ["[End of interview]", "RECORDING PAUSED", "===== Connection lost ====="]
)
def test_what_is_said_of_the_recording_is_nobodys_speech(note: str) -> None:
    found = laid_out(f"INT: Why?\nR: So.\n\n{note}\n\nINT: And?\nR: No.")

    assert turns_of(found)[1] == ("R", "So.")
    assert [p.voice for p in found.pieces if p.form == "comment"] == ["observer"]


def test_a_heading_is_the_topic_of_the_turns_below_it() -> None:
    lines = (
        Line("INT: Why?", 1),
        Line("Part two", 2, style="heading"),
        Line("R: So.", 3),
        Line("INT: And?", 4),
    )
    found = lay_out(Extract("text", lines=lines), kind="transcript", name="a.md")

    assert [(p.form, p.topic) for p in found.pieces] == [
        ("turn", ""),
        ("heading", ""),
        ("turn", "Part two"),
        ("turn", "Part two"),
    ]


def test_rows_with_a_heading_are_turns() -> None:
    rows = (
        Row(("Timespan", "Content", "Speaker"), 1),
        Row(("0:05", "Why?", "I"), 2),
        Row(("0:08", "So: it is.", "R"), 3),
        Row(("0:09", "Always.", ""), 4),
    )
    found = lay_out(Extract("sheet", rows=rows), kind="transcript", name="a.csv")

    assert turns_of(found) == [("I", "Why?"), ("R", "So: it is. Always.")]
    assert times_of(found) == [5.0, 8.0]


PIECES = st.sampled_from(
    re.split(
        ";",
        "INT: ;R:;Sarah Jones;  0:05;(00:05):;[00:00:05];#00:00:01-2#;- ;\t;|;**;Q.;[x];>>;(laughs)"
        ";so we went;it-;Date: 3 May 2024;::;=",
    )
)


LINES = st.lists(
    st.one_of(st.text(max_size=20), st.lists(PIECES, max_size=5).map("".join)), max_size=10
)


@given(LINES)
def test_any_lines_have_turns_inside_the_text_and_in_order(texts: list[str]) -> None:
    layout = laid_out("\n".join(" ".join(text.split("\n")) for text in texts))
    frozen = freeze(layout.pieces)
    known = {speaker.id for speaker in layout.speakers} | {None}
    position = 0
    for unit in frozen.units:
        assert position <= unit.span.start < unit.span.end <= len(frozen.text)
        assert unit.speaker_id in known
        position = unit.span.end


@pytest.mark.parametrize(
    ("name", "speakers", "n_turns"),
    [
        ("Interview 2.txt", ["Interviewer1", "Interviewee1", "Interviewer2"], 89),
        ("Interview 6.txt", ["Interviewer1", "Interviewee", "Interviewer3", "Interviewer2"], 146),
        ("Interview 10.txt", ["interviewee", "interviewer"], 110),
        ("Interview 14.txt", ["Interviewer 1", "Interviewer 2", "Interviewee"], 113),
    ],
)
def test_real_interviews_have_their_speakers(name: str, speakers: list[str], n_turns: int) -> None:
    path = shared("data", "mlss_interviews", "transcripts", name)
    extract = read_text(Source(name, path.read_bytes()))
    found = lay_out(extract, kind="transcript", name=name)

    assert [speaker.name for speaker in found.speakers] == speakers
    assert asking(found) == [name for name in speakers if re.match("(?i)interviewer", name)]
    assert len(turns_of(found)) == n_turns
