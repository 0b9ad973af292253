from __future__ import annotations

import numpy as np
import pytest

from qualcode.analysis.emerging import cluster


def points(*values: tuple[float, ...]) -> cluster.Points:
    return np.array(values, dtype=np.float64)


TWO_PILES = points((1, 0), (0.99, 0.14), (0, 1), (0.98, 0.2), (0.14, 0.99), (0.2, 0.98))


def test_wards_method_puts_together_what_is_near() -> None:
    assert cluster.ward_parts(TWO_PILES, per_part=3) == [[0, 1, 3], [2, 4, 5]]


def test_points_at_zero_are_in_no_part() -> None:
    found = cluster.ward_parts(points((1, 0), (0, 0), (1, 0), (1, 0)), per_part=3)

    assert found == [[0, 2, 3]]


def test_more_points_than_fit_are_halved_where_they_differ_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cluster, "MOST_AT_ONCE", 3)

    assert cluster.ward_parts(TWO_PILES, per_part=3) == [[0, 1, 3], [2, 4, 5]]


def test_a_member_unlike_the_rest_is_pruned() -> None:
    held = points((1, 0, 0), (1, 0, 0), (0.9, 0.44, 0), (0, 0, 1))

    assert cluster.pruned([0, 1, 2, 3], held) == [0, 1, 2]


def test_the_most_typical_member_comes_first() -> None:
    assert cluster.typical_first([0, 2, 4, 5], TWO_PILES) == [5, 4, 2, 0]


def test_passages_that_share_no_word_meet_through_a_third() -> None:
    held = cluster.lexical_points([("ferry", "late"), ("late", "boat"), ("sign",), ("sign",)])

    assert held[0] @ held[1] > 0.5
    assert abs(held[0] @ held[2]) < 1e-9


def test_meaning_brings_passages_together_that_share_no_word() -> None:
    words = [("ferry",), ("boat",), ("sign",), ("ferry",), ("boat",), ("sign",)]
    meanings = np.array([(1, 0), (0.9, 0.44), (0, 1)] * 2, dtype=np.float32)
    alone, both = cluster.points_of(words, None), cluster.points_of(words, meanings)

    assert alone[0] @ alone[1] == pytest.approx(0, abs=1e-5)
    assert both[0] @ both[1] > 0.3


def test_the_next_group_to_read_is_unlike_the_first() -> None:
    groups = [points((1, 0)), points((0.99, 0.14)), points((0, 1))]

    assert cluster.order_to_read(groups, [1.0, 0.9, 0.5]) == [0, 2, 1]
