"""Groups that are too small to show, and those that would give them away by subtraction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

LEAST_PEOPLE = 3
"""People below which a group is not shown: with fewer, somebody could be recognised."""


def small_groups(people: Mapping[str, int]) -> frozenset[str]:
    """The groups with somebody in them, and fewer than LEAST_PEOPLE.

    >>> sorted(small_groups({"a": 1, "b": 3, "c": 0}))
    ['a']
    """
    return frozenset(name for name, n in people.items() if 0 < n < LEAST_PEOPLE)


def hidden_groups(
    people: Mapping[str, int], small: frozenset[str], *, numbers: bool = False
) -> frozenset[str]:
    """The small groups, and the smallest of the others that are hidden with them.

    The whole less what is shown tells what is hidden: at least two groups with LEAST_PEOPLE in
    all. With `numbers` the hidden values are these very numbers, which must be open even to
    somebody who knows that they are small. Ties go to the name; all are hidden where no other
    way is left.

    >>> sorted(hidden_groups({"a": 2, "b": 5, "c": 4}, frozenset("a")))
    ['a', 'c']
    """
    hidden = sorted(small)
    others = sorted((n, name) for name, n in people.items() if n and name not in small)
    while hidden and others and _is_told([people[name] for name in hidden], numbers=numbers):
        hidden.append(others.pop(0)[1])
    return frozenset(hidden)


def _is_told(hidden: Sequence[int], *, numbers: bool) -> bool:
    """Whether the sum of what is hidden gives a small group away."""
    if len(hidden) < 2 or sum(hidden) < LEAST_PEOPLE:
        return True
    # all are 1, or all are as large as a small group can be: the sum tells each of them
    return numbers and sum(hidden) in (len(hidden), len(hidden) * (LEAST_PEOPLE - 1))
