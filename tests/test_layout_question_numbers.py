"""Numbers of questions on lines of their own, in a transcript whose labels stand so too."""

from __future__ import annotations

from tests.test_layout_transcript import asking, laid_out, turns_of

TALK = """\
Interviewer1
Why is it so?
Q1
Interviewee1
It is so.
It always was.
Q1
Interviewer1
Is it?
Q4.4
Interviewee1 : exactly that.
Interviewer1
And then?
Interviewee1
Nothing.
"""


def test_a_number_of_a_question_is_no_speaker() -> None:
    layout = laid_out(TALK)

    assert [speaker.name for speaker in layout.speakers] == ["Interviewer1", "Interviewee1"]
    assert asking(layout) == ["Interviewer1"]


def test_a_role_with_a_colon_begins_a_turn_among_labels_on_their_own_lines() -> None:
    assert ("Interviewee1", "exactly that.") in turns_of(laid_out(TALK))


def test_q_and_a_with_numbers_are_speakers_where_nobody_else_is_named() -> None:
    layout = laid_out("Q1\nWhy?\nA1\nSo.\nQ1\nAnd?\nA1\nNo more.\n")

    assert [speaker.name for speaker in layout.speakers] == ["Q1", "A1"]
