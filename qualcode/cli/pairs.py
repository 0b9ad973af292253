"""`qualcode pair ...`: what it prints."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from qualcode.analysis.pair_tables import counted
from qualcode.cli.exit import tell
from qualcode.cli.render import show_table
from qualcode.cli.style import Style
from qualcode.core.pair_changes import pair_in_words
from qualcode.project.pair_suggesting import Asked, reject, view_suggestions
from qualcode.project.pairs import ChangedPairs, view_pair_list
from qualcode.project.study import Study, open_study


def list_command(style: Style) -> None:
    """Prints the pairs."""
    show_table(view_pair_list(open_study(Path.cwd())), style)


def change_command(change: Callable[[Study], ChangedPairs], *, word: str) -> None:
    """Makes a change of the pairs and says what each pair is now; warnings go to stderr."""
    changed = change(open_study(Path.cwd()))
    if not changed.ids:
        sys.stdout.write("Nothing changed: the pairs say so already.\n")
        return
    now = {pair.id: pair for pair in changed.pairs}
    for pair_id in changed.ids:
        if pair_id in now:
            pair = now[pair_id]
            sys.stdout.write(f"{word}: {pair.number}. {pair_id}: {pair_in_words(pair)}\n")
        else:
            sys.stdout.write(f"{word}: {pair_id}\n")
    rows = counted(len(changed.pairs), "row")
    sys.stdout.write(f"{rows} in pairs.yaml. `qualcode undo` takes it back.\n")
    tell(changed.warnings)


def suggest_command(asked: Asked, style: Style) -> None:
    """Prints the suggested pairs on which nobody has decided yet."""
    show_table(view_suggestions(open_study(Path.cwd()), asked), style)


def reject_command(key: str, *, because: str, draft: bool) -> None:
    """Records that a suggested pair is none."""
    found = reject(open_study(Path.cwd()), key, because=because, draft=draft)
    sys.stdout.write(f"Rejected: {found.title}.\n")
    sys.stdout.write("It is not suggested again. `qualcode undo` takes it back.\n")
