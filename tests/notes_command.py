"""The commands of notes in an app of their own, run as from a shell."""

from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path
from unittest.mock import patch

import typer

from qualcode.cli.exit import told_plainly
from qualcode.cli.notes_app import COMMANDS, GROUPS
from qualcode.core.model import Coding, Span
from qualcode.project.adding import Adder
from qualcode.project.settings import load_settings, make_project
from qualcode.project.study import Study
from qualcode.store.coding_files import coding_path, codings_data
from qualcode.store.document_files import load_document
from qualcode.store.files import write_file
from tests.command import Outcome
from tests.factory import write

NOTES = """\
INT01  Nurse, tier 2    14/3/2025   10.15-11.05, her office

1. What gets in the way
- they send someone different each time
- says 'we start again' at every meeting

2. What helps
- away day helped
"""
TALK = "INT: How is it?\nR: Well, it changes.\nINT: Why?\nR: They leave. And new ones come.\n"
CODEBOOK = """\
format: 1
name: Own
codes:
- {id: silos, name: Silos, definition: Apart.}
- {id: trust, name: Trust, definition: They trust.}
"""


class _Stream(io.StringIO):
    encoding = "utf-8"


def run_notes(*arguments: object, typed: str = "") -> Outcome:
    """Runs one of the commands; `typed` is what the person types."""
    app = typer.Typer(rich_markup_mode=None)
    for command in COMMANDS:
        app.command()(command)
    for name, group in GROUPS:
        app.add_typer(group, name=name)
    out, err, status = _Stream(), _Stream(), 0
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        patch.object(sys, "stdin", io.StringIO(typed)),
    ):
        try:
            with told_plainly():
                app([str(one) for one in arguments], standalone_mode=False)
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 0
    return Outcome(status, out.getvalue(), err.getvalue())


def make_study(folder: Path) -> Study:
    """A study of an interview and a talk, with two codes and nothing coded."""
    paths = make_project(folder / "study", question="Why?", method="eca", language="en")
    sources = [write(folder, "int-01.md", NOTES), write(folder, "talk.txt", TALK)]
    list(Adder(paths, load_settings(paths)).add_all(sources))
    paths.codebook.write_text(CODEBOOK, "utf-8")
    return Study(paths, load_settings(paths))


def code(study: Study, doc_id: str, *given: tuple[str, str, str]) -> None:
    """Codings of one document: words, code, valence."""
    text = load_document(study.paths, doc_id).text
    codings = []
    for number, (quote, code_id, valence) in enumerate(given, start=1):
        start = text.index(quote)
        span = Span(start, start + len(quote))
        codings.append(
            Coding(f"{doc_id}-k{number}", doc_id, span, quote, code_id, "ad", valence)  # type: ignore[arg-type]
        )
    write_file(coding_path(study.paths, doc_id, "ad"), codings_data(codings) or b"")
