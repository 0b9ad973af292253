"""What a run gives."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qualcode.analysis.rollup import DocumentSummary, RollUp
from qualcode.core.compact import Pile
from qualcode.core.problems import Problem
from qualcode.core.table import Table


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run gives: the table, the documents, every problem, and where it was written.

    `reread` and `recoded` count the documents that were read anew and coded anew, because
    they or what they depend on had changed since an earlier run; `gone` those that it had and
    that are no longer there.
    """

    rollup: RollUp
    pairs: Table
    documents: Pile[DocumentSummary]
    problems: tuple[Problem, ...]
    skipped: tuple[str, ...]
    out: Path
    reread: int = 0
    recoded: int = 0
    gone: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing worse than a note was met."""
        return all(found.severity == "note" for found in self.problems)
