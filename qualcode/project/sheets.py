"""The rows of a sheet that a person hands over: metadata, cases, codings."""

from __future__ import annotations

from pathlib import Path

from qualcode.core.model import Row
from qualcode.core.problems import P, ProblemKind, QualcodeError, problem
from qualcode.core.protocols import Source
from qualcode.plugins.registry import load_readers


def read_rows(path: Path, *, unusable: ProblemKind) -> tuple[Row, ...]:
    """The rows of a sheet (CSV, TSV, Excel), its head among them.

    Raises:
        QualcodeError: UNREADABLE_FILE, `unusable` where it is no sheet, or what its reader says.
    """
    reader = next((r for r in load_readers() if path.suffix.lower() in r.suffixes), None)
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unknown").lower()
        raise QualcodeError(
            problem(P.UNREADABLE_FILE, path=str(path), reason=reason, todo="Check its name.")
        ) from None
    extract = reader(Source(path.name, data)) if reader else None
    if extract is None or not extract.rows:
        raise QualcodeError(problem(unusable, path=str(path), reason="it is no sheet"))
    return extract.rows
