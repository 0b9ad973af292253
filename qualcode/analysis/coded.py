"""Coded segments: a suggestion or a coding with all that a table needs to count it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from qualcode.analysis.cases import (
    CaseBook,
    cases_of_respondents,
    consent_of,
    credit,
    participant_key,
    strictest,
)
from qualcode.analysis.consent import consent_at, held_stretches
from qualcode.analysis.rollup import DocumentSummary
from qualcode.core.model import (
    CodedSegment,
    Coding,
    Consent,
    Document,
    Kind,
    Segment,
    Span,
    Speaker,
    Suggestion,
    Unit,
    Voice,
)
from qualcode.core.problems import Problem
from qualcode.core.text import count_words, where_in_original

if TYPE_CHECKING:  # loaded only where a report is read
    from qualcode.analysis.quoting.quotations import Quotation

REPORTS: tuple[Kind, ...] = ("policy", "other")
"""Kinds of prose that quote people and say in their own words whom."""
by_place = attrgetter("span.start", "span.end")
"""Orders and finds what has a span, faster than the span itself."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """Whom a table names where a speaker is heard; `is_known` where that is a case."""

    voice: Voice
    name: str
    case_id: str | None
    is_known: bool
    participant: str | None
    credit: str
    consent: Consent


class CodedMaker:
    """Makes the coded segments of one document, from suggestions and codings alike.

    The observer's own comments are heard from nobody, whatever unit they stand in; the turns
    of a researcher have the observer's voice, so that they are shown and never counted. A
    respondent who is no case is credited by the closed columns of the questionnaire.
    """

    def __init__(self, document: Document, book: CaseBook) -> None:
        self._document = document
        self._book = book
        self._speakers = {speaker.id: speaker for speaker in document.speakers}
        self._respondents = {case.id: case for case in cases_of_respondents(document)}
        self._held = held_stretches(document, book)
        self._quotations = _quotations_in(document)
        self._heard: dict[tuple[str | None, Voice], _Heard] = {}

    def coded(self, given: Suggestion | Coding, unit: Unit | None, voice: Voice) -> CodedSegment:
        """The coded segment of what was given to a span of this unit, heard in this voice."""
        document, span = self._document, given.span
        asked = (unit.speaker_id if unit else None, voice)
        heard = self._heard.get(asked)
        if heard is None:
            heard = self._heard[asked] = self._who_is_heard(*asked)
        match given:
            case Suggestion():
                score, why, is_draft = given.score, given.why, True
            case Coding():
                score, why, is_draft = 1.0, given.evidence, False
        return CodedSegment(
            doc_id=document.id,
            kind=document.kind,
            role=document.role,
            unit=unit.ref if unit else "",
            span=span,
            quote=document.text[span.start : span.end],
            code_id=given.code_id,
            valence=given.valence,
            lenses=given.lenses,
            score=score,
            why=why,
            voice=heard.voice,
            speaker=heard.name,
            case_id=heard.case_id,
            participant=heard.participant,
            credit=self._credit(span, heard),
            where=where_in_original(document.marks, span.start),
            is_draft=is_draft,
            consent=self._consent(span, heard),
        )

    def _who_is_heard(self, speaker_id: str | None, voice: Voice) -> _Heard:
        """The same wherever a unit of this speaker has this voice."""
        document = self._document
        speaker, voice = heard_in(self._speakers, speaker_id, voice)
        case_id = speaker.case_id if speaker else None
        case = self._book.by_id.get(case_id or "") or self._respondents.get(
            speaker.id if speaker else ""
        )
        return _Heard(
            voice=voice,
            name=speaker.name if speaker else "",
            case_id=case_id,
            is_known=case is not None,
            participant=participant_key(document, speaker),
            credit=credit(document, case),
            consent=consent_of(case),
        )

    def _credit(self, span: Span, heard: _Heard) -> str:
        """The credit of the case, else, in a report, of whoever it quotes there by role."""
        source = heard.credit
        if heard.is_known or not self._quotations:
            return source
        from qualcode.analysis.quoting.quotations import credit_at, names_a_role

        quoted = credit_at(self._quotations, span)
        if quoted is None or not names_a_role(quoted.credit):
            return source
        return f"{quoted.credit}, quoted; {source[:1].lower()}{source[1:]}"

    def _consent(self, span: Span, heard: _Heard) -> Consent:
        said = consent_at(self._held, span) if self._held else ""
        return strictest((heard.consent, said)) if said else heard.consent


def _quotations_in(document: Document) -> Sequence[Quotation]:
    if document.kind not in REPORTS:
        return ()
    from qualcode.analysis.quoting.quotations import find_quotations

    return find_quotations(document)


def heard_in(
    speakers: Mapping[str, Speaker], speaker_id: str | None, voice: Voice
) -> tuple[Speaker | None, Voice]:
    """Who is heard where this speaker has this voice, if anybody, and in which it counts."""
    speaker = speakers.get(speaker_id or "")
    if speaker is not None and speaker.is_researcher:
        return speaker, "observer"  # what the researcher asks is nobody's evidence
    return (None if voice == "observer" else speaker), voice


def coded_by_suggestions(
    document: Document,
    segments: Sequence[Segment],
    suggestions: Iterable[Suggestion],
    book: CaseBook,
) -> Iterator[CodedSegment]:
    """One coded segment per suggestion, in the order of the suggestions."""
    maker = CodedMaker(document, book)
    held = dict(zip(map(by_place, segments), segments, strict=True))
    for suggestion in suggestions:
        segment = held[by_place(suggestion)]
        yield maker.coded(suggestion, segment.unit, segment.voice)


def participants_heard(document: Document) -> tuple[str, ...]:
    """The keys of whoever speaks in some unit; those only listed as present are not heard."""
    speakers = {speaker.id: speaker for speaker in document.speakers}
    heard = {unit.speaker_id for unit in document.units if unit.speaker_id is not None}
    keys = {participant_key(document, speakers.get(speaker_id)) for speaker_id in heard}
    return tuple(sorted(key for key in keys if key is not None))


def is_interview(kind: Kind, heard: Sequence[str]) -> bool:
    """Whether a document is an interview: notes of one, or a transcript of one or two people.

    Where more are heard, a transcript is that of a group.
    """
    return kind == "interview notes" or (kind == "transcript" and len(heard) <= 2)


def summarise(
    document: Document,
    segments: Sequence[Segment],
    coded: Sequence[CodedSegment],
    problems: Sequence[Problem],
) -> DocumentSummary:
    """What the tables need to know of a document once its text is put away."""
    heard = {unit.speaker_id for unit in document.units if unit.speaker_id is not None}
    return DocumentSummary(
        id=document.id,
        source=document.source_name,
        kind=document.kind,
        role=document.role,
        words=count_words(document.text),
        segments=len(segments),
        suggestions=len(coded),
        date=document.date,
        title=document.title,
        speakers=tuple(s.name for s in document.speakers if s.id in heard),
        participants=participants_heard(document),
        reasons=document.kind_reasons,
        dropped=document.dropped,
        problems=tuple(problems),
    )
