"""Wide tables at terminals of 80 and 120 columns."""

from __future__ import annotations

import pytest

from qualcode.cli.narrow import folded, without_noughts
from qualcode.cli.render import print_table
from qualcode.cli.style import Style
from qualcode.core.table import Column, Table

FULL = Table(
    "pairs",
    "Pairs",
    (
        Column("number", "No."),
        Column("pair", "Id"),
        Column("obstacles", "Obstacles to interprofessional collaboration"),
        Column("catalysts", "Catalysts to interprofessional collaboration"),
        Column("lenses", "Analytic lenses"),
        Column("evidence", "Evidence: documents n/N"),
        Column("balance", "Each side"),
        Column("contested", "Contested"),
        Column("condition", "Condition"),
        Column("exemplar", "Exemplar"),
    ),
    (
        (
            ("1",),
            ("unpaired-professional-silos",),
            ("Silos",),
            ("Professionalisation",),
            ("Organisation / Profession",),
            ("interview notes 7/9", "questionnaire 1/1"),
            ("obstacle: 11 documents, 21 segments", "catalyst: 7 documents, 8 segments"),
            ("Silos: 2 documents for, 1 against",),
            ("at noon",),
            ("“Words”",),
        ),
        (("2",), ("p2",), *((("-",),) * 8)),
    ),
)


def a_matrix(*rows: tuple[int, ...]) -> Table:
    columns = (
        Column("code", "Code"),
        *(Column(f"c{n}", str(n + 1), "segments") for n in range(len(rows))),
    )
    names = [f"{n + 1}. Code {'abcdefghijklmnopqrstuvwxyz'[n]}" for n in range(len(rows))]
    cells = tuple(
        ((name,), *((str(n),) for n in row)) for name, row in zip(names, rows, strict=True)
    )
    return Table("co-occurrence", "Together", columns, cells, ("A note.",))


def test_the_full_table_of_pairs_is_a_table_at_120_columns(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    print_table(FULL, Style.TERMINAL)
    lines = capsys.readouterr().out.splitlines()

    assert lines[1].startswith("┏━")
    assert max(map(len, lines)) <= 120
    assert any("interview notes 7/9" in line for line in lines)


def test_at_80_columns_a_row_is_a_list_in_which_several_lines_begin_below_their_heading(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    print_table(FULL, Style.TERMINAL)
    lines = capsys.readouterr().out.splitlines()

    at = lines.index("Evidence: documents n/N:")
    assert lines[at - 1 : at + 6] == [
        "Analytic lenses: Organisation / Profession",
        "Evidence: documents n/N:",
        "  interview notes 7/9",
        "  questionnaire 1/1",
        "Each side:",
        "  obstacle: 11 documents, 21 segments",
        "  catalyst: 7 documents, 8 segments",
    ]


def test_what_is_contested_and_the_condition_go_below_the_obstacle() -> None:
    found = folded(FULL)

    assert [column.key for column in found.columns] == [
        *("number", "obstacles", "catalysts", "lenses", "evidence", "balance", "exemplar"),
    ]
    assert found.rows[0][1] == (
        "Silos",
        "CONTESTED: Silos: 2 documents for, 1 against",
        "when: at noon",
    )
    assert found.rows[1][1] == ("-",)


def test_a_matrix_that_is_too_wide_becomes_a_list_of_codes_that_meet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    rows = [[0] * 26 for _ in range(26)]
    rows[1][1], rows[0][2], rows[2][0] = 9, 3, 3
    print_table(a_matrix(*map(tuple, rows)), Style.TERMINAL)
    out = capsys.readouterr().out

    assert out.count("Code") == 3
    assert "1. Code a │ 3. Code c │ 3" in out
    assert "Only codes that occur together are listed" in out


def test_codes_that_meet_stand_once_unless_the_two_ways_differ() -> None:
    once = without_noughts(a_matrix((5, 1, 2), (1, 5, 0), (2, 0, 5)))
    both = without_noughts(a_matrix((5, 1), (3, 5)))

    assert [row[2] for row in once.rows] == [("2",), ("1",)]
    assert [(row[0][0][0], row[2][0]) for row in both.rows] == [("2", "3"), ("1", "1")]


def test_other_tables_are_left_as_they_are() -> None:
    table = Table("pairs", "Pairs", (Column("pair", "Id"), Column("condition", "When")), ())

    assert folded(table) is without_noughts(table) is table
