"""Hard wraps: whether a line ends because its paragraph does, or because it was full."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.core.model import Line

_SENTENCE_END = re.compile(r"[.!?:;…][\"'’”)\]]*$")
WIDEST = 140
NARROWEST = 40
SHORTEST = 25
"""Characters of a line below which nobody wraps, so that it is a line of its own."""
MOST_LOOKED_AT = 5000
"""Pairs of lines that are looked at; a file shows long before whether it was wrapped."""
_NEEDED = 0.5


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How wide the lines of a file were wrapped by hand; 0 where they were not."""

    width: int

    def wraps(self, before: str, after: str) -> bool:
        """Whether the line `after`, right below `before`, goes on with its sentence."""
        words = after.strip()
        if not words:
            return False
        if words[0].islower() or words[0] in ",;.)&":
            if self.width:
                return True
            before = before.rstrip()
            return len(before) >= SHORTEST and not _ends_sentence(before)
        if not self.width:
            return False
        before = before.rstrip()
        return self.is_full(before, words) or (
            len(before) >= 0.6 * self.width and not _ends_sentence(before)
        )

    def is_full(self, before: str, after: str) -> bool:
        """Whether the first word of `after` did not fit on the line before it."""
        return bool(self.width) and _needed(len(before.rstrip()), after) > 0.92 * self.width


def _ends_sentence(words: str) -> bool:
    return _SENTENCE_END.search(words[-8:]) is not None


def _needed(length: int, after: str) -> int:
    """Characters of a line of this length with the first word of the line after it."""
    return length + 1 + len(after.strip().split(" ", 1)[0][:30])


def measure(lines: Sequence[Line], *, marked: Sequence[bool]) -> Wrapping:
    """The width to which the lines were wrapped by hand.

    Measured on lines that have an unmarked line right below them: nearly all are that wide
    at most, and most of them were full.
    """
    lengths = [len(line.text.rstrip()) for line in lines]
    pairs = [
        (above, line.text)
        for above, length, line, is_marked in zip(
            (0, *lengths), lengths, lines, marked, strict=False
        )
        if above and length and not is_marked
    ]
    widths = sorted(above for above, _ in pairs)
    if len(widths) < 2:
        return Wrapping(widths[0] if widths and NARROWEST <= widths[0] <= WIDEST else 0)
    width = widths[min(len(widths) - 1, len(widths) * 19 // 20)]
    if not NARROWEST <= width <= WIDEST:
        return Wrapping(0)
    looked_at = pairs[:MOST_LOOKED_AT]
    full = sum(_needed(above, below) > 0.92 * width for above, below in looked_at)
    return Wrapping(width if full >= _NEEDED * len(looked_at) else 0)
