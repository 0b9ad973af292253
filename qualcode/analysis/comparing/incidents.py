"""Incidents: coded stretches of text with all that is needed to compare them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.coded import CodedMaker, coded_by_suggestions
from qualcode.analysis.places import Places
from qualcode.core.codebook import heirs_of
from qualcode.core.model import (
    Codebook,
    CodedSegment,
    Coding,
    Document,
    Segment,
    Span,
    Suggestion,
)


@dataclass(frozen=True, slots=True)
class Incident:
    """One code on one stretch, whoever coded it: what constant comparison compares (Glaser).

    Coders who gave the code with the same valence to the same stretch are one incident; with
    another valence they are two, so that no disagreement is averaged away. `strength` is that
    farthest from 0, `confidence` the surest. `question` is the guide question, or the
    researcher's turn, that it answers, or "". `turn` is the position, among the units of its
    document, of the one to which it belongs; -1 where there is none.
    """

    coded: CodedSegment
    coders: tuple[str, ...] = ()
    coding_ids: tuple[str, ...] = ()
    strength: int | None = None
    confidence: str = ""
    question: str = ""
    date: str = ""
    turn: int = -1

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands: what is counted as one segment."""
        return self.coded.doc_id, self.coded.span.start, self.coded.span.end

    @property
    def order(self) -> tuple[str, int, int, str]:
        """A fixed order of incidents of one code."""
        return (*self.place, self.coded.valence)


def incidents_of(
    document: Document, codings: Iterable[Coding], book: CaseBook, codebook: Codebook
) -> Iterator[Incident]:
    """The incidents of one document, by place, then code; merged codes count as their heirs."""
    heirs = heirs_of(codebook)
    held: dict[tuple[Span, str, str], list[Coding]] = {}
    for coding in codings:
        key = (coding.span, heirs.get(coding.code_id, coding.code_id), coding.valence)
        held.setdefault(key, []).append(coding)
    places, maker = Places(document), CodedMaker(document, book)
    for (span, code_id, _), same in sorted(held.items(), key=lambda item: item[0]):
        strengths = [one.strength for one in same if one.strength is not None]
        turn, voice = places.place_of(span)
        first = same[0]
        given = first if first.code_id == code_id else replace(first, code_id=code_id)
        yield Incident(
            coded=maker.coded(given, places.unit(turn), voice),
            coders=tuple(sorted({one.coder for one in same})),
            coding_ids=tuple(sorted(one.id for one in same)),
            strength=max(strengths, key=lambda n: (abs(n), n)) if strengths else None,
            confidence=_surest(same),
            question=places.question(turn),
            date=document.date,
            turn=turn,
        )


def incidents_of_suggestions(
    document: Document,
    segments: Sequence[Segment],
    suggestions: Iterable[Suggestion],
    book: CaseBook,
) -> Iterator[Incident]:
    """The incidents of one document as suggestions have them, in their order."""
    places = Places(document)
    for one in coded_by_suggestions(document, segments, suggestions, book):
        turn = places.position_of(one.span)
        question = places.question(turn)
        yield Incident(coded=one, question=question, date=document.date, turn=turn)


def _surest(same: Sequence[Coding]) -> str:
    words = {one.confidence for one in same}
    return next((word for word in ("sure", "likely", "unsure") if word in words), "")
