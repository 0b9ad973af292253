"""Decisions on proposals: one file per coder, one decision to a line."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from qualcode.core.problems import P, QualcodeError, problem
from qualcode.store.files import read_lines
from qualcode.store.paths import ProjectPaths

Verdict = Literal["accept", "reject"]
VERDICTS: tuple[Verdict, ...] = ("accept", "reject")


@dataclass(frozen=True, slots=True)
class Decided:
    """What somebody decided on one proposal; `says` is what it said then."""

    key: str
    verdict: Verdict
    coder: str
    says: str = ""
    because: str = ""
    at: str = ""


def decided_path(paths: ProjectPaths, coder: str) -> Path:
    """The file of one coder's decisions on proposals."""
    return paths.root / "proposals" / f"{coder}.jsonl"


def decided_line(decided: Decided) -> str:
    """The decision as one line of its file."""
    value = {
        "key": decided.key,
        "verdict": decided.verdict,
        "says": decided.says,
        "because": decided.because,
        "at": decided.at,
    }
    kept = {name: one for name, one in value.items() if one}
    return json.dumps(kept, ensure_ascii=False) + "\n"


def load_decided(paths: ProjectPaths) -> tuple[Decided, ...]:
    """Everybody's decisions, by time; the last one on a proposal holds.

    Raises:
        QualcodeError: BAD_DECIDED for the first line that cannot be read.
    """
    found: list[Decided] = []
    for path in sorted((paths.root / "proposals").glob("*.jsonl")):
        for number, line in enumerate(read_lines(path), start=1):
            if not line.strip():
                continue
            try:
                found.append(_decided(line, path.stem))
            except (ValueError, KeyError, TypeError, AttributeError):
                raise QualcodeError(problem(P.BAD_DECIDED, path=str(path), line=number)) from None
    return tuple(sorted(found, key=lambda one: (one.at, one.coder)))


def _decided(line: str, coder: str) -> Decided:
    value = json.loads(line)
    if value["verdict"] not in VERDICTS:
        raise ValueError(value["verdict"])
    return Decided(
        key=str(value["key"]),
        verdict=cast("Verdict", value["verdict"]),
        coder=coder,
        says=str(value.get("says", "")),
        because=str(value.get("because", "")),
        at=str(value.get("at", "")),
    )
