"""Rolling captions: each begins with the words of the one before, as YouTube writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qualcode.core.model import Cue

FEWEST = 6
LONGEST = 40
"""Words of a caption within which it is looked for what the one before it said."""


def unroll(cues: Sequence[Cue]) -> tuple[tuple[Cue, ...], int]:
    """The captions without the words carried over, and how many carried some.

    Only where most captions of the file do so; elsewhere people repeat themselves.
    """
    held = [0, *(_carried(before, cue) for before, cue in pairwise(cues))] if cues else []
    rolling = sum(1 for n in held if n)
    if len(cues) < FEWEST or rolling < 0.5 * len(cues):
        return tuple(cues), 0
    kept = [
        replace(cue, text=" ".join(cue.text.split()[n:])) if n else cue
        for cue, n in zip(cues, held, strict=True)
    ]
    return tuple(cue for cue in kept if cue.text.strip()), rolling


def _carried(before: Cue, cue: Cue) -> int:
    """How many words at the beginning of a caption end the one before it."""
    if before.speaker != cue.speaker:
        return 0
    ends = before.text.split()[-LONGEST:]
    begins = cue.text.split()[:LONGEST]
    for n in range(min(len(ends), len(begins)), 0, -1):
        if ends[-n:] == begins[:n]:
            return n
    return 0
