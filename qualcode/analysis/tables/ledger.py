"""The ledger of a study: everything coded that counts, as integers; tables come from it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeAlias

from qualcode.analysis.cases import (
    CONSENT_KEYS,
    CaseBook,
    cases_of_respondents,
    participant_key,
)
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.tables.columns import (
    NOBODY,
    Columns,
    CountedAt,
    crosstab_of,
    looked_up,
    placed,
    positions,
    units_at,
)
from qualcode.analysis.tables.sheet import Sheet, entry_of, sheet_of
from qualcode.core.codebook import heirs_of, is_in_use
from qualcode.core.model import KINDS, Attribute, Code, Codebook, Document, Kind, Span
from qualcode.core.text import count_stretches

if TYPE_CHECKING:
    from qualcode.analysis.tables.columns import Ints

Traits = Mapping[str, Mapping[str, str]]
"""What is known of each participant, by participant key, then by name of the attribute."""
Grouping: TypeAlias = "Callable[[Columns], Ints]"
"""The position of the group of each entry; below 0 for none."""


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
    """What counts in a study, with the N of everything that it is counted against.

    `given` holds, in parts that share no document, what counts under the codes that were
    given, as integers: positions in `codes`, `documents`, `participants` and `coders`. `codes`
    are those in use and those that still carry evidence, in the order of the codebook.
    `documents` are those that count and were read, `heard` says who speaks in each,
    `participants` are everybody heard. `traits` holds what is known of participants and of
    documents. `aside` says what was not counted. In `parts` everything stands once more for the
    categories above its code, where these are counted. `worded` are the incidents themselves,
    None where they were only counted.
    """

    codebook: Codebook
    codes: tuple[Code, ...]
    documents: tuple[Document, ...]
    participants: tuple[str, ...]
    coders: tuple[tuple[str, ...], ...]
    given: tuple[Columns, ...]
    parts: tuple[Columns, ...]
    heard: Mapping[str, tuple[str, ...]]
    traits: Traits
    aside: Aside
    worded: tuple[Incident, ...] | None = None

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """The incidents with their words, as `parts` counts them.

        Raises:
            LookupError: where they were only counted.
        """
        if self.worded is None:
            raise LookupError("the words of this ledger were not gathered")
        return self.worded

    @property
    def has_categories(self) -> bool:
        """Whether anything stands once more for a category."""
        return sum(map(len, self.parts)) > sum(map(len, self.given))

    @property
    def is_draft(self) -> bool:
        """Whether suggestions stand in where nobody has coded."""
        return any((part.made == 0).any() for part in self.given)

    @property
    def by_kind(self) -> tuple[tuple[Kind, int], ...]:
        """Number of documents of each kind, in the order of KINDS."""
        found = Counter(document.kind for document in self.documents)
        return tuple((kind, found[kind]) for kind in KINDS if found[kind])

    def by_code(self, unit: CountedAt) -> list[int]:
        """How many distinct units carry each code."""
        return [n for (n,) in self.by_group(1, lambda part: part.code * 0, unit)]

    def by_group(self, n_groups: int, of: Grouping, unit: CountedAt) -> list[list[int]]:
        """How many distinct units carry each code in each group; -1 stands for no group."""
        shared = len(self.participants) if unit == "participant" else 0
        cells = ((part.code, of(part), units_at(part, unit)) for part in self.parts)
        counts = crosstab_of(cells, (len(self.codes), n_groups), shared=shared)
        found: list[list[int]] = counts.tolist()
        return found

    def together(self, count: Callable[[Columns, int], Ints]) -> Ints:
        """Codes by codes, as `count` finds them in each part."""
        import numpy as np

        n = len(self.codes)
        return sum((count(part, n) for part in self.parts), np.zeros((n, n), np.int64))

    def group_of(self, groups: Sequence[str], key: str) -> Grouping:
        """Puts entries into groups by what an attribute says of whoever is heard there, else of
        the document; NOBODY where it says nothing."""
        at = positions(("", *groups))  # a value that is no group is no silence
        people = placed((self._said(one, key) for one in self.participants), at) + NOBODY
        told = (self._value(None, one.id, one.kind, key) for one in self.documents)
        documents = placed(told, at) + NOBODY

        def of(part: Columns) -> Ints:
            import numpy as np

            own = looked_up(people, part.participant)
            return np.where(own == NOBODY, looked_up(documents, part.document), own)

        return of

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
        return "" if key == "kind" else self.traits.get(of, {}).get(key, "")


def count_segments(incidents: Iterable[Incident]) -> int:
    """How many stretches of text these incidents cover, whatever their codes."""
    spans: defaultdict[str, set[Span]] = defaultdict(set)
    for one in incidents:
        spans[one.coded.doc_id].add(one.coded.span)
    return sum(map(count_stretches, spans.values()))


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
    read = {one.id for one in documents if one.role != "context" and one.id in heard}
    told = [one for one in incidents if one.coded.doc_id in read and one.coded.role != "context"]
    sheet = sheet_of(map(entry_of, told))
    ledger = count_ledger(codebook, book, documents, (sheet,), heard=heard)
    return replace(ledger, worded=tuple(_under_heirs(codebook, told)))


def count_ledger(
    codebook: Codebook,
    book: CaseBook,
    documents: Sequence[Document],
    sheets: Iterable[Sheet],
    *,
    heard: Mapping[str, tuple[str, ...]],
) -> Ledger:
    """The ledger of what these sheets count, without the words; else as `make_ledger`.

    No sheet holds anything of a context document.
    """
    counted = tuple(one for one in documents if one.role != "context" and one.id in heard)
    heirs = heirs_of(codebook)
    told = tuple(sheets)
    known = tuple(_of_known_codes(sheet, heirs) for sheet in told)
    words = [sheet.words for sheet in told]
    used = {heirs[one] for sheet in words for one in sheet.codes if one in heirs}
    spoken = {key for document in counted for key in heard[document.id]}
    blank = Ledger(
        codebook=codebook,
        codes=tuple(_shown(codebook, used)),
        documents=counted,
        participants=tuple(sorted(spoken.union(*map(_people_in, known)))),
        coders=tuple(dict.fromkeys(group for sheet in words for group in sheet.coders)),
        given=(),
        parts=(),
        heard={one.id: heard[one.id] for one in counted},
        traits=traits_of_people(book, counted),
        aside=Aside(
            observed=sum(sheet.observed for sheet in words),
            unknown=sum(len(one.columns) for one in told) - sum(len(one.columns) for one in known),
            context=tuple(one.id for one in documents if one.role == "context"),
            unread=sum(one.role != "context" and one.id not in heard for one in documents),
        ),
    )
    parts = tuple(_numbered(blank, known))
    return replace(blank, given=parts, parts=parts)


def _shown(codebook: Codebook, used: Container[str]) -> Iterator[Code]:
    """The codes in use, and those that still carry evidence."""
    for code in codebook.codes:
        if code.id in used or (is_in_use(code) and code.kind == "code"):
            yield code


def _of_known_codes(sheet: Sheet, heirs: Mapping[str, str]) -> Sheet:
    """The sheet without what stands under codes that the codebook lacks."""
    import numpy as np

    is_known = np.array([one in heirs for one in sheet.words.codes], bool)
    if is_known.all():
        return sheet
    return Sheet(sheet.words, sheet.columns.taken(is_known[sheet.columns.code]))


def _people_in(sheet: Sheet) -> set[str]:
    import numpy as np

    numbers = np.unique(sheet.columns.participant)
    return {sheet.words.people[at] for at in numbers if at != NOBODY}


def _numbered(ledger: Ledger, sheets: Iterable[Sheet]) -> Iterator[Columns]:
    """The columns of sheets, by the numbers that a ledger gives to codes and the rest."""
    codes = positions(code.id for code in ledger.codes)
    by_heir = {one: codes[heir] for one, heir in heirs_of(ledger.codebook).items() if heir in codes}
    documents = positions(document.id for document in ledger.documents)
    people, coders = positions(ledger.participants), positions(ledger.coders)
    for sheet in sheets:
        columns, words = sheet.columns, sheet.words
        yield replace(
            columns,
            code=looked_up(placed(words.codes, by_heir), columns.code),
            document=looked_up(placed(words.documents, documents), columns.document),
            participant=looked_up(placed(words.people, people), columns.participant),
            coders=looked_up(placed(words.coders, coders), columns.coders),
        )


def _under_heirs(codebook: Codebook, incidents: Iterable[Incident]) -> Iterator[Incident]:
    """The incidents that count, merged codes as their heirs."""
    heirs = heirs_of(codebook)
    for one in incidents:
        heir = heirs.get(one.coded.code_id)
        if one.coded.voice == "observer" or heir is None:
            continue
        is_heir = heir == one.coded.code_id
        yield one if is_heir else replace(one, coded=replace(one.coded, code_id=heir))


def narrowed(ledger: Ledger, code_ids: Container[str]) -> Ledger:
    """The ledger of these codes alone; every N stays."""
    codes = tuple(code for code in ledger.codes if code.id in code_ids)
    kept = placed((code.id for code in ledger.codes), positions(code.id for code in codes))

    def part(columns: Columns) -> Columns:
        held = columns.taken(looked_up(kept, columns.code) != NOBODY)
        return replace(held, code=looked_up(kept, held.code))

    worded = ledger.worded
    return replace(
        ledger,
        codes=codes,
        given=tuple(map(part, ledger.given)),
        parts=tuple(map(part, ledger.parts)),
        worded=worded and tuple(one for one in worded if one.coded.code_id in code_ids),
    )


def rolled_up(ledger: Ledger) -> Ledger:
    """The ledger with the categories and themes in use, each with all that stands below it."""
    above = _categories_above(ledger.codebook)
    used = {ledger.codes[at].id for part in ledger.given for at in set(part.code.tolist())}
    added = {category for code_id in used for category in above[code_id]}
    if not added:
        return ledger
    known = {code.id for code in ledger.codes} | added
    codes = tuple(code for code in ledger.codebook.codes if code.id in known)
    at = positions(code.id for code in codes)
    trails = zip_longest(*((code.id, *above[code.id]) for code in ledger.codes))
    levels = [placed(level, at) for level in trails]
    return replace(
        ledger,
        codes=codes,
        given=tuple(_at_levels(part, levels[:1]) for part in ledger.given),
        parts=tuple(_at_levels(part, levels) for part in ledger.given),
        worded=ledger.worded and (*ledger.worded, *_raised(ledger.worded, above)),
    )


def _at_levels(part: Columns, levels: Sequence[Ints]) -> Columns:
    """The entries under the codes that each level has for theirs, where it has one."""
    import numpy as np

    found = [looked_up(level, part.code) for level in levels]
    which = np.concatenate([np.flatnonzero(codes != NOBODY) for codes in found])
    code = np.concatenate([codes[codes != NOBODY] for codes in found])
    return replace(part.taken(which), code=code)


def _raised(
    incidents: Iterable[Incident], above: Mapping[str, tuple[str, ...]]
) -> Iterator[Incident]:
    """The incidents once more for each category above their code."""
    for one in incidents:
        for category in above.get(one.coded.code_id, ()):
            yield replace(one, coded=replace(one.coded, code_id=category))


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
    """The ledger, without categories, of the incidents that are kept; every N stays."""
    held = tuple(one for one in ledger.incidents if keep(one))
    parts = tuple(_numbered(ledger, [sheet_of(map(entry_of, held))]))
    return replace(ledger, given=parts, parts=parts, worded=held)


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
