"""Does all work in this process, one chunk after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from qualcode.core.protocols import Chunk, Failure, Result


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """No process is started; work that raises gives a Failure."""

    name: str = "local"
    version: str = "1"

    def map(
        self, work: Callable[[Chunk], Result], chunks: Iterable[Chunk], /
    ) -> Iterator[Result | Failure]:
        """What the work makes of each chunk, when it is asked for."""
        return (attempt(work, chunk) for chunk in chunks)


def attempt(work: Callable[[Chunk], Result], chunk: Chunk) -> Result | Failure:
    """What the work makes of a chunk, or in a few words why it makes nothing."""
    try:
        return work(chunk)
    except Exception as error:  # whatever one document does to our code, the others go on
        return Failure(f"{type(error).__name__}: {error}".rstrip(". "))


engine = LocalEngine()
