"""Commands on a project: init, add, documents, show, cases, inventory, attendance, correct."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import typer

from qualcode.analysis.attendance_table import MOST_STINTS
from qualcode.analysis.corrections import Corrections, Split
from qualcode.analysis.described import read_as, remarks
from qualcode.cli.exit import WRONG_USAGE, status_of, tell
from qualcode.cli.render import print_json, print_table, show_table, table_as_json
from qualcode.cli.style import Style
from qualcode.cli.widths import terminal_width
from qualcode.core.model import Voice
from qualcode.core.problems import Problem
from qualcode.core.table import Cell, Column, Table
from qualcode.project.adding import Added, Adder, Moved
from qualcode.project.case_names import suggest_cases
from qualcode.project.casework import import_cases
from qualcode.project.correcting import correct_document
from qualcode.project.metadata import Sheet, read_metadata
from qualcode.project.settings import METHODS, load_settings, make_project, refuse_inside
from qualcode.project.study import open_study
from qualcode.project.views import (
    LogFilter,
    view_actions,
    view_attendance,
    view_cases,
    view_documents,
    view_inventory,
    view_log,
    view_parts,
    view_quotations,
)
from qualcode.store.cases_file import CASES_FILE
from qualcode.store.corrections_file import VOICES
from qualcode.store.opening import open_project

NAMES_WIDE = 50
"""Columns of a terminal for the names of a table of attendance, and its sum."""
MEETING_WIDE = 13
"""Columns of a terminal for one meeting."""


def init_command(
    root: Path, *, question: str, method: str, language: str, force: bool = False
) -> None:
    """Makes a project folder; asks at a terminal for what was not told."""
    if not force:
        refuse_inside(root)
    if sys.stdin.isatty():
        question = question or typer.prompt("Research question", default="", show_default=False)
        method = method or typer.prompt(f"Method ({', '.join(METHODS)})", default="eca")
    method = method or "eca"
    make_project(root, question=question, method=method, language=language)
    sys.stdout.write(
        f"Created {root}/ (qualcode.yaml, codebook.yaml, cases.yaml, sources/, documents/)\n"
        "Data stay in this folder. Nothing is ever sent anywhere.\n"
        f"Next: cd {root}, then qualcode add FILES\n"
    )


@dataclass(frozen=True, slots=True)
class Adding:
    """What is told with `add`."""

    facts: Mapping[str, str]
    sheet: Path | None = None
    replaces: bool = False


def add_command(given: Sequence[Path], adding: Adding, style: Style) -> None:
    """Adds sources and prints a line for each."""
    paths = open_project(Path.cwd())
    problems: list[Problem] = []
    told: Sheet = {}
    if adding.sheet is not None:
        told, wrong = read_metadata(adding.sheet)
        problems.extend(wrong)
    settings = load_settings(paths)
    adder = Adder(paths, settings, facts=adding.facts, sheet=told, replaces=adding.replaces)
    rows = []
    for added in adder.add_all(given):
        rows.append(_added_row(added))
        problems.extend(added.problems)
    _print_added(rows, style)
    tell(problems)
    for path in given:
        if (path / CASES_FILE).is_file():
            sys.stderr.write(
                f"{path / CASES_FILE} was left alone; `qualcode cases --import` takes it in.\n"
            )
    raise SystemExit(status_of(problems))


def _print_added(rows: Sequence[tuple[Cell, ...]], style: Style) -> None:
    table = _added_table(rows)
    if style is Style.JSON:
        print_json({"files": table_as_json(table)})
        return
    print_table(table, style)


def _added_table(rows: Sequence[tuple[Cell, ...]]) -> Table:
    """One row per file: what it was recognised as, what it offers, what was left out."""
    columns = (
        Column("file", "File"),
        Column("status", "Status"),
        Column("kind", "Kind"),
        Column("read_as", "Read as"),
        Column("segments", "Segments", "segments"),
        Column("note", "Note"),
    )
    skipped = sum(row[1] == ("skipped",) for row in rows)
    notes = (f"{len(rows) - skipped} of {len(rows)} files read, {skipped} skipped.",)
    return Table("added", "Sources", columns, tuple(rows), notes)


def _added_row(added: Added) -> tuple[Cell, ...]:
    document = added.document
    is_read = document is not None and added.status != "unchanged"
    note = [remarks(document)] if document is not None and is_read else []
    note.extend(found.message for found in added.problems)
    if added.moved.n:
        note.append(_moved(added.moved))
    return (
        (added.name,),
        (added.status,),
        (document.kind if document else "-",),
        (read_as(document) if document is not None and is_read else "-",),
        (str(added.segments) if is_read else "-",),
        ("; ".join(part for part in note if part) or "-",),
    )


def _moved(moved: Moved) -> str:
    words = "1 coding is" if moved.n == 1 else f"{moved.n:,} codings are"
    changed = f", {moved.reworded:,} of them on other words" if moved.reworded else ""
    return f"{words} in place in the new text{changed}"


def documents_command(style: Style) -> None:
    """Prints the documents of the project."""
    show_table(view_documents(open_project(Path.cwd())), style)


def show_command(doc_id: str, style: Style) -> None:
    """Prints the segments of a document."""
    show_table(view_parts(open_project(Path.cwd()), doc_id), style)


def cases_command(style: Style) -> None:
    """Prints the cases of the project, and doubtful names."""
    table, problems = view_cases(open_project(Path.cwd()))
    show_table(table, style)
    tell(problems)
    raise SystemExit(status_of(problems))


def suggest_cases_command(style: Style) -> None:
    """Prints names that could be cases."""
    show_table(suggest_cases(open_study(Path.cwd())), style)


def import_cases_command(path: Path) -> None:
    """Adds cases and says how many."""
    new, problems = import_cases(open_project(Path.cwd()), path)
    sys.stdout.write(f"{new} cases added to cases.yaml.\n")
    tell(problems)
    raise SystemExit(status_of(problems))


def inventory_command(style: Style) -> None:
    """Prints what was collected."""
    show_table(view_inventory(open_project(Path.cwd())), style)


def attendance_command(style: Style) -> None:
    """Prints who was at which meeting, and how delegates changed."""
    for table in view_attendance(open_project(Path.cwd()), most_columns=_most_meetings(style)):
        show_table(table, style)


def _most_meetings(style: Style) -> int | None:
    """Meetings that have a column of their own each; data always keep them."""
    if style is Style.JSON:
        return None
    if style is Style.PLAIN:
        return MOST_STINTS
    return max((terminal_width() - NAMES_WIDE) // MEETING_WIDE, 0)


def actions_command(style: Style) -> None:
    """Prints the decisions and actions of all minutes."""
    for table in view_actions(open_project(Path.cwd())):
        show_table(table, style)


def quotations_command(style: Style) -> None:
    """Prints the quotations inside reports and field notes, with their credits."""
    show_table(view_quotations(open_project(Path.cwd())), style)


def log_command(n: int, chosen: LogFilter, style: Style) -> None:
    """Prints the last of the steps that are meant."""
    show_table(view_log(open_project(Path.cwd()), n, chosen), style)


@dataclass(frozen=True, slots=True)
class Told:
    """Corrections as they were typed: "UNIT=VALUE"."""

    facts: Mapping[str, str]
    speakers: Sequence[str]
    voices: Sequence[str]
    turns: Sequence[str]
    splits: Sequence[str]
    joins: Sequence[str]


def correct_command(doc_id: str, told: Told, style: Style) -> None:
    """Corrects a document and prints how it is read now."""
    voices = _parted(told.voices, "--voice", "bullet 3.2=verbatim")
    for _, voice in voices:
        if voice not in VOICES:
            sys.stderr.write(f'--voice knows {", ".join(VOICES)}; "{voice}" is none of them.\n')
            raise SystemExit(WRONG_USAGE)
    more = Corrections(
        facts=tuple(told.facts.items()),
        speakers=_parted(told.speakers, "--speaker", "Speaker 1=P03"),
        voices=tuple((ref, cast("Voice", voice)) for ref, voice in voices),
        unit_speakers=_parted(told.turns, "--turn", "turn 7=Dean Okafor"),
        splits=tuple(
            Split(ref, before)
            for ref, before in _parted(told.splits, "--split", "turn 7=Well, the board")
        ),
        joins=tuple(told.joins),
    )
    added = correct_document(open_project(Path.cwd()), doc_id, more)
    _print_added([_added_row(added)], style)
    tell(added.problems)
    raise SystemExit(status_of(added.problems))


def _parted(given: Sequence[str], option: str, example: str) -> tuple[tuple[str, str], ...]:
    parts = [one.partition("=") for one in given]
    bad = next((left for left, sign, right in parts if not (left and sign and right)), None)
    if bad is not None:
        sys.stderr.write(f'{option} is written like "{example}"; "{bad}" is not.\n')
        raise SystemExit(WRONG_USAGE)
    return tuple((left.strip(), right.strip()) for left, _, right in parts)
