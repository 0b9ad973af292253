"""Tables in every format: on the terminal, or in a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.cli.render import print_table
from qualcode.cli.style import Style
from qualcode.core.table import Table
from qualcode.project.pair_table import view_pair, view_pairs
from qualcode.project.study import open_study
from qualcode.project.table_files import export_table, format_for, write_table


@dataclass(frozen=True, slots=True)
class Options:
    """What every table can be asked: whose codings, in which format, and where it goes.

    `format` is the name of an exporter, "terminal", or "" for what the file or style says.
    """

    coder: str = ""
    draft: bool = False
    format: str = ""
    out: Path | None = None
    force: bool = False
    style: Style = Style.TERMINAL


def show_table(table: Table, options: Options) -> None:
    """Prints a table, or writes it to the file asked for.

    Raises:
        QualcodeError: as `format_for`, `export_table` and `write_table`.
    """
    asked = options.format or _FORMATS[options.style]
    if options.out is not None:
        name = format_for(options.out, options.format or _FILES[options.style])
        write_table(options.out, export_table(table, name), force=options.force)
        sys.stdout.write(f"Wrote {options.out}.\n")
    elif asked == "terminal":
        print_table(table, Style.TERMINAL)
    else:
        sys.stdout.write(export_table(table, asked, to_file=False).decode())


_FORMATS = {Style.TERMINAL: "terminal", Style.PLAIN: "plain", Style.JSON: "json"}
_FILES = {**_FORMATS, Style.TERMINAL: ""}


def show_tables(tables: Sequence[Table], options: Options) -> None:
    """Shows the first of several tables in the format asked for, and all of them on a terminal."""
    whole = options.out is None and not options.format and options.style is not Style.JSON
    for table in tables if whole else tables[:1]:
        show_table(table, options)


def pair_command(word: str, options: Options) -> None:
    """Shows the quotations behind one row of the obstacle/catalyst table."""
    study = open_study(Path.cwd())
    show_table(view_pair(study, word, coder=options.coder, draft=options.draft), options)


def pairs_command(style: str, options: Options) -> None:
    """Shows the obstacle/catalyst table."""
    study = open_study(Path.cwd())
    show_table(view_pairs(study, style, coder=options.coder, draft=options.draft), options)
