from __future__ import annotations

import csv
import io

from qualcode.core.table import Column, Table
from qualcode.plugins.exporters.csv_table import csv_lines, csv_parts
from qualcode.plugins.registry import load_exporter

TABLE = Table(
    "pairs",
    "Pairs",
    (Column("number", "No."), Column("says", "What | it says")),
    (
        (("1",), ("one *line*", "<b>two</b>")),
        (("2",), ("=HYPERLINK(1)",)),
    ),
    ("A note.",),
)


def test_csv_gives_back_the_same_cells() -> None:
    text = load_exporter("csv")(TABLE).decode()

    assert list(csv.reader(io.StringIO(text))) == [
        ["number", "says"],
        ["1", "one *line*\n<b>two</b>"],
        ["2", "'=HYPERLINK(1)"],
    ]


def test_csv_leaves_numbers_as_they_are() -> None:
    assert csv_lines([["-2", "+x", "@me", "- dash"]]) == "-2,'+x,'@me,'- dash\n"


def test_many_rows_are_the_same_lines_part_by_part() -> None:
    parts = list(csv_parts([str(number), "=1"] for number in range(501)))

    assert [part.count(b"\n") for part in parts] == [500, 1]
    assert parts[1] == b"500,'=1\n"


def test_markdown_makes_markup_plain() -> None:
    lines = load_exporter("markdown")(TABLE).decode().splitlines()

    assert lines[0] == "**Pairs**"
    assert lines[2] == r"| No. | What \| it says |"
    assert lines[4] == r"| 1 | one \*line\*<br>\<b\>two\</b\> |"
    assert lines[-1] == "- A note."


def test_html_escapes_every_cell_and_asks_for_nothing() -> None:
    page = load_exporter("html")(TABLE).decode()

    assert "&lt;b&gt;two&lt;/b&gt;" in page
    assert "http" not in page


def test_plain_has_no_boxes_and_no_escape_codes() -> None:
    text = load_exporter("plain")(TABLE).decode()

    assert text == (
        "Pairs\n\n"
        "No.: 1\nWhat | it says: one *line*\n  <b>two</b>\n\n"
        "No.: 2\nWhat | it says: =HYPERLINK(1)\n\n"
        "A note.\n"
    )
