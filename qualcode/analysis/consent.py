"""Who may be quoted where: what people say in their own documents, and what others note of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from qualcode.analysis.cases import CaseBook, consent_of, strictest
from qualcode.analysis.names import any_name, words_in, words_of_names
from qualcode.core.model import Case, Consent, Document, Kind, Span, Unit

SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\s+|\n")
OWN_WORDS: tuple[Kind, ...] = ("interview notes", "transcript", "questionnaire")
"""Kinds in which whoever is heard speaks of others and does not note what they say."""
_NOBODY = ("heading", "header")
_SPEECH = re.compile(r"[\"“”„«»]|(?<!\w)['‘’]\w")

Held = tuple[Span, Consent]
"""A stretch of text with "ask" or "no"."""


def held_stretches(document: Document, book: CaseBook) -> tuple[Held, ...]:
    """Every stretch that may not be printed, or not without asking, by place.

    That is what such a person says: the units of which they are the speaker; in a document
    that is listed under their case also what nobody known says; and in minutes, field notes
    and reports each sentence that names them, with what follows in its unit until somebody
    else is named. The people of the document must have been joined to their cases.
    """
    careful: dict[str, Consent] = {
        case.id: said for case in book.cases if (said := consent_of(case))
    }
    if not careful:
        return ()
    held: list[Held] = []
    speakers = {speaker.id: speaker for speaker in document.speakers}
    owners = [careful.get(case.id, "") for case in book.by_document.get(document.id, ())]
    for unit in _with_gaps(document):
        speaker = speakers.get(unit.speaker_id or "")
        case_id = speaker.case_id if speaker else None
        if case_id is not None:
            said = careful.get(case_id, "")
        elif speaker is not None and (speaker.is_researcher or speaker.is_told):
            said = ""
        else:
            said = "" if _is_nobodys(document, unit) else strictest(owners)
        if said:
            held.append((unit.span, said))
        is_own = document.kind in OWN_WORDS and speaker is not None and not speaker.is_researcher
        if not is_own and unit.form not in _NOBODY:
            held.extend(_named(document.text, unit.span, book, careful))
    return tuple(sorted(held))


def consent_at(held: Iterable[Held], span: Span) -> Consent:
    """The most careful consent of all stretches that a span touches; "" is a yes."""
    return strictest(said for one, said in held if _touch(one, span))


def spans_of(held: Iterable[Held], consent: Consent) -> tuple[Span, ...]:
    """The stretches with this consent, by place, joined where they touch."""
    joined: list[Span] = []
    for span in sorted(one for one, said in held if said == consent):
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_nobodys(document: Document, unit: Unit) -> bool:
    """Whether a unit of somebody's document is not theirs: a heading, or a comment that quotes
    nobody."""
    if unit.form == "comment":
        return not _SPEECH.search(document.text, unit.span.start, unit.span.end)
    return unit.form in _NOBODY


def _with_gaps(document: Document) -> Iterator[Unit]:
    """The units, and as paragraphs of nobody what has letters between them."""
    at = 0
    for unit in sorted(document.units, key=lambda one: one.span):
        if unit.span.start > at and any(map(str.isalpha, document.text[at : unit.span.start])):
            yield Unit(Span(at, unit.span.start), "paragraph", "")
        yield unit
        at = max(at, unit.span.end)
    if any(map(str.isalpha, document.text[at:])):
        yield Unit(Span(at, len(document.text)), "paragraph", "")


def _named(text: str, span: Span, book: CaseBook, careful: dict[str, Consent]) -> Iterator[Held]:
    """The sentences of a unit that name somebody careful, each with what follows it there."""
    words = text[span.start : span.end]
    known = words_in(words)
    named = {case_id for case_id in careful if _places(words, known, book.by_id[case_id])}
    places = {case.id: _places(words, known, case) for case in book.cases} if named else {}
    for case_id in sorted(named):
        others = [one for other, found in places.items() if other != case_id for one in found]
        goes_on = False
        for sentence in _sentences(words):
            if any(_touch(one, sentence) for one in places[case_id]):
                goes_on = True
            elif any(_touch(one, sentence) for one in others):
                goes_on = False
            if goes_on:
                begins, ends = span.start + sentence.start, span.start + sentence.end
                yield Span(begins, ends), careful[case_id]


def _places(words: str, known: frozenset[str], case: Case) -> Sequence[Span]:
    """Where a case is named; `known` are the words in small letters, which rule most cases out."""
    pattern = None if known.isdisjoint(words_of_names(case)) else any_name(case)
    return [Span(*found.span()) for found in pattern.finditer(words)] if pattern else []


def _sentences(words: str) -> Iterator[Span]:
    at = 0
    for end in SENTENCE_END.finditer(words):
        yield Span(at, end.end())
        at = end.end()
    if at < len(words):
        yield Span(at, len(words))
