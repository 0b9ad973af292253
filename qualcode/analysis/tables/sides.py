"""Cases side by side: each code in every group, how many people, which way, what differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.analysis.pair_tables import counted
from qualcode.analysis.tables.columns import NOBODY, WAYS, Columns
from qualcode.analysis.tables.crossed import CODE, groups_of, wholes_of
from qualcode.analysis.tables.ledger import Grouping, Ledger
from qualcode.analysis.tables.words import of, table_of
from qualcode.core.model import Valence
from qualcode.core.table import Cell, Column, Table

if TYPE_CHECKING:
    from qualcode.analysis.tables.columns import Ints


@dataclass(frozen=True, slots=True)
class Side:
    """One code in one group: participants, segments, and segments each way."""

    participants: int
    segments: int
    obstacle: int
    catalyst: int

    @property
    def way(self) -> str:
        """What most of its segments say: "obstacle", "catalyst", "both" or ""."""
        if not self.obstacle and not self.catalyst:
            return ""
        if self.obstacle == self.catalyst:
            return "both"
        return "obstacle" if self.obstacle > self.catalyst else "catalyst"


def sides_of(ledger: Ledger, groups: Sequence[str], key: str) -> list[list[Side]]:
    """For each code its side in every group of an attribute."""
    group_of = ledger.group_of(groups, key)

    def going(way: Valence) -> Grouping:
        """The groups of what points this way, or both ways."""
        ways = [WAYS.index(way), WAYS.index("mixed")]

        def of(part: Columns) -> Ints:
            import numpy as np

            return np.where(np.isin(part.valence, ways), group_of(part), NOBODY)

        return of

    people = ledger.by_group(len(groups), group_of, "participant")
    segments = ledger.by_group(len(groups), group_of, "segment")
    obstacle = ledger.by_group(len(groups), going("obstacle"), "segment")
    catalyst = ledger.by_group(len(groups), going("catalyst"), "segment")
    return [
        [Side(*numbers) for numbers in zip(*lines, strict=True)]
        for lines in zip(people, segments, obstacle, catalyst, strict=True)
    ]


def cases_table(ledger: Ledger, key: str) -> Table:
    """Each code in every group of an attribute side by side, with what differs."""
    groups = groups_of(ledger, key)
    wholes = [n or 0 for n in wholes_of(ledger, key, groups, "participant")]
    lines = sides_of(ledger, groups, key)
    columns = (
        CODE,
        *(
            Column(group, f"{group} (N = {whole})", "participants")
            for group, whole in zip(groups, wholes, strict=True)
        ),
        Column("differs", "What differs"),
    )
    rows = tuple(
        (
            (code.name,),
            *(_side_cell(side, whole) for side, whole in zip(line, wholes, strict=True)),
            (what_differs(groups, line),),
        )
        for code, line in zip(ledger.codes, lines, strict=True)
    )
    notes = (
        "A cell: participants with the code out of those heard, then segments, then segments that "
        "speak of an obstacle : of a catalyst (one that is mixed counts on both sides).",
        'What differs, by rule: "only A" and "not B" where a code is in one group alone or lacks '
        'in one alone; "contrary" where most segments of one group speak of an obstacle and most '
        "of another of a catalyst. Read the segments before you say so.",
    )
    return table_of(ledger, "cases", f"Codes side by side, by {key}", (columns, rows), notes=notes)


def _side_cell(side: Side, whole: int) -> Cell:
    if not side.segments:
        return ("-",)
    return (
        of(side.participants, whole),
        counted(side.segments, "segment"),
        f"{side.obstacle} : {side.catalyst}",
    )


def what_differs(groups: Sequence[str], sides: Sequence[Side]) -> str:
    """What sets the groups apart on one code, in a few words; "-" where nothing does.

    >>> what_differs(("A", "B"), (Side(1, 1, 1, 0), Side(0, 0, 0, 0)))
    'only A'
    """
    having = [group for group, side in zip(groups, sides, strict=True) if side.segments]
    lacking = [group for group in groups if group not in having]
    said = []
    if len(having) == 1 and lacking:
        said.append(f"only {having[0]}")
    elif len(lacking) == 1 and having:
        said.append(f"not {lacking[0]}")
    ways = {
        way: [group for group, side in zip(groups, sides, strict=True) if side.way == way]
        for way in ("obstacle", "catalyst")
    }
    if all(ways.values()):
        told = "; ".join(f"{way} {', '.join(held)}" for way, held in ways.items())
        said.append(f"contrary: {told}")
    return "; ".join(said) or "-"
