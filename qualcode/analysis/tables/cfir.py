"""Ratings from -2 to +2 for each code and group, proposed by a rule; a person sets them.

The scale is that of the Consolidated Framework for Implementation Research (Damschroder and
Lowery, "Evaluation of a large-scale weight management program using the CFIR",
Implementation Science 8 (2013), 51): sign for the influence, 2 for explicit examples by two
people or more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.pair_tables import counted
from qualcode.analysis.tables.columns import NOBODY
from qualcode.analysis.tables.crossed import CODE, groups_of, wholes_of
from qualcode.analysis.tables.ledger import Ledger, count_segments
from qualcode.analysis.tables.words import table_of
from qualcode.core.table import Cell, Column, Table

MISSING = "Missing"
STRONG = 2
RULE = (
    "Rule. Each participant counts once, on the side of most of their segments; one whose "
    "segments are even is torn. Missing: nobody speaks of it. -2 or +2: all who take a side take "
    "this one, nobody is torn, and two or more give an explicit example (strength 2 given by a "
    "coder; where no strength is given, their own words). -1 or +1: the same without two "
    "examples, or at least twice as many on this side as on the other or torn. 0 (mixed): people "
    "on both sides or torn, otherwise. 0: nobody takes a side.",
    "A proposal after the CFIR scale (Damschroder and Lowery 2013); the rating is yours to set.",
)


@dataclass(frozen=True, slots=True)
class Person:
    """What one participant says of one code: a side (-1, 0, +1), whether both, an example."""

    side: int
    is_both: bool
    has_example: bool


@dataclass(frozen=True, slots=True)
class Rating:
    """A proposed rating and the people behind it, by side."""

    value: int | None
    is_mixed: bool = False
    against: int = 0
    undecided: int = 0
    favour: int = 0

    def __str__(self) -> str:
        if self.value is None:
            return MISSING
        return "0 (mixed)" if self.is_mixed else f"{self.value:+d}" if self.value else "0"


def rate(people: Iterable[Person]) -> Rating:
    """The rating that the rule proposes for one code and one group of participants.

    >>> str(rate([Person(-1, False, True), Person(-1, False, True)]))
    '-2'
    >>> str(rate([Person(-1, False, False), Person(1, False, True)]))
    '0 (mixed)'
    """
    held = list(people)
    if not held:
        return Rating(None)
    against = [one for one in held if one.side < 0]
    favour = [one for one in held if one.side > 0]
    both = [one for one in held if one.side == 0 and one.is_both]
    told = (len(against), len(held) - len(against) - len(favour), len(favour))
    if not against and not favour:
        return Rating(0, bool(both), *told)
    more, fewer, sign = (
        (against, favour, -1) if len(against) > len(favour) else (favour, against, 1)
    )
    if not fewer and not both:
        examples = sum(one.has_example for one in more)
        return Rating(sign * (STRONG if examples >= 2 else 1), False, *told)
    if len(more) >= 2 * (len(fewer) + len(both)):
        return Rating(sign, False, *told)
    return Rating(0, True, *told)


def person_of(incidents: Sequence[Incident]) -> Person:
    """What one participant says, from all incidents of one code."""
    against = _sided(incidents, "obstacle")
    favour = _sided(incidents, "catalyst")
    lead = count_segments(favour) - count_segments(against)
    side = (lead > 0) - (lead < 0)
    spoken = favour if side > 0 else against
    is_both = bool(against) and bool(favour)
    return Person(side, is_both, bool(side) and any(_is_example(one) for one in spoken))


def _sided(incidents: Sequence[Incident], side: str) -> list[Incident]:
    return [one for one in incidents if one.coded.valence in (side, "mixed")]


def _is_example(one: Incident) -> bool:
    if one.strength is not None:
        return abs(one.strength) >= STRONG
    return one.coded.voice == "verbatim"


def ratings_of(ledger: Ledger, groups: Sequence[str], key: str) -> list[list[Rating]]:
    """For each code its rating in every group; what nobody in particular says is left out."""
    held: defaultdict[tuple[str, str], defaultdict[str, list[Incident]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in ledger.incidents:
        if one.coded.participant is not None:
            held[one.coded.code_id, ledger.trait(one, key)][one.coded.participant].append(one)
    return [
        [
            rate(person_of(said) for said in held[code.id, group].values())
            if (code.id, group) in held
            else Rating(None)
            for group in groups
        ]
        for code in ledger.codes
    ]


def cfir_table(ledger: Ledger, key: str) -> Table:
    """Codes by site, sector or another attribute, each cell a proposed rating with its people."""
    groups = groups_of(ledger, key)
    wholes = wholes_of(ledger, key, groups, "participant")
    columns = (
        CODE,
        *(
            Column(group, f"{group} (N = {whole})")
            for group, whole in zip(groups, wholes, strict=True)
        ),
        Column("distinguishing", "Distinguishing"),
    )
    rows = tuple(
        ((code.name,), *map(_rating_cell, line), (distinguishing(line),))
        for code, line in zip(ledger.codes, ratings_of(ledger, groups, key), strict=True)
    )
    nobody = sum(int((part.participant == NOBODY).sum()) for part in ledger.given)
    notes = [
        *RULE,
        "Below a rating: participants against / torn or without a side / in favour. "
        "Distinguishing: strongly where signs differ, weakly where only sizes do, not where all "
        "are alike.",
    ]
    if nobody:
        notes.append(
            f"Left out: {counted(nobody, 'coded passage')} where nobody in particular is heard."
        )
    caption = f"Proposed ratings by {key}"
    return table_of(ledger, "cfir", caption, (columns, rows), notes=notes)


def _rating_cell(rating: Rating) -> Cell:
    if rating.value is None:
        return (MISSING,)
    return (str(rating), f"{rating.against} / {rating.undecided} / {rating.favour}")


def distinguishing(ratings: Sequence[Rating]) -> str:
    """Whether a code sets the groups apart: strongly, weakly or not; "-" with fewer than two."""
    values = [one.value for one in ratings if one.value is not None]
    if len(values) < 2:
        return "-"
    if min(values) < 0 < max(values):
        return "strongly"
    return "weakly" if min(values) != max(values) else "not"
