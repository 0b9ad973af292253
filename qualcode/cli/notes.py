"""Commands on what is noted and found: protocol, memo, search, check."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from qualcode.cli.render import print_json
from qualcode.cli.showing import end, show
from qualcode.cli.style import Style
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.protocol import Item
from qualcode.core.text import counted
from qualcode.project.checking import check_project
from qualcode.project.memos import Chosen, add_memo, close_memo, find_memo, list_memos
from qualcode.project.protocol import (
    add_item,
    answer_item,
    check_protocol,
    open_items,
    show_protocol,
)
from qualcode.project.study import open_study


def protocol_show_command(doc_id: str, style: Style) -> None:
    """Prints the protocol, or the answers of a document."""
    table, problems = show_protocol(open_study(Path.cwd()), doc_id)
    show([table], problems, style)


def protocol_answer_command(doc_id: str, *, item: str, text: str) -> None:
    """Keeps an answer; without words, asks for each item in turn at the terminal."""
    study = open_study(Path.cwd())
    if item and text:
        answer = answer_item(study, doc_id, item, text)
        sys.stdout.write(f"Answered: {doc_id} {answer.item}, under version {answer.version}.\n")
        return
    for asked, said in open_items(study, doc_id, item):
        hint = f" [the document says: {said}; Enter keeps that]" if said else " [Enter skips]"
        sys.stdout.write(f"{asked.id}: {asked.question}{hint}\n> ")
        sys.stdout.flush()
        words = text or sys.stdin.readline()
        if not words:
            sys.stdout.write("\n")
            break
        if words.strip() or said:
            answer_item(study, doc_id, asked.id, words.strip() or said)


def protocol_check_command(style: Style) -> None:
    """Prints what is not answered yet."""
    table, problems = check_protocol(open_study(Path.cwd()))
    show([table], problems, style)


def protocol_add_command(
    item_id: str, *, question: str, kinds: Sequence[str], because: str
) -> None:
    """Adds an item to the protocol."""
    item = Item(item_id, question, tuple(kinds))
    protocol = add_item(open_study(Path.cwd()), item, because=because)
    sys.stdout.write(f"The protocol asks for {item_id} now (version {protocol.version}).\n")


def memo_add_command(about: str, text: str, *, kind: str) -> None:
    """Keeps a memo, written in an editor where no words are given."""
    study = open_study(Path.cwd())
    memo = add_memo(study, about, text or words_from_editor(), kind=kind)
    sys.stdout.write(f"Kept memo {memo.id}, about {memo.about} (memos/{memo.id}.md).\n")


def words_from_editor() -> str:
    """What is written in the editor that VISUAL or EDITOR names.

    Raises:
        QualcodeError: NO_EDITOR where none is named or it does not end well.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    if not named.strip():
        raise QualcodeError(problem(P.NO_EDITOR, reason="EDITOR is not set"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memo.md"
        path.write_text("", "utf-8")
        try:
            subprocess.run([*shlex.split(named), str(path)], check=True)
            return path.read_text("utf-8")
        except (OSError, ValueError, subprocess.CalledProcessError) as error:
            reason = f'"{named}" failed: {error}'.rstrip(".")
            raise QualcodeError(problem(P.NO_EDITOR, reason=reason)) from None


def memo_list_command(*, about: str, kind: str, is_open: bool, style: Style) -> None:
    """Prints memos, the oldest first."""
    chosen = Chosen(about=about, kind=kind, is_open=is_open)
    table, problems = list_memos(open_study(Path.cwd()), chosen)
    show([table], problems, style)


def memo_show_command(memo_id: str, *, as_json: bool) -> None:
    """Prints one memo."""
    memo = find_memo(open_study(Path.cwd()), memo_id)
    facts = {"id": memo.id, "kind": memo.kind, "about": memo.about, "coder": memo.coder}
    facts |= {"at": memo.at, "closed": memo.closed, "because": memo.because}
    if as_json:
        print_json({**facts, "body": memo.body})
        return
    lines = [f"{key}: {value}" for key, value in facts.items() if value]
    sys.stdout.write("\n".join([*lines, "", memo.body]) + "\n")


def memo_close_command(memo_id: str, *, because: str) -> None:
    """Closes an open question."""
    memo = close_memo(open_study(Path.cwd()), memo_id, because)
    sys.stdout.write(f"Closed: {memo.title}\n")


def check_command(*, repair: bool, as_json: bool) -> None:
    """Prints what was checked, repaired, and found to be wrong."""
    checked = check_project(Path.cwd(), repair=repair)
    if as_json:
        print_json(
            {
                "documents": checked.n_documents,
                "codings": checked.n_codings,
                "steps": checked.n_steps,
                "repaired": list(checked.repaired),
                "problems": [str(found) for found in checked.problems],
            }
        )
        end(checked.problems)
    for line in checked.repaired:
        sys.stdout.write(f"{line}\n")
    notes = sum(found.severity == "note" for found in checked.problems)
    looked_at = (
        (checked.n_documents, "document"),
        (checked.n_codings, "coding"),
        (checked.n_steps, "step"),
    )
    found = ((len(checked.problems) - notes, "problem"), (notes, "note"))
    said, wrong = (", ".join(counted(n, word) for n, word in part) for part in (looked_at, found))
    sys.stdout.write(f"Checked {said}: {wrong}.\n")
    end(checked.problems)
