"""The arithmetic of the quality benchmark, on small invented values."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks._quality import Result
from benchmarks._quality_scores import (
    Counts,
    calibration_error,
    figures,
    first,
    macro_f1,
    macro_f1_of,
    micro_f1,
    precision,
    recall,
    with_interval,
)
from benchmarks._quality_sets import Coded, a_code
from benchmarks.quality import cells, markdown, table
from qualcode.core.model import Codebook

GOLD = np.array([[True, False], [True, False], [False, True], [True, False]])
OFFERED = np.array([[True, False], [True, True], [False, False], [False, False]])
DOCS = ["a", "a", "b", "c"]


def counts() -> Counts:
    return Counts.of(GOLD, OFFERED, DOCS)


def test_counts_are_summed_by_document() -> None:
    found = counts()

    assert found.gold.tolist() == [[2, 0], [0, 1], [1, 0]]
    assert found.both.tolist() == [[2, 0], [0, 0], [0, 0]]
    assert found.units == 4


def test_micro_f1_takes_all_codes_in_one() -> None:
    assert figures(micro_f1, [counts()])[0] == pytest.approx(4 / 7)


def test_macro_f1_is_the_mean_over_codes_that_people_gave() -> None:
    assert figures(macro_f1, [counts()])[0] == pytest.approx((4 / 5 + 0) / 2)


def test_macro_f1_of_some_codes_leaves_the_others_out() -> None:
    assert figures(macro_f1_of(np.array([True, False])), [counts()])[0] == pytest.approx(0.8)


def test_precision_and_recall() -> None:
    assert figures(precision, [counts()])[0] == pytest.approx(2 / 3)
    assert figures(recall, [counts()])[0] == pytest.approx(2 / 4)


def test_intervals_come_from_drawing_documents_and_are_the_same_each_time() -> None:
    value, low, high = with_interval(figures(recall, [counts()]))

    assert (low, value, high) == (0.0, 0.5, 1.0)


def test_several_runs_give_their_mean() -> None:
    nothing = Counts.of(GOLD, np.zeros_like(GOLD), DOCS)

    assert figures(recall, [counts(), nothing])[0] == pytest.approx(0.25)


def test_first_takes_the_highest_and_the_earlier_of_equals() -> None:
    assert first(np.array([[0.2, 0.5, 0.5]]), 1).tolist() == [[False, True, False]]


def test_calibration_error_is_the_distance_of_what_is_said_from_what_is() -> None:
    chances = np.array([[0.9, 0.1], [0.9, 0.1]])
    gold = np.array([[True, False], [False, False]])

    assert calibration_error(chances, gold) == pytest.approx((0.4 + 0.1) / 2)


def test_names_of_codes_are_read_as_words() -> None:
    assert a_code("x", {"name": "sbom > ReadDescription"}).name == "Read Description"
    assert a_code("y", {"name": "stop_cheating > by_phone"}).name == "by phone"


def test_units_of_one_question_are_open_only_to_its_codes() -> None:
    codes = tuple(a_code(name, {"name": name}) for name in ("one", "two", "three"))
    open_to = np.array([[True, True, False]])
    coded = Coded(
        *("set", Codebook("set", codes), ("d",), ("text",), ("q",)),
        gold=np.array([[True, False, False]]),
        open_to=open_to,
    )

    reviewed = coded.reviewed([0])[0]

    assert (reviewed.accepted, reviewed.rejected) == (("one",), ("two",))
    assert not reviewed.is_complete


def test_a_document_is_in_one_half() -> None:
    docs = tuple(f"d{n}" for n in range(20))
    flags = np.ones((20, 1), dtype=bool)
    codes = (a_code("one", {"name": "one"}),)
    coded = Coded("set", Codebook("set", codes), docs, docs, docs, flags, flags)

    assert sorted([*coded.reported, *coded.tuned]) == list(range(20))
    assert 3 < len(coded.reported) < 17


def test_the_table_shows_parts_and_exact_figures_without_interval() -> None:
    results = [
        Result("1 codes", "micro-F1", 0.5, 0.4, 0.6, 10, "a | b"),
        Result("6 speed", "words/s", 123456.0, 123456.0, 123456.0, 3),
    ]

    assert cells(results[1]) == ("words/s", "123,456", "", "3", "")
    assert "\n1 codes\nmicro-F1    0.500  0.400 to 0.600  10  a | b\n" in table(results)
    assert "| micro-F1 | 0.500 | 0.400 to 0.600 | 10 | a \\| b |" in markdown(results)
