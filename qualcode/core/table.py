"""A table as a value: computed once, then printed in any format with the same numbers."""

from __future__ import annotations

from dataclasses import dataclass

Cell = tuple[str, ...]
"""The lines of one cell; most cells have one line."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its `key` names it in CSV and JSON, its `title` heads it for readers.

    `unit` says what its numbers count ("documents"); "" for words.
    """

    key: str
    title: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells below columns, with a caption above and notes below."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
