"""Finding the passage that a person means: by its words, a span, a line, or a unit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from qualcode.core.model import Document, Span, Unit
from qualcode.core.problems import P, Problem, QualcodeError, problem

MOST_NAMED = 8
"""Places that a problem names at most."""
MOST_QUOTED = 70
"""Characters of a quotation that is shown in a line."""
WORDS_AROUND = 3
"""Words on either side of where two versions of a quotation differ."""
NEAR_ENOUGH = 75.0
"""Similarity in percent from which on a passage is offered as what may be meant."""

_SPAN = re.compile(r"(\d{1,12})\s*[-–]\s*(\d{1,12})")
_LINES = re.compile(r"lines?\s+(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?", re.IGNORECASE)
_IN_QUOTES = re.compile('["“„«](.+)["”“»]', re.DOTALL)
_FOLDED = {
    **dict.fromkeys("'‘’‚`´", "['‘’‚`´]"),
    **dict.fromkeys('"“”„«»', '["“”„«»]'),
    **dict.fromkeys("-‐‑–—", "[-‐‑–—]"),
    "…": r"(?:…|\.\.\.)",
}


def find_place(document: Document, where: str, *, unit: str = "") -> Span:
    """The one passage that `where` names in a document.

    `where` is a unit ("turn 7"), a span ("120-180"), lines of the original ("line 12",
    "lines 3-5"), or words. Words are found whatever their white space, quotation marks and
    dashes, as whole words where that can be, in the same case where that can be. Words in
    double quotation marks are never read as a unit, span or line. `unit` narrows to one unit.

    Raises:
        QualcodeError: NO_PLACE, SEVERAL_PLACES or SPAN_OUTSIDE.
    """
    asked = where.strip()
    inside = _named_unit(document, unit) if unit else None
    if inside is None and unit:
        raise QualcodeError(_no_place(document, unit))
    if quoted := _IN_QUOTES.fullmatch(asked):
        # the marks may stand in the text; then the words are found without them too
        found = find_words(document, quoted.group(1), inside=inside)
        return _only(document, quoted.group(1), found)
    if (named := _named_unit(document, asked)) is not None:
        return named.span
    if span := _SPAN.fullmatch(asked):
        return check_span(document, Span(int(span.group(1)), int(span.group(2))))
    if lines := _LINES.fullmatch(asked):
        first = int(lines.group(1))
        at = _of_lines(document, first, int(lines.group(2) or first))
        if at is not None:
            return at
    return _only(document, asked, find_words(document, asked, inside=inside))


def find_words(document: Document, words: str, *, inside: Unit | None = None) -> tuple[Span, ...]:
    """Every passage with these words, in order; they do not overlap.

    Whole words in the same case come before whole words in any case, and these before parts
    of words; only the first sort that is found counts.
    """
    parts = [_pattern(part) for part in words.split()]
    if not parts:
        return ()
    plain = r"\s+".join(parts)
    whole = _bounded(plain, words.strip())
    start, end = (inside.span.start, inside.span.end) if inside else (0, len(document.text))
    for pattern in dict.fromkeys((whole, plain)):
        for flags in (re.NOFLAG, re.IGNORECASE):
            found = re.compile(pattern, flags).finditer(document.text, start, end)
            if spans := tuple(Span(match.start(), match.end()) for match in found):
                return spans
    return ()


def check_span(document: Document, span: Span) -> Span:
    """The span without white space at its ends.

    Raises:
        QualcodeError: SPAN_OUTSIDE where it holds no words of the text.
    """
    text = document.text
    start, end = span.start, span.end
    if 0 <= start < end <= len(text):
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end = span.start + len(words.rstrip())
        if start < end:
            return Span(start, end)
    raise QualcodeError(
        problem(
            P.SPAN_OUTSIDE,
            document=document.id,
            start=span.start,
            end=span.end,
            length=len(text),
        )
    )


def is_in_header(document: Document, span: Span) -> bool:
    """Whether these are words of the head of a document: who, when and where, said by nobody."""
    unit = unit_at(document, span.start)
    return unit is not None and unit.form == "header" and span.end <= unit.span.end


def unit_at(document: Document, offset: int) -> Unit | None:
    """The unit in which a place of the text stands, else the last one before it."""
    position = bisect_right(document.units, offset, key=lambda unit: unit.span.start)
    return document.units[position - 1] if position else None


def unit_ref(document: Document, offset: int) -> str:
    """The name of the unit in which a place stands, or ""."""
    unit = unit_at(document, offset)
    return unit.ref if unit else ""


def _pattern(part: str) -> str:
    return "".join(_FOLDED.get(char) or re.escape(char) for char in part.replace("...", "…"))


def _bounded(pattern: str, words: str) -> str:
    before = r"(?<!\w)" if words[0].isalnum() else ""
    behind = r"(?!\w)" if words[-1].isalnum() else ""
    return f"{before}{pattern}{behind}"


def _named_unit(document: Document, ref: str) -> Unit | None:
    plain = " ".join(ref.split()).casefold()
    return next((unit for unit in document.units if unit.ref.casefold() == plain), None)


def _of_lines(document: Document, first: int, last: int) -> Span | None:
    """What stands in these lines of the original, without labels; None where nothing does."""
    stretches = _stretches(document, first, last)
    start: int | None = None
    end = 0
    position = 0
    for low, high in stretches:
        while position < len(document.units) and document.units[position].span.end <= low:
            position += 1
        at = position
        while at < len(document.units) and document.units[at].span.start < high:
            unit = document.units[at].span
            start = max(low, unit.start) if start is None else start
            end = min(high, unit.end)
            at += 1
    return None if start is None else check_span(document, Span(start, end))


def _stretches(document: Document, first: int, last: int) -> Iterator[tuple[int, int]]:
    ends = [mark.offset for mark in document.marks[1:]] + [len(document.text)]
    for mark, end in zip(document.marks, ends, strict=True):
        if mark.line is not None and first <= mark.line <= last and end > mark.offset:
            yield mark.offset, end


def _only(document: Document, words: str, found: tuple[Span, ...]) -> Span:
    if len(found) == 1:
        return found[0]
    if not found:
        raise QualcodeError(_no_place(document, words))
    raise QualcodeError(
        problem(
            P.SEVERAL_PLACES,
            where=shorten(words),
            n=len(found),
            document=document.id,
            units=_named(document, found),
        )
    )


def _named(document: Document, spans: Iterable[Span]) -> str:
    named = [f"{unit_ref(document, s.start) or 'text'} ({s.start}-{s.end})" for s in spans]
    more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
    return ", ".join(named[:MOST_NAMED]) + more


def _no_place(document: Document, where: str) -> Problem:
    hint = _nearest(document, where)
    return problem(P.NO_PLACE, where=shorten(where), document=document.id, hint=hint)


def _nearest(document: Document, words: str) -> str:
    """A question with the passage most like the words, or ""."""
    from rapidfuzz.fuzz import partial_ratio, partial_ratio_alignment

    best, best_unit = NEAR_ENOUGH, None
    for unit in document.units:
        text = document.text[unit.span.start : unit.span.end]
        if len(text) >= len(words) * 0.8:
            score = partial_ratio(words, text, score_cutoff=best)
            if score > best:
                best, best_unit = score, unit
    if best_unit is None:
        return ""
    text = document.text[best_unit.span.start : best_unit.span.end]
    found = partial_ratio_alignment(words, text)
    if found is None:
        return ""
    shown = text[found.dest_start : found.dest_end].strip()
    return f'Did you mean "{shorten(shown)}" ({best_unit.ref})? '


def where_apart(before: str, now: str) -> tuple[str, str]:
    """Two versions of a quotation, long ones cut down to where they differ.

    >>> where_apart(f"so {'and on ' * 20}for ten yrs now", f"so {'and on ' * 20}since May now")
    ('... on and on for ten yrs now', '... on and on since May now')
    """
    if max(map(len, (before, now))) <= MOST_QUOTED:
        return shorten(before), shorten(now)
    one, other = before.split(), now.split()
    ahead = _same_ahead(one, other)
    behind = _same_ahead(one[ahead:][::-1], other[ahead:][::-1])
    return _around(one, ahead, behind), _around(other, ahead, behind)


def _same_ahead(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words are the same from the first on."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda both: both[0] == both[1], pairs))


def _around(words: Sequence[str], ahead: int, behind: int) -> str:
    start, end = max(ahead - WORDS_AROUND, 0), len(words) - max(behind - WORDS_AROUND, 0)
    shown = shorten(" ".join(words[start:end]), 2 * MOST_QUOTED)
    return f"{'... ' if start else ''}{shown}{' ...' if end < len(words) else ''}"


def shorten(words: str, most: int = MOST_QUOTED) -> str:
    """Words on one line, cut where they are many."""
    plain = " ".join(words.split())
    return plain if len(plain) <= most else plain[: most - 3].rstrip() + "..."
