"""Attendance across the meetings of one body: who came, and whom each organisation sent.

Attendance is data: delegates who keep changing, or stop coming, are direct evidence on
membership, besides what anybody says about it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from qualcode.analysis.layouts.people import name_words, plain_name, same_person
from qualcode.core.model import Attendance, Document
from qualcode.core.table import Cell, Column, Table
from qualcode.core.text import spoken_date

Status = Literal["present", "in attendance", "apologies", ""]

_MARKS: Mapping[Status, str] = {
    "present": "present",
    "in attendance": "in attendance",
    "apologies": "apologies",
    "": "-",
}

_SIGNS: Mapping[Status, str] = {"present": "X", "in attendance": "i", "apologies": "a", "": "."}
MOST_STINTS = 12
"""Meetings up to which it is told who followed whom, each time."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of the body; `date` is ISO 8601 or ""."""

    doc_id: str
    date: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One person over all meetings: `statuses` has one entry per meeting, in their order.

    `name` is the fullest form that the minutes use, `organisation` likewise.
    """

    name: str
    organisation: str
    statuses: tuple[Status, ...]
    case_id: str | None = None

    @property
    def attended(self) -> int:
        """Number of meetings with this person, as a member or in attendance."""
        return sum(status in ("present", "in attendance") for status in self.statuses)


@dataclass(frozen=True, slots=True)
class Grid:
    """Persons by meetings; meetings by date, persons in the order in which they appear."""

    meetings: tuple[Meeting, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Stint:
    """The same people of an organisation at one meeting after another."""

    names: tuple[str, ...]
    first: Meeting
    last: Meeting
    n_meetings: int


@dataclass(frozen=True, slots=True)
class Delegation:
    """Whom one organisation sent, in order.

    `n_changes` counts the meetings at which none of those came who had come the last time;
    `n_missed` the meetings without anybody from the organisation.
    """

    organisation: str
    stints: tuple[Stint, ...]
    n_people: int
    n_changes: int
    n_missed: int


def attendance_grid(documents: Iterable[Document]) -> Grid:
    """Who was at which meeting, from minutes that list it; other documents are passed over.

    Two entries are one person with the same case, or with the same name but for titles and
    an initial in place of the first name. An initial that fits several people stays a person
    of its own.
    """
    held = sorted(
        (document for document in documents if document.attendance),
        key=lambda document: (document.date == "", document.date, document.id),
    )
    meetings = tuple(Meeting(d.id, d.date, d.title) for d in held)
    keys = _keys([entry for document in held for entry in document.attendance])
    entries: dict[str, dict[int, Attendance]] = {}
    for at, document in enumerate(held):
        for entry in document.attendance:
            entries.setdefault(keys[_own(entry)], {}).setdefault(at, entry)
    whole = _whole_names(
        e.organisation for by_meeting in entries.values() for e in by_meeting.values()
    )
    members = tuple(_member(by_meeting, len(meetings), whole) for by_meeting in entries.values())
    return Grid(meetings, members)


def _own(entry: Attendance) -> str:
    return entry.case_id or plain_name(entry.name).casefold()


def _keys(entries: Sequence[Attendance]) -> dict[str, str]:
    """Whose entry each is: by the case, or by the full name that an initial stands for."""
    names = {_own(entry): entry.name for entry in entries}
    by_surname: dict[str, list[str]] = defaultdict(list)
    for own, name in names.items():
        words = name_words(name)
        by_surname[words[-1].casefold() if words else ""].append(own)
    keys: dict[str, str] = {}
    cases = {entry.case_id for entry in entries if entry.case_id}
    for owns in by_surname.values():
        for own in owns:
            fuller = [
                other
                for other in owns
                if other != own
                and own not in cases
                and len(names[other]) > len(names[own])
                and same_person(names[own], names[other])
                and _is_short(names[own])
            ]
            keys[own] = fuller[0] if len(fuller) == 1 else own
    return keys


def _is_short(name: str) -> bool:
    words = name_words(name)
    return len(words) > 1 and len(words[0]) == 1


def _member(by_meeting: Mapping[int, Attendance], n: int, whole: Mapping[str, str]) -> Member:
    entries = [by_meeting[at] for at in sorted(by_meeting)]
    said = Counter(whole[e.organisation] for e in entries if e.organisation)
    organisation = max(said, key=lambda name: (said[name], len(name), name)) if said else ""
    return Member(
        name=max((e.name for e in entries), key=lambda name: (len(name_words(name)), len(name))),
        organisation=organisation,
        statuses=tuple(by_meeting[at].status if at in by_meeting else "" for at in range(n)),
        case_id=next((e.case_id for e in entries if e.case_id), None),
    )


def _whole_names(organisations: Iterable[str]) -> dict[str, str]:
    """The fullest form of each organisation: "Fire and Rescue" is "Northmere Fire and Rescue".

    Only where one longer form alone ends or begins with the shorter one.
    """
    said = sorted({name for name in organisations if name})
    whole: dict[str, str] = {}
    for name in said:
        short = name.casefold()
        longer = [
            other
            for other in said
            if other.casefold().startswith(f"{short} ") or other.casefold().endswith(f" {short}")
        ]
        whole[name] = longer[0] if len(longer) == 1 else name
    return {name: whole.get(full, full) for name, full in whole.items()}


def delegations(grid: Grid) -> tuple[Delegation, ...]:
    """Whom each organisation sent to the meetings, by the name of the organisation.

    People without an organisation are left out.
    """
    by_organisation: dict[str, list[Member]] = defaultdict(list)
    for member in grid.members:
        if member.organisation:
            by_organisation[member.organisation].append(member)
    return tuple(
        _delegation(name, by_organisation[name], grid.meetings) for name in sorted(by_organisation)
    )


def _delegation(
    organisation: str, members: Sequence[Member], meetings: Sequence[Meeting]
) -> Delegation:
    came: list[tuple[Meeting, tuple[str, ...]]] = []
    for at, meeting in enumerate(meetings):
        names = tuple(m.name for m in members if m.statuses[at] in ("present", "in attendance"))
        if names:
            came.append((meeting, names))
    stints: list[Stint] = []
    for meeting, names in came:
        last = stints[-1] if stints else None
        if last is not None and last.names == names:
            stints[-1] = Stint(names, last.first, meeting, last.n_meetings + 1)
        else:
            stints.append(Stint(names, meeting, meeting, 1))
    changes = sum(not set(before) & set(after) for (_, before), (_, after) in pairwise(came))
    people = {name for _, names in came for name in names}
    return Delegation(organisation, tuple(stints), len(people), changes, len(meetings) - len(came))


def attendance_tables(
    documents: Iterable[Document], *, most_columns: int | None = None
) -> tuple[Table, Table]:
    """The grid of persons by meetings, and the delegates of each organisation, as tables.

    Where there are more meetings than `most_columns`, those of a year stand in one column, a
    sign each; and from twelve meetings on delegates have one line each, however often they
    came and stayed away.
    """
    grid = attendance_grid(documents)
    n, most = len(grid.meetings), most_columns
    make = _grid_table if most is None or n <= most else _folded_table
    return make(grid), _delegation_table(grid, is_folded=most is not None and n > MOST_STINTS)


def _folded_table(grid: Grid) -> Table:
    """Persons by years, with a sign for each meeting."""
    years: dict[str, list[int]] = {}
    for at, meeting in enumerate(grid.meetings):
        years.setdefault(meeting.date[:4] or "no date", []).append(at)
    columns = [Column(f"in_{year}", year) for year in years]

    def cells(member: Member) -> Iterator[Cell]:
        for held in years.values():
            yield ("".join(_SIGNS[member.statuses[at]] for at in held),)

    signs = ", ".join(f"{sign} {what or 'not there'}" for what, sign in _SIGNS.items())
    notes = (
        f"{len(grid.meetings)} meetings with a list of those present; a sign for each, in the "
        f"order of their dates: {signs}.",
        *(_held_on(grid, year, held) for year, held in years.items()),
    )
    return _attendance(grid, columns, cells, notes)


def _held_on(grid: Grid, year: str, held: Sequence[int]) -> str:
    named = (
        spoken_date(grid.meetings[at].date).removesuffix(f" {year}") or grid.meetings[at].doc_id
        for at in held
    )
    return f"{year}: {', '.join(named)}."


def _grid_table(grid: Grid) -> Table:
    columns = [Column(m.doc_id, m.date or m.doc_id) for m in grid.meetings]

    def cells(member: Member) -> Iterator[Cell]:
        return ((_MARKS[status],) for status in member.statuses)

    n = len(grid.meetings)
    note = f"{n} {'meeting' if n == 1 else 'meetings'} with a list of those present."
    return _attendance(grid, columns, cells, (note,))


def _attendance(
    grid: Grid,
    columns: Iterable[Column],
    cells: Callable[[Member], Iterable[Cell]],
    notes: tuple[str, ...],
) -> Table:
    """A row for each person, with what `cells` tells of the meetings below `columns`."""
    titled = (
        Column("name", "Name"),
        Column("organisation", "Organisation"),
        *columns,
        Column("attended", "Attended", "meetings"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        ((one.name,), (one.organisation or "-",), *cells(one), (str(one.attended),))
        for one in grid.members
    )
    return Table("attendance", "Attendance at meetings", titled, rows, notes)


def _delegation_table(grid: Grid, *, is_folded: bool) -> Table:
    columns = (
        Column("organisation", "Organisation"),
        Column("delegates", "Delegates, in order"),
        Column("people", "People", "people"),
        Column("changes", "Complete changes", "meetings"),
        Column("missed", "Meetings without anybody", "meetings"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            (delegation.organisation,),
            tuple((_by_person if is_folded else _by_stint)(delegation)) or ("-",),
            (str(delegation.n_people),),
            (str(delegation.n_changes),),
            (str(delegation.n_missed),),
        )
        for delegation in delegations(grid)
    )
    note = "A complete change: nobody came who had come the last time that somebody did."
    return Table("delegates", "Delegates of each organisation", columns, rows, (note,))


def _by_stint(delegation: Delegation) -> Iterator[str]:
    for stint in delegation.stints:
        yield f"{', '.join(stint.names)} ({_when(stint.first, stint.last)})"


def _by_person(delegation: Delegation) -> Iterator[str]:
    """Each person with the number of meetings, in the order in which they first came."""
    came: dict[str, list[Stint]] = {}
    for stint in delegation.stints:
        for name in stint.names:
            came.setdefault(name, []).append(stint)
    for name, stints in came.items():
        n = sum(stint.n_meetings for stint in stints)
        meetings = "1 meeting" if n == 1 else f"{n} meetings"
        yield f"{name} ({meetings}, {_when(stints[0].first, stints[-1].last)})"


def _when(first: Meeting, last: Meeting) -> str:
    begun, ended = (meeting.date or meeting.doc_id for meeting in (first, last))
    return begun if begun == ended else f"{begun} to {ended}"
