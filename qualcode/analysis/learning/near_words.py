"""How near the words of a passage come to the words in which the codebook tells of a code.

Each word of a name or definition takes the likest word of the passage (late interaction, as in
Khattab and Zaharia 2020), so "professors" speaks for "Faculty" whatever else the passage says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from qualcode.analysis.learning.told_words import words_told
from qualcode.core.model import Code

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.analysis.learning.space import Matrix

Encode = Callable[[Sequence[str]], Any]
_OF_NAME, _OF_DEFINITION = 2.0, 1.0  # what words count for (tuned on half of NHS, NIBLSE, SBOM)


MOST_KEPT = 4_000_000
"""Figures that are kept of words met before; then all are forgotten, and met anew."""


class _Met:
    """How near words come to those of the codebook; each word is looked at once."""

    def __init__(self, encode: Encode, vectors: NDArray[np.float32]) -> None:
        self._encode = encode
        self._vectors = vectors
        self._most = MOST_KEPT // max(1, len(vectors))
        self._at: dict[str, int] = {}
        self._rows = np.zeros((0, len(vectors)), dtype=np.float32)

    def nearest(self, texts: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """By text and word of the codebook, how near the nearest word of the text comes.

        Every text has a word; they are gathered text by text, since all at once take much room.
        """
        self._meet(list(chain.from_iterable(texts)))
        at = self._at.__getitem__
        near = (self._rows.take(list(map(at, words)), axis=0) for words in texts)
        return np.array([one.max(axis=0) for one in near])

    def _meet(self, words: Sequence[str]) -> None:
        new = [word for word in dict.fromkeys(words) if word not in self._at]
        if len(self._at) + len(new) > self._most:
            new = list(dict.fromkeys(words))
            self._at.clear()
        if new:
            known = len(self._at)
            if known + len(new) > len(self._rows):
                size = max(known + len(new), min(2 * known, self._most))
                grown = np.zeros((size, len(self._vectors)), dtype=np.float32)
                grown[:known] = self._rows[:known]
                self._rows = grown
            # word by word, so that a word has the same row whatever was met with it
            for row, vector in zip(self._rows[known:], np.asarray(self._encode(new)), strict=False):
                np.maximum(self._vectors @ vector, 0, out=row)
            self._at.update(zip(new, range(known, known + len(new)), strict=True))


@dataclass(frozen=True, slots=True)
class NearWords:
    """How words come near to those of the codebook, and what share each of these has in a code."""

    met: _Met
    shares: NDArray[np.float32]

    @classmethod
    def of(cls, codes: Sequence[Code], encoder: Any) -> NearWords | None:
        """Made ready for these codes; None where the encoder does not know single words."""
        if not getattr(encoder, "knows_words", False):
            return None
        at: dict[str, int] = {}
        told = [
            (at.setdefault(word, len(at)), n, weight)
            for n, code in enumerate(codes)
            for text, weight in (
                (code.name, _OF_NAME),
                (" ".join((code.definition, *code.include)), _OF_DEFINITION),
            )
            for word in words_told(text)
        ]
        shares = np.zeros((len(at), len(codes)), dtype=np.float32)
        for word, code_at, weight in told:
            shares[word, code_at] += weight
        vectors = np.asarray(encoder(list(at)), dtype=np.float32)
        return cls(_Met(encoder, vectors), shares / np.maximum(shares.sum(axis=0), 1e-9))

    def __call__(self, texts: Sequence[str]) -> Matrix:
        """By text and code, from 0 to 1."""
        held = [words_told(text) for text in texts]
        found = np.zeros((len(texts), self.shares.shape[1]))
        filled = [n for n, words in enumerate(held) if words]
        if filled and len(self.shares):
            found[filled] = self.met.nearest([held[n] for n in filled]) @ self.shares
        return found
