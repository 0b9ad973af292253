"""`qualcode barometer ...`: what it prints and writes."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.analysis.pair_tables import counted
from qualcode.cli.tables import Options, show_table, show_tables
from qualcode.project.barometer import (
    About,
    draw_scores,
    make_form,
    read_forms,
    score_forms,
    with_evidence,
)
from qualcode.project.study import open_study
from qualcode.project.table_files import write_table


def make_command(out: Path, about: About, *, title: str, people: int, force: bool) -> None:
    """Writes the form, or the sheet that takes the answers."""
    data = make_form(open_study(Path.cwd()), out.suffix, about, title=title, people=people)
    write_table(out, data, force=force)
    sys.stdout.write(f"Wrote {out}.\n")
    if out.suffix.lower() in (".csv", ".xlsx"):
        sys.stdout.write(f"A row for each form. Then: qualcode barometer read {out}\n")


def read_command(
    paths: Sequence[Path], about: About, *, replaces: bool = False, because: str = ""
) -> None:
    """Takes filled forms in and says how many."""
    study = open_study(Path.cwd())
    read = read_forms(study, paths, about, replaces=replaces, because=because)
    if not read.is_new:
        sys.stdout.write("Nothing changed: these forms are in the project already.\n")
        return
    instead = f", in place of {read.replaced}" if read.replaced else ""
    sys.stdout.write(f"Read {counted(read.taken, 'form')}{instead}.\n")
    if read.empty:
        sys.stdout.write(f"Left out: {counted(read.empty, 'row')} without an answer.\n")
    if read.left_out:
        sys.stdout.write(f"Columns left out: {', '.join(read.left_out)}.\n")
    sys.stdout.write("Next: qualcode barometer score. `qualcode undo` takes it back.\n")


@dataclass(frozen=True, slots=True)
class Scoring:
    """How to score: set apart by what, only which forms, and what to show beside."""

    by: str
    only: About
    lenses: bool = False
    evidence: bool = False
    chart: Path | None = None


def score_command(scoring: Scoring, options: Options) -> None:
    """Prints the scores by row and by lens, or writes one of the tables, and the chart."""
    study = open_study(Path.cwd())
    scored = score_forms(study, by=scoring.by, only=scoring.only)
    if scoring.evidence:
        scored = with_evidence(study, scored)
    chart = scoring.chart
    if chart is not None:
        write_table(chart, draw_scores(scored, chart.suffix), force=options.force)
    if scoring.lenses:
        show_table(scored.lenses, options)
    else:
        show_tables((scored.rows, scored.lenses), options)
    if chart is not None:
        sys.stderr.write(f"Wrote {chart}.\n")
