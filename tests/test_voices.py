from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.voices import find_passages
from qualcode.core.model import Voice


def heard(text: str, *, voice: Voice = "paraphrase", wanted: Voice = "verbatim") -> list[str]:
    passages = find_passages(text, voice=voice)
    return [text[p.span.start : p.span.end] for p in passages if p.voice == wanted]


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("says 'we start again' each time", ["we start again"]),
        ('"you put a face to the name"', ["you put a face to the name"]),
        ("‘it isn’t ours’, he says", ["it isn’t ours"]),
        ("“quite right” and „na ja“ and «bon»", ["quite right", "na ja", "bon"]),
        ("qualified '98, then 'under three names'", ["under three names"]),
        ("five mins' speaking to it. 'I say it again'", ["I say it again"]),
        ("'the solicitors' letter came' she said", ["the solicitors' letter came"]),
        ("'no' and 'yes'", ["no", "yes"]),
        ("he says 'em all", []),
        ("nobody's, the board's, its own", []),
        ("an 'unclosed one", []),
    ],
)
def test_speech_between_quotation_marks_is_verbatim(text: str, speech: list[str]) -> None:
    found = heard(text)

    assert found == speech


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        (
            "[OC: relaxed once I mentioned [P10] again] then left",
            "[OC: relaxed once I mentioned [P10] again]",
        ),
        ("no recording (?? is it) she says", "(?? is it)"),
        ("They left. PN: I was cold.", "PN: I was cold."),
        ("They left again. pn : I was cold.", "pn : I was cold."),
        ("OCR of [P10] done. OC - a joke", "OC - a joke"),
        ("ask again ?? who briefs the chair", "?? who briefs the chair"),
    ],
)
def test_what_the_observer_adds_is_apart(text: str, comment: str) -> None:
    found = heard(text, wanted="observer")

    assert found == [comment]


def test_quotation_marks_inside_a_comment_are_not_speech() -> None:
    found = heard("[OC: 'stakeholder' again] 'bring a paper'")

    assert found == ["bring a paper"]


def test_a_question_mark_doubled_at_the_end_of_a_word_is_no_comment() -> None:
    found = heard("the inspection, maybe?? They come Monday", wanted="observer")

    assert found == []


def test_in_a_recording_only_comments_in_brackets_are_looked_for() -> None:
    found = heard("OC: he said 'no'. [OC: laughs]", voice="verbatim", wanted="observer")

    assert found == ["[OC: laughs]"]


@given(
    st.text(alphabet="a s'’‘\"“”[]()?OC:PN.", max_size=60),
    st.sampled_from(["paraphrase", "verbatim"]),
)
def test_passages_cover_a_text_without_gaps_or_overlaps(text: str, voice: Voice) -> None:
    position = 0
    for passage in find_passages(text, voice=voice):
        assert passage.span.start == position
        assert passage.span.end > position
        position = passage.span.end

    assert position == len(text)
