from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.freeze import Layout, freeze
from qualcode.analysis.layouts.all_kinds import lay_out
from qualcode.core.model import Extract, Line, Unit
from qualcode.core.protocols import Source
from qualcode.plugins.readers.text import reader as read_text
from tests.factory import lines_of
from tests.shared_data import shared

NOTES = """INT07  Police (DI), tier 3        14/3/08   10.15-11.05, his office
Asked not to be recorded. Notes typed up same evening.

1. Background
- 22 yrs service, fast track, came in late (was a teacher)
- on the board since Sept, 3rd police rep!

2. Barriers
- diff. people sent each time -> 'we start from scratch every meeting'
- targets don't match; worried abt data protection
  (says solicitor must sign off)

She stopped here and looked out.

[OC: defensive when I raised it;
  relaxed once I mentioned [P06]]
?? follow up: who briefs the chair
"""


def laid_out(text: str, *, name: str = "notes/int-07.md") -> Layout:
    extract = read_text(Source(name, text.encode()))
    return lay_out(extract, kind="interview notes", name=name)


def units_of(layout: Layout) -> list[tuple[Unit, str]]:
    frozen = freeze(layout.pieces)
    return [(unit, frozen.text[unit.span.start : unit.span.end]) for unit in frozen.units]


def said(text: str, form: str = "bullet") -> list[str]:
    return [words for unit, words in units_of(laid_out(text)) if unit.form == form]


def test_every_bullet_is_named_by_its_question() -> None:
    found = units_of(laid_out(NOTES))

    assert [(unit.ref, unit.topic) for unit, _ in found if unit.form == "bullet"] == [
        ("bullet 1.1", "Background"),
        ("bullet 1.2", "Background"),
        ("bullet 2.1", "Barriers"),
        ("bullet 2.2", "Barriers"),
    ]


def test_an_indented_line_goes_on_with_its_bullet() -> None:
    found = said(NOTES)

    assert found[3] == (
        "targets don't match; worried abt data protection (says solicitor must sign off)"
    )


def test_labels_stand_in_the_text_but_not_in_the_words() -> None:
    frozen = freeze(laid_out(NOTES).pieces)

    assert "\n1. Background\n- 22 yrs service" in frozen.text


def test_the_interviewee_speaks_everything_but_the_comments() -> None:
    found = laid_out(NOTES)

    assert [speaker.id for speaker in found.speakers] == ["INT07"]
    assert {unit.speaker_id for unit, _ in units_of(found) if unit.form != "comment"} == {"INT07"}
    assert {unit.speaker_id for unit, _ in units_of(found) if unit.form == "comment"} == {None}


def test_comments_are_the_observers() -> None:
    frozen = freeze(laid_out(NOTES).pieces)
    heard = [
        frozen.text[p.span.start : p.span.end] for p in frozen.passages if p.voice == "observer"
    ]

    assert heard == [
        "[OC: defensive when I raised it; relaxed once I mentioned [P06]]",
        "?? follow up: who briefs the chair",
    ]


def test_quoted_speech_is_verbatim_and_the_rest_a_paraphrase() -> None:
    frozen = freeze(laid_out(NOTES).pieces)
    heard = [
        frozen.text[p.span.start : p.span.end] for p in frozen.passages if p.voice == "verbatim"
    ]

    assert heard == ["we start from scratch every meeting"]


def test_a_paragraph_between_bullets_is_a_unit() -> None:
    found = said(NOTES, "paragraph")

    assert found == ["She stopped here and looked out."]


def test_the_head_gives_title_and_date() -> None:
    found = laid_out(NOTES)

    assert (found.title, found.date) == ("INT07 Police (DI), tier 3", "2008-03-14")
    assert [piece.form for piece in found.pieces[:3]] == ["header", "header", "heading"]


@pytest.mark.parametrize(
    ("head", "who"),
    [
        ("Interview with P12 (nurse)", "P12"),
        ("INT 04 Teacher, 12 May 2024", "INT04"),
        ("Participant: Jane, 4 June 2024", "Jane"),
        ("Interview 5. Head teacher. 2024-06-04", "Interview 5"),
        ("Notes typed up on the bus", "int-07"),
    ],
)
def test_the_interviewee_is_named_by_the_head_else_by_the_file(head: str, who: str) -> None:
    found = laid_out(f"{head}\n\n1. Background\n- 4 yrs\n")

    assert [speaker.id for speaker in found.speakers] == [who]


def test_front_matter_names_the_interviewee() -> None:
    found = laid_out("---\nparticipant: P09\n---\nINT07 police, 4 June 2024\n\n- 4 yrs\n")

    assert [speaker.id for speaker in found.speakers] == ["P09"]


@pytest.mark.parametrize("marker", ["-", "*", "•", "–", "+", "a)", "(a)"])
def test_bullets_of_many_shapes(marker: str) -> None:
    found = said(f"1. Background\n{marker} one thing\n    - nested\n")

    assert found == ["one thing", "nested"]


def test_headings_of_markdown_are_topics_and_bullets_are_counted_through() -> None:
    found = units_of(laid_out("# INT07\n\n## Background\n\n- one\n\n## Barriers\n\n- two\n"))

    assert [(unit.ref, unit.topic) for unit, _ in found if unit.form == "bullet"] == [
        ("bullet 1", "Background"),
        ("bullet 2", "Barriers"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "BACKGROUND\n- one\n\nBARRIERS\n- two\n",
        "Background:\n- one\n\nBarriers:\n- two\n",
        "**Background**\n- one\n\n**Barriers**\n- two\n",
        "Background\n----------\n- one\n\nBarriers\n--------\n- two\n",
    ],
)
def test_headings_without_numbers(text: str) -> None:
    found = units_of(laid_out(text))

    assert [unit.topic.capitalize() for unit, _ in found if unit.form == "bullet"] == [
        "Background",
        "Barriers",
    ]


def test_a_question_over_two_lines_with_paragraphs_below() -> None:
    text = """Interview 5, 4 June 2024

Q1. How did you come to this work, and what
    did you do before?
Came late. Was a joiner. Says
it helps.

Q2. Anything else?
"""
    found = units_of(laid_out(text))

    assert [words for unit, words in found if unit.form == "heading"] == [
        "How did you come to this work, and what did you do before?",
        "Anything else?",
    ]
    assert [words for unit, words in found if unit.form == "paragraph"] == [
        "Came late. Was a joiner. Says it helps."
    ]


def test_numbered_notes_without_anything_below_can_be_coded() -> None:
    text = """INT05 4/6/24

1. came late to the work
2. was a joiner, says it helps
3. never went to college
"""

    assert said(text) == [
        "came late to the work",
        "was a joiner, says it helps",
        "never went to college",
    ]


def test_a_dash_inside_brackets_is_no_bullet() -> None:
    found = said(
        "1. Barriers\n- five names in four yrs [chair said three\n  - check minutes]\n- forms\n"
    )

    assert found == ["five names in four yrs [chair said three - check minutes]", "forms"]


def test_notes_are_never_divided_at_full_stops() -> None:
    found = said("1. Barriers\n- no time. No money. CSC abt to change\n")

    assert found == ["no time. No money. CSC abt to change"]


def test_a_comment_in_brackets_may_hold_an_empty_line() -> None:
    found = said("- one\n\n[OC: smiles.\n\nThen looks away.]\n\n- two\n", "comment")

    assert found == ["[OC: smiles. Then looks away.]"]


def test_content_right_below_the_head_is_not_lost_to_it() -> None:
    lines = (
        "Interview notes, INT06, 4 June 2024",
        "Not recorded",
        "Background",
        "Came late to the work.",
        "Was a joiner and says it helps.",
        "Forms get in the way.",
        "Police change.",
        "So do the rest.",
    )
    extract = Extract("word", lines=tuple(Line(text, n) for n, text in enumerate(lines, 1)))
    found = lay_out(extract, kind="interview notes", name="a.docx")

    assert [piece.form for piece in found.pieces] == ["header"] * 2 + ["paragraph"] * 6


def test_ruled_lines_are_counted() -> None:
    found = laid_out("- one\n\n* * *\n\n- two\n")

    assert found.dropped == (("ruled line", 1),)


@given(st.lists(st.text(alphabet="ab1. -[]:?OC*#'\t", max_size=14), max_size=10))
def test_any_notes_have_units_inside_the_text_and_in_order(texts: list[str]) -> None:
    layout = lay_out(
        Extract("text", lines=lines_of("\n".join(texts))), kind="interview notes", name="a.md"
    )
    frozen = freeze(layout.pieces)
    position = 0
    for unit in frozen.units:
        assert position <= unit.span.start < unit.span.end <= len(frozen.text)
        position = unit.span.end


def test_the_sample_of_interview_notes() -> None:
    path = shared("samples", "interview_notes.md")
    found = units_of(laid_out(path.read_text()))

    assert [unit.ref for unit, _ in found if unit.form in ("bullet", "comment")] == [
        "bullet 1.1",
        "bullet 1.2",
        "bullet 2.1",
        "bullet 2.2",
        "bullet 2.3",
        "comment 1",
        "comment 2",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Q1. What gets in the way?", "Q2. What helps?"),
        ("Q1 What gets in the way?", "Q2 What helps?"),
        ("Q1 - what gets in the way?", "Q2 - what helps?"),
        ("Q1 — what gets in the way?", "Q2 — what helps?"),
        ("Q1: What gets in the way?", "Q2: What helps?"),
        ("Q.1 What gets in the way?", "Q.2 What helps?"),
        ("**Q1** What gets in the way?", "**Q2** What helps?"),
        ("**Q1.** What gets in the way?", "**Q2.** What helps?"),
        ("**1.** What gets in the way?", "**2.** What helps?"),
        ("1) What gets in the way?", "2) What helps?"),
        ("1. What gets in the way?", "2. What helps?"),
    ],
)
def test_guide_questions_of_many_shapes_are_topics(first: str, second: str) -> None:
    found = units_of(laid_out(f"Interview notes\n\n{first}\n- forms\n- time\n{second}\n- trust\n"))

    assert [
        (unit.ref, unit.topic.lower())
        for unit, _ in found
        if unit.form not in ("header", "heading")
    ] == [
        ("bullet 1.1", "what gets in the way?"),
        ("bullet 1.2", "what gets in the way?"),
        ("bullet 2.1", "what helps?"),
    ]


def test_a_long_guide_question_with_its_letter_is_a_topic() -> None:
    asked = "Tell me how you came to this work, what you did before, and what you like about it"
    found = units_of(laid_out(f"Q1. {asked}\n- late\n\nQ2. Else\n- no\n"))

    assert [(unit.ref, unit.topic) for unit, _ in found if unit.form == "bullet"] == [
        ("bullet 1.1", asked),
        ("bullet 2.1", "Else"),
    ]
