"""Segments: stretches of a frozen text that are offered for coding."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from qualcode.analysis.freeze import NOT_CODED
from qualcode.core.model import Document, Passage, Segment, Span, Unit, Voice
from qualcode.core.protocols import Split
from qualcode.core.text import count_words

LONGEST = 60
"""Words of a segment at most, unless a single sentence is longer."""


def segment_document(document: Document, *, split: Split) -> Iterator[Segment]:
    """The segments of a document, in order.

    A unit of up to 60 words (a bullet, a turn, a minute item, an answer) is one segment; a
    longer one is divided at the ends of sentences, found by `split`, into stretches of up to
    60 words. The observer's comments inside a unit are segments of their own, so that they
    never mix with what a participant said. Headings are not offered.
    """
    starts = [passage.span.start for passage in document.passages]
    for unit in document.units:
        if unit.form in NOT_CODED:
            continue
        first = max(0, bisect_right(starts, unit.span.start) - 1)
        for span, voice in _stretches(document.passages, first, unit):
            for part in _divide(document.text, span, split):
                yield Segment(document.id, part, unit, voice)


def _stretches(
    passages: tuple[Passage, ...], first: int, unit: Unit
) -> Iterator[tuple[Span, Voice]]:
    """What participants say and what the observer adds, each as one stretch.

    A stretch is verbatim only where all of it is.
    """
    start, voice = unit.span.start, None
    end = start
    for position in range(first, len(passages)):
        passage = passages[position]
        if passage.span.start >= unit.span.end:
            break
        if passage.span.end <= unit.span.start:
            continue
        if voice is None:
            voice = passage.voice
        elif (passage.voice == "observer") != (voice == "observer"):
            yield Span(start, end), voice
            start, voice = passage.span.start, passage.voice
        elif passage.voice != voice:
            voice = "paraphrase"
        end = min(passage.span.end, unit.span.end)
    if end > start and voice is not None:
        yield Span(start, end), voice


def _divide(text: str, span: Span, split: Split) -> Iterator[Span]:
    trimmed = _trim(text, span)
    if trimmed is None:
        return
    words = text[trimmed.start : trimmed.end]
    if count_words(words) <= LONGEST:
        yield trimmed
        return
    start, end, held = trimmed.start, trimmed.start, 0
    for sentence in split(words):
        count = count_words(words[sentence.start : sentence.end])
        if held and held + count > LONGEST:
            yield Span(start, end)
            start, held = trimmed.start + sentence.start, 0
        end = trimmed.start + sentence.end
        held += count
    if end > start:
        yield Span(start, end)


def _trim(text: str, span: Span) -> Span | None:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    end = span.start + len(words.rstrip())
    return Span(start, end) if end > start else None
