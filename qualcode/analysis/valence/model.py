"""Two small logistic regressions: does a passage name what hinders, and what helps?

Both may say yes (mixed) or no (neutral). The weights that ship come from sentences written
for this toolkit (`scripts/fit_valence.py`); a project's reviewed codings adjust them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qualcode.analysis.learning.side import Side, fit_side, share, words_and_pairs
from qualcode.analysis.valence.features import (
    FIRST_ASKED,
    MANNERS,
    NAMES,
    Features,
    find_features,
)
from qualcode.analysis.valence.weights import HELPS, HINDERS
from qualcode.core.learning import ReviewedValence
from qualcode.core.model import Valence

LEAST_REVIEWED = 20
"""Below that many reviewed passages, the weights that ship stay as they are."""
# How freely it learns: the more passages, the freer (measured on half of the NHS comments).
_LEAST_FREE, _MOST_FREE, _PASSAGES_EACH = 0.1, 3.0, 300
MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What a passage says, how likely each side is (0.0 to 1.0), and the words that say so.

    `words` are those that speak for a side by themselves, without a denial.
    """

    valence: Valence
    hinders: float
    helps: float
    because: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ValenceModel:
    """Reads the valence of a passage; `n_reviewed` codings of the project went into it."""

    hinders: Side
    helps: Side
    n_reviewed: int = 0

    def __call__(
        self, text: str, topic: str = "", *, is_left_out: Callable[[str], bool] | None = None
    ) -> Reading:
        """What the passage says.

        Args:
            topic: the question or heading under which it stands.
            is_left_out: of which words that speak for a side nothing is to be made.

        >>> SHIPPED("Two systems and no shared log-in, so everything is delayed.").valence
        'obstacle'
        """
        found = find_features(text, topic, is_left_out)
        words = words_and_pairs(text) if self.n_reviewed else ()
        hinders = share(self.hinders.logit(found.values, words))
        helps = share(self.helps.logit(found.values, words))
        valence = valence_of(hinders, helps)
        because = _because(found, valence) or self._learned(words, valence)
        if (
            topic
            and valence != "neutral"
            and (not because or self._is_asked(found, words, valence))
        ):
            because = "; ".join(filter(None, (because, f'asked "{topic}"')))
        elif not because and valence != "neutral":
            because = self._manner(found, valence)
        return Reading(valence, round(hinders, 4), round(helps, 4), because, found.plain)

    def _is_asked(self, found: Features, words: Sequence[str], valence: Valence) -> bool:
        """Whether the valence would be another one had nothing been asked."""
        asked = found.values[FIRST_ASKED:]
        if not any(asked):
            return False
        values = (*found.values[:FIRST_ASKED], *(0.0 for _ in asked))
        hinders, helps = self.hinders.logit(values, words), self.helps.logit(values, words)
        return valence_of(share(hinders), share(helps)) != valence

    def _manner(self, found: Features, valence: Valence) -> str:
        """How the passage speaks, where no word of its own says why: the loudest manner."""
        side = self.helps if valence == "catalyst" else self.hinders
        heard = [
            (value * weight, MANNERS[name])
            for name, value, weight in zip(NAMES, found.values, side.weights, strict=False)
            if name in MANNERS and value * weight > 0
        ]
        return max(heard)[1] if heard else ""

    def _learned(self, words: Sequence[str], valence: Valence) -> str:
        """The word of the passage that the project taught and that speaks loudest for it."""
        sides = {"obstacle": self.hinders, "catalyst": self.helps}
        if valence not in sides:
            return ""
        word = sides[valence].loudest(words)
        return f'learned: "{word}"' if word else ""


SHIPPED = ValenceModel(Side(*HINDERS), Side(*HELPS))


def fit_valence(reviewed: Sequence[ReviewedValence]) -> ValenceModel:
    """A model that has learned from the passages; the shipped one where they are too few.

    It learns what to add to what the shipped weights say: from the words that came at least
    twice, and from the same features. The order of the passages does not matter.
    """
    if len(reviewed) < LEAST_REVIEWED:
        return SHIPPED
    held = sorted(reviewed, key=lambda one: (one.text, one.topic, one.valence))
    rows = [find_features(one.text, one.topic).values for one in held]
    words = [words_and_pairs(one.text) for one in held]
    hinders = [one.valence in ("obstacle", "mixed") for one in held]
    helps = [one.valence in ("catalyst", "mixed") for one in held]
    free = min(_MOST_FREE, max(_LEAST_FREE, len(held) / _PASSAGES_EACH))
    return ValenceModel(
        fit_side(SHIPPED.hinders, rows, words, hinders, free=free),
        fit_side(SHIPPED.helps, rows, words, helps, free=free),
        len(held),
    )


def valence_of(hinders: float, helps: float) -> Valence:
    """What the chances of both sides come to.

    >>> valence_of(0.8, 0.2), valence_of(0.1, 0.2)
    ('obstacle', 'neutral')
    """
    if hinders >= 0.5 and helps >= 0.5:
        return "mixed"
    if max(hinders, helps) < 0.5:
        return "neutral"
    return "obstacle" if hinders > helps else "catalyst"


def _because(found: Features, valence: Valence) -> str:
    """The words that speak for what was read."""
    parts = []
    if valence in ("obstacle", "mixed") and found.hindering:
        parts.append(_quoted("hinders", found.hindering))
    if valence in ("catalyst", "mixed") and found.helping:
        parts.append(_quoted("helps", found.helping))
    return "; ".join(parts)


def _quoted(side: str, words: tuple[str, ...]) -> str:
    shown = list(dict.fromkeys(" ".join(word.split()).lower() for word in words))[:MOST_SHOWN]
    return f"{side}: " + ", ".join(f'"{word}"' for word in shown)
