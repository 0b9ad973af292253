"""Writing single files so that nothing is ever half-written or overwritten unseen."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qualcode.core.problems import P, QualcodeError, problem


def write_new(path: Path, data: bytes) -> None:
    """Writes a file that does not exist yet: whole, or not at all.

    Raises:
        QualcodeError: FILE_EXISTS or OUT_UNWRITABLE.
    """
    if path.exists():
        raise QualcodeError(problem(P.FILE_EXISTS, path=str(path)))
    write_file(path, data)


def write_file(path: Path, data: bytes, *, beside: Path | None = None) -> None:
    """Writes a file whole, or not at all; what stood there before is replaced at once.

    It is written first in the folder `beside`, by default that of the file itself, which must
    be on the same disk.

    Raises:
        QualcodeError: OUT_UNWRITABLE.
    """
    import tempfile  # most commands write nothing

    folder = beside or path.parent
    written: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}-", dir=folder)
        written = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        written.chmod(0o666 & ~_UMASK)
        written.replace(path)
        written = None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise QualcodeError(problem(P.OUT_UNWRITABLE, path=str(path), reason=reason)) from None
    finally:
        if written is not None:
            written.unlink(missing_ok=True)


def read_lines(path: Path) -> list[str]:
    """The lines of a file in UTF-8; only LF (or CR LF) ends a line, as JSON Lines has it.

    Raises:
        QualcodeError: UNREADABLE_FILE.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = (getattr(error, "strerror", None) or "it is not UTF-8").lower()
        todo = "Restore it from a copy; `qualcode check` says what else is wrong."
        raise QualcodeError(
            problem(P.UNREADABLE_FILE, path=str(path), reason=reason, todo=todo)
        ) from None
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1]


def read_json_lines(path: Path) -> list[tuple[int, Any]]:
    """Every line of a file that says something: its number, from 1, and its value.

    A line that is not JSON has the ValueError that says why.

    Raises:
        QualcodeError: UNREADABLE_FILE.
    """
    lines = [(at, line) for at, line in enumerate(read_lines(path), start=1) if line.strip()]
    values = json_values([line for _, line in lines])
    return [(at, value) for (at, _), value in zip(lines, values, strict=True)]


def json_values(lines: Sequence[str]) -> list[Any]:
    """The value of each line; a line that is not JSON gives the ValueError that says why."""
    try:  # all at once takes a third of the time
        values = json.loads(f"[{','.join(lines)}]")
    except ValueError:
        return [_json_value(line) for line in lines]
    return values if len(values) == len(lines) else [_json_value(line) for line in lines]


def _json_value(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError as error:
        return error


def append_line(path: Path, line: str) -> None:
    """Adds a line to the end of a file, which may be new; what is there stays."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise QualcodeError(problem(P.OUT_UNWRITABLE, path=str(path), reason=reason)) from None


def current_umask() -> int:
    """The permissions that new files of this person do not get."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


_UMASK = current_umask()
