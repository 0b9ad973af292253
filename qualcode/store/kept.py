"""What earlier runs worked out, in SQLite: derived, checked on the way out, safe to delete."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from qualcode.core.problems import P, Problem, problem

FORM = "1"
"""Changes with the tables below; a file of another form is made again."""
PATIENCE = 2.0
"""Seconds that one command waits for another that has the file; then it does without."""
_OUT_OF_REACH = frozenset(
    {
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY),
        *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_FULL),
    }
)
"""What is wrong where the file may be sound: another command has it, or it cannot be written."""
_DAMAGED = (sqlite3.DatabaseError, UnicodeDecodeError)
_SCHEMA = """
CREATE TABLE facts(version TEXT);
CREATE TABLE files(name TEXT PRIMARY KEY, stats TEXT, hash TEXT) WITHOUT ROWID;
CREATE TABLE results(
    stage TEXT, place TEXT, key TEXT, seal BLOB, value BLOB, PRIMARY KEY (stage, place)
);
"""


@dataclass(slots=True)
class Kept:
    """Results by the stage they belong to, their place (a document) and the key they hold for.

    Without a database (`db` is None) nothing is kept and nothing found.
    """

    path: Path
    version: str
    db: sqlite3.Connection | None = None
    is_damaged: bool = False
    is_new: bool = False
    _puts: dict[tuple[str, str], None] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What is to be said of the file."""
        return (problem(P.CACHE_REBUILT, path=str(self.path)),) if self.is_damaged else ()

    def keys(self, stage: str) -> dict[str, str]:
        """The keys of all results of a stage, by place."""
        rows = self._rows("SELECT place, key FROM results WHERE stage = ?", (stage,))
        return {str(place): str(key) for place, key in rows}

    def places(self) -> set[str]:
        """All places that have a result."""
        return {str(place) for (place,) in self._rows("SELECT DISTINCT place FROM results", ())}

    def get(self, stage: str, place: str, key: str | None = None) -> bytes | None:
        """A result; None where there is none, one for another key, or one that was damaged."""
        row = next(
            iter(
                self._rows(
                    "SELECT key, seal, value FROM results WHERE stage = ? AND place = ?",
                    (stage, place),
                )
            ),
            None,
        )
        if row is None or (key is not None and row[0] != key):
            return None
        found_key, seal, value = row
        if not isinstance(value, bytes) or seal != _seal(stage, place, found_key, value):
            self.is_damaged = True
            return None
        return value

    def put(self, stage: str, place: str, key: str, value: bytes) -> None:
        """Keeps a result in the place of an earlier one."""
        self._change(
            "INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?)",
            [(stage, place, key, _seal(stage, place, key, value), value)],
        )

    def hashes(self) -> dict[str, tuple[str, str]]:
        """Size and times of every file that was read, and the hash of its bytes, by name."""
        rows = self._rows("SELECT name, stats, hash FROM files", ())
        return {str(name): (str(stats), str(found)) for name, stats, found in rows}

    def put_hashes(self, files: Iterable[tuple[str, str, str]]) -> None:
        """Keeps name, stats and hash of files."""
        self._change("INSERT OR REPLACE INTO files VALUES (?, ?, ?)", list(files))

    def forget(self, places: Iterable[str], names: Iterable[str]) -> None:
        """Removes all results of these places, and these files."""
        self._change("DELETE FROM results WHERE place = ?", [(place,) for place in places])
        self._change("DELETE FROM files WHERE name = ?", [(name,) for name in names])

    def _rows(self, query: str, values: tuple[str, ...]) -> list[tuple[object, ...]]:
        if self.db is None:
            return []
        try:
            return self.db.execute(query, values).fetchall()
        except _DAMAGED as error:
            self._give_up(error)
            return []

    def _change(self, query: str, rows: list[tuple[object, ...]]) -> None:
        if self.db is None or not rows:
            return
        try:
            self.db.executemany(query, rows)
        except sqlite3.DatabaseError as error:
            self._give_up(error)

    def _give_up(self, error: Exception) -> None:
        """Does without a file that is out of reach; makes one again that is damaged."""
        if isinstance(error, sqlite3.OperationalError) and _is_out_of_reach(error):
            self.close()
        else:
            self.start_again()

    def start_again(self) -> None:
        """Puts an empty file in the place of one that is damaged."""
        self.is_damaged = True
        self.close()
        _remove(self.path)
        self.open()

    def open(self) -> None:
        """Opens the file, made where there is none; where that cannot be, nothing is kept."""
        try:
            self.is_new = self.is_new or not self.path.exists()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.db = sqlite3.connect(self.path, timeout=PATIENCE, isolation_level=None)
            # no fsync: what a crash leaves damaged is noticed and made again
            self.db.execute("PRAGMA synchronous = OFF")
            self.db.execute("BEGIN IMMEDIATE")
            self._prepare(self.db)
        except sqlite3.OperationalError as error:
            self.close()
            if not _is_out_of_reach(error):
                raise
        except OSError:
            self.db = None

    def _prepare(self, db: sqlite3.Connection) -> None:
        """An empty database gets its tables; one of another version is emptied."""
        version = f"{FORM} {self.version}"
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
        if "facts" not in tables:
            for statement in _SCHEMA.split(";")[:-1]:
                db.execute(statement)
        if [(version,)] != db.execute("SELECT version FROM facts").fetchall():
            for table in ("facts", "files", "results"):
                db.execute(f"DELETE FROM {table}")
            db.execute("INSERT INTO facts VALUES (?)", (version,))

    def commit(self) -> None:
        """Makes what was kept so far last."""
        if self.db is not None:
            with suppress(sqlite3.DatabaseError):
                self.db.execute("COMMIT")
                self.db.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Closes the file; what was not committed is lost."""
        if self.db is not None:
            with suppress(sqlite3.DatabaseError):
                self.db.close()
        self.db = None


@contextmanager
def open_kept(path: Path, version: str, *, lasting: bool) -> Iterator[Kept]:
    """What earlier runs kept in this file; what they kept under another version is forgotten.

    Where the block raises, a file that was made here goes again unless it is `lasting`; else
    what was done so far is kept for the next time. While another run has the file open, and
    where it cannot be written, nothing is kept.
    """
    kept = Kept(path, version)
    try:
        kept.open()
    except _DAMAGED:
        kept.start_again()
    try:
        yield kept
    except BaseException:
        if kept.is_new and not lasting:
            kept.close()
            _remove(path)
        raise
    finally:
        kept.commit()
        kept.close()


def _is_out_of_reach(error: sqlite3.OperationalError) -> bool:
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in _OUT_OF_REACH


def _remove(path: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink()


def _seal(stage: str, place: str, key: object, value: bytes) -> bytes:
    digest = blake2b(f"{stage}\x1f{place}\x1f{key}\x1f".encode(), digest_size=16)
    digest.update(value)
    return digest.digest()
