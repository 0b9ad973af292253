"""Incidents: coded stretches of text with all that is needed to compare them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.analysis.cases import CaseBook, credit, participant_key
from qualcode.core.codebook import resolve
from qualcode.core.model import (
    Codebook,
    CodedSegment,
    Coding,
    Document,
    Kind,
    Span,
    Speaker,
    Unit,
    Voice,
)
from qualcode.core.text import where_in_original

WITH_QUESTIONS: tuple[Kind, ...] = ("interview notes", "transcript", "questionnaire")
"""Kinds in which somebody is asked; the items of minutes are an agenda and no questions."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One code on one stretch, whoever coded it: what constant comparison compares (Glaser).

    Coders who gave the code with the same valence to the same stretch are one incident; with
    another valence they are two, so that no disagreement is averaged away. `strength` is that
    farthest from 0. `question` is the guide question, or the researcher's turn, that it
    answers, or "".
    """

    coded: CodedSegment
    coders: tuple[str, ...] = ()
    strength: int | None = None
    confidence: str = ""
    question: str = ""
    date: str = ""

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
    held: dict[tuple[Span, str, str], list[Coding]] = {}
    for coding in codings:
        key = (coding.span, resolve(codebook, coding.code_id), coding.valence)
        held.setdefault(key, []).append(coding)
    places = Places(document)
    for (span, code_id, _), same in sorted(held.items(), key=lambda item: item[0]):
        strengths = [one.strength for one in same if one.strength is not None]
        yield Incident(
            coded=_coded(document, places, book, replace(same[0], span=span, code_id=code_id)),
            coders=tuple(sorted({one.coder for one in same})),
            strength=max(strengths, key=lambda n: (abs(n), n)) if strengths else None,
            confidence=_surest(same),
            question=places.question(span.start),
            date=document.date,
        )


def _coded(document: Document, places: Places, book: CaseBook, coding: Coding) -> CodedSegment:
    span = coding.span
    unit, voice = places.unit_at(span.start), places.voice_of(span)
    speaker = places.speaker(unit, voice)
    case_id = speaker.case_id if speaker else None
    return CodedSegment(
        doc_id=document.id,
        kind=document.kind,
        role=document.role,
        unit=unit.ref if unit else "",
        span=span,
        quote=document.text[span.start : span.end],
        code_id=coding.code_id,
        valence=coding.valence,
        lenses=coding.lenses,
        score=1.0,
        why=coding.evidence,
        voice=voice,
        speaker=speaker.name if speaker else "",
        case_id=case_id,
        participant=participant_key(document, speaker),
        credit=credit(document, book.by_id.get(case_id) if case_id else None),
        where=where_in_original(document.marks, span.start),
        is_draft=False,
    )


def _surest(same: Sequence[Coding]) -> str:
    words = {one.confidence for one in same}
    return next((word for word in ("sure", "likely", "unsure") if word in words), "")


class Places:
    """What stands where in one document, looked up by offset."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._units = document.units
        self._starts = [unit.span.start for unit in document.units]
        self._passages = document.passages
        self._passage_starts = [passage.span.start for passage in document.passages]
        self._speakers = {speaker.id: speaker for speaker in document.speakers}
        self._researchers = {s.id for s in document.speakers if s.is_researcher}
        self._asked = self._questions()

    def _questions(self) -> list[str]:
        """The question that each unit answers: the guide's, else the researcher's last turn."""
        asked = ""
        found = []
        for unit in self._units:
            if unit.speaker_id in self._researchers:
                asked = self._document.text[unit.span.start : unit.span.end]
            found.append(unit.topic or asked)
        return found

    def unit_at(self, offset: int) -> Unit | None:
        """The unit in which an offset stands, else the one before it."""
        position = bisect_right(self._starts, offset) - 1
        return self._units[position] if position >= 0 else None

    def voice_of(self, span: Span) -> Voice:
        """Whose words they are; where voices meet, or none is known, it is a paraphrase."""
        position = max(0, bisect_right(self._passage_starts, span.start) - 1)
        voices: set[Voice] = set()
        for passage in self._passages[position:]:
            if passage.span.start >= span.end:
                break
            if passage.span.end > span.start:
                voices.add(passage.voice)
        return voices.pop() if len(voices) == 1 else "paraphrase"

    def speaker(self, unit: Unit | None, voice: Voice) -> Speaker | None:
        """Who is heard in a unit; nobody where the observer comments."""
        return (
            None
            if unit is None or voice == "observer"
            else self._speakers.get(unit.speaker_id or "")
        )

    def is_researcher(self, unit: Unit) -> bool:
        """Whether the researcher speaks in this unit."""
        return unit.speaker_id in self._researchers

    def question(self, offset: int) -> str:
        """The question answered there, or "" where nobody asks in this kind of document."""
        position = bisect_right(self._starts, offset) - 1
        if position < 0 or self._document.kind not in WITH_QUESTIONS:
            return ""
        return self._asked[position]
