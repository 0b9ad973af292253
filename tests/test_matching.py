from __future__ import annotations

import pytest

from qualcode.analysis.matching import Matcher
from qualcode.core.cues import parse_cue
from qualcode.core.learned import Learned
from qualcode.plugins.language import word_forms


def found(cue: str, text: str) -> list[str]:
    matcher = Matcher([parse_cue(cue)], word_forms("en"))
    return [text[hit.start : hit.end] for hit in matcher.find(text)]


@pytest.mark.parametrize(
    ("cue", "text", "expected"),
    [
        ("one off", "a (one-off) thing", ["one-off"]),
        ("(... remit|mandate)", "It has a remit and a mandate", ["remit", "mandate"]),
        ("(the|) board (meets|)", "The board met. A board?", ["The board met", "board"]),
        ("silo ~2 (old|new)", "new and silos", ["new and silos"]),
        ("silo ~2 (old|new)", "new and deep and wide silos", []),
        ("no ... trust", "No time, no real trust", ["No time, no real trust"]),
    ],
)
def test_cues_are_found_by_whichever_of_their_words_is_rarest(
    cue: str, text: str, expected: list[str]
) -> None:
    assert found(cue, text) == expected


def test_a_hit_that_runs_on_is_looked_for_anew_in_each_sentence() -> None:
    text = "We never trust. They change and change. Nobody can trust them and they never change."

    assert found("trust ... change", text) == []
    assert found("trust ... never", text) == ["trust them and they never"]


def test_rules_are_told_apart_and_in_their_order() -> None:
    matcher = Matcher([parse_cue("trust"), parse_cue("silo")], word_forms("en"))

    assert [hit.rule for hit in matcher.find("Silos, then trust")] == [0, 1]


def test_what_is_learned_is_forgotten_when_it_grows_too_large() -> None:
    lengths = Learned(len, most=2)

    assert [lengths[word] for word in ("a", "bb", "ccc")] == [1, 2, 3]
    assert list(lengths) == ["ccc"]
