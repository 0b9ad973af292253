"""`qualcode run` and `qualcode demo`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from qualcode.analysis.pair_values import row_values
from qualcode.cli.exit import FINE, INTERRUPTED, PROBLEMS, WRONG_USAGE, tell
from qualcode.cli.render import print_json, print_table
from qualcode.cli.style import Style
from qualcode.project.batch import Progress, RunResult, run
from qualcode.project.material import is_project
from qualcode.project.shipped import sample_folder
from qualcode.store.transaction import open_project

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
            result = run(
                folder,
                codebook=codebook,
                out=task.out,
                force=task.force,
                sheet=task.sheet,
                progress=progress,
            )
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. Nothing was written.\n")
        raise SystemExit(INTERRUPTED) from None
    if style is Style.JSON:
        print_json(_as_json(result))
    else:
        print_table(result.pairs, style)
        sys.stdout.write("\n" + "\n".join(_summary(result)) + "\n")
    tell(result.problems)
    raise SystemExit(FINE if result.is_clean else PROBLEMS)


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


def _summary(result: RunResult) -> Iterator[str]:
    read = len(result.documents)
    words = sum(document.words for document in result.documents)
    segments = sum(document.segments for document in result.documents)
    yield (
        f"{read} of {read + len(result.skipped)} files read: {words:,} words, "
        f"{segments:,} segments, {_what_counts(result)} counted."
    )
    if result.skipped:
        yield f"Skipped: {', '.join(result.skipped)}."
    yield f"Results are in {result.out}{'' if str(result.out).endswith('/') else '/'}"
    yield f"  report.html      the table, opening to its quotations: {result.out / 'report.html'}"
    yield "  pairs.csv .md .html   the table alone"
    yield "  suggestions.csv  every suggestion with its words and place"
    yield "  documents.csv, documents/   what was read, and the frozen texts"
    yield "  codebook.md      the codebook to read"


def _what_counts(result: RunResult) -> str:
    rollup = result.rollup
    if rollup.is_draft:
        return f"{rollup.suggestions:,} suggestions"
    return f"{rollup.codings:,} codings"


def _as_json(result: RunResult) -> dict[str, object]:
    return {
        "draft": result.rollup.is_draft,
        "suggestions": result.rollup.suggestions,
        "codings": result.rollup.codings,
        "documents": len(result.documents),
        "documents_by_kind": dict(result.rollup.counted),
        "participants": result.rollup.participants,
        "context": list(result.rollup.context),
        "skipped": list(result.skipped),
        "rows": row_values(result.rollup),
        "notes": list(result.pairs.notes),
        "problems": [asdict(found) for found in result.problems],
        "out": str(result.out),
    }
