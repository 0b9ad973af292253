"""A folder of results: written beside its place first, then put there whole."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from qualcode.core.problems import P, QualcodeError, problem
from qualcode.store.files import current_umask

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

MANIFEST = "run.json"
MADE_BY = "qualcode run"
MARK = ".qualcode-unfinished"
ALWAYS_WRITTEN = (
    "pairs.csv",
    "pairs.md",
    "pairs.html",
    "suggestions.csv",
    "documents.csv",
    "codebook.md",
    "report.html",
)


@dataclass(slots=True)
class Begun:
    """A file that is being written, and the hash of what is in it so far."""

    file: BinaryIO
    digest: Hash = field(default_factory=sha256)

    def add(self, part: bytes) -> None:
        """Writes some more."""
        self.digest.update(part)
        self.file.write(part)


@dataclass(slots=True)
class Staging:
    """Where the files of one run are written before any of them is seen.

    `name` of a file is relative, with `/` between its parts. `standing` are the hashes of the
    files that an earlier run left in place; one that would come out the same stays there.
    """

    folder: Path
    standing: dict[str, bytes] = field(default_factory=dict)
    hashes: dict[str, bytes] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Writes one file, given whole or part by part."""
        with self.begin(name) as begun:
            for part in (data,) if isinstance(data, bytes) else data:
                begun.add(part)

    @contextlib.contextmanager
    def begin(self, name: str) -> Iterator[Begun]:
        """A file to which parts are added; it is whole when the block ends."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            begun = Begun(file)
            yield begun
        file_hash = begun.digest.digest()
        if self.keep(name, file_hash):
            path.unlink()
        else:
            self.hashes[name] = file_hash

    def keep(self, name: str, file_hash: bytes) -> bool:
        """Leaves a file where it stands; False where none stands there with this hash."""
        if self.standing.get(name) != file_hash:
            return False
        self.hashes[name] = file_hash
        self.kept.add(name)
        return True


def check_out_folder(out: Path, *, force: bool) -> None:
    """Refuses a folder for results that holds files of somebody else, unless `force`.

    A file that a run would replace is refused even then, where it is not as a run left it.

    Raises:
        QualcodeError: OUT_NOT_OURS, OUT_UNWRITABLE or WOULD_REPLACE.
    """
    if out.exists() and not out.is_dir():
        raise QualcodeError(problem(P.OUT_UNWRITABLE, path=str(out), reason="it is a file"))
    if out.is_dir():
        ours = _listed(out)
        _refuse_changed(out, ours)
        if not force:
            _refuse_others(out, {*ours, MANIFEST})
    parent = _existing_parent(out)
    if not os.access(out if out.is_dir() else parent, os.W_OK | os.X_OK):
        raise QualcodeError(
            problem(P.OUT_UNWRITABLE, path=str(out), reason="you may not write there")
        )


def _refuse_others(out: Path, ours: set[str]) -> None:
    others = (path.relative_to(out).as_posix() for path in sorted(out.rglob("*")) if path.is_file())
    other = next((name for name in others if name not in ours), None)
    if other is not None:
        raise QualcodeError(problem(P.OUT_NOT_OURS, path=str(out), example=other))


def _refuse_changed(out: Path, ours: dict[str, bytes]) -> None:
    for name in (*ours, *(n for n in ALWAYS_WRITTEN if n not in ours)):
        path = out / name
        if path.is_dir() or (path.is_file() and _hash_of(path) != ours.get(name)):
            raise QualcodeError(problem(P.WOULD_REPLACE, path=str(path)))


def _hash_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file_digest(file, "sha256").digest()


def _existing_parent(path: Path) -> Path:
    return next(parent for parent in path.absolute().parents if parent.exists())


def is_results_folder(folder: Path) -> bool:
    """Whether the folder holds the results of an earlier run."""
    return bool(_read_manifest(folder))


def _read_manifest(folder: Path) -> dict[str, object]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    ours = isinstance(manifest, dict) and manifest.get("made_by") == MADE_BY
    return manifest if ours else {}


def _listed(out: Path) -> dict[str, bytes]:
    """The files that an earlier run left here, with the hashes that they had."""
    files = _read_manifest(out).get("files")
    if not isinstance(files, dict):
        return {}
    return {str(name): _bytes_of(key) for name, key in files.items() if _is_inside(str(name))}


def _bytes_of(key: object) -> bytes:
    """A hash as it is written; one that is none is the hash of nothing."""
    try:
        return bytes.fromhex(str(key))
    except ValueError:
        return b""


def _is_inside(name: str) -> bool:
    """Whether the name of a manifest, which anybody may have edited, stays in its folder."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and ":" not in name


@contextlib.contextmanager
def staged_results(out: Path, *, facts: dict[str, object]) -> Iterator[Staging]:
    """A place to write; when the block ends well, everything in it becomes `out` at once.

    When the block raises (or Ctrl-C stops it), nothing is left behind and `out` is as it was.
    Files of an earlier run are replaced, those that are no longer made are removed, and
    files of others are left alone. `facts` go into `run.json`.

    Raises:
        QualcodeError: OUT_UNWRITABLE.
    """
    try:
        out.absolute().parent.mkdir(parents=True, exist_ok=True)
        _remove_leftovers(out)
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.absolute().parent))
    except OSError as error:
        raise _unwritable(out, error) from None
    try:
        folder.chmod(0o777 & ~current_umask())
        (folder / MARK).write_text(str(os.getpid()), encoding="utf-8")
        standing = {name: key for name, key in _listed(out).items() if (out / name).is_file()}
        staging = Staging(folder, standing)
        yield staging
        _write_manifest(folder / MANIFEST, facts, staging.hashes)
        with _without_interrupts():
            names = [name for name in (*staging.hashes, MANIFEST) if name not in staging.kept]
            _put_in_place(folder, out, names, staging.kept)
    except OSError as error:
        raise _unwritable(out, error) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_manifest(path: Path, facts: dict[str, object], hashes: dict[str, bytes]) -> None:
    files = {name: hashes[name].hex() for name in sorted(hashes)}
    manifest = {"made_by": MADE_BY, **facts, "files": files}
    with path.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(manifest, file, indent=1, ensure_ascii=False)
        file.write("\n")


def _unwritable(out: Path, error: OSError) -> QualcodeError:
    reason = error.strerror or str(error)
    return QualcodeError(problem(P.OUT_UNWRITABLE, path=str(out), reason=reason.lower()))


def _put_in_place(folder: Path, out: Path, names: list[str], kept: set[str]) -> None:
    if not out.exists():
        (folder / MARK).unlink(missing_ok=True)
        folder.rename(out)
        return
    before = folder / ".before"
    stood = [name for name in (*_listed(out), MANIFEST) if name not in kept]
    moves = [(out / name, before / name) for name in stood]
    moves.extend((folder / name, out / name) for name in names)
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            if source.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                source.replace(target)
                done.append((source, target))
    except OSError:
        for source, target in reversed(done):
            source.parent.mkdir(parents=True, exist_ok=True)
            target.replace(source)
        raise
    for parent in {source.parent for source, _ in done if source.is_relative_to(out)}:
        if parent != out and parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()


def _remove_leftovers(out: Path) -> None:
    """Removes what a run that was killed left beside `out`; one that still runs is left alone."""
    for folder in out.absolute().parent.glob(f".{out.name}-*"):
        mark = folder / MARK
        if mark.is_file() and not _is_running(mark.read_text(encoding="utf-8")):
            shutil.rmtree(folder, ignore_errors=True)


def _is_running(process: str) -> bool:
    if os.name == "nt" or not process.isdecimal():
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Holds Ctrl-C back for the moment in which files take their places."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt
