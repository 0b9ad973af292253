"""The table from which a shell completes commands and options; made from the commands."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer.main

from qualcode.cli.app import app
from qualcode.cli.completion import TABLE


def completion_files() -> dict[Path, str]:
    """The table of everything that can be completed without asking the commands."""
    root: Any = typer.main.get_command(app)
    return {Path(TABLE): "".join(_lines(root, ("qualcode",), None))}


def _lines(command: Any, path: tuple[str, ...], parent: Any) -> list[str]:
    context = command.make_context(path[-1], [], parent=parent, resilient_parsing=True)
    lines = [_line(path, "", "")]
    names = command.shell_complete(context, "")
    options = sorted(command.shell_complete(context, "-"), key=lambda item: str(item.value))
    lines += [_line(path, item.value, item.help or "") for item in (*names, *options)]
    for name in getattr(command, "commands", {}):
        child = command.get_command(context, name)
        if not child.hidden:
            lines += _lines(child, (*path, name), context)
    return lines


def _line(path: tuple[str, ...], value: str, told: str) -> str:
    return "\t".join([" ".join(path), value, " ".join(told.split())]) + "\n"
