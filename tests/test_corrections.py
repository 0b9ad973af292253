from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.analysis.corrections import Corrections, Split, correct
from qualcode.analysis.freeze import Layout, Piece
from qualcode.core.model import Line
from tests.factory import lines_of

TURN = Piece(
    lines_of("We met twice. And then\nthe board said no.\nSo we stopped."), "turn", "turn 7"
)


def parts(before: str, turn: Piece = TURN) -> list[tuple[str, list[tuple[str, int]]]]:
    """The lines of each unit after the turn was split before these words, with their numbers."""
    corrections = Corrections(splits=(Split("turn 7", before),))
    layout, _ = correct(Layout((turn,)), corrections, path="a.yaml")
    return [(one.ref, [(line.text, line.number) for line in one.lines]) for one in layout.pieces]


@pytest.mark.parametrize("before", ["And then", "And then the board", "And  then\nthe board said"])
def test_a_unit_is_split_before_words_that_run_over_the_end_of_a_line(before: str) -> None:
    assert parts(before) == [
        ("turn 7", [("We met twice. ", 1)]),
        ("turn 7b", [("And then", 1), ("the board said no.", 2), ("So we stopped.", 3)]),
    ]


def test_a_unit_is_split_at_the_beginning_of_a_line() -> None:
    assert parts("the board said no. So") == [
        ("turn 7", [("We met twice. And then", 1), ("", 2)]),
        ("turn 7b", [("the board said no.", 2), ("So we stopped.", 3)]),
    ]


def test_the_first_words_of_a_unit_split_it_only_where_they_come_again() -> None:
    again = replace(TURN, lines=(Line("No no. Then", 1), Line("No no, he said.", 2)))

    assert [ref for ref, _ in parts("No no", again)] == ["turn 7", "turn 7b"]
    assert [ref for ref, _ in parts("We met")] == ["turn 7"]


def test_words_that_do_not_stand_in_the_unit_are_told() -> None:
    corrections = Corrections(splits=(Split("turn 7", "the police"),))
    layout, (found,) = correct(Layout((TURN,)), corrections, path="a.yaml")

    assert layout.pieces == (TURN,)
    assert 'unit "turn 7" with "the police" in its middle' in found.message
