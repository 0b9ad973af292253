"""What passages mean, as vectors: what an encoder is, and sums on what it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]
    """One vector per row; of length 1, or 0 where nothing is known."""
    Real = TypeVar("Real", np.float32, np.float64)

_LEAST_LENGTH = 1e-6


class Encoder(Protocol):
    """Turns texts into vectors that lie close where the texts mean alike.

    One that also has `knows_words`, as True, has a vector for each word and gives it in no time:
    then words are compared one by one too.
    """

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it knows, as two-letter codes; empty where it does not say."""
        ...

    def __call__(self, texts: Sequence[str], /) -> Rows:
        """One row per text, of length 1; a text without a known word gives a row of zeros."""
        ...


@dataclass(frozen=True, slots=True)
class Wrapped:
    """An encoder whose rows are got in another way: `read` stands before its own call."""

    encoder: Encoder
    read: Callable[[Sequence[str]], Rows]

    @property
    def name(self) -> str:
        return self.encoder.name

    @property
    def version(self) -> str:
        return self.encoder.version

    @property
    def dimension(self) -> int:
        return self.encoder.dimension

    @property
    def languages(self) -> tuple[str, ...]:
        return self.encoder.languages

    @property
    def knows_words(self) -> bool:
        return getattr(self.encoder, "knows_words", False)

    def __call__(self, texts: Sequence[str], /) -> Rows:
        return self.read(texts)


def unit_rows(rows: NDArray[Real]) -> NDArray[Real]:
    """The rows scaled to length 1; rows (nearly) without length become zeros."""
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    scaled: NDArray[Real] = rows / np.maximum(lengths, _LEAST_LENGTH)
    scaled[lengths[:, 0] <= _LEAST_LENGTH] = 0
    return scaled


def cosines(first: Rows, second: Rows) -> Rows:
    """Likeness of every row of the first with every row of the second, from -1 to 1.

    Rows have length 1 or 0; a row of zeros is like nothing (0.0).
    """
    return first @ second.T


def centred(rows: Rows, around: Rows | None = None) -> Rows:
    """The rows less the mean of those `around` (by default themselves), scaled to length 1.

    What all passages of a study share tells none of them apart. Rows of zeros stay zeros and
    do not count in the mean.
    """

    counted = rows if around is None else around
    known = counted[counted.any(axis=1)]
    if not len(known):
        return rows
    moved = unit_rows(rows - known.mean(axis=0))
    moved[~rows.any(axis=1)] = 0
    return moved
