"""Every version of the codebook, kept byte for byte: `history/codebook-001.yaml` and so on."""

from __future__ import annotations

import re
from pathlib import Path

from qualcode.core.model import Codebook
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.store.codebook_edit import codebook_of, edit_codebook
from qualcode.store.codebook_file import CheckedCodebook
from qualcode.store.paths import ProjectPaths
from qualcode.store.transaction import Transaction

_NAME = re.compile(r"codebook-(\d{3,})\.yaml")


def version_path(paths: ProjectPaths, number: int) -> Path:
    """Where a version of the codebook is kept; numbers count from 1."""
    return paths.root / "history" / f"codebook-{number:03d}.yaml"


def kept_versions(paths: ProjectPaths) -> tuple[int, ...]:
    """The numbers of the versions that are kept, in order."""
    names = (path.name for path in (paths.root / "history").glob("codebook-*.yaml"))
    return tuple(sorted(int(found.group(1)) for found in map(_NAME.fullmatch, names) if found))


def current_version(paths: ProjectPaths) -> int:
    """The number of the codebook as it is now: one more than the last where it differs from it."""
    kept = kept_versions(paths)
    if not kept:
        return 1
    return kept[-1] if is_kept(paths) else kept[-1] + 1


def is_kept(paths: ProjectPaths) -> bool:
    """Whether the codebook is, byte for byte, the last version that was kept."""
    kept = kept_versions(paths)
    if not kept or not paths.codebook.is_file():
        return False
    return version_path(paths, kept[-1]).read_bytes() == paths.codebook.read_bytes()


def keep_version(change: Transaction, data: bytes) -> int:
    """Adds these bytes to the change as the next version, and gives its number.

    Two versions of one change are kept one after the other.
    """
    number = (kept_versions(change.paths) or (0,))[-1] + 1
    while change.read(version_path(change.paths, number)) is not None:
        number += 1
    change.write(version_path(change.paths, number), data)
    return number


def read_version(paths: ProjectPaths, number: int) -> CheckedCodebook:
    """The codebook as it was in one version.

    Raises:
        QualcodeError: NO_VERSION, or EARLIER_LOST where what was kept is no codebook any more.
    """
    path = version_path(paths, number)
    if not path.is_file():
        known = ", ".join(f"v{one}" for one in kept_versions(paths)) or "now"
        raise QualcodeError(problem(P.NO_VERSION, version=f"v{number}", known=known))
    try:
        return codebook_of(path.read_bytes(), path)
    except QualcodeError as error:
        raise QualcodeError(*error.problems, problem(P.EARLIER_LOST, path=str(path))) from None


def put_codebook(change: Transaction, after: Codebook) -> int:
    """Adds to a change that the codebook says `after`, and gives the number of that version.

    The version is kept in the same change. So is what stood there before, where it was not kept
    yet: the codebook as it began, or as it was edited by hand.

    Raises:
        QualcodeError: NOT_EDITABLE, and what is wrong with the YAML that is there.
    """
    path = change.paths.codebook
    before = change.read(path) or b""
    data = edit_codebook(before, path, after)
    kept = kept_versions(change.paths)
    if data == before and kept:
        return kept[-1]
    if not kept or change.read(version_path(change.paths, kept[-1])) != before:
        keep_version(change, before)
    change.write(path, data)
    return keep_version(change, data)
