"""Problems: bad data is a value that says where, what and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.catalogue import P, ProblemKind, Severity, catalogue

__all__ = ["P", "Problem", "ProblemKind", "QualcodeError", "Severity", "catalogue", "problem"]


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
