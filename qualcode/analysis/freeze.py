"""Freezing: the pieces that a layout found become one text whose spans never move."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, chain

from qualcode.analysis.voices import find_passages
from qualcode.core.model import (
    Attendance,
    Attribute,
    Form,
    Line,
    Mark,
    Passage,
    Span,
    Speaker,
    Unit,
    Voice,
    with_text,
)
from qualcode.core.problems import Problem
from qualcode.core.value import value

NOT_CODED: frozenset[Form] = frozenset({"heading", "header"})
"""Forms that stand in the frozen text and are never offered for coding."""


@value()
class Piece:
    """One part of a document before freezing: its lines are joined into one.

    `label` ("- ", "4.2 ", "Dean Okafor: ") stands before the words and is not part of
    them, so that no quotation ever carries a speaker's name. `voice` is that of the words
    that are not marked otherwise inside ('quoted' speech, [OC: ...]). `gap` leaves an empty
    line before the piece. An empty line between two lines keeps a word that breaks off at
    the end of the first ("it-") apart from the second. `times` gives each line its own time
    in seconds, where the lines are captions; `time` is that of the piece.
    """

    lines: tuple[Line, ...]
    form: Form
    ref: str = ""
    label: str = ""
    voice: Voice = "paraphrase"
    speaker_id: str | None = None
    topic: str = ""
    time: float | None = None
    gap: bool = False
    times: tuple[float | None, ...] = ()


def with_words(line: Line, words: str) -> Line:
    """The line with other words for a piece, where blanks around them do not count."""
    return line if line.text.strip() == words else with_text(line, words)


@dataclass(frozen=True, slots=True)
class Layout:
    """What a layout found in one source: its pieces in order, and what it says of itself.

    `date` is ISO 8601 or "". `dropped` counts what was left out, by name.
    """

    pieces: tuple[Piece, ...]
    title: str = ""
    date: str = ""
    speakers: tuple[Speaker, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    problems: tuple[Problem, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Frozen:
    """A frozen text and everything that points into it."""

    text: str
    units: tuple[Unit, ...]
    passages: tuple[Passage, ...]
    marks: tuple[Mark, ...]


def freeze(pieces: Iterable[Piece]) -> Frozen:
    """The pieces as one text, one line each, with units, passages and marks in order.

    A piece whose lines are blank leaves nothing. Two units never share a `ref`: a second
    "item 4" becomes "item 4 (2)".

    >>> freeze([Piece((Line("They keep", 3), Line("  changing", 4)), "bullet", "1.1", "- ")]).text
    '- They keep changing\\n'
    """
    chunks: list[str] = []
    units: list[Unit] = []
    passages: list[Passage] = []
    marks: list[Mark] = []
    seen: dict[str, int] = {}
    offset = 0
    for piece in pieces:
        words, shifts = join_lines(piece.lines)
        if not words:
            continue
        if piece.gap and chunks:
            chunks.append("\n")
            offset += 1
        start = offset + len(piece.label)
        span = Span(start, start + len(words))
        ref = _unique(piece.ref or piece.form, seen)
        units.append(Unit(span, piece.form, ref, piece.speaker_id, piece.topic))
        shifts[0] = (-len(piece.label), shifts[0][1])  # the first line begins with the label
        marks += _marks(piece, start, shifts)
        passages += find_passages(words, voice=piece.voice, span=span)
        chunks += (piece.label, words, "\n")
        offset = span.end + 1
    return Frozen("".join(chunks), tuple(units), tuple(passages), tuple(marks))


def with_unique_refs(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces that hold words, each with a `ref` of its own; twice changes nothing more."""
    seen: dict[str, int] = {}
    for piece in pieces:
        if any(line.text.strip() for line in piece.lines):
            ref = _unique(piece.ref or piece.form, seen)
            yield piece if ref == piece.ref else replace(piece, ref=ref)


def _unique(ref: str, seen: dict[str, int]) -> str:
    seen[ref] = seen.get(ref, 0) + 1
    if seen[ref] == 1:
        return ref
    other = f"{ref} ({seen[ref]})"
    return _unique(ref, seen) if other in seen else _unique(other, seen)


def _marks(piece: Piece, start: int, shifts: Iterable[tuple[int, int]]) -> list[Mark]:
    lines, times = piece.lines, [piece.time] * len(piece.lines)
    for position, time in enumerate(piece.times[: len(lines)]):
        times[position] = piece.time if time is None else time
    return [
        Mark(start + shift, lines[position].number or None, lines[position].page, times[position])
        for shift, position in shifts
    ]


def add_counts(*counts: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    """Counts under their names added up, by name, without zeros.

    >>> add_counts((("footer", 1),), (("blank", 0), ("footer", 2)))
    (('footer', 3),)
    """
    total: Counter[str] = Counter()
    for name, n in chain.from_iterable(counts):
        total[name] += n
    return tuple(sorted((name, n) for name, n in total.items() if n))


_BROKEN_WORD = re.compile(r"(?:^|[^\w\-])([^\W\d_]{2,})-$")
# These keep their hyphen in one word ("self-harm"), so a line ends on it as it stands.
_KEEPS_HYPHEN = frozenset(["self", "well", "non", "ex", "cross", "half", "full", "part", "multi"])


def folded(text: str) -> str:
    """The text with one blank between its words and none around them."""
    words = text.strip()
    # Every white space but the blank is a sign that cannot be printed.
    return words if words.isprintable() and "  " not in words else " ".join(words.split())


def join_lines(lines: Iterable[Line]) -> tuple[str, list[tuple[int, int]]]:
    """The words of hard-wrapped lines as one line, and where in it each line begins.

    A word broken by a hyphen at the end of a line is made whole where the next line goes on
    in lower case, unless an empty line stands between. White space is folded.

    Returns:
        The text, and a pair (offset in the text, position of the line) per line with words.

    >>> join_lines([Line("in prac-", 1), Line("  tice now", 2)])[0]
    'in practice now'
    """
    texts = [line.text.strip() for line in lines]
    whole = " ".join(texts)
    if not (whole.isprintable() and "  " not in whole):
        texts = list(map(folded, texts))
        whole = " ".join(texts)
    if "- " not in whole and texts and all(texts):  # no word can be broken, as in most
        starts = accumulate([len(words) + 1 for words in texts[:-1]], initial=0)
        return whole, list(zip(starts, range(len(texts)), strict=True))
    parts: list[str] = []
    shifts: list[tuple[int, int]] = []
    length, follows = 0, False
    for position, words in enumerate(texts):
        if not words:
            follows = False
            continue
        may_be_broken = follows and parts[-1].endswith("-") and words[0].islower()
        broken = _BROKEN_WORD.search(parts[-1][-60:]) if may_be_broken else None
        if broken is None and parts:
            parts.append(" ")
            length += 1
        elif broken is not None and broken.group(1).casefold() not in _KEEPS_HYPHEN:
            parts[-1] = parts[-1][:-1]
            length -= 1
        shifts.append((length, position))
        parts.append(words)
        length += len(words)
        follows = True
    return "".join(parts), shifts
