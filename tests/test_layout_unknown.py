"""A document whose kind nobody knows says so, for it is not counted."""

from __future__ import annotations

import pytest

from qualcode.analysis.layouts.all_kinds import lay_out
from qualcode.core.model import Extract, Kind
from tests.factory import lines_of


def problems_of(
    *, kind: Kind = "other", name: str = "a.txt", facts: tuple[tuple[str, str], ...] = ()
) -> list[str]:
    extract = Extract("text", lines=lines_of("A few words about the weather."), facts=facts)
    return [str(found) for found in lay_out(extract, kind=kind, name=name).problems]


def test_a_kind_that_could_not_be_recognised_is_told() -> None:
    assert problems_of(name="notes/a.txt") == [
        "notes/a.txt: Q244 its kind could not be recognised, so it is read as context and not"
        " counted. Write `kind: interview notes` (or what it is) into its front matter or a"
        " metadata sheet, or `kind: other` if context is right."
    ]


@pytest.mark.parametrize("told", [("kind", "other"), ("Kind", "Other"), ("type", "document")])
def test_a_kind_that_somebody_told_is_no_problem(told: tuple[str, str]) -> None:
    assert problems_of(facts=(told,)) == []


def test_a_kind_that_was_told_but_is_not_known_is_a_problem() -> None:
    assert [found[7:11] for found in problems_of(facts=(("kind", "thing"),))] == ["Q244"]


def test_a_role_that_somebody_told_is_no_problem() -> None:
    assert problems_of(facts=(("role", "emergent"),)) == []


@pytest.mark.parametrize("name", ["README.md", "data/ORIGIN", "License.txt", "x\\readme.de.md"])
def test_files_about_the_folder_are_no_problem(name: str) -> None:
    assert problems_of(name=name) == []


def test_a_recognised_kind_is_no_problem() -> None:
    assert problems_of(kind="policy") == []
