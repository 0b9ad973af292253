"""What a benchmark gives back: rows of one table, and where things fall short."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qualcode.core.model import Document
from qualcode.core.problems import Problem
from qualcode.core.protocols import Source
from qualcode.plugins.registry import load_readers
from qualcode.project.ingest import Ingester
from qualcode.project.sources import Found

HEAD = ("Measure", "Value", "Of", "Remark")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was measured, its value as shown, out of what, and a remark."""

    measure: str
    value: str
    of: str = ""
    remark: str = ""


@dataclass(slots=True)
class Report:
    """The rows of one part, with the files that fall short and what was skipped."""

    title: str
    rows: list[Row] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def add(self, measure: str, value: str, of: str = "", remark: str = "") -> None:
        self.rows.append(Row(measure, value, of, remark))


def shared_root() -> Path:
    """Where the data lie: `QUALCODE_SHARED`, or the folder `shared` beside the checkout."""
    return Path(os.environ.get("QUALCODE_SHARED", Path(__file__).parents[2] / "shared"))


class Reading:
    """Reads files with the package, the readers made ready once."""

    def __init__(self) -> None:
        self._ingester = Ingester()
        self._readers = {suffix: one for one in load_readers() for suffix in one.suffixes}

    def read(self, path: Path) -> tuple[Document | None, tuple[Problem, ...]]:
        ingested = self._ingester.ingest(Found(path, path.name, path.stem))
        return ingested.document, ingested.problems

    def extracted(self, path: Path) -> str:
        """What the reader alone takes out of a file, before it is laid out."""
        found = self._readers[path.suffix.lower()](Source(path.name, path.read_bytes()))
        parts = [line.text for line in found.lines] + [cue.text for cue in found.cues]
        return "\n".join([*parts, *(" ".join(row.cells) for row in found.rows)])


def percent(value: float) -> str:
    """A share with one decimal; never rounded up to the whole.

    >>> percent(0.99999)
    '99.9%'
    """
    return f"{min(value * 100, 99.9):.1f}%" if value < 1 else "100%"


def plain(reports: Iterable[Report]) -> str:
    """The table in columns of even width."""
    shown = list(reports)
    rows = [(r.measure, r.value, r.of, r.remark) for one in shown for r in one.rows]
    widths = [max((len(row[at]) for row in [HEAD, *rows]), default=0) for at in range(4)]
    lines = [_aligned(HEAD, widths)]
    for one in shown:
        lines.extend(["", one.title])
        lines.extend(_aligned((r.measure, r.value, r.of, r.remark), widths) for r in one.rows)
    return "\n".join([*lines, *_notes(shown, "")])


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, value, of, remark = cells
    return f"{first:{widths[0]}}  {value:>{widths[1]}}  {of:{widths[2]}}  {remark}".rstrip()


def markdown(reports: Iterable[Report]) -> str:
    """The same table in Markdown."""
    shown = list(reports)
    lines = [f"| {' | '.join(HEAD)} |", "|---|---:|---|---|"]
    for one in shown:
        lines.append(f"| **{one.title}** | | | |")
        for r in one.rows:
            cells = (_escaped(c) for c in (r.measure, r.value, r.of, r.remark))
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, *_notes(shown, "- ")])


def _escaped(cell: str) -> str:
    return cell.replace("|", "\\|")


def _notes(reports: Sequence[Report], bullet: str) -> list[str]:
    failures = [f"{bullet}{line}" for one in reports for line in one.failures]
    skipped = [f"{bullet}{line}" for one in reports for line in one.skipped]
    lines = ["", "Where it falls short:", "", *failures] if failures else []
    return [*lines, "", "Skipped:", "", *skipped] if skipped else lines
