"""Widths of columns on a page, in LaTeX and Word."""

from __future__ import annotations

from qualcode.core.table import Column, Table
from qualcode.plugins.exporters.shares import shares

KEYS = ("number", "pair", "obstacles", "catalysts", "lenses", "evidence", "balance", "exemplar")
SIGNS_ACROSS = 170
"""Signs in the smallest type on a page that lies on its side."""


def full_table(pair: str = "p1", exemplar: str = "“Words” " * 20) -> Table:
    row = (
        ("1",),
        (pair,),
        ("No personal involvement in the aims",),
        ("Late or no specialised training", "Experience of working closely with others"),
        ("Organisation / Profession",),
        ("interview notes 7/9", "questionnaire 1/1"),
        ("obstacle: 11 documents, 21 segments", "catalyst: 7 documents, 8 segments"),
        (exemplar, "(Chair; interview notes)"),
        (
            "Professional silos: 11 documents for, 3 against",
            "Buffer organisations: 6 for, 1 against",
        ),
    )
    columns = tuple(Column(key, key.capitalize()) for key in (*KEYS, "contested"))
    return Table("pairs", "Pairs", columns, (row,))


def width(table: Table, key: str) -> float:
    """How many signs of a page on its side a column has room for."""
    at = [column.key for column in table.columns].index(key)
    return shares(table)[at] * SIGNS_ACROSS


def test_a_short_id_gets_a_narrow_column() -> None:
    assert width(full_table(), "pair") < 8


def test_a_long_id_is_broken_behind_its_hyphens() -> None:
    assert width(full_table("unpaired-year-7-class"), "pair") < 17


def test_lines_of_the_evidence_are_not_broken() -> None:
    assert width(full_table(), "evidence") >= len("interview notes 7/9")


def test_a_column_with_more_text_is_wider() -> None:
    short, long = (
        width(full_table(exemplar=one), "exemplar") for one in ("word " * 5, "word " * 60)
    )

    assert long > short + 10


def test_shares_fill_the_page_even_where_nothing_is_longer_than_a_word() -> None:
    table = Table("t", "T", (Column("a", "A"), Column("b", "Bee")), ((("x",), ("yes",)),))

    assert shares(table) == (4 / 10, 6 / 10)
    assert round(sum(shares(full_table())), 9) == 1
