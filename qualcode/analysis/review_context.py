"""What is shown around a suggestion: the passages beside it, who speaks, quotations like it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qualcode.analysis.find_span import shorten, unit_at
from qualcode.analysis.freeze import NOT_CODED
from qualcode.core.model import Document, Span

CONTEXT = 240
"""Characters of the passages before and behind that are shown."""
ALIKE = 0.2
"""Share of words in common from which on two quotations are shown as alike."""


def nearest_quote(words: str, quotes: Iterable[str]) -> str:
    """The quotation that shares most words with these, or "" where none is alike.

    Alike is the share of words in common among the words of both (Jaccard); the first of
    equals wins, and the same words again do not count.

    >>> nearest_quote("they send someone new", ["an away day", "they keep sending someone new"])
    'they keep sending someone new'
    """
    own = _words(words)
    best, found = ALIKE, ""
    for quote in quotes:
        other = _words(quote)
        share = len(own & other) / len(own | other) if own | other else 0.0
        if best < share < 1.0 or (share == best and not found and share < 1.0):
            best, found = share, quote
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def context_of(document: Document, span: Span) -> tuple[str, str]:
    """What stands before and behind a passage: the rest of its unit, else the next unit."""
    units = [unit for unit in document.units if unit.form not in NOT_CODED]
    text = document.text
    at = next((n for n, u in enumerate(units) if u.span.end > span.start), len(units))
    before = behind = ""
    if at < len(units):
        before = text[units[at].span.start : span.start].strip()
        behind = text[span.end : units[at].span.end].strip()
    if not before and at > 0:
        before = text[units[at - 1].span.start : units[at - 1].span.end]
    if not behind and at + 1 < len(units):
        behind = text[units[at + 1].span.start : units[at + 1].span.end]
    plain = " ".join(before.split())
    cut = plain if len(plain) <= CONTEXT else "..." + plain[3 - CONTEXT :]
    return cut, shorten(behind, CONTEXT)


def speaker_at(document: Document, offset: int) -> str:
    """The name of whoever speaks at a place, or ""."""
    unit = unit_at(document, offset)
    found = (s.name for s in document.speakers if unit and s.id == unit.speaker_id)
    return next(found, "")
