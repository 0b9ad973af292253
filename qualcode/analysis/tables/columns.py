"""Codings as columns of integers, and counting them at every unit in time linear in codings.

Counting rules: a stretch of text counts once per code, however many coders marked it and
however their spans overlap; a turn, a document or a participant counts once per code however
often the code stands there. The functions know nothing of texts, so that a million codings
cost a few sorts of integers.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from qualcode.core.model import Valence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.signedinteger[Any]]

T = TypeVar("T", bound=Hashable)
CountedAt = Literal["segment", "turn", "document", "participant"]
COUNTED_AT: tuple[CountedAt, ...] = ("segment", "turn", "document", "participant")
NOBODY = -1
"""Stands where nobody is heard; counted at no participant."""


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """One entry per coding that counts, in every column; all values from 0.

    `start` and `end` are offsets in the document. `turn` is the position of a turn (bullet,
    item, answer) in its document. `participant` is -1 where nobody is heard. `valence` is a
    position in WAYS, -1 for another word. `made` counts the codings behind an entry, none
    where it is a suggestion; `coders` is the number of those who made them.
    """

    code: Ints
    document: Ints
    start: Ints
    end: Ints
    turn: Ints
    participant: Ints
    valence: Ints
    made: Ints
    coders: Ints

    def __len__(self) -> int:
        return len(self.code)

    def taken(self, which: Ints | NDArray[np.bool_]) -> Columns:
        """The entries at these positions, or those that are marked."""
        return Columns(*(getattr(self, one.name)[which] for one in fields(self)))


WAYS: tuple[Valence, ...] = ("obstacle", "catalyst", "mixed", "neutral")


def positions(words: Iterable[T]) -> dict[T, int]:
    """The position of each word among them."""
    return {word: at for at, word in enumerate(words)}


def placed(words: Iterable[object], at: Mapping[Any, int]) -> Ints:
    """The position of each word, a narrow number; NOBODY where it has none."""
    import numpy as np

    return np.fromiter((at.get(word, NOBODY) for word in words), np.int32)


def looked_up(numbers: Ints, at: Ints) -> Ints:
    """The number at each of these positions; NOBODY stays NOBODY."""
    import numpy as np

    return np.append(numbers, np.int32(NOBODY))[at]


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
    line = _wide(columns.code) * length + _wide(columns.document) * width
    start = line + columns.start
    order = np.argsort(start)
    start, end = start[order], (line + columns.end)[order]
    is_first = np.ones(len(start), bool)
    is_first[1:] = start[1:] >= np.maximum.accumulate(end)[:-1]
    return _Runs(order, start, end, is_first, length)


def number_turns(columns: Columns) -> Ints:
    """For each entry a number of its turn that no turn of another document has."""
    return _wide(columns.document) * (_most(columns.turn) + 1) + columns.turn


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
    n_units = _most(units) + 1
    return _by_cell(_met((rows, cols, units), shape[1], n_units), shape, n_units)


Counted: TypeAlias = "tuple[Ints, Ints, Ints]"
"""For each entry its row, its column, and the number of the unit at which it counts."""


def crosstab_of(parts: Iterable[Counted], shape: tuple[int, int], *, shared: int = 0) -> Ints:
    """As `crosstab` for entries that come in parts.

    A number of a unit stands for another one in each part; or in all of them for the same one,
    of which there are `shared`.
    """
    import numpy as np

    none = np.zeros(shape, np.int64)
    if not shared:
        return sum((crosstab(*part, shape) for part in parts), none)
    met = [_met(part, shape[1], shared) for part in parts]
    return _by_cell(_distinct(np.concatenate(met)), shape, shared) if met else none


def _met(part: Counted, n_cols: int, n_units: int) -> Ints:
    """A number for every unit of every cell; what has -1 anywhere is left out."""
    rows, cols, units = part
    kept = (rows >= 0) & (cols >= 0) & (units >= 0)
    if not kept.all():
        rows, cols, units = rows[kept], cols[kept], units[kept]
    return _distinct((_wide(rows) * n_cols + cols) * n_units + units)


def _by_cell(met: Ints, shape: tuple[int, int], n_units: int) -> Ints:
    import numpy as np

    return np.bincount(met // max(n_units, 1), minlength=shape[0] * shape[1]).reshape(shape)


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

    within = min(within, _most(columns.turn) + 1)  # no two turns of a document are further apart
    width = _most(columns.turn) + within + 2
    turns = _wide(columns.document) * width + columns.turn
    places = _distinct(turns * n_codes + columns.code)
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
    code = _wide(columns.code[runs.order[begins]])
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


def _wide(numbers: Ints) -> Ints:
    """The numbers with room for products of them; where many are kept, they are narrow."""
    import numpy as np

    return numbers.astype(np.int64, copy=False)


def _most(numbers: Ints) -> int:
    return int(numbers.max()) if len(numbers) else -1
