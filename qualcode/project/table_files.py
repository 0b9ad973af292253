"""Tables as files: which format, and never over somebody's work."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

from qualcode.core.hints import did_you_mean
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.table import Table
from qualcode.plugins.registry import load_exporter, plugin_names
from qualcode.store.files import write_file

BY_SUFFIX = {
    ".txt": "plain",
    ".md": "markdown",
    ".csv": "csv",
    ".tsv": "tsv",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".html": "html",
    ".htm": "html",
    ".tex": "latex",
    ".json": "json",
}
"""The format that the ending of a file stands for."""
NOT_TEXT = frozenset({"xlsx", "docx", "excel", "parquet", "png"})
"""Formats that no terminal can show."""


def format_for(path: Path, asked: str = "", *, among: Container[str] | None = None) -> str:
    """The format of a file: the one asked for, else the one that its ending stands for.

    `among` are the formats that there are, where not all of them.

    Raises:
        QualcodeError: UNKNOWN_ENDING.
    """
    if asked and asked != "terminal":
        return asked
    usable = {end: name for end, name in BY_SUFFIX.items() if among is None or name in among}
    found = usable.get(path.suffix.lower())
    if found is None:
        endings = ", ".join(usable)
        raise QualcodeError(problem(P.UNKNOWN_ENDING, path=str(path), endings=endings))
    return found


def export_table(table: Table, name: str, *, to_file: bool = True) -> bytes:
    """The table in the format of that name.

    Raises:
        QualcodeError: UNKNOWN_WORD for a format that is not known, NOT_FOR_TERMINAL where it
            is no text and no file was named.
    """
    known = plugin_names("exporters")
    if name not in known:
        raise QualcodeError(
            problem(
                P.UNKNOWN_WORD,
                key="--format",
                found=name,
                allowed=", ".join(("terminal", *known)),
                hint=did_you_mean(name, known),
            )
        )
    if name in NOT_TEXT and not to_file:
        raise QualcodeError(problem(P.NOT_FOR_TERMINAL, format=name))
    return load_exporter(name)(table)


def refuse_no_folder(path: Path) -> None:
    """Raises QualcodeError, NO_FOLDER_THERE, for a file in a folder that does not exist."""
    if not path.parent.is_dir():
        folder = str(path.parent)
        raise QualcodeError(problem(P.NO_FOLDER_THERE, path=str(path), folder=folder))


def write_table(path: Path, data: bytes, *, force: bool) -> None:
    """Writes a table to a new file, or with `force` in place of another.

    Raises:
        QualcodeError: NO_FOLDER_THERE, TABLE_EXISTS or OUT_UNWRITABLE.
    """
    refuse_no_folder(path)
    if path.is_dir() or (path.exists() and not force):
        raise QualcodeError(problem(P.TABLE_EXISTS, path=str(path)))
    write_file(path, data)
