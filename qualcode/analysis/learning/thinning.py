"""Fewer passages where there are very many, so that fitting stays a matter of seconds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from qualcode.core.learning import Reviewed

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 3000
"""Passages learnt from at most; fitting takes some four seconds then."""


def thin_out(
    reviewed: Sequence[Reviewed], most: int = MOST
) -> tuple[tuple[Reviewed, ...], NDArray[np.float64]]:
    """At most so many passages, in their order, and for how many each of them stands.

    Passages without a code go first, because they are many and alike; both kinds are thinned
    out evenly over all documents, and those that stay count for those that go.
    """
    if len(reviewed) <= most:
        return tuple(reviewed), np.ones(len(reviewed))
    is_said = np.array([bool(one.accepted or one.rejected) for one in reviewed])
    said, left = np.flatnonzero(is_said), np.flatnonzero(~is_said)
    room = min(len(left), max(most - len(said), most // 3))
    stands_for = np.zeros(len(reviewed))
    for which, size in ((said, most - room), (left, room)):
        kept = _evenly(which, size)
        if len(kept):
            stands_for[kept] = len(which) / len(kept)
    kept = np.flatnonzero(stands_for)
    return tuple(reviewed[n] for n in kept.tolist()), stands_for[kept]


def _evenly(which: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """So many of them, from the first to the last at even distances."""
    if len(which) <= size:
        return which
    found: NDArray[np.int64] = which[np.linspace(0, len(which) - 1, size).astype(np.int64)]
    return found
