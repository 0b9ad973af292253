from __future__ import annotations

from dataclasses import replace
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.barometer.scores import (
    change_of,
    group_forms,
    score,
    score_item,
    score_lens,
)
from qualcode.analysis.barometer.sheet import (
    Form,
    Item,
    Sheet,
    answer_table,
    groups_of,
    heading,
    items_of,
    sheet_title,
)
from qualcode.analysis.barometer.tables import lens_table, profile, row_table
from qualcode.analysis.charts.values import Profile
from qualcode.core.model import Lens, Pair
from qualcode.core.table import Table
from qualcode.plugins.charts.draw import draw
from tests.factory import a_code, a_codebook, a_pair

ONE = Item("p1", 1, ("Silos",), ("Trust", "Training"), lenses=("Firm",))
TWO = Item("p2", 2, ("Rank",), ("Peers",), lenses=("Firm", "Person"))


def forms(*answers: int | None, row: str = "p1", **about: str) -> list[Form]:
    """A form for each answer to one line; persons are K0, K1 and so on."""
    return [
        Form(f"{about}{n}", ((row, one),) if one else (), **{"person": f"K{n}", **about})
        for n, one in enumerate(answers)
    ]


def cells(table: Table, key: str) -> list[tuple[str, ...]]:
    at = [column.key for column in table.columns].index(key)
    return [row[at] for row in table.rows]


def test_a_line_goes_from_the_obstacle_to_all_its_catalysts() -> None:
    codebook = a_codebook(pairs=(a_pair("p1", catalysts=("trust", "training")),))
    item = items_of(codebook)[0]

    assert (item.low, item.high) == (("Silos",), ("Trust", "Training"))
    assert heading(item) == "p1: 1 = Silos ... 5 = Trust; Training"


@pytest.mark.parametrize(
    ("obstacle", "catalysts", "low", "high"),
    [
        ("silos", (), "Very true of us", "Not true of us at all"),
        (None, ("trust",), "Not true of us at all", "Very true of us"),
    ],
)
def test_a_half_row_is_judged_alone_and_turned_so_that_more_is_better(
    obstacle: str | None, catalysts: tuple[str, ...], low: str, high: str
) -> None:
    item = items_of(a_codebook(pairs=(a_pair("p1", obstacle=obstacle, catalysts=catalysts),)))[0]

    assert item.asks in ("Silos", "Trust")
    assert (item.low, item.high) == ((low,), (high,))


def test_lenses_go_by_name_and_conditions_are_kept() -> None:
    codebook = a_codebook(a_code("silos"), pairs=())
    pair = Pair("p1", 1, a_pair().obstacle, (), ("firm", "other"), "early on")
    item = items_of(
        type(codebook)("B", codebook.codes, lenses=(Lens("firm", "Firm"),), pairs=(pair,))
    )[0]

    assert (item.lenses, item.condition) == (("Firm", "other"), "early on")


def test_the_title_names_what_is_hindered() -> None:
    codebook = a_codebook()

    assert sheet_title(codebook) == "Barometer"
    assert sheet_title(codebook, "How are we doing?") == "How are we doing?"


def test_an_empty_sheet_of_answers_numbers_nobody() -> None:
    table = answer_table(Sheet("B", (ONE,), "Brempton", "2026-03"), 2)

    assert [column.key for column in table.columns] == [
        *("person", "site", "time", "group"),
        "p1: 1 = Silos ... 5 = Trust; Training",
        "comment",
    ]
    assert table.rows == ((("",), ("Brempton",), ("2026-03",), ("",), ("",), ("",)),) * 2


def test_a_score_has_median_middle_half_mean_and_deviation() -> None:
    found = score([2, 3, 3, 5], of=6)

    assert (found.n, found.of, found.median, found.mean) == (4, 6, 3.0, 3.25)
    assert found.middle == (2.75, 3.5)
    assert found.deviation == pytest.approx(1.258, abs=0.001)
    assert found.counts == (0, 1, 2, 0, 1)


def test_nobody_who_answered_has_no_figures_and_one_has_no_spread() -> None:
    none, one = score([], of=2), score([4], of=2)

    assert (none.median, none.mean, none.middle) == (None, None, None)
    assert (one.median, one.middle, one.deviation) == (4.0, None, None)


def test_everybody_counts_once_for_a_lens_with_the_mean_of_the_lines_answered() -> None:
    held = [
        Form("a", (("p1", 2), ("p2", 5))),
        Form("b", (("p1", 1),)),
        Form("c", (("p2", 4),)),
        Form("d", ()),
    ]
    firm, person = (score_lens(held, (ONE, TWO), lens) for lens in ("Firm", "Person"))

    assert (firm.n, firm.of, firm.median) == (3, 4, 3.5)
    assert (person.n, person.mean) == (2, 4.5)


def titles_of(table: Table) -> list[str]:
    return [column.title for column in table.columns if "n of" in column.title]


def test_a_small_group_is_not_shown_nor_the_next_that_would_tell_it() -> None:
    sizes = {"A": 4, "B": 2, "C": 3}
    held = [one for site, n in sizes.items() for one in forms(*[3] * n, site=site)]
    table = row_table((ONE,), group_forms(held, "site"))

    assert titles_of(table) == ["A: n of 4"]
    assert "Not shown, fewer than 3 people: B (2 forms)." in table.notes
    assert table.notes[-1] == (
        "Not shown, as the figures of all would then tell a group that is too small: C (3 forms)."
    )


@pytest.mark.parametrize("is_named", [True, False])
def test_two_people_who_answer_twice_are_still_two(is_named: bool) -> None:
    answered = [
        one
        for time in ("2026-03", "2026-10")
        for group, n in (("school", 2), ("police", 4), ("health", 5))
        for one in forms(*[2] * n, time=time, group=group, site=group)
    ]
    held = answered if is_named else [replace(one, person="") for one in answered]
    table = row_table((ONE,), group_forms(held, "group"))

    assert titles_of(table) == ["health: n of 10"]
    assert "N = 22 forms: health 10 (of 5 people)." in table.notes
    assert "Not shown, fewer than 3 people: school (4 forms)." in table.notes


def test_what_fewer_than_three_of_a_group_answered_has_no_figures_nor_a_change() -> None:
    held = [
        *forms(1, None, None, 4, time="2026-03"),
        *forms(3, 3, 3, 5, time="2026-10"),
    ]
    grouped = group_forms(held, "time")
    table, figure = row_table((ONE,), grouped), profile((ONE,), grouped).figure

    assert isinstance(figure, Profile)
    assert (cells(table, "n_1"), cells(table, "mean_1")) == ([("2",)], [("-",)])
    assert cells(table, "mean_2") == [("-",)]
    assert cells(table, "change") == [("-",)]
    assert [line.values for line in figure.lines] == [(None,), (None,)]


def test_dates_stand_in_order_and_other_words_as_first_met() -> None:
    dated = [Form("a", (), time="2026-10"), Form("b", (), time="2026-03")]
    named = [Form("a", (), time="spring"), Form("b", (), time="autumn")]

    assert groups_of(dated, "time") == ("2026-03", "2026-10")
    assert groups_of(named, "time") == ("spring", "autumn")


def test_a_change_is_that_of_the_means_and_of_those_who_answered_both_times() -> None:
    held = [
        *forms(1, 2, 3, None, time="2026-03"),
        *forms(3, 3, 3, 5, time="2026-10"),
        Form("x", (("p1", 5),), time="2026-10"),
    ]
    grouped = group_forms(held, "time")
    change = change_of(grouped, "p1")

    assert change is not None
    assert change.means == pytest.approx(1.8)
    assert (change.same, change.n_same) == (1.0, 3)
    assert cells(row_table((ONE,), grouped), "same_people") == [("+1.0",)]


def test_a_change_of_fewer_than_three_people_is_not_told() -> None:
    held = [*forms(1, None, 2, time="2026-03"), *forms(2, 2, 3, time="2026-10")]
    change = change_of(group_forms(held, "time"), "p1")

    assert change is not None
    assert (change.same, change.n_same) == (None, 2)


def test_persons_of_two_sites_are_not_taken_for_one() -> None:
    held = [
        *forms(1, 1, 1, time="2026-03", site="A"),
        *forms(5, 5, 5, time="2026-10", site="B"),
    ]
    change = change_of(group_forms(held, "time"), "p1")

    assert change is not None
    assert (change.means, change.n_same) == (4.0, 0)


def test_without_groups_the_answers_are_counted_step_by_step() -> None:
    table = row_table((ONE, TWO), group_forms(forms(1, 3, 3, None), ""))

    assert cells(table, "n") == [("3",), ("0",)]
    assert cells(table, "median") == [("3.0",), ("-",)]
    assert [cells(table, f"answers_{step}")[0] for step in (1, 2, 3)] == [("1",), ("0",), ("2",)]
    assert table.notes[0] == "N = 4 forms."
    assert not any("%" in line for row in table.rows for cell in row for line in cell)


def test_the_table_by_lens_says_how_many_rows_stand_behind_it() -> None:
    table = lens_table((ONE, TWO), group_forms(forms(1, 3, 3), ""))

    assert [row[:2] for row in table.rows] == [(("Firm",), ("2",)), (("Person",), ("1",))]


def test_the_same_profile_is_drawn_in_the_same_bytes_and_told_in_words() -> None:
    chart = profile((ONE, TWO), group_forms(forms(1, 3, 3), ""))

    assert draw(chart) == draw(chart)
    assert b"Silos" in draw(chart)
    assert chart.text.startswith("Means of 2 lines on a scale of 1 to 5.")


@given(st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=2), max_size=12))
def test_scores_equal_a_brute_force_count(answered: list[list[int]]) -> None:
    held = [
        Form(str(n), tuple((row, one) for row, one in zip(("p1", "p2"), pair, strict=True) if one))
        for n, pair in enumerate(answered)
    ]
    values = [pair[0] for pair in answered if pair[0]]
    found = score_item(held, ONE)
    means = [mean([one for one in pair if one]) for pair in answered if any(pair)]

    assert (found.n, found.of) == (len(values), len(answered))
    assert found.median == (median(values) if values else None)
    assert sum(found.counts) == len(values)
    assert score_lens(held, (ONE, TWO), "Firm").mean == (
        pytest.approx(mean(means)) if means else None
    )


def test_a_profile_of_groups_that_are_all_hidden_is_drawn_empty() -> None:
    held = [*forms(1, 2, 3, site="A"), *forms(1, 2, site="B")]
    chart = profile((ONE,), group_forms(held, "site"))

    assert b"Silos" in draw(chart)
