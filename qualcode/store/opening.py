"""Opening a project; this module loads little, for every command begins with it."""

from __future__ import annotations

from pathlib import Path

from qualcode.store.paths import ProjectPaths, find_project


def open_project(start: Path) -> ProjectPaths:
    """The project that holds this folder, with an interrupted change taken back.

    Raises:
        QualcodeError: NO_PROJECT.
    """
    paths = find_project(start)
    if paths.pending.exists():
        from qualcode.store.transaction import locked, recover

        with locked(paths):
            recover(paths)
    return paths
