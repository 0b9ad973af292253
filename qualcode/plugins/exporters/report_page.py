"""The report as one page of HTML that needs nothing but itself."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.analysis.pages.values import NAMES_TOLD, Note, Report
from qualcode.core.model import Valence
from qualcode.plugins.charts.draw import draw_for_page
from qualcode.plugins.exporters.html import render

SIGNS: Mapping[Valence, str] = {"obstacle": "−", "catalyst": "+", "mixed": "±", "neutral": "○"}
"""What tells valences apart besides colour."""


def report_page(report: Report) -> bytes:
    """The whole report; charts stand in it as drawings with their numbers beside them."""
    from markupsafe import Markup

    kinds = dict.fromkeys(page.document.kind for page in report.documents)
    return render(
        "study.html",
        report=report,
        names_told=NAMES_TOLD,
        drawings={chart.name: Markup(draw_for_page(chart)) for chart in report.charts},
        kinds=tuple(kinds),
        signs=SIGNS,
        classes=_classes,
        spoken="" if report.language == "en" else Markup(' lang="{}"').format(report.language),
    )


def _classes(notes: tuple[Note, ...]) -> str:
    """The classes of a marked stretch: its valences, and how many codings lie over it."""
    valences = dict.fromkeys(f"v-{note.valence}" for note in notes)
    return " ".join((*valences, "many") if len(notes) > 1 else valences)
