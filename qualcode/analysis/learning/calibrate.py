"""From evidence to a probability, and from probabilities to what is worth offering.

All codes share one logistic regression over the kinds of evidence, so a code that was used
twice has a probability too; each code then moves away from it as far as its own reviewed
passages carry it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.analysis.learning.space import Matrix

    Flags = NDArray[np.bool_]

_OWN_SHIFT, _OWN_SLOPE = 1.0, 10.0  # how firmly a code is held to the shared regression
_STEPS = 8
_LEVELS = np.arange(0.2, 0.601, 0.02)
_OWN_LEVELS = np.arange(0.1, 0.651, 0.025)
_OWN_USES = 20  # with so many uses, a code's own level counts half


@dataclass(frozen=True, slots=True)
class Calibration:
    """The shared regression, each code's own shift and slope, and the levels for offering.

    `usual` is the mean of each kind of evidence; `shares` what one more of it adds to the
    log-odds.
    """

    usual: NDArray[np.float64]
    shares: NDArray[np.float64]
    start: float
    shift: NDArray[np.float64]
    slope: NDArray[np.float64]

    def log_odds(self, evidence: NDArray[np.float64]) -> Matrix:
        """By passage and code; evidence is by passage, code and kind."""
        shared = (evidence - self.usual) @ self.shares + self.start
        found: Matrix = self.shift + self.slope * shared
        return found

    def probabilities(self, evidence: NDArray[np.float64]) -> Matrix:
        """By passage and code."""
        return _chance(self.log_odds(evidence))


def calibrate(
    evidence: NDArray[np.float64],
    accepted: Flags,
    weights: Matrix,
    *,
    never_against: Sequence[int] = (),
) -> Calibration:
    """Fitted on pairs of passage and code; one on which nobody decided has the weight 0.

    There must be an accepted pair and one that is not. More of the kinds `never_against`
    makes no code less likely: a kind that would is left out.
    """
    known = weights > 0
    pairs, answers = evidence[known], accepted[known]
    usual, spread = pairs.mean(axis=0), pairs.std(axis=0) + 1e-9
    pairs = (pairs - usual) / spread
    weighed, start = _regress(pairs, answers, weights[known])
    while against := [kind for kind in never_against if weighed[kind] < 0]:
        # a passage without its own document is less like what was accepted where there is
        # little of it, so in small studies likeness itself would seem to speak against a code
        pairs[:, min(against, key=lambda kind: weighed[kind])] = 0.0
        weighed, start = _regress(pairs, answers, weights[known])
    shares = weighed / spread
    shared = (evidence - usual) @ shares + start
    shift, slope = _own(shared, accepted, weights)
    return Calibration(usual, shares, start, shift, slope)


def _regress(
    pairs: NDArray[np.float64], answers: Flags, weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float]:
    """What one more of each kind adds to the log-odds, and where they start."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(max_iter=300).fit(pairs, answers, sample_weight=weights)
    kinds = pairs.any(axis=0)
    return np.where(kinds, model.coef_[0], 0.0), float(model.intercept_[0])


def _own(
    shared: Matrix, accepted: Flags, weights: Matrix
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Each code's shift and slope by Newton's method, held to 0 and 1 by a Gaussian prior."""
    shift, slope = np.zeros(shared.shape[1]), np.ones(shared.shape[1])
    for _ in range(_STEPS):
        chance = _chance(shift + slope * shared)
        off = weights * (accepted - chance)
        bend = weights * chance * (1 - chance)
        down = off.sum(axis=0) - _OWN_SHIFT * shift
        turn = (off * shared).sum(axis=0) - _OWN_SLOPE * (slope - 1)
        first = bend.sum(axis=0) + _OWN_SHIFT
        second = (bend * shared * shared).sum(axis=0) + _OWN_SLOPE
        mixed = (bend * shared).sum(axis=0)
        whole = first * second - mixed * mixed
        shift = shift + (second * down - mixed * turn) / whole
        slope = slope + (first * turn - mixed * down) / whole
    return shift, slope


def find_levels(chances: Matrix, accepted: Flags, weights: Matrix) -> NDArray[np.float64]:
    """For each code the probability from which on it is offered: where F1 is best.

    `chances` are such that no passage's own document made them; `weights` as in `calibrate`.
    The level of all is the one whose F1 the probabilities themselves lead to expect, which
    chance moves less than the F1 that came out. A code with many uses has a level of its own,
    by the F1 that came out.
    """
    shared = max(_LEVELS, key=lambda level: _f1(chances >= level, chances, weights))
    codes = zip(chances.T, accepted.T, weights.T, strict=True)
    return np.array([_own_level(*code, shared) for code in codes])


def _own_level(
    chances: NDArray[np.float64], accepted: Flags, weights: NDArray[np.float64], shared: float
) -> float:
    uses = float((accepted * weights).sum())
    if uses < 3:
        return float(shared)
    scores = np.array([_f1(chances >= level, accepted, weights) for level in _OWN_LEVELS])
    # neighbouring levels are averaged: a lone peak is chance
    smooth = np.convolve(np.pad(scores, 2, mode="edge"), np.ones(5) / 5, "valid")
    own = _OWN_LEVELS[int(smooth.argmax())]
    return float((uses * own + _OWN_USES * shared) / (uses + _OWN_USES))


def _f1(offered: Flags, accepted: Flags | Matrix, weights: Matrix) -> float:
    """F1 of what is offered; expected F1 where `accepted` are probabilities."""
    both = float((weights * offered * accepted).sum())
    return 2 * both / max(1e-9, float((weights * offered).sum() + (weights * accepted).sum()))


def _chance(log_odds: Matrix) -> Matrix:
    found: Matrix = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return found
