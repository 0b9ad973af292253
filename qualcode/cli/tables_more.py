"""The tables besides the pairs, shown in every format; this module loads little.

What makes a table is loaded only where it was not made before.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

from qualcode.cli.asked import Asked
from qualcode.cli.exit import FINE
from qualcode.cli.tables import Options, show_kept
from qualcode.core.table import Table

if TYPE_CHECKING:
    from qualcode.project.study import Study
    from qualcode.project.tables import Ask


def show(
    name: str, asked: Asked, view: Callable[[Study, Ask], Table | tuple[Table, ...]], own: str
) -> None:
    """Shows the table, or tables, that `view` makes of the study.

    Args:
        own: what was asked of this table alone, in words that stand for nothing else.
    """
    said = (asked.codes, asked.coder, asked.draft)

    def made(study: Study) -> Table | tuple[Table, ...]:
        from qualcode.project.tables import Ask

        return view(study, Ask(asked.coder, asked.draft, asked.codes))

    options = Options(asked.coder, asked.draft, asked.format, asked.out, asked.force, asked.style)
    show_kept(f"table {name} {said} {own}", options, made)


def write_framework(
    study: Study, ask: Ask, cell: tuple[str, str, str], *, by: str, because: str
) -> NoReturn:
    """Writes one cell of the framework matrix and says so; ends the command."""
    from qualcode.project.framework import write_cell

    written = write_cell(study, ask, cell, by=by, because=because)
    sys.stdout.write(f"Wrote {written.case}, {written.code}: {written.text}\n")
    raise SystemExit(FINE)
