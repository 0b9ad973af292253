"""`qualcode status` and `qualcode midpoint`."""

from __future__ import annotations

from pathlib import Path

from qualcode.cli.showing import show
from qualcode.cli.style import Style
from qualcode.project.standing import kept_status
from qualcode.store.opening import open_project


def status_command(style: Style) -> None:
    """Prints where the study stands."""
    table, problems = kept_status(open_project(Path.cwd()))
    show([table], problems, style)


def midpoint_command(style: Style) -> None:
    """Prints what has emerged so far."""
    # the life of the codebook is far more than a status needs
    from qualcode.project.midpoint import view_midpoint
    from qualcode.project.study import open_study

    tables, problems = view_midpoint(open_study(Path.cwd()))
    show(tables, problems, style)
