"""Words that set two sets of passages apart.

Log-odds with an informative Dirichlet prior: Monroe, Colaresi and Quinn, "Fightin' Words",
Political Analysis 16 (2008), 372-403. The prior holds a word to
how often all passages have it, so neither frequent nor rare words win for that alone.

With y times the word among n words of a side, and a prior of a times the word among A words,
the log-odds of that side are log((y + a) / (n + A - y - a)). What is told is the difference of
the two sides, and z is that by its standard deviation, the root of 1/(y1 + a) + 1/(y2 + a).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt

MOST_WORDS = 8
LEAST_Z = 1.0


@dataclass(frozen=True, slots=True)
class WordOdds:
    """A word with its log-odds ratio, its standard score, and how often each side has it.

    `z` above 0 speaks for the first side; beyond 1.96 it would be rare by chance alone.
    """

    word: str
    log_odds: float
    z: float
    first: int
    second: int


def log_odds(
    first: Mapping[str, int],
    second: Mapping[str, int],
    prior: Mapping[str, int],
    *,
    prior_size: float | None = None,
) -> tuple[WordOdds, ...]:
    """Every word of either side, that which speaks most for the first side first.

    `prior` counts words in all passages, these among them; `prior_size` scales it to so many
    words in all (by default as many as both sides have).

    >>> found = log_odds({"a": 3, "b": 1}, {"a": 1, "b": 3}, {"a": 4, "b": 4})
    >>> [(one.word, round(one.log_odds, 3), round(one.z, 3)) for one in found]
    [('a', 0.673, 1.149), ('b', -0.673, -1.149)]
    """
    n_first, n_second = sum(first.values()), sum(second.values())
    whole = sum(prior.values())
    if not n_first or not n_second or not whole:
        return ()
    size = float(n_first + n_second) if prior_size is None else prior_size
    found = []
    for word in sorted({*first, *second}):
        held = size * max(prior.get(word, 0), 1) / whole
        y1, y2 = first.get(word, 0) + held, second.get(word, 0) + held
        rest1, rest2 = n_first + size - y1, n_second + size - y2
        if rest1 <= 0 or rest2 <= 0:  # nothing but this word is said
            continue
        ratio = log(y1 / rest1) - log(y2 / rest2)
        z = ratio / sqrt(1 / y1 + 1 / y2)
        found.append(WordOdds(word, ratio, z, first.get(word, 0), second.get(word, 0)))
    return tuple(sorted(found, key=lambda one: (-one.z, one.word)))


def telling_words(
    odds: tuple[WordOdds, ...],
) -> tuple[tuple[WordOdds, ...], tuple[WordOdds, ...]]:
    """The words that speak most for the first side, and those for the second, at most 8 each.

    A word that a side has only once says nothing of it.
    """
    one = [word for word in odds if word.z >= LEAST_Z and word.first > 1]
    two = [word for word in reversed(odds) if word.z <= -LEAST_Z and word.second > 1]
    return tuple(one[:MOST_WORDS]), tuple(two[:MOST_WORDS])
