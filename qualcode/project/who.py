"""Who works on this copy of a project."""

from __future__ import annotations

import os
import re

from qualcode.store.paths import ProjectPaths

_UNSAFE = re.compile(r"[^\w-]+")


def coder_name(paths: ProjectPaths) -> str:
    """Who works here: QUALCODE_CODER, else the name set for this copy, else the login name."""
    own = paths.coder
    said = os.environ.get("QUALCODE_CODER") or (own.read_text("utf-8") if own.is_file() else "")
    if not said.strip():
        from getpass import getuser

        try:
            said = getuser()
        except (KeyError, OSError):
            said = ""
    return _UNSAFE.sub("-", said.strip().lower()).strip("-") or "coder"
