"""Drawing each kind of chart with matplotlib, which is loaded only here and when asked."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING, Any

from qualcode.analysis.charts.values import (
    Bars,
    Chart,
    Continuum,
    Curve,
    HeatMap,
    MarkGrid,
    Network,
    Profile,
    Timeline,
)
from qualcode.plugins.charts.paper import (
    FILLS,
    HATCHES,
    INK,
    Format,
    bytes_of,
    for_page,
    paper,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_ROW = 0.34
"""Inches of height for one row of labels."""
_WIDTH = 8.0


def draw(chart: Chart, format: Format = "svg") -> bytes:
    """The chart as an SVG or PNG file; the same chart gives the same bytes."""
    drawn: bytes = _draw(chart.figure, format)
    return drawn


def draw_for_page(chart: Chart) -> str:
    """The chart as SVG to stand inside a page of HTML."""
    return for_page(draw(chart), name=chart.name, title=f"{chart.title}. {chart.text}")


@singledispatch
def _draw(figure: Any, format: Format) -> bytes:  # noqa: ARG001
    raise TypeError(f"no chart is drawn from {type(figure).__name__}")


@_draw.register
def _(figure: Continuum, format: Format) -> bytes:
    with paper(_WIDTH, 1.2 + _ROW * len(figure.bars) * 1.15) as (sheet, axes):
        places = range(len(figure.bars))
        for side, sign in (("obstacle", -1), ("catalyst", 1)):
            values = [getattr(bar, side) for bar in figure.bars]
            drawn = axes.barh(
                places,
                [sign * value for value in values],
                color=FILLS[side],  # type: ignore[index]
                hatch=HATCHES[side],  # type: ignore[index]
                edgecolor=INK,
                linewidth=0.6,
                height=0.62,
                label=side,
            )
            axes.bar_label(drawn, [str(v) if v else "" for v in values], padding=3)
        axes.axvline(0, color=INK, linewidth=1)
        axes.set_yticks(places, [wrapped(bar.label) for bar in figure.bars])
        _write_places(axes, figure)
        axes.invert_yaxis()
        axes.set_xticks([])
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.tick_params(left=False)
        axes.margins(x=0.12)
        axes.set_xlabel(f"{figure.unit}: obstacle to the left, catalyst to the right")
        sheet.legend(loc="outside upper right", ncols=2, frameon=False)
        return bytes_of(sheet, format)


def _write_places(axes: Axes, figure: Continuum) -> None:
    """The place of each bar on the continuum, at the right edge."""
    for place, bar in enumerate(figure.bars):
        axes.text(1.01, place, bar.place, transform=axes.get_yaxis_transform(), va="center")


@_draw.register
def _(figure: HeatMap, format: Format) -> bytes:
    width = min(3.2 + 0.55 * len(figure.columns), 14)
    with paper(width, 1.6 + _ROW * len(figure.rows)) as (sheet, axes):
        most = max((n for row in figure.values for n in row), default=0) or 1
        shown = [[n if n else float("nan") for n in row] for row in figure.values]
        edges = [[at - 0.5 for at in range(n + 1)] for n in (len(figure.columns), len(figure.rows))]
        axes.pcolormesh(*edges, shown, cmap="Blues", vmin=-0.15 * most, vmax=most, rasterized=False)
        axes.set_ylim(len(figure.rows) - 0.5, -0.5)
        for y, row in enumerate(figure.values):
            for x, n in enumerate(row):
                dark = n > 0.55 * most
                colour = "#ffffff" if dark else "#000000" if n else INK
                axes.text(x, y, str(n) if n else "·", ha="center", va="center", color=colour)
        axes.set_xticks(
            range(len(figure.columns)),
            [wrapped(label, 22) for label in figure.columns],
            rotation=50,
            ha="left",
            rotation_mode="anchor",
        )
        axes.xaxis.tick_top()
        axes.set_yticks(range(len(figure.rows)), [wrapped(label, 36) for label in figure.rows])
        axes.spines[:].set_visible(False)
        axes.tick_params(top=False, left=False)
        axes.set_xlabel(f"{figure.unit}; a dot stands for none")
        return bytes_of(sheet, format)


@_draw.register
def _(figure: Network, format: Format) -> bytes:
    from qualcode.plugins.charts.ring import draw_ring

    with paper(_WIDTH, 5.2) as (sheet, axes):
        draw_ring(axes, figure)
        return bytes_of(sheet, format)


@_draw.register
def _(figure: Timeline, format: Format) -> bytes:
    width = min(3.4 + 0.5 * len(figure.dates), 14)
    with paper(width, 1.5 + _ROW * len(figure.rows)) as (sheet, axes):
        most = max((n for row in figure.counts for n in row), default=0) or 1
        for y, row in enumerate(figure.counts):
            seen = False
            for x, n in enumerate(row):
                if not n:
                    continue
                face = FILLS["catalyst"] if seen else "none"
                seen = True
                size = 40 + 260 * n / most
                axes.scatter([x], [y], s=size, facecolor=face, edgecolor=INK, linewidth=1.1)
                if n > 1:
                    colour = INK if face == "none" else "#ffffff"
                    axes.text(x, y, str(n), ha="center", va="center", fontsize=7, color=colour)
        axes.set_xticks(range(len(figure.dates)), figure.dates, rotation=50, ha="right")
        axes.set_yticks(range(len(figure.rows)), [wrapped(label, 36) for label in figure.rows])
        axes.set_ylim(len(figure.rows) - 0.4, -0.6)
        axes.set_xlim(-0.6, len(figure.dates) - 0.4)
        axes.grid(axis="y", color=INK, alpha=0.15)
        axes.set_axisbelow(True)
        axes.set_xlabel(f"{figure.unit}; an empty ring is where a code comes first")
        return bytes_of(sheet, format)


@_draw.register
def _(figure: Curve, format: Format) -> bytes:
    with paper(_WIDTH, 4.2) as (sheet, axes):
        places = range(1, len(figure.steps) + 1)
        axes.plot(places, figure.total, color=INK, marker="o", markersize=4, label="codes so far")
        axes.bar(
            places,
            figure.new,
            color=FILLS["catalyst"],
            hatch="//",
            edgecolor=INK,
            linewidth=0.6,
            label="new codes",
        )
        if figure.reached is not None:
            axes.axvline(figure.reached, color=INK, linestyle="--", label="saturation reached")
        axes.set_xticks(places, figure.steps, rotation=50, ha="right")
        axes.set_ylabel("codes")
        axes.set_ylim(bottom=0)
        axes.locator_params(axis="y", integer=True)
        sheet.legend(loc="outside upper right", ncols=3, frameon=False)
        return bytes_of(sheet, format)


@_draw.register
def _(figure: Profile, format: Format) -> bytes:
    from qualcode.plugins.charts.profile import draw_profile

    with paper(_WIDTH + 1, 1.4 + 0.55 * len(figure.left)) as (sheet, axes):
        draw_profile(axes, figure)
        if len(figure.lines) > 1:
            sheet.legend(loc="outside upper center", ncols=3, frameon=False)
        return bytes_of(sheet, format)


_MARKS = {"present": "o", "in attendance": "s", "apologies": "x"}


@_draw.register
def _(figure: MarkGrid, format: Format) -> bytes:
    width = min(4 + 0.75 * len(figure.columns), 14)
    with paper(width, 1.7 + 0.26 * len(figure.rows)) as (sheet, axes):
        for mark, shape in _MARKS.items():
            places = [
                (x, y)
                for y, row in enumerate(figure.marks)
                for x, one in enumerate(row)
                if one == mark
            ]
            face = {"color": INK} if shape == "x" else {"facecolor": FILLS["catalyst"]}
            if shape != "x":
                face["edgecolor"] = INK
            xs, ys = [x for x, _ in places], [y for _, y in places]
            axes.scatter(xs, ys, marker=shape, s=48, label=mark, **face)  # type: ignore[arg-type]
        axes.set_xticks(range(len(figure.columns)), figure.columns, rotation=50, ha="left")
        axes.xaxis.tick_top()
        axes.set_yticks(range(len(figure.rows)), [wrapped(label, 44) for label in figure.rows])
        axes.set_ylim(len(figure.rows) - 0.4, -0.6)
        axes.set_xlim(-0.6, len(figure.columns) - 0.4)
        axes.grid(color=INK, alpha=0.12)
        axes.set_axisbelow(True)
        sheet.legend(loc="outside lower right", ncols=3, frameon=False)
        return bytes_of(sheet, format)


@_draw.register
def _(figure: Bars, format: Format) -> bytes:
    with paper(_WIDTH, 0.9 + _ROW * len(figure.labels)) as (sheet, axes):
        places = range(len(figure.labels))
        drawn = axes.barh(
            places, figure.values, color=FILLS["catalyst"], edgecolor=INK, linewidth=0.6
        )
        axes.bar_label(drawn, figure.notes, padding=3)
        axes.set_yticks(places, [wrapped(label, 40) for label in figure.labels])
        axes.invert_yaxis()
        axes.margins(x=0.2)
        axes.set_xlabel(figure.unit)
        return bytes_of(sheet, format)
