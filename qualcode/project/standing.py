"""Where a study stands, at once where nothing has changed since it was last asked.

This module loads little, for `status` is asked often.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qualcode.core.problems import Problem
from qualcode.core.table import Table
from qualcode.project.answers import kept_view
from qualcode.store.paths import ProjectPaths

if TYPE_CHECKING:
    from qualcode.project.study import Study


@dataclass(frozen=True, slots=True)
class _Standing:
    table: Table
    problems: tuple[Problem, ...]


def kept_status(paths: ProjectPaths) -> tuple[Table, tuple[Problem, ...]]:
    """What `view_status` gives today; where nothing has changed since, what it gave before."""
    today = datetime.now(UTC).date()

    def view(study: Study) -> _Standing:
        from qualcode.project.status import view_status

        return _Standing(*view_status(study, today=today))

    found, notes = kept_view(paths, "status", _Standing, view, day=today.isoformat())
    return found.table, (*found.problems, *notes)
