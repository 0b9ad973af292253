"""What people's codings teach about valence."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from qualcode.core.learning import ReviewedValence
from qualcode.core.model import Code, Coding, Document, Span, Valence


def reviewed_valences(document: Document, codings: Iterable[Coding]) -> tuple[ReviewedValence, ...]:
    """Each coded passage of a document with the valence that each coder gave it, by place.

    Codes of both kinds on the same words make the passage mixed; a neutral one beside
    another valence adds nothing.
    """
    held: dict[tuple[Span, str], set[Valence]] = {}
    for coding in codings:
        held.setdefault((coding.span, coding.coder), set()).add(coding.valence)
    return tuple(
        _with_words(document, span, _together(held[span, coder])) for span, coder in sorted(held)
    )


def reviewed_leanings(
    document: Document, codings: Iterable[Coding], codes: Mapping[str, Code]
) -> tuple[tuple[str, ReviewedValence], ...]:
    """Each coding of a code of either valence: the code as it is now, and the passage.

    `codes` gives for the id of each code the code that it is today.
    """
    return tuple(
        (code.id, _with_words(document, coding.span, coding.valence))
        for coding in codings
        if (code := codes.get(coding.code_id)) and code.valence == "either"
    )


def _with_words(document: Document, span: Span, valence: Valence) -> ReviewedValence:
    at = bisect_right(document.units, span.start, key=lambda unit: unit.span.start) - 1
    topic = document.units[at].topic if at >= 0 else ""
    return ReviewedValence(document.text[span.start : span.end], valence, topic)


def _together(valences: set[Valence]) -> Valence:
    sides = valences - {"neutral"}
    if not sides:
        return "neutral"
    return sides.pop() if len(sides) == 1 else "mixed"
