"""The tables besides the pairs, shown in every format."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from qualcode.analysis.sampling.saturation import Rule
from qualcode.cli.asked import Asked
from qualcode.cli.tables import Options, show_tables
from qualcode.core.table import Table
from qualcode.project.emerging import view_saturation
from qualcode.project.framework import write_cell
from qualcode.project.study import Study, open_study
from qualcode.project.tables import Ask


def show(
    asked: Asked,
    view: Callable[[Study, Ask], Table | tuple[Table, ...]],
    *,
    second: bool = False,
) -> None:
    """Shows the table, or tables, that `view` makes of the study; with `second`, that alone."""
    found = view(open_study(Path.cwd()), _ask(asked))
    tables = (found,) if isinstance(found, Table) else found
    options = Options(asked.coder, asked.draft, asked.format, asked.out, asked.force, asked.style)
    show_tables(tables[1:] if second else tables, options)


def _ask(asked: Asked) -> Ask:
    return Ask(asked.coder, asked.draft, asked.codes)


def show_saturation(asked: Asked, *, first_seen: bool) -> None:
    """Shows the saturation table, where the method of the study has one."""

    def view(study: Study, ask: Ask) -> tuple[Table, Table]:
        where, steps = view_saturation(study, Rule(), coder=ask.coder, draft=ask.draft)
        return steps, where

    show(asked, view, second=first_seen)


def write_framework(asked: Asked, cell: tuple[str, str, str], *, by: str, because: str) -> None:
    """Writes one cell of the framework matrix and says so."""
    study = open_study(Path.cwd())
    written = write_cell(study, _ask(asked), cell, by=by, because=because)
    sys.stdout.write(f"Wrote {written.case}, {written.code}: {written.text}\n")
