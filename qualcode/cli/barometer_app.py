"""The commands of the barometer; each loads what it needs when it is called."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qualcode.cli.pairs_app import Because
from qualcode.cli.study_app import Json, Plain
from qualcode.cli.style import Style
from qualcode.cli.tables_app import Force, Format, Out

barometer_app = typer.Typer(
    help="The pairs as a sheet on which a partnership judges itself.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Site = Annotated[str, typer.Option(help="The site or partnership.")]
Time = Annotated[str, typer.Option(help="When: 2026-03, or spring.")]
Group = Annotated[str, typer.Option(help="A group of people: an agency, a profession.")]


@barometer_app.command("make")
def barometer_make(
    out: Annotated[
        Path, typer.Option("--out", "-o", help="form.html or .docx; answers.xlsx or .csv.")
    ] = Path("barometer.html"),
    title: Annotated[str, typer.Option(help="What stands at its head.")] = "",
    site: Site = "",
    time: Time = "",
    people: Annotated[int, typer.Option(min=1, max=1000, help="Rows of a sheet of answers.")] = 20,
    force: Force = False,
) -> None:
    """Make the form to print, or the sheet that takes the answers."""
    from qualcode.cli.barometer import make_command
    from qualcode.project.barometer import About

    make_command(out, About(site, time), title=title, people=people, force=force)


@barometer_app.command("read")
def barometer_read(
    files: Annotated[list[Path], typer.Argument(help="Filled sheets of answers (CSV, Excel).")],
    site: Site = "",
    time: Time = "",
    group: Group = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="In place of what came from sheets of these names.")
    ] = False,
    because: Because = "",
) -> None:
    """Take filled forms in; the options say what a row does not say of itself."""
    from qualcode.cli.barometer import read_command
    from qualcode.project.barometer import About

    read_command(files, About(site, time, group), replaces=replace, because=because)


@barometer_app.command("score")
def barometer_score(
    by: Annotated[str, typer.Option(help="Set apart by time, site or group.")] = "",
    site: Annotated[str, typer.Option(help="Only this site.")] = "",
    time: Annotated[str, typer.Option(help="Only this time.")] = "",
    group: Annotated[str, typer.Option(help="Only this group.")] = "",
    lenses: Annotated[bool, typer.Option("--lenses", help="Only the table by lens.")] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="What the study found on each side, beside.")
    ] = False,
    chart: Annotated[
        Path | None, typer.Option(help="Draw the profile into this file (.svg, .png).")
    ] = None,
    format: Format = "",
    out: Out = None,
    force: Force = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Score the forms by row and by lens; compare times, sites or groups."""
    from qualcode.cli.barometer import Scoring, score_command
    from qualcode.cli.tables import Options
    from qualcode.project.barometer import About

    options = Options("", False, format, out, force, Style.of(plain, json))
    score_command(Scoring(by, About(site, time, group), lenses, evidence, chart), options)
