"""Whether a number that has no sign behind it numbers an item, or only counts something."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from operator import itemgetter

from qualcode.analysis.layouts.minutes.lines import Reading

_MOST_WORDS = 10
_TITLES = 2
_SENTENCES = 3
"""So many in a row number the items; sentences may begin with a count now and then."""
_MEASURED = re.compile(
    r"(?:(?:million|billion|thousand|per\s?cent|times|hours?|days?|years?|fte|[ap]\.?m)\b|%)", re.I
)
_MONTH = re.compile(
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)


def settle_numbers(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """The lines, with numbers that only count something put back into the words.

    "14 posts are vacant" counts. A number without a sign behind it ("4 Budget") is one of an
    item where a wide gap parts it from words with a capital letter, where such numbers run on
    1, 2, 3, or where it is the one that is missing between its neighbours. It never is in the
    entry of a list.
    """
    loose = [at for at, reading in enumerate(readings) if _is_loose(reading)]
    if not loose:
        return tuple(readings)
    settled = list(readings)
    for at in set(loose).difference(_items(readings, loose)):
        settled[at] = _as_words(readings[at])
    return tuple(settled)


def _is_loose(reading: Reading) -> bool:
    return reading.number[:1].isdigit() and "/" not in reading.number and not reading.is_counted


def _as_words(reading: Reading) -> Reading:
    in_part = reading.rank == 7 and not reading.line.text.rstrip(" .:").endswith(("**", "__"))
    rank = 9 if in_part else reading.rank
    return reading._replace(words=reading.whole, number="", rank=rank)


def _items(readings: Sequence[Reading], loose: Sequence[int]) -> Iterator[int]:
    """The positions of the numbers that may be those of items."""
    candidates: list[int] = []
    for at in loose:
        reading = readings[at]
        if "." in reading.number:
            if not (reading.words[:1].islower() and _only_measures(reading)):
                yield at
        elif reading.bullet or not _begins_item(reading.words):
            continue
        elif not reading.words or _is_parted(reading):
            yield at
        else:
            candidates.append(at)
    titles = [at for at in candidates if _is_short(readings[at].words)]
    for chosen, least in ((titles, _TITLES), (candidates, _SENTENCES)):
        run = _run(readings, chosen)
        if len(run) >= least:
            yield from run
            return
    yield from _missing(readings, titles)


def _only_measures(reading: Reading) -> bool:
    return reading.bullet or bool(_MEASURED.match(reading.words))


def _begins_item(words: str) -> bool:
    return not words or (words.lstrip("\"'“‘(")[:1].isupper() and not _MONTH.match(words))


def _is_parted(reading: Reading) -> bool:
    """Whether a wide gap stands behind the number, or "item" before it."""
    behind = reading.whole.removeprefix(reading.number)
    return behind == reading.whole or behind.startswith("  ")


def _is_short(words: str) -> bool:
    return len(words.split(None, _MOST_WORDS)) <= _MOST_WORDS and words[-1:] not in ".,;!?"


def _run(readings: Sequence[Reading], chosen: Sequence[int]) -> list[int]:
    """The lines whose numbers run on from 1, or in headings from any number."""
    run: list[int] = []
    for at in chosen:
        number = int(readings[at].number)
        if run:
            is_next = number == int(readings[run[-1]].number) + 1
        else:
            is_next = number == 1 or readings[at].rank < 9
        if is_next:
            run.append(at)
    return run


def _missing(readings: Sequence[Reading], titles: Sequence[int]) -> Iterator[int]:
    """The titles that stand between the items before and after them: 1., 2, 3. or 2, 2.1."""
    if not titles:
        return
    sure = [
        (at, reading.number)
        for at, reading in enumerate(readings)
        if reading.number[:1].isdigit() and "/" not in reading.number
        if "." in reading.number or reading.is_counted
    ]
    for at in titles:
        own = int(readings[at].number)
        place = bisect(sure, at, key=itemgetter(0))
        before = sure[place - 1][1] if place else "0"
        after = sure[place][1] if place < len(sure) else ""
        if int(before.split(".")[0]) == own - 1 and after in (str(own + 1), f"{own}.1"):
            yield at
