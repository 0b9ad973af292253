"""How alike passages are: TF-IDF and cosine on the standard library alone.

A passage is a sparse vector of the words that carry meaning, each weighed by how rare it is
among the passages compared (inverse document frequency, smoothed). Nothing is trained, so
equal input gives equal figures, and a figure can be explained by the words that are shared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from qualcode.core.cues import WORD

Stem = Callable[[str], str]
"""The dictionary form of a word in lower case."""
Vector = Mapping[str, float]

_STOP_WORDS = """
    a about above after again against all almost also although always am an and another any
    anybody anyone anything are aren't around as at away back be became because become been
    before being below between both but by came can can't cannot come could couldn't did didn't
    do does doesn't doing don't done down during each either else enough etc even ever every
    everybody everyone everything few first for from further get gets getting give given go goes
    going gone got had hadn't has hasn't have haven't having he he's her here hers herself him
    himself his how however i i'd i'll i'm i've if in instead into is isn't it it's its itself
    just kind last least less let like little lot made make makes many may maybe me mean might
    mine more most much must my myself near need never next no nobody none nor not nothing now
    of off often oh ok okay old on once one only onto or other others our ours ourselves out
    over per perhaps put quite rather really right s said same saw say says see seem seen shall
    she she's should shouldn't since so some somebody someone something sometimes soon still
    such sure t take taken than that that's the their theirs them themselves then there there's
    these they they're they've thing things think this those though through thus to too took
    toward towards two um uh under until up upon us use used very want was wasn't way we we'd
    we'll we're we've well went were weren't what what's whatever when where whether which while
    who whole whom whose why will with within without won't would wouldn't yeah yes yet you
    you'd you'll you're you've your yours abt w re yrs yr eg ie ask tell
"""
_STOP = frozenset(_STOP_WORDS.split())


def terms_of(text: str, stem: Stem) -> tuple[str, ...]:
    """The words that carry meaning, in their dictionary form, in the order of the text.

    Function words, numbers and single letters are left out.

    >>> terms_of("They sent 3 different people each time.", str.lower)
    ('sent', 'different', 'people', 'time')
    """
    found = []
    for word in WORD.findall(text):
        plain = word.replace("’", "'").lower()
        if len(plain) < 2 or plain in _STOP or plain.isdigit():
            continue
        term = stem(plain)
        if term not in _STOP and len(term) > 1:
            found.append(term)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each word tells, learnt from the passages that are compared."""

    rarity: Mapping[str, float]

    @classmethod
    def of(cls, passages: Iterable[Sequence[str]]) -> Weights:
        """Rarity of every word: ln((1 + passages) / (1 + passages with it)) + 1."""
        held: Counter[str] = Counter()
        total = 0
        for terms in passages:
            total += 1
            held.update(set(terms))
        return cls({term: log((1 + total) / (1 + n)) + 1 for term, n in sorted(held.items())})

    def vector(self, terms: Sequence[str]) -> Vector:
        """The passage as a vector of length 1; empty where no word is known."""
        counts = Counter(terms)
        weights = {
            term: (1 + log(n)) * self.rarity[term]
            for term, n in sorted(counts.items())
            if term in self.rarity
        }
        length = sqrt(sum(weight * weight for weight in weights.values()))
        return {term: weight / length for term, weight in weights.items()} if length else {}


def dot(first: Vector, second: Vector) -> float:
    """Sum of the products of what both hold."""
    if len(first) > len(second):
        first, second = second, first
    return sum(weight * second[term] for term, weight in first.items() if term in second)


def total_of(vectors: Iterable[Vector]) -> dict[str, float]:
    """The sum of vectors."""
    total: dict[str, float] = {}
    for vector in vectors:
        for term, weight in vector.items():
            total[term] = total.get(term, 0.0) + weight
    return total


def cosine(first: Vector, second: Vector) -> float:
    """Likeness from 0.0 (no word in common) to 1.0; 0.0 where one is empty.

    >>> round(cosine({"a": 3.0, "b": 4.0}, {"a": 1.0}), 2)
    0.6
    """
    lengths = sqrt(dot(first, first) * dot(second, second))
    return min(1.0, dot(first, second) / lengths) if lengths else 0.0


def likeness_to_rest(vectors: Sequence[Vector]) -> tuple[float | None, ...]:
    """For each passage its cosine with all the others taken together; None where it is alone.

    The vectors have length 1 or are empty, so one pass over their sum is enough.
    """
    if len(vectors) < 2:
        return (None,) * len(vectors)
    total = total_of(vectors)
    whole = dot(total, total)
    found: list[float | None] = []
    for vector in vectors:
        own = dot(vector, vector)
        shared = dot(vector, total)
        rest = whole - 2 * shared + own
        alike = (shared - own) / sqrt(rest * own) if own and rest > 1e-12 else 0.0
        found.append(min(1.0, max(0.0, alike)))
    return tuple(found)


def cohesion(vectors: Sequence[Vector]) -> float:
    """Mean cosine of all pairs, from 0.0 to 1.0; 0.0 for fewer than two."""
    n = len(vectors)
    if n < 2:
        return 0.0
    total = total_of(vectors)
    own = sum(dot(vector, vector) for vector in vectors)
    return max(0.0, (dot(total, total) - own) / (n * (n - 1)))
