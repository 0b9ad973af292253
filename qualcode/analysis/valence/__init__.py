"""Which way a passage points: what hinders, what helps, both, or neither."""

from __future__ import annotations

from qualcode.analysis.valence.leaning import fit_leanings
from qualcode.analysis.valence.model import (
    SHIPPED,
    Reading,
    ValenceModel,
    fit_valence,
)
from qualcode.analysis.valence.of_code import CodeReader, IsOwn
from qualcode.analysis.valence.reviewed import reviewed_valences
from qualcode.core.learning import ReviewedValence
from qualcode.core.model import Valence

__all__ = [
    "SHIPPED",
    "CodeReader",
    "IsOwn",
    "Reading",
    "ReviewedValence",
    "ValenceModel",
    "fit_leanings",
    "fit_valence",
    "passage_valence",
    "reviewed_valences",
]


def passage_valence(text: str, topic: str = "") -> Valence:
    """What the words of a passage say: obstacle, catalyst, mixed, or neutral.

    >>> passage_valence("Two systems and no shared log-in, so everything is delayed.")
    'obstacle'
    """
    return SHIPPED(text, topic).valence
