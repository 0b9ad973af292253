from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.sampling.saturation import Rule, Saturation, saturation
from qualcode.analysis.sampling.tables import saturation_tables
from qualcode.analysis.sampling.thin_cells import Sampled, read_next, sample_cells
from tests.compare_factory import an_incident
from tests.factory import a_code, a_codebook

# base of 4 documents: 20 codes; then 3, 1, 0, 0, 0 new ones
STUDY = [
    ("d1", frozenset(range(10))),
    ("d2", frozenset(range(5, 14))),
    ("d3", frozenset(range(14, 18))),
    ("d4", frozenset(range(16, 20))),
    ("d5", frozenset(range(20, 23))),
    ("d6", frozenset({1, 23})),
    ("d7", frozenset({2})),
    ("d8", frozenset({3})),
    ("d9", frozenset({20})),
]
CODES = [(doc_id, frozenset(f"c{n:02}" for n in held)) for doc_id, held in STUDY]
SETS = st.lists(st.frozensets(st.sampled_from("abcdefgh")), max_size=9)


def test_saturation_by_hand() -> None:
    found = saturation(CODES, rule=Rule(4, 3, 5), orders=0)

    assert found.base_codes == 20
    assert [len(step.new) for step in found.steps] == [10, 4, 4, 2, 3, 1, 0, 0, 0]
    assert [step.share for step in found.steps] == [None] * 6 + [20.0, 5.0, 0.0]
    assert found.reached == 8


def of_counts(base: int, *new: int) -> list[tuple[str, frozenset[str]]]:
    """Four documents with so many codes together, then documents with so many new ones."""
    held = [(f"d{n}", frozenset(f"b{one}" for one in range(n, base, 4))) for n in range(4)]
    return [
        *held,
        *((f"n{at}", frozenset(f"{at}/{n}" for n in range(k))) for at, k in enumerate(new)),
    ]


def test_the_example_of_guest_namey_and_chen() -> None:
    # base 37; runs of two bring 7, 4 and 1 new: 19 %, 11 %, 3 %, so "6+2"; of three: "7+3"
    held = of_counts(37, 4, 3, 1, 0, 1, 0)
    of_two = saturation(held, rule=Rule(4, 2, 5), orders=0)
    of_three = saturation(held, rule=Rule(4, 3, 5), orders=0)

    assert of_two.base_codes == 37
    assert [round(step.share or 0) for step in of_two.steps[5:8]] == [19, 11, 3]
    assert (of_two.reached, of_three.reached) == (8, 10)
    assert (
        "reached at document 8 (6+2)." in saturation_tables(of_two, {}, is_draft=False)[1].notes[0]
    )


def test_a_stricter_threshold_is_reached_later() -> None:
    assert saturation(CODES, rule=Rule(4, 3, 0), orders=0).reached == 9


def test_a_shorter_run_is_reached_earlier() -> None:
    assert saturation(CODES, rule=Rule(4, 2, 5), orders=0).reached == 7


def test_too_few_documents_reach_nothing() -> None:
    found = saturation(CODES[:6], rule=Rule(4, 3, 5))

    assert (found.reached, found.median, found.never) == (None, None, 1000)


def test_documents_alike_are_saturated_in_any_order() -> None:
    held = [(f"d{n}", frozenset("ab")) for n in range(9)]
    found = saturation(held, rule=Rule(4, 3, 5))

    assert (found.reached, found.low, found.median, found.high) == (7, 7, 7, 7)


def test_where_each_document_brings_something_new_it_is_never_reached() -> None:
    held = [(f"d{n}", frozenset({f"c{n}"})) for n in range(9)]
    found = saturation(held, rule=Rule(4, 3, 5))

    assert (found.reached, found.never, found.low, found.high) == (None, 1000, None, None)


def test_no_document_at_all_is_no_failure() -> None:
    found = saturation([])

    assert (found.steps, found.reached, found.orders) == ((), None, 0)


def interval(found: Saturation) -> tuple[int | None, int | None, int | None, int]:
    return found.low, found.median, found.high, found.never


@given(SETS, st.randoms(use_true_random=False))
def test_the_order_given_does_not_move_the_interval(
    sets: list[frozenset[str]], chance: object
) -> None:
    held = [(f"d{n}", codes) for n, codes in enumerate(sets)]
    mixed = list(held)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    rule = Rule(2, 1, 5)

    assert interval(saturation(mixed, rule=rule, orders=50)) == interval(
        saturation(held, rule=rule, orders=50)
    )


@given(SETS)
def test_new_codes_add_up_to_all_codes(sets: list[frozenset[str]]) -> None:
    found = saturation([(f"d{n}", codes) for n, codes in enumerate(sets)], orders=0)

    assert sum(len(step.new) for step in found.steps) == len(frozenset().union(*sets))


def test_the_table_says_when_it_was_reached_and_marks_a_draft() -> None:
    found = saturation(CODES, rule=Rule(4, 3, 5), orders=0)
    first_seen, table = saturation_tables(found, {"c20": "Late"}, is_draft=True)

    assert table.caption.startswith("DRAFT. ")
    assert "reached at document 8" in table.notes[0]
    assert [row[3] for row in table.rows][:2] == [("##########",), ("####",)]
    assert first_seen.rows[4] == (("d5",), ("Late, c21, c22",))
    assert first_seen.notes == ("3 documents brought no new code.",)


def over_orders(*, never: int, median: int | None, high: int | None) -> str:
    found = saturation(CODES, rule=Rule(4, 3, 5))
    told = replace(found, never=never, low=7, median=median, high=high)
    return saturation_tables(told, {}, is_draft=False)[1].notes[1]


@pytest.mark.parametrize(
    ("never", "median", "high", "said"),
    [
        (1000, None, None, "Reached in none of 1,000 orders of these 9 documents."),
        (
            823,
            None,
            None,
            "Reached in 177 of 1,000 orders of these 9 documents; in none of the others.",
        ),
        (
            201,
            8,
            None,
            "Reached in 799 of 1,000 orders of these 9 documents: median 8 documents, the 201 "
            "where it was not reached stand as later.",
        ),
        (
            0,
            8,
            9,
            "Reached in every one of 1,000 orders of these 9 documents: median 8 documents, "
            "middle 90 % 7 to 9.",
        ),
    ],
)
def test_a_median_is_told_only_where_half_of_the_orders_reach_it(
    never: int, median: int | None, high: int | None, said: str
) -> None:
    assert over_orders(never=never, median=median, high=high) == said


def documents() -> list[Sampled]:
    return [
        Sampled("a", "minutes", "emergent", (("kind", "minutes"), ("tier", "strategic")), True),
        Sampled("b", "minutes", "emergent", (("kind", "minutes"), ("tier", "strategic")), True),
        Sampled("c", "transcript", "emergent", (("kind", "transcript"), ("tier", "front")), False),
        Sampled("d", "transcript", "emergent", (("kind", "transcript"), ("tier", "front")), False),
        Sampled("p", "policy", "context", (("kind", "policy"),), False),
    ]


def test_thin_cells_are_those_with_fewer_than_two_documents() -> None:
    held = [
        an_incident("x", "silos", doc_id=doc_id, kind="minutes", participant="P1")
        for doc_id in "ab"
    ]
    traits = {"P1": (("tier", "strategic"),)}
    cells = sample_cells(a_codebook(a_code("silos")), held, documents(), traits)

    assert [(cell.trait, cell.documents, cell.is_thin) for cell in cells] == [
        (("kind", "minutes"), 2, False),
        (("kind", "transcript"), 0, True),
        (("tier", "front"), 0, True),
        (("tier", "strategic"), 2, False),
    ]


def test_a_code_counts_for_the_category_above_it() -> None:
    book = a_codebook(a_code("walls", kind="category"), a_code("silos", parent="walls"))
    cells = sample_cells(book, [an_incident("x", "silos", doc_id="a")], documents(), {})

    assert {cell.code_id for cell in cells} == {"walls"}


def test_what_to_read_next_says_why_and_never_names_context() -> None:
    held = [an_incident("x", "silos", doc_id="a", kind="minutes")]
    cells = sample_cells(a_codebook(a_code("silos")), held, documents(), {}, by=("tier",))
    found = read_next(cells, documents())

    assert [(one.doc_id, one.cells, one.reasons) for one in found] == [
        ("c", 1, ("tier front is thin for 1: Silos",)),
        ("d", 1, ("tier front is thin for 1: Silos",)),
    ]
