"""What every table can be asked, as it was said on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qualcode.cli.style import Style


@dataclass(frozen=True, slots=True)
class Asked:
    """What every table can be asked: which codes, whose, in which format, and where it goes."""

    codes: tuple[str, ...]
    coder: str
    draft: bool
    format: str
    out: Path | None
    force: bool
    style: Style
