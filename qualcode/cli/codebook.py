"""`qualcode codebook ...`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

from qualcode.cli.exit import FINE, PROBLEMS, tell
from qualcode.cli.render import print_json
from qualcode.project.codebooks import check_codebook, copy_codebook, show_codebook
from qualcode.project.shipped import shipped_codebooks


def check_command(codebook: str, *, as_json: bool) -> None:
    """Prints what is wrong with a codebook, or that nothing is."""
    checked = check_codebook(codebook)
    if as_json:
        print_json({"problems": [asdict(found) for found in checked.problems]})
    else:
        tell(checked.problems)
        found = checked.codebook
        cues = sum(len(code.cues) for code in found.codes)
        sys.stdout.write(
            f"{found.name}: {len(found.codes)} codes, {cues} cues, {len(found.pairs)} pairs, "
            f"{len(found.lenses)} lenses; {len(checked.problems)} problems.\n"
        )
    bad = any(found.severity != "note" for found in checked.problems)
    raise SystemExit(PROBLEMS if bad else FINE)


def list_command() -> None:
    """Prints the name and title of every codebook that ships."""
    for name in shipped_codebooks():
        found = check_codebook(name).codebook
        source = f" ({found.source})" if found.source else ""
        sys.stdout.write(f"{name}: {found.name}{source}\n")


def show_command(codebook: str) -> None:
    """Prints a codebook as Markdown."""
    sys.stdout.write(show_codebook(codebook))


def copy_command(codebook: str, path: Path) -> None:
    """Copies a starter codebook to a new file."""
    copy_codebook(codebook, path)
    sys.stdout.write(f"Wrote {path}. It is yours now: edit it, then run with --codebook {path}\n")
