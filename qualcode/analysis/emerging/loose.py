"""Uncoded segments: what no code covers yet, with all that is needed to group it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qualcode.analysis.cases import CaseBook, credit
from qualcode.analysis.consent import consent_at, held_stretches
from qualcode.core.model import Consent, Document, Kind, Segment, Span
from qualcode.core.text import where_in_original

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Loose:
    """A segment that no coding overlaps; `spoken` are offsets in `text` of verbatim words.

    `consent` is that of whoever is heard; "" is a yes.
    """

    doc_id: str
    kind: Kind
    unit: str
    span: Span
    text: str
    credit: str = ""
    where: str = ""
    spoken: tuple[Span, ...] = ()
    consent: Consent = ""

    @property
    def place(self) -> tuple[str, int, int]:
        return self.doc_id, self.span.start, self.span.end


def loose_segments(
    document: Document, segments: Iterable[Segment], coded: Iterable[Span], book: CaseBook
) -> Iterator[Loose]:
    """The segments of a document that no coded span overlaps, in order.

    Only documents of role `emergent` give birth to codes; the observer's comments and the
    researcher's turns are left out, for they are not what anybody in the field said.
    """
    if document.role != "emergent":
        return
    covered, held = _Covered(coded), held_stretches(document, book)
    speakers = {speaker.id: speaker for speaker in document.speakers}
    spoken = [p.span for p in document.passages if p.voice == "verbatim"]
    starts = [span.start for span in spoken]
    for segment in segments:
        span = segment.span
        speaker = speakers.get(segment.unit.speaker_id or "")
        asks = speaker is not None and speaker.is_researcher
        if segment.voice == "observer" or asks or covered.overlaps(span):
            continue
        case = book.by_id.get(speaker.case_id or "") if speaker else None
        first = max(0, bisect_left(starts, span.start) - 1)
        yield Loose(
            doc_id=document.id,
            kind=document.kind,
            unit=segment.unit.ref,
            span=span,
            text=document.text[span.start : span.end],
            credit=credit(document, case),
            where=where_in_original(document.marks, span.start),
            spoken=tuple(_inside(spoken[first:], span)),
            consent=consent_at(held, span),
        )


def _inside(spoken: Sequence[Span], span: Span) -> Iterator[Span]:
    for one in spoken:
        if one.start >= span.end:
            return
        if one.end > span.start:
            yield Span(max(0, one.start - span.start), min(one.end, span.end) - span.start)


class _Covered:
    """Spans joined where they meet, so that one look-up tells an overlap."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._ends: list[int] = []
        self._starts: list[int] = []
        for span in sorted(spans):
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def overlaps(self, span: Span) -> bool:
        position = bisect_left(self._ends, span.start + 1)
        return position < len(self._starts) and self._starts[position] < span.end


def name_words(documents: Iterable[Document], book: CaseBook) -> frozenset[str]:
    """Every word of the names of people, in lower case: a name is no idea.

    Of a label that describes ("Lorna Beck (facilitator)") only what stands before the
    bracket counts.
    """
    names = [n for case in book.cases for n in (case.name, *case.aliases)]
    for document in documents:
        names.extend(speaker.name for speaker in document.speakers)
        names.extend(one.name for one in document.attendance)
    return frozenset(w.lower() for name in names for w in _WORD.findall(name.partition("(")[0]))
