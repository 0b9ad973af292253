"""Values as compressed columns, and back; nothing in them can be run.

The fields of many values are packed as one list for each field, so that the work is done by
loops of the interpreter's own and not by a call for each value. What is no word becomes JSON;
all words stand behind it as they are, for to write and read them as JSON takes long.
"""

from __future__ import annotations

import json
import types
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from functools import lru_cache, partial
from itertools import chain, islice
from operator import attrgetter, itemgetter
from typing import (
    Any,
    Generic,
    Literal,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

T = TypeVar("T")
FAST = 1
"""A quarter of the size at little cost; harder pressing saves little more."""
TOGETHER = 100
"""Values of a pile that are packed together."""
Values = Sequence[Any]
"""Values of one class."""
_BETWEEN = "\x1f"
"""Parts words from each other; hardly anybody writes it."""
_LETTERS = range(ord("0"), 0xD800)
"""Each stands for one of the values that a column has again and again."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the values of a class become something that JSON takes, all at once, and back.

    Their words are added to a list, and taken from its beginning in the same order.
    """

    to_plain: Callable[[Values, list[str]], Any]
    from_plain: Callable[[Any, Iterator[str]], Values]


def pack(value: T) -> bytes:
    """A value as bytes, smaller and faster than its fields by name; `unpack` gives it back.

    It is a dataclass of words, numbers, tuples, mappings and dataclasses.
    """
    return _pack(type(value), (value,))


def unpack(kind: type[T], data: bytes) -> T:
    """The value of this class that `pack` turned into bytes.

    Raises:
        ValueError, TypeError or zlib.error where the bytes are no such value.

    >>> from qualcode.core.model import Span
    >>> unpack(Span, pack(Span(3, 9)))
    Span(start=3, end=9)
    """
    (value,) = _unpack(kind, data)
    return value


@dataclass(slots=True)
class Pile(Generic[T]):
    """Values of one class in their order, which need little room: they are kept packed.

    Whoever goes through them gets values made anew.
    """

    kind: type[T]
    _packed: list[bytes] = field(default_factory=list)
    _loose: list[T] = field(default_factory=list)

    def add(self, value: T) -> None:
        """Puts a value last."""
        self._loose.append(value)
        if len(self._loose) == TOGETHER:
            self._packed.append(_pack(self.kind, self._loose))
            self._loose.clear()

    def __len__(self) -> int:
        return len(self._packed) * TOGETHER + len(self._loose)

    def __iter__(self) -> Iterator[T]:
        for data in self._packed:
            yield from _unpack(self.kind, data)
        yield from self._loose


def _pack(kind: type[T], values: Sequence[T]) -> bytes:
    words: list[str] = []
    plain = _plan(cast("Any", kind)).to_plain(values, words)
    joined = _BETWEEN.join(words)
    is_clear = joined.count(_BETWEEN) < max(1, len(words))
    listed, joined = ([], joined) if is_clear else (words, "")
    head = json.dumps([plain, listed], ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(f"{head}\n{joined}".encode(), FAST)


def _unpack(kind: type[T], data: bytes) -> Sequence[T]:
    head, _, joined = zlib.decompress(data).decode().partition("\n")
    plain, listed = json.loads(head)
    words = iter(listed or joined.split(_BETWEEN))
    return _plan(cast("Any", kind)).from_plain(plain, words)


@lru_cache(maxsize=256)
def _plan(kind: Any) -> _Plan:
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (inner,) = (one for one in inside if one is not types.NoneType)
        found = _plan(inner)
        return found if found is _PLAIN else _of_optional(found)
    if origin is tuple and inside[1:] == (Ellipsis,):
        inner = _plan(inside[0])
        found = _TUPLES if inner is _PLAIN else _of_tuples(inner)
        return _of_repeated(found) if inner is _WORDS else found
    if origin is tuple:
        gets = map(itemgetter, range(len(inside)))
        return _of_fields(tuple(zip(gets, map(_plan, inside), strict=True)), zip)
    if isinstance(kind, type) and is_dataclass(kind):
        hints, names = get_type_hints(kind), [one.name for one in fields(kind)]
        parts = tuple((attrgetter(name), _plan(hints[name])) for name in names)
        return _of_fields(parts, partial(_made, kind, names))
    return _WORDS if kind is str or origin is Literal else _PLAIN


def _made(kind: type, names: list[str], *columns: Values) -> Values:
    """Values of a class, one field of all of them after the other.

    Making them one by one, as the class does, takes three times as long.
    """
    if not hasattr(kind, "__slots__") or hasattr(kind, "__post_init__"):
        return list(map(kind, *columns))
    made: list[Any] = [object.__new__(kind) for _ in columns[0]]
    for name, column in zip(names, columns, strict=True):
        deque(map(getattr(kind, name).__set__, made, column), maxlen=0)
    return made


def _of_repeated(inner: _Plan) -> _Plan:
    """Where most values come again and again, each of them once, and a word of their letters."""

    def to_plain(values: Values, words: list[str]) -> list[Any]:
        distinct = list(dict.fromkeys(values))
        if 2 * len(distinct) > len(values) or len(distinct) > len(_LETTERS):
            return [inner.to_plain(values, words)]
        letters = dict(zip(distinct, map(chr, _LETTERS), strict=False))
        words.append("".join(map(letters.__getitem__, values)))
        return [inner.to_plain(distinct, words), True]

    def from_plain(plain: list[Any], words: Iterator[str]) -> Values:
        if not plain[1:]:
            return inner.from_plain(plain[0], words)
        written = next(words, "")
        values = dict(zip(map(chr, _LETTERS), inner.from_plain(plain[0], words), strict=False))
        return list(map(values.__getitem__, written))

    return _Plan(to_plain, from_plain)


def _shared(values: Values) -> list[Any]:
    """What JSON takes as it is; where all values are the same, one of them and their number."""
    # the ends rule nearly everything out before all are looked at
    if len(values) > 1 and values[0] == values[-1] and values.count(values[0]) == len(values):
        return [values[:1], len(values)]
    return [values]


def _spread(plain: list[Any]) -> Values:
    values, *number = plain
    return values * number[0] if number else cast("Values", values)


def _add_words(values: Values, words: list[str]) -> int:
    words.extend(values)
    return len(values)


_PLAIN = _Plan(lambda values, _: _shared(values), lambda plain, _: _spread(plain))
_TUPLES = _Plan(lambda values, _: values, lambda plain, _: list(map(tuple, plain)))
_WORDS = _of_repeated(_Plan(_add_words, lambda number, words: list(islice(words, number))))


def _of_fields(
    parts: tuple[tuple[Callable[[Any], Any], _Plan], ...], make: Callable[..., Any]
) -> _Plan:
    """Values that have the same fields: a column for each."""

    def to_plain(values: Values, words: list[str]) -> list[Any]:
        found = parts if values else ()  # often there are none
        return [plan.to_plain(list(map(get, values)), words) for get, plan in found]

    def from_plain(plain: list[Any], words: Iterator[str]) -> Values:
        if not plain:
            return []
        columns = [plan.from_plain(one, words) for (_, plan), one in zip(parts, plain, strict=True)]
        if len(set(map(len, columns))) != 1:
            raise ValueError("the columns of a class do not have the same length")
        return list(make(*columns))

    return _Plan(to_plain, from_plain)


def _of_optional(inner: _Plan) -> _Plan:
    """For each value whether there is one, then a column of those that are."""

    def to_plain(values: Values, words: list[str]) -> list[Any]:
        there = [value is not None for value in values]
        found = [value for value in values if value is not None]
        return [_shared(there), inner.to_plain(found, words)]

    def from_plain(plain: list[Any], words: Iterator[str]) -> Values:
        values = iter(inner.from_plain(plain[1], words))
        return [next(values, None) if is_there else None for is_there in _spread(plain[0])]

    return _Plan(to_plain, from_plain)


def _of_tuples(inner: _Plan) -> _Plan:
    """How many values each tuple has, then a column of all of them."""

    def to_plain(values: Values, words: list[str]) -> list[Any]:
        lengths = list(map(len, values))
        held = list(chain.from_iterable(values))
        return [_shared(lengths), inner.to_plain(held, words)]

    def from_plain(plain: list[Any], words: Iterator[str]) -> Values:
        values = iter(inner.from_plain(plain[1], words))
        return [tuple(islice(values, length)) for length in _spread(plain[0])]

    return _Plan(to_plain, from_plain)
