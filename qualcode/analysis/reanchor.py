"""Finding the old spans again in a text that was frozen anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from qualcode.core.model import Span

LIKE_ENOUGH = 85.0
"""Similarity in percent from which on changed words still count as the same quotation."""
REACH = 2_000
"""Code points on either side of the expected place in which changed words are looked for."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an old span is now; None where it could not be placed."""

    old: Span
    new: Span | None
    is_changed: bool = False


def reanchor(old: str, new: str, spans: Iterable[Span]) -> tuple[Placed, ...]:
    """Every span of the old text, in the given order, with its place in the new one.

    A span inside lines that did not change moves with them. Else its quotation is looked for
    word for word, nearest to the place where its neighbourhood now is; else, near that
    place, words that are at least 85 % alike (`is_changed`); else it is not placed.

    >>> reanchor("a b\\nc d\\n", "new\\na b\\nc d\\n", [Span(4, 7)])[0].new
    Span(start=8, end=11)
    """
    blocks = tuple(_equal_blocks(old, new))
    return tuple(_place(span, old, new, blocks) for span in spans)


def shared_lines(one: str, other: str) -> float:
    """Share of the lines of the shorter text that the other one has too; 1.0 where one is empty.

    >>> shared_lines("a\\nb\\n", "b\\nc\\nd\\n")
    0.5
    """
    first, second = (Counter(filter(None, text.split("\n"))) for text in (one, other))
    shorter = min(first.total(), second.total())
    return (first & second).total() / shorter if shorter else 1.0


def _equal_blocks(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    """Runs of lines that are the same in both: offset in old, offset in new, length."""
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    old_at, new_at = _offsets(old_lines), _offsets(new_lines)
    matcher = SequenceMatcher(None, old_lines, new_lines, autojunk=False)
    for block in matcher.get_matching_blocks():
        length = old_at[block.a + block.size] - old_at[block.a]
        yield old_at[block.a], new_at[block.b], length


def _offsets(lines: list[str]) -> list[int]:
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    return offsets


def _place(span: Span, old: str, new: str, blocks: tuple[tuple[int, int, int], ...]) -> Placed:
    expected = span.start
    for old_at, new_at, length in blocks:
        if old_at > span.start:
            break
        expected = new_at + min(span.start - old_at, length)
        if span.end <= old_at + length:
            shift = new_at - old_at
            return Placed(span, Span(span.start + shift, span.end + shift))
    quote = old[span.start : span.end]
    exact = _nearest(new, quote, expected)
    if exact is not None:
        return Placed(span, Span(exact, exact + len(quote)))
    return Placed(span, _alike(new, quote, expected), is_changed=True)


def _nearest(text: str, quote: str, expected: int) -> int | None:
    before = text.rfind(quote, 0, expected + len(quote))
    behind = text.find(quote, expected)
    found = [at for at in (before, behind) if at >= 0]
    return min(found, key=lambda at: (abs(at - expected), at), default=None)


def _alike(text: str, quote: str, expected: int) -> Span | None:
    from rapidfuzz.fuzz import partial_ratio_alignment

    start = max(0, expected - REACH)
    region = text[start : expected + len(quote) + REACH]
    if len(region) < len(quote) // 2:
        return None
    found = partial_ratio_alignment(quote, region, score_cutoff=LIKE_ENOUGH)
    if found is None or found.dest_end <= found.dest_start:
        return None
    return _whole_words(text, Span(start + found.dest_start, start + found.dest_end))


def _whole_words(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return Span(start, end)
