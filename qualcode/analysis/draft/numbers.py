"""Numbers in words and figures, and what they count."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS: Mapping[str, int] = {
    **{word: n for n, word in enumerate(_ONES)},
    **{word: 10 * n for n, word in enumerate(_TENS, start=2)},
    **{
        f"{ten}-{one}": 10 * n + m
        for n, ten in enumerate(_TENS, start=2)
        for m, one in enumerate(_ONES[1:10], start=1)
    },
    "no": 0,
    "both": 2,
}
"""Numbers up to 99 as English writes them."""

NUMBER = rf"(?:\d[\d,]*|{'|'.join(sorted(map(re.escape, WORDS), key=len, reverse=True))})"
"""A number in figures or words, for a pattern without regard to case."""


def number_of(words: str) -> int:
    """The value of a number in figures or words.

    >>> number_of("Twenty-one"), number_of("1,204")
    (21, 1204)
    """
    return WORDS[words.lower()] if words.lower() in WORDS else int(words.replace(",", ""))


_SHARE = re.compile(
    rf"\b(?P<n>{NUMBER})\s+(?:out\s+)?of\s+(?:the\s+|all\s+)?(?P<total>{NUMBER})\s+(?P<unit>[a-z]+)",
    re.IGNORECASE,
)
_NOT_AFTER = (
    r"(?<!of )(?<!of the )(?<!row )(?<!rows )(?<!table )(?<!figure )(?<!at least )(?<![\d.,-])"
)
_SOME_BEFORE = re.compile(
    r"\b(?:about|around|nearly|almost|over|under|some|these|those|another|other|further)\s+$", re.I
)
_SOME_WITHIN = re.compile(r"\b(?:more|other|further|different|new|similar)\b", re.IGNORECASE)
_SOME_AFTER = re.compile(
    r"\s+(?:of|from|with|without|who|whose|that|which|where|in\s+which|by|about|on|at)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things as a draft has it; `is_some` where its words narrow down which."""

    words: str
    n: int
    unit: str
    is_some: bool = False


def find_shares(sentence: str) -> Iterator[tuple[str, int, int, str]]:
    """Every "n of N things": the words, n, N, and the thing in lower case.

    >>> list(find_shares("Eight of the 20 documents say so."))
    [('Eight of the 20 documents', 8, 20, 'documents')]
    """
    for found in _SHARE.finditer(sentence):
        n, total = number_of(found["n"]), number_of(found["total"])
        yield found.group(), n, total, found["unit"].lower()


def find_counts(sentence: str, units: Collection[str]) -> Iterator[Count]:
    """Every number of things that is no part of a share, in order.

    >>> [(one.words, one.n) for one in find_counts("Table 1 shows ten pairs.", ["pairs"])]
    [('ten pairs', 10)]
    """
    shares = [found.span() for found in _SHARE.finditer(sentence)]
    for found in _counting(tuple(sorted(units))).finditer(sentence):
        if any(a <= found.start() < b for a, b in shares):
            continue
        is_some = (
            _SOME_BEFORE.search(sentence[: found.start()])
            or _SOME_WITHIN.search(found.group())
            or _SOME_AFTER.match(sentence[found.end() :])
        )
        unit = " ".join(found["unit"].lower().split())
        yield Count(found.group(), number_of(found["n"]), unit, is_some is not None)


@lru_cache(maxsize=4)
def _counting(units: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(units, key=lambda one: (-len(one), one))
    said = "|".join(re.escape(unit).replace(r"\ ", r"\s+") for unit in longest)
    return re.compile(
        rf"{_NOT_AFTER}\b(?P<n>{NUMBER})\s+(?:[a-z-]+\s+)??(?P<unit>{said})\b", re.IGNORECASE
    )


def amount(n: int, unit: str) -> str:
    """A number with its unit, which is given for many of them.

    >>> amount(1, "sets of minutes"), amount(2, "policies"), amount(1, "policies")
    ('1 set of minutes', '2 policies', '1 policy')
    """
    if n != 1:
        return f"{n:,} {unit}"
    head, *rest = unit.split(" ")
    if unit == "people":
        return "1 person"
    if not rest or head == "sets":
        head = f"{head[:-3]}y" if head.endswith("ies") else head.removesuffix("s")
        return " ".join(("1", head, *rest))
    *first, last = unit.split(" ")
    return " ".join(("1", *first, last.removesuffix("s")))
