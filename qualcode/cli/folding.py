"""Long lines folded between two words, where a person reads them at a terminal."""

from __future__ import annotations

from typing import TextIO

from qualcode.cli.widths import terminal_width

NARROWEST = 30
"""Columns below which lines are no longer made shorter."""
HANG = 2
"""Columns by which further lines are indented."""


def fold(text: str, *, first: str = "", rest: str = " " * HANG) -> str:
    """The text in lines of whole words as wide as the terminal, behind these indents."""
    from textwrap import fill  # problems are rare

    return fill(
        text,
        max(terminal_width() - 1, NARROWEST),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def fold_for(stream: TextIO, line: str) -> str:
    """A line as it may go to the stream: folded at a terminal, as it is elsewhere."""
    if not stream.isatty() or not line.strip():
        return line
    indent = line[: len(line) - len(line.lstrip())]
    return fold(line.lstrip(), first=indent, rest=indent + " " * HANG)
