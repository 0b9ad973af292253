"""The commands of suggestions; each loads what it needs when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.coding_app import (
    AnyDocument,
    Case,
    Code,
    Kind,
    SameDocument,
    Whose,
    import_app,
)
from qualcode.cli.study_app import Json, Plain
from qualcode.cli.style import Style, refuse_both

Coder = Annotated[str, typer.Option(help="For whom; by default whoever works here.")]


def suggest(
    document: AnyDocument = "",
    only: SameDocument = "",
    code: Code = "",
    case: Case = "",
    kind: Kind = "",
    by: Annotated[
        str, typer.Option(help='"code": the best of each code in turn; else strongest first.')
    ] = "",
    limit: Annotated[int, typer.Option(min=1, help="At most so many.")] = 20,
    why: Annotated[bool, typer.Option("--why", help="Tell the reasons in full.")] = False,
    coder: Coder = "",
    plain: Plain = False,
    json: Json = False,
) -> None:
    """List what is suggested, strongest first, each with its reason; nothing is decided."""
    if document and only:
        refuse_both(f'the document "{document}"', f"--document {only}")
    from qualcode.cli.suggest import suggest_command
    from qualcode.project.coding_views import Which
    from qualcode.project.suggesting import Asked

    which = Which(document or only, code, coder, case, kind)
    suggest_command(Asked(which, limit, by, why), Style.of(plain, json))


def evaluate(
    coder: Annotated[
        str, typer.Option(help="Whose decisions are the truth; by default everybody's.")
    ] = "",
    folds: Annotated[int, typer.Option(min=2, help="Parts of the documents.")] = 5,
    every: Annotated[
        bool, typer.Option("--all", help="List codes with few uses too, not in one line.")
    ] = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Say what to expect of suggestions, code by code, from your own codings."""
    from qualcode.cli.suggest import evaluate_command

    evaluate_command(coder=coder, folds=folds, every=every, style=Style.of(plain, json))


@import_app.command("units")
def import_units(
    file: Annotated[Path, typer.Argument(help="A table (CSV, Excel): one coded unit a row.")],
    coder: Whose,
    text: Annotated[str, typer.Option(help="The column with the words of the units.")] = "",
    codes: Annotated[
        list[str] | None,
        typer.Option(help="A column of codes, or of marks for one code (repeat for several)."),
    ] = None,
    document: Annotated[str, typer.Option(help="The column that names documents.")] = "",
    valence: Annotated[str, typer.Option(help="The column of valences.")] = "",
    question: Annotated[str, typer.Option(help="The column of questions answered.")] = "",
    speaker: Annotated[str, typer.Option(help="The column that names who speaks.")] = "",
    separator: Annotated[
        str, typer.Option(help="What parts codes in a cell; else ; | and line breaks do.")
    ] = "",
    add_codes: Annotated[
        bool, typer.Option("--add-codes", help="Make the codes that the codebook lacks.")
    ] = False,
    kind: Annotated[str, typer.Option(help="The kind of the documents that are made.")] = "other",
) -> None:
    """Take in a table of coded units: documents are made of them, and codings."""
    from qualcode.analysis.unit_table import Columns
    from qualcode.cli.suggest import import_units_command
    from qualcode.project.importing_units import Asked

    columns = Columns(text, tuple(codes or ()), document, valence, question, speaker)
    import_units_command(file, Asked(coder, columns, separator, add_codes, kind))


COMMANDS = (suggest, evaluate)
