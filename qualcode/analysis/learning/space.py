"""Passages as rows of figures, and how alike two of them are.

Three things make passages alike: the words and pairs of words that they share, the parts of
their words, and what they mean (where there is an encoder), each with the same weight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis.learning.lexicon import Lexicon, learn_lexicon
from qualcode.analysis.meaning import unit_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.analysis.learning.lexicon import Sparse

    Matrix = NDArray[np.float64]
    Weights = tuple[NDArray[np.float32], NDArray[np.float32]]
    """What each trait, and each direction of meaning, weighs for each code."""

Encode = Callable[[Sequence[str]], Any]

_MEANING = 1 / 3
# Likeness counts by half more between passages that answer the same question.
_ANYWHERE, _SAME_TOPIC = 2 / 3, 1 / 3


@dataclass(frozen=True, slots=True)
class Rows:
    """Passages as rows: traits (sparse), meaning (dense), and the topic of each."""

    traits: Sparse
    meaning: NDArray[np.float32]
    topics: NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.topics)

    def take(self, which: NDArray[np.int64]) -> Rows:
        """Some of the rows."""
        return Rows(self.traits[which], self.meaning[which], self.topics[which])


def together(first: Rows, second: Rows) -> Rows:
    """The rows of both, one after the other."""
    from scipy.sparse import vstack

    return Rows(
        vstack([first.traits, second.traits], format="csr"),
        np.vstack([first.meaning, second.meaning]),
        np.concatenate([first.topics, second.topics]),
    )


@dataclass(frozen=True, slots=True)
class Space:
    """How texts become rows; `mean` is the meaning that all reviewed passages share, if any."""

    lexicon: Lexicon
    encoder: Encode | None
    mean: NDArray[np.float32] | None = None

    @classmethod
    def of(cls, texts: Sequence[str], encoder: Encode | None, *, centre: Sequence[str]) -> Space:
        """Learnt from the texts; what all of `centre` mean alike tells none of them apart."""
        mean = None
        if encoder is not None and centre:
            rows = np.asarray(encoder(centre), dtype=np.float32)
            mean = rows.sum(axis=0) / max(1, int(rows.any(axis=1).sum()))
        return cls(learn_lexicon(texts), encoder, mean)

    def rows(self, texts: Sequence[str], topics: Sequence[str]) -> Rows:
        """One row per text; a row times itself is at most 1.0."""
        traits = self.lexicon.rows(texts)
        named = np.array(topics, dtype=np.str_)
        if self.encoder is None:
            return Rows(traits, np.zeros((len(texts), 0), np.float32), named)
        meaning = np.asarray(self.encoder(texts), dtype=np.float32)
        if self.mean is not None:
            known = meaning.any(axis=1, keepdims=True)
            meaning = np.where(known, unit_rows(meaning - self.mean), np.float32(0))
        weight = np.float32(sqrt(_MEANING))
        return Rows(traits * np.float32(sqrt(1 - _MEANING)), meaning * weight, named)


def likeness(first: Rows, second: Rows) -> Matrix:
    """How alike each row of the first is to each of the second, from 0 to 1, topics aside."""
    found = (first.traits @ second.traits.T).toarray()
    found += first.meaning @ second.meaning.T
    alike: Matrix = found.astype(np.float64)
    return alike


def kernel(rows: Rows) -> Matrix:
    """How much each row tells of each other: likeness, more of it under the same topic."""
    same = (rows.topics[:, None] == rows.topics[None, :]) & (rows.topics != "")[:, None]
    found = likeness(rows, rows)
    # in place: for some thousand passages each such matrix takes a good part of the memory
    found *= _ANYWHERE
    np.multiply(found, 1 + _SAME_TOPIC / _ANYWHERE, out=found, where=same)
    return found


def shown_likeness(texts: Rows, n_words: int) -> Rows:
    """The texts as columns, made ready so that `rows @ columns` is a likeness people can see.

    Only whole words (the first `n_words` traits, with their pairs) and meaning count, not parts
    of words; the same text again gives 1.0.
    """
    from scipy.sparse import csr_matrix

    has_meaning = texts.meaning.shape[1] > 0
    scale = np.float32(1 / ((1 - _MEANING) / 2 + _MEANING) if has_meaning else 2)
    words = texts.traits[:, :n_words].T.tocsr() * scale
    ends = np.pad(words.indptr, (0, texts.traits.shape[1] - n_words), mode="edge")
    traits = csr_matrix((words.data, words.indices, ends), shape=texts.traits.shape[::-1])
    return Rows(traits, np.ascontiguousarray(texts.meaning.T) * scale, texts.topics)


@dataclass(frozen=True, slots=True)
class _UnderTopics:
    """What counts under each topic besides: only for the traits that its own passages have.

    `places` says by topic and trait which row of `weights` belongs to it; the first is of zeros,
    for all traits that do not count there. `meaning` is by topic.
    """

    numbers: dict[str, int]
    places: NDArray[np.int32]
    weights: NDArray[np.float32]
    meaning: NDArray[np.float32]

    @classmethod
    def of(cls, rows: Rows, pull: Matrix) -> _UnderTopics:
        topics = sorted(set(rows.topics.tolist()) - {""})
        places = np.zeros((len(topics), rows.traits.shape[1]), dtype=np.int32)
        weights = [np.zeros((1, pull.shape[1]), dtype=np.float32)]
        meaning = np.zeros((len(topics), rows.meaning.shape[1], pull.shape[1]), np.float32)
        size = 1
        for n, topic in enumerate(topics):
            which = np.flatnonzero(rows.topics == topic)
            traits, meaning[n] = _gathered(rows.take(which), _SAME_TOPIC * pull[which])
            columns = np.flatnonzero(traits.any(axis=1))
            places[n, columns] = np.arange(size, size + len(columns))
            size += len(columns)
            weights.append(traits[columns])
        numbers = {topic: n for n, topic in enumerate(topics)}
        return cls(numbers, places, np.concatenate(weights), meaning)

    def __call__(self, rows: Rows, found: NDArray[np.float32]) -> None:
        """Adds to what was found on the rows."""
        from scipy.sparse import csr_matrix

        numbers = np.array([self.numbers.get(topic, -1) for topic in rows.topics.tolist()])
        which = np.flatnonzero(numbers >= 0)
        own, topics = rows.take(which), numbers[which]
        traits = own.traits
        places = self.places[np.repeat(topics, np.diff(traits.indptr)), traits.indices]
        shape = (len(which), len(self.weights))
        found[which] += csr_matrix((traits.data, places, traits.indptr), shape) @ self.weights
        for topic in np.unique(topics):
            found[which[topics == topic]] += own.meaning[topics == topic] @ self.meaning[topic]


@dataclass(frozen=True, slots=True)
class Scorer:
    """The same as the kernel times `pull`, gathered once by trait instead of by passage."""

    anywhere: Weights
    under: _UnderTopics

    @classmethod
    def of(cls, rows: Rows, pull: Matrix) -> Scorer:
        """From the rows learnt from, and how each pulls towards each code."""
        return cls(_gathered(rows, _ANYWHERE * pull), _UnderTopics.of(rows, pull))

    def __call__(self, rows: Rows) -> Matrix:
        """One row per passage, one column per code."""
        traits, meaning = self.anywhere
        found = rows.traits @ traits + rows.meaning @ meaning
        if self.under.numbers:
            self.under(rows, found)
        answer: Matrix = found.astype(np.float64)
        return answer


def _gathered(rows: Rows, pull: Matrix) -> Weights:
    pulls = pull.astype(np.float32)
    return rows.traits.T @ pulls, rows.meaning.T @ pulls
