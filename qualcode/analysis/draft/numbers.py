"""Numbers in words and figures, and what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

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
_COUNT = re.compile(
    r"(?<!of )(?<!of the )(?<!row )(?<!rows )(?<!table )(?<!figure )(?<![\d.,-])"
    rf"\b(?P<n>{NUMBER})\s+(?:[a-z-]+\s+)??(?P<unit>[a-z]+)",
    re.IGNORECASE,
)


def find_shares(sentence: str) -> Iterator[tuple[str, int, int, str]]:
    """Every "n of N things": the words, n, N, and the thing in lower case.

    >>> list(find_shares("Eight of the 20 documents say so."))
    [('Eight of the 20 documents', 8, 20, 'documents')]
    """
    for found in _SHARE.finditer(sentence):
        n, total = number_of(found["n"]), number_of(found["total"])
        yield found.group(), n, total, found["unit"].lower()


def find_counts(sentence: str, units: Mapping[str, int]) -> Iterator[tuple[str, int, str]]:
    """Every number of things that is no part of a share: the words, the number, the thing.

    >>> list(find_counts("Table 1 shows ten pairs.", {"pairs": 11}))
    [('ten pairs', 10, 'pairs')]
    """
    shares = [found.span() for found in _SHARE.finditer(sentence)]
    for found in _COUNT.finditer(sentence):
        unit = found["unit"].lower()
        if unit in units and not any(a <= found.start() < b for a, b in shares):
            yield found.group(), number_of(found["n"]), unit
