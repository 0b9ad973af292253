"""How strongly cues point to a code: a rank, not a probability."""

from __future__ import annotations

from collections.abc import Iterable
from math import prod

from qualcode.core.cues import Choice, CueRule, Sequence, Word
from qualcode.core.patterns import TokenPattern

# A longer cue says more. These weights order the suggestions of a codebook that nobody has
# reviewed yet; reviewed codings will replace them.
_WEIGHTS = (0.0, 0.4, 0.55, 0.65, 0.7)
_DENIED = 0.5


def cue_weight(rule: CueRule) -> float:
    """Weight of one cue, from 0.4 for a single word to 0.7 for four words or more."""
    words = _least_words(rule.main) + (_least_words(rule.near.sequence) if rule.near else 0)
    return _WEIGHTS[min(words, len(_WEIGHTS) - 1)]


def pattern_weight(pattern: TokenPattern) -> float:
    """Weight of one token pattern, by the tokens that it cannot do without, as for a cue."""
    least = sum(token.often not in ("?", "*", "!") for token in pattern.tokens)
    return _WEIGHTS[min(least, len(_WEIGHTS) - 1)]


def strengthen(weight: float) -> float:
    """The weight of a cue that says one word more.

    >>> strengthen(0.4)
    0.55
    """
    return next((heavier for heavier in _WEIGHTS if heavier > weight), weight)


def _least_words(sequence: Sequence) -> int:
    """Fewest words that the sequence can match."""
    least = 0
    for element in sequence:
        if isinstance(element, Word):
            least += 1
        elif isinstance(element, Choice):
            least += min(_least_words(option) for option in element.options)
    return least


def combine(weights: Iterable[float], *, denied: bool = False) -> float:
    """One score from several cues: each further cue adds to what is left to 1.

    >>> combine([0.4, 0.4])
    0.64
    """
    score = 1 - prod(1 - weight for weight in weights)
    return round(score * (_DENIED if denied else 1.0), 2)
