"""The commands of coding and review; each loads what it needs when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.study_app import Document, Json, Plain
from qualcode.cli.style import Style

Coder = Annotated[str, typer.Option(help="Who codes; by default whoever works here.")]
Whose = Annotated[str, typer.Option("--coder", help="Whose codings they are.")]
In = Annotated[str, typer.Option("--in", help='The unit in which the words stand: "turn 7".')]
Because = Annotated[str, typer.Option(help="Why; kept with the coding.")]
OnlyDocument = Annotated[str, typer.Option("--document", help="Only this document.")]
AnyDocument = Annotated[str, typer.Argument(help="Only this document.")]
SameDocument = Annotated[str, typer.Option("--document", help="The same, as an option.")]
Code = Annotated[str, typer.Option(help="Only this code.")]
Case = Annotated[str, typer.Option(help="Only what this case says.")]
Kind = Annotated[str, typer.Option(help="Only documents of this kind.")]


def code(
    document: Document,
    where: Annotated[
        str, typer.Argument(help='Words, "120-180", "line 12" or a unit such as "turn 7".')
    ],
    codes: Annotated[list[str] | None, typer.Argument(help="Codes of the codebook.")] = None,
    inside: In = "",
    valence: Annotated[str, typer.Option(help="obstacle, catalyst, mixed or neutral.")] = "",
    strength: Annotated[str, typer.Option(help="From -2 to 2.")] = "",
    lens: Annotated[list[str] | None, typer.Option(help="A lens (repeat for several).")] = None,
    confidence: Annotated[str, typer.Option(help="sure, likely or unsure.")] = "",
    because: Because = "",
    in_vivo: Annotated[
        bool, typer.Option("--in-vivo", help="Make a code of the words themselves.")
    ] = False,
    coder: Coder = "",
) -> None:
    """Put codes on a passage."""
    from qualcode.cli.coding import Said, code_command
    from qualcode.project.coding import Where

    said = Said(valence, strength, lens or (), confidence, because, in_vivo, coder)
    code_command(Where(document, where, inside), codes or (), said)


def uncode(
    document: Document,
    coding: Annotated[str, typer.Argument(help="The id of a coding.")] = "",
    at: Annotated[str, typer.Option(help="The passage instead of an id.")] = "",
    code: Code = "",
    inside: In = "",
    because: Because = "",
    coder: Coder = "",
) -> None:
    """Take codings off: one by its id, or those of a passage."""
    from qualcode.cli.coding import uncode_command
    from qualcode.project.coding import Where

    where = Where(document, at, inside, coding)
    uncode_command(where, code=code, coder=coder, because=because)


def codings(
    document: AnyDocument = "",
    only: SameDocument = "",
    code: Code = "",
    coder: Annotated[str, typer.Option(help="Only this coder.")] = "",
    case: Case = "",
    kind: Kind = "",
    plain: Plain = False,
    json: Json = False,
) -> None:
    """List codings with their words, unit, place and valence."""
    from qualcode.cli.coding import codings_command
    from qualcode.project.coding_views import Which

    codings_command(Which(document or only, code, coder, case, kind), Style.of(plain, json))


def coverage(plain: Plain = False, json: Json = False) -> None:
    """Say how many segments are coded, left uncoded, and not yet examined."""
    from qualcode.cli.coding import coverage_command

    coverage_command(Style.of(plain, json))


def review(
    document: OnlyDocument = "",
    code: Code = "",
    case: Case = "",
    kind: Kind = "",
    min_score: Annotated[float, typer.Option(help="Only from this figure on, 0 to 1.")] = 0.0,
    stale: Annotated[
        bool, typer.Option("--stale", help="Codings whose code means something else now.")
    ] = False,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    coder: Coder = "",
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Decide on suggestions, one at a time; what was decided is kept when you quit."""
    from qualcode.cli.reread import reread_command
    from qualcode.cli.review import Asked, review_command
    from qualcode.project.coding_views import Which

    asked = Asked(Which(document, code, coder, case, kind), min_score, limit)
    command = reread_command if stale else review_command
    command(asked, Style.of(plain, json))


def open_(
    document: Document,
    sheet: Annotated[
        Path | None, typer.Option(help="Go on with this sheet, kept when it had errors.")
    ] = None,
    coder: Coder = "",
) -> None:
    """Code a document in your editor: save and close, and what you changed is done."""
    from qualcode.cli.coding import open_command

    open_command(document, sheet=sheet, coder=coder)


open_.__name__ = "open"  # as the command is called; the built-in keeps its name here

COMMANDS = (code, uncode, codings, coverage, open_, review)

export_app = typer.Typer(
    help="Write sheets and tables of the study.", no_args_is_help=True, rich_markup_mode=None
)
import_app = typer.Typer(
    help="Take codings in from sheets and tables.", no_args_is_help=True, rich_markup_mode=None
)


@export_app.command("sheet")
def export_sheet(
    out: Annotated[Path, typer.Option("--out", "-o", help="The file: .csv or .xlsx.")],
    document: OnlyDocument = "",
    kind: Kind = "",
    coder: Coder = "",
    force: Annotated[bool, typer.Option("--force", help="Write over a file.")] = False,
) -> None:
    """Write a sheet of segments with codings and suggestions, to decide on in a spreadsheet."""
    from qualcode.cli.coding import export_sheet_command
    from qualcode.project.coding_views import Which

    which = Which(document=document, kind=kind, coder=coder)
    export_sheet_command(out, which, force=force)


@export_app.command("tidy")
def export_tidy(
    out: Annotated[Path, typer.Argument(help="The folder for the tables.")],
    format: Annotated[str, typer.Option(help="csv or parquet; left out: both.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Write over files.")] = False,
) -> None:
    """Write the study as tidy tables for R and pandas, with a dictionary of their columns."""
    from qualcode.cli.coding import export_tidy_command

    export_tidy_command(out, format, force=force)


@import_app.command("sheet")
def import_sheet(
    file: Annotated[Path, typer.Argument(help="The sheet with its decisions filled in.")],
    coder: Coder = "",
) -> None:
    """Do what the decisions of a sheet say."""
    from qualcode.cli.coding import import_sheet_command

    import_sheet_command(file, coder=coder)


@import_app.command("codings")
def import_codings(
    file: Annotated[Path, typer.Argument(help="A table: document, start, end or quote, code.")],
    coder: Whose,
) -> None:
    """Take in a plain table of codings."""
    from qualcode.cli.coding import import_codings_command

    import_codings_command(file, coder=coder)
