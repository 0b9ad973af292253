"""A static English embedding: each word has one vector, and a text is the sum of its words.

Needs numpy alone and about 6 MB, which ship with the package; `docs/meaning.md` says where
they come from. A word outside the vocabulary is put together out of its pieces, the longest
first, as in the transformer from which the vectors were taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.analysis.meaning import unit_rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qualcode.analysis.meaning import Rows

DIMENSION = 256
_FOLDER = Path(__file__).with_name("static")
_WORD = re.compile(r"[^\W_]+")
_AT_ONCE = 2048
"""Words whose vectors are summed at once; so many stay in the cache of a processor."""
_LONGEST_WORD = 60
_LEAST_PIECE = 2


@dataclass(frozen=True, slots=True)
class _Store:
    """The vectors as they lie on disk: whole numbers, to be multiplied by a scale per row."""

    rows: dict[str, int]
    vectors: NDArray[np.int8]
    scales: NDArray[np.float32]

    def __call__(self, words: Sequence[str]) -> Rows:
        """The vector of each word; zeros where no piece of it is known."""
        import numpy as np

        found = np.zeros((len(words), DIMENSION), dtype=np.float32)
        whole = [n for n, word in enumerate(words) if word in self.rows]
        at = [self.rows[words[n]] for n in whole]
        found[whole] = self.vectors[at] * self.scales[at, None]
        for n, word in enumerate(words):
            if word not in self.rows and (pieces := _pieces(word)):
                at = list(pieces)
                found[n] = (self.vectors[at] * self.scales[at, None]).mean(axis=0)
        return found


@lru_cache(maxsize=1)
def _store() -> _Store:
    import numpy as np

    words = (_FOLDER / "words.txt").read_text("ascii").splitlines()
    return _Store(
        {word: n for n, word in enumerate(words)},
        np.load(_FOLDER / "vectors.npy", mmap_mode="r"),
        np.load(_FOLDER / "scales.npy"),
    )


@lru_cache(maxsize=100_000)
def _pieces(word: str) -> tuple[int, ...]:
    """Rows of the pieces of a word, greedily the longest first; of one letter alone none."""
    rows = _store().rows
    found = []
    start, end = 0, min(len(word), _LONGEST_WORD)
    while start < end:
        for stop in range(end, start, -1):
            piece = f"##{word[start:stop]}" if start else word[:stop]
            if piece in rows:
                break
        else:
            return ()
        if stop - start >= _LEAST_PIECE:
            found.append(rows[piece])
        start = stop
    return tuple(found)


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, without accents.

    >>> words_of("The café's so-called Wi-Fi")
    ['the', 'cafe', 's', 'so', 'called', 'wi', 'fi']
    """
    text = text.lower()
    if not text.isascii():
        parts = unicodedata.normalize("NFD", text)
        text = "".join(letter for letter in parts if unicodedata.category(letter) != "Mn")
    return _WORD.findall(text)


def _batches(counts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Stretches of texts that hold about as many words as are summed at once."""
    first = held = 0
    for n, count in enumerate(counts):
        if held + count > _AT_ONCE and n > first:
            yield first, n
            first, held = n, 0
        held += count
    if first < len(counts):
        yield first, len(counts)


@dataclass(frozen=True, slots=True)
class StaticEncoder:
    """English only: of other languages it knows few words."""

    name: str = "static"
    version: str = "1"
    dimension: int = DIMENSION
    languages: tuple[str, ...] = ("en",)

    def __call__(self, texts: Sequence[str], /) -> Rows:
        import numpy as np

        index: dict[str, int] = {}
        held = [[index.setdefault(w, len(index)) for w in words_of(text)] for text in texts]
        vectors = _store()(list(index))
        filled = [n for n, ids in enumerate(held) if ids]
        rows = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        counts = [len(held[n]) for n in filled]
        for first, last in _batches(counts):
            ids = [one for n in filled[first:last] for one in held[n]]
            starts = np.cumsum([0, *counts[first : last - 1]])
            rows[filled[first:last]] = np.add.reduceat(vectors[ids], starts)
        return unit_rows(rows)


encoder = StaticEncoder()
