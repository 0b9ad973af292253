from __future__ import annotations

import pytest

from qualcode.analysis.cue_coding import CueCoder, Means
from qualcode.analysis.segment import segment_document
from qualcode.analysis.valence import passage_valence
from qualcode.core.model import Codebook, Span, Valence
from qualcode.plugins.language import word_forms
from tests.factory import a_bullet, a_code, a_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two systems, so everything is delayed", "obstacle"),
        ("nobody knows whom to ring and it gets in the way", "obstacle"),
        ("the shared desk made it easier", "catalyst"),
        ("the rota has never been a problem", "neutral"),
        ("nothing was too much trouble for them", "catalyst"),
        ("I couldn't fault them", "catalyst"),
        ("is the lack of money a problem?", "neutral"),
        ("any dispute goes to the chair", "neutral"),
        ("the form did not help", "obstacle"),
        ("frustrating at first, but it helped in the end", "mixed"),
        ("the board meets on a Thursday", "neutral"),
    ],
)
def test_a_passage_hinders_helps_does_both_or_says_nothing(text: str, expected: Valence) -> None:
    assert passage_valence(text) == expected


def suggested(text: str, codebook: Codebook) -> list[tuple[str, str, tuple[str, ...]]]:
    coder = CueCoder(codebook, Means(word_forms("en")), name="cues")
    document = a_document(a_bullet(text))
    segments = list(segment_document(document, split=lambda words: [Span(0, len(words))]))
    return [(s.code_id, s.valence, s.lenses) for s in coder(document, segments)]


MONEY = a_code("money", valence="either", cues=("budget",), lenses=("b",))


def test_a_code_of_either_valence_takes_that_of_the_passage() -> None:
    codebook = Codebook("N", codes=(MONEY,))

    assert [s[1] for s in suggested("the shared budget helps", codebook)] == ["catalyst"]
    assert [s[1] for s in suggested("the budget is a barrier", codebook)] == ["obstacle"]
    assert [s[1] for s in suggested("the budget is yearly", codebook)] == ["neutral"]


def test_a_retired_code_is_not_suggested() -> None:
    codebook = Codebook("N", codes=(a_code("money", cues=("budget",), retired="too broad"),))

    assert suggested("the budget", codebook) == []


def test_one_affirmed_cue_outweighs_a_denied_one() -> None:
    silos = a_code("silos", valence="obstacle", cues=("silo*", "own corridor"))
    text = "no silos on paper, but they go back to their own corridor"

    assert [s[:2] for s in suggested(text, Codebook("N", codes=(silos,)))] == [
        ("silos", "obstacle")
    ]


@pytest.mark.parametrize(
    ("cue", "text", "valence"),
    [
        ("culture ... rigid", "the culture is not rigid", "neutral"),
        ("culture ~4 rigid", "the culture is hardly ever rigid", "neutral"),
        ("culture ~4 rigid", "nobody says that the culture is not rigid", "obstacle"),
        ("culture ~4 not rigid", "the culture is not rigid", "obstacle"),
    ],
)
def test_a_negation_that_a_cue_skips_counts_against_it(
    cue: str, text: str, valence: Valence
) -> None:
    codebook = Codebook("N", codes=(a_code("rigid", valence="obstacle", cues=(cue,)),))

    assert [s[1] for s in suggested(text, codebook)] == [valence]
