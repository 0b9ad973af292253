from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.freeze import Layout, freeze
from qualcode.analysis.layouts.all_kinds import lay_out
from qualcode.core.model import Cue, Extract
from tests.test_layout_transcript import times_of, turns_of


def cues(*said: tuple[str, str, float]) -> Layout:
    held = tuple(
        Cue(text, name, start, start + 1, n) for n, (name, text, start) in enumerate(said, 1)
    )
    return lay_out(Extract("webvtt", cues=held), kind="transcript", name="a.vtt")


def test_captions_of_one_speaker_are_one_turn() -> None:
    found = cues(
        ("Ann", "Thanks for", 1), ("Ann", "coming.", 2), ("Bo", "Yes.", 3), ("Ann", "So?", 4)
    )

    assert turns_of(found) == [("Ann", "Thanks for coming."), ("Bo", "Yes."), ("Ann", "So?")]
    assert times_of(found) == [1, 3, 4]


def test_a_name_in_the_words_of_a_caption_is_the_speaker() -> None:
    found = cues(
        ("", "Sarah Jones: There is one issue: time.", 1),
        ("", "and I mean that.", 2),
        ("", "INT07 (Police): Well, it-", 3),
        ("", "INT07 (Police): it changes.", 4),
    )

    assert turns_of(found) == [
        ("Sarah Jones", "There is one issue: time. and I mean that."),
        ("INT07 (Police)", "Well, it- it changes."),
    ]


def test_every_caption_of_a_turn_keeps_its_time() -> None:
    frozen = freeze(cues(("Ann", "first", 1), ("Ann", "second", 9)).pieces)

    assert [(mark.time, mark.line) for mark in frozen.marks] == [(1, 1), (9, 2)]


def test_captions_without_names_are_parted_where_nobody_speaks() -> None:
    found = cues(("", "Thanks.", 1), ("", "No problem.", 2), ("", "So.", 9))

    assert turns_of(found) == [(None, "Thanks. No problem."), (None, "So.")]


def test_words_that_a_machine_heard_again_and_again_are_told_of() -> None:
    found = cues(*(("", "Thank you for watching.", n) for n in range(4)))

    assert [p.number for p in found.problems] == ["Q240", "Q242"]
    assert turns_of(found)[0][1].count("watching") == 4


def test_words_that_roll_over_into_the_next_caption_are_said_once() -> None:
    said = ["we go", "we go on and", "on and on", "on until", "until it", "it ends", "it ends here"]
    found = cues(*(("", text, n) for n, text in enumerate(said)))

    assert turns_of(found) == [(None, "we go on and on until it ends here")]
    assert found.dropped == (("words repeated by rolling captions", 6),)


@given(
    st.lists(
        st.builds(Cue, text=st.text(max_size=20), speaker=st.sampled_from(["", "A", "B "])),
        max_size=8,
    )
)
def test_any_captions_have_turns(held: list[Cue]) -> None:
    layout = lay_out(Extract("webvtt", cues=tuple(held)), kind="transcript", name="a.vtt")
    said = " ".join(" ".join(cue.text.split()) for cue in held).split()

    assert len(" ".join(text for _, text in turns_of(layout)).split()) <= len(said)


def test_a_caption_without_a_name_goes_on_after_a_short_pause_only() -> None:
    found = cues(
        ("Ann", "Thanks for", 1),
        ("", "coming.", 3.9),
        ("", "Hm.", 6.9),
        ("", "Yes.", 8),
        ("Bo", "So?", 9),
    )

    assert turns_of(found) == [
        ("Ann", "Thanks for coming."),
        (None, "Hm. Yes."),
        ("Bo", "So?"),
    ]


def test_a_caption_without_a_name_or_a_time_goes_on_with_the_turn() -> None:
    held = (Cue("Thanks for", "Ann", 1), Cue("coming."), Cue("Again.", start=9))
    found = lay_out(Extract("whisper", cues=held), kind="transcript", name="a.json")

    assert turns_of(found) == [("Ann", "Thanks for coming. Again.")]


def test_a_caption_without_a_name_goes_on_where_names_stand_in_the_words() -> None:
    found = cues(
        ("", "Ann Lee: Thanks for", 1),
        ("", "coming.", 9),
        ("", "INT07 (Police): Well,", 11),
        ("", "it changes.", 19),
        ("", "INT07 (Police): Always.", 20),
        ("", "Ann Lee: So?", 22),
    )

    assert turns_of(found) == [
        ("Ann Lee", "Thanks for coming."),
        ("INT07 (Police)", "Well, it changes. Always."),
        ("Ann Lee", "So?"),
    ]
