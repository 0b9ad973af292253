"""The documents of a run one after the other: as an earlier run kept them, else worked on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import tee
from pathlib import Path
from typing import NamedTuple

from qualcode.core.compact import unpack
from qualcode.core.problems import QualcodeError
from qualcode.core.protocols import Engine, Failure
from qualcode.core.text import content_hash, short_key
from qualcode.project.coder import Coder, Setup
from qualcode.project.document_work import DocumentWork, Done, Finished, Job, Read, Stopped
from qualcode.project.material import Material
from qualcode.project.sources import Found
from qualcode.project.versions import stats_of
from qualcode.store.kept import Kept

READ, OFFERED, FINISHED = "read", "offered", "finished"
CHUNK, CHUNK_SIZE = 10, 2_000_000
"""Documents that are worked on together, and bytes of sources after which a chunk is full."""
COMMIT = 500
"""Documents after which what was done is kept for good."""
_BASIS = len(short_key())


class _Keys(NamedTuple):
    """What the stages of one document depend on; `read` is "" where its file cannot be read."""

    read: str
    basis: str
    finished: str


@dataclass(slots=True)
class Stages:
    """Works on what has changed since an earlier run, and counts what that was.

    What is known of a document is worked out when its turn comes and forgotten behind it, so
    that a hundred thousand documents need hardly more memory than ten. `gone` counts those that
    an earlier run had and that are no longer there.
    """

    material: Material
    setup: Setup
    coder: Coder
    kept: Kept
    engine: Engine
    rehash: bool = False
    reread: int = 0
    recoded: int = 0
    gone: int = 0
    _work: DocumentWork = field(init=False)
    _hashes: _Hashes = field(init=False)
    _keys: dict[str, _Keys] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._work = DocumentWork(self.setup, self.material.book.cases)
        self._hashes = _Hashes(self.kept, self.rehash)

    def documents(self) -> Iterator[tuple[Found, Finished | Failure]]:
        """Every document in order, with what came of it."""
        stale = self.kept.places().difference(found.doc_id for found in self.material.found)
        held = self.kept.keys(FINISHED)
        self.gone = len(stale.intersection(held))
        ours, theirs = tee(self._planned(held))
        results = self._results(found for found, is_done in theirs if not is_done)
        for n, (found, is_done) in enumerate(ours, start=1):
            yield found, self._as_kept(found) if is_done else next(results)
            self._texts.pop(found.doc_id, None)
            del self._keys[found.doc_id]
            if n % COMMIT == 0:
                self._hashes.keep()
                self.kept.commit()
        self._hashes.keep()
        self.kept.forget(stale, self._hashes.gone)

    def _planned(self, held: dict[str, str]) -> Iterator[tuple[Found, bool]]:
        """Every document in order, and whether all that an earlier run kept of it still holds."""
        cases = [json.dumps(asdict(case)) for case in self.material.book.cases]
        codebook = json.dumps(asdict(self.setup.codebook)) if self.setup.has_coded else ""
        shared = short_key(self.setup.codebook.language, *cases, codebook)
        rules = short_key(*(f"{code} {key}" for code, key in self.coder.keys.items()))
        for found in self.material.found:
            keys = self._keys[found.doc_id] = self._find_keys(found, shared, rules)
            yield found, bool(keys.read) and held.get(found.doc_id) == keys.finished

    def _find_keys(self, found: Found, shared: str, rules: str) -> _Keys:
        """What a document depends on; its files are hashed only where they changed."""
        texts, decided = self.material.files(found)
        told = self.material.told(found)
        facts = json.dumps([dict(told.patterns), dict(told.facts)])
        own = [self._hashes.of(path) for path in texts]
        read = short_key(found.name, found.doc_id, facts, *own) if all(own) else ""
        basis = short_key(read, shared, *map(self._hashes.of, decided))
        return _Keys(read, basis, short_key(basis, rules))

    def _as_kept(self, found: Found) -> Finished:
        """What an earlier run kept; what turns out to be damaged is worked on once more."""
        held = self.kept.get(FINISHED, found.doc_id)
        return _unpacked(held) if held else self._anew(found)

    def again(self, found: Found, taken: tuple[str, ...]) -> Finished:
        """The same document where these of its respondents have a name that is taken."""
        return self._anew(found, taken)

    def _anew(self, found: Found, taken: tuple[str, ...] = ()) -> Finished:
        return self._take(found, self._work.do(self._job(found, taken)))

    def text(self, found: Found) -> str:
        """The frozen text of a document that came last."""
        if found.doc_id in self._texts:
            return self._texts.pop(found.doc_id)
        held = self.kept.get(READ, found.doc_id, self._keys[found.doc_id].read)
        document = unpack(Read, held).document if held else None
        if document is None:
            done = self._work.do(self._job(found))
            return done.text or self.text(found)
        return document.text

    def _job(self, found: Found, taken: tuple[str, ...] = ()) -> Job:
        keys, doc_id = self._keys[found.doc_id], found.doc_id
        kept = self.kept if keys.read else None
        read = kept.get(READ, doc_id, keys.read) if kept else None
        return Job(
            found,
            self.material.told(found),
            basis=short_key(keys.basis, *taken),
            taken=taken,
            read=read,
            offered=kept.get(OFFERED, doc_id, keys.read) if kept and read else None,
            finished=kept.get(FINISHED, doc_id) if kept and read else None,
        )

    def _results(self, todo: Iterator[Found]) -> Iterator[Finished | Failure]:
        """What came of each of these, in order; a chunk that failed is tried one by one."""
        ours, theirs = tee(_chunks(todo))
        jobs = (tuple(map(self._job, chunk)) for chunk in theirs)
        for chunk, outcome in zip(ours, self.engine.map(self._work, jobs), strict=True):
            if isinstance(outcome, Failure) and len(chunk) > 1:
                singles = ((self._job(found),) for found in chunk)
                for found, single in zip(chunk, self.engine.map(self._work, singles), strict=True):
                    yield from self._taken((found,), single)
            else:
                yield from self._taken(chunk, outcome)

    def _taken(
        self, chunk: tuple[Found, ...], outcome: tuple[Done, ...] | Stopped | Failure
    ) -> Iterator[Finished | Failure]:
        if isinstance(outcome, Stopped):
            raise QualcodeError(*outcome.problems)
        if isinstance(outcome, Failure):
            yield from [outcome] * len(chunk)
            return
        for found, done in zip(chunk, outcome, strict=True):
            yield self._take(found, done)

    def _take(self, found: Found, done: Done) -> Finished:
        """Keeps what came of a job for the next run."""
        keys, doc_id = self._keys[found.doc_id], found.doc_id
        self.recoded += 1
        self.reread += done.read is not None
        if done.text:
            self._texts[doc_id] = done.text
        if keys.read:
            if done.read is not None:
                self.kept.put(READ, doc_id, keys.read, done.read)
            if done.offered is not None:
                self.kept.put(OFFERED, doc_id, keys.read, done.offered)
            self.kept.put(FINISHED, doc_id, keys.finished, done.finished)
        return done.at_hand or _unpacked(done.finished)


@dataclass(slots=True)
class _Hashes:
    """Hashes of files; one whose size and times are as they were is not read again."""

    kept: Kept
    rehash: bool
    _known: dict[str, tuple[str, str]] = field(init=False)
    _new: list[tuple[str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._known = self.kept.hashes()

    def of(self, path: Path) -> str:
        """The hash of a file that is asked for once; "" where it cannot be read."""
        name, stats = str(path), stats_of(path)
        known_stats, known = self._known.pop(name, ("", ""))
        if stats and stats == known_stats and not self.rehash:
            return known
        try:
            found = content_hash(path.read_bytes())
        except OSError:
            return ""
        self._new.append((name, stats, found))
        return found

    def keep(self) -> None:
        """Keeps what is new for the next run."""
        self.kept.put_hashes(self._new)
        self._new.clear()

    @property
    def gone(self) -> Iterable[str]:
        """Files of which no hash was asked for: they are no longer there."""
        return self._known


def _unpacked(data: bytes) -> Finished:
    return unpack(Finished, data[_BASIS:])


def _chunks(todo: Iterable[Found]) -> Iterator[tuple[Found, ...]]:
    """About ten documents at a time, fewer where they are large."""
    held: list[Found] = []
    size = 0
    for found in todo:
        held.append(found)
        size += _size(found)
        if len(held) == CHUNK or size >= CHUNK_SIZE:
            yield tuple(held)
            held, size = [], 0
    if held:
        yield tuple(held)


def _size(found: Found) -> int:
    try:
        return found.path.stat().st_size
    except OSError:
        return 0
