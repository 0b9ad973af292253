"""Coded segments: a suggestion or a coding with all that a table needs to count it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qualcode.analysis.cases import CaseBook, credit, participant_key
from qualcode.analysis.rollup import DocumentSummary
from qualcode.core.model import CodedSegment, Document, Segment, Suggestion
from qualcode.core.problems import Problem
from qualcode.core.text import count_words, where_in_original


def coded_by_suggestions(
    document: Document,
    segments: Sequence[Segment],
    suggestions: Iterable[Suggestion],
    book: CaseBook,
) -> Iterator[CodedSegment]:
    """One coded segment per suggestion, in the order of the suggestions.

    The observer's own comments are heard from nobody, whatever unit they stand in.
    """
    by_span = {segment.span: segment for segment in segments}
    speakers = {speaker.id: speaker for speaker in document.speakers}
    for suggestion in suggestions:
        segment = by_span[suggestion.span]
        speaker = speakers.get(segment.unit.speaker_id or "")
        if segment.voice == "observer":
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
            voice=segment.voice,
            speaker=speaker.name if speaker else "",
            case_id=case_id,
            participant=participant_key(document, speaker),
            credit=credit(document, book.by_id.get(case_id) if case_id else None),
            where=where_in_original(document.marks, span.start),
        )


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
