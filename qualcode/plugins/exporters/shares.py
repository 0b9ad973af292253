"""How wide the columns of a table should be on a page."""

from __future__ import annotations

from qualcode.core.table import Table

_MOST, _FULL = 60, 100
"""Signs of a column that count at most; signs of a row that fill an upright page."""
_LONGEST_WORD = 22
_MANY = 8


def _needs(table: Table) -> list[tuple[int, int]]:
    """For each column the length of its longest word and of its longest line."""
    found = []
    for place, column in enumerate(table.columns):
        lines = [line for row in table.rows for line in row[place]]
        words = [word for line in (*lines, column.title) for word in line.split()]
        line = min(_longest([*lines, column.title]), _MOST)
        found.append((min(_longest(words), _LONGEST_WORD), line))
    return found


def _longest(texts: list[str]) -> int:
    return max((len(text) for text in texts), default=1) or 1


def shares(table: Table) -> tuple[float, ...]:
    """The share of the page for each column: its longest word, and room for its lines.

    They add up to 1.
    """
    room = 2 if is_crowded(table) else 4
    wished = [word + room + (line - min(word, line)) ** 0.75 for word, line in _needs(table)]
    return tuple(wish / sum(wished) for wish in wished)


def is_wide(table: Table) -> bool:
    """Whether a table reads better on a page that lies on its side."""
    return len(table.columns) > 3 and sum(line + 2 for _, line in _needs(table)) > _FULL


def is_crowded(table: Table) -> bool:
    """Whether there are so many columns that they need small type and little room between."""
    return len(table.columns) > _MANY
