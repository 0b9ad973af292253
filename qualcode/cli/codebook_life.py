"""`qualcode codebook add | define | rename | ...` and `qualcode stale`: what they print."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from qualcode.cli.exit import tell
from qualcode.cli.folding import fold_for
from qualcode.cli.render import show_table
from qualcode.cli.style import Style
from qualcode.core.codebook_diff import CodeChange
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.project.codebook_export import export_codebook
from qualcode.project.codebook_life import Changed, count_codings, stale_codings
from qualcode.project.codebook_report import (
    change_in_words,
    changes_table,
    report_changes,
    report_lines,
    stale_table,
    view_history,
)
from qualcode.project.study import Study, open_study
from qualcode.project.table_files import NOT_TEXT, format_for, refuse_no_folder
from qualcode.store.files import write_new


def change_command(change: Callable[[Study], Changed]) -> None:
    """Makes a change of the codebook and says what became of each code."""
    study = open_study(Path.cwd())
    say_changed(study, change(study))


def say_changed(study: Study, changed: Changed) -> None:
    """Prints what became of each code, and of its codings."""
    if not changed.changes:
        sys.stdout.write("Nothing changed: the codebook says so already.\n")
        return
    for one in changed.changes:
        said = f"{_TITLES.get(one.kind, one.kind.capitalize())}: {_told(one)}."
        sys.stdout.write(f"{fold_for(sys.stdout, said)}\n")
    _say_codings(study, changed)
    sys.stdout.write(f"Kept as version {changed.version}. `qualcode undo` takes it back.\n")
    tell(changed.warnings)


_TITLES = {"born": "Added", "kind": "Kind", "cues": "Cues"}


def _told(change: CodeChange) -> str:
    words = change_in_words(change)
    if change.kind in ("born", "defined anew") and change.after:
        words = f"{words}: {change.after}"
    return words.rstrip(".")


def _say_codings(study: Study, changed: Changed) -> None:
    """How many codings the change concerns, and what becomes of them."""
    counts = count_codings(study)
    for kind, one, many in (
        ("defined anew", "waits to be read again", "wait to be read again"),
        ("split", "waits to be read again", "wait to be read again"),
        ("merged", "counts with the code in its place", "count with the code in their place"),
        ("retired", "stays as it is", "stay as they are"),
    ):
        n = sum(counts[change.code_id] for change in changed.changes if change.kind == kind)
        queue = " (`qualcode stale`)" if "read again" in many else ""
        if n:
            sys.stdout.write(f"Codings: {n:,} {one if n == 1 else many}{queue}.\n")


def diff_command(first: str, second: str, style: Style) -> None:
    """Prints what became of the codebook, as a report or as JSON."""
    report = report_changes(open_study(Path.cwd()), first, second)
    if style is Style.JSON:
        show_table(changes_table(report), style)
    else:
        for line in report_lines(report):
            sys.stdout.write(f"{fold_for(sys.stdout, line)}\n")


def history_command(style: Style) -> None:
    """Prints the versions of the codebook."""
    show_table(view_history(open_study(Path.cwd())), style)


def stale_command(style: Style) -> None:
    """Prints the codings to be read again."""
    study = open_study(Path.cwd())
    found = stale_codings(study)
    if not found and style is not Style.JSON:
        sys.stdout.write("No coding waits to be read again.\n")
        return
    show_table(stale_table(found, study.usable_codebook()), style)


def export_command(format: str, out: Path | None) -> None:
    """Prints the codebook in a format, or writes it to a new file whose ending may tell it."""
    if out is None:
        wanted = format or "markdown"
    else:
        is_yaml = out.suffix.lower() in (".yaml", ".yml")
        wanted = format or ("yaml" if is_yaml else format_for(out))
    if out is not None:
        refuse_no_folder(out)
    if out is None and wanted in NOT_TEXT:
        raise QualcodeError(problem(P.NOT_FOR_TERMINAL, format=wanted))
    data = export_codebook(open_study(Path.cwd()), wanted)
    if out is None:
        sys.stdout.write(data.decode("utf-8-sig"))
    else:
        write_new(out, data)
        sys.stdout.write(f"Wrote {out}.\n")
