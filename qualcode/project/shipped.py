"""What ships with qualcode: starter codebooks and the sample study."""

from __future__ import annotations

from pathlib import Path

import qualcode

_PACKAGE = Path(qualcode.__file__).parent


def _shipped(name: str) -> Path:
    """Inside an installed package, else beside it in a checkout."""
    installed = _PACKAGE / "shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def sample_folder() -> Path:
    """The folder of the sample study."""
    return _shipped("sample_transcripts")


def shipped_codebooks() -> dict[str, Path]:
    """The starter codebooks under their names, in alphabetical order."""
    return {path.stem: path for path in sorted(_shipped("codebooks").glob("*.yaml"))}
