"""Saturation: how many new codes each further document brings.

Guest, Namey and Chen, "A simple method to assess and report thematic saturation in
qualitative research", PLOS ONE 15 (2020), e0232076. The share of new information is the new
codes of a run of further documents (numerator) by the unique codes of the first documents,
the base (denominator, which never grows); saturation is reached where it is no more than the
threshold. They write "6+2" for a run of two documents after six, and so do we. The first run
begins right after the base, and each further one a document later.

They bootstrap to see how it varies; the interval here repeats the rule over random orders of
the same documents, each of which comes once.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

ORDERS = 1000
MIDDLE = 0.9


@dataclass(frozen=True, slots=True)
class Rule:
    """Base size and run length in documents; the threshold in percent of the base's codes."""

    base: int = 4
    run: int = 3
    threshold: float = 5.0


@dataclass(frozen=True, slots=True)
class Step:
    """One document in the order read: its codes, those that are new, and all so far.

    `in_run` counts the new codes of the run that ends here, None while the base is read or
    the first run is not complete; `share` is that in percent of the codes of the base.
    """

    doc_id: str
    codes: int
    new: tuple[str, ...]
    total: int
    in_run: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class Saturation:
    """The steps in the order read and, over random orders, when saturation was reached.

    `reached` counts documents up to the end of the first run that meets the threshold, the
    run among them; None where no run does. `median`, `low` and `high` (the middle 90 %) are
    of `orders` orders; a value of None stands for "not within these documents".
    """

    rule: Rule
    steps: tuple[Step, ...]
    base_codes: int
    reached: int | None
    orders: int
    never: int
    median: int | None
    low: int | None
    high: int | None


def saturation(
    documents: Sequence[tuple[str, frozenset[str]]],
    *,
    rule: Rule | None = None,
    orders: int = ORDERS,
    seed: int = 0,
) -> Saturation:
    """New codes per document in the order given, and the interval over random orders.

    Runs overlap: each begins one document after the one before it. The orders are drawn from
    the documents by id, so the order given does not move the interval.

    >>> held = [("a", frozenset("xy")), ("b", frozenset("yz")), ("c", frozenset("z"))]
    >>> found = saturation(held, rule=Rule(base=1, run=1, threshold=0), orders=10)
    >>> [(one.doc_id, one.new, one.share) for one in found.steps]
    [('a', ('x', 'y'), None), ('b', ('z',), 50.0), ('c', (), 0.0)]
    >>> found.reached
    3
    """
    used = rule or Rule()
    steps, base_codes = _steps(documents, used)
    masks = _masks(sorted(documents))
    chance = random.Random(seed)
    found: list[int | None] = []
    for _ in range(orders if masks else 0):
        chance.shuffle(masks)
        found.append(reached_after(masks, used))
    never = sum(one is None for one in found)
    ranked = sorted(len(documents) + 1 if one is None else one for one in found)
    low, median, high = (
        _at(ranked, share, len(documents))
        for share in ((1 - MIDDLE) / 2, 0.5, 1 - (1 - MIDDLE) / 2)
    )
    reached = reached_after(_masks(documents), used)
    return Saturation(used, steps, base_codes, reached, len(found), never, median, low, high)


def _steps(
    documents: Sequence[tuple[str, frozenset[str]]], rule: Rule
) -> tuple[tuple[Step, ...], int]:
    seen: set[str] = set()
    base_codes = 0
    news: list[int] = []
    steps: list[Step] = []
    for number, (doc_id, codes) in enumerate(documents, start=1):
        new = tuple(sorted(codes - seen))
        seen |= codes
        news.append(len(new))
        if number == rule.base:
            base_codes = len(seen)
        in_run = sum(news[-rule.run :]) if number >= rule.base + rule.run else None
        share = None if in_run is None or not base_codes else 100 * in_run / base_codes
        steps.append(Step(doc_id, len(codes), new, len(seen), in_run, share))
    return tuple(steps), base_codes


def _masks(documents: Sequence[tuple[str, frozenset[str]]]) -> list[int]:
    """The codes of each document as bits: quick to count and to join."""
    bits = {code: 1 << n for n, code in enumerate(sorted({c for _, cs in documents for c in cs}))}
    return [sum(bits[code] for code in codes) for _, codes in documents]


def reached_after(masks: Sequence[int], rule: Rule) -> int | None:
    """Documents read when saturation is reached, in this order; None where it is not."""
    seen = 0
    for mask in masks[: rule.base]:
        seen |= mask
    most = rule.threshold / 100 * seen.bit_count() + 1e-9
    if not seen or len(masks) < rule.base + rule.run:
        return None
    news: list[int] = []
    for number, mask in enumerate(masks[rule.base :], start=rule.base + 1):
        news.append((mask & ~seen).bit_count())
        seen |= mask
        if len(news) >= rule.run and sum(news[-rule.run :]) <= most:
            return number
    return None


def _at(ranked: Sequence[int], share: float, documents: int) -> int | None:
    """The value below which that share of the orders lies (nearest rank)."""
    if not ranked:
        return None
    value = ranked[max(0, ceil(round(share * len(ranked), 9)) - 1)]
    return value if value <= documents else None
