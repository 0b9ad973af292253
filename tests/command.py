"""Runs the command line in this process, as a person would from a shell."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import dataclass
from unittest.mock import patch

from qualcode.__main__ import main


@dataclass(frozen=True, slots=True)
class Outcome:
    """Exit status and what was printed."""

    status: int
    out: str
    err: str


class _Stream(io.StringIO):
    """A stream that is no terminal and knows its encoding."""

    encoding = "utf-8"


def run_qualcode(*arguments: object) -> Outcome:
    out, err, status = _Stream(), _Stream(), 0
    with (
        patch.object(sys, "argv", ["qualcode", *map(str, arguments)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1
    return Outcome(status, out.getvalue(), err.getvalue())
