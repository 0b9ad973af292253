"""What people's codings teach about valence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from qualcode.core.learning import ReviewedValence
from qualcode.core.model import Coding, Document, Span, Valence


def reviewed_valences(document: Document, codings: Iterable[Coding]) -> tuple[ReviewedValence, ...]:
    """Each coded passage of a document with the valence that each coder gave it, by place.

    Codes of both kinds on the same words make the passage mixed; a neutral one beside
    another valence adds nothing.
    """
    held: dict[tuple[Span, str], set[Valence]] = {}
    for coding in codings:
        held.setdefault((coding.span, coding.coder), set()).add(coding.valence)
    starts = [unit.span.start for unit in document.units]
    found = []
    for span, coder in sorted(held):
        at = bisect_right(starts, span.start) - 1
        topic = document.units[at].topic if at >= 0 else ""
        text = document.text[span.start : span.end]
        found.append(ReviewedValence(text, _together(held[span, coder]), topic))
    return tuple(found)


def _together(valences: set[Valence]) -> Valence:
    sides = valences - {"neutral"}
    if not sides:
        return "neutral"
    return sides.pop() if len(sides) == 1 else "mixed"
