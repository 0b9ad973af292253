from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import Outcome, run_qualcode

Qualcode = Callable[..., Outcome]


@pytest.fixture
def qualcode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Qualcode:
    """Runs the command line inside an empty folder."""
    monkeypatch.chdir(tmp_path)
    return run_qualcode
