"""Who is quoted in a draft: whether they may be, and whether the credit behind it is theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.analysis.cases import CaseBook, cases_of_respondents, consent_of, credit
from qualcode.analysis.draft.claims import named_in, plain
from qualcode.analysis.draft.paper import Finding
from qualcode.analysis.draft.quoted import Place, Quoted, where, words_of
from qualcode.core.model import Case, Document, Kind, Span
from qualcode.core.text import spoken_date

_SOURCES: dict[Kind, tuple[str, ...]] = {
    "interview notes": ("interview notes", "interview", "interviewee"),
    "transcript": ("transcript", "interview", "interviewee", "focus group", "group discussion"),
    "minutes": ("minutes", "meeting"),
    "field notes": ("field notes", "field note", "observation"),
    "questionnaire": ("questionnaire", "survey"),
    "policy": ("policy",),
    "other": (),
}
"""Words by which a credit says what kind of source it quotes."""
_ROLES = frozenset({"role", "profession", "job title"})
_DATE = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")
_CONSENT = {
    "no": "does not want to be quoted (quote: no)",
    "ask": "is to be asked before being quoted (quote: ask)",
}


def check_consent(quoted: Quoted, place: Place, book: CaseBook) -> Iterator[Finding]:
    """A finding for everybody in the quotation who may not be quoted, or not without asking."""
    people = {
        case.id: case
        for piece in place.pieces
        for case in _cases_in(place.document, piece, book)
        if consent_of(case)
    }
    for case in people.values():
        held = f"{where(place)}: {case.id} {_CONSENT[consent_of(case)]}"
        yield Finding(quoted.line, "consent", f'"{quoted.words}"', held)


def _cases_in(document: Document, span: Span, book: CaseBook) -> Iterator[Case]:
    speakers = {speaker.id: speaker.case_id for speaker in document.speakers}
    for unit in document.units:
        if unit.span.start < span.end and unit.span.end > span.start:
            case = book.by_id.get(speakers.get(unit.speaker_id or "") or "")
            if case is not None:
                yield case


def check_credit(quoted: Quoted, place: Place, book: CaseBook) -> Iterator[Finding]:
    """The brackets behind a quotation, where they say nothing true of it, or something untrue."""
    if not quoted.credit:
        return
    document, case = place.document, _case_at(place, book)
    held = credit(document, case)
    fits = {*words_of(held), *words_of(document.id), *words_of(document.date)}
    if case is not None:
        fits.update(words_of(case.id))
        fits.update(word for one in case.attributes for word in words_of(one.value))
    source = {word for words in _SOURCES[document.kind] for word in words_of(words)}
    said = set(words_of(quoted.credit)) - source
    is_strange = bool(said) and not said & (fits - source)
    if is_strange or _contradicts(quoted.credit, document, case, book):
        yield Finding(quoted.line, "credit", f"({quoted.credit})", f"{where(place)}: {held}")


def _case_at(place: Place, book: CaseBook) -> Case | None:
    """Who speaks there: the case, else the respondent with the answers as attributes."""
    unit, document = place.unit, place.document
    speaker = next((s for s in document.speakers if unit and s.id == unit.speaker_id), None)
    if speaker is None:
        return None
    respondents = (one for one in cases_of_respondents(document) if one.id == speaker.id)
    return book.by_id.get(speaker.case_id or "") or next(respondents, None)


def _contradicts(said: str, document: Document, case: Case | None, book: CaseBook) -> bool:
    """Whether a credit names another kind of source, another day or somebody else's role."""
    days = _DATE.findall(said)
    if days and document.date and spoken_date(document.date) not in days:
        return True
    others = {word for words in _SOURCES.values() for word in words}
    if named_in(said, others) and not named_in(said, _SOURCES[document.kind]):
        return True
    if case is None:
        return False
    named = named_in(said, {name for one in book.cases for name in _roles(one)})
    own = [one.value for one in case.attributes] + [case.id]
    return bool(named) and not any(named_in(value, named) for value in own)


def _roles(case: Case) -> Iterator[str]:
    yield case.id
    yield from (one.value for one in case.attributes if one.key in _ROLES and plain(one.value))
