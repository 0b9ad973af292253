"""The fields at the head of a transcript ("Date: 3 May", "Interviewer: A. Smith")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.layouts.talk.openings import Opening
from qualcode.analysis.layouts.talk.roles import asks, is_field, key_of, shape_of
from qualcode.core.model import Line

_LONGEST_HEAD = 60
_BY = re.compile(
    r"(?:interview(?:ed)?|conducted|facilitated|moderated|led|interview\s+conducted)\s+by\b[\s:.–-]*(.+)",
    re.IGNORECASE,
)
_ROLE = r"\((?:the\s)?(?:interviewer|moderator|facilitator|researcher)\)"
_ANY_ROLE = re.compile(_ROLE, re.IGNORECASE)
_ROLE_BEHIND = re.compile(rf"([^\W\d_][\w.'’\- ]{{0,40}}?)\s*{_ROLE}", re.IGNORECASE)
_PEOPLE = re.compile(r"\s*(?:,|;|&|/|\band\b)\s*")
_BRACKETS = re.compile(r"[()\[\]]")


@dataclass(frozen=True, slots=True)
class Fields:
    """Lines of the head that only look like turns, and who it says asked the questions."""

    positions: frozenset[int]
    researchers: tuple[str, ...]


def find_fields(lines: Sequence[Line], openings: Mapping[int, Opening]) -> Fields:
    """The fields that stand before the first turn.

    "Interviewer: A. Smith" is a field where it stands beside a date or a place, or where
    nobody is called so again; "Interviewer: Shall we start?" is a turn.
    """
    counts = Counter(key_of(o.name) for o in openings.values() if o.name)
    positions: set[int] = set()
    researchers: list[str] = []
    for block in _head_blocks(lines):
        has_field = False
        entries: list[int] = []
        ended = False
        for at in block:
            opening = openings.get(at)
            researchers.extend(_told(lines[at].text.strip()))
            if opening is None or opening.style != "colon":
                continue
            if is_field(opening.name):
                has_field = True
            elif _is_value(opening):
                entries.append(at)
            elif shape_of(opening.name) != "never" and opening.rest:
                ended = True
                break
        own = _keys(entries, openings)
        recurring = bool(own) and any(n > 2 for key, n in counts.items() if key not in own)
        for at in entries:
            opening = openings[at]
            if has_field or (counts[key_of(opening.name)] == 1 and recurring):
                positions.add(at)
                if asks(opening.name):
                    researchers.extend(_people(opening.rest))
            else:
                ended = True
        if ended:
            break
    return Fields(frozenset(positions), tuple(researchers))


def _keys(entries: Sequence[int], openings: Mapping[int, Opening]) -> set[str]:
    return {key_of(openings[at].name) for at in entries}


def _head_blocks(lines: Sequence[Line]) -> list[list[int]]:
    blocks: list[list[int]] = [[]]
    for at, line in enumerate(lines[:_LONGEST_HEAD]):
        if line.text.strip():
            blocks[-1].append(at)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _is_value(opening: Opening) -> bool:
    rest = opening.rest.strip()
    if not rest or rest.endswith((".", "?", "!", "…")) or len(rest.split()) > 10:
        return False
    return shape_of(rest) in ("known", "name") or any(c.isdigit() for c in rest)


def _told(text: str) -> list[str]:
    """Who asked, where a line says it: "Interviewed by A. Smith", "Anna (moderator)"."""
    by = _BY.match(text)
    found = _people(by.group(1)) if by else []
    if "(" in text and _ANY_ROLE.search(text):
        found += (match.group(1).strip() for match in _ROLE_BEHIND.finditer(text[:300]))
    return found


def _people(text: str) -> list[str]:
    """The names in the value of a field, initials in brackets too."""
    return [
        name.strip(" .")
        for part in _PEOPLE.split(text)
        for name in _BRACKETS.split(part)
        if name.strip(" .")
    ]
