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

from qualcode.analysis.learning.told_words import plain_words
from qualcode.core.learned import Learned

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Sparse = Any  # scipy's own types are not published
    Ids = NDArray[np.integer[Any]]
    Flags = NDArray[np.bool_]

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
    rarity: NDArray[np.float32]
    _known: Learned[str, Ids] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", Learned(self._traits_of))

    @property
    def n_words(self) -> int:
        """How many of the traits are words and pairs of words; they stand first."""
        return len(self.words) + len(self.pairs)

    def rows(self, texts: Sequence[str]) -> Sparse:
        """One row per text; words with pairs, and parts, are each of length sqrt(1/2).

        So the product of a row with itself is 1.0, or less where nothing is known of it.
        """
        found = self._counts(_Batch.of(texts))
        data = (1 + np.log(found.data)) * self.rarity[found.indices]
        texts_of = np.repeat(np.arange(len(texts)), np.diff(found.indptr))
        halves = 2 * texts_of + (found.indices >= self.n_words)
        lengths = np.sqrt(np.bincount(halves, data * data, minlength=2 * len(texts)))
        scales = (sqrt(0.5) / np.maximum(lengths, 1e-9)).astype(np.float32)
        found.data = data * scales[halves]
        return found

    def _counts(self, batch: _Batch) -> Sparse:
        """How often each text has each trait: a word brings its parts, and the pair it begins."""
        from scipy.sparse import csr_matrix

        n_words = len(batch.ids)
        traits = [self._known[word] for word in batch.distinct]
        at, is_known = self._pairs_begun(batch)
        sizes = np.concatenate([[len(held) for held in traits], is_known])
        ends = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
        columns = np.concatenate([*traits, len(self.words) + at[is_known]], dtype=np.int32)
        shape = (len(sizes), len(self.rarity))
        brings = csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape)
        both = np.stack([batch.ids, len(traits) + np.arange(n_words)], axis=1).ravel()
        held = (np.ones(2 * n_words, np.float32), both.astype(np.int32), 2 * batch.starts)
        return csr_matrix(held, (len(batch.starts) - 1, len(sizes))) @ brings

    def _pairs_begun(self, batch: _Batch) -> tuple[Ids, Flags]:
        """For each word of the batch the pair that begins with it, and whether one does."""
        is_known = np.zeros(len(batch.ids), dtype=bool)
        at = np.zeros(len(batch.ids), dtype=np.int64)
        begins, numbers = batch.pairs(self.words)
        if len(self.pairs):
            at[begins] = np.minimum(np.searchsorted(self.pairs, numbers), len(self.pairs) - 1)
            is_known[begins] = self.pairs[at[begins]] == numbers
        return at, is_known

    def _traits_of(self, word: str) -> Ids:
        """A known word and its known parts, as columns."""
        own = [self.words[word]] if word in self.words else []
        parts = [self.n_words + self.parts[part] for part in parts_of(word) if part in self.parts]
        return np.array([*own, *parts], dtype=np.int32)

    def weight_of(self, word: str, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """What a word adds, by itself and by its parts, for each column of the weights."""
        traits = self._known[word]
        is_part = traits >= self.n_words
        shares = self.rarity[traits] / np.where(is_part, max(1, is_part.sum()), 1)
        found: NDArray[np.float32] = shares.astype(np.float32) @ weights[traits]
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
    parts = {part: n for n, part in enumerate(kept)}
    held_by = np.array([*word_held, *pair_held, *(part_held[every[part]] for part in kept)])
    return Lexicon(words, pairs, parts, _rarity(held_by, len(texts)))


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
            ids.extend([distinct.setdefault(word, len(distinct)) for word in plain_words(text)])
            starts.append(len(ids))
        return cls(distinct, np.array(ids, dtype=np.int64), np.array(starts, dtype=np.int64))

    def texts(self) -> Ids:
        """For each word the text that it stands in."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def counts(self) -> Sparse:
        """How often each text has each distinct word."""
        return _counted(self.texts(), self.ids, (len(self.starts) - 1, len(self.distinct)))

    def pairs(self, known: dict[str, int]) -> tuple[Ids, Ids]:
        """The pairs of neighbouring known words: where each begins, and its number."""
        columns = np.array([known.get(word, -1) for word in self.distinct], dtype=np.int64)
        ids, texts = columns[self.ids], self.texts()
        both = (texts[:-1] == texts[1:]) & (ids[:-1] >= 0) & (ids[1:] >= 0)
        begins = np.flatnonzero(both)
        return begins, ids[begins] * len(known) + ids[begins + 1]

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
    begins, numbers = batch.pairs(words)
    once = np.unique(np.stack([numbers, batch.texts()[begins]]), axis=1)[0]
    pairs, held = np.unique(once, return_counts=True)
    return pairs[held >= least], held[held >= least]


def _rarity(held: Ids, texts: int) -> NDArray[np.float32]:
    found: NDArray[np.float32] = (np.log((1 + texts) / (1 + held)) + 1).astype(np.float32)
    return found
