"""Values as compressed columns of JSON, and back; nothing in them can be run.

The fields of many values are packed as one list for each field, so that the work is done by
loops of the interpreter's own and not by a call for each value.
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


@dataclass(frozen=True, slots=True)
class _Plan:
    """How the values of a class become something that JSON takes, all at once, and back."""

    to_plain: Callable[[Values], Any]
    from_plain: Callable[[Any], Values]


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
    plain = _plan(cast("Any", kind)).to_plain(values)
    return zlib.compress(json.dumps(plain, ensure_ascii=False).encode(), FAST)


def _unpack(kind: type[T], data: bytes) -> Sequence[T]:
    return _plan(cast("Any", kind)).from_plain(json.loads(zlib.decompress(data)))


@lru_cache(maxsize=256)
def _plan(kind: Any) -> _Plan:
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (inner,) = (one for one in inside if one is not types.NoneType)
        found = _plan(inner)
        return found if found in (_PLAIN, _WORDS) else _of_optional(found)
    if origin is tuple and inside[1:] == (Ellipsis,):
        inner = _plan(inside[0])
        found = _TUPLES if inner in (_PLAIN, _WORDS) else _of_tuples(inner)
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
    """Where most values come again and again, each of them once and the place of each."""

    def to_plain(values: Values) -> list[Any]:
        distinct = list(dict.fromkeys(values))
        if 2 * len(distinct) > len(values):
            return [inner.to_plain(values)]
        at = {value: place for place, value in enumerate(distinct)}
        return [inner.to_plain(distinct), list(map(at.__getitem__, values))]

    def from_plain(plain: list[Any]) -> Values:
        found = inner.from_plain(plain[0])
        return list(map(found.__getitem__, plain[1])) if plain[1:] else found

    return _Plan(to_plain, from_plain)


_PLAIN = _Plan(lambda values: values, lambda plain: cast("Values", plain))
_WORDS = _of_repeated(_PLAIN)
_TUPLES = _Plan(lambda values: values, lambda plain: list(map(tuple, plain)))


def _of_fields(
    parts: tuple[tuple[Callable[[Any], Any], _Plan], ...], make: Callable[..., Any]
) -> _Plan:
    """Values that have the same fields: a column for each."""

    def to_plain(values: Values) -> list[Any]:
        return [plan.to_plain(list(map(get, values))) for get, plan in parts]

    def from_plain(plain: list[Any]) -> Values:
        columns = [plan.from_plain(one) for (_, plan), one in zip(parts, plain, strict=True)]
        if len(set(map(len, columns))) != 1:
            raise ValueError("the columns of a class do not have the same length")
        return list(make(*columns))

    return _Plan(to_plain, from_plain)


def _of_optional(inner: _Plan) -> _Plan:
    """For each value whether there is one, then a column of those that are."""

    def to_plain(values: Values) -> list[Any]:
        there = [value is not None for value in values]
        return [there, inner.to_plain([value for value in values if value is not None])]

    def from_plain(plain: list[Any]) -> Values:
        there, found = plain
        values = iter(inner.from_plain(found))
        return [next(values, None) if is_there else None for is_there in there]

    return _Plan(to_plain, from_plain)


def _of_tuples(inner: _Plan) -> _Plan:
    """How many values each tuple has, then a column of all of them."""

    def to_plain(values: Values) -> list[Any]:
        return [list(map(len, values)), inner.to_plain(list(chain.from_iterable(values)))]

    def from_plain(plain: list[Any]) -> Values:
        lengths, found = plain
        values = iter(inner.from_plain(found))
        return [tuple(islice(values, length)) for length in lengths]

    return _Plan(to_plain, from_plain)
