from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.freeze import Layout, freeze
from qualcode.analysis.layouts.all_kinds import lay_out
from qualcode.core.model import Extract
from qualcode.core.protocols import Source
from qualcode.plugins.readers.text import reader as read_text
from tests.factory import lines_of
from tests.shared_data import shared

NOTES = """NSPB mtg 2 - 13 March 2025 - Exchange Building.  Observer: RL.  Non-participant.

14.05 Chair opens, 19 present, 6 not seen before. Health next to the chair again, as at 13.58,
and the window open.
14.20 Item 4. Health rep says can't release ("confidentiality"). Silence. A manager
offers to draft it - 'leave it with me'.
14.50 OC: third time that he acts as go-between, and the third time that he
looks pleased.

Coats stay on all the while.

PN: I am starting to side with them - watch this.
"""


def laid_out(text: str) -> Layout:
    extract = read_text(Source("a.md", text.encode()))
    return lay_out(extract, kind="field notes", name="fieldnotes.md")


def units_of(text: str) -> list[tuple[str, str]]:
    frozen = freeze(laid_out(text).pieces)
    return [(unit.ref, frozen.text[unit.span.start : unit.span.end]) for unit in frozen.units]


def test_entries_are_named_by_their_clock_time_and_lines_joined() -> None:
    found = units_of(NOTES)

    assert found[1] == (
        "entry 14.05",
        "Chair opens, 19 present, 6 not seen before. Health next to the chair again, as at 13.58,"
        " and the window open.",
    )
    assert [ref for ref, _ in found] == [
        "header 1",
        "entry 14.05",
        "entry 14.20",
        "comment 14.50",
        "paragraph 1",
        "comment 2",
    ]


def test_the_clock_time_is_no_part_of_the_words() -> None:
    frozen = freeze(laid_out(NOTES).pieces)

    assert "\n14.20 Item 4. Health rep" in frozen.text
    assert units_of(NOTES)[2][1].startswith("Item 4. Health rep")


def test_a_comment_is_the_observers_also_after_a_clock_time() -> None:
    frozen = freeze(laid_out(NOTES).pieces)
    heard = [
        frozen.text[p.span.start : p.span.end] for p in frozen.passages if p.voice == "observer"
    ]

    assert heard == [
        "OC: third time that he acts as go-between, and the third time that he looks pleased.",
        "PN: I am starting to side with them - watch this.",
    ]


def test_speech_in_quotation_marks_is_verbatim_and_nobody_is_a_speaker() -> None:
    layout = laid_out(NOTES)
    frozen = freeze(layout.pieces)
    heard = [
        frozen.text[p.span.start : p.span.end] for p in frozen.passages if p.voice == "verbatim"
    ]

    assert heard == ["confidentiality", "leave it with me"]
    assert layout.speakers == ()


def test_a_meeting_number_before_the_date_is_no_run_of_days() -> None:
    found = laid_out(NOTES)

    assert found.date == "2025-03-13"


@pytest.mark.parametrize(
    ("written", "ref"),
    [
        ("14.05", "entry 14.05"),
        ("14:20", "entry 14.20"),
        ("14:20-14:35", "entry 14.20"),
        ("9.45am:", "entry 09.45"),
        ("2pm", "entry 14.00"),
        ("1420 hrs", "entry 14.20"),
        ("c. 11.00", "entry 11.00"),
        ("**9.10**", "entry 9.10"),
        ("[10:15]", "entry 10.15"),
        ("- 10.15 -", "entry 10.15"),
    ],
)
def test_clock_times_of_many_shapes(written: str, ref: str) -> None:
    found = units_of(f"{written} Tea is served.\n")

    assert found == [(ref, "Tea is served.")]


@pytest.mark.parametrize("words", ["33.50 each way", "14.75 metres", "22 yrs service"])
def test_numbers_that_are_no_clock_times(words: str) -> None:
    found = units_of(f"14.05 Chair opens.\n\n{words}\n")

    assert found == [("entry 14.05", "Chair opens."), ("paragraph 1", words)]


def test_a_time_that_happens_to_begin_a_wrapped_line_is_no_entry() -> None:
    text = """16.06 On the steps. Two who did not meet each other's eyes after
14.31 have their heads together: which child, which ward, who will ring
the mother. Under four minutes.
"""
    found = units_of(text)

    assert [ref for ref, _ in found] == ["entry 16.06"]


def test_headings_are_topics() -> None:
    found = laid_out(
        "# Away day, 24 June 2025\n\nObserver: RL.\n\n## Lunch\n\n**12.30** A clump.\n"
    )

    assert [(piece.form, piece.topic) for piece in found.pieces] == [
        ("header", ""),
        ("header", ""),
        ("heading", ""),
        ("entry", "Lunch"),
    ]


def test_a_paragraph_wholly_in_brackets_is_the_observers() -> None:
    found = laid_out("14.05 Chair opens.\n\n[bell, then a boy at the door]\n")

    assert [(piece.form, piece.voice) for piece in found.pieces] == [
        ("entry", "paraphrase"),
        ("comment", "observer"),
    ]


@given(st.lists(st.text(alphabet="ab14.05 -[]:OCPN*#'\t", max_size=14), max_size=10))
def test_any_field_notes_have_units_inside_the_text_and_in_order(texts: list[str]) -> None:
    layout = lay_out(
        Extract("text", lines=lines_of("\n".join(texts))), kind="field notes", name="a.md"
    )
    frozen = freeze(layout.pieces)
    position = 0
    for unit in frozen.units:
        assert position <= unit.span.start < unit.span.end <= len(frozen.text)
        position = unit.span.end


def test_the_sample_of_field_notes() -> None:
    found = units_of(shared("samples", "fieldnotes.txt").read_text())

    assert [ref for ref, _ in found] == [
        "header 1",
        "entry 14.05",
        "entry 14.20",
        "comment 14.50",
        "comment 2",
    ]
