"""Comparing, emergence, saturation and sampling, printed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.analysis.comparing.proposals import Proposal
from qualcode.analysis.emerging.tables import groups_table, uncertain_table
from qualcode.analysis.pair_tables import counted
from qualcode.analysis.sampling.saturation import Rule
from qualcode.cli.codebook_life import say_changed
from qualcode.cli.folding import fold_for
from qualcode.cli.render import show_tables
from qualcode.cli.style import Style
from qualcode.project.comparing import view_code, view_codes, view_extremes
from qualcode.project.emerging import (
    emerge_groups,
    view_sample,
    view_saturation,
    view_unasked,
)
from qualcode.project.proposing import MERGES, Choice, decide, view_proposals
from qualcode.project.study import open_study


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose codings, suggestions in their place or not, and how to print."""

    coder: str
    draft: bool
    style: Style


def compare_command(code: str, other: str, *, by: str, asked: Asked) -> None:
    """Prints the segments of one code, or two codes against each other."""
    study = open_study(Path.cwd())
    if other:
        tables = view_codes(study, code, other, coder=asked.coder, draft=asked.draft)
        show_tables(tables, asked.style)
        return
    show_tables([view_code(study, code, by=by, coder=asked.coder, draft=asked.draft)], asked.style)


def extremes_command(code: str, *, by: str, asked: Asked) -> None:
    """Prints the edges of one code."""
    study = open_study(Path.cwd())
    show_tables(
        [view_extremes(study, code, by=by, coder=asked.coder, draft=asked.draft)], asked.style
    )


def proposals_command(asked: Asked) -> None:
    """Prints the open proposals."""
    study = open_study(Path.cwd())
    show_tables([view_proposals(study, coder=asked.coder, draft=asked.draft)], asked.style)


def decide_command(key: str, choice: Choice, *, draft: bool) -> None:
    """Decides on a proposal, and says what became of the codebook and what is left to do."""
    study = open_study(Path.cwd())
    outcome = decide(study, key, choice, draft=draft)
    proposal = outcome.proposal
    said = "Accepted" if choice.verdict == "accept" else "Rejected"
    sys.stdout.write(f"{fold_for(sys.stdout, f'{said}: {proposal.why}.')}\n")
    if outcome.changed is not None:
        if proposal.action in MERGES and not choice.keep:
            sys.stdout.write(_why_kept(proposal))
        say_changed(study, outcome.changed)
    elif choice.verdict == "reject":
        sys.stdout.write("It is not proposed again. Take it back with qualcode undo.\n")
    for todo in outcome.todo:
        sys.stdout.write(f"{fold_for(sys.stdout, f'{todo}.')}\n")


def _why_kept(proposal: Proposal) -> str:
    counts = dict(zip(proposal.code_ids, proposal.segments, strict=True))
    n = counts.pop(proposal.keeps)
    (other,) = counts.values()
    why = f"{counted(n, 'segment')} against {other}"
    if n == other:
        why = f"both have {counted(n, 'segment')}"
    return f"Kept: {proposal.keeps} ({why}; --keep CODE chooses).\n"


def emerge_command(groups: int, *, uncertain: bool, asked: Asked) -> None:
    """Prints the groups of uncoded segments."""
    found = emerge_groups(open_study(Path.cwd()), groups=groups, coder=asked.coder)
    tables = [groups_table(found)]
    if uncertain:
        tables.append(uncertain_table(found))
    show_tables(tables, asked.style)


def unasked_command(asked: Asked) -> None:
    """Prints the codes by whether a question asked for them."""
    study = open_study(Path.cwd())
    show_tables([view_unasked(study, coder=asked.coder, draft=asked.draft)], asked.style)


def saturation_command(base: int, run: int, threshold: float, asked: Asked) -> None:
    """Prints the new codes per document."""
    rule = Rule(base, run, threshold)
    study = open_study(Path.cwd())
    show_tables(view_saturation(study, rule, coder=asked.coder, draft=asked.draft), asked.style)


def sample_command(by: Sequence[str], asked: Asked) -> None:
    """Prints thin cells and what to read next."""
    study = open_study(Path.cwd())
    show_tables(view_sample(study, by=by, coder=asked.coder, draft=asked.draft), asked.style)
