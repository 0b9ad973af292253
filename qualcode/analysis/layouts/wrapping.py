"""Hard wraps: whether a line ends because its paragraph does, or because it was full."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qualcode.core.model import Line

_SENTENCE_END = re.compile(r"[.!?:;…][\"'’”)\]]*$")
WIDEST = 140
NARROWEST = 40
SHORTEST = 25
"""Characters of a line below which nobody wraps, so that it is a line of its own."""
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
        before = before.rstrip()
        if words[0].islower() or words[0] in ",;.)&":
            return bool(self.width) or (len(before) >= SHORTEST and not _ends_sentence(before))
        if not self.width:
            return False
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


def measure(lines: Sequence[Line], *, is_marked: Callable[[Line], bool]) -> Wrapping:
    """The width to which the lines were wrapped by hand.

    Measured on lines that have an unmarked line right below them: nearly all are that wide
    at most, and most of them were full.
    """
    widths: list[int] = []
    needed: list[int] = []
    before = 0
    for line in lines:
        length = len(line.text.rstrip())
        if before and length and not is_marked(line):
            widths.append(before)
            if len(needed) < 5000:
                needed.append(_needed(before, line.text))
        before = length
    if len(widths) < 2:
        return Wrapping(widths[0] if widths and NARROWEST <= widths[0] <= WIDEST else 0)
    widths.sort()
    width = widths[min(len(widths) - 1, len(widths) * 19 // 20)]
    if not NARROWEST <= width <= WIDEST:
        return Wrapping(0)
    full = sum(1 for characters in needed if characters > 0.92 * width)
    return Wrapping(width if full >= _NEEDED * len(needed) else 0)
