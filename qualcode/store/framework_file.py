"""The summaries of the framework matrix in YAML: written by hand or by command, never by a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import yaml

from qualcode.analysis.tables.framework import Summary
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.store.fields import (
    Field,
    Fields,
    Reading,
    items_of,
    known_entries,
    text_of,
)
from qualcode.store.paths import ProjectPaths
from qualcode.store.yamlio import Node, bad_yaml, parse_yaml

FRAMEWORK_FIELDS: Fields = {
    "format": Field("number", "Format of this file; 1.", required=True),
    "cells": Field("entries", "The cells that somebody wrote."),
}
CELL_FIELDS: Fields = {
    "case": Field("text", "Whose row: a case, or a value of an attribute.", required=True),
    "code": Field("text", "Id of the code.", required=True),
    "summary": Field("text", "The summary.", required=True),
    "evidence": Field("text", "Stands for the evidence that was read; made by the command."),
    "coder": Field("text", "Who wrote it."),
    "at": Field("text", "When, in UTC."),
}


def framework_path(paths: ProjectPaths) -> Path:
    """The file of the summaries."""
    return paths.root / "framework.yaml"


def load_framework(paths: ProjectPaths) -> tuple[Summary, ...]:
    """The summaries of a project, in the order of the file; none where there is no file.

    Raises:
        QualcodeError: with everything wrong with the file, by line.
    """
    path = framework_path(paths)
    return read_framework(path.read_bytes(), path=path) if path.is_file() else ()


def read_framework(data: bytes, *, path: Path) -> tuple[Summary, ...]:
    """The summaries that these bytes say; errors as `load_framework`."""
    return tuple(summary for summary, _ in _read(data, path))


def _read(data: bytes, path: Path) -> list[tuple[Summary, int]]:
    """The summaries with the lines, from 1, on which their entries begin."""
    try:
        node = parse_yaml(data.decode("utf-8-sig"), name=str(path))
    except UnicodeDecodeError as error:
        reason = f"byte {error.start} is not UTF-8"
        raise bad_yaml(path, reason) from None
    reading = Reading(str(path))
    top = known_entries(node, FRAMEWORK_FIELDS, reading, owner="the framework matrix")
    found = [_cell(one, reading) for one in items_of(top, "cells")]
    seen: dict[tuple[str, str], int] = {}
    for one, line in found:
        first = seen.setdefault((one.case, one.code), line)
        if first != line:
            reading.problems.append(
                problem(
                    P.CELL_TWICE,
                    path=str(path),
                    line=line,
                    case=one.case,
                    code=one.code,
                    first=first,
                )
            )
    if reading.problems:
        raise QualcodeError(*reading.problems)
    return found


def _cell(node: Node, reading: Reading) -> tuple[Summary, int]:
    found = known_entries(node, CELL_FIELDS, reading, owner="this cell")
    summary = Summary(
        case=text_of(found, "case"),
        code=text_of(found, "code"),
        text=text_of(found, "summary"),
        evidence=text_of(found, "evidence"),
        coder=text_of(found, "coder"),
        at=text_of(found, "at"),
    )
    return summary, node.line


def framework_written(data: bytes | None, summary: Summary, *, path: Path) -> bytes:
    """The file with this summary in its cell; comments and all other cells stay as they are.

    Where the file is written so that this cannot be done, it is written afresh. Errors as
    `load_framework`.
    """
    before = _read(data, path) if data else []
    wanted = _put([one for one, _ in before], summary)
    if data:
        edited = _edited(data.decode("utf-8-sig"), before, summary).encode()
        try:
            if read_framework(edited, path=path) == wanted:
                return edited
        except QualcodeError:
            pass
    return framework_data(wanted)


def _put(held: Sequence[Summary], summary: Summary) -> tuple[Summary, ...]:
    cell = (summary.case, summary.code)
    if any((one.case, one.code) == cell for one in held):
        return tuple(summary if (one.case, one.code) == cell else one for one in held)
    return (*held, summary)


def _edited(text: str, before: Sequence[tuple[Summary, int]], summary: Summary) -> str:
    """The text with the lines of one entry replaced, or with an entry at its end."""
    lines = text.splitlines(keepends=True)
    at = next(
        (n for n, (one, _) in enumerate(before) if (one.case, one.code) == _cell_of(summary)), None
    )
    if at is None:
        indent = _indent(lines[before[0][1] - 1]) if before else ""
        body = text.rstrip("\n") + "\n"
        if not before:
            body = body.replace("cells: []", "cells:", 1)
        return body + _entry(summary, indent)
    start = before[at][1] - 1
    end = before[at + 1][1] - 1 if at + 1 < len(before) else len(lines)
    while end > start + 1 and lines[end - 1].lstrip().startswith("#"):
        end -= 1  # a comment above the next entry belongs to that one
    return "".join((*lines[:start], _entry(summary, _indent(lines[start])), *lines[end:]))


def _cell_of(summary: Summary) -> tuple[str, str]:
    return summary.case, summary.code


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _entry(summary: Summary, indent: str) -> str:
    text = yaml.safe_dump([_value(summary)], sort_keys=False, allow_unicode=True, width=100)
    return "".join(f"{indent}{line}\n" for line in text.splitlines())


def _value(summary: Summary) -> dict[str, str]:
    value = {
        "case": summary.case,
        "code": summary.code,
        "summary": summary.text,
        "evidence": summary.evidence,
        "coder": summary.coder,
        "at": summary.at,
    }
    return {key: one for key, one in value.items() if one}


def framework_data(summaries: Sequence[Summary]) -> bytes:
    """The file of these summaries, written afresh."""
    value = {"format": 1, "cells": [_value(one) for one in summaries]}
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=100).encode()
