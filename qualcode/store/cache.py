"""The search index: SQLite, made from the project, safe to delete, made again when damaged."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from qualcode.core.model import Attribute, Speaker
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.text import content_hash
from qualcode.store.files import write_file
from qualcode.store.paths import ProjectPaths

VERSION = "2"
"""Changes with the form of the index; another version is made again."""
HASHED = 8_000_000
"""Bytes up to which the whole file is hashed, so that any damage is noticed."""
BATCH = 500
"""Texts that are written together."""
PATIENCE = 60.0
"""Seconds that a search waits for another one that is making the index."""
ROW_BITS = 24
"""Bits of a row's id that number it inside its text; those above are the place of the text."""
GAP = 1 << 18
"""Places between two texts, so that others can come between them later."""
OPENS, CLOSES = "\ue000", "\ue001"
"""Private characters that stand around matched words on the way out of SQLite."""

_SCHEMA = """
CREATE TABLE texts(
    name TEXT PRIMARY KEY, place INTEGER, stats TEXT, key TEXT, kind TEXT, speakers TEXT,
    attributes TEXT
) WITHOUT ROWID;
CREATE TABLE passages(
    id INTEGER PRIMARY KEY, name TEXT, start INTEGER, unit TEXT, voice TEXT, speaker TEXT,
    place TEXT
);
CREATE INDEX passages_of ON passages(name);
CREATE VIRTUAL TABLE words USING fts5(text, tokenize="unicode61 remove_diacritics 2");
"""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """A passage to be found: its place in its text, who speaks, and its words."""

    start: int
    unit: str
    voice: str
    speaker: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A text to be found: a document or a memo, with its rows."""

    key: str
    kind: str
    rows: tuple[Row, ...]
    speakers: tuple[Speaker, ...] = ()
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A text as it lies on the disk: `stats` change when its files do.

    `name` says what it is, too: "document/int-01", "memo/2026-03-01-new-faces".
    """

    name: str
    stats: str


@dataclass(frozen=True, slots=True)
class Match:
    """A row that fits a query; `text` marks the words that fit with OPENS and CLOSES."""

    name: str
    kind: str
    row: Row


@dataclass(slots=True)
class Index:
    """The open index."""

    db: sqlite3.Connection

    def refresh(self, files: Iterable[File], load: Callable[[File], Entry | None]) -> int:
        """Brings the index up to date; gives the number of texts that were read anew.

        `load` reads a text; None where it cannot be read, and it is left out then.
        """
        found = sorted(files, key=lambda file: file.name)
        texts = self.db.execute("SELECT name, stats, key, place FROM texts")
        known = {name: (stats, key, place) for name, stats, key, place in texts}
        places = places_between(
            [file.name for file in found], {name: place for name, (_, _, place) in known.items()}
        )
        if places is None:  # no room is left: all texts are numbered anew
            for table in ("texts", "passages", "words"):
                self.db.execute(f"DELETE FROM {table}")
            return self.refresh(found, load)
        changed = 0
        for file in found:
            stats, key, _ = known.get(file.name, ("", "", 0))
            if stats == file.stats:
                continue
            entry = load(file)
            if entry is None or entry.key != key:
                self._remove(file.name)
                changed += 1
                if entry is not None:
                    self._add(file, entry, places[file.name])
            else:
                values = (file.stats, file.name)
                self.db.execute("UPDATE texts SET stats = ? WHERE name = ?", values)
            if changed % BATCH == BATCH - 1:
                self.db.commit()
        for name in known.keys() - places.keys():
            self._remove(name)
        self.db.commit()
        return changed

    def _remove(self, name: str) -> None:
        rows = self.db.execute("SELECT id FROM passages WHERE name = ?", (name,)).fetchall()
        self.db.executemany("DELETE FROM words WHERE rowid = ?", rows)
        self.db.execute("DELETE FROM passages WHERE name = ?", (name,))
        self.db.execute("DELETE FROM texts WHERE name = ?", (name,))

    def _add(self, file: File, entry: Entry, place: int) -> None:
        speakers = [[s.id, s.name, s.case_id, s.is_researcher, s.is_told] for s in entry.speakers]
        attributes = [[a.key, a.value] for a in entry.attributes]
        self.db.execute(
            "INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(file.name, place, file.stats, entry.key, entry.kind),
                *(json.dumps(speakers), json.dumps(attributes)),
            ),
        )
        rows = sorted(entry.rows, key=lambda row: row.start)
        for row_id, row in enumerate(rows, start=place << ROW_BITS):
            self.db.execute(
                "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
                (row_id, file.name, row.start, row.unit, row.voice, row.speaker, row.place),
            )
            self.db.execute("INSERT INTO words(rowid, text) VALUES (?, ?)", (row_id, row.text))

    def find(
        self, expression: str, *, limit: int = -1, **wanted: str
    ) -> Iterator[tuple[int, str, str]]:
        """Row id, name and speaker id of the first that fit an FTS5 expression, by name and place.

        `wanted` narrows it to rows with that `voice`, `kind` of text, or `name`; a `limit`
        below 0 is none.
        """
        columns = {"voice": "p.voice", "kind": "t.kind", "name": "p.name"}
        where = "".join(f" AND {columns[key]} = ?" for key in wanted)
        # ids stand in the order of names and places, so the first need no sorting of all
        yield from self.db.execute(
            "SELECT p.id, p.name, p.speaker FROM words CROSS JOIN passages p ON p.id = words.rowid"
            f" CROSS JOIN texts t ON t.name = p.name WHERE words MATCH ?{where}"
            " ORDER BY words.rowid LIMIT ?",
            (expression, *wanted.values(), limit),
        )

    def matches(self, expression: str, row_ids: Sequence[int]) -> dict[int, Match]:
        """Rows that `find` gave, with their words marked."""
        if not row_ids:
            return {}
        # the plus sign makes SQLite find all that fits between the first and the last once,
        # instead of once for each row
        found = self.db.execute(
            "SELECT p.id, p.name, t.kind, p.start, p.unit, p.voice, p.speaker, p.place,"
            f" highlight(words, 0, '{OPENS}', '{CLOSES}') FROM words"
            " JOIN passages p ON p.id = words.rowid JOIN texts t ON t.name = p.name"
            " WHERE words MATCH ? AND words.rowid BETWEEN ? AND ?"
            " AND +words.rowid IN (SELECT value FROM json_each(?))",
            (expression, min(row_ids), max(row_ids), json.dumps(list(row_ids))),
        )
        return {row_id: Match(name, kind, Row(*row)) for row_id, name, kind, *row in found}

    def people(self, name: str) -> tuple[str, tuple[Speaker, ...], tuple[Attribute, ...]]:
        """The kind of a text, who is heard in it, and its attributes."""
        kind, speakers, attributes = self.db.execute(
            "SELECT kind, speakers, attributes FROM texts WHERE name = ?", (name,)
        ).fetchone()
        return (
            kind,
            tuple(Speaker(*one) for one in json.loads(speakers)),
            tuple(Attribute(*one) for one in json.loads(attributes)),
        )


def places_between(names: Sequence[str], known: Mapping[str, int]) -> dict[str, int] | None:
    """A place for each name, in their order; those that are known keep theirs.

    None where there is no room between two that are known.

    >>> places_between(["a", "b", "c"], {"a": 10, "c": 20})
    {'a': 10, 'b': 15, 'c': 20}
    """
    places: dict[str, int] = {}
    last, waiting = 0, list[str]()
    for name in (*names, None):
        if name is not None and name not in known:
            waiting.append(name)
            continue
        end = last + GAP * (len(waiting) + 1) if name is None else known[name]
        step = (end - last) // (len(waiting) + 1)
        if waiting and step < 1:
            return None
        places.update({one: last + step * n for n, one in enumerate(waiting, start=1)})
        if name is not None:
            places[name] = last = known[name]
        waiting.clear()
    return places


def cache_path(paths: ProjectPaths) -> Path:
    """The file of the index."""
    return paths.root / ".qualcode" / "cache.sqlite"


def _seal_path(paths: ProjectPaths) -> Path:
    return paths.root / ".qualcode" / "cache.seal"


def with_index(paths: ProjectPaths, work: Callable[[Index], T]) -> T:
    """What `work` makes of the index; one that turns out damaged is made again, once.

    Where the project's folder cannot be written, the index is made in memory.

    Raises:
        QualcodeError: PROJECT_BUSY where another search does not end within a minute.
    """
    try:
        cache_path(paths).parent.mkdir(parents=True, exist_ok=True)
        writable = os.access(cache_path(paths).parent, os.W_OK)
    except OSError:
        writable = False
    if writable:
        with _alone(paths):
            if is_broken(paths):
                delete_cache(paths)
            for _ in range(2):
                try:
                    return _on_disk(paths, work)
                except sqlite3.DatabaseError:
                    delete_cache(paths)
    with closing(_new(":memory:")) as db:
        return work(Index(db))


def _on_disk(paths: ProjectPaths, work: Callable[[Index], T]) -> T:
    path = cache_path(paths)
    is_changed = not path.exists()
    try:
        with closing(_new(path) if is_changed else _open(path)) as db:
            before = db.total_changes
            try:
                return work(Index(db))
            finally:
                is_changed = is_changed or db.total_changes != before
    finally:
        if is_changed and path.exists():
            _seal(paths)


def _open(path: Path | str) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    # no fsync: a file that a crash left half-written does not fit its seal and is made again
    db.execute("PRAGMA synchronous = OFF")
    return db


def _new(path: Path | str) -> sqlite3.Connection:
    db = _open(path)
    db.executescript(_SCHEMA)
    return db


def _seal(paths: ProjectPaths) -> None:
    write_file(_seal_path(paths), _seal_of(cache_path(paths)).encode())


def _seal_of(path: Path) -> str:
    """What an untouched file of the index would say: version, size, time, hash if small."""
    stat = path.stat()
    whole = content_hash(path.read_bytes()) if stat.st_size <= HASHED else ""
    return json.dumps([VERSION, sqlite3.sqlite_version, stat.st_size, stat.st_mtime_ns, whole])


def is_broken(paths: ProjectPaths) -> bool:
    """Whether the file of the index is there and is not as the last search left it."""
    path = cache_path(paths)
    if not path.exists():
        return _seal_path(paths).exists() or any(_strays(path))
    try:
        sealed = _seal_path(paths).read_text("utf-8")
        return any(_strays(path)) or sealed != _seal_of(path)
    except (OSError, UnicodeDecodeError):
        return True


def _strays(path: Path) -> Iterator[Path]:
    for ending in ("-journal", "-wal", "-shm"):
        stray = path.with_name(path.name + ending)
        if stray.exists():
            yield stray


def delete_cache(paths: ProjectPaths) -> None:
    """Removes the index; the next search makes it again."""
    path = cache_path(paths)
    for one in (_seal_path(paths), path, *_strays(path)):
        one.unlink(missing_ok=True)


@contextmanager
def _alone(paths: ProjectPaths) -> Iterator[None]:
    import portalocker

    lock = paths.root / ".qualcode" / "cache.lock"
    try:
        with portalocker.Lock(lock, timeout=PATIENCE):
            yield
    except portalocker.LockException:
        raise QualcodeError(problem(P.PROJECT_BUSY, path=str(paths.root))) from None
