"""Bringing cases into a project: from a list or a sheet, never over what is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualcode.core.model import Attribute, Case, Row
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.project.deciding import a_decision
from qualcode.project.sheets import read_rows
from qualcode.store.cases_file import cases_data, read_cases
from qualcode.store.paths import ProjectPaths
from qualcode.store.transaction import Transaction

_COLUMNS = {
    "id": ("id", "case", "case id", "participant", "participant id", "code"),
    "name": ("name", "full name"),
    "aliases": ("aliases", "alias", "initials", "also known as"),
    "documents": ("documents", "document", "file"),
}


def import_cases(paths: ProjectPaths, path: Path) -> tuple[int, tuple[Problem, ...]]:
    """Adds the cases of a `cases.yaml` or of a sheet; gives how many were new.

    A sheet has a row per case: `id` and any of name, aliases and documents (several parted by
    ";"); every other column is an attribute. A case whose id is there already stays as it is and
    is named in a problem.

    Raises:
        QualcodeError: BAD_YAML, BAD_METADATA, or what is wrong with the file.
    """
    if path.suffix.lower() in (".yaml", ".yml"):
        found, problems = read_cases(path)
    else:
        found, problems = _from_sheet(read_rows(path, unusable=P.BAD_METADATA), path), ()
    change = Transaction(paths)
    before = change.read(paths.cases)
    held = read_cases(paths.cases)[0] if before is not None else ()
    known = {case.id for case in held}
    new = [case for case in found if case.id not in known]
    if new:
        change.write(paths.cases, cases_data((*held, *new)))
        change.commit(a_decision(paths, "import cases", target=path.name))
    kept = [
        problem(P.CASE_IS_THERE, path=str(path), case=case.id) for case in found if case.id in known
    ]
    return len(new), (*problems, *kept)


def _from_sheet(rows: Sequence[Row], path: Path) -> tuple[Case, ...]:
    header = [cell.strip() for cell in rows[0].cells]
    places = {
        field: next((n for n, title in enumerate(header) if title.casefold() in names), None)
        for field, names in _COLUMNS.items()
    }
    if places["id"] is None:
        raise QualcodeError(problem(P.BAD_METADATA, path=str(path), reason="no column is `id`"))
    used = set(places.values())
    cases: dict[str, Case] = {}
    for row in rows[1:]:
        cells = [cell.strip() for cell in row.cells] + [""] * len(header)
        said = {field: cells[n] if n is not None else "" for field, n in places.items()}
        if not said["id"]:
            continue
        cases.setdefault(
            said["id"],
            Case(
                id=said["id"],
                name=said["name"],
                aliases=_several(said["aliases"]),
                documents=_several(said["documents"]),
                attributes=tuple(
                    Attribute(title, cells[n])
                    for n, title in enumerate(header)
                    if n not in used and title and cells[n]
                ),
            ),
        )
    return tuple(cases.values())


def _several(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())
