"""Scores of a barometer: for each line and each lens, of everybody or group by group.

Answers are ranks, so the median and the middle half come first; mean and standard deviation
are given beside them. No percentages: partnerships are small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean, median, quantiles, stdev

from qualcode.analysis.barometer.sheet import STEPS, Form, Item, groups_of
from qualcode.analysis.small_cells import LEAST_PEOPLE, hidden_groups, small_groups


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one line or lens: `n` answers out of `of` forms.

    All figures are None where nobody answered; the middle half and the deviation need two.
    """

    n: int
    of: int
    median: float | None = None
    mean: float | None = None
    middle: tuple[float, float] | None = None
    deviation: float | None = None
    counts: tuple[int, ...] = ()


def score(values: Sequence[float], of: int) -> Score:
    """The figures of some answers.

    >>> found = score([2, 3, 3, 5], of=6)
    >>> found.median, found.mean, found.middle
    (3.0, 3.25, (2.75, 3.5))
    """
    n = len(values)
    if not n:
        return Score(0, of, counts=(0,) * len(STEPS))
    several = n > 1
    quarters = quantiles(values, n=4, method="inclusive") if several else []
    held = Counter(values)
    return Score(
        n,
        of,
        float(median(values)),
        float(mean(values)),
        (quarters[0], quarters[2]) if several else None,
        stdev(values) if several else None,
        tuple(held[step] for step in STEPS),
    )


def score_item(forms: Sequence[Form], item: Item) -> Score:
    """The answers to one line."""
    return score(answers_to(forms, item.row), len(forms))


def answers_to(forms: Iterable[Form], row: str) -> list[int]:
    """What was answered on one line, in the order of the forms."""
    return [found for form in forms if (found := form.answer(row)) is not None]


def rows_of(items: Iterable[Item], lens: str) -> tuple[str, ...]:
    """The lines of a lens."""
    return tuple(item.row for item in items if lens in item.lenses)


def score_lens(forms: Sequence[Form], items: Sequence[Item], lens: str) -> Score:
    """Each person's mean over the lines of a lens that they answered; one value a person."""
    rows = rows_of(items, lens)
    values = []
    for form in forms:
        own = [found for row in rows if (found := form.answer(row)) is not None]
        if own:
            values.append(mean(own))
    return score(values, len(forms))


def lenses_of(items: Iterable[Item]) -> tuple[str, ...]:
    """The lenses of the lines, in the order in which they come first."""
    return tuple(dict.fromkeys(lens for item in items for lens in item.lenses))


@dataclass(frozen=True, slots=True)
class Grouped:
    """The forms of each group that is shown, and how many there are of those that are not.

    `hidden` are groups of fewer than LEAST_PEOPLE people; `beside` are larger ones that are
    left out with them, because the whole less all that is shown would tell the small ones.
    """

    by: str
    shown: tuple[tuple[str, tuple[Form, ...]], ...]
    hidden: tuple[tuple[str, int], ...] = ()
    beside: tuple[tuple[str, int], ...] = ()


def group_forms(forms: Sequence[Form], by: str) -> Grouped:
    """The forms by site, time or group; all in one where `by` is ""."""
    if not by:
        return Grouped("", (("", tuple(forms)),))
    parts = [(one, tuple(f for f in forms if f.about(by) == one)) for one in groups_of(forms, by)]
    people = {name: people_in(held) for name, held in parts}
    small = small_groups(people)
    left_out = hidden_groups(people, small)
    return Grouped(
        by,
        tuple(part for part in parts if part[0] not in left_out),
        tuple((name, len(held)) for name, held in parts if name in small),
        tuple((name, len(held)) for name, held in parts if name in left_out - small),
    )


def people_in(forms: Iterable[Form]) -> int:
    """How many people filled in these forms, at the least.

    Whoever has a code counts once at a site. Forms without one are of different people where
    they were filled in at the same time, and may be of the same people where they were not;
    where no time is told, each sheet is a time of its own.
    """
    named: dict[str, set[str]] = {}
    at_once: dict[str, dict[str, set[str]]] = {}
    for form in forms:
        times = at_once.setdefault(form.site, {})
        who = f"person {form.person}" if form.person else f"form {form.id}"
        times.setdefault(form.time or form.source, set()).add(who)
        named.setdefault(form.site, set()).update([who] if form.person else ())
    return sum(
        max(len(named[site]), *(len(who) for who in times.values()))
        for site, times in at_once.items()
    )


def too_few(grouped: Grouped, rows: Sequence[str]) -> frozenset[str]:
    """The groups whose figures on these lines are left out, as too few people answered them.

    Empty where forms are not set apart.
    """
    if not grouped.by:
        return frozenset()
    people = {
        name: people_in(form for form in forms if any(form.answer(row) for row in rows))
        for name, forms in grouped.shown
    }
    return hidden_groups(people, small_groups(people))


def is_too_small(forms: Sequence[Form], everybody: Sequence[Form]) -> bool:
    """Whether a part of the forms, or all the others, come from fewer than LEAST_PEOPLE."""
    ids = {form.id for form in forms}
    others = [form for form in everybody if form.id not in ids]
    return any(0 < people_in(part) < LEAST_PEOPLE for part in (forms, others) if others)


@dataclass(frozen=True, slots=True)
class Change:
    """From the first group to the last: of means, and of people who answered both times.

    `same` is the mean change of those `n_same` people, None where fewer than LEAST_PEOPLE did.
    """

    means: float | None
    same: float | None = None
    n_same: int = 0


def change_of(grouped: Grouped, row: str) -> Change | None:
    """The change of one line between the first and the last group; None with fewer than two."""
    if len(grouped.shown) < 2:
        return None
    first, last = grouped.shown[0][1], grouped.shown[-1][1]
    before, after = answers_to(first, row), answers_to(last, row)
    is_hidden = too_few(grouped, (row,)) & {grouped.shown[0][0], grouped.shown[-1][0]}
    means = mean(after) - mean(before) if before and after and not is_hidden else None
    if grouped.by != "time":
        return Change(means)
    was, now = _by_person(first, row), _by_person(last, row)
    steps = [now[key] - was[key] for key in was if key in now]
    enough = len(steps) >= LEAST_PEOPLE
    return Change(means, mean(steps) if enough else None, len(steps))


def _by_person(forms: Iterable[Form], row: str) -> dict[tuple[str, str], int]:
    return {
        (form.site, form.person): found
        for form in forms
        if form.person and (found := form.answer(row)) is not None
    }
