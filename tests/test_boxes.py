"""Tables in boxes: lines, folding, letters of double width, and what a terminal can show."""

from __future__ import annotations

import io

import pytest

from qualcode.cli.boxes import Pen, boxed, wrapped
from qualcode.cli.widths import column_widths, columns_of, terminal_width


class Screen(io.StringIO):
    """A terminal that knows this encoding."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def isatty(self) -> bool:
        return True


def drawn(pen: Pen, *rows: tuple[str, ...], is_tall: bool = False) -> str:
    return "\n".join(boxed(pen, ("What", "n"), rows, (8, 2), is_tall=is_tall))


PLAIN = Pen(Pen.of(Screen("utf-8")).lines, is_styled=False)


def test_a_table_has_a_heavy_head_and_light_rows() -> None:
    assert drawn(PLAIN, ("trust", "2"), ("silos", "10")) == (
        "┏━━━━━━━━━━┳━━━━┓\n"
        "┃ What     ┃ n  ┃\n"
        "┡━━━━━━━━━━╇━━━━┩\n"
        "│ trust    │ 2  │\n"
        "│ silos    │ 10 │\n"
        "└──────────┴────┘"
    )


def test_tall_rows_are_set_apart_and_cells_folded_between_words() -> None:
    lines = drawn(PLAIN, ("trust at work", "2"), ("silos", "1"), is_tall=True).split("\n")

    assert lines[3:7] == [
        "│ trust at │ 2  │",
        "│ work     │    │",
        "├──────────┼────┤",
        "│ silos    │ 1  │",
    ]


def test_a_stream_without_such_lines_gets_plain_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")

    assert drawn(Pen.of(Screen("latin-1")), ("trust", "2")) == (
        "+---------------+\n"
        "| What     | n  |\n"
        "|----------+----|\n"
        "| trust    | 2  |\n"
        "+---------------+"
    )


@pytest.mark.parametrize(("term", "title"), [("xterm", "\x1b[1m n  \x1b[0m"), ("dumb", " n  ")])
def test_titles_are_bold_where_the_terminal_knows_it(
    term: str, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("os.name", "posix")
    line = drawn(Pen.of(Screen("utf-8")), ("trust", "2")).split("\n")[1]

    assert line.split("┃")[2] == title


def test_letters_of_double_width_keep_the_edge_straight() -> None:
    line = drawn(PLAIN, ("信頼", "2")).split("\n")[3]

    assert line == "│ 信頼     │ 2  │"
    assert columns_of(line) == 17


def test_brackets_are_words_and_control_characters_are_left_out() -> None:
    assert wrapped("[bold]a\x1b[31m b", 40) == ["[bold]a[31m b"]


def test_columns_are_as_wide_as_their_letters() -> None:
    assert column_widths([["質的"], ["a b"]], 7) == (4, 3)


def test_the_width_is_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "97")

    assert terminal_width() == 97
