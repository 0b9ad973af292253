"""Showing what a command found, and ending with the status that it makes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qualcode.cli.exit import status_of, tell
from qualcode.cli.render import show_tables
from qualcode.cli.style import Style
from qualcode.core.problems import Problem
from qualcode.core.table import Table


def show(tables: Sequence[Table], problems: Iterable[Problem], style: Style) -> None:
    """Prints tables and problems, and ends with the exit status that they make."""
    show_tables(tables, style)
    end(problems)


def end(problems: Iterable[Problem]) -> None:
    """Tells the problems and ends: 1 where one of them is worse than a note."""
    held = tuple(problems)
    tell(held)
    raise SystemExit(status_of(held))
