"""A network drawn on a ring: labels outside, lines inside, the same way every time."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from typing import TYPE_CHECKING

from qualcode.analysis.charts.values import Network
from qualcode.plugins.charts.paper import FILLS, INK, SHAPES, SIDE_WORDS, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NUMBERED = 40
"""Lines up to which each carries its number."""
GAP, LOWEST = 0.22, 1.2
"""Least distance of two labels, and how far below the middle they may stand."""


def draw_ring(axes: Axes, figure: Network) -> None:
    """Draws the network on empty axes; thickness and a number tell how strong a tie is."""
    places = [_place(at, len(figure.nodes)) for at in range(len(figure.nodes))]
    most = max((tie.weight for tie in figure.ties), default=1)
    for tie in figure.ties:
        (x, y), (u, v) = places[tie.first], places[tie.second]
        share = tie.weight / most
        axes.plot(
            [x, u], [y, v], color=INK, linewidth=0.5 + 4 * share, alpha=0.18 + 0.5 * share, zorder=1
        )
        if len(figure.ties) <= _NUMBERED:
            box = {"boxstyle": "round,pad=0.1", "facecolor": "#ffffff", "edgecolor": "none"}
            at = (0.42 * x + 0.58 * u, 0.42 * y + 0.58 * v)
            axes.text(
                *at,
                str(tie.weight),
                fontsize=7,
                ha="center",
                va="center",
                bbox=box,
                color="#000000",
            )
    _draw_nodes(axes, figure, places)
    axes.set_xlim(-2.3, 2.3)
    axes.set_ylim(-1.45, 1.25)
    axes.set_aspect("equal")
    axes.axis("off")
    axes.text(0, -1.35, f"number and thickness of a line: {figure.unit}", ha="center", va="top")


def _place(at: int, n: int) -> tuple[float, float]:
    angle = pi / 2 - 2 * pi * at / max(n, 1)
    return cos(angle), sin(angle)


def _draw_nodes(axes: Axes, figure: Network, places: list[tuple[float, float]]) -> None:
    most = max((node.size for node in figure.nodes), default=1) or 1
    shown: set[str] = set()
    labels = label_places(places)
    for node, (x, y), (u, v) in zip(figure.nodes, places, labels, strict=True):
        word = SIDE_WORDS[node.side]
        axes.scatter(
            [x],
            [y],
            s=60 + 240 * node.size / most,
            marker=SHAPES[node.side],
            facecolor=FILLS[node.side],
            edgecolor=INK,
            zorder=2,
            label="_" + word if word in shown else word,
        )
        shown.add(word)
        axes.plot([x, 0.97 * u], [y, v], color=INK, linewidth=0.5, alpha=0.4, zorder=0)
        label = wrapped(f"{node.label} ({node.size})", 30)
        axes.text(u, v, label, ha="left" if u > 0 else "right", va="center", fontsize=8)
    if len(shown) > 1:
        axes.legend(loc="lower left", frameon=False, fontsize=8, markerscale=0.5)


def label_places(places: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Where labels stand: to the left and right of the ring, far enough from each other.

    >>> label_places([(0.1, 1.0), (0.3, 0.95)])
    [(1.25, 1.0), (1.25, 0.78)]
    """
    found = [(0.0, 0.0)] * len(places)
    for side in (1, -1):
        held = [at for at, (x, _) in enumerate(places) if (x >= 0) == (side > 0)]
        held.sort(key=lambda at: -places[at][1])
        heights = _spread([places[at][1] for at in held])
        for at, height in zip(held, heights, strict=True):
            found[at] = (side * 1.25, height)
    return found


def _spread(heights: list[float]) -> list[float]:
    """Heights from top to bottom, pushed apart to a least distance, the middle kept."""
    pushed: list[float] = []
    for height in heights:
        pushed.append(min(height, pushed[-1] - GAP) if pushed else height)
    low = min(0.0, min(pushed, default=0.0) + LOWEST)
    return [round(height - low, 4) for height in pushed]
