"""Which files of a folder belong to a document, from one listing for all documents."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

SECOND = 1_000_000_000
SETTLED, FINELY_SETTLED = 2 * SECOND, SECOND // 20
"""Nanoseconds after which a folder's time surely shows a change; some disks count in seconds."""

Listing = dict[str, list[str]]
_seen: dict[Path, tuple[int, Listing]] = {}


def files_of(folder: Path, doc_id: str) -> tuple[Path, ...]:
    """Files of a folder named `document.coder.jsonl`, of one document, by name.

    A folder that has not changed for a while is listed once, so that asking for one document
    after the other stays cheap.
    """
    try:
        changed = folder.stat().st_mtime_ns
    except OSError:
        return ()
    known = _seen.get(folder)
    if known is None or known[0] != changed:
        listed_at = time.time_ns()
        known = (changed, _list(folder))
        _seen.pop(folder, None)
        if changed < listed_at - (FINELY_SETTLED if changed % SECOND else SETTLED):
            _seen[folder] = known
    return tuple(folder / name for name in sorted(known[1].get(doc_id, ())))


def names_in(folder: Path) -> list[str]:
    """Names of what lies in a folder, in any order; none where there is no folder."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        return [entry.name for entry in entries]
    return []


def _list(folder: Path) -> Listing:
    """Names of files by document, in any order."""
    found: Listing = {}
    for name in names_in(folder):
        if name.endswith(".jsonl"):
            doc_id = name.removesuffix(".jsonl").rpartition(".")[0]
            found.setdefault(doc_id, []).append(name)
    return found
