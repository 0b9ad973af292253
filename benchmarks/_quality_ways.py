"""The ways of suggesting that are compared: ours, and plain TF-IDF with logistic regression."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks._quality_scores import Flags, Matrix
from benchmarks._quality_sets import Coded
from qualcode.analysis.learning.fit import fit
from qualcode.analysis.learning.judge import judge
from qualcode.core.learning import Material
from qualcode.plugins.registry import load_encoder

Which = NDArray[np.int64]
Way = Callable[[Coded, Which, Which], tuple[Matrix, Flags]]
"""From a set, the units learnt from and those judged: scores, and what is offered."""


def hybrid(*, encoder: str = "static", with_topics: bool = True) -> Way:
    """The hybrid suggester as it ships, without cues: none of the sets has any."""

    def way(coded: Coded, learnt: Which, judged: Which) -> tuple[Matrix, Flags]:
        encode = load_encoder(encoder) if encoder else None
        reviewed = coded.reviewed(learnt.tolist(), with_topics=with_topics)
        fitted = fit(coded.codebook, Material(reviewed, encode))
        topics = [coded.topics[n] if with_topics else "" for n in judged]
        found = judge(fitted, [coded.texts[n] for n in judged], topics)
        return _within(coded, judged, found.chance, found.offered)

    return way


def baseline(*, firmness: float = 10.0, level: float = 0.3) -> Way:
    """TF-IDF of words and pairs, one balanced logistic regression per code.

    `firmness` is scikit-learn's C. Its best settings on the tuning half stand here.
    """

    def way(coded: Coded, learnt: Which, judged: Which) -> tuple[Matrix, Flags]:
        words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2))
        rows = words.fit_transform([coded.texts[n] for n in learnt])
        asked = words.transform([coded.texts[n] for n in judged])
        chances = np.zeros((len(judged), coded.gold.shape[1]))
        for code, answers in enumerate(coded.gold[learnt].T):
            if answers.any() and not answers.all():
                model = LogisticRegression(
                    C=firmness, class_weight="balanced", solver="liblinear", random_state=0
                )
                chances[:, code] = model.fit(rows, answers).predict_proba(asked)[:, 1]
        return _within(coded, judged, chances, chances >= level)

    return way


def _within(coded: Coded, judged: Which, scores: Matrix, offered: Flags) -> tuple[Matrix, Flags]:
    """Codes of other questions are never offered."""
    allowed = coded.open_to[judged]
    return np.where(allowed, scores, -1.0), offered & allowed
