"""Which lines of a transcript begin with a speaker: decided over the whole file.

A colon alone makes no speaker ("There is one issue: time"). A label has to recur, or to look
like a label as the others of its file do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from qualcode.analysis.layouts.headfields import find_fields
from qualcode.analysis.layouts.talk.labelscan import (
    FAMILIES,
    CommonWords,
    Scan,
    Tally,
    scan_lines,
    settle_asides,
    tally_labels,
)
from qualcode.analysis.layouts.talk.openings import Opening
from qualcode.analysis.layouts.talk.roles import answers, asks, key_of, shape_of
from qualcode.core.model import Line

# Share of the paragraphs that labels of such a kind must open before they are believed.
_NEEDED_SHARE = {
    "label": 0.0,
    "bold": 0.3,
    "bracket": 0.5,
    "tab": 0.5,
    "letter": 0.4,
    "bare": 0.2,
}
_QUESTION = re.compile(r"Q\s?\d{1,2}(?:[.-]\d{1,2})*[a-z]?", re.IGNORECASE)
MOST_REMEMBERED = 600
"""Lines of a document whose labels are remembered until the next one is asked for.

As many are looked at for the kind of a document (`kinds.SAMPLE`); of a longer one the labels
are asked for once, and would only burden the memory.
"""
FEWEST_TO_CORRECT = 5
"""Turns that a label must have before a rare one that is nearly alike is read as it."""


class Label(NamedTuple):
    """A speaker's label at one line: who speaks, the words on the same line, and the time."""

    key: str
    words: str
    time: float | None


@dataclass(frozen=True, slots=True)
class Labels:
    """Who begins to speak at which line.

    Attributes:
        at: labels by position in the lines, in order.
        names: how each key is written, most usual spelling first seen.
        openings: how lines open, by position, for the times of lines without a label.
        takes_times: lines regularly begin with a time, so that a bare one is a time mark.
        share: of the paragraphs, how many open with a label; from 0.0 to 1.0.
        researchers: names that the head of the file gives to who asked.
        misspelt: labels that were taken for another of the file, as written and as read.
    """

    at: dict[int, Label]
    names: dict[str, str]
    openings: Mapping[int, Opening]
    takes_times: bool
    share: float
    researchers: tuple[str, ...] = ()
    misspelt: tuple[tuple[str, str], ...] = ()


def find_labels(lines: Sequence[Line], *, captions: bool = False) -> Labels:
    """The labels of speakers in these lines.

    Args:
        captions: each line is the text of one caption, so that any may begin a turn.

    >>> found = find_labels([Line("INT: Why?", 1), Line("R: One thing: time.", 2)])
    >>> [(label.key, label.words) for label in found.at.values()]
    [('int', 'Why?'), ('r', 'One thing: time.')]
    """
    if isinstance(lines, tuple) and len(lines) <= MOST_REMEMBERED:
        return _remembered(_Same(lines), captions)
    return _labels_of(lines, captions)


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """Lines that are the same only where they are the very same object."""

    lines: tuple[Line, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.lines is other.lines

    def __hash__(self) -> int:
        return id(self.lines)


@lru_cache(maxsize=1)  # asked when the kind of a document is looked for, and when it is laid out
def _remembered(same: _Same, captions: bool) -> Labels:
    return _labels_of(same.lines, captions)


def _labels_of(lines: Sequence[Line], captions: bool) -> Labels:
    scan = scan_lines(lines, captions=captions)
    fields = find_fields(lines, scan.openings)
    own = {at: o for at, o in scan.openings.items() if at not in fields.positions}
    scan = replace(scan, openings=settle_asides(own))
    tallies = tally_labels(scan)
    family, keys = _choose_family(tallies, scan)
    keys = keys | _late_keys(tallies, keys, family, scan)
    if family == "bare":
        keys = keys - _question_numbers({key: tallies[family, key].name for key in keys})
    misspelt = _misspelt(tallies, keys, family)
    labels = {
        position: label._replace(key=misspelt[label.key]) if label.key in misspelt else label
        for position, label in _labels(scan, family, keys)
    }
    names = _names(tallies, {label.key for label in labels.values()})
    return Labels(
        labels,
        names,
        scan.openings,
        takes_times=_takes_times(scan),
        share=min(1.0, len(labels) / max(1, _n_openers(scan, labels))) if labels else 0.0,
        researchers=fields.researchers,
        misspelt=tuple(
            (tallies[family, wrong].name, names[right])
            for wrong, right in misspelt.items()
            if right in names
        ),
    )


def _takes_times(scan: Scan) -> bool:
    """Whether lines regularly begin with a time."""
    timed = sum(1 for o in scan.openings.values() if o.time is not None and not o.name)
    return timed >= 3 and timed >= 0.1 * sum(1 for line in scan.lines if line.text.strip())


def _choose_family(tallies: dict[tuple[str, str], Tally], scan: Scan) -> tuple[str, frozenset[str]]:
    """The family of labels that the file uses, and its keys that recur or are roles."""
    best, best_keys, best_score = "label", frozenset[str](), 0.0
    common = CommonWords(scan.lines)
    for family in _NEEDED_SHARE:
        held = {key: tally for (own, key), tally in tallies.items() if own == family}
        keys = frozenset(key for key, t in held.items() if _recurs(t, family, scan, common))
        score = float(sum(held[key].count for key in keys))
        if family != "label" and (
            len(keys) < 2
            or score < _NEEDED_SHARE[family] * scan.n_paragraphs
            or not any(held[key].count > 1 for key in keys)
        ):
            continue
        if family == "label" and score / scan.n_paragraphs >= 0.3:
            score *= 2
        if score > best_score and (score >= 2 or any(held[key].sure for key in keys)):
            best, best_keys, best_score = family, keys, score
    return best, best_keys


def _recurs(tally: Tally, family: str, scan: Scan, common: CommonWords) -> bool:
    name = tally.name
    shape = shape_of(name)
    if tally.sure and (shape != "never" or tally.count > 1):
        return True
    first = scan.openings[tally.positions[0]]
    if first.tight and shape != "known" and tally.count < 3:
        return False
    if shape == "known":
        is_one = family == "bare" and len(name) == 1 and tally.count < 0.04 * scan.n_paragraphs
        return not is_one and (family not in ("bold", "bare") or tally.count > 1)
    often = tally.count >= 3 and tally.count >= 0.04 * scan.n_paragraphs
    if shape == "name":
        return tally.count > 1 and (often or " " in name or name not in common)
    return shape == "weak" and often and family in ("label", "bracket", "tab", "bold")


def _late_keys(
    tallies: dict[tuple[str, str], Tally], keys: frozenset[str], family: str, scan: Scan
) -> frozenset[str]:
    """Labels that stand only once or twice, but look as the others of the file do."""
    if family not in ("label", "bold"):
        return frozenset(
            key
            for (own, key), tally in tallies.items()
            if own == family
            and shape_of(tally.name) in ("known", "name")
            and (family != "bare" or _is_like_bare(tally, keys))
        )
    held = {key: tally for (own, key), tally in tallies.items() if own == family}
    if not keys:
        singles = frozenset(key for key, t in held.items() if shape_of(t.name) == "name")
        total = sum(held[key].count for key in singles)
        return singles if len(singles) > 1 and total >= 0.8 * scan.n_paragraphs else frozenset()
    manner = _Manner.of(scan, {at for key in keys for at in held[key].positions})
    return frozenset(
        key for key, tally in held.items() if key not in keys and manner.is_like(tally, scan)
    )


def _question_numbers(names: Mapping[str, str]) -> frozenset[str]:
    """Keys that number questions ("Q4.4"), where others say who asks and who answers."""
    if not any(asks(name) for name in names.values()):
        return frozenset()
    if not any(answers(name) for name in names.values()):
        return frozenset()
    return frozenset(key for key, name in names.items() if _QUESTION.fullmatch(name))


def _is_like_bare(tally: Tally, keys: frozenset[str]) -> bool:
    """A line that stands once is a name among names only where it is more than a word."""
    words = tally.name.partition("(")[0].split()
    return bool(keys) and 2 <= len(words) <= 6 and not tally.name.islower()


@dataclass(frozen=True, slots=True)
class _Usual:
    """What nearly all the believed labels of a file have in common."""

    timed: bool
    capitals: bool
    bold: bool
    flush: bool
    roles: bool

    @classmethod
    def of(cls, scan: Scan, positions: Iterable[int]) -> _Usual:
        places = list(positions)
        known = [scan.openings[at] for at in places]
        n = len(known)

        def nearly_all(count: int) -> bool:
            return (n >= 4 and count >= 0.9 * n) or (n >= 2 and count == n)

        return cls(
            nearly_all(sum(1 for o in known if o.time is not None)),
            nearly_all(sum(1 for o in known if o.name.isupper() and len(o.name) > 2)),
            nearly_all(sum(1 for o in known if o.bold)),
            nearly_all(sum(1 for at in places if _indent(scan.lines[at]) < 2)),
            nearly_all(sum(1 for o in known if shape_of(o.name) == "known")),
        )

    def fits(self, opening: Opening, line: Line) -> bool:
        return (
            (not self.timed or opening.time is not None)
            and (not self.capitals or opening.name.isupper())
            and (not self.bold or opening.bold)
            and (not self.flush or _indent(line) < 2)
        )


def _indent(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a file labels its turns, against which a rare label is held.

    `share` of its paragraphs begin with a label that is believed, the first at `solid`.
    """

    usual: _Usual
    solid: int
    share: float
    common: CommonWords

    @classmethod
    def of(cls, scan: Scan, believed: set[int]) -> _Manner:
        return cls(
            _Usual.of(scan, believed),
            min(believed),
            len(believed) / len(scan.begins | believed),
            CommonWords(scan.lines),
        )

    def is_like(self, tally: Tally, scan: Scan) -> bool:
        at = tally.positions[0]
        opening = scan.openings[at]
        if not self.usual.fits(opening, scan.lines[at]) or opening.tight:
            return False
        shape = shape_of(tally.name)
        if shape == "known":
            return True
        if shape != "name" or (at < self.solid and not _is_speech(opening.rest)):
            return False
        if not (at in scan.begins or self.share >= 0.85):
            return False
        n_words = len(tally.name.partition("(")[0].split())
        if n_words > 1:
            return n_words <= 6
        # Among INT and R, "Police" is a word of somebody's speech.
        return not self.usual.roles and self.share >= 0.4 and tally.name not in self.common


def _is_speech(words: str) -> bool:
    return words.endswith((".", "?", "!", "…", "-", "–")) or len(words.split()) > 7


def _labels(scan: Scan, family: str, keys: frozenset[str]) -> Iterator[tuple[int, Label]]:
    if not keys:
        return
    usual = _Usual.of(
        scan,
        (
            at
            for at, o in scan.openings.items()
            if o.style and FAMILIES[o.style] == family and key_of(o.name) in keys
        ),
    )
    others = ("label", "bold") if family in ("label", "bold") else (family,)
    roles = {key for key in keys if asks(key) or answers(key)} if family == "bare" else set()
    for at, opening in scan.openings.items():
        if not opening.name or opening.style is None:
            continue
        key = key_of(opening.name)
        # where labels have lines of their own, a role with a colon was typed in haste
        is_slip = FAMILIES[opening.style] == "label" and key in roles
        if key not in keys or (FAMILIES[opening.style] not in others and not is_slip):
            continue
        if usual.timed and opening.time is None:
            continue
        yield at, Label(key, opening.rest, opening.time)


def _misspelt(
    tallies: dict[tuple[str, str], Tally], keys: frozenset[str], family: str
) -> dict[str, str]:
    """Rare labels that are one letter away from a role of the file: "Particpant".

    Names of people are left alone: Jon and Joan may both be there.
    """
    held = {key: tallies[family, key] for key in keys if (family, key) in tallies}
    roles = [
        key
        for key, tally in held.items()
        if len(key) >= 6 and tally.count >= FEWEST_TO_CORRECT and shape_of(tally.name) == "known"
    ]
    found: dict[str, str] = {}
    for key, tally in held.items():
        if tally.count > 2 or shape_of(tally.name) == "known":
            continue
        near = [role for role in roles if _is_one_off(key, role)]
        if len(near) == 1:
            found[key] = near[0]
    return found


def _is_one_off(one: str, other: str) -> bool:
    """Whether a letter is missing, too many, wrong, or two are swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    same_digits = [c for c in one if c.isdigit()] == [c for c in other if c.isdigit()]
    return same_digits and (
        a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    )


def _names(tallies: dict[tuple[str, str], Tally], keys: set[str]) -> dict[str, str]:
    spellings: dict[str, Counter[str]] = {}
    for (_, key), tally in tallies.items():
        if key in keys:
            spellings.setdefault(key, Counter()).update(tally.spellings)
    return {key: counter.most_common(1)[0][0] for key, counter in spellings.items()}


def _n_openers(scan: Scan, at: dict[int, Label]) -> int:
    """Paragraphs from the first label on: lines after a gap, and lines with a label."""
    first = min(at, default=0)
    others = (position for position in scan.begins if position > first and position not in at)
    return len(at) + sum(not _continues(scan, at, position) for position in others)


def _continues(scan: Scan, at: dict[int, Label], position: int) -> bool:
    """Whether the line is the words of a label that stands on a line of its own."""
    before = at.get(position - 1) or (at.get(position - 2) if position > 1 else None)
    opening = scan.openings.get(position)
    return (before is not None and not before.words) or (
        opening is not None and not opening.name and not opening.rest
    )
