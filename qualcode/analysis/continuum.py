"""Codes on a continuum from absolute obstacle to absolute catalyst.

After the layout of barrier-facilitator continua in print: each code stands once, with
(documents/segments), in the column that its evidence gives it, stronger rows first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from qualcode.analysis.pair_tables import NONE
from qualcode.analysis.rollup import RollUp
from qualcode.core.codebook import codes_by_id, heirs_of, is_in_use
from qualcode.core.model import Code, Codebook, CodedSegment, Span
from qualcode.core.table import Cell, Column, Table
from qualcode.core.text import count_stretches

Place = Literal[
    "absolute obstacle", "mainly obstacle", "both", "mainly catalyst", "absolute catalyst"
]
PLACES: tuple[Place, ...] = (
    "absolute obstacle",
    "mainly obstacle",
    "both",
    "mainly catalyst",
    "absolute catalyst",
)
Band = Literal["strong", "moderate", "weak"]
BANDS: tuple[Band, ...] = ("strong", "moderate", "weak")

RULE = (
    "Absolute: every document that takes a side takes this one. Mainly: at least twice as many "
    "documents on this side as on the other. Both: anything between. A mixed passage counts on "
    "both sides; a passage without direction on neither, and against a code that is always an "
    "obstacle or always a catalyst."
)


@dataclass(frozen=True, slots=True)
class Balance:
    """One code with the documents on each side, and all its documents and segments.

    `denied` are documents that say of a code of fixed valence that it does not hold, and do
    not stand on the other side anyway: they weigh there when the code gets its place.
    """

    code: Code
    obstacle: int
    catalyst: int
    documents: int
    segments: int
    denied: int = 0

    @property
    def place(self) -> Place:
        """Its column; a code needs evidence on some side to have one."""
        hinder = self.obstacle + (self.denied if self.code.valence == "catalyst" else 0)
        help_ = self.catalyst + (self.denied if self.code.valence == "obstacle" else 0)
        if not help_:
            return "absolute obstacle"
        if not hinder:
            return "absolute catalyst"
        if hinder >= 2 * help_:
            return "mainly obstacle"
        return "mainly catalyst" if help_ >= 2 * hinder else "both"


@dataclass(frozen=True, slots=True)
class BalancePart:
    """What some documents add to the balance of one code, by the numbers of a balance."""

    code_id: str
    obstacle: int
    catalyst: int
    documents: int
    segments: int
    denied: int


@dataclass(slots=True)
class _Sides:
    obstacle: set[str] = field(default_factory=set)
    catalyst: set[str] = field(default_factory=set)
    denied: set[str] = field(default_factory=set)
    spans: dict[str, set[Span]] = field(default_factory=dict)

    def add(self, one: CodedSegment) -> None:
        if one.valence in ("obstacle", "mixed"):
            self.obstacle.add(one.doc_id)
        if one.valence in ("catalyst", "mixed"):
            self.catalyst.add(one.doc_id)
        if one.valence == "neutral":
            self.denied.add(one.doc_id)
        else:
            self.spans.setdefault(one.doc_id, set()).add(one.span)

    def balance(self, code: Code) -> Balance:
        """The documents of each side; one without direction denies a code of fixed valence."""
        other = self.catalyst if code.valence == "obstacle" else self.obstacle
        return Balance(
            code,
            obstacle=len(self.obstacle),
            catalyst=len(self.catalyst),
            denied=0 if code.valence == "either" else len(self.denied - other),
            documents=len(self.obstacle | self.catalyst),
            segments=sum(map(count_stretches, self.spans.values())),
        )


class Balances:
    """The sides of every code as a study grows, document by document."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._heirs = heirs_of(codebook)
        self._sides: dict[str, _Sides] = {}

    def add(self, coded: Iterable[CodedSegment]) -> None:
        """Takes in coded segments; context and the observer's voice count for nothing."""
        for one in coded:
            if one.role != "context" and one.voice != "observer":
                code_id = self._heirs.get(one.code_id, one.code_id)
                self._sides.setdefault(code_id, _Sides()).add(one)

    def found(self) -> tuple[Balance, ...]:
        """The codes with evidence on some side, in the order of the codebook."""
        return tuple(one for one in self._all() if one.segments)

    def _all(self) -> Iterator[Balance]:
        for code_id, code in codes_by_id(self._codebook).items():
            if (sides := self._sides.get(code_id)) is not None:
                yield sides.balance(code)

    def parts(self) -> tuple[BalancePart, ...]:
        """What was added so far, for `balances_of` to put together."""
        return tuple(
            BalancePart(b.code.id, b.obstacle, b.catalyst, b.documents, b.segments, b.denied)
            for b in self._all()
        )


def balances_of(codebook: Codebook, parts: Iterable[BalancePart]) -> tuple[Balance, ...]:
    """As `Balances.found`, from parts that share no document."""
    held: dict[str, list[BalancePart]] = {}
    for part in parts:
        held.setdefault(part.code_id, []).append(part)
    found = (
        Balance(
            code,
            obstacle=sum(part.obstacle for part in held[code_id]),
            catalyst=sum(part.catalyst for part in held[code_id]),
            documents=sum(part.documents for part in held[code_id]),
            segments=sum(part.segments for part in held[code_id]),
            denied=sum(part.denied for part in held[code_id]),
        )
        for code_id, code in codes_by_id(codebook).items()
        if code_id in held
    )
    return tuple(one for one in found if one.segments)


def band_of(documents: int, total: int) -> Band:
    """How strong: said by half of all documents, by a quarter, or by fewer."""
    if 2 * documents >= total:
        return "strong"
    return "moderate" if 4 * documents >= total else "weak"


def continuum_table(
    rollup: RollUp, balances: Sequence[Balance], *, told: Sequence[str] = ()
) -> Table:
    """Codes by place and band, the strongest first in each cell; `told` are further notes."""
    columns = (
        Column("strength", "Strength"),
        *(Column(place.replace(" ", "_"), place.capitalize(), "codes") for place in PLACES),
    )
    total = rollup.documents
    rows = tuple(
        ((band,), *(_cell(balances, band, place, total) for place in PLACES)) for band in BANDS
    )
    half, quarter = -(-total // 2), -(-total // 4)
    outcome = rollup.codebook.outcome
    return Table(
        "continuum",
        f"Codes from absolute obstacle to absolute catalyst{f' to {outcome}' if outcome else ''}",
        columns,
        rows,
        (
            f"{len(balances)} codes, each with (documents/segments) that take a side.",
            RULE,
            f"Strong: {half} or more of the {total} documents that count; moderate: {quarter} or "
            "more; weak: fewer.",
            *_without_direction(rollup.codebook, balances),
            *told,
        ),
    )


def _cell(balances: Sequence[Balance], band: Band, place: Place, total: int) -> Cell:
    held = [b for b in balances if b.place == place and band_of(b.documents, total) == band]
    held.sort(key=lambda b: (-b.documents, -b.segments))
    return tuple(f"{b.code.name} ({b.documents}/{b.segments})" for b in held) or (NONE,)


def _without_direction(codebook: Codebook, balances: Sequence[Balance]) -> tuple[str, ...]:
    placed = {balance.code.id for balance in balances}
    names = [
        code.name
        for code in codebook.codes
        if code.kind == "code" and is_in_use(code) and code.id not in placed
    ]
    return (f"No evidence on either side: {'; '.join(names)}.",) if names else ()
