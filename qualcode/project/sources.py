"""Finding the sources of a folder; nothing in them is read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from qualcode.core.problems import P, QualcodeError, problem
from qualcode.store.paths import SETTINGS
from qualcode.store.results import is_results_folder

METADATA_FILES = ("metadata.csv", "metadata.xlsx", "metadata.tsv")
NOT_SOURCES = frozenset(
    {
        *("cases.yaml", "codebook.yaml", "pairs.yaml", "qualcode.yaml", "protocol.yaml"),
        *METADATA_FILES,
        *("thumbs.db", "desktop.ini", "icon\r"),
    }
)
"""Files of a study, or of the computer, that are no documents."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be read: where it is, its name inside the folder, and the id it will have.

    `place` is a text where there are many: it needs a quarter of the room of a path.
    """

    place: Path | str
    name: str
    doc_id: str

    @property
    def path(self) -> Path:
        """Where it is."""
        return Path(self.place)


def is_project(folder: Path) -> bool:
    """Whether the folder is a project of its own."""
    return (folder / SETTINGS).is_file()


def find_sources(folder: Path, *, leave_out: Path | None = None) -> tuple[Found, ...]:
    """Every file of the folder and its subfolders that may be a source, by name.

    Hidden files, the study's own YAML files and folders with results of an earlier run are
    left out.

    Raises:
        QualcodeError: NO_FOLDER.
    """
    if not folder.is_dir():
        raise QualcodeError(problem(P.NO_FOLDER, path=str(folder)))
    names = sorted(_walk(folder, leave_out.resolve() if leave_out else None))
    return tuple(_with_ids(folder, names))


def _walk(folder: Path, leave_out: Path | None) -> Iterator[str]:
    """Names inside the folder, with `/` between their parts."""
    for parent, folders, files in os.walk(folder):
        here = Path(parent)
        inside = "" if here == folder else f"{here.relative_to(folder).as_posix()}/"
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".")
            and (here / name).resolve() != leave_out
            and not is_results_folder(here / name)
        ]
        for name in files:
            if not name.startswith((".", "~$")) and name.lower() not in NOT_SOURCES:
                yield f"{inside}{name}"


def _with_ids(folder: Path, names: Iterable[str]) -> Iterator[Found]:
    """The id is the name without its ending; where that is taken, with its folder or ending."""
    taken: set[str] = set()
    for whole in names:
        without = PurePosixPath(whole).with_suffix("")
        choices = (without.name, without.as_posix(), whole)
        doc_id = next((c for c in map(safe_name, choices) if c.lower() not in taken), "")
        number = 2
        while not doc_id:
            candidate = f"{safe_name(whole)}-{number}"
            doc_id = candidate if candidate.lower() not in taken else ""
            number += 1
        taken.add(doc_id.lower())
        yield Found(str(folder / whole), whole, doc_id)


_UNSAFE = re.compile(r"[^\w-]+")


def safe_name(name: str) -> str:
    """A name that is safe as a file name on every system."""
    return _UNSAFE.sub("-", name).strip("-") or "document"
