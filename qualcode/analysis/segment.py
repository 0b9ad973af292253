"""Segments: stretches of a frozen text that are offered for coding."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from qualcode.analysis.freeze import NOT_CODED
from qualcode.core.model import Document, Passage, Segment, Span, Unit, Voice
from qualcode.core.protocols import Split

_WORD = re.compile(r"\S+")
LONGEST = 60
"""Words of a segment at most, unless a single sentence is longer."""
UNITS = "units 1"
"""What stands for the reader of a document whose units somebody else parted and coded."""


def segment_document(document: Document, *, split: Split) -> Iterator[Segment]:
    """The segments of a document, in order.

    A unit of up to 60 words (a bullet, a turn, a minute item, an answer) is one segment; a
    longer one is divided at the ends of sentences, found by `split`, into stretches of up to
    60 words. The observer's comments inside a unit are segments of their own, so that they
    never mix with what a participant said. Headings are not offered. A document made from a
    table of units has these for its segments, as they are.
    """
    if document.reader == UNITS:
        for unit in document.units:
            yield Segment(document.id, unit.span, unit, "verbatim")
        return
    starts = [passage.span.start for passage in document.passages]
    for unit in document.units:
        if unit.form in NOT_CODED:
            continue
        first = max(0, bisect_right(starts, unit.span.start) - 1)
        for span, voice in _stretches(document.text, document.passages, first, unit):
            for part in _divide(document.text, span, split):
                yield Segment(document.id, part, unit, voice)


def _stretches(
    text: str, passages: tuple[Passage, ...], first: int, unit: Unit
) -> Iterable[tuple[Span, Voice]]:
    """What participants say and what the observer adds, each as one stretch.

    A stretch is verbatim only where all its words are; it then leaves out the quotation marks.
    """
    if passages and passages[first].span == unit.span:  # as nearly always
        return () if _is_bare(text, passages[first]) else ((unit.span, passages[first].voice),)
    return _parted(text, passages, first, unit)


def _parted(
    text: str, passages: tuple[Passage, ...], first: int, unit: Unit
) -> Iterator[tuple[Span, Voice]]:
    held: list[Passage] = []
    for position in range(first, len(passages)):
        passage = passages[position]
        if passage.span.start >= unit.span.end:
            break
        if passage.span.end <= unit.span.start:
            continue
        if held and (passage.voice == "observer") != (held[-1].voice == "observer"):
            yield from _stretch(text, held, unit)
            held = []
        held.append(passage)
    yield from _stretch(text, held, unit)


def _stretch(text: str, held: list[Passage], unit: Unit) -> Iterator[tuple[Span, Voice]]:
    """Passages that stand together as one; quotation marks at its ends are nobody's words."""
    words = [passage for passage in held if not _is_bare(text, passage)]
    if not words:
        return
    voices = {passage.voice for passage in words}
    voice: Voice = "paraphrase" if len(voices) > 1 else words[0].voice
    shown = words if voice == "verbatim" else held
    yield _inside(Span(shown[0].span.start, shown[-1].span.end), unit), voice


def _inside(span: Span, unit: Unit) -> Span:
    """What of the span lies in the unit."""
    if unit.span.start <= span.start and span.end <= unit.span.end:
        return span
    return Span(max(span.start, unit.span.start), min(span.end, unit.span.end))


def _is_bare(text: str, passage: Passage) -> bool:
    """Whether a passage holds no word, as the marks around a quotation."""
    return not any(map(str.isalnum, text[passage.span.start : passage.span.end]))


def _divide(text: str, span: Span, split: Split) -> Iterable[Span]:
    trimmed = _trim(text, span)
    if trimmed is None or _count(text, trimmed) <= LONGEST:
        return (trimmed,) if trimmed else ()
    return _at_sentences(text, trimmed, split)


def _at_sentences(text: str, trimmed: Span, split: Split) -> Iterator[Span]:
    words = text[trimmed.start : trimmed.end]
    start, end, held = trimmed.start, trimmed.start, 0
    for sentence in _bounded(words, split(words)):
        count = _count(words, sentence)
        if held and held + count > LONGEST:
            yield Span(start, end)
            start, held = trimmed.start + sentence.start, 0
        end = trimmed.start + sentence.end
        held += count
    if end > start:
        yield Span(start, end)


def _bounded(text: str, sentences: Iterable[Span]) -> Iterator[Span]:
    """The sentences; one of more than twice 60 words, as in speech without full stops, in parts."""
    for sentence in sentences:
        # So few characters cannot be so many words.
        if sentence.end - sentence.start < 4 * LONGEST or _count(text, sentence) <= 2 * LONGEST:
            yield sentence
            continue
        words = list(_WORD.finditer(text, sentence.start, sentence.end))
        for first in range(0, len(words), LONGEST):
            part = words[first : first + LONGEST]
            yield Span(part[0].start(), part[-1].end())


def _count(text: str, span: Span) -> int:
    """Number of words; a frozen text has one blank between two of them."""
    return text.count(" ", span.start, span.end) + 1


def _trim(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    return span if (start, end) == (span.start, span.end) else Span(start, end)
