"""Does a code fall apart into two? Two clusters, held against what chance alone would give."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.analysis.likeness import Vector, Weights, cohesion, cosine, dot, total_of

LEAST_PASSAGES = 10
LEAST_IN_HALF = 3
LEAST_GAP = 0.05
BEYOND_CHANCE = 1.5
MOST_COMPARED = 120
SHUFFLES = 19
_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Halves:
    """Two parts of a code by their positions: likeness within the parts, and between them.

    `chance` is the greatest gap found in 19 shuffles of the same words: no larger gap there
    means a chance of 1 in 20 that words which do not belong together give such a gap.
    """

    first: tuple[int, ...]
    second: tuple[int, ...]
    within: float
    between: float
    chance: float

    @property
    def gap(self) -> float:
        return self.within - self.between


def find_halves(
    passages: Sequence[Sequence[str]], weights: Weights, *, seed: int = 0
) -> Halves | None:
    """The two parts into which passages fall, where they do so more than by chance; else None.

    There must be ten passages and three in each part, and the gap must be half as great again
    as any that chance gives. Of more than 120 passages every so-manieth is
    looked at. The shuffles keep the length of each passage and how often each word comes.
    """
    step = -(-len(passages) // MOST_COMPARED) or 1
    shown = list(range(0, len(passages), step))
    held = [passages[n] for n in shown]
    found = _divide([weights.vector(terms) for terms in held])
    if found is None or len(held) < LEAST_PASSAGES:
        return None
    gap = found[2] - found[3]
    if gap < LEAST_GAP:
        return None
    chance = random.Random(seed)
    pool = [term for terms in held for term in terms]
    greatest = 0.0
    for _ in range(SHUFFLES):
        chance.shuffle(pool)
        drawn, at = [], 0
        for terms in held:
            drawn.append(weights.vector(pool[at : at + len(terms)]))
            at += len(terms)
        other = _divide(drawn)
        if other is not None:
            greatest = max(greatest, other[2] - other[3])
        if greatest * BEYOND_CHANCE >= gap:
            return None
    first, second = (tuple(shown[n] for n in part) for part in found[:2])
    return Halves(first, second, found[2], found[3], greatest)


_Division = tuple[tuple[int, ...], tuple[int, ...], float, float]


def _divide(vectors: Sequence[Vector]) -> _Division | None:
    """Two means by cosine, begun from the passage least like all and the one least like it."""
    filled = [n for n, vector in enumerate(vectors) if vector]
    if len(filled) < 2 * LEAST_IN_HALF:
        return None
    total = total_of(vectors[n] for n in filled)
    one = min(filled, key=lambda n: (round(dot(vectors[n], total), 9), n))
    two = min(
        filled,
        key=lambda n: (round(dot(vectors[n], vectors[one]), 9), -round(dot(vectors[n], total), 9)),
    )
    centres: list[Vector] = [vectors[one], vectors[two]]
    parts: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    for _ in range(_ROUNDS):
        near = [cosine(vectors[n], centres[0]) >= cosine(vectors[n], centres[1]) for n in filled]
        new = (
            tuple(n for n, first in zip(filled, near, strict=True) if first),
            tuple(n for n, first in zip(filled, near, strict=True) if not first),
        )
        if new == parts:
            break
        parts = new
        centres = [total_of(vectors[n] for n in part) for part in parts]
    if min(map(len, parts)) < LEAST_IN_HALF:
        return None
    sums = [total_of(vectors[n] for n in part) for part in parts]
    within = sum(cohesion([vectors[n] for n in part]) * len(part) for part in parts) / len(filled)
    between = dot(sums[0], sums[1]) / (len(parts[0]) * len(parts[1]))
    return (*parts, within, between)
