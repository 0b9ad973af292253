"""Which way a code of either valence points as a rule: evidence beside what a passage says.

Each code has its own shift of the log-odds, drawn towards none by a Gaussian prior (a random
intercept), so a few codings shift little, and a passage that speaks clearly is still heard.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from qualcode.analysis.learning.side import share
from qualcode.analysis.valence.model import Reading, ValenceModel, valence_of
from qualcode.core.learning import ReviewedValence
from qualcode.core.model import Valence

LEAST_CODINGS = 3
"""Codings of a code below which nothing is said of which way it points."""
_FREE = 4.0  # how far a code may lie from what its passages say (tuned on half of NHS)
_STEPS = 12
_LEAST_SHARE = 1e-4


@dataclass(frozen=True, slots=True)
class Leaning:
    """How much likelier a code hinders, and helps, than its passages say, in log-odds."""

    hinders: float
    helps: float
    counts: Mapping[Valence, int]

    def __call__(self, reading: Reading) -> Reading:
        """The reading of a passage for this code; it says so where the code decided."""
        hinders = share(_log_odds(reading.hinders) + self.hinders)
        helps = share(_log_odds(reading.helps) + self.helps)
        valence = valence_of(hinders, helps)
        if valence == "mixed" != reading.valence:  # that a code leans is no second side
            valence = "obstacle" if hinders > helps else "catalyst"
        because = reading.because if valence == reading.valence else self._because(valence)
        return replace(
            reading,
            valence=valence,
            hinders=round(hinders, 4),
            helps=round(helps, 4),
            because=because,
        )

    def _because(self, valence: Valence) -> str:
        alike, whole = self.counts.get(valence, 0), sum(self.counts.values())
        return f"{valence} in {alike} of {whole} codings of this code"


def fit_leanings(
    read: ValenceModel, given: Sequence[tuple[str, ReviewedValence]]
) -> dict[str, Leaning]:
    """By code, which way it leans; codes with few codings are left out.

    Args:
        given: codings, each with the id of its code, in any order.
    """
    by_code: defaultdict[str, list[ReviewedValence]] = defaultdict(list)
    for code_id, one in given:
        by_code[code_id].append(one)
    return {
        code_id: _leaning(read, by_code[code_id])
        for code_id in sorted(by_code)
        if len(by_code[code_id]) >= LEAST_CODINGS
    }


def _leaning(read: ValenceModel, given: Sequence[ReviewedValence]) -> Leaning:
    readings = [read(one.text, one.topic) for one in given]
    hinders = [one.valence in ("obstacle", "mixed") for one in given]
    helps = [one.valence in ("catalyst", "mixed") for one in given]
    return Leaning(
        _shift([_log_odds(one.hinders) for one in readings], hinders),
        _shift([_log_odds(one.helps) for one in readings], helps),
        Counter(one.valence for one in given),
    )


def _shift(said: Sequence[float], given: Sequence[bool]) -> float:
    """What to add to the log-odds so that they fit best, by Newton's method."""
    shift = 0.0
    for _ in range(_STEPS):
        chances = [share(one + shift) for one in said]
        slope = sum(given) - sum(chances) - shift / _FREE
        bend = sum(chance * (1 - chance) for chance in chances) + 1 / _FREE
        shift += slope / bend
    return round(shift, 6)


def _log_odds(chance: float) -> float:
    kept = min(max(chance, _LEAST_SHARE), 1 - _LEAST_SHARE)
    return log(kept / (1 - kept))
