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
from hashlib import sha256
from pathlib import Path, PurePosixPath

from qualcode.core.problems import P, QualcodeError, problem
from qualcode.store.files import current_umask

MANIFEST = "run.json"
MADE_BY = "qualcode run"


@dataclass(slots=True)
class Staging:
    """Where the files of one run are written before any of them is seen.

    `name` of a file is relative, with `/` between its parts.
    """

    folder: Path
    hashes: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Writes one file, given whole or part by part."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        digest = sha256()
        with path.open("xb") as file:
            for part in (data,) if isinstance(data, bytes) else data:
                digest.update(part)
                file.write(part)
        self.hashes[name] = digest.hexdigest()


def check_out_folder(out: Path, *, force: bool) -> None:
    """Refuses a folder for results that holds files of somebody else, unless `force`.

    Raises:
        QualcodeError: OUT_NOT_OURS or OUT_UNWRITABLE.
    """
    if out.exists() and not out.is_dir():
        raise QualcodeError(problem(P.OUT_UNWRITABLE, path=str(out), reason="it is a file"))
    if out.is_dir() and not force:
        ours = set(_listed(out)) | {MANIFEST}
        others = (
            path.relative_to(out).as_posix() for path in sorted(out.rglob("*")) if path.is_file()
        )
        other = next((name for name in others if name not in ours), None)
        if other is not None:
            raise QualcodeError(problem(P.OUT_NOT_OURS, path=str(out), example=other))
    parent = _existing_parent(out)
    if not os.access(out if out.is_dir() else parent, os.W_OK | os.X_OK):
        raise QualcodeError(
            problem(P.OUT_UNWRITABLE, path=str(out), reason="you may not write there")
        )


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


def _listed(folder: Path) -> tuple[str, ...]:
    files = _read_manifest(folder).get("files")
    names = tuple(files) if isinstance(files, dict) else ()
    return tuple(name for name in names if _is_inside(name))


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
        folder = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.absolute().parent))
    except OSError as error:
        raise _unwritable(out, error) from None
    try:
        folder.chmod(0o777 & ~current_umask())
        staging = Staging(folder)
        yield staging
        manifest = {"made_by": MADE_BY, **facts, "files": dict(sorted(staging.hashes.items()))}
        text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
        (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
        with _without_interrupts():
            _put_in_place(folder, out, [*staging.hashes, MANIFEST])
    except OSError as error:
        raise _unwritable(out, error) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unwritable(out: Path, error: OSError) -> QualcodeError:
    reason = error.strerror or str(error)
    return QualcodeError(problem(P.OUT_UNWRITABLE, path=str(out), reason=reason.lower()))


def _put_in_place(folder: Path, out: Path, names: list[str]) -> None:
    if not out.exists():
        folder.rename(out)
        return
    gone = sorted(set(_listed(out)) - set(names))
    for name in gone:
        (out / name).unlink(missing_ok=True)
    for name in names:  # the manifest comes last: it is there only when all else is
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).replace(out / name)
    for parent in sorted({(out / name).parent for name in gone}):
        if parent.is_dir() and not any(parent.iterdir()):
            parent.rmdir()


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
