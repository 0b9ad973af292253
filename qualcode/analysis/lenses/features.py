"""Of whom a passage speaks, as numbers: words for people, occupations and organisations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qualcode.analysis.lenses.words import GROUPS, PRONOUNS
from qualcode.core.cues import CueRule, parse_cue

MOST_COUNTED = 2
"""Further words of a group add nothing: a long passage does not shout down a short one."""
_SCARCE = 15
"""Pronouns are everywhere: in a passage of more words than these, each counts for less."""
_PLACES = {name: n for n, name in enumerate(GROUPS)}


@dataclass(frozen=True, slots=True)
class Features:
    """How often each group speaks, in the order of GROUPS, and the words of each."""

    values: tuple[float, ...]
    words: Mapping[str, tuple[str, ...]]


def group_rules() -> Iterator[tuple[str, CueRule]]:
    """The cues of every group, each with the name of its group."""
    return ((name, parse_cue(cue)) for name, cues in GROUPS.items() for cue in cues)


def features(found: Iterable[tuple[str, str]], n_words: int) -> Features:
    """What the words of a passage say of whom it speaks.

    Args:
        found: the name of a group and a word of it, as they come in the passage.
        n_words: all words of the passage.

    >>> features([("occupations", "nurses"), ("money", "budget")], 4).words
    {'occupations': ('nurses',), 'money': ('budget',)}
    """
    words: dict[str, tuple[str, ...]] = {}
    for name, word in found:
        words[name] = (*words.get(name, ()), word)
    values = [0.0] * len(GROUPS)
    for name, held in words.items():
        scarce = _SCARCE / n_words if name in PRONOUNS and n_words > _SCARCE else 1.0
        values[_PLACES[name]] = min(len(held) * scarce, MOST_COUNTED)
    return Features(tuple(values), words)
