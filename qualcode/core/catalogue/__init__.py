"""The catalogue of problems, by name; a number is never used twice."""

from __future__ import annotations

from qualcode.core.catalogue.codebook import CodebookProblems
from qualcode.core.catalogue.kind import ProblemKind, Severity
from qualcode.core.catalogue.learning import LearningProblems
from qualcode.core.catalogue.notes import NotesProblems
from qualcode.core.catalogue.sources import SourceProblems
from qualcode.core.catalogue.tables import TableProblems
from qualcode.core.catalogue.work import WorkProblems

__all__ = ["P", "ProblemKind", "Severity", "catalogue"]


class P(
    SourceProblems, CodebookProblems, WorkProblems, NotesProblems, LearningProblems, TableProblems
):
    """Every kind of problem under its name."""


def catalogue() -> tuple[tuple[str, ProblemKind], ...]:
    """Every kind of problem with its name, in the order of the numbers."""
    found = [
        (name, kind)
        for part in P.__mro__
        for name, kind in vars(part).items()
        if isinstance(kind, ProblemKind)
    ]
    return tuple(sorted(found, key=lambda item: item[1].number))
