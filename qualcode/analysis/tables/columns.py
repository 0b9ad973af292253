"""Codings as columns of integers, and counting them at every unit in time linear in codings.

Counting rules: a stretch of text counts once per code, however many coders marked it and
however their spans overlap; a turn, a document or a participant counts once per code however
often the code stands there. The functions know nothing of texts, so that a million codings
cost a few sorts of integers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]

CountedAt = Literal["segment", "turn", "document", "participant"]
COUNTED_AT: tuple[CountedAt, ...] = ("segment", "turn", "document", "participant")
NOBODY = -1
"""Stands where nobody is heard; counted at no participant."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """One entry per coding that counts, in every column; all values from 0.

    `start` and `end` are offsets in the document. `turn` is the position of a turn (bullet,
    item, answer) in its document. `participant` is -1 where nobody is heard.
    """

    code: Ints
    document: Ints
    start: Ints
    end: Ints
    turn: Ints
    participant: Ints

    def __len__(self) -> int:
        return len(self.code)


def number_segments(columns: Columns) -> Ints:
    """For each entry the number of its segment: a stretch with one code in one document.

    Spans of the same code that overlap are one segment; those that only touch are two.
    Numbers run from 0 by code, document and place.
    """
    import numpy as np

    runs = _runs(columns)
    numbers = np.empty(len(columns), np.int64)
    numbers[runs.order] = np.cumsum(runs.is_first) - 1
    return numbers


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """Entries by code and place; `is_first` where a segment begins.

    `start` and `end` are as if all documents stood one after another on one long line, and one
    such line for each code after that of the code before.
    """

    order: Ints
    start: Ints
    end: Ints
    is_first: NDArray[np.bool_]
    length: int


def _runs(columns: Columns) -> _Runs:
    import numpy as np

    width = _most(columns.end) + 1
    length = width * (_most(columns.document) + 1)
    line = columns.code * length + columns.document * width
    start = line + columns.start
    order = np.argsort(start)
    start, end = start[order], (line + columns.end)[order]
    is_first = np.ones(len(start), bool)
    is_first[1:] = start[1:] >= np.maximum.accumulate(end)[:-1]
    return _Runs(order, start, end, is_first, length)


def number_turns(columns: Columns) -> Ints:
    """For each entry a number of its turn that no turn of another document has."""
    return columns.document * (_most(columns.turn) + 1) + columns.turn


def units_at(columns: Columns, unit: CountedAt) -> Ints:
    """For each entry the number of the unit at which it counts, -1 where at none."""
    match unit:
        case "segment":
            return number_segments(columns)
        case "turn":
            return number_turns(columns)
        case "document":
            return columns.document
        case "participant":
            return columns.participant


def crosstab(rows: Ints, cols: Ints, units: Ints, shape: tuple[int, int]) -> Ints:
    """How many distinct units stand in each cell; entries with -1 anywhere count nowhere."""
    import numpy as np

    kept = (rows >= 0) & (cols >= 0) & (units >= 0)
    if not kept.all():
        rows, cols, units = rows[kept], cols[kept], units[kept]
    cells = rows * shape[1] + cols
    n_units = _most(units) + 1
    found = _distinct(cells * n_units + units)
    return np.bincount(found // n_units, minlength=shape[0] * shape[1]).reshape(shape)


def together_in_segment(columns: Columns, n_codes: int) -> Ints:
    """How many stretches carry both codes, for every two; on the diagonal, those of one code.

    A stretch that carries both is what the overlapping segments of the two codes cover
    together; the table is the same on both sides of its diagonal.
    """
    import numpy as np

    code, start, end = _segments(columns)
    own = np.bincount(code, minlength=n_codes)
    first, second = _overlapping(start, end)
    apart = code[first] != code[second]
    first, second = first[apart], second[apart]
    edges = _matrix(code[first], code[second], n_codes)
    # the segments of one code never overlap each other, so that those of two codes overlap in
    # chains without a circle, and a chain of n segments has n - 1 overlaps: count both
    ends = np.concatenate((first * n_codes + code[second], second * n_codes + code[first]))
    linked = _distinct(ends)
    touching = _matrix(code[linked // n_codes], linked % n_codes, n_codes)
    return touching + touching.T - edges - edges.T + np.diag(own)


def together_in_turn(columns: Columns, n_codes: int, *, within: int = 0) -> Ints:
    """Turns of the row's code with the column's code at most `within` turns away.

    With 0, in the same turn, and the table is the same on both sides of its diagonal; on the
    diagonal, the turns of one code.
    """
    import numpy as np

    width = _most(columns.turn) + within + 2
    places = _distinct((columns.document * width + columns.turn) * n_codes + columns.code)
    turn, code = places // n_codes, places % n_codes
    low = np.searchsorted(turn, turn - within, "left")
    high = np.searchsorted(turn, turn + within, "right")
    first, second = _expanded(low, high)
    near = _distinct(first * n_codes + code[second])
    return _matrix(code[near // n_codes], near % n_codes, n_codes)


def _matrix(rows: Ints, cols: Ints, n: int) -> Ints:
    """How often each row meets each column."""
    import numpy as np

    return np.bincount(rows * n + cols, minlength=n * n).reshape(n, n)


def _segments(columns: Columns) -> tuple[Ints, Ints, Ints]:
    """Code, start and end of every segment, by start, on one line that all codes share."""
    import numpy as np

    runs = _runs(columns)
    if not len(runs.order):
        return runs.order, runs.start, runs.end
    begins = np.flatnonzero(runs.is_first)
    code = columns.code[runs.order[begins]]
    start = runs.start[begins] - code * runs.length
    end = np.maximum.reduceat(runs.end, begins) - code * runs.length
    order = np.argsort(start)
    return code[order], start[order], end[order]


def _overlapping(start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Every two positions whose stretches overlap; stretches by start, the earlier one first."""
    import numpy as np

    low = np.arange(1, len(start) + 1)
    high = np.searchsorted(start, end, "left")
    return _expanded(low, np.maximum(low, high))


def _expanded(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Every position with every one from its `low` up to, and without, its `high`."""
    import numpy as np

    many = high - low
    first = np.repeat(np.arange(len(low)), many)
    before = np.cumsum(many) - many
    second = np.arange(len(first)) - np.repeat(before, many) + np.repeat(low, many)
    return first, second


def _distinct(numbers: Ints) -> Ints:
    """The numbers in order, each once."""
    import numpy as np

    ordered = np.sort(numbers)
    fresh = np.ones(len(ordered), bool)
    fresh[1:] = ordered[1:] != ordered[:-1]
    return ordered[fresh]


def _most(numbers: Ints) -> int:
    return int(numbers.max()) if len(numbers) else -1
