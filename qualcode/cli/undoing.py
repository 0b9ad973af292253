"""`qualcode undo` and `qualcode redo`: steps taken back, and taken back again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import typer

from qualcode.analysis.pair_tables import counted
from qualcode.cli.exit import tell
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.project.deciding import Step, redo, steps, undo, undos
from qualcode.project.who import coder_name
from qualcode.store.opening import open_project
from qualcode.store.paths import ProjectPaths

AT_ONCE = 5
"""Steps that are taken back at once without a question."""


def undo_command(n: int, *, yes: bool) -> None:
    """Takes back steps, one after the other, and says which."""
    paths = open_project(Path.cwd())
    _make_sure(paths, steps(paths)[-n:], yes=yes)
    _repeat(undo, paths, n, "Undone")


def redo_command(n: int, *, yes: bool) -> None:
    """Takes back undoing, one step after the other, and says what holds again."""
    paths = open_project(Path.cwd())
    _make_sure(paths, undos(paths)[-n:], yes=yes)
    _repeat(redo, paths, n, "Done again")


def _repeat(take: Callable[[ProjectPaths], Step], paths: ProjectPaths, n: int, verb: str) -> None:
    for done in range(n):
        try:
            step = take(paths)
        except QualcodeError as error:
            if done and error.problem.severity == "note":  # there were fewer than asked for
                return
            raise
        first = step.decisions[0]
        target = f" {first.target}" if first.target else ""
        files = counted(sum(len(decision.files) for decision in step.decisions), "file")
        sys.stdout.write(f"{verb}: {first.action}{target}, {_when(step)} ({files}).\n")


def _make_sure(paths: ProjectPaths, taken: Sequence[Step], *, yes: bool) -> None:
    """Asks before many steps, or somebody else's, are taken back.

    Raises:
        QualcodeError: MANY_TO_UNDO, STEP_OF_ANOTHER where nobody sits at a terminal to answer.
    """
    doubts = [] if yes else list(_doubts(taken, coder_name(paths)))
    if not doubts:
        return
    if not sys.stdin.isatty():
        raise QualcodeError(*doubts)
    tell(doubts)
    if not typer.confirm("Go on?", default=False):
        raise SystemExit(0)


def _doubts(taken: Sequence[Step], me: str) -> Sequence[Problem]:
    found = []
    if len(taken) > AT_ONCE:
        first = taken[0]
        action = first.decisions[0].action
        found.append(problem(P.MANY_TO_UNDO, n=len(taken), action=action, when=_when(first)))
    other = next((step for step in reversed(taken) if step.decisions[0].coder != me), None)
    if other is not None:
        one = other.decisions[0]
        found.append(
            problem(P.STEP_OF_ANOTHER, action=one.action, when=_when(other), coder=one.coder, me=me)
        )
    return found


def _when(step: Step) -> str:
    return f"{step.decisions[0].at[:16].replace('T', ' ')} UTC"
