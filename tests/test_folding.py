"""What a person reads at a terminal ends its lines between words, and wastes none of them."""

from __future__ import annotations

import io

import pytest

from qualcode.cli.exit import tell
from qualcode.cli.folding import fold_for
from qualcode.cli.render import print_table
from qualcode.cli.style import Style
from qualcode.core.problems import P, problem
from qualcode.core.table import Column, Table


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "41")
    monkeypatch.setenv("LINES", "24")


def a_table(*rows: str) -> Table:
    return Table("t", "A table", (Column("a", "Words"),), tuple(((row,),) for row in rows))


def test_a_terminal_gets_lines_of_whole_words_with_their_indent() -> None:
    assert fold_for(_Terminal(), "  Now: somebody with no text of their own to defend") == (
        "  Now: somebody with no text of their\n    own to defend"
    )


def test_what_is_not_a_terminal_gets_the_line_as_it_is() -> None:
    line = "  Now: somebody with no text of their own to defend"

    assert fold_for(io.StringIO(), line) == line


def test_problems_are_folded_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = _Terminal()
    monkeypatch.setattr("sys.stderr", stream)
    tell([problem(P.EMPTY_MEMO)])

    assert stream.getvalue() == (
        "Q135 the memo has no words. Nothing was\n  kept. Write what you want to keep.\n"
    )


def test_rows_of_one_line_stand_without_rules_between_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_table(a_table("one", "two", "three"), Style.TERMINAL)
    lines = capsys.readouterr().out.splitlines()

    assert len(lines) == 8
    assert not any(line.startswith("├") for line in lines)


def test_rows_of_several_lines_are_set_apart(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(a_table("one", "many words that do not stand in one line of it"), Style.TERMINAL)

    assert any(line.startswith("├") for line in capsys.readouterr().out.splitlines())
