"""Charts of reading and of people: saturation, attendance, agencies that met, talk time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from qualcode.analysis.attendance_table import Grid
from qualcode.analysis.charts.coded import MOST_COLUMNS, ring_order
from qualcode.analysis.charts.values import (
    Bars,
    Chart,
    Curve,
    MarkGrid,
    Network,
    Node,
    Side,
    Tie,
)
from qualcode.analysis.pair_tables import counted
from qualcode.analysis.sampling.saturation import Saturation
from qualcode.analysis.tables.compatibility import (
    Said,
    compatibility_tables,
    names_of,
    said_of,
)
from qualcode.analysis.tables.crossed import groups_of
from qualcode.analysis.tables.ledger import Ledger
from qualcode.analysis.tables.talk import Talker
from qualcode.core.table import Column, Table

_MOST_BARS = 25


def saturation_chart(found: Saturation, table: Table) -> Chart | None:
    """New codes per document and all so far; None before anything was read."""
    if not found.steps:
        return None
    figure = Curve(
        tuple(step.doc_id for step in found.steps),
        tuple(len(step.new) for step in found.steps),
        tuple(step.total for step in found.steps),
        found.reached,
    )
    reached = f"reached at document {found.reached}" if found.reached else "not reached"
    text = (
        f"Bars are new codes per document in the order read, the line all codes so far. "
        f"{counted(found.steps[-1].total, 'code')} after {counted(len(found.steps), 'document')}; "
        f"saturation {reached}."
    )
    return Chart("saturation", table.caption, text, figure, table)


def attendance_chart(grid: Grid) -> Chart | None:
    """Who was at which meeting, without names; None where no minutes list it."""
    if not grid.meetings or not grid.members:
        return None
    people = _without_names(grid)
    meetings = tuple(meeting.date or meeting.doc_id for meeting in grid.meetings)
    columns = (
        Column("person", "Person"),
        *(Column(m.doc_id, m.date or m.doc_id) for m in grid.meetings),
        Column("attended", "Attended", "meetings"),
    )
    rows = tuple(
        ((person,), *((status or "-",) for status in member.statuses), (str(member.attended),))
        for person, member in zip(people, grid.members, strict=True)
    )
    caption = "Attendance at meetings"
    notes = (
        f"{counted(len(meetings), 'meeting')} with a list of those present. Persons who are no "
        "case are told by their organisation and a number.",
    )
    always = sum(member.attended == len(meetings) for member in grid.members)
    once = sum(member.attended == 1 for member in grid.members)
    text = (
        f"Rows are people, columns meetings: a disc for present, a square for in attendance, a "
        f"cross for apologies. Of {counted(len(people), 'person', 'people')}, {always} came to "
        f"every one of {counted(len(meetings), 'meeting')} and {once} to one only."
    )
    marks = tuple(member.statuses[:MOST_COLUMNS] for member in grid.members)
    figure = MarkGrid(people, meetings[:MOST_COLUMNS], marks)
    return Chart(
        "attendance", caption, text, figure, Table("attendance", caption, columns, rows, notes)
    )


def _without_names(grid: Grid) -> tuple[str, ...]:
    """The case of each person, else the organisation and a number within it."""
    seen: Counter[str] = Counter()
    found = []
    for member in grid.members:
        organisation = member.organisation or "no organisation"
        seen[organisation] += 1
        own = member.case_id or str(seen[organisation])
        found.append(f"{organisation}, {own}")
    return tuple(found)


def agencies_chart(grid: Grid) -> Chart | None:
    """Organisations tied by the meetings at which both were; None where fewer than two met."""
    came: dict[str, set[int]] = {}
    for member in grid.members:
        for meeting, status in enumerate(member.statuses):
            if member.organisation and status in ("present", "in attendance"):
                came.setdefault(member.organisation, set()).add(meeting)
    names = sorted(came)
    ties = [
        (a, b, n)
        for a, b in combinations(range(len(names)), 2)
        if (n := len(came[names[a]] & came[names[b]]))
    ]
    if not ties:
        return None
    order = ring_order(range(len(names)), ties)
    at = {one: place for place, one in enumerate(order)}
    nodes = tuple(Node(names[one], len(came[names[one]])) for one in order)
    drawn = tuple(Tie(at[a], at[b], n) for a, b, n in ties)
    ranked = sorted(ties, key=lambda tie: (-tie[2], names[tie[0]], names[tie[1]]))
    columns = (
        Column("organisation", "Organisation"),
        Column("other", "Other organisation"),
        Column("meetings", "Meetings with both", "meetings"),
    )
    rows = tuple(((names[a],), (names[b],), (str(n),)) for a, b, n in ranked)
    caption = "Organisations that met"
    note = "Counted from the lists of those present; a tie says that both were in the room."
    rare = [names[one] for one in range(len(names)) if len(came[names[one]]) == 1]
    text = (
        f"Organisations on a ring, each with its meetings; lines between those that were at the "
        f"same ones. "
        f"{counted(len(names), 'organisation')}, {counted(len(ties), 'tie')}. At one meeting "
        f"only: {', '.join(rare) or 'none'}."
    )
    table = Table("agencies", caption, columns, rows, (note,))
    return Chart("agencies", caption, text, Network(nodes, drawn, "meetings with both"), table)


AGENCIES = ("organisation", "organization", "agency", "profession")
"""Attributes that tell to what a person belongs, the first that is known."""


def belonging(ledger: Ledger) -> str:
    """The attribute that tells to what people belong, or "" where none does."""
    known = {key for told in ledger.traits.values() for key in told}
    return next((key for key in AGENCIES if key in known), "")


def spoken_chart(ledger: Ledger) -> Chart | None:
    """Agencies tied by segments in which people of one speak of the other; None without any.

    The shape of a point tells how the others speak of it: mostly of obstacles or of catalysts.
    """
    key = belonging(ledger)
    values = groups_of(ledger, key) if key else ()
    said = said_of(ledger, key, names_of(values, {}))
    weights: Counter[tuple[str, str]] = Counter()
    for (one, other), told in said.items():
        if one != other:
            weights[min(one, other), max(one, other)] += told.well + told.badly
    if not weights:
        return None
    names = sorted({name for pair in weights for name in pair})
    ties = [(names.index(a), names.index(b), n) for (a, b), n in sorted(weights.items())]
    order = ring_order(range(len(names)), ties)
    at = {one: place for place, one in enumerate(order)}
    nodes = tuple(_spoken_node(names[one], said) for one in order)
    drawn = tuple(Tie(at[a], at[b], n) for a, b, n in ties)
    first = max(ties, key=lambda tie: (tie[2], -tie[0]))
    table, _ = compatibility_tables(ledger, key, {})
    text = (
        f"A line between two where people of one speak of the other in a segment coded as an "
        f"obstacle or a catalyst. The number behind a name counts segments in which the others "
        f"speak of it: a square mostly with obstacles, a disc mostly with catalysts. "
        f"{counted(len(ties), 'tie')} between {counted(len(names), 'point')}; the strongest "
        f"is {names[first[0]]} with {names[first[1]]} ({counted(first[2], 'segment')})."
    )
    title = f"Who speaks of whom, by {key}"
    return Chart("spoken_of", title, text, Network(nodes, drawn, "segments, both ways"), table)


def _spoken_node(name: str, said: Mapping[tuple[str, str], Said]) -> Node:
    """A point with the segments in which others speak of it, and which way they mostly do."""
    told = [one for (who, whom), one in said.items() if whom == name != who]
    well, badly = sum(one.well for one in told), sum(one.badly for one in told)
    if not told:
        return Node(name, 0)
    side: Side = "both" if well == badly else "catalyst" if well > badly else "obstacle"
    return Node(name, well + badly, side)


def talk_chart(talkers: Sequence[Talker], table: Table) -> Chart | None:
    """Words by speaker, most first; None where nobody's words stand as they were said."""
    if not talkers:
        return None
    words, shown = sum(one.words for one in talkers), talkers[:_MOST_BARS]
    labels = tuple(row[0][0] for row in table.rows[: len(shown)])
    text = (
        f"Bars are words spoken. {counted(len(talkers), 'speaker')}, {counted(words, 'word')}; "
        f"most are {labels[0]}'s ({shown[0].words:,} words in {counted(shown[0].turns, 'turn')})."
    )
    figure = Bars(
        labels,
        tuple(one.words for one in shown),
        tuple(f"{one.words:,} words, {counted(one.turns, 'turn')}" for one in shown),
        "words",
    )
    return Chart("talk_time", table.caption, text, figure, table)


def all_of(charts: Iterable[Chart | None]) -> tuple[Chart, ...]:
    """The charts for which there was something to show."""
    return tuple(chart for chart in charts if chart is not None)
