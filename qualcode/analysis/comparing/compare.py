"""Constant comparison: the segments of a code side by side, and two codes against each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.comparing.words import WordOdds, log_odds, telling_words
from qualcode.analysis.likeness import (
    Stem,
    Vector,
    Weights,
    cosine,
    likeness_to_rest,
    terms_of,
    total_of,
)
from qualcode.core.model import KINDS

By = Literal["", "case", "kind", "valence"]
BYS: tuple[By, ...] = ("case", "kind", "valence")
_VALENCES = ("obstacle", "catalyst", "mixed", "neutral")


@dataclass(frozen=True, slots=True)
class Vectors:
    """The incidents of a study as vectors, weighed by all that is coded in it."""

    terms: dict[tuple[str, int, int], tuple[str, ...]]
    weights: Weights

    @classmethod
    def of(cls, incidents: Iterable[Incident], stem: Stem) -> Vectors:
        """Every coded stretch counts once, however many codes it carries."""
        terms: dict[tuple[str, int, int], tuple[str, ...]] = {}
        for one in sorted(incidents, key=lambda incident: incident.place):
            if one.place not in terms:
                terms[one.place] = terms_of(one.coded.quote, stem)
        return cls(terms, Weights.of(terms.values()))

    def vector(self, incident: Incident) -> Vector:
        return self.weights.vector(self.terms[incident.place])

    def counts(self, incidents: Iterable[Incident]) -> Counter[str]:
        """How often each word comes, in distinct stretches."""
        found: Counter[str] = Counter()
        for place in sorted({one.place for one in incidents}):
            found.update(self.terms[place])
        return found


@dataclass(frozen=True, slots=True)
class Compared:
    """One incident with its likeness to the rest of its code; None where there is no rest."""

    incident: Incident
    likeness: float | None
    group: str = ""


def compare_code(
    incidents: Sequence[Incident], vectors: Vectors, *, by: By = ""
) -> tuple[Compared, ...]:
    """The incidents of one code, those least like the rest first within each group.

    The order of the documents does not matter. `by` groups by case (those of nobody known
    last), kind of document or valence.
    """
    ordered = sorted(incidents, key=lambda one: one.order)
    alike = likeness_to_rest([vectors.vector(one) for one in ordered])
    found = [
        Compared(one, figure, group_of(one, by)) for one, figure in zip(ordered, alike, strict=True)
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                _group_order(one.group, by),
                round(one.likeness or 0.0, 9),
                one.incident.order,
            ),
        )
    )


def group_of(incident: Incident, by: By) -> str:
    """The group of an incident, in words."""
    coded = incident.coded
    match by:
        case "case":
            return coded.case_id or (f"{coded.speaker} (no case)" if coded.speaker else "nobody")
        case "kind":
            return coded.kind
        case "valence":
            return coded.valence
        case _:
            return ""


def _group_order(group: str, by: By) -> tuple[int, str]:
    if by == "kind":
        return next((n for n, kind in enumerate(KINDS) if kind == group), 99), group
    if by == "valence":
        return next((n for n, valence in enumerate(_VALENCES) if valence == group), 99), group
    return int(group == "nobody") * 2 + int(group.endswith("(no case)")), group


@dataclass(frozen=True, slots=True)
class Shared:
    """A stretch that carries both codes: how the two spans lie to each other."""

    first: Incident
    second: Incident
    how: str


@dataclass(frozen=True, slots=True)
class Nearer:
    """An incident that is more like another code than like the rest of its own."""

    incident: Incident
    own: float
    other: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two codes against each other.

    `first_shared` and `second_shared` count the segments of each that overlap with the other;
    `nearer_second` are incidents of the first code alone that are nearer to the second.
    """

    n_first: int
    n_second: int
    shared: tuple[Shared, ...]
    first_shared: int
    second_shared: int
    first_words: tuple[WordOdds, ...]
    second_words: tuple[WordOdds, ...]
    nearer_second: tuple[Nearer, ...]
    nearer_first: tuple[Nearer, ...]


def compare_codes(
    first: Sequence[Incident], second: Sequence[Incident], vectors: Vectors
) -> Comparison:
    """What both codes carry, which words set them apart, and which segments lean over.

    Words and leanings are told from the segments that carry one code alone.
    """
    shared = tuple(find_shared(first, second))
    both_first = {one.first.place for one in shared}
    both_second = {one.second.place for one in shared}
    only_first = [one for one in first if one.place not in both_first]
    only_second = [one for one in second if one.place not in both_second]
    counts = vectors.counts(only_first), vectors.counts(only_second)
    background: Counter[str] = Counter()
    for terms in vectors.terms.values():
        background.update(terms)
    words = telling_words(log_odds(*counts, background))
    return Comparison(
        n_first=len({one.place for one in first}),
        n_second=len({one.place for one in second}),
        shared=shared,
        first_shared=len(both_first),
        second_shared=len(both_second),
        first_words=words[0],
        second_words=words[1],
        nearer_second=tuple(find_nearer(only_first, only_second, vectors)),
        nearer_first=tuple(find_nearer(only_second, only_first, vectors)),
    )


def find_shared(first: Sequence[Incident], second: Sequence[Incident]) -> Iterator[Shared]:
    """Pairs of incidents whose spans overlap, by place; each pair of places once."""
    by_document: defaultdict[str, list[Incident]] = defaultdict(list)
    for two in sorted(second, key=lambda one: one.order):
        by_document[two.coded.doc_id].append(two)
    seen = set()
    for one in sorted(first, key=lambda incident: incident.order):
        for two in by_document[one.coded.doc_id]:
            if two.coded.span.start >= one.coded.span.end:
                break
            key = one.place, two.place
            if two.coded.span.end > one.coded.span.start and key not in seen:
                seen.add(key)
                yield Shared(one, two, _how(one, two))


def _how(one: Incident, two: Incident) -> str:
    a, b = one.coded.span, two.coded.span
    if a == b:
        return "same span"
    if (a.start <= b.start and b.end <= a.end) or (b.start <= a.start and a.end <= b.end):
        return "one inside the other"
    return "overlapping"


def find_nearer(
    own: Sequence[Incident], other: Sequence[Incident], vectors: Vectors
) -> Iterator[Nearer]:
    """Incidents of `own` that are more like `other` than like the rest of `own`, by distance."""
    if len(own) < 2 or not other:
        return
    distinct = {one.place: one for one in sorted(own, key=lambda one: one.order, reverse=True)}
    ordered = sorted(distinct.values(), key=lambda one: one.order)
    held = [vectors.vector(one) for one in ordered]
    theirs = {one.place: vectors.vector(one) for one in other}
    centre = total_of(theirs[place] for place in sorted(theirs))
    found = []
    for incident, vector, alike in zip(ordered, held, likeness_to_rest(held), strict=True):
        away = cosine(vector, centre)
        if away > (alike or 0.0):
            found.append(Nearer(incident, alike or 0.0, away))
    found.sort(key=lambda one: (round(one.own - one.other, 9), one.incident.order))
    yield from found
