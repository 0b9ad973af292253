"""A static English embedding: each word has one vector, and a text is the sum of its words.

Needs numpy alone and about 6 MB, which ship with the package; `docs/meaning.md` says where
they come from. A word outside the vocabulary is put together out of its pieces, the longest
first, as in the transformer from which the vectors were taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
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

        at = np.array([self.rows.get(word, -1) for word in words], dtype=np.int32)
        found: Rows = self.vectors[at] * self.scales[at, None]
        for n in np.flatnonzero(at < 0).tolist():
            pieces = list(_pieces(words[n]))
            weighed = self.vectors[pieces] * self.scales[pieces, None]
            found[n] = weighed.mean(axis=0) if pieces else 0
        return found


@lru_cache(maxsize=1)
def _store() -> _Store:
    import numpy as np

    words = (_FOLDER / "words.txt").read_text("ascii").splitlines()
    return _Store(
        {word: n for n, word in enumerate(words)},
        # as a plain array: a memmap is slower to take rows from
        np.asarray(np.load(_FOLDER / "vectors.npy", mmap_mode="r")),
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


@dataclass(frozen=True, slots=True)
class StaticEncoder:
    """English only: of other languages it knows few words."""

    name: str = "static"
    version: str = "1"
    dimension: int = DIMENSION
    languages: tuple[str, ...] = ("en",)
    knows_words: bool = True

    def __call__(self, texts: Sequence[str], /) -> Rows:
        import numpy as np

        index: dict[str, int] = {}
        held = [[index.setdefault(w, len(index)) for w in words_of(text)] for text in texts]
        vectors = _store()(list(index))
        rows = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        each = np.ones(max(map(len, held), default=0), dtype=np.float32)
        for row, ids in zip(rows, held, strict=True):
            # text by text, so that a text has the same row whatever stands beside it
            np.matmul(each[: len(ids)], vectors.take(ids, axis=0), out=row)
        return unit_rows(rows)


encoder = StaticEncoder()
