"""A metadata sheet: one row per source, with what the researcher knows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from qualcode.analysis.layouts.dates import find_date
from qualcode.analysis.layouts.told import told_kind
from qualcode.core.hints import did_you_mean
from qualcode.core.model import KINDS, ROLES
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.project.sheets import read_rows
from qualcode.store.corrections_file import FACTS

_NAMES = ("file", "source", "document", "filename", "file name", "name")

Sheet = Mapping[str, Mapping[str, str]]
"""Facts under the name of a file, in lower case, with and without its ending."""


def read_metadata(path: Path) -> tuple[Sheet, tuple[Problem, ...]]:
    """What a sheet says of each file; unknown columns are named.

    The first row heads the columns: `file` and any of kind, role, date, title, site, phase,
    participants, researcher. Blank cells say nothing.

    Raises:
        QualcodeError: where the sheet cannot be read or has no column of files.
    """
    rows = read_rows(path, unusable=P.BAD_METADATA)
    header = [cell.strip().casefold() for cell in rows[0].cells]
    where = next((header.index(name) for name in _NAMES if name in header), None)
    if where is None:
        raise QualcodeError(problem(P.BAD_METADATA, path=str(path), reason="no column is `file`"))
    problems = list(_unknown(path, header, where))
    sheet: dict[str, Mapping[str, str]] = {}
    for row in rows[1:]:
        cells = dict(zip(header, (cell.strip() for cell in row.cells), strict=False))
        name = cells.get(header[where], "").casefold()
        if name:
            facts = {key: cells[key] for key in FACTS if cells.get(key)}
            for key, bad in _wrong_facts(facts).items():
                facts.pop(key)
                problems.append(replace(bad, path=str(path), line=row.number))
            sheet[name] = facts
    return sheet, tuple(problems)


def _unknown(path: Path, header: Sequence[str], where: int) -> Sequence[Problem]:
    return [
        problem(P.UNKNOWN_COLUMN, path=str(path), column_name=name, hint=did_you_mean(name, FACTS))
        for position, name in enumerate(header)
        if name and position != where and name not in FACTS
    ]


def check_facts(facts: Mapping[str, str]) -> None:
    """Refuses a kind, role or date that is none.

    Raises:
        QualcodeError: BAD_FACT, naming what is allowed.
    """
    wrong = _wrong_facts(facts)
    if wrong:
        raise QualcodeError(*wrong.values())


def _wrong_facts(facts: Mapping[str, str]) -> dict[str, Problem]:
    """The facts that are no kind, role or date, each with its problem."""
    wrong: dict[str, Problem] = {}
    for key, allowed in (("kind", KINDS), ("role", ROLES)):
        value = facts.get(key, "")
        if value and value.casefold() not in allowed and not told_kind([(key, value)]):
            expected = f"one of {', '.join(allowed)}"
            hint = did_you_mean(value, allowed)
            wrong[key] = problem(P.BAD_FACT, key=key, value=value, expected=expected, hint=hint)
    when = facts.get("date", "")
    if when and not find_date(when):
        expected = "a date such as 2025-03-13"
        wrong["date"] = problem(P.BAD_FACT, key="date", value=when, expected=expected, hint="")
    return wrong


def facts_for(sheet: Sheet, name: str) -> Mapping[str, str]:
    """What the sheet says of a file, found by its whole name, its last part, or its stem."""
    path = Path(name)
    keys = (name.casefold(), path.name.casefold(), path.stem.casefold())
    return next((sheet[key] for key in keys if key in sheet), {})
