"""A small study to code, and the commands of coding run as from a shell."""

from __future__ import annotations

import contextlib
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
import typer

from qualcode.cli.coding_app import COMMANDS, export_app, import_app
from qualcode.cli.exit import told_plainly
from qualcode.cli.study_app import undo
from qualcode.core.model import Coding
from qualcode.project.adding import Adder
from qualcode.project.gathering import Gathering
from qualcode.project.settings import load_settings, make_project
from qualcode.project.study import Study, open_study
from tests.command import Outcome
from tests.factory import write

CODEBOOK = """\
# Mine.
format: 1
name: Mine
lenses:
  - {id: individual}
  - {id: profession}
codes:
  - id: new-faces
    name: New faces
    definition: People change.
    valence: obstacle
    lenses: [individual]
    cues: [someone different, start again, different each time]
  - id: away-days  # the last one
    name: Away days
    definition: Days out.
    valence: catalyst
    cues: [away day]
  - id: trust
    name: Trust
    definition: Trust.
    cues: [trust]
  - id: old
    name: Old
    definition: Old.
    merged_into: trust
  - id: gone
    name: Gone
    definition: Gone.
    retired: too thin
  - id: parted
    name: Parted
    definition: Parted.
    split_into: [trust, away-days]
pairs: []
"""
NOTES = """\
INT01  Nurse, tier 2    14/3/2025   10.15-11.05, her office

1. What gets in the way
- they send someone different each time
- says 'we start again' at every meeting, we start again and again
- no trust in the
  other side

2. What helps
- away day helped
"""
MORE = """\
INT02  Officer, tier 1    15/3/2025

1. What gets in the way
- someone different came, as ever
- there's trust among the nurses
"""
POLICY = "Policy\n\nA policy on trust and away days for everybody.\n"


def a_study(folder: Path) -> Study:
    """A study with two interviews in notes and one policy."""
    paths = make_project(folder / "study", question="Why?", method="eca", language="en")
    paths.codebook.write_text(CODEBOOK, "utf-8")
    with paths.settings.open("a", encoding="utf-8") as settings:
        settings.write("suggester: cues\n")  # the same offers whatever was decided before
    paths.cases.write_text(
        "format: 1\ncases:\n  - {id: P01, name: Ann Nurse, documents: [int-01]}\n", "utf-8"
    )
    given = [write(folder, "int-01.md", NOTES), write(folder, "int-02.md", MORE)]
    list(Adder(paths, load_settings(paths)).add_all(given))
    policy = write(folder, "policy.md", POLICY)
    list(
        Adder(paths, load_settings(paths), {"kind": "policy", "role": "context"}).add_all([policy])
    )
    return open_study(paths.root)


@pytest.fixture
def read_anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are read and not taken from what was kept."""
    seen: list[str] = []
    read_one = Gathering._read_one

    def noting(self: Gathering, doc_id: str, take: Any) -> Any:
        seen.append(doc_id)
        return read_one(self, doc_id, take)

    monkeypatch.setattr(Gathering, "_read_one", noting)
    return seen


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """The small study, with the coder "ad" at work inside its folder."""
    monkeypatch.setenv("QUALCODE_CODER", "ad")
    made = a_study(tmp_path)
    monkeypatch.chdir(made.paths.root)
    return made


def run(*arguments: str) -> Outcome:
    """Runs one of the commands of coding and review."""
    app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    for command in (*COMMANDS, undo):
        app.command()(command)
    app.add_typer(export_app, name="export")
    app.add_typer(import_app, name="import")
    out, err, status = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            with told_plainly():
                app(list(arguments), standalone_mode=False)
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 0
    return Outcome(status, out.getvalue(), err.getvalue())


def coded(study: Study, doc_id: str = "int-01") -> list[tuple[str, str, str]]:
    """Quotation, code and valence of every coding of a document."""
    return [(c.quote, c.code_id, c.valence) for c in study.codings(doc_id)]


def bytes_of(study: Study) -> dict[str, bytes]:
    """The files of a study that count: codebook, codings and reviews."""
    root = study.paths.root
    files = [*root.glob("*.yaml"), *root.glob("codings/*"), *root.glob("reviews/*")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(files)}


def without_time(codings: tuple[Coding, ...]) -> list[str]:
    """Codings as text, but for when they were made."""
    return sorted(str(c).replace(repr(c.at), "-") for c in codings)


def journal(study: Study) -> list[dict[str, str]]:
    """The decisions of everybody."""
    lines: list[str] = []
    for path in sorted((study.paths.root / "journal").glob("*.jsonl")):
        lines += path.read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


HAS_TERMINALS = os.name == "posix"
