"""Values packed into columns and back, and piles of them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import pytest

from qualcode.core.compact import TOGETHER, Pile, pack, unpack
from qualcode.core.model import Pair, Pole, Span
from qualcode.core.table import Column, Table


@dataclass(frozen=True, slots=True)
class _Held:
    """One field of every form that can be packed."""

    names: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    pairs: tuple[tuple[str, int], ...] = ()
    pole: Pole | None = None
    word: str | None = None
    counts: dict[str, int] | None = None
    cells: tuple[tuple[tuple[str, ...], ...], ...] = ()


@pytest.mark.parametrize(
    "value",
    [
        _Held(),
        _Held(("a", ""), (Span(0, 4), Span(9, 12)), (("x", 1), ("y", 2)), Pole("s", ("a",)), "w"),
        _Held(counts={"a": 1}, cells=(((), ("one", "two")), ())),
        _Held(("a\x1fb\n", ""), word="\n"),
        _Held(("a",) * 9, (Span(2, 4),) * 9, (("x", 1),) * 9),
    ],
)
def test_every_form_of_field_comes_back(value: _Held) -> None:
    assert unpack(_Held, pack(value)) == value


def test_values_that_are_there_and_not_keep_their_places() -> None:
    pole = Pole("silos", ("silo",))
    pairs = (Pair("1", 1, None, (pole,)), Pair("2", 2, pole, ()))
    held = Table("t", "T", (Column("a", "A"),), ())

    assert unpack(_Pairs, pack(_Pairs(pairs))).pairs[0].obstacle is None
    assert unpack(_Pairs, pack(_Pairs(pairs))).pairs[1].obstacle == pole
    assert unpack(Table, pack(held)).columns == (Column("a", "A"),)


@dataclass(frozen=True, slots=True)
class _Pairs:
    pairs: tuple[Pair, ...]


def test_columns_of_different_length_are_no_value() -> None:
    with pytest.raises(ValueError, match="same length"):
        unpack(Span, zlib.compress(b"[[[[1, 2]], [[3]]], []]\n"))


def test_a_pile_gives_its_values_in_order_as_often_as_asked() -> None:
    pile = Pile(Span)
    for start in range(2 * TOGETHER + 1):
        pile.add(Span(start, start + 1))
    first, again = list(pile), list(pile)

    assert len(pile) == 2 * TOGETHER + 1
    assert [one.start for one in first] == list(range(2 * TOGETHER + 1))
    assert again[TOGETHER] == Span(TOGETHER, TOGETHER + 1)
