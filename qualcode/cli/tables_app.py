"""The tables of a study; each command loads what it needs when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.study_app import Json, Plain
from qualcode.cli.style import Style

table_app = typer.Typer(
    help="Tables to paste into a paper, in any format.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Coder = Annotated[str, typer.Option(help="Only what this coder coded.")]
Draft = Annotated[bool, typer.Option("--draft", help="Use suggestions where nobody has coded.")]
Because = Annotated[str, typer.Option("--because", "-b", help="Why.")]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        help="terminal, plain, markdown, csv, tsv, xlsx, docx, html, latex, json, parquet "
        "or excel.",
    ),
]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="Write to this file; its ending says how.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it exists.")]


@table_app.command("pairs")
def table_pairs(
    style: Annotated[str, typer.Option(help="published, full, continuum or data.")] = "published",
    format: Format = "",
    out: Out = None,
    force: Force = False,
    coder: Coder = "",
    draft: Draft = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Obstacles with the catalysts that answer them."""
    from qualcode.cli.tables import Options, pairs_command

    options = Options(coder, draft, format, out, force, Style.of(plain, json))
    pairs_command(style, options)
