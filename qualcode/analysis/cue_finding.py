"""Cues of any kind made ready together: words, phrases and token patterns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from qualcode.analysis.matching import Hit, Matcher, WordForms
from qualcode.core.cues import CueError, CueRule, as_written, parse_cue
from qualcode.core.patterns import TokenPattern, is_pattern, parse_pattern

FindPatterns = Callable[[str], tuple[Hit, ...]]
PatternMaker = Callable[[Sequence[TokenPattern]], FindPatterns]
"""Makes token patterns ready: `rule` of each hit is the position of its pattern."""
Owner = TypeVar("Owner")


class CueFinder(Generic[Owner]):
    """Cues with what each belongs to; those that cannot be read are left out.

    `rules` and `patterns` are what was read, each with its owner; the rule of a hit is its
    position in both, the rules first.

    Args:
        written: more cues, already read, whose words are found only as they are written.
    """

    def __init__(
        self,
        owned: Iterable[tuple[Owner, str]],
        forms: WordForms,
        make_patterns: PatternMaker | None,
        *,
        written: Iterable[tuple[Owner, CueRule]] = (),
    ) -> None:
        held = list(owned)
        self.rules = [(owner, rule) for owner, cue in held if (rule := _readable(cue))]
        self.rules += [(owner, as_written(rule)) for owner, rule in written]
        self.patterns = [(owner, made) for owner, cue in held if (made := readable_pattern(cue))]
        self.owners = [owner for owner, _ in (*self.rules, *self.patterns)]
        self._matcher = Matcher([rule for _, rule in self.rules], forms)
        self._find_patterns: FindPatterns | None = None
        if self.patterns and make_patterns:
            self._find_patterns = make_patterns([made for _, made in self.patterns])

    def find(self, text: str) -> tuple[Hit, ...]:
        """Every cue found in the text, in the order of rules and patterns."""
        hits = self._matcher.find(text)
        if self._find_patterns is None:
            return hits
        more = self._find_patterns(text)
        return (*hits, *(replace(hit, rule=hit.rule + len(self.rules)) for hit in more))


def _readable(cue: str) -> CueRule | None:
    """The cue, read; one that cannot be was reported when the codebook was checked."""
    try:
        return None if is_pattern(cue) else parse_cue(cue)
    except CueError:
        return None


def readable_pattern(cue: str) -> TokenPattern | None:
    """The token pattern, read; None for a cue of words, or one that cannot be read."""
    try:
        return parse_pattern(cue) if is_pattern(cue) else None
    except CueError:
        return None
