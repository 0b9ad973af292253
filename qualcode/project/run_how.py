"""How a run is done, and where it keeps what it worked out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qualcode.project.sources import is_project
from qualcode.store.paths import ProjectPaths


@dataclass(frozen=True, slots=True)
class How:
    """How a run is done; none of it changes a result.

    `workers` share the work; `engine` says where they are, "" for this computer. `rehash`
    looks into every file, even where its size and times are as they were.
    """

    workers: int = 1
    engine: str = ""
    rehash: bool = False

    @property
    def engine_name(self) -> str:
        """The engine, by the number of workers where none is named."""
        return self.engine or ("process" if self.workers > 1 else "local")


ONCE = How()
"""In this process, one document after the other."""


def kept_path(folder: Path, out: Path) -> Path:
    """Where a run keeps what it worked out: inside a project, else beside its results.

    It holds words of the documents, so it stays where the researcher keeps the results.
    """
    if is_project(folder):
        return ProjectPaths(folder).runs
    return out.absolute().parent / f".{out.name}.cache.sqlite"
