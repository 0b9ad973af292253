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
        ended = _SENTENCE_END.search(before[-8:]) is not None
        if words[0].islower() or words[0] in ",;.)&":
            return (not ended and len(before) >= SHORTEST) or bool(self.width)
        if not self.width:
            return False
        return self.is_full(before, words) or (not ended and len(before) >= 0.6 * self.width)

    def is_full(self, before: str, after: str) -> bool:
        """Whether the first word of `after` did not fit on the line before it."""
        return bool(self.width) and _is_full(before, after, self.width)


def _is_full(before: str, after: str, width: int) -> bool:
    first = after.strip().split(" ", 1)[0][:30]
    return len(before.rstrip()) + 1 + len(first) > 0.92 * width


def measure(lines: Sequence[Line], *, is_marked: Callable[[Line], bool]) -> Wrapping:
    """The width to which the lines were wrapped by hand.

    Measured on lines that have an unmarked line right below them: nearly all are that wide
    at most, and most of them were full.
    """
    widths: list[int] = []
    pairs: list[tuple[str, str]] = []
    before: Line | None = None
    for line in lines:
        if before is not None and before.text.strip() and line.text.strip() and not is_marked(line):
            widths.append(len(before.text.rstrip()))
            if len(pairs) < 5000:
                pairs.append((before.text, line.text))
        before = line
    if len(widths) < 2:
        return Wrapping(widths[0] if widths and NARROWEST <= widths[0] <= WIDEST else 0)
    widths.sort()
    width = widths[min(len(widths) - 1, len(widths) * 19 // 20)]
    if not NARROWEST <= width <= WIDEST:
        return Wrapping(0)
    full = sum(1 for above, below in pairs if _is_full(above, below, width))
    return Wrapping(width if full >= _NEEDED * len(pairs) else 0)
