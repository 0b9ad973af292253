"""Showing what a command found, and ending with the status that it makes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qualcode.cli.exit import FINE, PROBLEMS, tell
from qualcode.cli.render import print_json, print_table, table_as_json
from qualcode.cli.style import Style
from qualcode.core.problems import Problem
from qualcode.core.table import Table


def show(tables: Sequence[Table], problems: Iterable[Problem], style: Style) -> None:
    """Prints tables and problems, and ends with the exit status that they make."""
    if style is Style.JSON:
        value: dict[str, object] = {table.name: table_as_json(table) for table in tables}
        print_json({**value, "notes": [note for table in tables for note in table.notes]})
    else:
        for table in tables:
            print_table(table, style)
    end(problems)


def end(problems: Iterable[Problem]) -> None:
    """Tells the problems and ends: 1 where one of them is worse than a note."""
    held = tuple(problems)
    tell(held)
    raise SystemExit(PROBLEMS if any(one.severity != "note" for one in held) else FINE)
