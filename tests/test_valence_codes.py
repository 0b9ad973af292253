"""Which way codes of either valence point: what passages say, and which way a code leans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.analysis.denial import find_denial
from qualcode.analysis.valence import SHIPPED, CodeReader, fit_leanings
from qualcode.analysis.valence.reviewed import reviewed_leanings
from qualcode.core.learning import Material, ReviewedValence
from qualcode.core.model import Coding, Suggestion, Valence
from qualcode.plugins.suggesters.hybrid import suggester
from tests.factory import a_bullet, a_code, a_codebook, a_document
from tests.learning_study import a_passage

PLAIN = "They met on the Tuesday of each month"
ALWAYS: tuple[Valence, ...] = ("obstacle",) * 8
TRUST = a_code("trust", valence="either", cues=("trust",))


def leanings_of(*valences: Valence, text: str = PLAIN) -> CodeReader:
    given = [("meetings", ReviewedValence(text, valence)) for valence in valences]
    return CodeReader(SHIPPED, fit_leanings(SHIPPED, given))


def read_for(reader: CodeReader, text: str, code_id: str = "meetings", topic: str = "") -> Valence:
    return reader.of(code_id, reader.read(text, topic), text, topic).valence


def suggested(text: str, topic: str = "", material: Material | None = None) -> Suggestion:
    model = suggester.learn(a_codebook(TRUST), material or Material())
    (one,) = model(*a_passage(text, topic=topic))
    return one


def test_a_code_that_was_always_an_obstacle_is_one_where_the_passage_says_nothing() -> None:
    reader = leanings_of(*ALWAYS)

    assert read_for(CodeReader(), PLAIN) == "neutral"
    assert read_for(reader, PLAIN) == "obstacle"
    assert read_for(reader, PLAIN, code_id="another") == "neutral"


def test_a_passage_that_clearly_says_otherwise_is_heard_all_the_same() -> None:
    reader = leanings_of(*ALWAYS)

    assert read_for(reader, "The meetings were a great help, friendly and quick") == "catalyst"


def test_two_codings_say_nothing_of_which_way_a_code_points() -> None:
    assert read_for(leanings_of("obstacle", "obstacle"), PLAIN) == "neutral"


def test_a_code_that_pointed_both_ways_leans_to_neither() -> None:
    reader = leanings_of("obstacle", "catalyst", "neutral", "obstacle", "catalyst", "neutral")

    assert read_for(reader, PLAIN) == "neutral"


def test_the_reason_says_where_the_code_decided_and_not_the_passage() -> None:
    reader = leanings_of(*ALWAYS[:7], "neutral")
    reading = reader.of("meetings", reader.read(PLAIN), PLAIN, "")

    assert reading.because == "obstacle in 7 of 8 codings of this code"


def test_codings_of_a_merged_code_teach_its_heir_and_those_of_fixed_codes_nobody() -> None:
    document = a_document(a_bullet("They met again"))
    span = document.units[0].span
    codings = [
        Coding(f"k{n}", document.id, span, "", code_id, "ad", "obstacle")
        for n, code_id in enumerate(("old", "silos"))
    ]
    codes = {"old": TRUST, "silos": a_code("silos", valence="obstacle")}

    assert reviewed_leanings(document, codings, codes) == (
        ("trust", ReviewedValence(document.text[slice(span.start, span.end)], "obstacle")),
    )


@pytest.mark.parametrize(
    ("text", "denial"),
    [
        ("Trust was never there.", "was never there"),
        ("Trust is not there yet.", "is not there"),
        ("Trust did not exist between us.", "did not exist"),
        ("Trust has gone.", "has gone"),
        ("Trust is missing.", "is missing"),
        ("Trust is still lacking on both sides.", "is still lacking"),
        ("Trust has gone up.", ""),
        ("Trust is there.", ""),
        ("Trust has not gone.", ""),
    ],
)
def test_a_catalyst_that_is_not_there_is_denied(text: str, denial: str) -> None:
    assert find_denial(text, 0, len("Trust"), valence="catalyst") == denial


def test_trust_that_was_never_there_hinders() -> None:
    found = suggested("Trust was never there.")

    assert found.valence == "obstacle"
    assert found.why.endswith('hinders: "trust was never there"')


def test_the_cue_of_a_code_is_no_praise_where_the_passage_complains() -> None:
    assert SHIPPED("Trust took too long.").valence == "mixed"
    assert suggested("Trust took too long.").valence == "obstacle"


def test_the_cue_of_a_code_speaks_where_nothing_else_does() -> None:
    assert suggested("We trust each other.").valence == "catalyst"


def test_the_reason_names_the_question_where_the_question_decided() -> None:
    assert SHIPPED("Some issues").because == 'hinders: "issues"'
    assert SHIPPED("Some issues", "What helps?").valence == "mixed"
    assert SHIPPED("Some issues", "What helps?").because == 'hinders: "issues"; asked "What helps?"'


def test_the_reason_of_a_demand_says_that_it_is_one() -> None:
    assert SHIPPED("Send a different person").because == "something is demanded"


def test_codings_teach_the_suggester_which_way_a_code_points() -> None:
    given = ("trust", ReviewedValence("It is a matter of who knows whom", "obstacle"))
    found = suggested("Who knows whom, that is trust.", material=Material(leanings=(given,) * 8))

    assert found.valence == "obstacle"
    assert found.why.endswith("obstacle in 8 of 8 codings of this code")


def test_where_valence_cannot_be_read_a_code_of_either_is_neutral() -> None:
    model = suggester.learn(replace(a_codebook(TRUST), language="nl"), Material())

    assert [one.valence for one in model(*a_passage("Trust was poor."))] == ["neutral"]


def test_a_span_is_read_with_the_heading_above_it() -> None:
    document = a_document(a_bullet("They met again", topic="What helps?"))
    coding = Coding("k1", document.id, document.units[0].span, "", "trust", "ad", "catalyst")

    ((_, told),) = reviewed_leanings(document, [coding], {"trust": TRUST})

    assert (told.topic, told.valence) == ("What helps?", "catalyst")
