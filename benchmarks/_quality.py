"""What the quality benchmarks share: one row of the table, reading, halves, intervals."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np

from benchmarks._report import shared_root

SEED = 20260101
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Result:
    """One figure: which part, what was measured, its value and 95 % interval, on how many."""

    part: str
    measure: str
    value: float
    low: float
    high: float
    n: int
    remark: str = ""


def read_rows(name: str) -> list[dict[str, Any]]:
    """The rows of a data set; none where it is not there."""
    path = shared_root() / "data" / name / "dev.jsonl"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def is_reported(doc: str) -> bool:
    """Whether a document is in the half that is reported; rules are tuned on the other half."""
    return int(sha256(doc.encode()).hexdigest(), 16) % 2 == 1


def interval(
    measure: Callable[[Sequence[int]], float], groups: Sequence[str], *, draws: int = DRAWS
) -> tuple[float, float]:
    """The 95 % bootstrap interval of a measure of rows, drawing whole groups (documents).

    Args:
        measure: gives the figure for these positions.
        groups: the group of each row.
    """
    held: dict[str, list[int]] = {}
    for n, group in enumerate(groups):
        held.setdefault(group, []).append(n)
    names = sorted(held)
    random = np.random.default_rng(SEED)
    figures = [
        measure([n for at in random.integers(0, len(names), len(names)) for n in held[names[at]]])
        for _ in range(draws)
    ]
    low, high = np.percentile(figures, [2.5, 97.5])
    return float(low), float(high)
