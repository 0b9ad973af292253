"""The layout of minutes: head, people, numbered items, decisions and actions."""

from __future__ import annotations

import re

from qualcode.analysis.freeze import Layout
from qualcode.analysis.layouts.dates import find_date
from qualcode.analysis.layouts.minutes.actions import (
    Action,
    Decision,
    find_actions,
    find_decisions,
)
from qualcode.analysis.layouts.minutes.attendance import merge
from qualcode.analysis.layouts.minutes.body import lay_out_body
from qualcode.analysis.layouts.minutes.header import (
    apologies_in,
    find_header,
    find_lists,
    header_pieces,
)
from qualcode.analysis.layouts.minutes.lines import read_lines, wrap_width
from qualcode.analysis.layouts.minutes.names import Listed
from qualcode.analysis.layouts.minutes.numbering import settle_numbers
from qualcode.analysis.layouts.minutes.turns import find_turns
from qualcode.analysis.layouts.minutes.voices import Voices
from qualcode.analysis.layouts.people import People, Person, speaker_ids
from qualcode.core.model import Extract, Line, Speaker, with_text
from qualcode.core.problems import P, Problem, problem

__all__ = ["Action", "Decision", "find_actions", "find_decisions", "lay_out_minutes"]

_OBSERVING = re.compile(r"\bobserv", re.IGNORECASE)
_RESEARCH = re.compile(r"\bresearch", re.IGNORECASE)


def lay_out_minutes(extract: Extract, *, name: str) -> Layout:
    """The layout of minutes of a meeting.

    Everyone listed as present, in attendance or with apologies is attendance and a speaker.
    An item is credited to a speaker only where it is attributed to that person alone. A
    researcher who is listed as observing is a researcher, never a participant.

    Args:
        extract: its lines; of a sheet, its rows as lines.
        name: of the source; its date is used where the minutes give none.
    """
    lines = extract.lines or _rows_as_lines(extract)
    lines_read, ruled = read_lines(tuple(map(_tight, lines)))
    readings = settle_numbers(lines_read)
    header = find_header(readings)
    body = readings[header.end :]
    people = header.people
    if not any(p.attendance.status == "present" for p in people):
        body, found = find_lists(body)
        people = merge((*people, *found))
    if not any(p.attendance.status == "apologies" for p in people):
        people = merge((*people, *apologies_in(readings[: header.end + 40])))
    speakers, voices = _voices(people)
    turns = find_turns((reading.words for reading in body), voices=voices)
    if turns.speakers:
        speakers += turns.speakers
    pieces = (
        *header_pieces(readings[: header.end]),
        *lay_out_body(body, width=wrap_width(readings), voices=voices, turns=turns),
    )
    facts = {key.casefold(): value for key, value in extract.facts}
    said = find_date(facts.get("date", "")) or header.date
    return Layout(
        pieces=pieces,
        title=facts.get("title") or header.title,
        date=said or find_date(name),
        speakers=speakers,
        attendance=tuple(p.attendance for p in people),
        problems=_doubts(said, name),
        dropped=(("ruled line", ruled),) if ruled else (),
    )


_LOOSE_SEMICOLON = re.compile(r"(?<=\S)[ \t]+;")


def _tight(line: Line) -> Line:
    """A line without gaps before its semicolons, which are no columns."""
    if ";" not in line.text:
        return line
    return with_text(line, _LOOSE_SEMICOLON.sub(";", line.text))


def _rows_as_lines(extract: Extract) -> tuple[Line, ...]:
    return tuple(Line("\t".join(row.cells), row.number, style="cell") for row in extract.rows)


def _voices(people: tuple[Listed, ...]) -> tuple[tuple[Speaker, ...], Voices]:
    names = [p.attendance.name for p in people]
    ids = speaker_ids(names, [p.initials for p in people])
    held = [Person(i, p.attendance.name, p.initials) for i, p in zip(ids, people, strict=True)]
    roles = [(i, p.attendance.role) for i, p in zip(ids, people, strict=True)]
    watches = {i: _OBSERVING.search(role) and _RESEARCH.search(role) for i, role in roles}
    speakers = tuple(Speaker(p.id, p.name, is_researcher=bool(watches[p.id])) for p in held)
    return speakers, Voices.of(People.of(held), roles=roles)


def _doubts(said: str, name: str) -> tuple[Problem, ...]:
    filed = find_date(name)
    if not said or not filed or said == filed:
        return ()
    return (problem(P.TWO_DATES, path=name, said=said, filed=filed),)
