"""Changes of a project as transactions: all of it or nothing, recorded, and undone by bytes.

Before the first file changes, what stands in its place is kept (`history/objects/`) and the
change is announced (`history/pending.json`). The line in the journal, written last, makes it
valid. A change that was announced and never recorded, because its command was killed, is
taken back by the next one.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from qualcode.core.model import Decision, FileChange
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.text import content_hash
from qualcode.store.files import append_line, write_file
from qualcode.store.journal import decision_from, decision_line
from qualcode.store.paths import ProjectPaths

PATIENCE = 10.0
"""Seconds that a command waits for another one to end."""


@dataclass(slots=True)
class Transaction:
    """One change in the making; nothing is on disk before it is committed."""

    paths: ProjectPaths
    _seen: dict[Path, str | None] = field(default_factory=dict)
    _after: dict[Path, bytes | None] = field(default_factory=dict)
    _size: int = 0

    @property
    def size(self) -> int:
        """Bytes held in memory, waiting to be written."""
        return self._size

    def read(self, path: Path) -> bytes | None:
        """The bytes of a file as this change would leave it; None where there is none.

        What was read is what the change builds on: should another command write it
        meanwhile, this one is refused.
        """
        if path in self._after:
            return self._after[path]
        data = _bytes(path)
        self._seen.setdefault(path, file_hash(data))
        return data

    def write(self, path: Path, data: bytes | None) -> None:
        """Puts a file, or with None removes it."""
        self._seen.setdefault(path, file_hash(_bytes(path)))
        self._size += len(data or b"") - len(self._after.get(path) or b"")
        self._after[path] = data

    def commit(self, decision: Decision) -> Decision | None:
        """Carries the change out and records it; None where it changes nothing.

        Raises:
            QualcodeError: CHANGED_MEANWHILE where a file is no longer what was read,
                OUT_UNWRITABLE, PROJECT_BUSY; nothing has changed then.
        """
        with locked(self.paths):
            recover(self.paths)
            for path, seen in self._seen.items():
                if file_hash(_bytes(path)) != seen:
                    raise QualcodeError(problem(P.CHANGED_MEANWHILE, path=str(path)))
            changes = tuple(self._changes())
            if not changes:
                return None
            done = replace(decision, files=changes)
            for change in changes:
                if change.before is not None:
                    _keep_blob(self.paths, change.before, self.paths.root / change.path)
            announced = decision_line(done).encode()
            write_file(self.paths.pending, announced, beside=self.paths.unfinished)
            try:
                for change in changes:
                    path = self.paths.root / change.path
                    _put(self.paths, path, self._after[path])
                append_line(self.paths.journal(done.coder), decision_line(done))
            except (QualcodeError, KeyboardInterrupt):
                recover(self.paths)
                raise
            self.paths.pending.unlink(missing_ok=True)
            return done

    def _changes(self) -> Iterator[FileChange]:
        for path in sorted(self._after):
            before, after = self._seen[path], file_hash(self._after[path])
            if before != after:
                yield FileChange(path.relative_to(self.paths.root).as_posix(), before, after)


def recover(paths: ProjectPaths) -> None:
    """Takes back a change that was announced and never recorded, if there is one."""
    for left in paths.unfinished.glob(".*"):
        left.unlink(missing_ok=True)
    data = _bytes(paths.pending)
    if data is None:
        return
    begun = decision_from(json.loads(data))
    if begun.id != _last_id(paths.journal(begun.coder)):
        for change in begun.files:
            before = None if change.before is None else read_blob(paths, change.before)
            _put(paths, paths.root / change.path, before)
    paths.pending.unlink(missing_ok=True)


def _put(paths: ProjectPaths, path: Path, data: bytes | None) -> None:
    if data is None:
        path.unlink(missing_ok=True)
    else:
        write_file(path, data, beside=paths.unfinished)


def _last_id(journal: Path) -> str:
    """The id of the last decision of a journal; a line torn by a kill is cut off."""
    data = _bytes(journal) or b""
    whole = data[: data.rfind(b"\n") + 1]
    if whole != data:
        write_file(journal, whole)
    lines = whole.splitlines()
    return str(json.loads(lines[-1])["id"]) if lines else ""


@contextmanager
def locked(paths: ProjectPaths) -> Iterator[None]:
    """Holds other commands off while files take their places.

    Raises:
        QualcodeError: PROJECT_BUSY where another command does not end within ten seconds.
    """
    import portalocker

    lock = paths.lock
    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        with portalocker.Lock(lock, timeout=PATIENCE):
            yield
    except portalocker.LockException:
        raise QualcodeError(problem(P.PROJECT_BUSY, path=str(paths.root))) from None


def read_blob(paths: ProjectPaths, key: str) -> bytes:
    """Bytes that a file once had, by their hash.

    Raises:
        QualcodeError: LOST_HISTORY.
    """
    data = _bytes(paths.blob(key))
    if data is None:
        raise QualcodeError(problem(P.LOST_HISTORY, path=str(paths.blob(key))))
    return zlib.decompress(data)


def _keep_blob(paths: ProjectPaths, key: str, path: Path) -> None:
    if not paths.blob(key).exists():
        write_file(paths.blob(key), zlib.compress(path.read_bytes()), beside=paths.unfinished)


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def file_hash(data: bytes | None) -> str | None:
    """The hash of the bytes of a file; None stands for no file."""
    return None if data is None else content_hash(data)
