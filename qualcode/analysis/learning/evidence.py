"""What speaks for a code on a passage, as figures; each kind of evidence has a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from qualcode.core.model import Code

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.analysis.learning.space import Matrix

KINDS = (
    "likeness to reviewed passages",
    "likeness to the codebook's words",
    "nearness to the passage's best code",
    "how well its category fits",
    "how well one of its sub-codes fits",
    "how usual it is here",
    "its cues",
)
NEVER_AGAINST = tuple(
    n for n, kind in enumerate(KINDS) if kind.startswith("likeness") or kind == "its cues"
)
"""Kinds of which more never speaks against a code: both kinds of likeness, and cues."""
_STEADY = 5.0  # so many passages under a question count as much as all others together


@dataclass(frozen=True, slots=True)
class Family:
    """For each code the position of its parent (or -1), and those of its children."""

    parents: NDArray[np.int64]
    children: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, codes: Sequence[Code]) -> Family:
        at = {code.id: n for n, code in enumerate(codes)}
        parents = [at.get(code.parent or "", -1) for code in codes]
        children = (tuple(k for k, p in enumerate(parents) if p == n) for n in range(len(codes)))
        return cls(np.array(parents, dtype=np.int64), tuple(children))


@dataclass(frozen=True, slots=True)
class Usual:
    """How often each code was accepted, in all and under each topic."""

    passages: float
    accepted: NDArray[np.float64]
    by_topic: dict[str, tuple[float, NDArray[np.float64]]]

    @classmethod
    def of(
        cls, accepted: NDArray[np.bool_], topics: Sequence[str], stands_for: NDArray[np.float64]
    ) -> Usual:
        """From the codes of passages, each of which counts for as many as it stands for."""
        by_topic = {}
        for topic in sorted(set(topics) - {""}):
            which = np.array([one == topic for one in topics])
            by_topic[topic] = (float(stands_for[which].sum()), stands_for[which] @ accepted[which])
        return cls(float(stands_for.sum()), stands_for @ accepted, by_topic)

    def share(self) -> NDArray[np.float64]:
        """Of all passages; never quite 0."""
        return (self.accepted + 0.5) / (self.passages + 1)

    def log_share(self, topics: Sequence[str], own: NDArray[np.bool_] | None = None) -> Matrix:
        """By passage and code: ln of the share under its topic, drawn towards that of all.

        `own` are the codes of these passages, where they were counted: they are left out.
        """
        everywhere = self.share()
        nothing = (0.0, np.zeros(len(everywhere)))
        counted = [self.by_topic.get(topic, nothing) for topic in topics]
        passages = np.array([n for n, _ in counted], dtype=float).reshape(-1, 1)
        held = np.array([codes for _, codes in counted]).reshape(len(counted), len(everywhere))
        if own is not None:
            there = passages > 0
            passages, held = passages - there, held - own * there
        found: Matrix = np.log((held + _STEADY * everywhere) / (passages + _STEADY))
        return found


def gather_evidence(
    learnt: Matrix, told: Matrix, usual: Matrix, cues: Matrix, family: Family
) -> NDArray[np.float64]:
    """Every kind of evidence, by passage, code and kind (in the order of `KINDS`).

    `learnt` comes from reviewed passages, `told` from the codebook alone.
    """
    top = learnt.max(axis=1, keepdims=True) if learnt.size else learnt
    above, below = np.zeros_like(learnt), np.zeros_like(learnt)
    has_parent = family.parents >= 0
    above[:, has_parent] = learnt[:, family.parents[has_parent]]
    for n, children in enumerate(family.children):
        if children:
            below[:, n] = learnt[:, list(children)].max(axis=1)
    # the strongest are reviewed first; a root keeps what is learnt of them from sinking the rest
    likeness, found = np.sqrt(np.maximum(learnt, 0)), np.sqrt(cues)
    kinds = [likeness, told, learnt - top, above, below, usual, found]
    return np.stack(kinds, axis=2)
