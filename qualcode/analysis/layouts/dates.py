"""Full dates in running text and in file names, as ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from qualcode.core.model import Span

_DAY = r"(?P<{0}day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_MONTH = (
    r"(?P<{0}month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_YEAR = r"(?P<{0}year>(?:1[5-9]|20)\d\d)(?!\d)"
# A two-digit year stands only where nothing else can be meant: 14/3/08, 14-Mar-08, May '08.
_SHORT = r"(?P<{0}short>\d\d)(?!\d|[./-]\d)"

_DATE = re.compile(
    rf"""(?<![\d./])(?:
        (?P<iyear>(?:1[5-9]|20)\d\d)(?P<isep>[-./_])(?P<imonth>0?[1-9]|1[0-2])(?P=isep)
        (?P<iday>0?[1-9]|[12]\d|3[01])(?!\d)
      | (?P<cyear>(?:19|20)\d\d)(?P<cmonth>0[1-9]|1[0-2])(?P<cday>0[1-9]|[12]\d|3[01])(?!\d)
      | (?P<nfirst>\d\d?)(?P<nsep>[-./_])(?P<nsecond>\d\d?)(?P=nsep)(?:{_YEAR.format("n")})
      | (?P<sfirst>\d\d?)(?P<ssep>[-/])(?P<ssecond>\d\d?)(?P=ssep){_SHORT.format("s")}
      | (?P<dfirst>\d\d)[.](?P<dsecond>\d\d)[.]{_SHORT.format("d")}
      | {_DAY.format("w")}
        (?:\s?(?:-|–|to|and|&)\s?\d\d?(?:st|nd|rd|th)?(?![\d./]))?
        (?:\s+of)?[\s\-_.,]{{0,3}}{_MONTH.format("w")}[\s\-_,]{{0,3}}
        (?:{_YEAR.format("w")}|(?<=[-_])(?P<wshort>\d\d)(?![\d:.-])|['’](?P<wquoted>\d\d)(?!\d))
      | (?<![a-z]){_MONTH.format("m")}[\s\-_]{{0,3}}{_DAY.format("m")}
        (?:\s?(?:-|–|to|and|&)\s?\d\d?(?:st|nd|rd|th)?(?![\d./]))?
        [\s\-_,]{{1,3}}(?:{_YEAR.format("m")}|['’](?P<mquoted>\d\d)(?!\d))
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class DateFound:
    """A full date as ISO 8601, and where it stands in the text."""

    iso: str
    span: Span


def find_date(text: str) -> str:
    """The first full date in a text as ISO 8601, or "" where there is none.

    Day before month in numbers, unless that is impossible. A date without its day or its
    year is no date. Of a run of days ("8-10 April 2024") the first is taken.

    >>> find_date("held on Thursday 16th January 2025 at 2.00pm")
    '2025-01-16'
    >>> find_date("by 31 January")
    ''
    """
    return next((found.iso for found in find_dates(text)), "")


def find_dates(text: str) -> Iterator[DateFound]:
    """Every full date in a text, in order.

    >>> [found.iso for found in find_dates("14/3/08, then March 3, 2011")]
    ['2008-03-14', '2011-03-03']
    """
    for match in _DATE.finditer(text) if _DIGIT.search(text) else ():
        iso = _iso(match)
        if iso:
            yield DateFound(iso, Span(match.start(), match.end()))


def _iso(match: re.Match[str]) -> str:
    found = {key: value for key, value in match.groupdict().items() if value}
    kind = match.lastgroup[0] if match.lastgroup else ""
    year = found.get(f"{kind}year") or _century(
        found.get(f"{kind}short") or found.get(f"{kind}quoted") or "00"
    )
    try:
        if kind in ("i", "c"):
            month, day = int(found[f"{kind}month"]), int(found[f"{kind}day"])
        elif kind in ("w", "m"):
            month = _MONTHS.index(found[f"{kind}month"][:3].lower()) + 1
            day = int(found[f"{kind}day"])
        else:
            day, month = int(found[f"{kind}first"]), int(found[f"{kind}second"])
            if month > 12:
                day, month = month, day
        return date(int(year), month, day).isoformat()
    except ValueError:
        return ""


def _century(short: str) -> str:
    # Fixed, so that a date read today is the same in ten years.
    return f"{'19' if int(short) >= 70 else '20'}{short}"
