"""`qualcode run` and `qualcode demo`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.cli.exit import FINE, INTERRUPTED, PROBLEMS, WRONG_USAGE, tell
from qualcode.cli.render import print_json, print_table
from qualcode.cli.style import Style
from qualcode.project.reuse import Order, Shown, run_or_reuse
from qualcode.project.run_how import ONCE, How
from qualcode.project.shipped import sample_folder
from qualcode.project.sources import is_project
from qualcode.store.opening import open_project

if TYPE_CHECKING:
    from qualcode.project.batch import Progress

LONG_RUN = 50
"""Files from which on a progress bar is shown."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be run: without a folder, the project that holds this one."""

    folder: Path | None
    codebook: str
    out: Path
    sheet: Path | None = None
    force: bool = False
    how: How = ONCE
    kind: str = ""


def demo_command(*, out: Path, force: bool, style: Style) -> None:
    """Runs the sample study with its codebook."""
    run_command(Task(sample_folder(), "collaboration", out, force=force), style)


def run_command(task: Task, style: Style) -> None:
    """Runs a folder, prints the table, the summary and the problems; exits with the status."""
    folder = task.folder or open_project(Path.cwd()).root
    codebook = task.codebook or (str(folder / "codebook.yaml") if is_project(folder) else "")
    if not codebook:
        sys.stderr.write("Name a codebook: --codebook FILE, or one of `qualcode codebook list`.\n")
        raise SystemExit(WRONG_USAGE)
    try:
        with _progress() as progress:
            order = Order(folder, codebook, task.out, task.sheet, task.force, task.how, task.kind)
            shown = run_or_reuse(order, progress=progress)
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Nothing was written.\n")
        raise SystemExit(INTERRUPTED) from None
    if style is Style.JSON:
        print_json(_as_json(shown, task.out))
    else:
        print_table(shown.pairs, style)
        sys.stdout.write("\n" + "\n".join(_summary(shown, task.out)) + "\n")
    tell(shown.problems)
    raise SystemExit(FINE if shown.is_clean else PROBLEMS)


@contextmanager
def _progress() -> Iterator[Progress | None]:
    """A progress bar on a long run, where standard error is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading", total=None, visible=False)

        def step(number: int, total: int, name: str) -> None:
            if total >= LONG_RUN:
                bar.update(task, completed=number - 1, total=total, visible=True, description=name)

        yield step


def _summary(shown: Shown, out: Path) -> Iterator[str]:
    read = shown.documents
    yield (
        f"{read} of {read + len(shown.skipped)} files read: {shown.words:,} words, "
        f"{shown.segments:,} segments, {shown.what} counted."
    )
    yield from _how_much_was_done(shown)
    yield f"Results are in {out}{'' if str(out).endswith('/') else '/'}"
    yield f"  report.html      the table, opening to its quotations: {out / 'report.html'}"
    yield "  pairs.csv .md .html   the table alone"
    yield "  suggestions.csv  every suggestion with its words and place"
    yield "  documents.csv, documents/   what was read, and the frozen texts"
    yield "  codebook.md      the codebook to read"


def _how_much_was_done(shown: Shown) -> Iterator[str]:
    """What was up to date and what was made again; nothing of a first run."""
    total = shown.documents + len(shown.skipped)
    documents = "1 document" if total == 1 else f"{total:,} documents"
    if not shown.is_new:
        yield f"Everything is up to date ({documents}); nothing was written."
    elif shown.reread < total or shown.gone:
        gone = "1 document is gone, " if shown.gone == 1 else f"{shown.gone:,} documents are gone, "
        yield (
            f"Since the last run: {gone if shown.gone else ''}{shown.reread:,} of {documents} "
            f"read anew, {shown.recoded - shown.reread:,} more coded anew."
        )


def _as_json(shown: Shown, out: Path) -> dict[str, object]:
    import json

    values: dict[str, object] = json.loads(shown.values)
    return {
        **{key: values[key] for key in ("draft", "suggestions", "codings")},
        "documents": shown.documents,
        **{key: values[key] for key in ("documents_by_kind", "participants", "context")},
        "skipped": list(shown.skipped),
        "rows": values["rows"],
        "notes": list(shown.pairs.notes),
        "problems": [asdict(found) for found in shown.problems],
        "out": str(out),
    }
