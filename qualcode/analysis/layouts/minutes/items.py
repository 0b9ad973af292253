"""The body of minutes as blocks: headings, items, paragraphs, rows, each with its number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from qualcode.analysis.layouts.minutes.lines import Reading, goes_on
from qualcode.analysis.layouts.minutes.marks import mode_of, starts_marked
from qualcode.analysis.layouts.minutes.voices import SAID

Number = tuple[int, ...]
Numbered = Sequence[tuple[int, Reading]]
"""The lines that have a number, with their positions."""
STANDING = re.compile(
    r"(?:welcome|introductions?|apolog|minutes of|matters arising|any other|a\.?o\.?b|next meeting"
    r"|date|close|closing|adjourn|opening|call to order|declarations?)\b",
    re.IGNORECASE,
)
_INLINE = re.compile(r"(?P<title>[^:.;]{3,60}?)(?:\s{3,}|:\s+|\s[-–—]\s+)(?P<rest>\S.*)")
_SPEAKS = re.compile(rf"\b{SAID}$")
_NEXT = re.compile(r"\bnext\b.*\bmeeting", re.IGNORECASE)
_ROMANS = (
    *("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"),
    *("XV", "XVI", "XVII", "XVIII", "XIX", "XX"),
)
_LABELLED = re.compile(r"[A-Z]{2,4}:\s")


# A named tuple: one is made of every paragraph, and a frozen dataclass takes four times as long.
class Block(NamedTuple):
    """Lines that belong together. `number` is set for items only, not for counts in a list.

    `rank` is below 9 for headings; `texts` are the words line by line.
    """

    readings: tuple[Reading, ...]
    texts: tuple[str, ...]
    words: str
    number: str = ""
    rank: int = 9

    @classmethod
    def of(cls, readings: Sequence[Reading], *, is_item: bool) -> Block:
        """These lines; a number that is no item's stays where it was."""
        first = readings[0]
        number = first.number if is_item else ""
        own = first.words if number or first.is_listed or not first.number else first.whole
        texts = (own, *(reading.whole for reading in readings[1:]))
        return cls(tuple(readings), texts, " ".join(filter(None, texts)), number, first.rank)

    @property
    def first(self) -> Reading:
        return self.readings[0]

    def with_rank(self, rank: int) -> Block:
        return Block(self.readings, self.texts, self.words, self.number, rank)


def find_items(readings: Sequence[Reading]) -> frozenset[int]:
    """The positions of the lines whose number is that of an item of the meeting.

    Numbers with a slash ("017/18") are items where there are two of them, and so are Roman
    numbers from I on. Else numbers in headings are, or, without headings, numbers that follow
    each other; below them "4.1" goes with "4". A number that does not follow, or is indented
    below the items, counts a list.
    """
    numbered = [(at, reading) for at, reading in enumerate(readings) if reading.number]
    slashed = _slashed_items(numbered)
    if len(slashed) > 1 or any(readings[at].rank < 9 for at in slashed):
        return frozenset(slashed)
    roman = _roman_items(numbered)
    if len(roman) > 1:
        return frozenset(roman)
    titled = sum(reading.rank < 9 for _, reading in numbered)
    plain = [r for r in readings if r.rank <= 6 and not r.number and not mode_of(r.words)]
    numbers = {at: number for at, reading in numbered if (number := _number(reading))}
    deep = any(len(number) > 1 for number in numbers.values())
    only_headings = titled > 1 or (len(plain) > 1 and not deep)
    return frozenset(_in_sequence(readings, numbers, only_headings=only_headings))


def _slashed_items(numbered: Numbered) -> list[int]:
    """The lines with numbers such as "017/18" that share the part which stays the same.

    Headings count in any case, "24/7 cover" in a paragraph does not.
    """
    sides = {
        at: frozenset(enumerate(reading.number.split("/")))
        for at, reading in numbered
        if "/" in reading.number
    }
    said = Counter(side for held in sides.values() for side in held)
    usual = max(said, key=lambda side: (said[side], side), default=(0, ""))
    headings = {at for at, reading in numbered if reading.rank < 9}
    return [at for at, held in sides.items() if at in headings or usual in held]


def _roman_items(numbered: Numbered) -> list[int]:
    """The lines with I, II, III and so on in order; "I. Smith" alone is a person."""
    found: list[int] = []
    for at, reading in numbered:
        if len(found) < len(_ROMANS) and reading.number == _ROMANS[len(found)]:
            found.append(at)
    return found


def _number(reading: Reading) -> Number:
    if not reading.number[:1].isdigit() or "/" in reading.number:
        return ()
    return tuple(map(int, reading.number.split(".")))


def _in_sequence(
    readings: Sequence[Reading], numbers: Mapping[int, Number], *, only_headings: bool
) -> Iterator[int]:
    known = set(numbers.values())
    current: Number = ()
    column = 0
    for at, number in numbers.items():
        reading = readings[at]
        heading = reading.rank < 9
        if not heading:
            if only_headings and len(number) == 1:
                continue
            if not current and number[0] > 1 and not known & set(_next(number)):
                continue
            if current and not (
                follows(current, number) and _stands_out(readings, at, column, len(number))
            ):
                continue
        current = number
        column = reading.column if len(number) == 1 else max(column, reading.column)
        yield at


def _next(number: Number) -> tuple[Number, ...]:
    return ((*number[:-1], number[-1] + 1), (number[0] + 1,), (*number, 1))


def follows(before: Number, number: Number) -> bool:
    """Whether one item number can come after another; up to two may be left out.

    >>> follows((4, 2), (5,)), follows((4, 2), (4, 2, 1)), follows((4, 2), (12,))
    (True, True, False)
    """
    for depth, (old, new) in enumerate(zip(before, number, strict=False)):
        if old != new:
            return 0 < new - old <= 3 and all(part <= 1 for part in number[depth + 1 :])
    return len(number) > len(before) and all(part <= 2 for part in number[len(before) :])


def _stands_out(readings: Sequence[Reading], at: int, column: int, depth: int) -> bool:
    """Whether a number begins a line of its own right, and does not end up there by wrapping."""
    reading, before = readings[at], readings[at - 1]
    if depth > 1 or reading.blank_before:
        return depth > 1 or reading.column <= column + 2
    return reading.column <= column + 2 and (
        reading.column < before.column
        or bool(before.number)
        or before.words[-1:] in ".!?:;"
        or reading.words[:1].isupper()
    )


def divide(readings: Sequence[Reading], *, width: int) -> tuple[Block, ...]:
    """The lines as blocks, in order; hard-wrapped lines are together."""
    items = find_items(readings)
    groups: list[list[Reading]] = []
    firsts: list[int] = []
    for at, reading in enumerate(readings):
        # A number that stands alone in its line belongs to the line below.
        alone = at - 1 in items and not readings[at - 1].words
        may_join = bool(groups) and at not in items and reading.rank == 9
        joins = may_join and (alone or _joins(readings[at - 1], reading, width))
        if joins and not _stands_apart(reading):
            groups[-1].append(reading)
        else:
            groups.append([reading])
            firsts.append(at)
    blocks = [
        Block.of(group, is_item=at in items) for at, group in zip(firsts, groups, strict=True)
    ]
    return tuple(_rank(blocks, has_items=bool(items)))


def _stands_apart(reading: Reading) -> bool:
    """Whether a line that is no heading begins something new by what it is itself."""
    return (
        reading.bullet
        or reading.is_row
        or reading.is_head
        or bool(reading.letter)
        or starts_marked(reading.words)
        or (reading.words[:1].isupper() and bool(_LABELLED.match(reading.words)))
    )


def _joins(before: Reading, reading: Reading, width: int) -> bool:
    if reading.number and before.words[-1:] in ".!?:;" and len(reading.words) > 3:
        return False
    if before.rank < 9:
        return before.number != "" and not reading.blank_before and reading.words[:1].islower()
    if before.number and "." not in before.number and reading.words[:1].isupper():
        # The text of an item may begin right below a heading that is not in the way of it.
        return len(before.line.text.rstrip()) >= 60 and goes_on(before, reading, width=width)
    return goes_on(before, reading, width=width)


def _rank(blocks: Sequence[Block], *, has_items: bool) -> Iterator[Block]:
    """The blocks, with those made headings that have neither markup nor a verdict yet."""
    titled = has_items or any(block.rank < 9 for block in blocks)
    for block, after in pairwise([*blocks, None]):
        if block is None:
            continue
        if block.rank == 9 and _is_heading(block, after, titled=titled):
            yield block.with_rank(8)
        elif 7 <= block.rank < 9 and (
            not is_title(block.words, most=30) or _is_bold_bullet(block, has_items=has_items)
        ):
            yield block.with_rank(9)
        else:
            yield block


def _is_bold_bullet(block: Block, *, has_items: bool) -> bool:
    """Whether a bullet in bold stands below the items, and is none itself."""
    unnumbered = block.first.bullet and not block.number
    return unnumbered and (has_items or block.first.column > 1 or bool(mode_of(block.words)))


def _is_heading(block: Block, after: Block | None, *, titled: bool) -> bool:
    words = block.words
    if (
        block.first.is_row
        or block.first.is_head
        or block.first.bullet
        or block.first.letter
        or starts_marked(words)
    ):
        return False
    if block.number:
        return _is_numbered_heading(block, after)
    if mode_of(words):
        return True
    if not is_title(words, most=8) or len(block.readings) > 1 or after is None:
        return False
    if words.isupper() and sum(letter.isupper() for letter in words) > 4:
        return not _LABELLED.match(words)
    lone = block.first.blank_before and words[:1].isupper() and not block.first.number
    prose = not after.first.blank_before or len(after.words.split()) > 8
    return not titled and lone and prose and not after.first.is_row


def _is_numbered_heading(block: Block, after: Block | None) -> bool:
    depth = block.number.count(".") + 1
    if depth == 1 and split_inline(block.words)[1]:
        return True
    if after is None or (after.number and after.number.count(".") < depth):
        # Nothing stands below it: a heading only where its words say so, else it would be lost.
        short = depth == 1 and len(block.words.split(None, 4)) <= 4
        return short or (depth == 1 and bool(STANDING.match(block.words)))
    if depth > 1:
        return bool(after.number) and is_title(block.words, most=10)
    return is_title(block.words, most=14)


def is_title(words: str, *, most: int) -> bool:
    """Whether words can be a heading: few, and no sentence."""
    ends = words.rstrip()[-1:]
    count = len(words.split(None, most))  # one more than `most` stands for any longer text
    if count > most or ends in ",;":
        return False
    return ends not in ".!" or count <= 3


def split_inline(words: str) -> tuple[str, str]:
    """A numbered line as heading and the text that follows in the same line, or "".

    >>> split_inline("Budget: AK reported that the money had not arrived")
    ('Budget', 'AK reported that the money had not arrived')
    >>> split_inline("Date of next meeting: 13 January 2008")
    ('Date of next meeting: 13 January 2008', '')
    """
    match = _INLINE.fullmatch(words)
    if (
        match is None
        or _NEXT.search(match["title"])
        or len(match["rest"].split()) <= 3
        or len(match["title"].split()) > 5
        or _SPEAKS.search(match["title"])
    ):
        return words, ""
    return match["title"].strip(), match["rest"]
