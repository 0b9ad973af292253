"""What stands for the state of files, and of the program, without reading them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import qualcode
from qualcode.core.text import short_key


def stats_of(path: Path | os.DirEntry[str]) -> str:
    """Size, times and place on the disk of a file: they differ whenever it was written to.

    "" where there is no such file.
    """
    try:
        stat = path.stat()
    except OSError:
        return ""
    return f"{stat.st_size}-{stat.st_mtime_ns}-{stat.st_ctime_ns}-{stat.st_ino}"


def stats_below(folder: Path) -> Iterator[tuple[str, str]]:
    """Name inside the folder and stats of every file of it and of its subfolders, by name."""
    found: list[tuple[str, str]] = []
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        with suppress(OSError), os.scandir(folder / inside) as entries:
            for entry in entries:
                name = f"{inside}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{name}/")
                else:
                    found.append((name, stats_of(entry)))
    yield from sorted(found)


@lru_cache(maxsize=1)
def engine_version() -> str:
    """What stands for everything that makes results: our own files, packages, and Python.

    A plugin, a dictionary or a correction of our own that is installed changes it.
    """
    own = [stats for _, stats in _without_compiled(stats_below(Path(qualcode.__file__).parent))]
    packages = sorted({name for folder in sys.path for name in _packages(folder)})
    return short_key(sys.version, *own, *packages)


def _without_compiled(files: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((name, stats) for name, stats in files if "__pycache__" not in name)


def _packages(folder: str) -> Iterator[str]:
    """Names of the packages that are installed in a folder; each holds its version."""
    with suppress(OSError), os.scandir(folder or ".") as entries:
        for entry in entries:
            if entry.name.endswith((".dist-info", ".egg-info")):
                yield entry.name
