"""The body of minutes as pieces: every paragraph with its reference, topic and speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import starmap
from typing import NamedTuple

from qualcode.analysis.freeze import Piece, with_words
from qualcode.analysis.layouts.dates import find_date
from qualcode.analysis.layouts.minutes.actions import action_columns
from qualcode.analysis.layouts.minutes.header import header_piece
from qualcode.analysis.layouts.minutes.items import Block, divide, split_inline
from qualcode.analysis.layouts.minutes.lines import Reading, cells, is_separator
from qualcode.analysis.layouts.minutes.marks import (
    Mode,
    may_be_marked_inside,
    mode_of,
    split_inside,
    split_mark,
)
from qualcode.analysis.layouts.minutes.turns import Turns
from qualcode.analysis.layouts.minutes.voices import Voices, find_speaker
from qualcode.core.model import Line, with_text

_SIGNATURE = re.compile(
    r"(?:signed|signature|(?:minutes\s+)?approved(?:\s+by)?|chair(?:man|person|woman)?['’]?s?"
    r"\s+signature)\s*(?:(?:by|chair\w*|date\w*|signed)\s*|[:._…\s-]{3,}|:\s*)+",
    re.IGNORECASE,
)
_NEXT_MEETING = re.compile(r"\b(?:next|future|forthcoming)\b.*\bmeetings?\b", re.IGNORECASE)


# A named tuple: one is made of every paragraph, and a frozen dataclass takes four times as long.
class Place(NamedTuple):
    """Where in the minutes a block stands.

    `base` names the item of the meeting ("item 4"), `item` the smallest numbered part
    ("item 4.2"), `title` the heading of the item, `topic` that above the block. `mode` lasts
    for bullets right of `column`; where that is -1 to the next heading, or, unless it is
    `lasting`, to the end of the bullets.
    """

    base: str = ""
    item: str = ""
    title: str = ""
    topic: str = ""
    mode: Mode = ""
    column: int = -1
    lasting: bool = False
    listed: bool = False
    columns: tuple[str, ...] = ()
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class _Context:
    """What is known of the whole body. Headings that come back stand below the items."""

    voices: Voices
    turns: Turns
    item_rank: int
    numbered: bool
    recurring: frozenset[str]
    counts: Counter[str] = field(default_factory=Counter)

    def next(self, base: str, what: str) -> str:
        """The reference of the next `what` ("para", "action") of a part, counted from 1."""
        key = f"{base} {what}".strip()
        self.counts[key] += 1
        return f"{key} {self.counts[key]}"


_Words = tuple[Line, str]
"""A line, and what of its words counts."""


class _Start(NamedTuple):
    """What stands before the words of a paragraph, where it is known already."""

    ref: str = ""
    label: str = ""
    gap: bool = False


def lay_out_body(
    readings: Sequence[Reading], *, width: int, voices: Voices, turns: Turns
) -> tuple[Piece, ...]:
    """The pieces of everything below the head, in order."""
    blocks = divide(readings, width=width)
    said = Counter(_plain(b.words) for b in blocks if b.rank < 9 and not b.number)
    recurring = frozenset(words for words, n in said.items() if n > 1)
    headings = [
        b
        for b in blocks
        if b.rank < 9 and not mode_of(b.words) and (b.number or _plain(b.words) not in recurring)
    ]
    numbered = [b.rank for b in headings if b.number]
    ranks = numbered or [b.rank for b in headings]
    context = _Context(
        voices=voices,
        turns=turns,
        item_rank=min(ranks, default=9),
        numbered=any(b.number for b in blocks),
        recurring=recurring,
    )
    place = Place()
    pieces: list[Piece] = []
    for at, block in enumerate(blocks):
        place, found = _step(block, place, context, blocks[at + 1 : at + 2])
        pieces.extend(found)
    return tuple(pieces)


def _step(
    block: Block, place: Place, context: _Context, after: Sequence[Block]
) -> tuple[Place, tuple[Piece, ...]]:
    if block.first.is_head:
        return place, tuple(header_piece(reading) for reading in block.readings)
    if block.first.is_row:
        return _row(block, place, context, after)
    place = place._replace(columns=()) if place.columns else place
    if _SIGNATURE.fullmatch(block.words) and not block.number:
        return place, tuple(header_piece(reading) for reading in block.readings)
    if block.rank < 9 and not (block.rank == 8 and context.voices.dashed(block.words)):
        return _heading(block, place, context)
    if block.number:
        return _item(block, place, context)
    return _paragraphs(block, place, context)


def _row(
    block: Block, place: Place, context: _Context, after: Sequence[Block]
) -> tuple[Place, tuple[Piece, ...]]:
    """One row of a table: of actions where its head says so, else a paragraph."""
    words = block.words
    if is_separator(words):
        return place, ()
    columns = action_columns(words)
    is_head = bool(columns) or bool(after and is_separator(after[0].words))
    if is_head:
        return place._replace(columns=columns), (header_piece(block.first),)
    held = [cell for cell in cells(words) if cell]
    if not held:
        return place, ()
    mode: Mode = "action" if place.columns else place.mode
    ref = context.next(place.base, mode) if mode else context.next(place.item, "para")
    text = " | ".join(cells(words)) if "|" in words else words
    piece = Piece(
        lines=(with_text(block.first.line, text),),
        form="item",
        ref=ref,
        topic=place.topic,
        gap=block.first.blank_before,
    )
    return place, (piece,)


def _heading(block: Block, place: Place, context: _Context) -> tuple[Place, tuple[Piece, ...]]:
    words = block.words
    mode = mode_of(words)
    below = (
        _plain(words) in context.recurring
        or block.rank > context.item_rank
        or (
            block.rank >= 7
            and (context.item_rank == 9 or (context.numbered and not (mode and block.rank == 7)))
        )
    )
    rest = ""
    if block.number:
        if block.rank == 8 or block.rank == 9:
            words, rest = split_inline(words)
        top = f"item {block.number.split('.')[0]}"
        deep = "." in block.number
        title = place.title if deep and place.base == top else words
        place = Place(base=top, item=f"item {block.number}", title=title, topic=words, mode=mode)
    elif below or (mode and block.rank == 8):
        topic = place.title if mode else ": ".join(filter(None, (place.title, words)))
        place = place._replace(topic=topic, mode=mode, column=-1, listed=False, speaker=None)
        place = place._replace(lasting=block.rank <= 6)
    elif mode:
        place = Place(topic=words, mode=mode, lasting=block.rank <= 6)
    else:
        base = _short(words) if context.numbered else context.next("", "item")
        place = Place(base=base, item=base, title=words, topic=words)
    piece = _heading_piece(block, words, place)
    if not rest:
        return place, (piece,)
    unit = _unit([(block.first.line, rest)], place, context, _Start(place.item))
    return place, (piece, unit)


def _plain(words: str) -> str:
    return words.strip(" :.").casefold()


def _short(words: str) -> str:
    return " ".join(words.rstrip(":").split()[:5])


def _heading_piece(block: Block, words: str, place: Place) -> Piece:
    lines: tuple[Line, ...] = tuple(
        with_text(reading.line, text)
        for reading, text in zip(block.readings, block.texts, strict=True)
    )
    if words != block.words:
        lines = (with_text(lines[0], words),)
    label = _number_label(block.number) or ("- " if block.first.bullet else "")
    ref = f"heading {block.number or _short(words)}"
    return Piece(lines, "heading", ref, label, "heading", gap=True, topic=place.title)


def _number_label(number: str) -> str:
    if not number:
        return ""
    return f"{number}. " if number.isdigit() or number.isalpha() else f"{number} "


def _item(block: Block, place: Place, context: _Context) -> tuple[Place, tuple[Piece, ...]]:
    """A numbered paragraph of the meeting's own numbering."""
    top = f"item {block.number.split('.')[0]}"
    same = place.base == top
    item = f"item {block.number}"
    mode = place.mode if same and place.column == -1 else ""
    place = Place(
        base=top,
        item=item,
        title=place.title if same else "",
        topic=place.topic if same else "",
        mode=mode,
    )
    context.counts[f"{item} para"] += 1
    ref = context.next(item, mode) if mode else item
    return place, tuple(_units(block, place, context, ref=ref))


def _paragraphs(block: Block, place: Place, context: _Context) -> tuple[Place, tuple[Piece, ...]]:
    first = block.first
    mode = mode_of(block.words)
    if mode and first.bullet:
        place = place._replace(mode=mode, column=first.column, listed=False)
        return place, (_heading_piece(block, block.words, place),)
    if place.mode and _ends_mode(first, place):
        place = place._replace(mode="", column=-1, listed=False)
    if first.bullet:
        place = place._replace(listed=True)
    if _is_only_a_date(block.words) and _NEXT_MEETING.search(f"{place.topic} {block.words}"):
        return place, tuple(header_piece(reading) for reading in block.readings)
    pieces = tuple(_units(block, place, context, ref=""))
    if pieces and pieces[-1].form == "turn":
        place = place._replace(speaker=pieces[-1].speaker_id, mode="")
    elif first.bullet:
        place = place._replace(speaker=None)
    return place, pieces


def _is_only_a_date(words: str) -> bool:
    return len(words.split()) <= 12 and bool(find_date(words)) and words[-1:] not in "?!"


def _ends_mode(first: Reading, place: Place) -> bool:
    if place.column >= 0:
        return first.column <= place.column
    return place.listed and not first.bullet and not place.lasting


def _units(block: Block, place: Place, context: _Context, *, ref: str) -> Iterator[Piece]:
    """The paragraph, divided where a decision or an action is marked inside it."""
    groups: list[list[_Words]] = []
    may_divide = may_be_marked_inside(block.words)
    for reading, words in zip(block.readings, block.texts, strict=True):
        parts = split_inside(words) if may_divide else (words,)
        for at, part in enumerate(filter(None, parts)):
            if at or not groups:
                groups.append([])
            groups[-1].append((reading.line, part))
    start = _Start(ref, _marker(block), block.first.blank_before)
    for at, group in enumerate(groups):
        unit = _unit(group, place, context, _Start() if at else start)
        letter = block.first.letter
        if letter and at == 0 and not ref and place.item and " para " in unit.ref:
            unit = replace(unit, ref=f"{place.item}({letter})")
        yield unit


def _marker(block: Block) -> str:
    first = block.first
    if block.number:
        return _number_label(block.number)
    if first.is_listed:
        return _number_label(first.number)
    if first.letter:
        return f"({first.letter}) "
    return "- " if first.bullet else ""


def _unit(group: Sequence[_Words], place: Place, context: _Context, start: _Start) -> Piece:
    """One paragraph: marked, spoken by somebody, or neither."""
    ref, label, gap = start
    lines = tuple(starmap(with_words, group))
    first = group[0][1]
    mode, mark, words = split_mark(first)
    spoken = None if mode else context.turns.split(first)
    if mode or (place.mode and spoken is None):
        lines = (with_words(lines[0], words), *lines[1:]) if mark else lines
        ref = ref or context.next(place.base, mode or place.mode)
        return Piece(lines, "item", ref, label + mark, topic=place.topic, gap=gap)
    ref = ref or context.next(place.item or place.base, "para")
    if spoken is not None:
        named, words, who = spoken
        lines = (with_words(lines[0], words), *lines[1:])
        voice, form = context.turns.voice, context.turns.form
        return Piece(lines, form, ref, label + named, voice, who, topic=place.topic, gap=gap)
    if context.turns.is_record and place.speaker:
        voice, form = context.turns.voice, context.turns.form
        return Piece(lines, form, ref, label, voice, place.speaker, topic=place.topic, gap=gap)
    speaker = find_speaker(" ".join(part for _, part in group), context.voices)
    return Piece(lines, "item", ref, label, speaker_id=speaker, topic=place.topic, gap=gap)
