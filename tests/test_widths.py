"""Widths: of a terminal, of words in it, and boxes that keep to both."""

from __future__ import annotations

import pytest

from qualcode.cli.render import print_table
from qualcode.cli.style import Style
from qualcode.cli.widths import column_widths, columns_of, terminal_width
from qualcode.core.table import Column, Table


def drawn(
    capsys: pytest.CaptureFixture[str], *rows: tuple[str, ...], title: str = "What"
) -> list[str]:
    columns = (Column("what", title), Column("n", "n"))
    cells = tuple(tuple((cell,) for cell in row) for row in rows)
    print_table(Table("t", "Found [P07]", columns, cells), Style.TERMINAL)
    return capsys.readouterr().out.splitlines()


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "97")


def test_columns_are_as_wide_as_their_letters() -> None:
    assert column_widths([["質的"], ["a b"]], 7) == (4, 3)


def test_the_width_is_what_the_environment_says() -> None:
    assert terminal_width() == 97


def test_letters_of_double_width_keep_the_edge_straight(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = drawn(capsys, ("信頼", "2"), ("trust", "10"))[1:]

    assert "信頼" in lines[3]
    assert len({columns_of(line) for line in lines}) == 1


def test_brackets_in_captions_and_titles_are_words(capsys: pytest.CaptureFixture[str]) -> None:
    lines = drawn(capsys, ("trust", "2"), title="Who [b]")

    assert lines[0].strip() == "Found [P07]"
    assert "Who [b]" in lines[2]
