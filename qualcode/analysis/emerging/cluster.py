"""Grouping passages that are alike, the same way each time.

A passage is a point, by its words and, where an encoder is at hand, by its meaning. For the
words, TF-IDF is reduced to the strongest directions in which they come together (latent
semantic analysis, Deerwester et al. 1990). The two groups whose union grows least in spread are
joined, again and again (Ward 1963).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.linalg import eigh
from scipy.sparse import csr_array

from qualcode.analysis.likeness import Weights
from qualcode.analysis.meaning import centred, unit_rows

if TYPE_CHECKING:
    from qualcode.analysis.meaning import Rows

PER_PART = 6
LEAST_LIKE = 0.25
LEAST_MEMBERS = 3
SHARE_OF_WORDS = 0.4
"""Where an encoder is at hand: one word shared makes no theme, yet keeps themes concrete."""
MOST_AT_ONCE = 6000
"""Passages that are joined at once; twice as many need four times the memory."""
MOST_WORDS = 1500
MOST_DIRECTIONS = 100
LEAST_PASSAGES = 2
MOST_WHERE_FEW = 10
_DIGITS = 6

Points = npt.NDArray[np.float64]


def points_of(passages: Sequence[Sequence[str]], meanings: Rows | None) -> Points:
    """Each passage as a point at distance 1 from the middle; at 0 where nothing is known.

    `meanings` come from an encoder and count a little more than words; what all mean
    alike is taken out first.
    """
    points = lexical_points(passages)
    if meanings is not None:
        shares = sqrt(SHARE_OF_WORDS), sqrt(1 - SHARE_OF_WORDS)
        points = unit_rows(np.hstack([points * shares[0], centred(meanings) * shares[1]]))
    return np.round(points, _DIGITS)


def lexical_points(passages: Sequence[Sequence[str]]) -> Points:
    """Passages by their words; words in one passage or in over a quarter do not count."""
    held: Counter[str] = Counter()
    for terms in passages:
        held.update(set(terms))
    most = max(MOST_WHERE_FEW, len(passages) // 4)
    common = sorted((t for t, n in held.items() if LEAST_PASSAGES <= n <= most))
    common.sort(key=lambda t: (-held[t], t))
    columns = {term: n for n, term in enumerate(sorted(common[:MOST_WORDS]))}
    weights = Weights.of(passages)
    vectors = [weights.vector([t for t in terms if t in columns]) for terms in passages]
    filled = [
        (row, columns[t], value)
        for row, vector in enumerate(vectors)
        for t, value in vector.items()
    ]
    if not filled:
        return np.zeros((len(passages), 1))
    rows, cols, values = zip(*filled, strict=True)
    matrix = csr_array((values, (rows, cols)), shape=(len(passages), len(columns)))
    return _reduced(matrix)


def _reduced(matrix: csr_array) -> Points:
    """The passages along the strongest directions, scaled to length 1."""
    n = matrix.shape[1]
    first = max(0, n - min(MOST_DIRECTIONS, matrix.shape[0]))
    _, vectors = eigh((matrix.T @ matrix).toarray(), subset_by_index=(first, n - 1))
    return unit_rows(matrix @ vectors)


def ward_parts(points: Points, *, per_part: int = PER_PART) -> list[list[int]]:
    """Rows of the points that Ward's method puts together, about so many to a part.

    Of few points, as many parts as the root of half their number. Points at 0 are in none.
    """
    known = np.flatnonzero(points.any(axis=1))
    parts: list[list[int]] = []
    for rows in _portions(points, known):
        if len(rows) < LEAST_MEMBERS:
            continue
        wanted = max(len(rows) // per_part, round(sqrt(len(rows) / 2)))
        labels = fcluster(linkage(points[rows], "ward"), wanted, "maxclust")
        held: defaultdict[int, list[int]] = defaultdict(list)
        for row, label in zip(rows, labels, strict=True):
            held[label].append(int(row))
        parts.extend(held.values())
    return sorted(parts)


def _portions(points: Points, rows: npt.NDArray[np.intp]) -> Iterator[npt.NDArray[np.intp]]:
    """The rows, halved along their strongest direction until they can be joined at once.

    After Boley's principal direction divisive partitioning (1998).
    """
    if len(rows) <= MOST_AT_ONCE:
        yield rows
        return
    around = points[rows] - points[rows].mean(axis=0)
    n = around.shape[1]
    _, strongest = eigh(around.T @ around, subset_by_index=(n - 1, n - 1))
    order = np.argsort(np.round(around @ strongest[:, 0], _DIGITS), kind="stable")
    half = len(rows) // 2
    yield from _portions(points, np.sort(rows[order[:half]]))
    yield from _portions(points, np.sort(rows[order[half:]]))


def pruned(members: Sequence[int], points: Points) -> list[int]:
    """The members that are like the rest, after those that are not have gone, one by one."""
    kept = list(members)
    while len(kept) >= LEAST_MEMBERS:
        inside = points[kept]
        rest = inside.sum(axis=0) - inside
        alike = np.round((inside * unit_rows(rest)).sum(axis=1), _DIGITS)
        least = int(np.argmin(alike))
        if alike[least] >= LEAST_LIKE:
            break
        del kept[least]
    return kept


def typical_first(members: Sequence[int], points: Points) -> list[int]:
    """The members by how near they are to the middle of the group."""
    inside = points[list(members)]
    near = np.round(inside @ inside.sum(axis=0), _DIGITS)
    return [members[n] for n in np.lexsort((members, -near))]


def cohesion(inside: Points) -> float:
    """Mean cosine of all pairs, from 0.0 to 1.0; 0.0 for fewer than two.

    >>> round(cohesion(np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])), 2)
    0.33
    """
    n = len(inside)
    if n < 2:
        return 0.0
    total = inside.sum(axis=0)
    pairs = float(total @ total - (inside * inside).sum())
    return max(0.0, round(pairs / (n * (n - 1)), _DIGITS))


def order_to_read(groups: Sequence[Points], strengths: Sequence[float]) -> list[int]:
    """Positions of the groups: the strongest first, each unlike those before it.

    What a group counts shrinks by its likeness to the nearest of those before it (maximal
    marginal relevance, Carbonell and Goldstein 1998). Of equal groups the first is taken.
    """
    if not groups:
        return []
    centres = unit_rows(np.array([inside.sum(axis=0) for inside in groups]))
    worth = np.array(strengths)
    nearest = np.zeros(len(worth))
    left = list(range(len(worth)))
    order = []
    while left:
        now = np.round(worth[left] * (1 - nearest[left]), _DIGITS)
        taken = left.pop(int(np.argmax(now)))
        order.append(taken)
        nearest = np.maximum(nearest, centres @ centres[taken])
    return order
