"""Decisions, and taking back what was decided."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from qualcode.core.model import Decision
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.project.who import coder_name
from qualcode.store.journal import load_journal
from qualcode.store.paths import ProjectPaths
from qualcode.store.transaction import Transaction, file_hash, read_blob


def a_decision(
    paths: ProjectPaths, action: str, *, target: str = "", because: str = ""
) -> Decision:
    """A decision of the coder at work, now, with a new id."""
    return Decision(
        id=uuid.uuid4().hex[:12],
        at=datetime.now(UTC).isoformat(timespec="milliseconds"),
        coder=coder_name(paths),
        action=action,
        target=target,
        because=because,
    )


@dataclass(frozen=True, slots=True)
class Step:
    """What one command did: its decisions, which are undone together."""

    id: str
    decisions: tuple[Decision, ...]


def all_steps(paths: ProjectPaths) -> tuple[Step, ...]:
    """Every command that changed something, undoing among them, in the order of time."""
    found: dict[str, list[Decision]] = {}
    for decision in load_journal(paths):
        found.setdefault(step_id(decision), []).append(decision)
    return tuple(Step(key, tuple(decisions)) for key, decisions in found.items())


def step_id(decision: Decision) -> str:
    """The id of the step that a decision is part of: "a1" of "a1" and of "a1.2"."""
    return decision.id.partition(".")[0]


def undone_ids(done: Sequence[Step]) -> frozenset[str]:
    """Ids of the steps, undoing among them, that a later step took back and that stay so.

    An undo that was itself taken back undoes nothing, so what is read last counts first.
    """
    found: set[str] = set()
    for step in reversed(done):
        undoes = step.decisions[0].undoes
        if undoes is not None and step.id not in found:
            found.add(undoes)
    return frozenset(found)


def steps(paths: ProjectPaths) -> tuple[Step, ...]:
    """Every command that changed something and still holds, in the order of time."""
    done = all_steps(paths)
    undone = undone_ids(done)
    return tuple(
        step for step in done if step.id not in undone and step.decisions[0].undoes is None
    )


def undos(paths: ProjectPaths) -> tuple[Step, ...]:
    """Every undo that can be taken back, the last one at the end; none after a new change."""
    waiting: list[Step] = []
    for step in all_steps(paths):
        undoes = step.decisions[0].undoes
        if waiting and undoes == waiting[-1].id:
            waiting.pop()
        elif undoes is not None:
            waiting.append(step)
        else:
            waiting.clear()
    return tuple(waiting)


def undo(paths: ProjectPaths) -> Step:
    """Takes back the last command that still holds: its files get the bytes that they had.

    Raises:
        QualcodeError: NOTHING_TO_UNDO, CHANGED_SINCE, LOST_HISTORY; nothing is changed then.
    """
    held = steps(paths)
    if not held:
        raise QualcodeError(problem(P.NOTHING_TO_UNDO, path=str(paths.root)))
    _take_back(paths, held[-1], "undo")
    return held[-1]


def redo(paths: ProjectPaths) -> Step:
    """Takes back the last undo, and gives the step that holds again.

    Raises:
        QualcodeError: NOTHING_TO_REDO, CHANGED_SINCE, LOST_HISTORY; nothing is changed then.
    """
    waiting = undos(paths)
    if not waiting:
        raise QualcodeError(problem(P.NOTHING_TO_REDO))
    undone = waiting[-1].decisions[0].undoes
    step = next((one for one in all_steps(paths) if one.id == undone), waiting[-1])
    _take_back(paths, waiting[-1], "redo")
    return step


def _take_back(paths: ProjectPaths, step: Step, action: str) -> None:
    change = Transaction(paths)
    for decision in reversed(step.decisions):
        for file in decision.files:
            path = paths.root / file.path
            if file_hash(change.read(path)) != file.after:
                raise QualcodeError(problem(P.CHANGED_SINCE, path=str(path)))
            change.write(path, None if file.before is None else read_blob(paths, file.before))
    first = step.decisions[0]
    taken = a_decision(paths, action, target=first.target if first.undoes else first.action)
    change.commit(replace(taken, undoes=step.id))
