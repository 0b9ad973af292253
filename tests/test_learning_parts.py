"""The parts of learning: words as figures, ridge regression, calibration, levels."""

from __future__ import annotations

import numpy as np
import pytest

from qualcode.analysis.learning.calibrate import calibrate, find_levels
from qualcode.analysis.learning.evidence import Family, Usual
from qualcode.analysis.learning.lexicon import learn_lexicon
from qualcode.analysis.learning.ridge import fit_ridge, without_own
from qualcode.analysis.learning.space import Scorer, Space, kernel, likeness
from qualcode.analysis.learning.thinning import thin_out
from qualcode.core.learning import Reviewed
from tests.learning_study import codes_of, encode_money, reviewed_passages

TEXTS = ["we waited for weeks", "the waiting list", "no money at all", "no money left"]


def test_a_text_is_as_like_itself_as_can_be() -> None:
    rows = learn_lexicon(TEXTS).rows(TEXTS)

    assert (rows @ rows.T).diagonal() == pytest.approx([1.0] * 4, abs=1e-5)


def test_a_text_of_unknown_words_is_like_nothing() -> None:
    lexicon = learn_lexicon(TEXTS)

    assert (lexicon.rows(["xyz"]) @ lexicon.rows(TEXTS).T).sum() == 0.0


def test_an_empty_text_has_an_empty_row() -> None:
    assert learn_lexicon(TEXTS).rows(["", "weeks"]).getnnz(axis=1).tolist()[0] == 0


def test_inflected_and_mistyped_words_are_alike_by_their_parts() -> None:
    lexicon = learn_lexicon(TEXTS)

    alike = (lexicon.rows(["they waitt"]) @ lexicon.rows(TEXTS).T).toarray()[0]

    assert alike[0] > 0.1
    assert alike[2] < 0.03


def test_words_of_one_text_alone_are_left_out_where_there_are_many() -> None:
    lexicon = learn_lexicon([*(["the same again"] * 250), "unheard"])

    assert sorted(lexicon.words) == ["again", "same", "the"]


def test_learning_a_lexicon_twice_gives_the_same() -> None:
    first, second = learn_lexicon(TEXTS), learn_lexicon(TEXTS)

    assert list(first.parts) == list(second.parts)
    assert first.pairs.tolist() == second.pairs.tolist()


def test_passages_under_the_same_question_tell_more_of_each_other() -> None:
    space = Space.of(TEXTS, None, centre=())
    told = kernel(space.rows(["no money", "no money"], ["What hindered?", "What hindered?"]))
    apart = kernel(space.rows(["no money", "no money"], ["What hindered?", "What helped?"]))

    assert told[0, 1] == pytest.approx(1.5 * apart[0, 1])


def test_passages_without_a_question_share_none() -> None:
    rows = Space.of(TEXTS, None, centre=()).rows(["no money", "no money"], ["", ""])

    assert kernel(rows)[0, 1] == pytest.approx(2 / 3, abs=1e-4)


def test_what_all_passages_mean_tells_none_apart() -> None:
    space = Space.of(TEXTS, encode_money, centre=["no money", "the budget"])

    meaning = space.rows(["cash", "weeks"], ["", ""]).meaning

    assert meaning[0].tolist() == [0.0, 0.0]
    assert meaning[1, 1] > 0


def test_a_system_without_texts_says_nothing_and_prints_nothing(
    capfd: pytest.CaptureFixture[str],
) -> None:
    pull, inverse = fit_ridge(np.zeros((0, 0)), np.zeros((0, 0)), np.zeros(0))

    assert (pull.shape, inverse.shape) == ((0, 0), (0, 0))
    assert capfd.readouterr() == ("", "")


def test_leaving_a_document_out_is_the_same_as_fitting_without_it() -> None:
    random = np.random.default_rng(0)
    rows = random.normal(size=(6, 3))
    system, targets, noise = rows @ rows.T, random.normal(size=(6, 2)), np.full(6, 0.5)
    pull, inverse = fit_ridge(system, targets, noise)

    found = without_own(inverse, pull, targets, ["a", "a", "b", "b", "c", "c"])

    kept = [0, 1, 4, 5]
    again, _ = fit_ridge(system[np.ix_(kept, kept)], targets[kept], noise[kept])
    assert found[[2, 3]] == pytest.approx(system[np.ix_([2, 3], kept)] @ again)


def test_weights_by_word_score_as_the_kernel_does() -> None:
    space = Space.of(TEXTS, encode_money, centre=TEXTS)
    topics = ["q1", "q1", "q2", ""]
    rows = space.rows(TEXTS, topics)
    pull = np.array([[1.0], [-0.5], [0.25], [2.0]])

    assert Scorer.of(rows, pull)(rows) == pytest.approx(kernel(rows) @ pull, abs=1e-5)


def test_likeness_leaves_the_question_aside() -> None:
    space = Space.of(TEXTS, None, centre=())
    rows = space.rows(["no money", "no money"], ["q1", "q2"])

    assert likeness(rows, rows)[0, 1] == pytest.approx(1.0, abs=1e-5)


def test_likeness_never_speaks_against_a_code() -> None:
    accepted = np.array([[True], [True], [True], [False], [False], [False]])
    likeness, cues = [0.1, 0.2, 0.1, 0.3, 0.4, 0.3], [0.9, 0.9, 0.0, 0.0, 0.9, 0.0]
    evidence = np.array([likeness, cues]).T[:, None, :]

    found = calibrate(evidence, accepted, np.ones(accepted.shape), never_against=(0, 1))

    assert found.shares[0] == 0.0
    assert found.shares[1] > 0.0


def test_probabilities_follow_the_share_that_was_accepted() -> None:
    evidence = np.zeros((200, 1, 1))
    accepted = np.arange(200).reshape(-1, 1) < 50
    found = calibrate(evidence, accepted, np.ones(accepted.shape))

    assert found.probabilities(evidence)[0, 0] == pytest.approx(0.25, abs=0.02)


def test_a_code_with_many_uses_moves_away_from_the_others() -> None:
    evidence = np.zeros((100, 2, 1))
    accepted = np.stack([np.arange(100) < 60, np.arange(100) < 10], axis=1)
    found = calibrate(evidence, accepted, np.ones(accepted.shape))

    chances = found.probabilities(evidence)[0]
    assert chances[0] > 0.55
    assert chances[1] < 0.2


def test_open_pairs_teach_nothing() -> None:
    evidence = np.zeros((100, 1, 1))
    accepted = np.arange(100).reshape(-1, 1) < 20
    known = np.where(np.arange(100).reshape(-1, 1) < 40, 1.0, 0.0)
    found = calibrate(evidence, accepted, known)

    assert found.probabilities(evidence)[0, 0] == pytest.approx(0.5, abs=0.02)


def test_a_passage_that_stands_for_many_counts_for_many() -> None:
    evidence = np.zeros((60, 1, 1))
    accepted = np.arange(60).reshape(-1, 1) < 30
    found = calibrate(evidence, accepted, np.where(accepted, 1.0, 9.0))

    assert found.probabilities(evidence)[0, 0] == pytest.approx(0.1, abs=0.02)


def test_few_passages_are_all_learnt_from() -> None:
    kept, stands_for = thin_out(reviewed_passages())

    assert kept == reviewed_passages()
    assert stands_for.tolist() == [1.0] * 12


def test_passages_without_a_code_are_thinned_out_first() -> None:
    coded = [Reviewed("int-01", f"coded {n}", accepted=("money",)) for n in range(4)]
    uncoded = [Reviewed("int-01", f"uncoded {n}") for n in range(20)]

    kept, stands_for = thin_out([*uncoded, *coded], most=9)

    assert [one.text for one in kept] == [
        *("uncoded 0", "uncoded 4", "uncoded 9", "uncoded 14", "uncoded 19"),
        *("coded 0", "coded 1", "coded 2", "coded 3"),
    ]
    assert stands_for.tolist() == [4.0] * 5 + [1.0] * 4


def test_levels_are_where_f1_is_best() -> None:
    chances = np.array([[0.9], [0.55], [0.5], [0.3], [0.3], [0.3]])
    accepted = np.array([[True], [True], [True], [False], [False], [False]])
    found = find_levels(chances, accepted, np.ones(accepted.shape))

    assert (chances >= found)[:, 0].tolist() == [True, True, True, False, False, False]


def test_a_passage_does_not_tell_how_usual_its_own_code_is() -> None:
    accepted = np.array([[True], [False], [False], [False]])
    usual = Usual.of(accepted, ["q", "q", "q", "q"], np.ones(4))

    found = np.exp(usual.log_share(["q", "q"], own=accepted[:2]))[:, 0]

    assert found.tolist() == pytest.approx([1.5 / 8, 2.5 / 8])


def test_a_family_knows_parents_and_children() -> None:
    family = Family.of((*codes_of("people"), *codes_of("staff", "families", parent="people")))

    assert family.parents.tolist() == [-1, 0, 0]
    assert family.children == ((1, 2), (), ())
