"""The audit trail as a table: when, who, what changed, why, and how many segments it touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.analysis.pair_tables import counted
from qualcode.core.table import Column, Table


@dataclass(frozen=True, slots=True)
class Audited:
    """One step: `touched` counts the codings that it made, changed, removed or bears upon."""

    at: str
    coder: str
    action: str
    target: str
    change: str
    because: str
    touched: int
    is_undone: bool = False


def audit_table(steps: Sequence[Audited]) -> Table:
    """One row per step, the oldest first."""
    columns = (
        Column("at", "When (UTC)"),
        Column("coder", "Who"),
        Column("action", "What"),
        Column("target", "On what"),
        Column("change", "Change"),
        Column("because", "Why"),
        Column("touched", "Codings touched", "codings"),
    )
    rows = tuple(
        (
            (step.at[:16].replace("T", " "),),
            (step.coder,),
            (step.action, *(("(undone)",) if step.is_undone else ())),
            (step.target or "-",),
            (step.change or "-",),
            (step.because or "-",),
            (str(step.touched),),
        )
        for step in steps
    )
    reasons = sum(bool(step.because) for step in steps)
    coders = len({step.coder for step in steps})
    notes = (
        f"{counted(len(steps), 'step')} by {counted(coders, 'coder')}; {reasons} with a reason; "
        f"{sum(step.is_undone for step in steps)} undone since.",
        "Codings touched: those that a step made, changed or removed; for a change of the "
        "codebook, those that stood under its codes then.",
    )
    return Table("audit", "Audit trail", columns, rows, notes)
