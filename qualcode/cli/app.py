"""The commands; each loads what it needs when it is called."""

from __future__ import annotations

import sys
from collections.abc import Callable
from copy import copy
from pathlib import Path
from typing import Annotated

import typer
from typer.models import CommandInfo, TyperInfo

from qualcode import __version__
from qualcode.cli import (
    barometer_app,
    codebook_life_app,
    coding_app,
    comparing_app,
    methods_app,
    notes_app,
    pairs_app,
    report_app,
    suggest_app,
    tables_more_app,
)
from qualcode.cli.study_app import COMMANDS, Json, Plain
from qualcode.cli.style import Style

app = typer.Typer(
    name="qualcode",
    help="Code interview notes and minutes; roll them up into obstacle/catalyst tables.",
    epilog="Data stay on this computer. Nothing is ever sent anywhere.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
codebook_app = typer.Typer(
    help="Look at and check codebooks.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(codebook_app, name="codebook")


def run_app() -> None:
    """Runs the command line; problems become sentences and an exit status."""
    from qualcode.cli.exit import INTERRUPTED, WRONG_USAGE, told_plainly

    with told_plainly():
        try:
            status = _app_for(sys.argv[1:])(standalone_mode=False)
        except typer.Abort:
            raise KeyboardInterrupt from None
        except Exception as error:
            if not hasattr(error, "show"):  # only mistakes in the command line can show themselves
                raise
            error.show()
            status = WRONG_USAGE
        if status == INTERRUPTED:
            raise KeyboardInterrupt
        raise SystemExit(status if isinstance(status, int) else 0)


def _app_for(arguments: list[str]) -> typer.Typer:
    """The app with the command that is called alone; making the others ready takes time.

    The list of all commands names them and shows nothing of what is in them.
    """
    name = arguments[0] if arguments else ""
    if name in ("", "--help", "-h"):
        lean = copy(app)
        lean.registered_commands = [_without_options(info) for info in app.registered_commands]
        lean.registered_groups = [_without_commands(info) for info in app.registered_groups]
        return lean
    commands = [
        info
        for info in app.registered_commands
        if info.callback and name == (info.name or info.callback.__name__.replace("_", "-"))
    ]
    groups = [info for info in app.registered_groups if info.name == name]
    if not commands and not groups:
        return app
    lean = copy(app)
    lean.registered_commands, lean.registered_groups = commands, groups
    return lean


def _without_options(command: CommandInfo) -> CommandInfo:
    def named_alike() -> None:
        """Replaced by the words of the command."""

    bare = copy(command)
    if command.callback is not None:
        named_alike.__name__ = command.callback.__name__
        named_alike.__doc__ = command.callback.__doc__
        bare.callback = named_alike
    return bare


def _without_commands(group: TyperInfo) -> TyperInfo:
    bare = copy(group)
    if group.typer_instance is not None:
        bare.typer_instance = copy(group.typer_instance)
        bare.typer_instance.registered_commands = []
        bare.typer_instance.registered_groups = []
    return bare


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"qualcode {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    pass


ON_TOP: tuple[Callable[..., None], ...] = (
    *COMMANDS,
    *coding_app.COMMANDS,
    *suggest_app.COMMANDS,
    *comparing_app.COMMANDS,
    *codebook_life_app.COMMANDS_TOP,
    *notes_app.COMMANDS,
    *methods_app.COMMANDS,
)
ON_CODEBOOK: tuple[Callable[..., None], ...] = codebook_life_app.COMMANDS
for on_top in ON_TOP:
    app.command()(on_top)
for name, group in (
    ("export", coding_app.export_app),
    ("import", coding_app.import_app),
    *notes_app.GROUPS,
    ("pair", pairs_app.pair_app),
    ("barometer", barometer_app.barometer_app),
    ("table", tables_more_app.table_app),
    ("report", report_app.report_app),
):
    app.add_typer(group, name=name)
for on_report in methods_app.REPORTS:
    report_app.report_app.command()(on_report)
for on_codebook in ON_CODEBOOK:
    codebook_app.command()(on_codebook)

Out = Annotated[Path, typer.Option("--out", "-o", help="Folder for the results.")]
Force = Annotated[
    bool, typer.Option("--force", help="Write even where the folder holds other files.")
]


@app.command()
def run(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Folder with notes and minutes; left out: the project you are in."),
    ] = None,
    codebook: Annotated[
        str,
        typer.Option("--codebook", "-c", help="A codebook file, or the name of one that ships."),
    ] = "",
    out: Out = Path("results"),
    sheet: Annotated[
        Path | None, typer.Option(help="A sheet (CSV, Excel) with a row of facts per file.")
    ] = None,
    kind: Annotated[
        str,
        typer.Option(help="What every file is that does not say it itself: field notes, ..."),
    ] = "",
    force: Force = False,
    workers: Annotated[
        int, typer.Option(help="Processes that share the work.", min=1, max=256)
    ] = 1,
    engine: Annotated[
        str, typer.Option(help="Where the work is done: local, process, or that of a plugin.")
    ] = "",
    rehash: Annotated[
        bool, typer.Option("--rehash", help="Look into every file, even where it seems unchanged.")
    ] = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Suggest codes for a folder and roll them up into the obstacle/catalyst table."""
    from qualcode.cli.run import Task, run_command
    from qualcode.project.run_how import How

    how = How(workers, engine, rehash)
    run_command(Task(folder, codebook, out, sheet, force, how, kind), Style.of(plain, json))


@app.command()
def demo(
    out: Out = Path("qualcode-demo"),
    force: Force = False,
    plain: Plain = False,
    json: Json = False,
) -> None:
    """Run on the sample study that ships with qualcode."""
    from qualcode.cli.run import demo_command

    demo_command(out=out, force=force, style=Style.of(plain, json))


@codebook_app.command("check")
def codebook_check(
    codebook: Annotated[
        str, typer.Argument(help="A codebook file, or the name of one that ships.")
    ],
    json: Json = False,
) -> None:
    """Say what is wrong with a codebook, line by line."""
    from qualcode.cli.codebook import check_command

    check_command(codebook, as_json=json)


@codebook_app.command("list")
def codebook_list() -> None:
    """List the starter codebooks that ship with qualcode."""
    from qualcode.cli.codebook import list_command

    list_command()


@codebook_app.command("show")
def codebook_show(
    codebook: Annotated[
        str, typer.Argument(help="A codebook file, or the name of one that ships.")
    ],
) -> None:
    """Print a codebook as a document to read, in Markdown."""
    from qualcode.cli.codebook import show_command

    show_command(codebook)


@codebook_app.command("copy")
def codebook_copy(
    codebook: Annotated[str, typer.Argument(help="The name of one that ships.")],
    path: Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")],
) -> None:
    """Copy a starter codebook, to make it your own."""
    from qualcode.cli.codebook import copy_command

    copy_command(codebook, path)
