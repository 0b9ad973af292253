"""Passages as the words, pairs of words and parts of words that they are made of.

Parts of words (three to five letters) let "waiting", "waited" and "wiating" be alike without
a word list, in any language that parts its words by spaces.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.core.cues import WORD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Sparse = Any  # scipy's own types are not published
    Ids = NDArray[np.int64]

_SHORTEST, _LONGEST = 3, 5
# A trait of one passage alone tells nothing about others, unless there are few in all.
_ENOUGH_TEXTS = 200


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The traits that are known, each with its rarity (inverse document frequency).

    A pair of words is the number `first * len(words) + second`; `pairs` are in order.
    """

    words: dict[str, int]
    pairs: Ids
    parts: dict[str, int]
    word_rarity: NDArray[np.float32]
    part_rarity: NDArray[np.float32]
    _parts_of: dict[str, Ids] = field(default_factory=dict, repr=False, compare=False)

    @property
    def n_words(self) -> int:
        """How many of the traits are words and pairs of words; they stand first."""
        return len(self.word_rarity)

    def rows(self, texts: Sequence[str]) -> Sparse:
        """One row per text; words with pairs, and parts, are each of length sqrt(1/2).

        So the product of a row with itself is 1.0, or less where nothing is known of it.
        """
        from scipy.sparse import hstack

        batch = _Batch.of(texts)
        words = _weighted(batch.words_and_pairs(self.words, self.pairs), self.word_rarity)
        parts = _weighted(batch.parts(self._known_parts, len(self.parts)), self.part_rarity)
        return hstack([words, parts], format="csr") * np.float32(sqrt(0.5))

    def _known_parts(self, word: str) -> Ids:
        held = self._parts_of.get(word)
        if held is None:
            ids = [self.parts[part] for part in parts_of(word) if part in self.parts]
            held = self._parts_of[word] = np.array(ids, dtype=np.int64)
        return held

    def weight_of(self, word: str, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """What a word adds, by itself and by its parts, for each column of the weights."""
        found = np.zeros(weights.shape[1], dtype=np.float32)
        if (at := self.words.get(word)) is not None:
            found += self.word_rarity[at] * weights[at]
        parts = self._known_parts(word)
        if len(parts):
            found += self.part_rarity[parts] @ weights[self.n_words + parts] / len(parts)
        return found


def learn_lexicon(texts: Sequence[str]) -> Lexicon:
    """The traits of these texts; those of one text alone are left out where there are 200."""
    batch = _Batch.of(texts)
    least = 2 if len(texts) >= _ENOUGH_TEXTS else 1
    held = _held(batch.counts())
    words = {
        w: n for n, w in enumerate(w for i, w in enumerate(batch.distinct) if held[i] >= least)
    }
    pairs, pair_held = _frequent_pairs(batch, words, least)
    word_held = [held[batch.distinct[word]] for word in words]
    every = {part: n for n, part in enumerate(sorted(_all_parts(batch.distinct)))}
    counts = batch.parts(lambda w: np.array([every[p] for p in parts_of(w)], np.int64), len(every))
    part_held = _held(counts)
    kept = [part for part, n in every.items() if part_held[n] >= least]
    return Lexicon(
        words,
        pairs,
        {part: n for n, part in enumerate(kept)},
        _rarity(np.concatenate([np.array(word_held), pair_held]), len(texts)),
        _rarity(np.array([part_held[every[part]] for part in kept]), len(texts)),
    )


def parts_of(word: str) -> list[str]:
    """The stretches of three to five letters of a word, its edges marked by spaces.

    >>> parts_of("wait")
    [' wa', 'wai', 'ait', 'it ', ' wai', 'wait', 'ait ', ' wait', 'wait ']
    """
    edged = f" {word} "
    found: list[str] = []
    for size in range(_SHORTEST, _LONGEST + 1):
        found.extend(edged[at : at + size] for at in range(max(1, len(edged) - size + 1)))
        if len(edged) <= size:
            break
    return found


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("’", "'"))


def _all_parts(words: Iterable[str]) -> set[str]:
    return {part for word in words for part in parts_of(word)}


@dataclass(frozen=True, slots=True)
class _Batch:
    """Texts as numbers of words: those of text n are `ids[starts[n]:starts[n + 1]]`."""

    distinct: dict[str, int]
    ids: Ids
    starts: Ids

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Batch:
        distinct: dict[str, int] = {}
        ids: list[int] = []
        starts = [0]
        for text in texts:
            ids.extend([distinct.setdefault(word, len(distinct)) for word in _words(text)])
            starts.append(len(ids))
        return cls(distinct, np.array(ids, dtype=np.int64), np.array(starts, dtype=np.int64))

    def texts(self) -> Ids:
        """For each word the text that it stands in."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def counts(self) -> Sparse:
        """How often each text has each distinct word."""
        return _counted(self.texts(), self.ids, (len(self.starts) - 1, len(self.distinct)))

    def pairs(self, known: dict[str, int]) -> tuple[Ids, Ids]:
        """The pairs of neighbouring known words: the text of each, and its number."""
        columns = np.array([known.get(word, -1) for word in self.distinct], dtype=np.int64)
        ids, texts = columns[self.ids], self.texts()
        both = (texts[:-1] == texts[1:]) & (ids[:-1] >= 0) & (ids[1:] >= 0)
        return texts[:-1][both], ids[:-1][both] * len(known) + ids[1:][both]

    def words_and_pairs(self, words: dict[str, int], pairs: Ids) -> Sparse:
        """How often each text has each known word and pair."""
        columns = np.array([words.get(word, -1) for word in self.distinct], dtype=np.int64)
        ids, texts = columns[self.ids], self.texts()
        held = ids >= 0
        pair_texts, numbers = self.pairs(words)
        at = np.minimum(np.searchsorted(pairs, numbers), max(0, len(pairs) - 1))
        known = pairs[at] == numbers if len(pairs) else np.zeros(len(numbers), dtype=bool)
        rows = np.concatenate([texts[held], pair_texts[known]])
        found = np.concatenate([ids[held], len(words) + at[known]])
        return _counted(rows, found, (len(self.starts) - 1, len(words) + len(pairs)))

    def parts(self, known: Callable[[str], Ids], width: int) -> Sparse:
        """How often each text has each known part of a word."""
        from scipy.sparse import csr_matrix

        held = [known(word) for word in self.distinct]
        ends = np.cumsum([0, *map(len, held)])
        ids = np.concatenate([np.zeros(0, np.int64), *held])
        data = np.ones(len(ids), dtype=np.float32)
        return self.counts() @ csr_matrix((data, ids, ends), shape=(len(held), width))


def _counted(rows: Ids, columns: Ids, shape: tuple[int, int]) -> Sparse:
    from scipy.sparse import csr_matrix

    data = np.ones(len(rows), dtype=np.float32)
    found = csr_matrix((data, (rows, columns)), shape=shape)
    found.sum_duplicates()
    return found


def _held(counts: Sparse) -> Ids:
    """By how many texts each column is held."""
    found: Ids = np.bincount(counts.tocsr().indices, minlength=counts.shape[1])
    return found


def _frequent_pairs(batch: _Batch, words: dict[str, int], least: int) -> tuple[Ids, Ids]:
    """The pairs that enough texts hold, in order, and by how many each is held."""
    texts, numbers = batch.pairs(words)
    once = np.unique(np.stack([numbers, texts]), axis=1)[0]
    pairs, held = np.unique(once, return_counts=True)
    return pairs[held >= least], held[held >= least]


def _rarity(held: Ids, texts: int) -> NDArray[np.float32]:
    found: NDArray[np.float32] = (np.log((1 + texts) / (1 + held)) + 1).astype(np.float32)
    return found


def _weighted(counts: Sparse, rarity: NDArray[np.float32]) -> Sparse:
    """(1 + ln count) times rarity, each row scaled to length 1."""
    found = counts.tocsr().astype(np.float32)
    found.data = (1 + np.log(np.maximum(found.data, 1))) * rarity[found.indices]
    lengths = np.sqrt(np.asarray(found.multiply(found).sum(axis=1)).ravel())
    found.data /= np.repeat(np.maximum(lengths, 1e-9), np.diff(found.indptr))
    return found
