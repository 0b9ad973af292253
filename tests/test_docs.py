from __future__ import annotations

import re
from pathlib import Path

from qualcode.core.problems import P, ProblemKind, catalogue
from qualcode.plugins.registry import GROUPS

ROOT = Path(__file__).parents[1]


def test_problem_numbers_are_used_once() -> None:
    numbers = [kind.number for _, kind in catalogue()]

    assert len(numbers) == len(set(numbers))


def test_no_area_hides_a_problem_of_another() -> None:
    names = [
        name
        for part in P.__mro__
        for name, kind in vars(part).items()
        if isinstance(kind, ProblemKind)
    ]

    assert len(names) == len(set(names))


def test_every_remedy_is_a_sentence_and_no_message_blames() -> None:
    for name, kind in catalogue():
        assert kind.remedy.endswith((".", "{todo}")), name
        assert not kind.wording.endswith("."), name
        assert "invalid" not in kind.wording.lower(), name


def test_every_plugin_group_is_documented() -> None:
    page = (ROOT / "docs" / "plugins.md").read_text("utf-8")

    assert [group for group in GROUPS if f"`qualcode.{group}`" not in page] == []


def test_every_problem_has_a_test_that_makes_it_happen() -> None:
    tests = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").glob("test_*.py"))
    named = set(re.findall(r"Q\d{3}", tests)) | set(re.findall(r"P\.([A-Z_]+)", tests))
    missing = [
        f"{kind.number} {name}"
        for name, kind in catalogue()
        if kind.number not in named and name not in named
    ]

    assert missing == []
