"""The audit trail of a study: every step of the journal with the codings that it touched."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from qualcode.analysis.tables.audit import Audited, audit_table
from qualcode.core.model import Decision, FileChange
from qualcode.core.problems import QualcodeError
from qualcode.core.table import Table
from qualcode.project.deciding import Step, all_steps
from qualcode.project.study import Study
from qualcode.store.paths import ProjectPaths
from qualcode.store.transaction import file_hash, read_blob

_CODINGS = re.compile(r"codings/[^/]+\.jsonl")
_ID = re.compile(r"[\w-]+")
_CODEBOOK = "codebook.yaml"


@dataclass(slots=True)
class _Standing:
    """The codings as they stood after the steps read so far, and how many had each code.

    `files` gives, for each file of codings, its lines by id of the coding.
    """

    files: dict[str, dict[str, str]] = field(default_factory=dict)
    by_code: Counter[str] = field(default_factory=Counter)

    def change(self, path: str, after: dict[str, str]) -> int:
        """Brings one file forward; gives the number of codings made, changed or removed."""
        before = self.files.get(path, {})
        self.files[path] = after
        changed = [key for key in {*before, *after} if before.get(key) != after.get(key)]
        self.by_code.subtract(_code(before[key]) for key in changed if key in before)
        self.by_code.update(_code(after[key]) for key in changed if key in after)
        return len(changed)


def _code(line: str) -> str:
    return str(json.loads(line).get("code", ""))


def view_audit(study: Study) -> Table:
    """When, who, what changed, why, and how many codings each step touched."""
    return audit_table(tuple(audited_steps(study.paths)))


def audited_steps(paths: ProjectPaths) -> Iterator[Audited]:
    """Every step in the order of time, as the journal has it."""
    steps = all_steps(paths)
    undone = {decision.undoes for step in steps for decision in step.decisions}
    codings = _Standing()
    for step in steps:
        under = _under_its_codes(step.decisions, codings.by_code)
        touched = sum(
            codings.change(change.path, _lines(paths, change))
            for decision in step.decisions
            for change in decision.files
            if _CODINGS.fullmatch(change.path)
        )
        first = step.decisions[0]
        yield Audited(
            at=first.at,
            coder=first.coder,
            action=first.action,
            target=first.target,
            change=_change(step),
            because=next((d.because for d in step.decisions if d.because), ""),
            touched=touched or under,
            is_undone=step.id in undone,
        )


def _change(step: Step) -> str:
    """What stood before and after, where a decision says so."""
    before, after = (
        next((words for one in step.decisions if (words := getattr(one, key))), "")
        for key in ("before", "after")
    )
    return f"{before} → {after}" if before and after else before or after


def _lines(paths: ProjectPaths, change: FileChange) -> dict[str, str]:
    """The codings of a file after a change; none where its bytes are no longer kept."""
    if change.after is None:
        return {}
    path = paths.root / change.path
    data = path.read_bytes() if path.is_file() else b""
    if file_hash(data) != change.after:
        try:
            data = read_blob(paths, change.after)
        except QualcodeError:
            return {}
    found = {}
    for number, line in enumerate(data.decode("utf-8", "replace").splitlines()):
        try:
            found[str(json.loads(line).get("id", number))] = line
        except (ValueError, AttributeError):
            continue
    return found


def _under_its_codes(decisions: tuple[Decision, ...], standing: Counter[str]) -> int:
    """Codings that stood under the codes of a change of the codebook."""
    named = {
        word
        for decision in decisions
        if any(change.path == _CODEBOOK for change in decision.files)
        for word in _ID.findall(decision.target)
    }
    return sum(standing[word] for word in named)
