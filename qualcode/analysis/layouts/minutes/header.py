"""The head of minutes: title, date of the meeting, who was there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from qualcode.analysis.freeze import Piece
from qualcode.analysis.layouts.dates import find_date
from qualcode.analysis.layouts.minutes.attendance import Block, find_block, find_label, merge
from qualcode.analysis.layouts.minutes.headed import headed_list
from qualcode.analysis.layouts.minutes.items import STANDING, find_items
from qualcode.analysis.layouts.minutes.lines import Reading, cells, is_separator
from qualcode.analysis.layouts.minutes.names import Listed, listed_in_line
from qualcode.core.model import with_text

_MEETING = re.compile(r"\b(?:minutes|meeting|agenda|notes|record)\b", re.IGNORECASE)
_SECTION = re.compile(
    r"(?:(?:meeting|detailed|full)\s+)?(?:minutes|notes|agenda(?:\s+items?)?|items?|discussion"
    r"|business|proceedings)|table\s+of\s+contents|contents",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(?:date|day|time|start|end|duration|venue|location|place|where|when|held|meeting(?:\s+\w+)?"
    r"|room|link|dial[- ]?in|zoom|teams|ref(?:erence)?|version|status|distribution|circulation"
    r"|purpose|subject|organi[sz]ation|quorum|agenda|draft|classification)\b[^:]{0,20}:",
    re.IGNORECASE,
)
_OTHER_DATE = re.compile(
    r"\b(?:next|last|previous|earlier|prior|approved|draft|printed|issued|circulated|updated|due"
    r"|published|version)\b",
    re.IGNORECASE,
)
_OWN_DATE = re.compile(r"\b(?:held|meeting|minutes|date)\b", re.IGNORECASE)
_APOLOGIES = re.compile(
    r"\bapologies(?:\s+for\s+absence)?\s+(?:were|was|had\s+been|have\s+been)?\s*"
    r"(?:also\s+)?(?:received|noted|given|sent|tendered|accepted)?\s*(?:from|by|on\s+behalf\s+of)\s+"
    r"(?P<names>(?-i:(?=[A-Z]))(?:(?:Mr|Mrs|Ms|Dr|Cllr|Prof|Rev|Capt|Sgt|Insp|Supt|\b[A-Z])\.|[^.;])*)",
    re.IGNORECASE,
)
_FAR = 60


@dataclass(frozen=True, slots=True)
class Header:
    """The head of minutes, up to the line `end` (not included)."""

    end: int
    title: str
    date: str
    people: tuple[Listed, ...]


def find_header(readings: Sequence[Reading]) -> Header:
    """The head of these minutes: everything above the first item or paragraph."""
    blocks: list[Block] = []
    at, end = 0, 0
    title_at = _title_at(readings)
    items = find_items(readings)
    spoken = 0
    while at < len(readings):
        block = _list_at(readings, at) if at < _FAR or readings[at].rank < 9 else None
        if block is not None:
            blocks.append(block)
            at = end = block.end
            continue
        if not _is_head(readings, at, title_at, items):
            if at in items or readings[at].rank < 9 or readings[at].bullet or blocks:
                break
            # Words of welcome may stand above the list of those present.
            spoken += 1
            if spoken > 5:
                break
        elif not spoken or (blocks and at == end):
            end = at + 1
        at += 1
    head = readings[:end]
    inside = {n for block in blocks for n in range(block.start, block.end)}
    own = [r for n, r in enumerate(head) if n not in inside]
    title = readings[title_at].words if title_at < end else (own[0].words if own else "")
    people = merge(person for block in blocks for person in block.people)
    return Header(end, " ".join(title.split()), _date([r.line.text for r in own]), people)


def _list_at(readings: Sequence[Reading], at: int) -> Block | None:
    return find_block(readings, at) or headed_list(readings, at)


def _title_at(readings: Sequence[Reading]) -> int:
    """Where the heading stands that names the meeting, or the number of lines where none does."""
    for at, reading in enumerate(readings[:_FAR]):
        if reading.rank == 9 or find_label(reading):
            continue
        if reading.number and not find_date(reading.words):
            break
        if _SECTION.fullmatch(reading.words.strip(" :")):
            continue
        first = at == 0 and not STANDING.match(reading.words)
        if first or reading.rank == 1 or _names_meeting(reading, early=at < 5):
            return at
        break
    return len(readings)


def _names_meeting(reading: Reading, *, early: bool = False) -> bool:
    """Whether a heading says what meeting this was, and not that another comes next."""
    words = reading.words
    if not _MEETING.search(words) or _OTHER_DATE.search(words):
        return False
    begins = re.match(r"(?:minutes|notes)\b", words, re.IGNORECASE) is not None
    return begins or bool(find_date(words)) or (early and len(words.split()) <= 8)


def _is_head(readings: Sequence[Reading], at: int, title_at: int, items: frozenset[int]) -> bool:
    """Whether a line outside the lists belongs to the head of the minutes."""
    reading = readings[at]
    words = reading.words
    if at == title_at or is_separator(words) or _SECTION.fullmatch(words.strip(" :")):
        return True
    if _FIELD.match(words):
        return True
    if reading.rank < 9:
        return (_names_meeting(reading) and title_at >= at) or (
            not reading.number and bool(find_date(words)) and bool(_MEETING.search(words))
        )
    if at in items or reading.bullet or reading.letter or reading.is_row:
        return False
    if _opens_item(readings, at):
        return False
    return not _is_prose(words) or (at < 6 and bool(find_date(words)))


def _opens_item(readings: Sequence[Reading], at: int) -> bool:
    """Whether a short line is the heading of the paragraph right below it."""
    reading = readings[at]
    if at == 0 or at + 1 == len(readings) or not reading.blank_before:
        return False
    below = readings[at + 1]
    plain = len(reading.words.split()) <= 8 and reading.words[-1:] not in ".,;:"
    own = not _MEETING.search(reading.words) and not find_date(reading.words)
    return plain and own and not below.blank_before and _is_prose(below.words)


def _is_prose(words: str) -> bool:
    count = len(words.split())
    return count > 14 or (count >= 5 and words[-1:] in ".!?")


def _date(lines: Sequence[str]) -> str:
    """The date of this meeting: best from a line that speaks of it, never of the next one."""
    ours = [line for line in lines if not _OTHER_DATE.search(line)]
    dates = [find_date(line) for line in ours if _OWN_DATE.search(line)]
    dates += [find_date(line) for line in ours]
    dates += [find_date(" ".join(ours))]
    return next(filter(None, dates), "")


def header_pieces(readings: Iterable[Reading]) -> tuple[Piece, ...]:
    """The lines of the head as pieces that are never coded."""
    return tuple(header_piece(reading) for reading in readings if not is_separator(reading.words))


def header_piece(reading: Reading) -> Piece:
    """One line that is never coded; the cells of a row stand between bars."""
    words = reading.words if reading.is_listed else reading.whole
    if reading.is_row:
        words = " | ".join(cells(words)) if "|" in words else words
    return Piece(
        lines=(with_text(reading.line, words),),
        form="header",
        ref="header",
        label=f"{reading.number}. " if reading.is_listed else "- " if reading.bullet else "",
        voice="heading",
        gap=reading.blank_before,
    )


def find_lists(readings: Sequence[Reading]) -> tuple[tuple[Reading, ...], tuple[Listed, ...]]:
    """Lists of those present below the head, where the head has none.

    A list counts where it names two people at least.

    Returns:
        The lines, with those of the lists marked as `is_head`, and the people.
    """
    marked = list(readings)
    people: list[Listed] = []
    at = 0
    while at < len(readings):
        labelled = find_label(readings[at]) or readings[at].is_row
        block = find_block(readings, at) if labelled else headed_list(readings, at)
        if block is None or len(block.people) < (1 if people else 2):
            at += 1
            continue
        people.extend(block.people)
        for inside in range(block.start, block.end):
            marked[inside] = marked[inside]._replace(is_head=True)
        at = block.end
    return tuple(marked), tuple(people)


def apologies_in(readings: Sequence[Reading]) -> tuple[Listed, ...]:
    """Those from whom a sentence of the minutes says that apologies were received."""
    text = " ".join(reading.words for reading in readings)
    return tuple(
        person
        for match in _APOLOGIES.finditer(text)
        for person in listed_in_line(match["names"], status="apologies")
    )
