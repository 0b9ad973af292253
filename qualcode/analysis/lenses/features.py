"""Of whom a passage speaks, as numbers: words for people, occupations and organisations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from qualcode.analysis.lenses.words import GROUPS, PRONOUNS
from qualcode.analysis.matching import Matcher, WordForms
from qualcode.core.cues import parse_cue

MOST_COUNTED = 2
"""Further words of a group add nothing: a long passage does not shout down a short one."""
_SCARCE = 15
"""Pronouns are everywhere: in a passage of more words than these, each counts for less."""


@dataclass(frozen=True, slots=True)
class Features:
    """How often each group speaks, in the order of GROUPS, and the words of each."""

    values: tuple[float, ...]
    words: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _ready() -> tuple[Matcher, tuple[str, ...]]:
    owned = [(name, parse_cue(cue)) for name, cues in GROUPS.items() for cue in cues]
    as_written = WordForms(lambda word: frozenset((word,)), lambda word: frozenset((word.lower(),)))
    return Matcher([rule for _, rule in owned], as_written), tuple(name for name, _ in owned)


def find_features(text: str) -> Features:
    """What the words of a passage say of whom it speaks.

    >>> find_features("The nurses and their budget").words
    {'occupations': ('nurses',), 'money': ('budget',)}
    """
    matcher, owners = _ready()
    words: dict[str, list[str]] = {}
    for hit in sorted(matcher.find(text), key=lambda one: one.start):
        words.setdefault(owners[hit.rule], []).append(text[hit.start : hit.end])
    none: list[str] = []
    counts = {name: float(len(words.get(name, none))) for name in GROUPS}
    length = text.count(" ") + 1
    for name in PRONOUNS if length > _SCARCE else ():
        counts[name] *= _SCARCE / length
    values = tuple([min(count, MOST_COUNTED) for count in counts.values()])
    return Features(values, {name: tuple(held) for name, held in words.items()})
