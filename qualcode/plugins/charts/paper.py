"""The paper that charts are drawn on: sizes, signs that tell things apart, and bytes."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from qualcode.analysis.charts.values import Side

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Format = Literal["svg", "png"]
INK = "#1a1b1c"
"""Lines and letters; a page may put its own colour in its place."""
# Okabe and Ito's colours, which people who see colours differently can still tell apart.
FILLS: Mapping[Side, str] = {
    "obstacle": "#d55e00",
    "catalyst": "#0072b2",
    "both": "#cc79a7",
    "neutral": "#999999",
}
HATCHES: Mapping[Side, str] = {"obstacle": "//", "catalyst": "", "both": "xx", "neutral": ".."}
SHAPES: Mapping[Side, str] = {"obstacle": "s", "catalyst": "o", "both": "D", "neutral": "o"}
SIDE_WORDS: Mapping[Side, str] = {
    "obstacle": "obstacle",
    "catalyst": "catalyst",
    "both": "either",
    "neutral": "no side",
}
_FONT = "DejaVu Sans"
_LABEL = 30
_PROLOGUE = re.compile(r"^.*?(?=<svg )", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)


@contextmanager
def paper(width: float, height: float) -> Iterator[tuple[Figure, Axes]]:
    """An empty figure of that size in inches with one plain set of axes."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    settings: Any = {
        "font.family": _FONT,
        "font.size": 9,
        "svg.fonttype": "none",
        "text.parse_math": False,
        "svg.hashsalt": "qualcode",
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": INK,
        "xtick.color": INK,
        "ytick.color": INK,
        "hatch.color": INK,
        "hatch.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
    }
    with mpl.rc_context(settings):
        figure = Figure(figsize=(width, height), layout="constrained")
        yield figure, figure.add_subplot()


def bytes_of(figure: Figure, format: Format) -> bytes:
    """The figure as a file, the same for the same drawing: no date, no name of a program."""
    buffer = io.BytesIO()
    if format == "svg":
        named = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(buffer, format="svg", metadata=named, transparent=True)
        return _METADATA.sub("", buffer.getvalue().decode()).encode()
    figure.savefig(buffer, format="png", dpi=200, facecolor="white", metadata={"Software": None})
    return buffer.getvalue()


def for_page(svg: bytes, *, name: str, title: str) -> str:
    """The drawing to stand inside a page: its ink is that of the page, its ids its own."""
    text = _PROLOGUE.sub("", svg.decode())
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = re.sub(r"url\(#", f"url(#{name}-", text)
    text = re.sub(r'href="#', f'href="#{name}-', text)
    text = text.replace(INK, "currentColor")
    text = text.replace(f"'{_FONT}'", f"'{_FONT}', Verdana, sans-serif")
    text = re.sub(r' (width|height)="[\d.]+pt"', "", text, count=2)
    return text.replace("<svg ", f'<svg role="img" aria-label="{_attribute(title)}" ', 1)


def _attribute(text: str) -> str:
    for sign, safe in (("&", "&amp;"), ("<", "&lt;"), ('"', "&quot;")):
        text = text.replace(sign, safe)
    return text


def wrapped(label: str, width: int = _LABEL) -> str:
    """A label in lines of whole words."""
    return "\n".join(textwrap.wrap(label, width)) or label
