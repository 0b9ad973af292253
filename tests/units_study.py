"""A small study made from a table of coded units, with an interview that nobody has coded."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from qualcode.project.adding import Adder
from qualcode.project.settings import load_settings, make_project
from qualcode.project.study import Study, open_study
from tests.command import Outcome, run_qualcode
from tests.factory import write
from tests.learning_study import MONEY, NOTHING, STAFF, WAITING

CODEBOOK = """\
format: 1
name: Mine
codes:
  - id: money
    name: Money
    definition: Too little money or funding.
    valence: obstacle
  - id: turnover
    name: Turnover
    definition: People change too often.
    valence: obstacle
  - id: waiting
    name: Waiting
    definition: Having to wait for help.
    valence: obstacle
pairs: []
"""
HEAD = ("Document", "Text", "Codes")
NEW = """\
INT09  Nurse    14/3/2025

1. What gets in the way
- the budget was cut again this year
- a new worker every month, new people
- tea came at four, in the library

2. What helps
- families wait for months
"""
Table = Sequence[Sequence[str]]


def coded_units(head: Sequence[str] = HEAD) -> list[Sequence[str]]:
    """Twenty-four units of six interviews, a quarter of them without a code."""
    rows: list[Sequence[str]] = [head]
    for code, texts in (("money", MONEY), ("turnover", STAFF), ("waiting", WAITING), ("", NOTHING)):
        for n, text in enumerate(texts, start=1):
            rows.append((f"int-0{n}", text, code))
            rows.append((f"int-0{n + 3}", f"Really: {text}", code))
    return rows


def table_file(folder: Path, rows: Table, name: str = "units.csv") -> Path:
    """The rows as a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return write(folder, name, text.getvalue())


def an_empty_study(folder: Path, *, settings: str = "", method: str = "eca") -> Study:
    """A study with three codes and nothing else."""
    paths = make_project(folder / "study", question="Why?", method=method, language="en")
    paths.codebook.write_text(CODEBOOK, "utf-8")
    with paths.settings.open("a", encoding="utf-8") as file:
        file.write(settings)
    return open_study(paths.root)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    """An empty study, with the coder "ad" at work inside its folder."""
    monkeypatch.setenv("QUALCODE_CODER", "ad")
    made = an_empty_study(tmp_path)
    monkeypatch.chdir(made.paths.root)
    return made


def take_in(folder: Path, *options: str, rows: Table | None = None) -> Outcome:
    """`qualcode import units` on a table, as coder "bf" unless told otherwise."""
    file = table_file(folder, coded_units() if rows is None else rows)
    coder = () if "--coder" in options else ("--coder", "bf")
    return run_qualcode("import", "units", file, *coder, *options)


def add_interview(study: Study, folder: Path, text: str = NEW, name: str = "int-09.md") -> None:
    """Adds an interview that nobody has coded."""
    list(Adder(study.paths, load_settings(study.paths)).add_all([write(folder, name, text)]))
