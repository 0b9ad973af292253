"""How wide the columns of a table should be on a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualcode.core.table import Cell, Table

_MOST, _FULL = 60, 100
"""Signs of a column that count at most; signs of a row that fill an upright page."""
_LONGEST_WORD = 22
_SHORT_LINE = 24
"""Signs of a line of a list ("interview notes 7/9") up to which it is not broken."""
_MANY = 8
_WORD = re.compile(r"[^\s-]+-?")


def _least(cells: Sequence[Cell], title: str) -> int:
    """The length of what cannot be broken in a column: its words, and short lines of lists."""
    lines = [title, *(line for cell in cells for line in cell)]
    words = [word for line in lines for word in _WORD.findall(line)]
    listed = [line for cell in cells if len(cell) > 1 for line in cell if _is_short(line)]
    return max(min(_longest(words), _LONGEST_WORD), _longest(listed))


def _is_short(line: str) -> bool:
    return len(line) <= _SHORT_LINE and any(map(str.isdigit, line))


def _longest(texts: list[str]) -> int:
    return max((len(text) for text in texts), default=1) or 1


def shares(table: Table) -> tuple[float, ...]:
    """The share of the page for each column: what it cannot do without, and room for its text.

    They add up to 1.
    """
    columns = [
        ([row[place] for row in table.rows], column.title)
        for place, column in enumerate(table.columns)
    ]
    room = 2 if is_crowded(table) else 3
    least = [_least(cells, title) + room for cells, title in columns]
    wished = [
        _beyond((*cells, (title,)), low) for (cells, title), low in zip(columns, least, strict=True)
    ]
    left = max(_signs(table) - sum(least), 0) if any(wished) else 0
    total = sum(wished) or 1
    widths = [low + left * wish / total for low, wish in zip(least, wished, strict=True)]
    return tuple(width / sum(widths) for width in widths)


def _beyond(cells: Sequence[Cell], low: int) -> float:
    """How much a column wants beyond its least width: by the cell that has most to gain."""
    most = max(sum(max(len(line) - low, 0) for line in cell) for cell in cells)
    return float(most**0.6)


def _signs(table: Table) -> int:
    """About how many signs stand beside each other on the page."""
    upright, lying = (120, 170) if is_crowded(table) else (95, 140)
    return lying if is_wide(table) else upright


def is_wide(table: Table) -> bool:
    """Whether a table reads better on a page that lies on its side."""
    lines = [
        _longest([column.title, *(line for row in table.rows for line in row[place])])
        for place, column in enumerate(table.columns)
    ]
    return len(lines) > 3 and sum(min(line, _MOST) + 2 for line in lines) > _FULL


def is_crowded(table: Table) -> bool:
    """Whether there are so many columns that they need small type and little room between."""
    return len(table.columns) > _MANY
