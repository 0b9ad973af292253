from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from tests.command import Outcome, run_qualcode

# What lands is judged by the same examples every time; new ones are tried by people.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

Qualcode = Callable[..., Outcome]


@pytest.fixture
def qualcode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Qualcode:
    """Runs the command line inside an empty folder."""
    monkeypatch.chdir(tmp_path)
    return run_qualcode
