"""A profile: rows between two statements, and a line of marks for each group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.analysis.charts.values import Profile
from qualcode.plugins.charts.paper import INK, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MARKERS = ("o", "s", "^", "D", "v", "P")
_DASHES = ("-", "--", ":", "-.")
# Okabe and Ito again, without the yellow that white paper swallows.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#000000")


def draw_profile(axes: Axes, figure: Profile) -> None:
    """Draws the profile; groups differ by mark and dash as well as by colour."""
    places = range(len(figure.left))
    low, high = figure.scale
    for n, line in enumerate(figure.lines):
        axes.plot(
            [float("nan") if value is None else value for value in line.values],
            places,
            color=_COLOURS[n % len(_COLOURS)],
            marker=_MARKERS[n % len(_MARKERS)],
            linestyle=_DASHES[n % len(_DASHES)],
            markeredgecolor=INK,
            markersize=7,
            label=line.name,
        )
    axes.set_xlim(low - 0.2, high + 0.2)
    axes.set_xticks(range(low, high + 1))
    axes.set_ylim(len(figure.left) - 0.5, -0.5)
    axes.set_yticks(places, [wrapped(words, 32) for words in figure.left])
    right = axes.secondary_yaxis("right")
    right.set_yticks(places, [wrapped(words, 28) for words in figure.right])
    right.spines["right"].set_visible(False)
    right.tick_params(right=False)
    axes.set_xlabel("mean of the answers")
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)
    axes.grid(color=INK, alpha=0.15)
    axes.set_axisbelow(True)
