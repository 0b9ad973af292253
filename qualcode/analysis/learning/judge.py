"""A fitted model applied to passages: how likely each code is, and which are worth offering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.learning.cue_evidence import Found, cue_scores
from qualcode.analysis.learning.fit import Fitted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.analysis.learning.calibrate import Flags
    from qualcode.analysis.learning.space import Matrix, Rows

COLD_LEVEL = 0.2
"""How like the codebook's words a passage must be to be offered before anything is learnt."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Passages judged: by passage and code the chance, and whether it is offered.

    `chance` is a probability where the model has learnt from reviewed passages that somebody
    gave the code; before, it only ranks. `told` is how like the codebook's words each passage is.
    """

    rows: Rows
    told: Matrix
    cues: Matrix
    chance: Matrix
    offered: Flags
    evidence: NDArray[np.float64] | None = None


def judge(
    fitted: Fitted, texts: Sequence[str], topics: Sequence[str], found: Found | None = None
) -> Judged:
    """Every code on every passage; `found` are the cues found on them (`cues_on_segments`)."""
    rows = fitted.space.rows(texts, topics)
    cues = cue_scores(found or [], len(texts), fitted.codes)
    whole = fitted.told(rows)
    told = whole + fitted.near_told(texts)
    learnt = fitted.learnt
    if learnt is None:
        chance = 1 - (1 - cues) * (1 - np.clip(told, 0, 1))
        # single words ("course", "chair") put codes in order; alone they offer too much of talk
        offered = (cues > 0) | _best(whole, COLD_LEVEL)
        return Judged(rows, told, cues, chance, _children_first(fitted, chance, offered))
    evidence = fitted.evidence(rows, told, cues)
    # nothing was learnt of the cues of a code that nobody has given: they rank, as before
    by_cue = learnt.is_new & (cues > 0)
    chance = np.where(by_cue, cues, learnt.calibration.probabilities(evidence))
    offered = _children_first(fitted, chance, by_cue | (chance >= learnt.levels))
    return Judged(rows, told, cues, chance, offered, evidence)


def _best(scores: Matrix, level: float) -> Flags:
    """The best code of each passage, where it reaches the level."""
    found = np.zeros(scores.shape, dtype=bool)
    if scores.size:
        at, top = np.arange(len(scores)), scores.argmax(axis=1)
        found[at, top] = scores[at, top] >= level
    return found


def _children_first(fitted: Fitted, chance: Matrix, offered: Flags) -> Flags:
    """Without the parents that have no evidence of their own beside an offered child.

    A parent has, where it is likelier than the child, or where those who reviewed gave it
    beside that child as a rule.
    """
    kept = offered.copy()
    for child, parent in enumerate(fitted.family.parents.tolist()):
        if parent < 0 or (fitted.learnt and fitted.learnt.has_parent_beside[child]):
            continue
        kept[:, parent] &= ~offered[:, child] | (chance[:, parent] > chance[:, child])
    return kept
