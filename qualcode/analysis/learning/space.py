"""Passages as rows of figures, and how alike two of them are.

Three things make passages alike: the words and pairs of words that they share, the parts of
their words, and what they mean (where there is an encoder), each with the same weight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
    traits = (first.traits @ second.traits.T).toarray()
    found: Matrix = (traits + first.meaning @ second.meaning.T).astype(np.float64)
    return found


def kernel(rows: Rows) -> Matrix:
    """How much each row tells of each other: likeness, more of it under the same topic."""
    same = (rows.topics[:, None] == rows.topics[None, :]) & (rows.topics != "")[:, None]
    found: Matrix = likeness(rows, rows) * (_ANYWHERE + _SAME_TOPIC * same)
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
class Scorer:
    """The same as the kernel times `pull`, gathered once by trait instead of by passage.

    Under a topic only the traits count that its own passages have (their columns are kept).
    """

    anywhere: Weights
    by_topic: dict[str, tuple[NDArray[np.int32], Weights]]

    @classmethod
    def of(cls, rows: Rows, pull: Matrix) -> Scorer:
        """From the rows learnt from, and how each pulls towards each code."""
        by_topic = {}
        for topic in sorted(set(rows.topics.tolist()) - {""}):
            which = np.flatnonzero(rows.topics == topic)
            own = rows.take(which)
            columns = np.unique(own.traits.indices)
            narrow = replace(own, traits=own.traits[:, columns])
            by_topic[topic] = (columns, _gathered(narrow, _SAME_TOPIC * pull[which]))
        return cls(_gathered(rows, _ANYWHERE * pull), by_topic)

    def __call__(self, rows: Rows) -> Matrix:
        """One row per passage, one column per code."""
        found = _times(rows, self.anywhere)
        for topic in sorted(set(rows.topics.tolist()) & set(self.by_topic)):
            columns, weights = self.by_topic[topic]
            which = np.flatnonzero(rows.topics == topic)
            own = rows.take(which)
            found[which] += _times(replace(own, traits=own.traits[:, columns]), weights)
        return found.astype(np.float64)


def _gathered(rows: Rows, pull: Matrix) -> Weights:
    pulls = pull.astype(np.float32)
    return rows.traits.T @ pulls, rows.meaning.T @ pulls


def _times(rows: Rows, weights: Weights) -> NDArray[np.float32]:
    traits, meaning = weights
    found: NDArray[np.float32] = rows.traits @ traits + rows.meaning @ meaning
    return found
