from __future__ import annotations

import re
from itertools import pairwise

import lxml.etree
import pytest

from qualcode.analysis.attendance_table import Grid, Meeting, Member
from qualcode.analysis.cases import CaseBook
from qualcode.analysis.charts.coded import case_chart, ring_order, time_chart, together_chart
from qualcode.analysis.charts.people import (
    agencies_chart,
    attendance_chart,
    saturation_chart,
    spoken_chart,
)
from qualcode.analysis.charts.values import (
    Balance,
    Bars,
    Chart,
    Continuum,
    Curve,
    Figure,
    HeatMap,
    MarkGrid,
    Network,
    Node,
    Tie,
    Timeline,
)
from qualcode.analysis.sampling.saturation import Rule, saturation
from qualcode.analysis.tables.ledger import Ledger, make_ledger
from qualcode.core.table import Column, Table
from qualcode.plugins.charts.draw import draw, draw_for_page
from qualcode.plugins.charts.ring import GAP, label_places
from tests.compare_factory import an_incident
from tests.factory import a_code, a_codebook, a_document

EMPTY = CaseBook.of(())
TABLE = Table("t", "T", (Column("n", "N"),), ())
FIGURES: tuple[Figure, ...] = (
    Continuum((Balance("Silos & $walls$", 3, 0, "absolute obstacle"),), "documents"),
    HeatMap(("Silos",), ("P01", "P02"), ((3, 0),), "segments"),
    Network((Node("Silos", 3, "obstacle"), Node("Trust", 1)), (Tie(0, 1, 2),), "turns"),
    Timeline(("Silos",), ("2025-01-01", "2025-02-01"), ((1, 2),), "segments"),
    Curve(("a", "b"), (3, 1), (3, 4), 2),
    MarkGrid(("Police, 1",), ("2025-01-01",), (("apologies",),)),
    Bars(("P01",), (40,), ("40 words",), "words"),
)


def a_chart(figure: Figure) -> Chart:
    return Chart("one", "A <title>", 'Words & "marks".', figure, TABLE)


def a_ledger() -> Ledger:
    documents = [
        a_document(doc_id="int-01", date="2025-01-01"),
        a_document(doc_id="int-02", date="2025-02-01"),
    ]
    held = [
        an_incident("one", "silos", turn=0),
        an_incident("two", "trust", start=10, turn=0, valence="catalyst"),
        an_incident("six", "silos", doc_id="int-02", participant="P02", case_id="P02"),
        an_incident("the observer", "trust", doc_id="int-02", voice="observer"),
    ]
    heard = {"int-01": ("P01",), "int-02": ("P02",)}
    codebook = a_codebook(a_code("silos", valence="obstacle"), a_code("trust"))
    return make_ledger(codebook, EMPTY, documents, held, heard=heard)


def cells(chart: Chart | None) -> list[list[str]]:
    assert chart is not None
    return [[cell[0] for cell in row] for row in chart.table.rows]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda one: type(one).__name__)
def test_a_chart_is_drawn_the_same_way_every_time(figure: Figure) -> None:
    first = draw(a_chart(figure))
    second = draw(a_chart(figure))

    assert first == second
    lxml.etree.fromstring(first)
    assert b"dc:date" not in first
    assert b"Matplotlib" not in first


def test_a_png_carries_no_program_and_no_date() -> None:
    data = draw(a_chart(FIGURES[0]), "png")

    assert data == draw(a_chart(FIGURES[0]), "png")
    assert b"Software" not in data


def test_a_drawing_in_a_page_has_its_words_its_own_ids_and_the_ink_of_the_page() -> None:
    text = draw_for_page(a_chart(FIGURES[2]))
    svg = lxml.etree.fromstring(text)
    ids = svg.xpath("//@id")

    assert svg.get("role") == "img"
    assert svg.get("aria-label") == 'A <title>. Words & "marks".'
    assert all(one.startswith("one-") for one in ids)
    assert "currentColor" in text
    assert "<metadata" not in text


def test_letters_stay_letters_and_a_dollar_begins_no_formula() -> None:
    text = draw(a_chart(FIGURES[0])).decode()

    assert re.search(r"<text[^>]*>Silos &amp; \$walls\$</text>", text)


def test_codes_by_case_counts_segments_and_leaves_the_observer_out() -> None:
    assert cells(case_chart(a_ledger(), {})) == [["Silos", "1", "1"], ["Trust", "1", "0"]]


def test_codes_in_the_same_turn_are_tied() -> None:
    chart = together_chart(a_ledger())

    assert cells(chart) == [["Silos", "Trust", "1"]]
    assert chart is not None
    assert "the strongest is Silos with Trust (1 turn)" in chart.text


def test_codes_in_time_begin_with_the_earliest() -> None:
    assert cells(time_chart(a_ledger())) == [["Silos", "1", "1"], ["Trust", "1", "0"]]


def test_without_anything_to_show_there_is_no_chart() -> None:
    empty = make_ledger(a_codebook(a_code()), EMPTY, [], [], heard={})

    assert together_chart(empty) is None
    assert time_chart(empty) is None
    assert spoken_chart(empty) is None
    assert attendance_chart(Grid((), ())) is None
    assert agencies_chart(Grid((), ())) is None
    assert saturation_chart(saturation([]), TABLE) is None


GRID = Grid(
    (Meeting("m1", "2025-01-01"), Meeting("m2", "2025-02-01")),
    (
        Member("Ann Lee", "Police", ("present", "apologies"), None),
        Member("Bo Hall", "Police", ("", "present"), "P02"),
        Member("Cy Day", "Health", ("present", "present"), None),
    ),
)


def test_attendance_names_cases_and_organisations_but_no_people() -> None:
    chart = attendance_chart(GRID)

    assert cells(chart) == [
        ["Police, 1", "present", "apologies", "1"],
        ["Police, P02", "-", "present", "1"],
        ["Health, 1", "present", "present", "2"],
    ]
    assert "Ann" not in str(chart)


def test_organisations_are_tied_by_meetings_with_both() -> None:
    assert cells(agencies_chart(GRID)) == [["Health", "Police", "2"]]


def test_the_curve_tells_where_saturation_was_reached() -> None:
    held = [("a", frozenset("xy")), ("b", frozenset("y")), ("c", frozenset("y"))]
    chart = saturation_chart(saturation(held, rule=Rule(1, 1, 0), orders=2), TABLE)

    assert chart is not None
    assert chart.figure == Curve(("a", "b", "c"), (2, 0, 0), (2, 2, 2), 2)
    assert chart.text.endswith("saturation reached at document 2.")


def test_strong_ties_stand_side_by_side_on_the_ring() -> None:
    assert ring_order([0, 1, 2, 3], [(0, 3, 9), (1, 2, 5), (2, 3, 1)]) == [3, 0, 2, 1]


def test_labels_of_a_ring_keep_their_distance() -> None:
    heights = [y for x, y in label_places([(0.1, 1 - n / 50) for n in range(9)]) if x > 0]

    assert all(a - b >= GAP - 1e-9 for a, b in pairwise(heights))
