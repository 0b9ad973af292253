"""Coded segments: a suggestion or a coding with all that a table needs to count it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qualcode.analysis.cases import CaseBook, credit, participant_key
from qualcode.analysis.quoting.quotations import (
    Quotation,
    credit_at,
    find_quotations,
    names_a_role,
)
from qualcode.analysis.rollup import DocumentSummary
from qualcode.core.model import Case, CodedSegment, Document, Kind, Segment, Span, Suggestion
from qualcode.core.problems import Problem
from qualcode.core.text import count_words, where_in_original

REPORTS: tuple[Kind, ...] = ("policy", "other")
"""Kinds of prose that quote people and say in their own words whom."""


def coded_by_suggestions(
    document: Document,
    segments: Sequence[Segment],
    suggestions: Iterable[Suggestion],
    book: CaseBook,
) -> Iterator[CodedSegment]:
    """One coded segment per suggestion, in the order of the suggestions.

    The observer's own comments are heard from nobody, whatever unit they stand in; the turns
    of a researcher have the observer's voice, so that they are shown and never counted.
    """
    quotations = find_quotations(document) if document.kind in REPORTS else ()
    by_span = {segment.span: segment for segment in segments}
    speakers = {speaker.id: speaker for speaker in document.speakers}
    for suggestion in suggestions:
        segment = by_span[suggestion.span]
        speaker = speakers.get(segment.unit.speaker_id or "")
        voice = segment.voice
        if speaker is not None and speaker.is_researcher:
            voice = "observer"  # what the researcher asks is nobody's evidence
        elif voice == "observer":
            speaker = None
        case_id = speaker.case_id if speaker else None
        span = suggestion.span
        yield CodedSegment(
            doc_id=document.id,
            kind=document.kind,
            role=document.role,
            unit=segment.unit.ref,
            span=span,
            quote=document.text[span.start : span.end],
            code_id=suggestion.code_id,
            valence=suggestion.valence,
            lenses=suggestion.lenses,
            score=suggestion.score,
            why=suggestion.why,
            voice=voice,
            speaker=speaker.name if speaker else "",
            case_id=case_id,
            participant=participant_key(document, speaker),
            credit=_credit(document, span, book.by_id.get(case_id or ""), quotations),
            where=where_in_original(document.marks, span.start),
        )


def _credit(
    document: Document, span: Span, case: Case | None, quotations: tuple[Quotation, ...]
) -> str:
    """The credit of the case, else, in a report, of whoever it quotes there by role."""
    quoted = credit_at(quotations, span) if case is None else None
    if quoted is None or not names_a_role(quoted.credit):
        return credit(document, case)
    source = credit(document, None)
    return f"{quoted.credit}, quoted; {source[:1].lower()}{source[1:]}"


def summarise(
    document: Document,
    segments: Sequence[Segment],
    coded: Sequence[CodedSegment],
    problems: Sequence[Problem],
) -> DocumentSummary:
    """What the tables need to know of a document once its text is put away.

    A participant is whoever speaks in some unit; those who are only listed as present are
    not heard.
    """
    speakers = {speaker.id: speaker for speaker in document.speakers}
    heard = {unit.speaker_id for unit in document.units if unit.speaker_id is not None}
    keys = {participant_key(document, speakers.get(speaker_id)) for speaker_id in heard}
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
        participants=tuple(sorted(key for key in keys if key is not None)),
        reasons=document.kind_reasons,
        dropped=document.dropped,
        problems=tuple(problems),
    )
