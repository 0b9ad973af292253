from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from qualcode.project.adding import Adder
from qualcode.project.settings import load_settings, make_project
from qualcode.project.study import open_study
from tests.command import run_qualcode
from tests.factory import write

CODES = """\
format: 1
name: Mine
codes:
  - {id: silos, name: Silos, definition: Walls., valence: obstacle}
  - {id: trust, name: Trust, definition: Faith., valence: catalyst}
pairs: []
"""
NOTES = """\
INT01  Nurse    14/3/2025

1. Barriers
- they stick to their own corridor
- she trusts him
"""

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def code_as(root: Path, coder: str, quote: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    git(root, "checkout", "-q", "-b", coder, "start")
    monkeypatch.chdir(root)
    monkeypatch.setenv("QUALCODE_CODER", coder)
    outcome = run_qualcode("code", "int-01", quote, code)
    assert outcome.status == 0, outcome.err
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", coder)


def test_two_coders_merged_by_git_in_either_order_give_the_same_study(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "study"
    paths = make_project(root, question="", method="eca", language="en")
    paths.codebook.write_text(CODES, "utf-8")
    list(Adder(paths, load_settings(paths)).add_all([write(tmp_path, "int-01.md", NOTES)]))
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "start")
    git(root, "branch", "start")
    code_as(root, "ad", "stick to their own corridor", "silos", monkeypatch)
    code_as(root, "bf", "she trusts him", "trust", monkeypatch)
    seen = []
    for first, second in (("ad", "bf"), ("bf", "ad")):
        git(root, "checkout", "-q", first)
        git(root, "checkout", "-q", "-b", f"{first}-{second}")
        git(root, "merge", "-q", "--no-edit", second)
        seen.append(open_study(root).codings("int-01"))

    assert [(coding.coder, coding.code_id) for coding in seen[0]] == [
        ("ad", "silos"),
        ("bf", "trust"),
    ]
    assert seen[1] == seen[0]
    assert run_qualcode("check").status == 0
