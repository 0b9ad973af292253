"""What a chart shows, apart from how it is drawn.

Every chart carries its numbers as a table and says in words what there is to see, so that
nobody depends on seeing it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qualcode.core.table import Table

Side = Literal["obstacle", "catalyst", "both", "neutral"]


@dataclass(frozen=True, slots=True)
class Balance:
    """One bar of a continuum: numbers on either side of the middle, and where that puts it."""

    label: str
    obstacle: int
    catalyst: int
    place: str


@dataclass(frozen=True, slots=True)
class Continuum:
    """Bars to both sides of a middle line, from obstacles above to catalysts below."""

    bars: tuple[Balance, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Numbers in cells, the darker the greater; `values` has a row per label of `rows`."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Node:
    """A point of a network: its size, and its side, which gives its shape."""

    label: str
    size: int
    side: Side = "neutral"


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between two points, by their positions; the thicker the greater."""

    first: int
    second: int
    weight: int


@dataclass(frozen=True, slots=True)
class Network:
    """Points on a ring, in the order in which they stand, and the lines between them."""

    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows of dots along dates: `counts` has a row per label, a number per date."""

    rows: tuple[str, ...]
    dates: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Curve:
    """New things per step as bars, and all so far as a line; `reached` is a step from 1."""

    steps: tuple[str, ...]
    new: tuple[int, ...]
    total: tuple[int, ...]
    reached: int | None = None


@dataclass(frozen=True, slots=True)
class MarkGrid:
    """A mark in each cell: "present", "in attendance", "apologies" or ""."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    marks: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars from the left, the first on top; `notes` stand behind them."""

    labels: tuple[str, ...]
    values: tuple[int, ...]
    notes: tuple[str, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class ProfileLine:
    """One line of a profile, named in the legend; None where there is no value."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """Rows between two statements, on a scale from left to right, a line for each group."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    lines: tuple[ProfileLine, ...]
    scale: tuple[int, int]


Figure = Continuum | HeatMap | Network | Timeline | Curve | MarkGrid | Bars | Profile


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with its title, what it says in words, and its numbers."""

    name: str
    title: str
    text: str
    figure: Figure
    table: Table
