"""Suggestions and what to expect of them, printed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.cli.exit import tell
from qualcode.cli.render import print_json, print_table, show_table
from qualcode.cli.style import Style
from qualcode.core.text import counted
from qualcode.project.study import open_study
from qualcode.project.suggesting import Asked, Offer, find_offers, offers_table

if TYPE_CHECKING:
    from qualcode.project.importing_units import Asked as Units


def suggest_command(asked: Asked, style: Style) -> None:
    """Prints the suggestions that wait."""
    study = open_study(Path.cwd())
    offers = find_offers(study, asked)
    tell(offers.problems)
    if style is Style.JSON:
        print_json(
            {
                "suggestions": [_as_json(one) for one in offers.shown],
                "waiting": offers.waiting,
                "calibrated": offers.is_calibrated,
                "notes": list(offers.notes),
            }
        )
        return
    print_table(offers_table(offers, study.usable_codebook()), style)


def _as_json(offer: Offer) -> dict[str, object]:
    one = offer.suggestion
    return {
        "document": one.doc_id,
        "unit": offer.unit,
        "speaker": offer.speaker,
        "where": offer.where,
        "start": one.span.start,
        "end": one.span.end,
        "quote": offer.quote,
        "code": one.code_id,
        "valence": one.valence,
        "lenses": list(one.lenses),
        "score": round(one.score, 4),
        "measure": offer.measure,
        "calibrated": offer.is_probability,
        "why": list(offer.reasons),
    }


def evaluate_command(*, coder: str, folds: int, every: bool, style: Style) -> None:
    """Prints what to expect of suggestions."""
    from qualcode.project.evaluating import view_evaluation

    table = view_evaluation(open_study(Path.cwd()), coder=coder, folds=folds, every=every)
    show_table(table, style)


def import_units_command(path: Path, asked: Units) -> None:
    """Takes in a table of coded units and says what became of it."""
    from qualcode.cli.coding import say_in_short
    from qualcode.project.importing_units import import_units

    taken = import_units(open_study(Path.cwd()), path, asked)
    if taken.documents:
        sys.stdout.write(f"Documents made: {_few(taken.documents)}.\n")
    if taken.codes:
        sys.stdout.write(f"Codes made: {_few([code.id for code in taken.codes])}.\n")
        sys.stdout.write("Write their definitions: qualcode codebook define CODE.\n")
    if taken.uncoded:
        sys.stdout.write(f"{counted(taken.uncoded, 'unit')} without a code, left uncoded.\n")
    if taken.unused:
        sys.stdout.write(f"Columns not used: {', '.join(taken.unused)}.\n")
    say_in_short(taken.coded)


def _few(names: Sequence[str]) -> str:
    shown = ", ".join(names[:5])
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return f"{len(names)} ({shown}{more})"
