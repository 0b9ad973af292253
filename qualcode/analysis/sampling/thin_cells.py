"""Theoretical sampling: where the evidence is thin, and what to read next.

Step 7 of ethnographic content analysis (Altheide 1996): the next documents are chosen for
what the categories still lack.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.comparing.incidents import Incident
from qualcode.core.codebook import codes_by_id, is_in_use
from qualcode.core.model import Code, Codebook, Kind, Role

TRAITS = ("tier", "sector", "profession", "role", "site")
MOST_VALUES = 8
LEAST_DOCUMENTS = 2

Trait = tuple[str, str]
"""What a document or a person is: ("kind", "minutes"), ("tier", "strategic")."""


@dataclass(frozen=True, slots=True)
class Sampled:
    """A document as the sample sees it; `traits` are its kind and those of who is heard."""

    doc_id: str
    kind: Kind
    role: Role
    traits: tuple[Trait, ...]
    is_read: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One category among documents of one trait.

    `documents` of the `read` documents with that trait carry it, in `segments`; `unread` more
    documents have the trait.
    """

    code_id: str
    name: str
    trait: Trait
    segments: int
    documents: int
    read: int
    unread: int

    @property
    def is_thin(self) -> bool:
        """Fewer than two documents, or none where there is only one."""
        return self.documents < min(LEAST_DOCUMENTS, self.read + self.unread)


@dataclass(frozen=True, slots=True)
class Advice:
    """A document to read next: how many thin cells it could fill, and which."""

    doc_id: str
    kind: Kind
    cells: int
    reasons: tuple[str, ...]


def sample_cells(
    codebook: Codebook,
    incidents: Iterable[Incident],
    documents: Sequence[Sampled],
    traits_of: Mapping[str, tuple[Trait, ...]],
    *,
    by: Sequence[str] = (),
) -> tuple[Cell, ...]:
    """Every category (or code without one) in use by every trait, in the codebook's order.

    `traits_of` gives the traits of each participant, by key (a case by its id). `by` names the
    traits looked at; by default kind and those usual ones that have two to eight values.
    Context documents are not counted.
    """
    counted = [one for one in documents if one.role != "context"]
    chosen = tuple(by) or _usual(counted)
    tops = _tops(codebook)
    held: defaultdict[tuple[str, Trait], set[tuple[str, int, int]]] = defaultdict(set)
    given: set[str] = set()
    for one in incidents:
        if one.coded.role == "context" or one.coded.voice == "observer":
            continue
        top = tops.get(one.coded.code_id)
        if top is None:
            continue
        given.add(top)
        for trait in (("kind", one.coded.kind), *traits_of.get(one.coded.participant or "", ())):
            held[top, trait].add(one.place)
    codes = codes_by_id(codebook)
    rows = [code for code in codes.values() if code.id in given and is_in_use(code)]
    traits = _traits(counted, chosen)
    return tuple(
        _cell(code, trait, held[code.id, trait], counted) for code in rows for trait in traits
    )


def _usual(documents: Sequence[Sampled]) -> tuple[str, ...]:
    found = []
    for key in ("kind", *TRAITS):
        values = {value for one in documents for own, value in one.traits if own == key}
        if 1 < len(values) <= MOST_VALUES:
            found.append(key)
    return tuple(found)


def _traits(documents: Sequence[Sampled], keys: Sequence[str]) -> tuple[Trait, ...]:
    held = {trait for one in documents for trait in one.traits if trait[0] in keys}
    return tuple(sorted(held, key=lambda trait: (keys.index(trait[0]), trait[1])))


def _cell(
    code: Code,
    trait: Trait,
    places: set[tuple[str, int, int]],
    documents: Sequence[Sampled],
) -> Cell:
    having = [one for one in documents if trait in one.traits]
    return Cell(
        code.id,
        code.name,
        trait,
        segments=len(places),
        documents=len({place[0] for place in places}),
        read=sum(one.is_read for one in having),
        unread=sum(not one.is_read for one in having),
    )


def _tops(codebook: Codebook) -> dict[str, str]:
    """The category at the top of each code, or the code itself."""
    codes = codes_by_id(codebook)
    tops = {}
    for code_id in codes:
        top, seen = code_id, {code_id}
        while (parent := codes[top].parent) is not None and parent in codes and parent not in seen:
            seen.add(parent)
            top = parent
        tops[code_id] = top
    return tops


def read_next(cells: Sequence[Cell], documents: Sequence[Sampled]) -> tuple[Advice, ...]:
    """Unread documents that could fill a thin cell, those that could fill most first.

    A cell with no segment at all counts twice.
    """
    thin: defaultdict[Trait, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.is_thin:
            thin[cell.trait].append(cell)
    found = []
    for one in documents:
        if one.is_read or one.role == "context":
            continue
        lacking = [(trait, thin[trait]) for trait in one.traits if thin.get(trait)]
        worth = sum(2 if cell.segments == 0 else 1 for _, held in lacking for cell in held)
        if not worth:
            continue
        lacking.sort(key=lambda pair: (-len(pair[1]), pair[0]))
        reasons = tuple(_reason(trait, held) for trait, held in lacking[:3])
        n = sum(len(held) for _, held in lacking)
        found.append((-worth, Advice(one.doc_id, one.kind, n, reasons)))
    return tuple(advice for _, advice in sorted(found, key=lambda p: (p[0], p[1].doc_id)))


def _reason(trait: Trait, cells: Sequence[Cell]) -> str:
    names = ", ".join(cell.name for cell in cells[:3])
    more = ", ..." if len(cells) > 3 else ""
    return f"{trait[0]} {trait[1]} is thin for {len(cells)}: {names}{more}"
