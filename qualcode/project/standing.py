"""Where a study stands, at once where nothing has changed since it was last asked.

This module loads little, for `status` is asked often.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from qualcode.core.problems import Problem
from qualcode.core.table import Table
from qualcode.project.answers import kept_answer
from qualcode.store.paths import ProjectPaths


@dataclass(frozen=True, slots=True)
class _Standing:
    table: Table
    problems: tuple[Problem, ...]


def kept_status(paths: ProjectPaths) -> tuple[Table, tuple[Problem, ...]]:
    """What `view_status` gives today; where nothing has changed since, what it gave before."""
    today = datetime.now(UTC).date()
    notes: list[Problem] = []

    def find() -> _Standing:
        from qualcode.project.settings import load_settings
        from qualcode.project.status import view_status
        from qualcode.project.study import Study

        study = Study(paths, load_settings(paths))
        standing = _Standing(*view_status(study, today=today))
        notes.extend(study.notes)
        return standing

    found, more = kept_answer(paths, "status", _Standing, find, day=today.isoformat())
    return found.table, (*found.problems, *more, *notes)
