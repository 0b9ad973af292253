"""A small project with a commented codebook, and commands run in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from qualcode.cli.codebook_life_app import COMMANDS, COMMANDS_TOP
from qualcode.cli.exit import told_plainly
from qualcode.core.codebook import codes_by_id, meaning_of
from qualcode.core.model import Coding, Span
from qualcode.core.problems import QualcodeError
from qualcode.project.settings import make_project
from qualcode.project.study import Study, open_study
from qualcode.store.coding_files import coding_path, codings_data
from qualcode.store.files import write_file
from tests.factory import write
from tests.test_codebook_edit import BOOK

Run = Callable[..., tuple[int, str, str]]
app = typer.Typer()
for command in (*COMMANDS, *COMMANDS_TOP):
    app.command()(command)


def a_study(root: Path, text: str = BOOK) -> Study:
    paths = make_project(root, question="Why?", method="eca", language="en")
    paths.codebook.write_bytes(text.encode())
    return open_study(root)


def run_command(*arguments: str) -> tuple[int, str, str]:
    """Runs one command; gives its status and what it printed and told."""
    result = CliRunner().invoke(app, list(arguments))
    if not isinstance(result.exception, QualcodeError):
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, result.stdout, result.stderr
    with pytest.raises(SystemExit) as stop, told_plainly():
        raise result.exception
    return int(str(stop.value.code)), result.stdout, str(result.exception)


def kept(study: Study) -> dict[str, bytes]:
    folder = study.paths.root / "history"
    names = sorted(folder.glob("codebook-*.yaml"))
    return {path.name: path.read_bytes() for path in names} | {
        "now": study.paths.codebook.read_bytes()
    }


def code(study: Study, code_id: str, *ids: str) -> None:
    """Codes the (not existing) text of int-01 with a code, as it means now."""
    write(study.paths.documents, "int-01.yaml", "")
    path = coding_path(study.paths, "int-01", "ad")
    there = study.codings("int-01")
    meaning = meaning_of(codes_by_id(study.usable_codebook())[code_id])
    new = [
        Coding(one, "int-01", Span(n, n + 4), "they", code_id, "ad", meaning=meaning)
        for n, one in enumerate(ids)
    ]
    write_file(path, codings_data([*there, *new]) or b"")
