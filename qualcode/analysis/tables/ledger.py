"""The ledger of a study: everything coded that counts, read in one pass; tables come from it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.analysis.cases import (
    CONSENT_KEYS,
    CaseBook,
    cases_of_respondents,
    participant_key,
)
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.tables.columns import NOBODY, Columns, CountedAt, crosstab, units_at
from qualcode.core.codebook import is_in_use, resolve
from qualcode.core.model import KINDS, Attribute, Code, Codebook, Document, Kind, Span
from qualcode.core.text import count_stretches

if TYPE_CHECKING:
    from qualcode.analysis.tables.columns import Ints

Traits = Mapping[str, Mapping[str, str]]
"""What is known of each participant, by participant key, then by name of the attribute."""


@dataclass(frozen=True, slots=True)
class Aside:
    """What was set aside: incidents in the observer's voice or under a code that is unknown,
    the ids of context documents, and the number of documents that nobody has read."""

    observed: int = 0
    unknown: int = 0
    context: tuple[str, ...] = ()
    unread: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """Incidents that count, with the N of everything that they are counted against.

    `columns` are the incidents as integers, in their order: positions in `codes`,
    `documents` and `participants`. `codes` are those in use and those that still carry
    evidence, in the order of the codebook. `documents` are those that count and were read,
    `heard` says who speaks in each, `participants` are everybody heard. `traits` holds what is
    known of participants and of documents. `aside` says what was not counted. The last
    `added` of the incidents stand once more for the categories above their codes.
    """

    codebook: Codebook
    codes: tuple[Code, ...]
    documents: tuple[Document, ...]
    participants: tuple[str, ...]
    incidents: tuple[Incident, ...]
    columns: Columns
    heard: Mapping[str, tuple[str, ...]]
    traits: Traits
    aside: Aside
    added: int = 0

    @property
    def given(self) -> tuple[Incident, ...]:
        """The incidents under the codes that were given."""
        return self.incidents[: len(self.incidents) - self.added]

    @property
    def is_draft(self) -> bool:
        """Whether suggestions stand in where nobody has coded."""
        return any(one.coded.is_draft for one in self.incidents)

    @property
    def by_kind(self) -> tuple[tuple[Kind, int], ...]:
        """Number of documents of each kind, in the order of KINDS."""
        found = Counter(document.kind for document in self.documents)
        return tuple((kind, found[kind]) for kind in KINDS if found[kind])

    def units(self, unit: CountedAt) -> Ints:
        """For each incident the number of the unit at which it counts."""
        return units_at(self.columns, unit)

    def by_code(self, unit: CountedAt) -> list[int]:
        """How many distinct units carry each code."""
        one = self.columns.code * 0
        counts = crosstab(self.columns.code, one, self.units(unit), (len(self.codes), 1))
        return [int(n) for n in counts[:, 0]]

    def by_group(
        self, groups: Sequence[str], of: Callable[[Incident], str], unit: CountedAt
    ) -> list[list[int]]:
        """How many distinct units carry each code in each group; "" stands for no group."""
        place = {group: at for at, group in enumerate(groups)}
        cols = _ints(place.get(of(one), NOBODY) for one in self.incidents)
        shape = (len(self.codes), len(groups))
        counts = crosstab(self.columns.code, cols, self.units(unit), shape)
        return [[int(n) for n in row] for row in counts]

    def trait(self, incident: Incident, key: str) -> str:
        """What an attribute says of whoever is heard there, else of the document; else ""."""
        coded = incident.coded
        return self._value(coded.participant, coded.doc_id, coded.kind, key)

    def traits_of(self, document: Document, key: str) -> frozenset[str]:
        """What an attribute says of those who speak in a document, and of the document."""
        heard = (None, *self.heard[document.id])
        found = (self._value(person, document.id, document.kind, key) for person in heard)
        return frozenset(value for value in found if value)

    def values_by_person(self, key: str) -> dict[str, tuple[str, ...]]:
        """What an attribute says of each participant, else of the documents with that one.

        More than one value where somebody is heard in documents of several sites; none where
        nothing is known.
        """
        found: dict[str, dict[str, None]] = {person: {} for person in self.participants}
        for document in self.documents:
            for person in self.heard[document.id]:
                if value := self._value(person, document.id, document.kind, key):
                    found[person][value] = None
        return {person: tuple(values) for person, values in found.items()}

    def _value(self, person: str | None, doc_id: str, kind: Kind, key: str) -> str:
        if key == "kind":
            return kind
        return self._said(person or "", key) or self._said(doc_id, key)

    def _said(self, of: str, key: str) -> str:
        return self.traits.get(of, {}).get(key, "")


def count_segments(incidents: Iterable[Incident]) -> int:
    """How many stretches of text these incidents cover, whatever their codes."""
    spans: defaultdict[str, set[Span]] = defaultdict(set)
    for one in incidents:
        spans[one.coded.doc_id].add(one.coded.span)
    return sum(map(count_stretches, spans.values()))


def _ints(values: Iterable[int]) -> Ints:
    import numpy as np

    return np.fromiter(values, np.int64)


def make_ledger(
    codebook: Codebook,
    book: CaseBook,
    documents: Sequence[Document],
    incidents: Iterable[Incident],
    *,
    heard: Mapping[str, tuple[str, ...]],
) -> Ledger:
    """The ledger of these incidents; `heard` names every document that was read.

    Merged codes count as their heirs. What stands in context documents, in the observer's
    voice, or under a code that the codebook lacks is set aside.
    """
    counted = tuple(one for one in documents if one.role != "context" and one.id in heard)
    held, left_out = _sorted_out(codebook, {one.id for one in counted}, incidents)
    used = {one.coded.code_id for one in held}
    codes = tuple(
        code
        for code in codebook.codes
        if code.id in used or (is_in_use(code) and code.kind == "code")
    )
    spoken = {key for document in counted for key in heard[document.id]}
    people = tuple(sorted(spoken | {p for one in held if (p := one.coded.participant)}))
    return Ledger(
        codebook=codebook,
        codes=codes,
        documents=counted,
        participants=people,
        incidents=held,
        columns=_columns(held, codes, counted, people),
        heard={one.id: heard[one.id] for one in counted},
        traits=traits_of_people(book, counted),
        aside=Aside(
            observed=left_out["observed"],
            unknown=left_out["unknown"],
            context=tuple(one.id for one in documents if one.role == "context"),
            unread=sum(one.role != "context" and one.id not in heard for one in documents),
        ),
    )


def narrowed(ledger: Ledger, code_ids: Container[str]) -> Ledger:
    """The ledger of these codes alone; every N stays."""
    codes = tuple(code for code in ledger.codes if code.id in code_ids)
    part = part_of(ledger, lambda one: one.coded.code_id in code_ids)
    columns = _columns(part.incidents, codes, ledger.documents, ledger.participants)
    return replace(part, codes=codes, columns=columns)


def rolled_up(ledger: Ledger) -> Ledger:
    """The ledger with the categories and themes in use, each with all that stands below it."""
    above = _categories_above(ledger.codebook)
    added = tuple(
        replace(one, coded=replace(one.coded, code_id=category))
        for one in ledger.incidents
        for category in above.get(one.coded.code_id, ())
    )
    if not added:
        return ledger
    known = {code.id for code in ledger.codes} | {one.coded.code_id for one in added}
    codes = tuple(code for code in ledger.codebook.codes if code.id in known)
    held = (*ledger.incidents, *added)
    columns = _columns(held, codes, ledger.documents, ledger.participants)
    return replace(ledger, codes=codes, incidents=held, columns=columns, added=len(added))


def _categories_above(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """For each code the categories and themes in use that it stands below, the nearest first."""
    codes = {code.id: code for code in codebook.codes}
    found = {}
    for code_id in codes:
        trail, parent = [code_id], codes[code_id].parent
        while parent in codes and parent not in trail:
            trail.append(parent)
            parent = codes[parent].parent
        found[code_id] = tuple(
            one for one in trail[1:] if codes[one].kind != "code" and is_in_use(codes[one])
        )
    return found


def part_of(ledger: Ledger, keep: Callable[[Incident], bool]) -> Ledger:
    """The ledger of the incidents that are kept; every N stays."""
    given = [one for one in ledger.given if keep(one)]
    added = [one for one in ledger.incidents[len(ledger.given) :] if keep(one)]
    held = (*given, *added)
    columns = _columns(held, ledger.codes, ledger.documents, ledger.participants)
    return replace(ledger, incidents=held, columns=columns, added=len(added))


def _sorted_out(
    codebook: Codebook, counted: Container[str], incidents: Iterable[Incident]
) -> tuple[tuple[Incident, ...], Counter[str]]:
    """The incidents that count, under their heirs, and why how many of the others do not."""
    heirs = {code.id: resolve(codebook, code.id) for code in codebook.codes}
    held: list[Incident] = []
    left_out: Counter[str] = Counter()
    for one in incidents:
        heir = heirs.get(one.coded.code_id)
        if one.coded.role == "context" or one.coded.doc_id not in counted:
            left_out["context"] += 1
        elif one.coded.voice == "observer":
            left_out["observed"] += 1
        elif heir is None:
            left_out["unknown"] += 1
        elif heir == one.coded.code_id:
            held.append(one)
        else:
            held.append(replace(one, coded=replace(one.coded, code_id=heir)))
    return tuple(held), left_out


def _columns(
    incidents: Sequence[Incident],
    codes: Sequence[Code],
    documents: Sequence[Document],
    people: Sequence[str],
) -> Columns:
    code_at = {code.id: at for at, code in enumerate(codes)}
    document_at = {document.id: at for at, document in enumerate(documents)}
    person_at = {key: at for at, key in enumerate(people)}
    held = [one.coded for one in incidents]
    return Columns(
        code=_ints(code_at[one.code_id] for one in held),
        document=_ints(document_at[one.doc_id] for one in held),
        start=_ints(one.span.start for one in held),
        end=_ints(one.span.end for one in held),
        turn=_ints(one.turn + 1 for one in incidents),
        participant=_ints(person_at.get(one.participant or "", NOBODY) for one in held),
    )


def traits_of_people(book: CaseBook, documents: Sequence[Document]) -> Traits:
    """The attributes of cases, of respondents who are no case, and of documents, by key."""
    found: dict[str, dict[str, str]] = {case.id: _told(case.attributes) for case in book.cases}
    for document in documents:
        own = {a.key.casefold(): a.value for a in document.attributes if "/" not in a.key}
        found[document.id] = own
        speakers = {speaker.id: speaker for speaker in document.speakers}
        for respondent in cases_of_respondents(document):
            key = participant_key(document, speakers.get(respondent.id))
            if key is not None:
                found[key] = {**_told(respondent.attributes), **found.get(key, {})}
    return found


def _told(attributes: Iterable[Attribute]) -> dict[str, str]:
    """What attributes say; what they say of consent describes nobody and is left out."""
    told = {one.key.strip().casefold(): one.value for one in attributes if one.value}
    return {key: value for key, value in told.items() if key not in CONSENT_KEYS}
