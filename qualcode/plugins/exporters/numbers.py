"""Which columns of a table hold numbers, so that a number stays one in every format."""

from __future__ import annotations

import re

from qualcode.core.table import Cell, Table

# No leading zeros: "007" is a name. Thousands may be parted by commas, as tables print them.
_NUMBER = re.compile(r"-?(0|[1-9]\d*|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?")
NOTHING = ("", "-")
"""What stands in a cell without a value."""


def number_in(text: str) -> int | float | None:
    """The number that a cell shows, or None where it shows anything else.

    >>> number_in("1,204"), number_in("-0.5"), number_in("007"), number_in("5 of 8")
    (1204, -0.5, None, None)
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    plain = text.replace(",", "")
    return float(plain) if found.group(3) else int(plain)


def number_columns(table: Table) -> tuple[bool, ...]:
    """For each column, whether every cell is one number or empty.

    One cell at least must hold a number, unless the column has a unit and is all empty.
    """
    return tuple(
        _holds_numbers([row[place] for row in table.rows], bool(column.unit))
        for place, column in enumerate(table.columns)
    )


def _holds_numbers(cells: list[Cell], has_unit: bool) -> bool:
    values = [line for cell in cells for line in (cell or ("",))]
    if len(values) > len(cells):
        return False
    shown = [value for value in values if value not in NOTHING]
    if not shown:
        return has_unit and not any(values)
    return all(number_in(value) is not None for value in shown)


def decimals_in(text: str) -> int:
    """How many decimals a number is printed with.

    >>> decimals_in("0.50"), decimals_in("12")
    (2, 0)
    """
    return len(text.partition(".")[2])
