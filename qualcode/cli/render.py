"""Printing tables."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qualcode.cli.folding import fold_for
from qualcode.cli.narrow import folded, stacked, without_noughts
from qualcode.cli.style import Style
from qualcode.cli.widths import column_widths, columns_of, terminal_width
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

    available = terminal_width()
    shown = [
        position
        for position, column in enumerate(table.columns)
        if available >= WIDE or column.key not in ONLY_WHERE_WIDE
    ]
    titles = [table.columns[n].title for n in shown]
    lines = [
        [title, *(line for row in table.rows for line in row[n])]
        for n, title in zip(shown, titles, strict=True)
    ]
    room = available - BORDERS * len(shown) - 1
    widths = column_widths(_unbroken(table, shown, lines), room) or column_widths(lines, room)
    if widths is None:
        return False
    is_tall = _is_tall(table, shown, widths)
    printed = RichTable(title=Text(table.caption), title_justify="left", show_lines=is_tall)
    for title, width in zip(titles, widths, strict=True):
        printed.add_column(Text(title), width=width)
    for row in table.rows:
        printed.add_row(*(Text("\n".join(row[n])) for n in shown))
    console = Console(width=available, highlight=False, soft_wrap=False)
    console.print(printed)
    for note in table.notes:
        console.print(Text(note))
    return True


def _is_tall(table: Table, shown: list[int], widths: Sequence[int]) -> bool:
    """Whether some row takes several lines, so that rows have to be set apart."""
    return any(
        len(row[n]) > 1 or any(columns_of(line) > width for line in row[n])
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
    # it is ours, so that no other plugin has to be looked for
    from qualcode.plugins.exporters.plain import exporter

    listed = table if is_asked else stacked(table)
    for line in exporter(listed).decode().removesuffix("\n").split("\n"):
        sys.stdout.write(f"{line if is_asked else fold_for(sys.stdout, line).rstrip()}\n")


def print_json(value: Any) -> None:
    """Prints a value as JSON, keys in their given order."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def show_table(table: Table, style: Style) -> None:
    """Prints a table as asked; see `show_tables`."""
    show_tables((table,), style)


def show_tables(tables: Sequence[Table], style: Style) -> None:
    """Prints tables as asked: as JSON, rows under the name of each, and the notes of all."""
    if style is Style.JSON:
        value: dict[str, object] = {table.name: table_as_json(table) for table in tables}
        print_json({**value, "notes": [note for table in tables for note in table.notes]})
    else:
        for table in tables:
            print_table(table, style)


def table_as_json(table: Table) -> list[dict[str, Value]]:
    """Rows of a table under their column keys; a cell of several lines is a list.

    Counts are numbers, and null where there is none, as in a table that is exported as JSON.
    """
    from qualcode.plugins.exporters.apart import numbers_apart
    from qualcode.plugins.exporters.json_table import rows_as_json

    return rows_as_json(numbers_apart(table), only_counts=True)
