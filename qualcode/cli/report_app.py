"""The commands that write reports; each loads what it needs when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.tables_app import Coder, Draft

report_app = typer.Typer(
    help="Write the report of a study, or parts of a paper.", rich_markup_mode=None
)

Page = Annotated[
    Path | None, typer.Option("--out", "-o", help="A file (.md or .docx); printed if left out.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace files that exist.")]


@report_app.callback(invoke_without_command=True)
def report(
    context: typer.Context,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="The file; report.html or report.docx if left out."),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="html or docx; html, or what --out says.")
    ] = "",
    charts: Annotated[
        Path | None, typer.Option(help="Write every chart to this folder too, as SVG and PNG.")
    ] = None,
    coder: Coder = "",
    draft: Draft = False,
    force: Force = False,
) -> None:
    """Write the whole study as one page: tables, codes, charts, documents with their codings."""
    if context.invoked_subcommand is not None:
        return
    from qualcode.cli.report import Asked, report_command

    report_command(Asked(out, format, coder, draft, force), charts)


@report_app.command("scaffold")
def scaffold(
    out: Page = None,
    format: Annotated[str, typer.Option("--format", "-f", help="markdown or docx.")] = "",
    each: Annotated[int, typer.Option(min=1, help="Quotations for each code.")] = 2,
    coder: Coder = "",
    draft: Draft = False,
    force: Force = False,
) -> None:
    """Write a findings section to fill in: headings, claims to be written, quotations."""
    from qualcode.cli.report import Asked, scaffold_command

    scaffold_command(Asked(out, format, coder, draft, force), each)
