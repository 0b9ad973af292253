"""Tables that were made before, shown again at once while nothing in the study has changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.core.problems import Problem
from qualcode.core.table import Table
from qualcode.project.answers import kept_view
from qualcode.store.paths import ProjectPaths

if TYPE_CHECKING:
    from qualcode.project.study import Study

View = Callable[["Study"], Table | tuple[Table, ...]]


@dataclass(frozen=True, slots=True)
class _Tables:
    tables: tuple[Table, ...]


def kept_tables(
    paths: ProjectPaths, question: str, view: View
) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """The tables that `view` makes of a study, and what is to be said beside them.

    Args:
        question: says which tables, and everything that was asked for with them.
    """

    def made(study: Study) -> _Tables:
        found = view(study)
        return _Tables((found,) if isinstance(found, Table) else found)

    found, notes = kept_view(paths, question, _Tables, made)
    return found.tables, notes
