"""Joining the people heard in documents to the cases of the study, without silent guesses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.core.hints import did_you_mean
from qualcode.core.model import Attribute, Case, Consent, Document, Kind, Speaker
from qualcode.core.problems import P, Problem, problem
from qualcode.core.text import spoken_date

TITLES = "mr|mrs|ms|miss|mx|dr|prof|professor|rev|cllr|sir|dame|di|ds|dci|dc|pc|sgt|insp|supt"
"""Titles of people, as the alternatives of a pattern."""
TITLE = re.compile(rf"\b(?:{TITLES})\b\.?\s*", re.IGNORECASE)
_BY_NAME = "name:"
"""Begins the key of a participant who is known by name over all meetings."""
_DATED: tuple[Kind, ...] = ("minutes", "field notes")
QUOTE = "quote"
CONSENT_KEYS = frozenset({QUOTE, "share"})
"""Attributes that record consent and describe nobody."""
_CONSENT: Mapping[str, Consent] = {
    **dict.fromkeys(("yes", "y", "true", "on"), ""),
    "ask": "ask",
    **dict.fromkeys(("no", "n", "false", "off"), "no"),
}
_ROLE_KEYS = ("role", "profession", "organisation", "organization", "sector", "job title")


@dataclass(frozen=True, slots=True)
class CaseBook:
    """The cases of a study, found by id, name, alias or document."""

    cases: tuple[Case, ...]
    by_id: Mapping[str, Case]
    by_name: Mapping[str, tuple[Case, ...]]
    by_document: Mapping[str, tuple[Case, ...]]

    @classmethod
    def of(cls, cases: Iterable[Case]) -> CaseBook:
        """The book of these cases, in their order."""
        held = tuple(cases)
        by_name: dict[str, list[Case]] = {}
        by_document: dict[str, list[Case]] = {}
        for case in held:
            for name in dict.fromkeys(plain_name(n) for n in (case.id, case.name, *case.aliases)):
                if name:
                    by_name.setdefault(name, []).append(case)
            for doc_id in case.documents:
                by_document.setdefault(doc_id, []).append(case)
        return cls(
            held,
            {case.id: case for case in held},
            {name: tuple(found) for name, found in by_name.items()},
            {doc_id: tuple(found) for doc_id, found in by_document.items()},
        )

    def knows(self, name: str) -> bool:
        """Whether a case has this id, name or alias, titles and dots aside."""
        return plain_name(name) in self.by_name


def plain_name(name: str) -> str:
    """A name by which people are told from each other: no titles, dots or capitals."""
    return " ".join(TITLE.sub("", name).replace(".", " ").split()).casefold()


def join_cases(document: Document, book: CaseBook) -> tuple[Document, tuple[Problem, ...]]:
    """The document with a case for every speaker that is surely one, and doubtful names.

    A speaker is a case when the case's id, name or alias is the speaker's (titles and dots
    aside), or when the document belongs to that case alone and has one participant, by
    `participants` in its facts or by `documents` of the case; speakers whom a correction of
    single units brought in do not take it away from that one. A name
    that fits several cases is credited to nobody and reported with all of them.
    """
    participants = _participants(document)
    owners = book.by_document.get(document.id, ())
    problems: list[Problem] = []
    speakers: list[Speaker] = []
    told = _told_participants(document)
    for speaker in document.speakers:
        if speaker.case_id is not None:
            speakers.append(speaker)
            continue
        found = _cases_of(speaker, book)
        if not found and len(told) == 1 and participants == (speaker,):
            found = book.by_name.get(plain_name(told[0]), (Case(told[0]),))
        if not found and len(owners) == 1 and participants == (speaker,):
            found = owners
        if len(found) > 1:
            problems.append(
                problem(
                    P.DOUBTFUL_CASE,
                    path=document.source_name,
                    name=speaker.name,
                    candidates=" or ".join(f'"{case.id}" ({case.name})' for case in found),
                )
            )
        case_id = found[0].id if len(found) == 1 else speaker.case_id
        speakers.append(replace(speaker, case_id=case_id))
    return replace(document, speakers=tuple(speakers)), tuple(problems)


def _participants(document: Document) -> tuple[Speaker, ...]:
    """Who was recognised as a participant; those told by corrections only where nobody was."""
    people = tuple(s for s in document.speakers if not s.is_researcher)
    return tuple(s for s in people if not s.is_told) or people


def _told_participants(document: Document) -> tuple[str, ...]:
    """Who took part, as front matter, a metadata sheet or a correction says it."""
    said = next((a.value for a in document.attributes if a.key == "participants"), "")
    return tuple(part.strip() for part in re.split(r"[;,]", said) if part.strip())


def join_attendance(document: Document, book: CaseBook) -> Document:
    """The document with a case for everybody on its list of attendance who surely is one."""
    joined = []
    for one in document.attendance:
        found = book.by_name.get(plain_name(one.name), ())
        joined.append(replace(one, case_id=found[0].id if len(found) == 1 else None))
    return replace(document, attendance=tuple(joined))


def _cases_of(speaker: Speaker, book: CaseBook) -> tuple[Case, ...]:
    return (
        book.by_name.get(plain_name(speaker.name)) or book.by_name.get(plain_name(speaker.id)) or ()
    )


def cases_of_respondents(document: Document) -> tuple[Case, ...]:
    """A case for every respondent of a questionnaire, with the closed columns as attributes."""
    held: dict[str, list[Attribute]] = {}
    for attribute in document.attributes:
        respondent, _, key = attribute.key.partition("/")
        if key:
            held.setdefault(respondent, []).append(Attribute(key, attribute.value))
    return tuple(
        Case(id=speaker.id, name=speaker.name, attributes=tuple(held.get(speaker.id, ())))
        for speaker in document.speakers
        if document.kind == "questionnaire"
    )


def participant_key(document: Document, speaker: Speaker | None) -> str | None:
    """Who is counted as one participant: the case, else the name, else nobody.

    In minutes a name stands for one person over all meetings; elsewhere ("Speaker 1") only
    inside its document.
    """
    if speaker is None or speaker.is_researcher:
        return None
    if speaker.case_id is not None:
        return speaker.case_id
    if document.kind == "minutes":
        return f"{_BY_NAME}{plain_name(speaker.name)}"
    return f"{document.id}:{speaker.id}"


def is_of_document(key: str, doc_id: str) -> bool:
    """Whether a participant of this document can be heard in no other.

    >>> is_of_document("int-03:S1", "int-03"), is_of_document("P2", "int-03")
    (True, False)
    >>> is_of_document("name:ann bird", "name")  # known by name, whatever a document is called
    False
    """
    return key.startswith(f"{doc_id}:") and not key.startswith(_BY_NAME)


def credit(document: Document, case: Case | None) -> str:
    """How a quotation is credited: role and kind of source, never a name.

    >>> from qualcode.core.model import Attribute
    >>> case = Case("P2", "Farah Siddiqui", attributes=(Attribute("role", "detective inspector"),))
    >>> credit(Document("i", "", "interview notes", "emergent", "", "", "", ""), case)
    'Detective inspector; interview notes'
    """
    source = document.kind if document.kind != "other" else document.title or "document"
    if document.kind in _DATED and document.date:
        source = f"{source}, {spoken_date(document.date)}"
    if case is None:
        return source[:1].upper() + source[1:]
    return f"{role_of(case)}; {source}"


def role_of(case: Case) -> str:
    """Who somebody is, without a name: role (or profession and so on) and site."""
    held = {a.key.casefold(): a.value for a in case.attributes}
    who = next((held[key] for key in _ROLE_KEYS if held.get(key)), "participant")
    site = held.get("site")
    return f"{who[:1].upper()}{who[1:]}{f', {site}' if site else ''}"


def read_consent(said: str) -> Consent | None:
    """What a value of the attribute `quote` says; None where that is not clear.

    >>> read_consent("No"), read_consent("yes"), read_consent("never")
    ('no', '', None)
    """
    return _CONSENT.get(said.strip().casefold())


def consent_of(case: Case | None) -> Consent:
    """Whether a case may be quoted: "" is a yes, as is no attribute `quote` at all.

    A value that cannot be understood is a "no": somebody meant something by it.

    >>> consent_of(Case("P2", attributes=(Attribute("Quote", "never"),)))
    'no'
    """
    said = [a.value for a in case.attributes if is_consent_key(a.key)] if case else []
    read = [read_consent(one) for one in said]
    return strictest("no" if one is None else one for one in read)


def is_consent_key(key: str) -> bool:
    """Whether an attribute says if somebody may be quoted."""
    return key.strip().casefold() == QUOTE


def strictest(consents: Iterable[Consent]) -> Consent:
    """The most careful of several: "no" before "ask" before a yes."""
    held = set(consents)
    return "no" if "no" in held else "ask" if "ask" in held else ""


def unknown_documents(book: CaseBook, doc_ids: Sequence[str], *, path: str) -> tuple[Problem, ...]:
    """A problem for every document that a case names and the study does not hold."""
    known = set(doc_ids)
    return tuple(
        problem(
            P.UNKNOWN_DOCUMENT,
            path=path,
            case=case.id,
            document=doc_id,
            hint=did_you_mean(doc_id, sorted(known)),
        )
        for case in book.cases
        for doc_id in case.documents
        if doc_id not in known
    )
