"""Extremes of a code: strongest each way, least typical, against the code, one per group."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qualcode.analysis.comparing.compare import Compared
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.valence import passage_valence
from qualcode.core.model import KINDS, CodeValence, Valence

MOST_EACH = 3
_CONFIDENCE = {"sure": 3, "likely": 2, "unsure": 1, "": 0}
_CLAUSE = re.compile(r"[.;:,!?\n]+")


@dataclass(frozen=True, slots=True)
class Extreme:
    """One incident that marks an edge of the code; `by` says how that was told."""

    edge: str
    compared: Compared
    by: str


GroupOf = Callable[[Incident], str]
"""The group of an incident, in words; "" where it is in none."""


def kind_of(incident: Incident) -> str:
    """The kind of document in which it stands."""
    return incident.coded.kind


def find_extremes(
    compared: Sequence[Compared], valence: CodeValence = "either", *, group_of: GroupOf = kind_of
) -> tuple[Extreme, ...]:
    """The edges of one code: strongest obstacle and catalyst, most and least typical,
    disconfirming, and the most typical of each group, by default of each kind of document.

    Strength is the coder's own where given, else the coder's confidence, else the number of
    clauses whose words speak that way; of equals the more typical comes first.
    """
    return (
        *_strongest(compared, "obstacle"),
        *_strongest(compared, "catalyst"),
        *_typical(compared),
        *_disconfirming(compared, valence),
        *_one_per_group(compared, group_of),
    )


def _strongest(compared: Sequence[Compared], side: Valence) -> Iterator[Extreme]:
    sign = -1 if side == "obstacle" else 1
    held = [one for one in compared if one.incident.coded.valence == side]
    held.sort(key=lambda one: (-round(_figure(one), 9), one.incident.order))
    ranked = [
        (abs(one.incident.strength or 0), f"strength {one.incident.strength:+d}", one)
        for one in held
        if (one.incident.strength or 0) * sign > 0
    ]
    ranked = ranked or [
        (_CONFIDENCE[one.incident.confidence], f"coder is {one.incident.confidence}", one)
        for one in held
        if one.incident.confidence
    ]
    if not ranked:
        spoken = [(_speaking(one.incident.coded.quote, side), one) for one in held]
        ranked = [(n, f"clauses that say so: {n}", one) for n, one in spoken if n]
    if not ranked:
        ranked = [(0, "no word tells its strength; most typical", one) for one in held[:1]]
    for _, by, one in sorted(ranked, key=lambda found: -found[0])[:MOST_EACH]:
        yield Extreme(f"strongest {side}", one, by)


def _speaking(quote: str, side: Valence) -> int:
    """Number of clauses whose words speak for that side."""
    return sum(passage_valence(clause) == side for clause in _CLAUSE.split(quote))


def _figure(one: Compared) -> float:
    return one.likeness or 0.0


def _typical(compared: Sequence[Compared]) -> Iterator[Extreme]:
    if len(compared) < 2:
        return
    ordered = sorted(compared, key=lambda one: (round(_figure(one), 9), one.incident.order))
    yield Extreme("most typical", ordered[-1], f"likeness {_figure(ordered[-1]):.2f}")
    for one in ordered[: min(MOST_EACH, len(ordered) - 1)]:
        yield Extreme("least typical", one, f"likeness {_figure(one):.2f}")


def _disconfirming(compared: Sequence[Compared], valence: CodeValence) -> Iterator[Extreme]:
    """Incidents against the valence of the code, or, where it has none, against the majority."""
    ways = [one.incident.coded.valence for one in compared]
    n_obstacle, n_catalyst = ways.count("obstacle"), ways.count("catalyst")
    usual: str = valence
    if valence == "either":
        if n_obstacle == n_catalyst:
            return
        usual = "obstacle" if n_obstacle > n_catalyst else "catalyst"
    against = "catalyst" if usual == "obstacle" else "obstacle"
    rank = {against: 0, "mixed": 1, "neutral": 2}
    if valence == "either":
        rank = {against: 0}
    found = [one for one in compared if one.incident.coded.valence in rank]
    found.sort(key=lambda one: (rank[one.incident.coded.valence], one.incident.order))
    whose = "the code is" if valence != "either" else "most are"
    for one in found[:MOST_EACH]:
        yield Extreme("disconfirming", one, f"{one.incident.coded.valence}; {whose} {usual}")


def _one_per_group(compared: Sequence[Compared], group_of: GroupOf) -> Iterator[Extreme]:
    """The most typical incident of each group; kinds in their usual order, others by name."""
    held: defaultdict[str, list[Compared]] = defaultdict(list)
    for one in compared:
        held[group_of(one.incident)].append(one)
    usual: dict[str, int] = {kind: n for n, kind in enumerate(KINDS)}
    for group in sorted(held.keys() - {""}, key=lambda name: (usual.get(name, -1), name)):
        best = min(held[group], key=lambda one: (-round(_figure(one), 9), one.incident.order))
        yield Extreme(f"from {group}", best, f"most typical of {len(held[group])}")
