"""F1 and recall of offered codes, with intervals by drawing whole documents anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks._quality import DRAWS, SEED

Flags = NDArray[np.bool_]
Matrix = NDArray[np.float64]
USED = 10
"""Codes given to so many of the scored units count in the macro-F1 of codes in use."""


@dataclass(frozen=True, slots=True)
class Counts:
    """By document and code: given by people, offered, both; and how many units there are."""

    gold: Matrix
    offered: Matrix
    both: Matrix
    units: int

    @classmethod
    def of(cls, gold: Flags, offered: Flags, docs: Sequence[str]) -> Counts:
        _, group = np.unique(np.array(docs), return_inverse=True)
        n = int(group.max()) + 1

        def summed(flags: Flags) -> Matrix:
            found = np.zeros((n, flags.shape[1]))
            np.add.at(found, group, flags)
            return found

        return cls(summed(gold), summed(offered), summed(gold & offered), len(gold))

    def __len__(self) -> int:
        return len(self.gold)


Measure = Callable[[Matrix, Matrix, Matrix], Matrix]
"""From gold, offered and both, by draw and code, one figure per draw."""


def micro_f1(gold: Matrix, offered: Matrix, both: Matrix) -> Matrix:
    """All codes in one."""
    return _ratio(2 * both.sum(1), gold.sum(1) + offered.sum(1))


def precision(gold: Matrix, offered: Matrix, both: Matrix) -> Matrix:  # noqa: ARG001
    """Of what was offered, the share that people gave."""
    return _ratio(both.sum(1), offered.sum(1))


def recall(gold: Matrix, offered: Matrix, both: Matrix) -> Matrix:  # noqa: ARG001
    """Of what people gave, the share that was offered."""
    return _ratio(both.sum(1), gold.sum(1))


def macro_f1(gold: Matrix, offered: Matrix, both: Matrix) -> Matrix:
    """The mean over the codes that people gave at all."""
    return _mean_where(gold > 0, _ratio(2 * both, gold + offered))


def macro_f1_of(used: NDArray[np.bool_]) -> Measure:
    """The mean over these codes."""

    def measure(gold: Matrix, offered: Matrix, both: Matrix) -> Matrix:
        return macro_f1(gold[:, used], offered[:, used], both[:, used])

    return measure


def figures(measure: Measure, runs: Sequence[Counts]) -> Matrix:
    """The measure, first on all documents, then on draws of them; mean over the runs.

    The draws are the same for every call with as many documents, so differences between two
    ways on the same units can be taken draw by draw.
    """
    n = len(runs[0])
    drawn = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=DRAWS)
    weights = np.vstack([np.ones((1, n)), drawn])
    each = [measure(weights @ r.gold, weights @ r.offered, weights @ r.both) for r in runs]
    found: Matrix = np.mean(each, axis=0)
    return found


def with_interval(found: Matrix) -> tuple[float, float, float]:
    """The figure on all documents, and the middle 95 % of those on draws."""
    low, high = np.percentile(found[1:], [2.5, 97.5])
    return float(found[0]), float(low), float(high)


def first(scores: Matrix, k: int) -> Flags:
    """The k codes of each unit that score highest."""
    found = np.zeros(scores.shape, dtype=bool)
    top = np.argsort(-scores, axis=1, kind="stable")[:, :k]
    np.put_along_axis(found, top, True, axis=1)
    return found


def calibration_error(chances: Matrix, gold: Flags) -> float:
    """Mean distance between what probabilities say and what was so, by tenths."""
    tenth = np.minimum((chances * 10).astype(int), 9)
    gaps = [
        abs(chances[tenth == t].mean() - gold[tenth == t].mean()) * (tenth == t).mean()
        for t in range(10)
        if (tenth == t).any()
    ]
    return float(sum(gaps))


def _ratio(above: Matrix, below: Matrix) -> Matrix:
    found: Matrix = above / np.maximum(below, 1e-9)
    return found


def _mean_where(held: NDArray[np.bool_], values: Matrix) -> Matrix:
    found: Matrix = np.where(held, values, 0).sum(1) / np.maximum(held.sum(1), 1)
    return found
