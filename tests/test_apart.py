"""Cells of several numbers in the formats for programs: each number in a column of its own."""

from __future__ import annotations

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from qualcode.cli.render import table_as_json
from qualcode.core.table import Column, Table
from qualcode.plugins.exporters.apart import numbers_apart
from qualcode.plugins.registry import load_exporter

TABLE = Table(
    "codes",
    "Codes",
    (
        Column("code", "Code"),
        Column("documents", "Documents (n of N)", "documents"),
        Column("minutes", "minutes (N = 6)", "documents"),
        Column("police", "Police", "segments"),
        Column("note", "Note"),
    ),
    (
        (
            ("Silos",),
            ("9 of 1,026 (1 %)",),
            ("3 of 6", "1 segment"),
            ("0 well, 1 badly",),
            ("5 of 8",),
        ),
        (("Trust",), ("0 of 1,026 (0 %)",), ("-",), ("-",), ("1 of 8",)),
    ),
)
KEYS = [
    *("code", "documents", "documents_of", "minutes", "minutes_of", "minutes_segments"),
    *("police_well", "police_badly", "note"),
]
SILOS = ["Silos", 9, 1026, 3, 6, 1, 0, 1, "5 of 8"]
TRUST = ["Trust", 0, 1026, None, None, None, None, None, "1 of 8"]


def test_json_gives_every_number_as_a_number_under_a_key_of_its_own() -> None:
    rows = json.loads(load_exporter("json")(TABLE))["rows"]

    assert list(rows[0]) == KEYS
    assert [list(row.values()) for row in rows] == [SILOS, TRUST]


@pytest.mark.parametrize(("name", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_csv_and_tsv_give_the_same_numbers(name: str, delimiter: str) -> None:
    text = load_exporter(name)(TABLE).decode()
    head, *rows = csv.reader(io.StringIO(text), delimiter=delimiter)

    assert head == KEYS
    assert rows == [["" if one is None else str(one) for one in row] for row in (SILOS, TRUST)]


def test_a_workbook_gives_the_same_numbers_below_titles_that_say_which() -> None:
    sheet = load_workbook(io.BytesIO(load_exporter("xlsx")(TABLE))).worksheets[0]
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=3)]

    assert head[1:4] == ["Documents", "Documents: of", "minutes (N = 6)"]
    assert rows == [SILOS, TRUST]


def test_a_reader_of_markdown_still_sees_n_of_n() -> None:
    assert "9 of 1,026 (1 %)" in load_exporter("markdown")(TABLE).decode()


@pytest.mark.parametrize("other", ["5", "most of 8", "5 of 8, 3 of 4", "1 segment"])
def test_a_column_whose_cells_differ_is_left_whole(other: str) -> None:
    columns = (Column("a", "A", "documents"),)
    table = Table("t", "T", columns, ((("5 of 8",),), ((other,),)))

    assert numbers_apart(table) == table


def test_no_two_columns_get_the_same_key() -> None:
    columns = (Column("a", "A", "rows"), Column("a_of", "Other"))
    table = Table("t", "T", columns, ((("5 of 8",), ("x",)),))

    assert [column.key for column in numbers_apart(table).columns] == ["a", "a_of_", "a_of"]


def test_a_span_and_a_spread_are_taken_apart() -> None:
    columns = tuple(Column(key, key, "steps") for key in ("median", "middle", "mean"))
    rows = ((("2.5 (1.2 to 3.8)",), ("1.2 to 3.8",), ("2.7 (1.6)",)), (("-",),) * 3)
    found = numbers_apart(Table("t", "T", columns, rows))

    assert [column.key for column in found.columns] == [
        *("median", "median_from", "median_to", "middle_from", "middle_to", "mean", "mean_sd"),
    ]
    assert {column.unit for column in found.columns} == {"steps"}
    assert found.rows == (
        (("2.5",), ("1.2",), ("3.8",), ("1.2",), ("3.8",), ("2.7",), ("1.6",)),
        (("",),) * 7,
    )


def test_a_list_printed_as_json_has_its_counts_as_numbers_and_its_words_as_words() -> None:
    columns = (Column("id", "Id"), Column("words", "Words", "words"))
    table = Table("t", "T", columns, ((("7",), ("1,204",)), (("8",), ("-",))))

    assert table_as_json(table) == [{"id": "7", "words": 1204}, {"id": "8", "words": None}]
