"""A pair whose two sides rest on the same code: refused, or told where a merge made it."""

from __future__ import annotations

import pytest

from qualcode.project.study import Study
from tests.command import run_qualcode
from tests.test_pair_commands import study

__all__ = ["study"]
PAIRS = "format: 1\npairs:\n  - {id: p1, obstacle: rank, catalysts: [trust]}\n"
CODE = "  - {id: trust, name: Trust, definition: Faith., valence: either}\n"


@pytest.fixture
def paired(study: Study) -> Study:
    text = study.paths.codebook.read_text("utf-8").replace("valence: obstacle}", "valence: either}")
    study.paths.codebook.write_text(text.replace("pairs: []", f"{CODE}pairs: []"), "utf-8")
    study.paths.pairs.write_text(PAIRS, "utf-8")
    return study


def test_a_pair_of_a_code_with_itself_is_refused(paired: Study) -> None:
    outcome = run_qualcode("pair", "add", "--obstacle", "trust", "--catalyst", "trust")

    assert outcome.status == 1
    assert outcome.err == (
        'Q537 code "trust" cannot be the catalyst that answers itself. '
        "Name another code on one of the sides.\n"
    )
    assert paired.paths.pairs.read_text("utf-8") == PAIRS


def test_a_catalyst_that_is_the_obstacle_is_refused_in_an_edit(paired: Study) -> None:
    outcome = run_qualcode("pair", "edit", "p1", "--add-catalyst", "rank")

    assert 'Q537 code "rank" cannot be' in outcome.err
    assert paired.paths.pairs.read_text("utf-8") == PAIRS


@pytest.mark.parametrize(("gone", "stays"), [("rank", "trust"), ("trust", "rank")])
def test_a_merge_of_both_sides_names_the_pair(paired: Study, gone: str, stays: str) -> None:
    outcome = run_qualcode("codebook", "merge", gone, "--into", stays)

    assert outcome.status == 0
    assert outcome.err == (
        f'{paired.paths.pairs}: Q536 pair "p1" has code "{stays}" as obstacle and as catalyst. '
        "The same codings count on both sides: change the pair, or take the merge back.\n"
    )


def test_check_notices_a_code_on_both_sides(paired: Study) -> None:
    run_qualcode("codebook", "merge", "rank", "--into", "trust")
    outcome = run_qualcode("check")

    assert outcome.status == 1
    assert outcome.err.count('Q536 pair "p1" has code "trust" as obstacle and as catalyst') == 1
    assert "Q321" not in outcome.err


def test_a_pair_with_both_sides_merged_can_still_be_edited(paired: Study) -> None:
    run_qualcode("codebook", "merge", "rank", "--into", "trust")

    assert run_qualcode("pair", "edit", "p1", "--condition", "at first").status == 0


def test_the_reverse_of_a_merge_says_that_it_was_merged_before(paired: Study) -> None:
    run_qualcode("codebook", "merge", "rank", "--into", "trust")
    outcome = run_qualcode("codebook", "merge", "trust", "--into", "rank")

    assert outcome.status == 1
    assert outcome.err == (
        'Q538 the code "trust" cannot be merged into "rank", which was merged into it before. '
        "To turn it round, run `qualcode codebook restore rank` first.\n"
    )
