"""The arithmetic of the benchmarks: pure, and tested on small values in tests."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import LCSseq

Outcome = Literal["right", "left open", "wrong"]

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Hits:
    """How many of the things found and of those expected are right; sums add up."""

    right: int = 0
    found: int = 0
    expected: int = 0

    def __add__(self, other: Hits) -> Hits:
        return Hits(
            self.right + other.right, self.found + other.found, self.expected + other.expected
        )

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1.0 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of what was to be found that was; 1.0 where there was nothing."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1.0 where there is nothing at all."""
        both = self.found + self.expected
        return 2 * self.right / both if both else 1.0


def words(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation."""
    return _WORD.findall(text.casefold())


def key(label: str) -> str:
    """A label as it is compared: lower case, single spaces, no accents taken away."""
    return " ".join(label.casefold().split())


def hits(found: Collection[str], expected: Collection[str]) -> Hits:
    """Labels compared as sets."""
    left, right = {key(one) for one in found}, {key(one) for one in expected}
    return Hits(len(left & right), len(left), len(right))


def opening(text: str) -> str:
    """A fingerprint of the first five words, so that expectations need not hold the words."""
    first = " ".join(words(text)[:5])
    return hashlib.sha256(first.encode()).hexdigest()[:12] if first else ""


def researcher_outcome(
    found: Collection[str], expected: Collection[str], *, warned: bool
) -> Outcome:
    """Whether the researchers are right; saying that it cannot be told is no mistake."""
    if {key(one) for one in found} == {key(one) for one in expected}:
        return "right"
    return "left open" if warned and not found else "wrong"


def kept_in_order(original: Sequence[str], result: Sequence[str]) -> Hits:
    """Words of the longest common subsequence: recall is what was kept, precision what is new.

    >>> kept_in_order(["a", "b", "c", "d"], ["a", "c", "x"]).recall
    0.5
    """
    return Hits(LCSseq.similarity(original, result), len(result), len(original))


def lost_words(original: str, result: str, *, labels: Iterable[str] = ()) -> Counter[str]:
    """Words that the result has less often than the original, those of labels left out."""
    lost = Counter(words(original)) - Counter(words(result))
    for label in labels:
        for word in words(label):
            lost.pop(word, None)
    return lost


def attributed(
    said: Sequence[tuple[str, Sequence[str]]], read: Sequence[tuple[str, Sequence[str]]]
) -> list[bool]:
    """For each turn said, whether most of its words were read as this speaker's.

    Words are aligned in order; a turn without words is right.

    >>> attributed([("A", ["yes"]), ("B", ["no"])], [("A", ["yes", "no"])])
    [True, False]
    """
    theirs = [word for _, spoken in said for word in spoken]
    ours = [word for _, spoken in read for word in spoken]
    credited = [key(who) for who, spoken in read for _ in spoken]
    by_word = [""] * len(theirs)
    for block in LCSseq.opcodes(theirs, ours):
        if block.tag == "equal":
            by_word[block.src_start : block.src_end] = credited[block.dest_start : block.dest_end]
    right: list[bool] = []
    at = 0
    for who, spoken in said:
        n = sum(one == key(who) for one in by_word[at : at + len(spoken)])
        right.append(2 * n > len(spoken) or not spoken)
        at += len(spoken)
    return right


def lines_found(expected: Iterable[str], found: Iterable[str]) -> tuple[Hits, list[str], list[str]]:
    """Lines that stand whole inside a piece that was found, and pieces made of such lines.

    Gives the hits (`right` counts expected lines), the lines missed, the pieces too many.
    """
    wanted = [line for line in (" ".join(words(one)) for one in expected) if line]
    pieces = [piece for piece in (" ".join(words(one)) for one in found) if piece]
    missed = [line for line in wanted if not any(f" {line} " in f" {p} " for p in pieces)]
    whole = f" {' '.join(wanted)} "
    extra = [piece for piece in pieces if f" {piece} " not in whole]
    n_right = len(wanted) - len(missed)
    return Hits(n_right, n_right + len(extra), len(wanted)), missed, extra


def share(values: Collection[bool]) -> float:
    """Share of true values; 1.0 where there are none."""
    return sum(values) / len(values) if values else 1.0
