from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from benchmarks.quality_lens import f1
from qualcode.analysis.lenses import (
    LensCues,
    LensModel,
    ReviewedLenses,
    fit_lenses,
    reviewed_lenses,
)
from qualcode.analysis.lenses.features import Features
from qualcode.analysis.lenses.words import GROUPS, KINDS
from qualcode.analysis.segment import segment_document
from qualcode.core.learning import Material
from qualcode.core.model import Codebook, Coding, Lens, Span, Suggestion
from qualcode.plugins.language import word_forms
from qualcode.plugins.suggesters.cues import CueSuggester
from qualcode.plugins.suggesters.hybrid import HybridSuggester
from tests.factory import a_bullet, a_code, a_document
from tests.learning_study import a_passage, encode_money, reviewed_passages

SENTENCES = Path(__file__).parents[1] / "benchmarks" / "lenses.jsonl"
LEVELS = tuple(Lens(name, name) for name in ("individual", "profession", "organisation"))
MONEY = a_code("money", valence="obstacle", cues=("budget",), lenses=("b",))
LENSES = (Lens("a", "A", cues=("agency",)), Lens("b", "B"), Lens("c", "C", cues=("nurse",)))


def a_model(
    reviewed: Sequence[ReviewedLenses] = (), *, lenses: tuple[Lens, ...] = LEVELS
) -> LensModel:
    return fit_lenses(LensCues.of(lenses, word_forms("en")), reviewed)


def find_features(text: str) -> Features:
    return a_model().look(text).said.found


def suggested(text: str, codebook: Codebook) -> list[Suggestion]:
    document = a_document(a_bullet(text))
    segments = list(segment_document(document, split=lambda words: [Span(0, len(words))]))
    return list(CueSuggester()(codebook)(document, segments))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I was so tired of it", ("individual",)),
        ("Nurses are trained to keep a confidence", ("profession",)),
        ("The council froze the budget", ("organisation",)),
        ("I was proud of it and the trust cut the contract", ("individual", "organisation")),
        ("The meeting will be on Monday", ()),
        ("I think it was about four o'clock", ()),
    ],
)
def test_words_say_at_which_levels_a_passage_speaks(text: str, expected: tuple[str, ...]) -> None:
    assert a_model().look(text).offer().lenses == expected


def test_a_passage_of_which_nothing_is_known_keeps_the_lenses_of_its_code() -> None:
    offered = a_model().look("The meeting will be on Monday").offer(("profession",))

    assert offered.lenses == ("profession",)
    assert offered.because == ()


def test_rules_never_take_a_lens_of_the_code_away() -> None:
    text = "The council and the trust changed policy, budget and structure"

    assert a_model().look(text).offer(("individual",)).lenses == ("individual", "organisation")


def test_lenses_of_the_code_stand_before_those_of_the_passage() -> None:
    found = suggested("the nurse's budget in our agency", Codebook("N", (MONEY,), LENSES))

    assert [one.lenses for one in found] == [("b", "a", "c")]


def test_the_reason_names_the_words_of_every_lens_that_the_passage_adds() -> None:
    found = suggested("the nurse's budget in our agency", Codebook("N", (MONEY,), LENSES))

    assert [one.why for one in found] == ['matches "budget"; lens a: "agency"; lens c: "nurse\'s"']


def test_the_reason_names_words_that_are_no_cues_too() -> None:
    found = suggested("nurses and the pooled budget", Codebook("N", (MONEY,), LEVELS))

    assert [one.why for one in found] == [
        'matches "budget"; lens profession: "nurses" (occupation); '
        'lens organisation: "pooled", "budget" (money)'
    ]


def test_in_other_languages_only_cues_of_lenses_count() -> None:
    lenses = (Lens("organisation", "Organisation", cues=("agence",)), *LEVELS[:2])
    codebook = Codebook("N", (MONEY,), lenses, language="fr")

    assert suggested("I budget me", codebook)[0].lenses == ("b",)
    assert suggested("le budget de cette agence", codebook)[0].lenses == ("b", "organisation")


def some_reviewed(n: int) -> list[ReviewedLenses]:
    return [
        *(ReviewedLenses(f"the gizmo came again on day {at}", ("kit",)) for at in range(n)),
        *(ReviewedLenses(f"we met by the canal on day {at}", ()) for at in range(n)),
    ]


KIT = (Lens("kit", "Kit"),)


def test_too_few_reviewed_passages_leave_the_rules_as_they_are() -> None:
    model = a_model(some_reviewed(4), lenses=KIT)

    assert model.n_reviewed == 0
    assert model.look("another gizmo came").offer().lenses == ()


def test_reviewed_passages_teach_a_lens_of_the_projects_own() -> None:
    model = a_model(some_reviewed(30), lenses=KIT)

    assert model.look("a gizmo").offer().lenses == ("kit",)
    assert model.look("a gizmo").offer().because == ('lens kit: learned "gizmo"',)
    assert model.look("by the canal").offer().lenses == ()


def test_what_is_learned_does_not_depend_on_the_order() -> None:
    reviewed, text = some_reviewed(12), "another gizmo by the canal"

    first, second = (a_model(held, lenses=KIT) for held in (reviewed, reviewed[::-1]))

    assert first.look(text).logits == second.look(text).logits


def test_a_lens_of_the_code_is_left_out_where_people_keep_taking_it_away() -> None:
    taken = [ReviewedLenses(f"the rota of day {n}", (), ("kit",)) for n in range(30)]
    kept = [ReviewedLenses(f"a gizmo on day {n}", ("kit",), ("kit",)) for n in range(30)]
    model = a_model([*taken, *kept], lenses=KIT)

    assert model.look("the rota").offer(("kit",)).because == ("lens kit left out: learned",)
    assert model.look("a gizmo").offer(("kit",)).lenses == ("kit",)


def test_lenses_that_may_be_the_codes_own_say_nothing_of_others() -> None:
    default = [
        ReviewedLenses(f"the gizmo on day {n}", ("a",), ("a",), is_default=True) for n in range(40)
    ]
    model = a_model(default, lenses=(Lens("a", "A"), Lens("kit", "Kit", cues=("gizmo",))))

    assert model.look("the gizmo").offer(("a",)).lenses == ("a", "kit")


def test_meaning_is_learned_where_there_is_an_encoder() -> None:
    about = [ReviewedLenses(f"{word} {n}", ("kit",)) for n in range(8) for word in ("fund", "cash")]
    other = [ReviewedLenses(f"{word} {n}", ()) for n in range(8) for word in ("rain", "tea")]
    known = LensCues.of(KIT, word_forms("en"))

    model = fit_lenses(known, [*about, *other], encode_money)

    assert model.look("every pound of it").offer().lenses == ("kit",)
    assert model.look("every hour of it").offer().lenses == ()


def test_many_passages_at_once_read_as_one_by_one() -> None:
    known = LensCues.of(KIT, word_forms("en"))
    model = fit_lenses(known, some_reviewed(12), encode_money)
    texts = ["another gizmo", "by the canal", "money"]

    assert [look.offer().lenses for look in model.look_at(texts)] == [
        model.look(text).offer().lenses for text in texts
    ]


def codings() -> Iterator[Coding]:
    for number, (lenses, origin) in enumerate(
        [(("a",), "manual"), (("b",), "manual"), (("a",), "suggestion")]
    ):
        span = Span(number * 2, number * 2 + 1)
        yield Coding(f"c{number}", "int-01", span, "x", "old", "ad", lenses=lenses, origin=origin)


def test_a_coding_with_its_codes_own_lenses_may_be_a_default() -> None:
    document = a_document(a_bullet("x x x"))

    found = reviewed_lenses(document, codings(), {"old": a_code("new", lenses=("a",))})

    assert [one.is_default for one in found] == [True, False, False]
    assert {one.code_lenses for one in found} == {("a",)}


def test_the_hybrid_suggester_reads_lenses_of_what_no_cue_found() -> None:
    code = a_code("money", definition="Too little money or funding.", lenses=("individual",))
    codebook = Codebook("N", (code,), LEVELS)
    document, segments = a_passage("The council has no money and no funding.")

    model = HybridSuggester().learn(codebook, Material(reviewed_passages()[:3], encode_money))
    found = list(model(document, segments))

    assert [one.lenses for one in found] == [("individual", "organisation")]
    assert 'lens organisation: "council" (a body), "money", "funding" (money)' in found[0].why
    assert any(
        line == 'Lens organisation: "council" (a body), "money", "funding" (money).'
        for line in model.explain(document, segments[0], "money")
    )


def test_a_pronoun_is_named_as_a_reason_only_after_words_that_say_more() -> None:
    proud = a_model().look("I felt that she and he were proud of it").offer()
    alone = a_model().look("She rang me.").offer()

    assert proud.because == (
        'lens individual: "felt", "proud" (feeling or manner), "I" (the speaker)',
    )
    assert alone.because == ('lens individual: "She" (one person), "me" (the speaker)',)


def test_more_than_two_words_of_a_group_count_as_two() -> None:
    found = find_features("The nurses, the nurses and the doctors of the trust")

    assert found.words["occupations"] == ("nurses", "nurses", "doctors")
    assert max(found.values) == 2.0


def test_a_pronoun_counts_for_less_in_a_long_passage() -> None:
    short, long = "She rang.", "She rang " + "and the clerk wrote it down " * 9

    assert find_features(short).values[1] == 1.0
    assert 0.2 < find_features(long).values[1] < 0.3


def test_it_takes_more_to_add_a_lens_to_those_of_a_code() -> None:
    look = a_model().look("a nurse came")

    assert look.offer().lenses == ("profession",)
    assert look.offer(("organisation",)).lenses == ("organisation",)


def test_sentences_of_the_benchmark_are_numbered_and_varied() -> None:
    rows = [json.loads(line) for line in SENTENCES.read_text(encoding="utf-8").splitlines()]

    assert [row["n"] for row in rows] == list(range(1, 288))
    assert {row["kind"] for row in rows} == {"notes", "minutes", "speech"}
    assert sum(len(row["lenses"]) > 1 for row in rows) == 47


def test_f1_of_pairs() -> None:
    assert f1([(True, True), (True, False), (False, True), (False, False)]) == 0.5
    assert f1([]) == 0.0


def test_every_group_of_words_can_be_named_as_a_reason() -> None:
    assert GROUPS.keys() == KINDS.keys()
