"""Lists of people below a line that says what stands in them: "Name, location"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualcode.analysis.layouts.minutes.attendance import Block, from_cells, head_key
from qualcode.analysis.layouts.minutes.lines import Reading
from qualcode.analysis.layouts.minutes.names import Listed, is_person

_PLACE = re.compile(
    r"(?:(?:physical|current|home)\s+)?(?:locations?|place|city|country|region|time\s?zone)"
    r"|pronouns?|e-?mail(?:\s+address)?|github(?:\s+(?:handle|id|name))?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,|;|/|\||\s[-–—]\s)\s*")
FEWEST = 2
"""People below which such a line heads no list of them."""


def headed_list(readings: Sequence[Reading], at: int) -> Block | None:
    """The people in the lines below a line such as "Name, organisation, role"; or None.

    Each line begins with a person; what stands in the columns of places is no attendance data.
    """
    heads = _heads(readings[at].words)
    if not heads:
        return None
    people: list[Listed] = []
    end = at + 1
    while end < len(readings) and readings[end].rank == readings[at + 1].rank == 9:
        parts = _BETWEEN.split(readings[end].words, maxsplit=len(heads) - 1)
        if len(parts) < len(heads) or not is_person(parts[0]):
            break
        people.extend(from_cells(dict(zip(heads, parts, strict=False)), "present"))
        end += 1
    return Block(at, end, tuple(people)) if len(people) >= FEWEST else None


def _heads(words: str) -> tuple[str, ...]:
    """What stands in the entries of a list, in its order, names first; none for other lines."""
    first, *others = _BETWEEN.split(words.strip(" :()"))
    if not others or head_key(first) != "name":
        return ()
    keys = [head_key(part) or ("place" if _PLACE.fullmatch(part) else "") for part in others]
    return ("name", *keys) if all(keys) else ()
