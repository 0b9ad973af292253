"""A yes-or-no question put to passages: the weights that ship, and what a project adds to them.

Logistic regression that begins at weights that are given; passages move it away from them
by ridge-penalised steps, so few passages change little.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp, sqrt
from operator import mul
from typing import TYPE_CHECKING

from qualcode.core.cues import WORD

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_EACH = 5
"""So many passages must say yes, and so many no, before a side is fitted anew."""
_OFTEN = 2  # a word that came once only is chance
_WORTH_SAYING = 0.2


@dataclass(frozen=True, slots=True)
class Side:
    """One logistic regression: a weight for each feature and each word that was learned."""

    bias: float
    weights: tuple[float, ...]
    words: Mapping[str, float] = field(default_factory=dict)

    def logit(self, values: Sequence[float], words: Sequence[str]) -> float:
        """How strongly it says yes: above 0 where more likely than not."""
        total: float = self.bias + sum(map(mul, self.weights, values))
        if self.words and words:
            known: Iterable[float] = filter(None, map(self.words.get, words))
            total += sum(known) / sqrt(len(words))
        return total

    def loudest(self, words: Sequence[str]) -> str:
        """The word that the project taught and that speaks loudest for yes, or ""."""
        known = self.words
        heard = [(known[word], word) for word in words if known.get(word, 0.0) > _WORTH_SAYING]
        return max(heard)[1] if heard else ""


def fit_side(
    base: Side,
    rows: Sequence[tuple[float, ...]],
    words: Sequence[tuple[str, ...]],
    said: Sequence[bool],
    *,
    free: float,
) -> Side:
    """The side with what the passages add to it; as it is where too few say yes, or no.

    Args:
        rows: the features of each passage.
        words: the words of each passage, as `words_and_pairs` gives them.
        said: whether a person said yes.
        free: how far the passages may lead away from the base; above 0.
    """
    if min(sum(said), len(said) - sum(said)) < LEAST_EACH:
        return base
    known = _known_words(words)
    learned = _add_to(
        [base.logit(row, ()) for row in rows],
        rows,
        [{known[w]: 1 / sqrt(len(held)) for w in held if w in known} for held in words],
        (said, free),
    )
    of_words = learned[1 + len(base.weights) :]
    return Side(
        bias=base.bias + learned[0],
        weights=tuple(old + new for old, new in zip(base.weights, learned[1:], strict=False)),
        words={word: of_words[n] for word, n in known.items()},
    )


def _add_to(
    first: list[float],
    rows: Sequence[tuple[float, ...]],
    words: list[dict[int, float]],
    told: tuple[Sequence[bool], float],
) -> list[float]:
    """Bias, feature weights and word weights to add to the logits `first`."""
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix, hstack

    said, free = told
    places = [(n, column, value) for n, held in enumerate(words) for column, value in held.items()]
    at, column, value = zip(*places, strict=True) if places else ((), (), ())
    width = 1 + max(column, default=-1)
    dense = np.column_stack([np.ones(len(rows)), np.asarray(rows)])
    table = hstack(
        [csr_matrix(dense), csr_matrix((value, (at, column)), shape=(len(rows), width))]
    ).tocsr()
    signs = np.where(said, 1.0, -1.0)
    offset = np.asarray(first)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = signs * (table @ weights + offset)
        slope = -signs / (1 + np.exp(np.clip(margin, -30, 30)))
        penalty = weights @ weights / (2 * free)
        return (
            float(np.logaddexp(0, -margin).sum() + penalty),
            table.T @ slope + weights / free,
        )

    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B")
    return [float(weight) for weight in found.x]


def _known_words(words: Sequence[tuple[str, ...]]) -> dict[str, int]:
    often: dict[str, int] = {}
    for held in words:
        for word in held:
            often[word] = often.get(word, 0) + 1
    return {word: n for n, word in enumerate(sorted(w for w, c in often.items() if c >= _OFTEN))}


def words_and_pairs(text: str) -> tuple[str, ...]:
    """The distinct words of a passage and its pairs of neighbouring words, in order."""
    plain = [word.lower().replace("’", "'") for word in WORD.findall(text)]
    pairs = [f"{one} {two}" for one, two in pairwise(plain)]
    return tuple(dict.fromkeys((*plain, *pairs)))


def share(logit: float) -> float:
    """How likely yes is, from 0.0 to 1.0."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))
