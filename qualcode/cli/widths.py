"""Widths of the columns of a table in a terminal, so that words stay whole."""

from __future__ import annotations

from collections.abc import Sequence


def column_widths(columns: Sequence[Sequence[str]], available: int) -> tuple[int, ...] | None:
    """A width per column that keeps every word whole, or None where that cannot be.

    `columns` hold the lines of each column, its title among them. Each gets the length of its
    longest word; what is left is shared in proportion to what each could still use.

    >>> column_widths([["No."], ["a long line of words"]], 15)
    (3, 12)
    """
    least = [max((len(word) for line in c for word in line.split()), default=1) for c in columns]
    wished = [max((len(line) for line in lines), default=1) for lines in columns]
    left = available - sum(least)
    if left < 0:
        return None
    missing = [wish - low for wish, low in zip(wished, least, strict=True)]
    total = sum(missing)
    if total <= left:
        return tuple(wished)
    return tuple(low + left * lack // total for low, lack in zip(least, missing, strict=True))
