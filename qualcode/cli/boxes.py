"""Tables in boxes for a terminal; a library that draws them loads longer than a command runs."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from qualcode.cli.widths import columns_of

_LINES = ("┏━┳┓", "┃ ┃┃", "┡━╇┩", "│ ││", "├─┼┤", "└─┴┘")
_PLAIN_LINES = ("+--+", "| ||", "|-+|", "| ||", "|-+|", "+--+")
"""Left edge, filling, divider and right edge of: top, title, below it, row, between, bottom."""
_WORD = re.compile(r"\s*\S+\s*")
_UNPRINTED = dict.fromkeys(n for n in range(32) if chr(n) not in "\t\n")
_DUMB = ("dumb", "unknown")


@dataclass(frozen=True, slots=True)
class Pen:
    """How boxes are drawn: with which lines, and whether the terminal knows bold and italic."""

    lines: Sequence[str]
    is_styled: bool

    @classmethod
    def of(cls, stream: TextIO) -> Pen:
        """The pen for what this stream can show."""
        knows_lines = (stream.encoding or "").casefold().startswith("utf")
        is_styled = stream.isatty() and os.name != "nt" and os.environ.get("TERM") not in _DUMB
        return cls(_LINES if knows_lines else _PLAIN_LINES, is_styled)

    def bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.is_styled else text

    def italic(self, text: str) -> str:
        return f"\x1b[3m{text}\x1b[0m" if self.is_styled else text


def boxed(
    pen: Pen,
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    *,
    is_tall: bool,
) -> Iterator[str]:
    """The lines of a table in boxes; rows that are tall have lines between them.

    Args:
        rows: cells, each of which may have several lines.
        widths: columns of the terminal for each cell, borders and padding aside.
    """
    top, title, below, row, between, bottom = pen.lines
    yield _rule(top, widths)
    heads = [wrapped(one, width) for one, width in zip(titles, widths, strict=True)]
    height = max(map(len, heads), default=0)
    stand_low = [[""] * (height - len(head)) + head for head in heads]
    yield from _row(title, stand_low, widths, pen.bold)
    yield _rule(below, widths)
    for at, cells in enumerate(rows):
        if at and is_tall:
            yield _rule(between, widths)
        parted = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
        yield from _row(row, parted, widths)
    yield _rule(bottom, widths)


def _rule(edge: str, widths: Sequence[int]) -> str:
    return edge[0] + edge[2].join(edge[1] * (width + 2) for width in widths) + edge[3]


def _row(
    edge: str,
    cells: Sequence[Sequence[str]],
    widths: Sequence[int],
    styled: Callable[[str], str] = str,
) -> Iterator[str]:
    for number in range(max(map(len, cells), default=0)):
        lines = (cell[number] if number < len(cell) else "" for cell in cells)
        padded = (
            styled(f" {line}{' ' * (width - columns_of(line))} ")
            for line, width in zip(lines, widths, strict=True)
        )
        yield edge[0] + edge[2].join(padded) + edge[3]


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of so many columns, in whole words; one that is too long stands alone.

    >>> wrapped("a line of words", 8)
    ['a line', 'of words']
    """
    lines: list[str] = []
    for line in text.expandtabs().translate(_UNPRINTED).split("\n"):
        if columns_of(line) <= width:
            lines.append(line)
            continue
        held = ""
        for word in _WORD.findall(line):
            if held and columns_of(held + word.rstrip()) > width:
                lines.append(held.rstrip())
                held = ""
            held += word
        lines.append(held.rstrip())
    return lines
