from __future__ import annotations

import pytest

from qualcode.analysis.denial import find_denial, find_lack, find_skipped_denial
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
        "no one has ever [sent someone different]",
        "I doubt there are any [silos]",
        "[professional silos] are gone",
        "we broke down the [silos] years ago",
        "there are no more [silos]",
        "[silos]? no.",
        "no turf wars and no [silos]",
        "neither rank nor [silos]",
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
        "It is not that there are no [silos]",
        "nobody can say there are no [silos]",
        "nobody minds that they [keep changing]",
        "nobody talks about the [silos], they just live in them",
        "I do not doubt there are [silos]",
        "without doubt there are [silos]",
        "no one questions the [silos]",
        "nobody wants to admit the [silos]",
        "we are not without [silos]",
        "we have not broken down the [silos]",
        "nobody ever broke down the [silos]",
        "the talks broke down over [silos]",
        "[Silos] are not gone",
        "[Silos] have gone up since",
        "once the [silos] are gone we can talk",
        "I wish we had got rid of the [silos] long ago, if only",
        "I doubt we will ever be rid of the [silos]",
        "the knot " + "is " * 70 + "[silos]",
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
        ("nobody comes to [joint training]", True),
        ("[joint training] did help", False),
        ("[joint training] would not have happened without her", False),
    ],
)
def test_a_catalyst_that_never_came_is_denied(text: str, denied: bool) -> None:
    assert is_denied(text, "catalyst") is denied


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a lack of [training]", "lack of training"),
        ("we lacked any joint [training]", "lacked any joint training"),
        ("too few days of [training]", "too few days of training"),
        ("there is not enough [training]", "not enough training"),
        ("the absence of [training]", "absence of training"),
        ("lack of money, and the [training] went on", "training"),
        ("a black [training] day", "training"),
    ],
)
def test_words_of_a_lack_are_found_before_what_lacks(text: str, words: str) -> None:
    plain, end = text.replace("[", "").replace("]", ""), text.index("]") - 1

    assert plain[find_lack(plain, text.index("[")) : end] == words


def test_a_row_of_apostrophes_is_read_at_once() -> None:
    assert find_denial("silos" + " '" * 3000, 0, 5, valence="obstacle") == ""


@pytest.mark.parametrize(
    ("words", "denial"),
    [
        ("culture is not rigid", "not"),
        ("culture is no longer at all rigid", "no longer"),
        ("culture isn't rigid", "isn't"),
        ("culture is not only rigid", ""),
        ("culture, not rank, is rigid", ""),
        ("culture is rigid", ""),
    ],
)
def test_a_negation_that_a_cue_skipped_denies_it(words: str, denial: str) -> None:
    assert find_skipped_denial(words) == denial


def test_only_a_window_around_a_cue_is_looked_at() -> None:
    far = "never " + "(so " * 100 + "silos" + " so" * 100 + " have not been a problem"

    assert find_denial(far, far.index("silos"), far.index("silos") + 5, valence="obstacle") == ""


def test_a_denial_far_away_denies_nothing_however_long_the_segment() -> None:
    text = "never " + "silos " * 4000
    denied = [
        start
        for start in range(6, len(text), 6)
        if find_denial(text, start, start + 5, valence="obstacle")
    ]

    assert len(denied) < 10
