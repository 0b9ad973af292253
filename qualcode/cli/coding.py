"""Coding by hand: code, uncode, codings, open, and the sheets."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.analysis.find_span import shorten
from qualcode.cli.exit import WRONG_USAGE, status_of, tell
from qualcode.cli.render import show_table
from qualcode.cli.style import Style
from qualcode.core.model import Coding
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.project.coding import (
    Coded,
    Desk,
    Given,
    Where,
    code_passage,
    given_from,
    uncode_passage,
)
from qualcode.project.study import open_study

if TYPE_CHECKING:
    from qualcode.project.coding_views import Which

_USUAL_EDITOR = "notepad" if os.name == "nt" else "vi"


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed about a coding."""

    valence: str = ""
    strength: str = ""
    lenses: Sequence[str] = ()
    confidence: str = ""
    because: str = ""
    in_vivo: bool = False
    coder: str = ""


def code_command(where: Where, codes: Sequence[str], said: Said) -> None:
    """Codes a passage and says what was done."""
    if not codes and not said.in_vivo:
        sys.stderr.write("Name a code, or make one from the words with --in-vivo.\n")
        raise SystemExit(WRONG_USAGE)
    cells = {
        "valence": said.valence,
        "strength": said.strength,
        "lenses": ",".join(said.lenses),
        "confidence": said.confidence,
        "because": said.because,
    }
    given: list[Given] = [given_from(code, cells) for code in codes]
    if said.in_vivo:
        given.insert(0, given_from("", cells))
    study = open_study(Path.cwd())
    _say(code_passage(study, where, given, coder=said.coder, in_vivo=said.in_vivo))


def uncode_command(where: Where, *, code: str, coder: str, because: str) -> None:
    """Takes codings off and says which."""
    if not where.where and not where.coding_id:
        sys.stderr.write("Give the id of a coding, or the place with --at.\n")
        raise SystemExit(WRONG_USAGE)
    study = open_study(Path.cwd())
    _say(uncode_passage(study, where, code_id=code, coder=coder, because=because))


def codings_command(which: Which, style: Style) -> None:
    """Prints codings."""
    from qualcode.project.coding_views import view_codings

    show_table(view_codings(open_study(Path.cwd()), which), style)


def coverage_command(style: Style) -> None:
    """Prints how much of each document was examined."""
    from qualcode.project.coding_views import view_coverage

    show_table(view_coverage(open_study(Path.cwd())), style)


def open_command(doc_id: str, *, sheet: Path | None, coder: str) -> None:
    """Opens the coding sheet of a document in an editor and does what was changed in it.

    With `sheet` that file is gone on with. A sheet that cannot be applied is kept.
    """
    from qualcode.project.coding_sheet import apply_sheet, lines_of, make_sheet
    from qualcode.project.named import find_document

    study = open_study(Path.cwd())
    document = study.document(find_document(study.paths, doc_id))
    coder = Desk.of(study, coder).coder
    path = sheet or make_sheet(study, document, coder)
    _edit(path, document.id)
    coded = apply_sheet(study, document, path, coder)
    sys.stdout.write(f"{document.id}: {', '.join(lines_of(coded)) or 'nothing changed'}.\n")
    _say(coded)


def _edit(path: Path, doc_id: str) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _USUAL_EDITOR
    try:
        command = shlex.split(editor, posix=os.name == "posix")
        status = subprocess.run([*command, str(path)], check=False).returncode
        reason = f"exit status {status}" if status else ""
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error).lower()
    if reason:
        raise QualcodeError(
            problem(P.EDITOR_FAILED, editor=editor, reason=reason, document=doc_id, file=path)
        )


def export_sheet_command(out: Path, which: Which, *, force: bool) -> None:
    """Writes the sheet of segments, codings and suggestions."""
    from qualcode.plugins.exporters.csv_table import exporter as csv_exporter
    from qualcode.plugins.exporters.excel_table import exporter as excel_exporter
    from qualcode.project.coding_table import export_sheet
    from qualcode.project.table_files import refuse_no_folder
    from qualcode.store.files import write_file, write_new

    refuse_no_folder(out)
    study = open_study(Path.cwd())
    table = export_sheet(study, which, coder=which.coder)
    data = excel_exporter(table) if out.suffix.lower() == ".xlsx" else csv_exporter(table)
    if force:
        write_file(out, data)
    else:
        write_new(out, data)
    sys.stdout.write(f"Wrote {len(table.rows)} rows to {out}.\n")


def import_sheet_command(path: Path, *, coder: str) -> None:
    """Does what a sheet says and prints it."""
    from qualcode.project.coding_table import import_sheet

    say_in_short(import_sheet(open_study(Path.cwd()), path, coder=coder))


def import_codings_command(path: Path, *, coder: str) -> None:
    """Takes in a table of codings and says how many."""
    from qualcode.project.coding_table import import_codings

    say_in_short(import_codings(open_study(Path.cwd()), path, coder=coder))


def say_in_short(coded: Coded) -> None:
    """Says how many codings a table made, and what is wrong with its rows; ends the command."""
    from qualcode.project.coding_sheet import lines_of

    sys.stdout.write(f"Codings: {', '.join(lines_of(coded)) or 'nothing changed'}.\n")
    known = sum(found.number == P.ALREADY_CODED.number for found in coded.problems)
    if known:
        sys.stdout.write(f"{known} were there already.\n")
    others = [found for found in coded.problems if found.number != P.ALREADY_CODED.number]
    tell(others)
    raise SystemExit(status_of(others))


def _say(coded: Coded) -> None:
    """Prints what was done, and ends the command."""
    for verb, codings in (
        ("Coded", coded.added),
        ("Changed", coded.changed),
        ("Removed", coded.removed),
    ):
        for coding in codings:
            sys.stdout.write(f"{verb} {coding_line(coding)}\n")
    tell(coded.problems)
    raise SystemExit(status_of(coded.problems))


def coding_line(coding: Coding) -> str:
    """A coding in one line: where, code, valence, lenses, words, id."""
    lenses = f" ({' / '.join(coding.lenses)})" if coding.lenses else ""
    return (
        f"{coding.doc_id} {coding.span.start}-{coding.span.end}: {coding.code_id}, "
        f'{coding.valence}{lenses}: "{shorten(coding.quote)}" [{coding.id}]'
    )


def export_tidy_command(out: Path, format: str, *, force: bool) -> None:
    """Writes the tidy tables and says which."""
    from qualcode.project.tidy import export_tidy

    written = export_tidy(open_study(Path.cwd()), out, format=format, force=force)
    sys.stdout.write("".join(f"Wrote {path}.\n" for path in written))
