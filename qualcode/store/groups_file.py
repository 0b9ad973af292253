"""Groups of uncoded segments on disk: derived, so they may be deleted at any time.

They are kept so that `codebook add NAME --from-group 2` means the group that was read.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qualcode.analysis.emerging.emerge import Group
from qualcode.analysis.emerging.loose import Loose
from qualcode.core.model import Span
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.store.files import write_file
from qualcode.store.paths import ProjectPaths

MOST_EXAMPLES = 3
MOST_DOCUMENTS = 6


def groups_path(paths: ProjectPaths) -> Path:
    """Where the last groups are kept."""
    return paths.root / ".qualcode" / "groups.json"


def save_groups(paths: ProjectPaths, groups: Sequence[Group]) -> None:
    """Keeps these groups in place of those before; no decision, so not in the journal."""
    value = {"groups": [_plain(group) for group in groups]}
    data = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    write_file(groups_path(paths), data.encode())


def load_groups(paths: ProjectPaths) -> tuple[Group, ...]:
    """The groups that `qualcode emerge` formed last, by number; none where it never ran.

    Raises:
        QualcodeError: BAD_GROUPS.
    """
    path = groups_path(paths)
    try:
        data = path.read_text("utf-8")
    except FileNotFoundError:
        return ()
    try:
        return tuple(_group(value) for value in json.loads(data)["groups"])
    except (ValueError, KeyError, TypeError):
        raise QualcodeError(problem(P.BAD_GROUPS, path=str(path))) from None


def find_group(paths: ProjectPaths, number: int) -> Group:
    """The group of that number.

    Raises:
        QualcodeError: NO_GROUP, BAD_GROUPS.
    """
    groups = load_groups(paths)
    found = next((group for group in groups if group.number == number), None)
    if found is None:
        raise QualcodeError(problem(P.NO_GROUP, number=number, n=len(groups)))
    return found


def group_code_fields(group: Group) -> dict[str, Any]:
    """What a code made of a group begins with, under the names of the fields of `Code`.

    The definition is left empty: to write it is the researcher's work.
    """
    doc_ids = group.doc_ids
    shown = ", ".join(doc_ids[:MOST_DOCUMENTS])
    more = f" and {len(doc_ids) - MOST_DOCUMENTS} more" if len(doc_ids) > MOST_DOCUMENTS else ""
    when = f"emerged {group.born} " if group.born else "emerged "
    return {
        "definition": "",
        "examples": tuple(one.text for one in group.members[:MOST_EXAMPLES]),
        "cues": group.terms,
        "in_vivo": group.in_vivo,
        "origin": f"{when}from group {group.number}: documents {shown}{more}",
    }


def _plain(group: Group) -> dict[str, Any]:
    return {
        "number": group.number,
        "name": group.name,
        "in_vivo": group.in_vivo,
        "terms": list(group.terms),
        "cohesion": round(group.cohesion, 6),
        "born": group.born,
        "members": [
            {
                "document": one.doc_id,
                "kind": one.kind,
                "unit": one.unit,
                "span": [one.span.start, one.span.end],
                "text": one.text,
                "credit": one.credit,
                "where": one.where,
                **({"consent": one.consent} if one.consent else {}),
            }
            for one in group.members
        ],
    }


def _group(value: dict[str, Any]) -> Group:
    return Group(
        number=int(value["number"]),
        name=str(value["name"]),
        in_vivo=bool(value["in_vivo"]),
        terms=tuple(str(term) for term in value["terms"]),
        members=tuple(_member(one) for one in value["members"]),
        cohesion=float(value["cohesion"]),
        born=str(value["born"]),
    )


def _member(value: dict[str, Any]) -> Loose:
    start, end = value["span"]
    return Loose(
        doc_id=str(value["document"]),
        kind=value["kind"],
        unit=str(value["unit"]),
        span=Span(int(start), int(end)),
        text=str(value["text"]),
        credit=str(value["credit"]),
        where=str(value["where"]),
        consent=value.get("consent", ""),
    )
