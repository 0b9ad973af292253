from __future__ import annotations

import pytest

from qualcode.analysis.denial import find_denial
from qualcode.core.model import CodeValence


def is_denied(text: str, valence: CodeValence) -> bool:
    start, end = text.index("["), text.index("]") - 1
    plain = text.replace("[", "").replace("]", "")
    return bool(find_denial(plain, start, end, valence=valence))


@pytest.mark.parametrize(
    "text",
    [
        "[silos] haven't been the problem here",
        "I would not say [silos], not any more",
        "not that we are in [silos]",
        "We no longer [start from scratch]",
        "there is no [silo] mentality now",
        "we have never had a [turf war]",
        "[Hierarchy] is not felt here at all",
        "they get by without [starting again]",
        "[changing delegates] did not matter much",
    ],
)
def test_a_denied_obstacle_is_no_evidence(text: str) -> None:
    assert is_denied(text, "obstacle")


@pytest.mark.parametrize(
    "text",
    [
        "not only [silos] but rank",
        "I don't know why they [send someone different]",
        "The [silos] do not go away",
        "No, the [silos] are still there",
        "[Silos] don't help",
        "no doubt the [silos]",
        "nobody can't deny the [silos]",
        "the chair is not to blame; [silos] are",
        "it never works, because of [silos]",
        "[silos]: the room was not warm",
    ],
)
def test_a_negative_word_nearby_is_no_denial(text: str) -> None:
    assert not is_denied(text, "obstacle")


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("[joint training] never happened", True),
        ("We have never had [joint training]", True),
        ("the [away day] was cancelled", True),
        ("there was no [away day] this year", True),
        ("the [away day] made no difference", True),
        ("[joint training] did help", False),
        ("[joint training] would not have happened without her", False),
    ],
)
def test_a_catalyst_that_never_came_is_denied(text: str, denied: bool) -> None:
    assert is_denied(text, "catalyst") is denied
