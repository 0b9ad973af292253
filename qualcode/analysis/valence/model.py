"""Two small logistic regressions: does a passage name what hinders, and what helps?

Both may say yes (mixed) or no (neutral). The weights that ship come from sentences written
for this toolkit (`scripts/fit_valence.py`); a project's reviewed codings adjust them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import exp, sqrt
from typing import TYPE_CHECKING

from qualcode.analysis.valence.features import Features, find_features
from qualcode.analysis.valence.weights import HELPS, HINDERS
from qualcode.core.cues import WORD
from qualcode.core.learning import ReviewedValence
from qualcode.core.model import Valence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_REVIEWED = 20
"""Below that many reviewed passages, the weights that ship stay as they are."""
LEAST_EACH = 5
"""So many passages must say yes, and so many no, before a side is fitted anew."""
# How freely it learns: the more passages, the freer (measured on half of the NHS comments).
_LEAST_FREE, _MOST_FREE, _PASSAGES_EACH = 0.1, 3.0, 300
MOST_SHOWN = 3
_WORTH_SAYING = 0.2
_OFTEN = 2  # a word that came once only is chance


@dataclass(frozen=True, slots=True)
class Side:
    """One logistic regression: a weight for each feature and each word that was learned."""

    bias: float
    weights: tuple[float, ...]
    words: Mapping[str, float] = field(default_factory=dict)

    def logit(self, values: Sequence[float], words: Sequence[str]) -> float:
        """How strongly it says yes: above 0 where more likely than not."""
        total = self.bias + sum(
            weight * value for weight, value in zip(self.weights, values, strict=True) if value
        )
        if self.words and words:
            total += sum(self.words.get(word, 0.0) for word in words) / sqrt(len(words))
        return total


@dataclass(frozen=True, slots=True)
class Reading:
    """What a passage says, how likely each side is (0.0 to 1.0), and the words that say so."""

    valence: Valence
    hinders: float
    helps: float
    because: str = ""


@dataclass(frozen=True, slots=True)
class ValenceModel:
    """Reads the valence of a passage; `n_reviewed` codings of the project went into it."""

    hinders: Side
    helps: Side
    n_reviewed: int = 0

    def __call__(self, text: str, topic: str = "") -> Reading:
        """What the passage says; `topic` is the question or heading under which it stands.

        >>> SHIPPED("Two systems and no shared log-in, so everything is delayed.").valence
        'obstacle'
        """
        found = find_features(text, topic)
        words = _words(text) if self.n_reviewed else ()
        hinders = _share(self.hinders.logit(found.values, words))
        helps = _share(self.helps.logit(found.values, words))
        valence = _valence(hinders, helps)
        because = _because(found, valence) or self._learned(words, valence)
        if not because and valence != "neutral" and topic:
            because = f'asked "{topic}"'
        return Reading(valence, round(hinders, 4), round(helps, 4), because)

    def _learned(self, words: Sequence[str], valence: Valence) -> str:
        """The word of the passage that the project taught and that speaks loudest for it."""
        sides = {"obstacle": self.hinders, "catalyst": self.helps}
        if valence not in sides:
            return ""
        known = sides[valence].words
        heard = [(known[word], word) for word in words if known.get(word, 0.0) > _WORTH_SAYING]
        return f'learned: "{max(heard)[1]}"' if heard else ""


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
    words = [_words(one.text) for one in held]
    hinders = [one.valence in ("obstacle", "mixed") for one in held]
    helps = [one.valence in ("catalyst", "mixed") for one in held]
    return ValenceModel(
        _fit(SHIPPED.hinders, rows, words, hinders),
        _fit(SHIPPED.helps, rows, words, helps),
        len(held),
    )


def _fit(
    base: Side, rows: list[tuple[float, ...]], words: list[tuple[str, ...]], said: list[bool]
) -> Side:
    """The side with what the passages add to it; as it is where too few say yes, or no."""
    if min(sum(said), len(said) - sum(said)) < LEAST_EACH:
        return base
    known = _known_words(words)
    learned = _add_to(
        [base.logit(row, ()) for row in rows],
        rows,
        [{known[w]: 1 / sqrt(len(held)) for w in held if w in known} for held in words],
        said,
    )
    of_words = learned[1 + len(base.weights) :]
    return Side(
        bias=base.bias + learned[0],
        weights=tuple(old + new for old, new in zip(base.weights, learned[1:], strict=False)),
        words={word: of_words[n] for word, n in known.items()},
    )


def _add_to(
    first: list[float],
    rows: list[tuple[float, ...]],
    words: list[dict[int, float]],
    said: list[bool],
) -> list[float]:
    """Bias, feature weights and word weights to add to the logits `first`.

    Ridge-penalised logistic regression with an offset: what is not in the passages adds
    nothing, so few passages change little.
    """
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix, hstack

    places = [(n, column, value) for n, held in enumerate(words) for column, value in held.items()]
    at, column, value = zip(*places, strict=True) if places else ((), (), ())
    width = 1 + max(column, default=-1)
    dense = np.column_stack([np.ones(len(rows)), np.asarray(rows)])
    table = hstack(
        [csr_matrix(dense), csr_matrix((value, (at, column)), shape=(len(rows), width))]
    ).tocsr()
    signs = np.where(said, 1.0, -1.0)
    offset = np.asarray(first)
    free = min(_MOST_FREE, max(_LEAST_FREE, len(rows) / _PASSAGES_EACH))

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = signs * (table @ weights + offset)
        slope = -signs / (1 + np.exp(np.clip(margin, -30, 30)))
        penalty = weights @ weights / (2 * free)
        return (
            float(np.logaddexp(0, -margin).sum() + penalty),
            table.T @ slope + weights / free,
        )

    found = minimize(loss, np.zeros(table.shape[1]), jac=True, method="L-BFGS-B")
    return [float(weight) for weight in found.x]


def _known_words(words: list[tuple[str, ...]]) -> dict[str, int]:
    often: dict[str, int] = {}
    for held in words:
        for word in held:
            often[word] = often.get(word, 0) + 1
    return {word: n for n, word in enumerate(sorted(w for w, c in often.items() if c >= _OFTEN))}


def _words(text: str) -> tuple[str, ...]:
    """The distinct words of a passage and its pairs of neighbouring words, in order."""
    plain = [word.lower().replace("’", "'") for word in WORD.findall(text)]
    pairs = [f"{one} {two}" for one, two in pairwise(plain)]
    return tuple(dict.fromkeys((*plain, *pairs)))


def _share(logit: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


def _valence(hinders: float, helps: float) -> Valence:
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
