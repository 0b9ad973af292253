"""What a plugin is: a plain callable with a name and a version; core values in and out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from qualcode.core.model import Codebook, Document, Extract, Segment, Span, Suggestion
from qualcode.core.table import Table


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one original and its name inside the folder, with `/` between parts."""

    name: str
    data: bytes


class Reader(Protocol):
    """Takes lines, cues or rows out of one source.

    Raises QualcodeError where the source holds nothing that can be read; everything less
    than that is a problem inside the Extract.
    """

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def suffixes(self) -> tuple[str, ...]:
        """File endings that it reads, in lower case, with the dot."""
        ...

    def __call__(self, source: Source, /) -> Extract: ...


Split = Callable[[str], Iterable[Span]]
"""Finds the sentences of a text: spans in order that cover all but white space."""


class Segmenter(Protocol):
    """Gets ready for one language, named by its two-letter code."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    def __call__(self, language: str, /) -> Split: ...


Suggest = Callable[[Document, Sequence[Segment]], Iterable[Suggestion]]
"""Offers codes on the segments of one document, in the order of the segments."""


class Suggester(Protocol):
    """Gets ready for one codebook; what it gives back is called once per document."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    def __call__(self, codebook: Codebook, /) -> Suggest: ...


class Exporter(Protocol):
    """Prints one table in one format."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def suffix(self) -> str: ...
    def __call__(self, table: Table, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Failure:
    """A piece of work that gave no result, and why, in a few words."""

    reason: str


Chunk = TypeVar("Chunk")
Result = TypeVar("Result")


class Engine(Protocol):
    """Carries work out: here, in other processes, or on other computers."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...

    def map(
        self, work: Callable[[Chunk], Result], chunks: Iterable[Chunk], /
    ) -> Iterator[Result | Failure]:
        """What `work` makes of each chunk, in the order of the chunks.

        Chunks are taken as they are needed. Work that raises, or that dies with the process
        it ran in, gives a Failure in its place, and the rest goes on. `work`, chunks and
        results can be pickled.
        """
        ...
