"""What every reader shares: its shape, and turning any failure of a library into a problem."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NoReturn

from qualcode.core.model import Extract
from qualcode.core.problems import P, ProblemKind, QualcodeError, problem
from qualcode.core.protocols import Source

MAX_BYTES = 200_000_000
"""The biggest file that is given to a library; plain text has no bound."""

_MAX_REASON = 120


@dataclass(frozen=True, slots=True)
class FileReader:
    """A reader made of one function; satisfies `protocols.Reader`."""

    name: str
    version: str
    suffixes: tuple[str, ...]
    read: Callable[[Source], Extract]

    def __call__(self, source: Source, /) -> Extract:
        return self.read(source)


def fail(kind: ProblemKind, source: Source, *, line: int | None = None, **values: Any) -> NoReturn:
    """Raise the problem as a QualcodeError at this source."""
    raise QualcodeError(problem(kind, path=source.name, line=line, **values))


@contextmanager
def guarded(source: Source) -> Iterator[None]:
    """Turn whatever a third-party parser raises inside into BROKEN_FILE or TOO_BIG.

    Parsers of broken files raise nearly anything (KeyError, zlib.error, AssertionError, ...),
    so everything but our own problems is caught here, and only here.
    """
    try:
        with warnings.catch_warnings():
            # Libraries warn of styles and extensions that have no bearing on the words.
            warnings.simplefilter("ignore")
            yield
    except QualcodeError:
        raise
    except RecursionError:
        fail(P.UNSAFE_FILE, source, what="parts nested too deeply")
    except MemoryError:
        fail(P.TOO_BIG, source, reason="it does not fit into the memory of this computer")
    except Exception as error:
        causes = (error, error.__cause__, error.__context__)
        if any(type(cause).__module__.startswith("defusedxml") for cause in causes):
            fail(P.UNSAFE_FILE, source, what="XML entities or a document type of its own")
        reason = " ".join(str(error).split())[:_MAX_REASON].rstrip(" .:") or type(error).__name__
        raise QualcodeError(problem(P.BROKEN_FILE, path=source.name, reason=reason)) from error


def check_size(source: Source) -> None:
    """Raise EMPTY_FILE for no bytes at all, and TOO_BIG beyond MAX_BYTES."""
    if not source.data:
        fail(P.EMPTY_FILE, source)
    if len(source.data) > MAX_BYTES:
        fail(
            P.TOO_BIG,
            source,
            reason=f"{len(source.data) // 1_000_000} MB; at most {MAX_BYTES // 1_000_000} MB",
        )


def counted(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Names with their counts, sorted by name, without zeros."""
    return tuple(sorted((name, n) for name, n in counts.items() if n))


def cell_of(paragraphs: Iterable[str]) -> str:
    """The paragraphs of one table cell on one line, with "; " between them.

    >>> cell_of(["A Khan", "", "M O'Neil", "They left.", "Both of them"])
    "A Khan; M O'Neil; They left. Both of them"
    """
    text = ""
    for paragraph in paragraphs:
        words = " ".join(paragraph.split())
        if text and words:
            text += " " if text[-1] in ".!?:;," else "; "
        text += words
    return text
