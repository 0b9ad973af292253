"""Values as compressed lists of JSON, and back; nothing in them can be run."""

from __future__ import annotations

import json
import types
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
FAST = 1
"""A quarter of the size at little cost; harder pressing saves little more."""
_Change = Callable[[Any], Any]
_Plan = tuple[_Change | None, _Change | None]
"""How a value is packed and how it is unpacked; None leaves it as it is."""


def pack(value: T) -> bytes:
    """A value as bytes, smaller and faster than its fields by name; `unpack` gives it back.

    It is a dataclass of words, numbers, tuples, mappings and dataclasses.
    """
    to_plain, _ = _plan(cast("Any", type(value)))
    plain = to_plain(value) if to_plain else value
    return zlib.compress(json.dumps(plain, ensure_ascii=False).encode(), FAST)


def unpack(kind: type[T], data: bytes) -> T:
    """The value of this class that `pack` turned into bytes.

    Raises:
        ValueError, TypeError or zlib.error where the bytes are no such value.

    >>> from qualcode.core.model import Span
    >>> unpack(Span, pack(Span(3, 9)))
    Span(start=3, end=9)
    """
    plain = json.loads(zlib.decompress(data))
    _, from_plain = _plan(cast("Any", kind))
    return cast("T", from_plain(plain) if from_plain else plain)


@lru_cache(maxsize=256)
def _plan(kind: Any) -> _Plan:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _of_optional(kind)
    if origin is tuple:
        return _of_tuple(get_args(kind))
    if isinstance(kind, type) and is_dataclass(kind):
        return _of_class(kind)
    return None, None


def _of_optional(kind: Any) -> _Plan:
    (inner,) = (one for one in get_args(kind) if one is not type(None))
    to_plain, from_plain = _plan(inner)
    if from_plain is None:
        return None, None
    return (
        to_plain and (lambda value: None if value is None else to_plain(value)),
        lambda plain: None if plain is None else from_plain(plain),
    )


def _of_tuple(inside: tuple[Any, ...]) -> _Plan:
    if len(inside) == 2 and inside[1] is Ellipsis:
        to_plain, from_plain = _plan(inside[0])
        return (
            to_plain and (lambda value: [to_plain(one) for one in value]),
            (lambda plain: tuple([from_plain(one) for one in plain])) if from_plain else tuple,
        )
    plans = [_plan(one) for one in inside]
    packs, unpacks = [one for one, _ in plans], [one for _, one in plans]
    return (
        (lambda value: _changed(value, packs)) if any(packs) else None,
        (lambda plain: tuple(_changed(plain, unpacks))) if any(unpacks) else tuple,
    )


def _of_class(kind: type) -> _Plan:
    hints = get_type_hints(kind)
    names = [one.name for one in fields(kind)]
    plans = [_plan(hints[name]) for name in names]
    packs, unpacks = [one for one, _ in plans], [one for _, one in plans]

    def to_plain(value: Any) -> list[Any]:
        return _changed([getattr(value, name) for name in names], packs)

    def from_plain(plain: list[Any]) -> Any:
        return kind(*_changed(plain, unpacks))

    return to_plain, from_plain


def _changed(values: Any, changes: list[_Change | None]) -> list[Any]:
    return [
        change(value) if change else value for value, change in zip(values, changes, strict=True)
    ]
