"""Grouping passages that are alike, the same way each time.

TF-IDF is reduced to the strongest directions in which words come together (latent semantic
analysis, Deerwester et al. 1990), which lets passages meet that share no word; then the two
groups whose union grows least in spread are joined, again and again (Ward 1963).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from qualcode.analysis.likeness import Weights

MOST_WORDS = 1500
MOST_DIRECTIONS = 100
LEAST_PASSAGES = 2
MOST_WHERE_FEW = 10
_DIGITS = 9

Array = npt.NDArray[np.float64]


def embed(passages: Sequence[Sequence[str]]) -> Array:
    """Each passage as a point; words in one passage or in over a quarter do not count."""
    held: Counter[str] = Counter()
    for terms in passages:
        held.update(set(terms))
    most = max(MOST_WHERE_FEW, len(passages) // 4)
    common = sorted((t for t, n in held.items() if LEAST_PASSAGES <= n <= most))
    common.sort(key=lambda t: (-held[t], t))
    words = {term: n for n, term in enumerate(sorted(common[:MOST_WORDS]))}
    matrix = np.zeros((len(passages), max(1, len(words))))
    weights = Weights.of(passages)
    for row, terms in enumerate(passages):
        for term, weight in weights.vector([t for t in terms if t in words]).items():
            matrix[row, words[term]] = weight
    return _reduce(matrix)


def _reduce(matrix: Array) -> Array:
    """The passages along the strongest directions, scaled to length 1."""
    size = min(MOST_DIRECTIONS, *matrix.shape)
    values, vectors = np.linalg.eigh(matrix.T @ matrix)
    order = np.argsort(-np.round(values, _DIGITS), kind="stable")[:size]
    chosen = vectors[:, order]
    largest = np.argmax(np.abs(np.round(chosen, _DIGITS)), axis=0)
    chosen = chosen * np.where(chosen[largest, np.arange(chosen.shape[1])] < 0, -1.0, 1.0)
    points = np.round(matrix @ chosen, _DIGITS)
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    return np.where(lengths > 1e-6, points / np.maximum(lengths, 1e-6), 0.0)


def ward_joins(points: Array) -> tuple[tuple[float, int, int], ...]:
    """Every join of Ward's method with its cost, the cheapest first.

    By chains of nearest neighbours, so time grows with the square of the passages and memory
    with their number. Of equal neighbours the first is taken.
    """
    n = len(points)
    centres, sizes = points.copy(), np.ones(n)
    alive = np.ones(n, dtype=bool)
    joins: list[tuple[float, int, int]] = []
    chain: list[int] = []
    squares = np.einsum("ij,ij->i", centres, centres)
    while len(joins) < n - 1:
        if not chain:
            chain.append(int(np.argmax(alive)))
        top = chain[-1]
        apart = squares + squares[top] - 2 * (centres @ centres[top])
        cost = np.round(np.maximum(apart, 0) * sizes * sizes[top] / (sizes + sizes[top]), _DIGITS)
        cost[~alive] = np.inf
        cost[top] = np.inf
        near = int(np.argmin(cost))
        if len(chain) > 1 and cost[chain[-2]] <= cost[near]:
            near = chain[-2]
            del chain[-2:]
            one, two = min(top, near), max(top, near)
            joins.append((float(cost[near]), one, two))
            total = sizes[one] + sizes[two]
            centres[one] = (centres[one] * sizes[one] + centres[two] * sizes[two]) / total
            squares[one] = centres[one] @ centres[one]
            sizes[one] = total
            alive[two] = False
        else:
            chain.append(near)
    return tuple(sorted(joins, key=lambda join: join[0]))


def cut(n: int, joins: Sequence[tuple[float, int, int]], groups: int) -> tuple[int, ...]:
    """The number of its group for each of `n` passages, once that many groups are left."""
    parent = list(range(n))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for _, one, two in joins[: max(0, n - groups)]:
        a, b = sorted((root(one), root(two)))
        parent[b] = a
    return tuple(root(one) for one in range(n))
