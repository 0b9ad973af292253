"""The parts of the documentation that are made from the code."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer

from qualcode.core.problems import ProblemKind, catalogue
from qualcode.plugins.registry import load_exporter
from qualcode.project.batch import run
from qualcode.project.shipped import sample_folder
from qualcode.store.cases_file import CASE_FIELDS
from qualcode.store.codebook_file import (
    CODE_FIELDS,
    LENS_FIELDS,
    PAIR_FIELDS,
    POLE_FIELDS,
    TOP_FIELDS,
)
from qualcode.store.fields import Fields


def field_tables() -> str:
    """A table of the known keys for each part of a codebook."""
    parts = (
        ("The file", TOP_FIELDS),
        ("A lens", LENS_FIELDS),
        ("A code", CODE_FIELDS),
        ("A pair", PAIR_FIELDS),
        ("A side of a pair, in the analyst's wording", POLE_FIELDS),
        ("A case, in `cases.yaml`", CASE_FIELDS),
    )
    return "".join(f"\n## {title}\n\n{_field_table(fields)}" for title, fields in parts)


def _field_table(fields: Fields) -> str:
    rows = (
        f"| `{name}` | {field.about} | {'yes' if field.required else ''} "
        f"| {', '.join(field.words)} |\n"
        for name, field in fields.items()
    )
    return "| Key | What it says | Required | One of |\n|---|---|---|---|\n" + "".join(rows)


def problem_table() -> str:
    """Every problem of the catalogue, by number."""
    rows = (
        f"| {kind.number} | {kind.severity} | {_cell(kind.wording)} | {_cell(_remedy(kind))} |\n"
        for _, kind in catalogue()
    )
    return "| Number | Severity | What is wrong | What to do |\n|---|---|---|---|\n" + "".join(rows)


def _remedy(kind: ProblemKind) -> str:
    return f"{kind.remedy} Of several files: {kind.for_many}" if kind.for_many else kind.remedy


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("{", "*").replace("}", "*")


def sample_table() -> str:
    """The table of the sample study as Markdown, without its exemplars."""
    with TemporaryDirectory() as folder:
        result = run(sample_folder(), codebook="collaboration", out=Path(folder) / "out")
    table = result.pairs
    kept = [n for n, column in enumerate(table.columns) if column.key != "exemplar"]
    short = replace(
        table,
        columns=tuple(table.columns[n] for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in table.rows),
    )
    return "\n" + load_exporter("markdown")(short).decode() + "\n"


def command_help() -> str:
    """The help of every command, as a terminal of 80 columns prints it."""
    os.environ["COLUMNS"] = "80"
    from qualcode.cli.app import app

    return "".join(_help_of(typer.main.get_command(app), "qualcode", None))


def _help_of(command: Any, name: str, parent: Any) -> Iterator[str]:
    context = command.context_class(
        command,
        info_name=name,
        parent=parent,
        terminal_width=80,
        max_content_width=80,
        **command.context_settings,
    )
    yield f"\n## {context.command_path}\n\n```text\n{command.get_help(context)}\n```\n"
    for child_name, child in getattr(command, "commands", {}).items():
        yield from _help_of(child, child_name, context)
