"""What cues make of a passage: overlapping hits, and what is said to be lacking."""

from __future__ import annotations

import pytest

from qualcode.analysis.cue_coding import CueCoder, Means
from qualcode.core.model import Code, CodeValence, Suggestion
from qualcode.plugins.language import word_forms
from tests.factory import a_code, a_codebook
from tests.learning_study import a_passage


def suggested(text: str, code: Code) -> Suggestion:
    coder = CueCoder(a_codebook(code), Means(word_forms("en")), name="cues")
    (one,) = coder(*a_passage(text))
    return one


def a_training_code(valence: CodeValence) -> Code:
    return a_code("training", valence=valence, cues=("training",))


def test_hits_of_one_code_that_overlap_are_weighed_and_shown_once() -> None:
    code = a_code("sharing", valence="obstacle", cues=("sharing", "data sharing", "data"))
    found = suggested("They asked for data sharing.", code)

    assert found.why == 'matches "data sharing"'
    assert found.score == 0.55


def test_hits_of_one_code_that_stand_apart_are_all_weighed() -> None:
    code = a_code("sharing", valence="obstacle", cues=("sharing", "data sharing", "pooled"))
    found = suggested("Pooled, they said, by data sharing.", code)

    assert found.why == 'matches "Pooled"; "data sharing"'
    assert found.score == 0.73


def test_a_lack_of_what_its_cue_names_is_the_obstacle_itself() -> None:
    found = suggested("There was a lack of joint training.", a_training_code("obstacle"))

    assert found.valence == "obstacle"
    assert found.why == 'matches "lack of joint training"'
    assert found.score == 0.55


def test_a_lack_is_not_denied_from_afar() -> None:
    code = a_code("access", valence="obstacle", cues=("access",))
    found = suggested("No partner shall treat the lack of access as an excuse.", code)

    assert found.valence == "obstacle"


@pytest.mark.parametrize(
    "text", ["There is no lack of training.", "The lack of training has not been a problem."]
)
def test_a_lack_can_be_denied_too(text: str) -> None:
    assert suggested(text, a_training_code("obstacle")).valence == "neutral"


def test_a_lack_of_what_hinders_is_no_evidence_of_it() -> None:
    code = a_code("rivalry", valence="obstacle", cues=("rivalry",))
    found = suggested("The absence of rivalry was a surprise.", code)

    assert found.valence == "neutral"
    assert found.why == 'matches "rivalry"; denied by "absence of"'


def test_a_lack_of_a_help_denies_it() -> None:
    found = suggested("There was a lack of training.", a_training_code("catalyst"))

    assert found.valence == "neutral"
    assert found.why == 'matches "training"; denied by "lack of"'


def test_a_lack_of_what_can_help_or_hinder_hinders() -> None:
    found = suggested("There was a lack of training.", a_training_code("either"))

    assert found.valence == "obstacle"
    assert found.why.startswith('matches "lack of training"; hinders: "lack"')
