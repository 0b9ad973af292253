"""Printing tables."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qualcode.cli.folding import fold_for
from qualcode.cli.narrow import folded, without_noughts
from qualcode.cli.style import Style
from qualcode.cli.widths import column_widths
from qualcode.core.table import Table

if TYPE_CHECKING:
    from qualcode.plugins.exporters.json_table import Value

WIDE = 140
"""Columns of a terminal in which every column of a table fits."""
ONLY_WHERE_WIDE = frozenset({"exemplar", "because"})
BORDERS = 3
"""Columns that a terminal spends on the border and padding of one column."""


def print_table(table: Table, style: Style) -> None:
    """Prints a table for a terminal, or as plain lines where asked or where it is too narrow."""
    if style is Style.PLAIN:
        _print_plain(table, is_asked=True)
        return
    shorter = without_noughts(table)
    if not any(_print_boxed(one) for one in (table, folded(table), shorter)):
        _print_plain(shorter, is_asked=False)


def _print_boxed(table: Table) -> bool:
    """Prints the table in boxes; whether the terminal is wide enough to do so."""
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=False)
    shown = [
        position
        for position, column in enumerate(table.columns)
        if console.width >= WIDE or column.key not in ONLY_WHERE_WIDE
    ]
    lines = [
        [table.columns[n].title, *(line for row in table.rows for line in row[n])] for n in shown
    ]
    room = console.width - BORDERS * len(shown) - 1
    widths = column_widths(_unbroken(table, shown, lines), room) or column_widths(lines, room)
    if widths is None:
        return False
    is_tall = _is_tall(table, shown, widths)
    printed = RichTable(title=table.caption, title_justify="left", show_lines=is_tall)
    for position, width in zip(shown, widths, strict=True):
        printed.add_column(table.columns[position].title, width=width)
    for row in table.rows:
        printed.add_row(*(Text("\n".join(row[position])) for position in shown))
    console.print(printed)
    for note in table.notes:
        console.print(Text(note))
    return True


def _is_tall(table: Table, shown: list[int], widths: Sequence[int]) -> bool:
    """Whether some row takes several lines, so that rows have to be set apart."""
    return any(
        len(row[n]) > 1 or any(len(line) > width for line in row[n])
        for row in table.rows
        for n, width in zip(shown, widths, strict=True)
    )


def _unbroken(table: Table, shown: list[int], lines: list[list[str]]) -> list[list[str]]:
    """The same lines, those of the evidence in one piece: "minutes 4/6" reads badly in two."""
    return [
        [column[0], *(line.replace(" ", "_") for line in column[1:])]
        if table.columns[position].key == "evidence"
        else column
        for position, column in zip(shown, lines, strict=True)
    ]


def _print_plain(table: Table, *, is_asked: bool) -> None:
    """Plain lines, one for each value where asked; else folded for a narrow terminal."""
    from qualcode.plugins.registry import load_exporter

    for line in load_exporter("plain")(table).decode().removesuffix("\n").split("\n"):
        sys.stdout.write(f"{line if is_asked else fold_for(sys.stdout, line)}\n")


def print_json(value: Any) -> None:
    """Prints a value as JSON, keys in their given order."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def table_as_json(table: Table) -> list[dict[str, Value]]:
    """Rows of a table under their column keys; a cell of several lines is a list.

    Counts are numbers, and null where there is none, as in a table that is exported as JSON.
    """
    from qualcode.plugins.exporters.apart import numbers_apart
    from qualcode.plugins.exporters.json_table import rows_as_json

    return rows_as_json(numbers_apart(table), only_counts=True)
