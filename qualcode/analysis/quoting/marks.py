"""Quotation marks in prose: where quoted words begin and end, over one paragraph or several."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.core.model import Document, Form

_SPOKEN: frozenset[Form] = frozenset({"heading", "header", "turn", "answer"})
_LEADERS = re.compile(r"(?:\.{4,}|(?:\. ){3,}|…{2,}|\t)\s*\d{1,4}\s*$")


@dataclass(frozen=True, slots=True)
class Part:
    """One unit in which quotations are looked for; `at` is where its text begins.

    `follows` says that the part before it stands directly above it, without a heading.
    """

    text: str
    at: int
    ref: str
    form: Form
    follows: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """Quoted words: from `start` in part `first` up to `end` in part `last`.

    Offsets count inside the parts. `opening` and `closing` stand outside the marks; where
    there are none (`marked` is False) they are the same as `start` and `end`.
    """

    first: int
    last: int
    opening: int
    start: int
    end: int
    closing: int
    marked: bool = True
    labels: str = ""
    """Who speaks in an extract with several speakers, by their labels."""


def parts_of(document: Document) -> list[Part]:
    """The units that may hold quotations, in order: no headings, turns, or lists of contents."""
    parts: list[Part] = []
    headings = {
        " ".join(document.text[unit.span.start : unit.span.end].split()).casefold()
        for unit in document.units
        if unit.form == "heading"
    }
    follows = False
    for unit in document.units:
        text = document.text[unit.span.start : unit.span.end]
        if unit.form in _SPOKEN or _is_contents(text, headings):
            follows = False
            continue
        parts.append(Part(text, unit.span.start, unit.ref, unit.form, follows))
        follows = True
    return parts


def _is_contents(text: str, headings: set[str]) -> bool:
    if len(text) > 300:
        return False
    if _LEADERS.search(text):
        return True
    plain = " ".join(re.sub(r"\s*\d{1,4}\s*$", "", text).split()).casefold()
    return plain in headings


_MARK = re.compile("[\"“”'‘’]")
_DOUBLE, _SINGLE = '"“”', "'‘’"
# An apostrophe that begins a word: '98, 'em, 'cause.
_ELISION = re.compile(r"(?:\d\ds?\b|(?:em|til|till|cos|coz|tis|twas|bout|n)\b)", re.I)
_AFTER_OPENING = re.compile(r"[\w\[(…\"“‘'£$*>.-]")


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int
    single: bool
    opens: bool
    closes: bool
    doubtful: bool
    """May as well be an apostrophe: the parents' evenings, an' so."""


def _at(mark: _Mark) -> int:
    return mark.at


def _read_marks(text: str) -> list[_Mark]:
    return [_read(text, match.start()) for match in _MARK.finditer(text)]


def _read(text: str, at: int) -> _Mark:
    mark, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    single = mark in _SINGLE
    joined = before.isalnum() or before in ("_", "’", "'")
    opens = mark not in "”’" and not joined and bool(_AFTER_OPENING.match(after))
    if single and opens and _ELISION.match(text, at + 1):
        opens = False
    closes = mark not in "“‘" and bool(before.strip()) and not (after.isalnum() and mark != "”")
    doubtful = (
        single and before in "snohSN" and after == " " and text[at + 2 : at + 3].islower()
    ) or (single and before == "n" and after == " " and text[at - 2 : at - 1] == "a")
    return _Mark(at, single, opens, closes, doubtful and joined)


def _closings(marks: Sequence[_Mark], *, single: bool) -> list[int]:
    """For every position, the one of the mark that closes what opens there, or -1; linear."""
    found = [-1] * len(marks)
    sure, doubtful, surer, opener = -1, -1, -1, len(marks)
    for position in range(len(marks) - 1, -1, -1):
        mark = marks[position]
        if mark.single != single:
            continue
        if doubtful < 0 or 0 <= sure < doubtful:
            found[position] = sure
        else:
            # "the parents' evenings'" has an apostrophe first, "'silos' and 'trust'" has not.
            found[position] = surer if surer >= 0 else doubtful
        if mark.closes and mark.doubtful:
            doubtful = position
            surer = sure if 0 <= sure < opener else -1
        elif mark.closes:
            sure = position
        if mark.opens:
            opener = position
    return found


@dataclass(frozen=True, slots=True)
class _Marks:
    marks: list[_Mark]
    closings: tuple[list[int], list[int]]

    def closing(self, position: int) -> int:
        return self.closings[self.marks[position].single][position]


def find_stretches(parts: Sequence[Part]) -> list[Stretch]:
    """What stands between quotation marks, in order; the outermost marks count."""
    read = []
    for part in parts:
        marks = _read_marks(part.text)
        closings = (_closings(marks, single=False), _closings(marks, single=True))
        read.append(_Marks(marks, closings))
    ends = (_ends(parts, read, single=False), _ends(parts, read, single=True))
    found: list[Stretch] = []
    index, position = 0, 0
    while index < len(parts):
        stretch = _next(parts, read, ends, (index, position))
        if stretch is None:
            index, position = index + 1, 0
            continue
        found.append(stretch)
        index = stretch.last
        marks = read[index].marks
        position = bisect_left(marks, stretch.closing, key=_at)
        if not marks or position == len(marks):
            index, position = index + 1, 0
    return list(_joined(parts, found))


def _ends(
    parts: Sequence[Part], read: Sequence[_Marks], *, single: bool
) -> list[tuple[int, int] | None]:
    """For every part, where a quotation that is open when it begins is closed: part and mark."""
    found: list[tuple[int, int] | None] = [None] * (len(parts) + 1)
    for index in range(len(parts) - 1, -1, -1):
        if not parts[index].follows:
            continue
        held = [n for n, mark in enumerate(read[index].marks) if mark.single == single]
        if not held:
            continue
        first = read[index].marks[held[0]]
        if first.opens and first.at == 0:
            closing = read[index].closing(held[0])
            found[index] = (index, closing) if closing >= 0 else found[index + 1]
            continue
        # An apostrophe may come before the mark that closes, an opening mark may not.
        for n in held:
            mark = read[index].marks[n]
            if mark.opens:
                break
            if mark.closes and not mark.doubtful:
                found[index] = (index, n)
                break
    return found[: len(parts)]


def _next(
    parts: Sequence[Part],
    read: Sequence[_Marks],
    ends: tuple[list[tuple[int, int] | None], list[tuple[int, int] | None]],
    place: tuple[int, int],
) -> Stretch | None:
    index, position = place
    held = read[index]
    while position < len(held.marks):
        mark = held.marks[position]
        if mark.opens:
            closing = held.closing(position)
            if closing > position and held.marks[closing].at > mark.at + 1:
                at = held.marks[closing].at
                return Stretch(index, index, mark.at, mark.at + 1, at, at + 1)
            if closing < 0:
                stretch = _running_over(parts, read, ends[mark.single], (index, mark.at))
                if stretch is not None:
                    return stretch
        position += 1
    return None


def _running_over(
    parts: Sequence[Part],
    read: Sequence[_Marks],
    ends: list[tuple[int, int] | None],
    place: tuple[int, int],
) -> Stretch | None:
    """What opens here and is closed in a later part, or never where it opens the part."""
    index, at = place
    end = ends[index + 1] if index + 1 < len(parts) else None
    if end is not None:
        last, closing = end
        stop = read[last].marks[closing].at
        return Stretch(index, last, at, at + 1, stop, stop + 1)
    text = parts[index].text
    if at or len(text.split()) < 5:
        return None
    stop = len(text)
    if bracket := re.search(r"\s*[(\[][^()\[\]]{2,80}[)\]][.\s]*$", text[-90:]):
        stop -= len(text[-90:]) - bracket.start()
    return Stretch(index, index, 0, 1, stop, stop) if stop > 1 else None


_CUT = re.compile(r"\s*(?:\[\s*(?:\.{3}|…)\s*\]|\(\s*(?:\.{3}|…)\s*\)|…|\.{3})\s*")


def _joined(parts: Sequence[Part], stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches, with those joined that only a cut, [...], stands between."""
    held: Stretch | None = None
    for stretch in stretches:
        if held is None:
            held = stretch
            continue
        text = parts[stretch.first].text
        near = held.last == stretch.first and stretch.opening - held.closing < 20
        if near and _CUT.fullmatch(text, held.closing, stretch.opening):
            held = Stretch(
                held.first, stretch.last, held.opening, held.start, stretch.end, stretch.closing
            )
            continue
        yield held
        held = stretch
    if held is not None:
        yield held
