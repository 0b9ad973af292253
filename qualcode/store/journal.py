"""The journal: every decision, one to a line, one file per coder, only ever appended to."""

from __future__ import annotations

import json
from typing import Any

from qualcode.core.model import Decision, FileChange
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.store.files import read_lines
from qualcode.store.paths import ProjectPaths


def load_journal(paths: ProjectPaths) -> tuple[Decision, ...]:
    """Every decision of every coder, by time, then as written.

    Raises:
        QualcodeError: BAD_JOURNAL, naming the line.
    """
    decisions: list[Decision] = []
    for path in sorted((paths.root / "journal").glob("*.jsonl")):
        for number, line in enumerate(read_lines(path), start=1):
            if not line.strip():
                continue
            try:
                decisions.append(decision_from(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise QualcodeError(
                    problem(P.BAD_JOURNAL, path=str(path), line=number, reason=error)
                ) from None
    return tuple(sorted(decisions, key=lambda decision: decision.at))


def decision_from(value: dict[str, Any]) -> Decision:
    """The decision that a line of the journal holds."""
    return Decision(
        id=value["id"],
        at=value["at"],
        coder=value["coder"],
        action=value["action"],
        target=value.get("target", ""),
        before=value.get("before", ""),
        after=value.get("after", ""),
        because=value.get("because", ""),
        undoes=value.get("undoes"),
        files=tuple(FileChange(f["path"], f["before"], f["after"]) for f in value["files"]),
    )


def decision_line(decision: Decision) -> str:
    """The decision as one line of the journal."""
    value: dict[str, Any] = {
        "id": decision.id,
        "at": decision.at,
        "coder": decision.coder,
        "action": decision.action,
        "target": decision.target,
        "before": decision.before,
        "after": decision.after,
        "because": decision.because,
        "undoes": decision.undoes,
    }
    kept: dict[str, Any] = {key: one for key, one in value.items() if one not in (None, "")}
    kept["files"] = [{"path": f.path, "before": f.before, "after": f.after} for f in decision.files]
    return json.dumps(kept, ensure_ascii=False) + "\n"
