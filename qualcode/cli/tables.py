"""Tables in every format: on the terminal, or in a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.cli.exit import tell
from qualcode.cli.render import print_table
from qualcode.cli.style import Style
from qualcode.core.table import Table
from qualcode.project.kept_tables import View, kept_tables
from qualcode.store.opening import open_project

if TYPE_CHECKING:
    from qualcode.project.study import Study


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
    if options.out is None and asked in _PRINTED:
        print_table(table, _PRINTED[asked])
        return
    # writing in any format takes longer to load than printing
    from qualcode.project.table_files import export_table, format_for, write_table

    if options.out is not None:
        name = format_for(options.out, options.format or _FILES[options.style])
        write_table(options.out, export_table(table, name), force=options.force)
        sys.stdout.write(f"Wrote {options.out}.\n")
    else:
        sys.stdout.write(export_table(table, asked, to_file=False).decode())


_FORMATS = {Style.TERMINAL: "terminal", Style.PLAIN: "plain", Style.JSON: "json"}
_PRINTED = {"terminal": Style.TERMINAL, "plain": Style.PLAIN}
_FILES = {**_FORMATS, Style.TERMINAL: ""}


def show_tables(tables: Sequence[Table], options: Options) -> None:
    """Shows the first of several tables in the format asked for, and all of them on a terminal."""
    whole = options.out is None and not options.format and options.style is not Style.JSON
    for table in tables if whole else tables[:1]:
        show_table(table, options)


def pair_command(word: str, options: Options) -> None:
    """Shows the quotations behind one row of the obstacle/catalyst table."""
    coder, draft = options.coder, options.draft
    question = f"pair {word!r} {coder} {draft}"

    def view(study: Study) -> Table:
        from qualcode.project.pair_table import view_pair

        return view_pair(study, word, coder=coder, draft=draft)

    show_kept(question, options, view)


def pairs_command(style: str, options: Options) -> None:
    """Shows the obstacle/catalyst table."""
    coder, draft = options.coder, options.draft
    question = f"pairs {style} {coder} {draft}"

    def view(study: Study) -> Table:
        from qualcode.project.pair_table import view_pairs

        return view_pairs(study, style, coder=coder, draft=draft)

    show_kept(question, options, view)


def show_kept(question: str, options: Options, view: View) -> None:
    """Shows the tables that `view` makes of the study, or made when this was last asked."""
    tables, notes = kept_tables(open_project(Path.cwd()), question, view)
    show_tables(tables, options)
    tell(notes)
