"""Writing reports: the page, the Word document, the charts, the scaffold."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from qualcode.core.problems import P, QualcodeError, problem
from qualcode.project.report import FORMATS, export_charts, gather_report, make_report
from qualcode.project.scaffold import FORMATS as SCAFFOLDS
from qualcode.project.scaffold import make_scaffold
from qualcode.project.study import open_study
from qualcode.project.table_files import NOT_TEXT, format_for, write_table


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a report goes, in which format, and from whose codings."""

    out: Path | None
    format: str
    coder: str
    draft: bool
    force: bool


def report_command(asked: Asked, charts: Path | None) -> None:
    """Writes the report and, where asked, the charts; says what was written."""
    study = open_study(Path.cwd())
    format = asked.format or (format_for(asked.out, among=FORMATS) if asked.out else "html")
    out = asked.out or Path(f"report.{format}")
    report = gather_report(study, coder=asked.coder, draft=asked.draft)
    data = make_report(report, format)
    written = export_charts(report, charts, force=asked.force) if charts else []
    write_table(out, data, force=asked.force)
    sys.stdout.write("".join(f"Wrote {path}.\n" for path in (*written, out)))


def scaffold_command(asked: Asked, each: int) -> None:
    """Writes the scaffold to a file, or prints it."""
    format = asked.format or (format_for(asked.out, among=SCAFFOLDS) if asked.out else "markdown")
    if asked.out is None and format in NOT_TEXT:
        raise QualcodeError(problem(P.NOT_FOR_TERMINAL, format=format))
    data = make_scaffold(
        open_study(Path.cwd()), format=format, each=each, coder=asked.coder, draft=asked.draft
    )
    if asked.out is None:
        sys.stdout.write(data.decode())
    else:
        write_table(asked.out, data, force=asked.force)
        sys.stdout.write(f"Wrote {asked.out}.\n")
