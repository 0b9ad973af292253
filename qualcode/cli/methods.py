"""Reports on method: on the terminal, or in a file."""

from __future__ import annotations

import sys
from pathlib import Path

from qualcode.cli.exit import PROBLEMS
from qualcode.cli.tables import Options, show_table
from qualcode.project.draft import check_draft
from qualcode.project.methods_report import (
    methods_document,
    methods_markdown,
    methods_section,
    view_checklist,
)
from qualcode.project.study import open_study
from qualcode.project.table_files import format_for, write_table


def methods_command(out: Path | None, *, force: bool) -> None:
    """Prints the methods section, or writes it to a file."""
    parts = methods_section(open_study(Path.cwd()))
    if out is None:
        sys.stdout.write(methods_markdown(parts))
        return
    is_word = format_for(out) == "docx"
    data = methods_document(parts) if is_word else methods_markdown(parts).encode()
    write_table(out, data, force=force)
    sys.stdout.write(f"Wrote {out}.\n")


def checklist_command(name: str, options: Options) -> None:
    """Shows a reporting checklist filled with what is known."""
    show_table(view_checklist(open_study(Path.cwd()), name), options)


def check_draft_command(draft: Path, options: Options) -> None:
    """Shows what a draft says otherwise than the project; the exit status tells if it does."""
    table = check_draft(open_study(Path.cwd()), draft)
    show_table(table, options)
    if table.rows:
        raise SystemExit(PROBLEMS)
