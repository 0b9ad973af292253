"""Widths: of a terminal, of words in it, and of the columns of a table."""

from __future__ import annotations

import os
from collections.abc import Sequence

USUAL_WIDTH = 80
"""Columns where neither a terminal nor the environment tells."""


def terminal_width() -> int:
    """Columns of the terminal: as COLUMNS says, else as the terminal does that we are at.

    It may be that of the keyboard where what is printed goes to another program.
    """
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    for stream in range(3):
        try:
            return os.get_terminal_size(stream).columns or USUAL_WIDTH
        except OSError:
            continue
    return USUAL_WIDTH


def columns_of(text: str) -> int:
    """Columns of a terminal that a line takes: two for a Chinese character, none for an accent
    of its own.

    >>> columns_of("naïve"), columns_of("質的"), columns_of("e\u0301")
    (5, 4, 1)
    """
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    return sum(
        2 if east_asian_width(one) in "WF" else category(one) not in ("Mn", "Me", "Cf")
        for one in text
    )


def column_widths(columns: Sequence[Sequence[str]], available: int) -> tuple[int, ...] | None:
    """A width per column that keeps every word whole, or None where that cannot be.

    `columns` hold the lines of each column, its title among them. Each gets the length of its
    longest word; what is left is shared in proportion to what each could still use.

    >>> column_widths([["No."], ["a long line of words"]], 15)
    (3, 12)
    """
    least = [
        max((columns_of(word) for line in c for word in line.split()), default=1) for c in columns
    ]
    wished = [max(map(columns_of, lines), default=1) for lines in columns]
    left = available - sum(least)
    if left < 0:
        return None
    missing = [wish - low for wish, low in zip(wished, least, strict=True)]
    total = sum(missing)
    if total <= left:
        return tuple(wished)
    return tuple(low + left * lack // total for low, lack in zip(least, missing, strict=True))
