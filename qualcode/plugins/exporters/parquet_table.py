"""Tables as Parquet, for R and pandas; needs pyarrow, which is not installed by itself."""

from __future__ import annotations

import io
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.table import Table
from qualcode.plugins.exporters.apart import numbers_apart
from qualcode.plugins.exporters.numbers import NOTHING, number_columns, number_in


@dataclass(frozen=True, slots=True)
class ParquetExporter:
    """Columns of numbers as numbers, with nulls where there is none; all others as text.

    Cells of several numbers are taken apart.

    Raises:
        QualcodeError: PARQUET_MISSING where pyarrow is not installed.
    """

    name: str = "parquet"
    version: str = "1"
    suffix: str = ".parquet"

    def __call__(self, table: Table, /) -> bytes:
        try:
            arrow: Any = import_module("pyarrow")
            parquet: Any = import_module("pyarrow.parquet")
        except ImportError:
            raise QualcodeError(problem(P.PARQUET_MISSING)) from None
        table = numbers_apart(table)
        numbers = number_columns(table)
        columns = [
            _numbers(arrow, texts) if is_number else arrow.array(texts, arrow.string())
            for is_number, texts in zip(numbers, _texts(table), strict=True)
        ]
        made = arrow.table(columns, names=[column.key for column in table.columns])
        buffer = io.BytesIO()
        parquet.write_table(made, buffer, compression="zstd")
        return buffer.getvalue()


def _texts(table: Table) -> list[list[str]]:
    places = range(len(table.columns))
    return [["\n".join(row[place]) for row in table.rows] for place in places]


def _numbers(arrow: Any, texts: list[str]) -> Any:
    values = [None if text in NOTHING else number_in(text) for text in texts]
    has_decimals = any(isinstance(value, float) for value in values)
    return arrow.array(values, arrow.float64() if has_decimals else arrow.int64())


exporter = ParquetExporter()
