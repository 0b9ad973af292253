"""A filter with a value that nothing has: one sentence with the nearest, never an empty list."""

from __future__ import annotations

import pytest

from qualcode.project.study import Study
from tests.coding_study import study
from tests.command import run_qualcode

__all__ = ["study"]


@pytest.fixture(autouse=True)
def inside(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(study.paths.root)
    run_qualcode("code", "int-01", "someone different", "new-faces")


@pytest.mark.parametrize("command", ["codings", "review", "suggest"])
@pytest.mark.parametrize(
    ("option", "value", "told"),
    [
        ("--kind", "minuts", '--kind cannot be "minuts". Did you mean "minutes"? Use one of inter'),
        ("--case", "P011", '--case cannot be "P011". Did you mean "P01"? Use one of '),
    ],
)
def test_an_unknown_value_is_told_with_the_nearest(
    command: str, option: str, value: str, told: str
) -> None:
    outcome = run_qualcode(command, option, value)

    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(f"Q151 {told}")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("log", "--coder", "zz"), '--coder cannot be "zz". Use one of ad.'),
        (("memo", "list", "--kind", "notes"), '--kind cannot be "notes". Use one of memo'),
    ],
)
def test_other_lists_tell_of_an_unknown_value_too(arguments: tuple[str, ...], told: str) -> None:
    outcome = run_qualcode(*arguments)

    assert (outcome.status, outcome.out) == (2, "")
    assert told in outcome.err


@pytest.mark.parametrize("command", ["codings", "review"])
def test_an_unknown_code_is_told_with_the_nearest(command: str) -> None:
    outcome = run_qualcode(command, "--code", "new-facs")

    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == (
        'Q151 --code cannot be "new-facs". Did you mean "new-faces"? '
        "Use one of new-faces, away-days, trust, old, gone, parted.\n"
    )


def test_an_unknown_coder_is_told(study: Study) -> None:
    outcome = run_qualcode("codings", "--coder", "nosuch")

    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == 'Q151 --coder cannot be "nosuch". Use one of ad.\n'


def test_values_are_known_in_any_case(study: Study) -> None:
    outcome = run_qualcode(
        "codings", "--code", "NEW-FACES", "--coder", "AD", "--kind", "Interview Notes", "--plain"
    )

    assert "1 coding." in outcome.out


def test_a_score_above_one_is_refused(study: Study) -> None:
    outcome = run_qualcode("review", "--min-score", "5")

    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == ('Q149 --min-score cannot be "5". Write it like 0.4, from 0 to 1.\n')


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("kind=nosuch", 'Q151 --where kind= cannot be "nosuch". Use one of interview notes.\n'),
        ("document=int-1", 'Q151 --where document= cannot be "int-1". Did you mean "int-01"? Use'),
        ("valence=bad", 'Q151 --where valence= cannot be "bad". Use one of obstacle.\n'),
    ],
)
def test_a_condition_that_nothing_meets_is_told(where: str, told: str) -> None:
    outcome = run_qualcode("table", "quotations", "--where", where)

    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(told)


def test_a_trait_that_nobody_has_is_told_with_the_right_option(study: Study) -> None:
    outcome = run_qualcode("table", "quotations", "--where", "teir=strategic")

    assert outcome.err.startswith('Q620 nobody and no document that was read has the attribute "te')
    assert "Name one of these with --where: kind" in outcome.err
