"""Clock times at the beginning of an entry of field notes: 14.05, 2.15pm, 1420 hrs."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HALF = r"[ap]\.?m\.?(?![a-z])"
_ONE = (
    r"(?P<h{0}>[01]?\d|2[0-3])(?:[.:h](?P<m{0}>[0-5]\d))(?:[.:][0-5]\d)?"
    rf"\s?(?P<p{{0}}>{_HALF})?"
)
_HOUR = rf"(?P<h{{0}}>1[0-2]|[1-9])\s?(?P<p{{0}}>{_HALF})"
_MILITARY = r"(?P<h{0}>[01]\d|2[0-3])(?P<m{0}>[0-5]\d)\s?(?:hrs?|hours|h)\b"
_CLOCK = re.compile(
    r"(?:c\.|ca\.?|approx\.?|about|around|at|~)?\s*[\[(]?(?:"
    + "|".join(form.format(name) for form, name in ((_ONE, "a"), (_HOUR, "b"), (_MILITARY, "c")))
    + r")(?:\s*(?:-|–|—|to|until)\s*"
    r"(?:[01]?\d|2[0-3])(?:[.:h]?[0-5]\d)?(?:\s?[ap]\.?m\.?(?![a-z]))?)?"
    r"(?:\s?(?:hrs?|h|uhr)\b\.?)?[\])]?\s*(?:[:–—-](?=\s|$))?(?=\s|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A clock time as written, its short name ("14.05"), minutes of the day, and its end."""

    written: str
    name: str
    minutes: int
    end: int


def read_clock(text: str) -> ClockTime | None:
    """The clock time that the text begins with, or None.

    >>> read_clock("14:20-14:35 Item 4").name
    '14.20'
    >>> read_clock("22 yrs service") is None
    True
    """
    if not text[:1] or not (text[0].isdigit() or text[0] in "[(~cCaA"):
        return None
    match = _CLOCK.match(text[:60])
    if match is None:
        return None
    found = match.groupdict()
    hour = int(found["ha"] or found["hb"] or found["hc"])
    minute = int(found["ma"] or found["mc"] or 0)
    half = (found["pa"] or found["pb"] or "").lower()
    if half.startswith("p") and hour < 12:
        hour += 12
    written = match.group().strip()
    return ClockTime(
        written,
        f"{hour:02d}.{minute:02d}" if half else _named(found, hour, minute),
        hour * 60 + minute,
        match.end(),
    )


def _named(found: dict[str, str | None], hour: int, minute: int) -> str:
    hours = found["ha"] or found["hc"] or str(hour)
    return f"{hours}.{minute:02d}"
