"""Problems: bad data is a value that says where, what and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from qualcode.core.catalogue import P, ProblemKind, Severity, catalogue

__all__ = [
    "P",
    "Problem",
    "ProblemKind",
    "QualcodeError",
    "Severity",
    "catalogue",
    "problem",
    "said_once",
]

FEW = 3
"""Names of files that stand for all that have the same problem."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the data: where it is, what it is, what to do about it.

    `path` is as the coder wrote it; `line` and `column` count from 1.
    """

    number: str
    severity: Severity
    message: str
    remedy: str
    path: str = ""
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """One line: where, number, what is wrong, what to do.

        >>> print(problem(P.UNKNOWN_KEY, path="codebook.yaml", line=3, key="cue", hint=""))
        codebook.yaml:3: Q302 "cue" is not a key that is known here. Remove it or correct it.
        """
        places = [str(n) for n in (self.line, self.column) if n is not None]
        where = ":".join([self.path, *places] if self.path else places)
        prefix = f"{where}: " if where else ""
        return f"{prefix}{self.number} {self.message}. {self.remedy}"


class QualcodeError(Exception):
    """Raised only where a command cannot give a right answer; carries what is wrong."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(found) for found in problems))
        self.problems = problems

    @property
    def problem(self) -> Problem:
        """The first of the problems."""
        return self.problems[0]


def problem(
    kind: ProblemKind,
    *,
    path: str = "",
    line: int | None = None,
    column: int | None = None,
    **values: object,
) -> Problem:
    """The problem of that kind, worded with these values."""
    return Problem(
        number=kind.number,
        severity=kind.severity,
        message=kind.wording.format(**values),
        remedy=kind.remedy.format(**values),
        path=path,
        line=line,
        column=column,
    )


def said_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The same problems, one for all files that have the same, in the place of the first.

    Its `path` gives their number and the first names. A problem of a certain line stays alone.

    >>> empty = [problem(P.EMPTY_FILE, path=f"{n}.txt") for n in range(5)]
    >>> [str(found) for found in said_once(empty)]
    ['Each of 5 files (0.txt, 1.txt, 2.txt and 2 more): Q201 the file is empty. Skipped. \
Remove it, or save it again with text.']
    """
    alike: dict[Problem, dict[str, Problem]] = {}
    for found in problems:
        is_of_file = found.path and found.line is None
        same = replace(found, path="") if is_of_file else found
        alike.setdefault(same, {}).setdefault(found.path, found)
    return tuple(_of_all(tuple(by_path.values())) for by_path in alike.values())


def _of_all(alike: tuple[Problem, ...]) -> Problem:
    first = alike[0]
    if len(alike) == 1:
        return first
    names = ", ".join(found.path for found in alike[:FEW])
    more = f" and {len(alike) - FEW:,} more" if len(alike) > FEW else ""
    kind = next(kind for _, kind in catalogue() if kind.number == first.number)
    path = f"Each of {len(alike):,} files ({names}{more})"
    return replace(first, path=path, remedy=kind.for_many or first.remedy)
