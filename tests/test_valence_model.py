from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.analysis.cue_coding import CueCoder, Means
from qualcode.analysis.segment import segment_document
from qualcode.analysis.valence import (
    SHIPPED,
    ReviewedValence,
    fit_valence,
    passage_valence,
    reviewed_valences,
)
from qualcode.analysis.valence.features import NAMES, asked_about, find_features
from qualcode.core.model import Codebook, Coding, Span, Valence
from qualcode.plugins.language import word_forms
from scripts.fit_valence import fit, sentences
from tests.factory import a_bullet, a_code, a_document

NEGATION = Path(__file__).parents[1] / "benchmarks" / "negation.jsonl"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("3. What gets in the way?", "hinders"),
        ("What are the main barriers?", "hinders"),
        ("4. What helps", "helps"),
        ("What was good?", "helps"),
        ("What could we do better?", "to improve"),
        ("What helps, and what gets in the way?", None),
        ("How did you come to the board?", None),
        ("", None),
    ],
)
def test_a_question_asks_for_one_side_or_for_none(question: str, expected: str | None) -> None:
    assert asked_about(question) == expected


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("What gets in the way?", "Money, always money", "obstacle"),
        ("What helps?", "A kettle and a table", "catalyst"),
        ("What could be done better?", "Nothing", "catalyst"),
        ("What helps?", "Nothing", "obstacle"),
        ("", "Money, always money", "neutral"),
    ],
)
def test_the_question_speaks_where_the_answer_does_not(
    question: str, answer: str, expected: Valence
) -> None:
    assert passage_valence(answer, question) == expected


def test_a_reading_names_the_words_that_it_rests_on() -> None:
    read = SHIPPED("The forms are a nightmare but the clerk is very helpful.")

    assert read.valence == "mixed"
    assert read.because == 'hinders: "nightmare"; helps: "helpful"'


def test_a_reading_names_the_question_where_no_word_speaks() -> None:
    assert SHIPPED("The rota", "What gets in the way?").because == 'asked "What gets in the way?"'


def test_praise_in_negative_words_counts_as_praise() -> None:
    found = find_features("Couldn't fault them")

    assert found.helping == ("Couldn't fault",)
    assert found.hindering == ()


def test_words_that_deny_help_hinder() -> None:
    found = find_features("The leaflet was not useful")

    assert found.hindering == ("not useful",)
    assert found.values[NAMES.index("denied help")] == 1.0


def some_reviewed(n: int) -> list[ReviewedValence]:
    return [
        *(ReviewedValence(f"the gizmo came again on day {at}", "obstacle") for at in range(n)),
        *(ReviewedValence(f"we met Mabel on day {at}", "catalyst") for at in range(n)),
    ]


def test_too_few_reviewed_passages_change_nothing() -> None:
    assert fit_valence(some_reviewed(9)) is SHIPPED


def test_reviewed_passages_teach_words_of_the_project() -> None:
    model = fit_valence(some_reviewed(150))

    assert model.n_reviewed == 300
    assert model("another gizmo").valence == "obstacle"
    assert model("Mabel rang").valence == "catalyst"
    assert model("Mabel rang").because == 'learned: "mabel"'


def test_what_is_learned_does_not_depend_on_the_order() -> None:
    reviewed = some_reviewed(12)

    assert fit_valence(reviewed) == fit_valence(reviewed[::-1])


def test_a_side_that_nobody_gave_stays_as_it_shipped() -> None:
    model = fit_valence([ReviewedValence(f"a thing {n}", "obstacle") for n in range(30)])

    assert model.helps == SHIPPED.helps
    assert model.hinders == SHIPPED.hinders


def test_the_weights_that_ship_are_those_of_the_sentences() -> None:
    shipped = {"HINDERS": SHIPPED.hinders, "HELPS": SHIPPED.helps}

    for name, (bias, weights) in fit().items():
        assert shipped[name].bias == pytest.approx(bias, abs=0.02)
        assert shipped[name].weights == pytest.approx(weights, abs=0.02)


def test_the_negation_set_is_half_traps_and_mostly_right() -> None:
    rows = [json.loads(line) for line in NEGATION.read_text(encoding="utf-8").splitlines()]
    right = [row for row in rows if passage_valence(row["text"]) == row["valence"]]

    assert len(rows) >= 60
    assert sum(bool(row["trap"]) for row in rows) >= len(rows) / 2
    assert len(right) / len(rows) >= 0.75


def test_no_sentence_of_the_negation_set_was_used_for_the_weights() -> None:
    held = {json.loads(line)["text"] for line in NEGATION.read_text("utf-8").splitlines()}

    assert held.isdisjoint(text for _, _, text in sentences())


def test_the_reason_of_a_suggestion_says_why_it_has_its_valence() -> None:
    code = a_code("money", valence="either", cues=("budget",))
    document = a_document(a_bullet("the pooled budget helps"))
    segments = list(segment_document(document, split=lambda words: [Span(0, len(words))]))

    coder = CueCoder(Codebook("N", codes=(code,)), Means(word_forms("en")), name="cues")

    assert [s.why for s in coder(document, segments)] == ['matches "budget"; helps: "helps"']


def test_a_code_marked_either_is_neutral_where_valence_cannot_be_read() -> None:
    code = a_code("geld", valence="either", cues=("geld",))
    document = a_document(a_bullet("geld is a problem"))
    segments = list(segment_document(document, split=lambda words: [Span(0, len(words))]))
    means = Means(word_forms("nl"), denials=False, read=None)

    found = list(CueCoder(Codebook("N", codes=(code,)), means, name="cues")(document, segments))

    assert [s.valence for s in found] == ["neutral"]


def a_coding(span: Span, valence: Valence, coder: str = "ad") -> Coding:
    return Coding("k1", "int-01", span, "", "silos", coder, valence)


def test_codings_of_both_kinds_on_the_same_words_teach_that_a_passage_is_mixed() -> None:
    document = a_document(a_bullet("the rota fails, the desk helps"))
    start, end = document.units[0].span.start, document.units[0].span.end
    whole, part = Span(start, end), Span(start, start + 14)
    codings = [
        a_coding(part, "obstacle"),
        a_coding(whole, "obstacle"),
        a_coding(whole, "catalyst"),
        a_coding(whole, "neutral", coder="zz"),
    ]

    found = reviewed_valences(document, codings)

    assert [(one.text, one.valence) for one in found] == [
        ("the rota fails", "obstacle"),
        ("the rota fails, the desk helps", "mixed"),
        ("the rota fails, the desk helps", "neutral"),
    ]
