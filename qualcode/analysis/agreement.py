"""Agreement between coders: kappa, alpha, and what they have in common of one code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations
from typing import TypeVar

Value = TypeVar("Value", bound=Hashable)
Distance = Callable[[Value, Value], float]


def cohen_kappa(pairs: Iterable[tuple[Value, Value]]) -> float | None:
    """Cohen's kappa of two coders, from what each said of the same units (Cohen 1960).

    Returns:
        At most 1.0; 0.0 where they agree as chance would. None where both always said the
        same one thing, or there is no unit: then chance explains everything.

    >>> cohen_kappa([("yes", "yes"), ("yes", "no"), ("no", "no"), ("no", "no")])
    0.5
    """
    held = list(pairs)
    if not held:
        return None
    first, second = Counter(a for a, _ in held), Counter(b for _, b in held)
    observed = sum(a == b for a, b in held) / len(held)
    by_chance = sum(first[value] * second[value] for value in first) / len(held) ** 2
    return None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)


def nominal(one: Value, other: Value) -> float:
    """0.0 for the same value, 1.0 for another."""
    return float(one != other)


def masi(one: frozenset[str], other: frozenset[str]) -> float:
    """How far two sets of codes are apart (Passonneau 2006): 0.0 the same, 1.0 nothing shared.

    The share that they do not have in common, weighed up where neither holds the other.

    >>> masi(frozenset({"silo"}), frozenset({"silo"}))
    0.0
    >>> round(masi(frozenset({"silo"}), frozenset({"silo", "trust"})), 3)
    0.667
    """
    if one == other:
        return 0.0
    both = one & other
    if not both:
        return 1.0
    monotone = 2 / 3 if both in (one, other) else 1 / 3
    return 1 - len(both) / len(one | other) * monotone


def krippendorff_alpha(
    units: Iterable[Sequence[Value]], distance: Distance[Value] = nominal
) -> float | None:
    """Krippendorff's alpha, from what the coders of each unit said (Krippendorff 2019, ch. 12).

    Units may have any number of coders; those of one alone say nothing and are left out.

    Returns:
        At most 1.0; 0.0 where they agree as chance would. None where there is nothing to
        compare, or every value is the same.

    >>> krippendorff_alpha([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")])
    0.5333333333333333
    """
    held = [tuple(unit) for unit in units if len(unit) > 1]
    values = Counter(value for unit in held for value in unit)
    n = sum(values.values())
    expected = sum(2 * values[a] * values[b] * distance(a, b) for a, b in combinations(values, 2))
    if not expected:
        return None
    observed = sum(
        2 * distance(a, b) / (len(unit) - 1) for unit in held for a, b in combinations(unit, 2)
    )
    return 1 - (n - 1) * observed / expected


def shared_f1(pairs: Iterable[tuple[bool, bool]]) -> float | None:
    """How much of what either gave both gave: F1 with either of them as the truth.

    None where neither gave anything.

    >>> shared_f1([(True, True), (True, False), (False, False)])
    0.6666666666666666
    """
    held = list(pairs)
    given = sum(a + b for a, b in held)
    return 2 * sum(a and b for a, b in held) / given if given else None
