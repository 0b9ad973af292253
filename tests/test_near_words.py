"""Words of a passage that come near to the words of the codebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from qualcode.analysis.learning import near_words
from qualcode.analysis.learning.judge import judge
from qualcode.analysis.learning.near_words import NearWords
from qualcode.core.learning import Material
from qualcode.plugins.encoders.guarded import guarded
from qualcode.plugins.encoders.static import encoder as static
from qualcode.plugins.suggesters.hybrid import suggester
from tests.factory import a_code, a_codebook
from tests.learning_study import encode_money

CODES = (a_code("faculty", definition=""), a_code("money", definition="Funds."))


@dataclass
class Counting:
    """The encoder that ships, and the words that it was asked for."""

    asked: list[str]
    knows_words: bool = True

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return static(texts)


def near(encoder: object = static) -> NearWords:
    found = NearWords.of(CODES, encoder)
    assert found is not None
    return found


def test_one_near_word_is_enough_however_much_else_is_said() -> None:
    text = "What I wanted to say about the weather in May is that the professors were late again."

    faculty, money = near()([text])[0].tolist()

    assert faculty > 0.45
    assert money < 0.35


def test_the_same_word_is_as_near_as_can_be() -> None:
    assert near()(["the faculty"])[0, 0] == pytest.approx(1.0, abs=1e-5)


def test_texts_without_words_come_near_to_nothing() -> None:
    assert near()(["", "...", "it was on"]).tolist() == [[0.0, 0.0]] * 3
    assert near()([]).shape == (0, 2)


def test_a_code_without_words_is_near_to_nothing() -> None:
    found = NearWords.of((a_code("x", name="?", definition=""),), static)

    assert found is not None
    assert found(["the professors"]).tolist() == [[0.0]]


def test_a_text_comes_as_near_alone_as_among_others() -> None:
    texts = ["the budget was cut", "professors", "funds ran out in May"]

    alone = [near()([text])[0].tolist() for text in texts]

    assert np.round(near()(texts), 6).tolist() == np.round(alone, 6).tolist()


def test_each_word_is_encoded_once() -> None:
    counting = Counting([])
    found = near(counting)
    found(["professors and money", "money again"])
    found(["the professors again"])

    assert counting.asked == ["faculty", "money", "funds", "professors", "money"]


def test_what_was_met_is_forgotten_before_it_fills_the_computer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(near_words, "MOST_KEPT", 9)  # three words of the codebook: three met
    counting = Counting([])
    found = near(counting)
    first = found(["professors, budget"]).tolist()
    found(["weather, library"])

    assert found(["professors, budget"]).tolist() == first
    assert counting.asked.count("professors") == 2


def test_an_encoder_that_does_not_know_words_is_not_asked_for_them() -> None:
    assert NearWords.of(CODES, encode_money) is None
    assert NearWords.of(CODES, None) is None


def test_a_guarded_encoder_knows_words_where_the_encoder_does() -> None:
    assert NearWords.of(CODES, guarded(static)) is not None


def test_a_word_near_to_the_name_of_a_code_ranks_it_first_and_offers_nothing_by_itself() -> None:
    text = "I asked three professors and every one of them had left by Easter"
    model = suggester.learn(a_codebook(*CODES), Material(encoder=static))
    judged = judge(model.fitted, [text], [""])

    assert CODES[judged.chance[0].argmax()].id == "faculty"
    assert not judged.offered.any()
