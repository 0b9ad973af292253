"""What the hybrid suggester offers, before and after passages were reviewed, and why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from qualcode.analysis.learning.fit import fit
from qualcode.analysis.learning.judge import judge
from qualcode.analysis.learning.model import HybridModel
from qualcode.core.codebook_changes import merge_codes
from qualcode.core.learning import Material, Reviewed
from qualcode.core.model import Codebook, Segment
from qualcode.plugins.registry import load_suggester
from qualcode.plugins.suggesters.hybrid import suggester
from tests.factory import a_code, a_codebook
from tests.learning_study import a_passage, a_study_codebook, encode_money, reviewed_passages


def learnt(codebook: Codebook | None = None, *more: Reviewed) -> HybridModel:
    material = Material((*reviewed_passages(), *more), encode_money)
    return suggester.learn(codebook or a_study_codebook(), material)


def offered(model: HybridModel, *texts: str, topic: str = "") -> list[tuple[int, str]]:
    document, segments = a_passage(*texts, topic=topic)
    at = {segment.span: n for n, segment in enumerate(segments)}
    return [(at[one.span], one.code_id) for one in model(document, segments)]


def test_it_is_found_by_its_name() -> None:
    assert load_suggester("hybrid").name == "hybrid"


def test_what_is_like_reviewed_passages_is_offered() -> None:
    found = offered(learnt(), "They sent a new worker again.", "The budget is gone.")

    assert (0, "turnover") in found
    assert (1, "money") in found


def test_what_is_like_nothing_reviewed_is_left_alone() -> None:
    assert offered(learnt(), "The minutes were agreed.") == []


def test_meaning_finds_words_that_nobody_reviewed() -> None:
    document, segments = a_passage("Every pound and all cash is spoken for.")
    chance = _chances(learnt(), segments, document.text)

    assert max(chance, key=chance.__getitem__) == "money"


def _chances(model: HybridModel, segments: list[Segment], text: str) -> dict[str, float]:
    found = judge(model.fitted, [text], [segments[0].unit.topic])
    return {c.id: float(p) for c, p in zip(model.fitted.codes, found.chance[0], strict=True)}


def test_scores_are_probabilities_once_enough_is_reviewed() -> None:
    model = learnt()

    assert model.is_calibrated
    assert model.basis == ("Probabilities are learnt from 12 reviewed passages of 3 documents.")


def test_scores_only_rank_before() -> None:
    model = suggester.learn(a_study_codebook(), Material(reviewed_passages()[:3]))

    assert not model.is_calibrated
    assert model.basis == (
        "Evidence puts suggestions in order and is no probability: "
        "3 of the 10 reviewed passages that learning needs."
    )


def test_the_codebooks_own_words_are_enough_to_begin_with() -> None:
    model = suggester(a_study_codebook())

    assert offered(model, "There is too little money.", "Tea came at four.") == [(0, "money")]


def test_examples_of_the_codebook_are_learnt_from() -> None:
    codebook = a_codebook(a_code("tea", examples=("Tea came at four.",)), a_code("money"))

    assert offered(suggester(codebook), "The tea came at four.") == [(0, "tea")]


def test_what_a_code_excludes_speaks_against_it() -> None:
    plain = a_codebook(a_code("money", definition="Too little money."))
    limited = a_codebook(
        a_code("money", definition="Too little money.", exclude=("Money that was stolen.",))
    )
    text = "The money was stolen."

    without, with_it = (
        float(judge(fit(one, Material()), [text], [""]).told[0, 0]) for one in (plain, limited)
    )
    assert with_it < without / 2


def test_cues_are_offered_before_anything_is_reviewed() -> None:
    codebook = a_study_codebook(cues=("purse",))
    document, segments = a_passage("They hold the purse.")

    found = list(suggester(codebook)(document, segments))

    assert [(one.code_id, one.why) for one in found] == [("money", 'matches "purse"')]
    assert 0.4 <= found[0].score < 0.5


def test_cues_become_evidence_that_is_weighed() -> None:
    misleading = a_study_codebook(cues=("tea",))
    rejected = tuple(
        Reviewed(f"int-0{n}", f"We had tea, and {what}.")
        for n, what in enumerate(("cake", "scones", "toast", "bread", "honey", "jam"), start=1)
    )
    model = learnt(misleading, *rejected)

    assert offered(model, "Tea was late.") == []


def test_a_rejected_passage_lowers_its_like() -> None:
    no = tuple(
        Reviewed(f"int-0{n}", "A new chair was elected.", rejected=("turnover",), is_complete=False)
        for n in (4, 5, 6)
    )
    document, segments = a_passage("A new chair was elected there.")
    before = _chances(learnt(), segments, document.text)["turnover"]
    after = _chances(learnt(None, *no), segments, document.text)["turnover"]

    assert after < before


def test_codings_of_a_merged_code_count_for_its_heir() -> None:
    codebook = merge_codes(a_study_codebook(), ["waiting"], into="turnover")

    assert offered(learnt(codebook), "Families waited for months.")[0] == (0, "turnover")


def test_a_retired_code_is_never_offered() -> None:
    codebook = a_study_codebook(retired="too broad")

    assert "money" not in {code for _, code in offered(learnt(codebook), "The budget was cut.")}


def with_parent() -> Codebook:
    resources = a_code("resources", definition="Too little money or too few people.")
    money, *others = a_study_codebook(parent="resources").codes
    return a_codebook(resources, money, *others)


def test_a_parent_is_not_offered_beside_its_child() -> None:
    assert offered(learnt(with_parent()), "The budget was cut again.") == [(0, "money")]


def test_a_parent_is_offered_where_coders_give_both() -> None:
    both = tuple(
        replace(one, accepted=("resources", "money")) if one.accepted == ("money",) else one
        for one in reviewed_passages()
    )
    model = suggester.learn(with_parent(), Material(both, encode_money))

    assert offered(model, "The budget was cut again.") == [(0, "resources"), (0, "money")]


def test_a_parent_with_more_evidence_than_the_child_stays() -> None:
    codebook = a_codebook(
        a_code("resources", definition="", cues=("too little", "for people and rooms")),
        a_code("money", definition="", cues=("money",), parent="resources"),
    )

    found = offered(suggester(codebook), "Too little money for people and rooms.")
    assert found == [(0, "resources"), (0, "money")]


def test_why_names_the_words_and_the_nearest_quotation() -> None:
    document, segments = a_passage("A new worker came every month.")

    why = next(iter(learnt()(document, segments))).why

    assert 'like "A new worker every month." (int-02)' in why
    assert '"worker"' in why


def test_why_names_a_rejected_quotation_that_is_nearer() -> None:
    no = Reviewed(
        "int-07", "New people all the time, hurrah!", rejected=("turnover",), is_complete=False
    )
    document, segments = a_passage("All new people all the time, hurrah!")

    lines = learnt(None, no).explain(document, segments[0], "turnover")

    assert any(
        line.startswith('Most like among what was rejected: "New people all the time, hurrah!"')
        for line in lines
    )


def test_explain_begins_with_the_verdict_and_ends_with_the_basis() -> None:
    document, segments = a_passage("It was on a Thursday.")
    model = learnt()

    lines = model.explain(document, segments[0], "money")

    assert "not offered (needed: " in lines[0]
    assert lines[-1] == model.basis


def test_explain_knows_nothing_of_a_code_that_is_not_in_use() -> None:
    document, segments = a_passage("It was on a Thursday.")

    assert learnt().explain(document, segments[0], "nowhere") == ()


def test_the_question_tells_which_codes_are_usual() -> None:
    asked = tuple(
        Reviewed(f"int-1{n}", f"answer {word}", accepted=(code,), topic=topic)
        for n in range(12)
        for word, code, topic in (
            ("that", "money", "What hindered?"),
            ("this", "waiting", "What else?"),
        )
    )
    fitted = suggester.learn(a_study_codebook(), Material(asked)).fitted

    hindered, other = judge(fitted, ["answer"] * 2, ["What hindered?", "What else?"]).chance

    assert hindered[0] > other[0] + 0.2
    assert other[2] > hindered[2] + 0.2


def test_the_same_material_gives_the_same_suggestions() -> None:
    document, segments = a_passage("They sent a new worker again.", "The budget is gone.")

    assert list(learnt()(document, segments)) == list(learnt()(document, segments))


def test_a_rejected_cue_suggestion_has_the_same_key() -> None:
    codebook = a_study_codebook(cues=("purse",))
    document, segments = a_passage("They hold the purse.")

    by_cues = next(iter(load_suggester("cues")(codebook)(document, segments)))
    by_all = next(iter(suggester(codebook)(document, segments)))

    assert by_all.key == by_cues.key


def test_a_document_without_segments_gives_nothing() -> None:
    document, _ = a_passage("Tea.")

    assert list(learnt()(document, [])) == []


def test_an_empty_codebook_gives_nothing() -> None:
    assert offered(suggester(a_codebook()), "The budget was cut.") == []


def test_all_accepted_teaches_no_difference() -> None:
    codebook = a_codebook(a_code("money"))
    same = tuple(Reviewed(f"int-{n}", "money", accepted=("money",)) for n in range(12))

    model = suggester.learn(codebook, Material(same))

    assert not model.is_calibrated
    assert model.basis == (
        "Evidence puts suggestions in order and is no probability: "
        "learning needs passages with a code and others without it."
    )


@pytest.mark.parametrize("n", [1, 30])
def test_judging_one_by_one_is_judging_together(n: int) -> None:
    texts = [f"The budget of May {k} was cut, and we waited." for k in range(n)]
    fitted = learnt().fitted
    together = judge(fitted, texts, [""] * n).chance

    assert together[-1] == pytest.approx(judge(fitted, texts[-1:], [""]).chance[0], abs=1e-5)
    assert np.isfinite(together).all()


def test_a_trained_pipeline_is_handed_on_to_the_cues() -> None:
    assert suggester.with_pipeline("my-pipeline").pipeline == "my-pipeline"
    assert suggester.pipeline == ""


def test_a_code_that_nobody_gave_is_ranked_by_its_cues_alone() -> None:
    codebook = a_study_codebook()
    tea = a_code("tea", definition="", cues=("tea",))
    model = learnt(replace(codebook, codes=(*codebook.codes, tea)))
    document, segments = a_passage("Tea was served.")

    (one,) = model(document, segments)

    assert (one.code_id, model.has_learnt("tea"), model.has_learnt("money")) == ("tea", False, True)
    assert model.explain(document, segments[0], "tea")[0].endswith("nobody has given it yet.")


def test_a_passage_on_which_a_code_is_open_does_not_speak_against_it() -> None:
    passages = [replace(one, open=("waiting",)) for one in reviewed_passages()]

    verdicts = fit(a_study_codebook(), Material(tuple(passages))).verdicts

    at = [code.id for code in a_study_codebook().codes].index("waiting")
    assert verdicts.known[:, at].sum() == 3


def test_how_usual_a_code_is_under_its_question_is_a_reason() -> None:
    asked = [
        Reviewed(f"int-{n}", f"answer {n}", accepted=codes, topic=topic)
        for n in range(10, 22)
        for codes, topic in ((("money",), "What hindered?"), ((), "What else?"))
    ]
    document, segments = a_passage("no word in common", topic="What hindered?")

    (one,) = learnt(None, *asked)(document, segments)

    assert '12 of 12 read under "What hindered?" have it' in one.why


def test_words_are_named_only_where_the_codes_own_texts_have_them() -> None:
    document, segments = a_passage("A new worker came, and a budgerigar.")

    for one in learnt()(document, segments):
        assert "budgerigar" not in one.why
