"""Part 3 of the quality benchmark: do suggestions agree with coders as coders with each other?

GWUSEC: free-text answers, some of them coded by two people, with a codebook of names for
each question. Suggestions are learnt from the first coder alone, by cross-validation over
respondents, and compared with both. Nothing was tuned on this set, so all of it is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import cohen_kappa_score

from benchmarks._quality import Result, interval, read_rows
from benchmarks._quality_scores import Flags
from benchmarks._quality_sets import FOLDS, Coded, a_code
from benchmarks._quality_ways import Way, baseline, hybrid
from qualcode.core.model import Codebook

PART = "3 coders"


@dataclass(frozen=True, slots=True)
class _Twice:
    """The first coder's units, those that a second coder coded too, and how."""

    coded: Coded
    double: tuple[int, ...]
    second: Flags


def run() -> list[Result]:
    """Every figure of this part; nothing where the data are not there."""
    rows = read_rows("gwusec_proctoring")
    if not rows:
        return []
    twice = _load(rows)
    return [*_pairs_of(twice, "hybrid", hybrid()), *_pairs_of(twice, "baseline", baseline())]


def _load(rows: list[dict[str, object]]) -> _Twice:
    first = [row for row in rows if row["coder"] == "primary"]
    others = {row["id"]: row for row in rows if row["coder"] == "secondary"}
    names = sorted({(str(row["question"]), code) for row in rows for code in _codes(row)})
    at = {name: n for n, name in enumerate(names)}
    codes = tuple(
        a_code(f"{question}:{name}", {"name": name, "parent": _parent(question, name)})
        for question, name in names
    )

    def flags(chosen: list[dict[str, object]]) -> Flags:
        found = np.zeros((len(chosen), len(names)), dtype=bool)
        for n, row in enumerate(chosen):
            found[n, [at[str(row["question"]), code] for code in _codes(row)]] = True
        return found

    questions = np.array([question for question, _ in names])
    coded = Coded(
        "GWUSEC",
        Codebook("GWUSEC", codes),
        tuple(str(row["doc"]) for row in first),
        tuple(str(row["text"]) for row in first),
        tuple(str(row["question"]) for row in first),
        flags(first),
        np.array([row["question"] for row in first])[:, None] == questions[None, :],
    )
    double = tuple(n for n, row in enumerate(first) if row["id"] in others)
    return _Twice(coded, double, flags([others[first[n]["id"]] for n in double]))


def _codes(row: dict[str, object]) -> list[str]:
    codes = row["codes"]
    return [str(code) for code in codes] if isinstance(codes, list) else []


def _parent(question: str, name: str) -> str | None:
    above = name.rpartition(" > ")[0]
    return f"{question}:{above}" if above else None


def _pairs_of(twice: _Twice, label: str, way: Way) -> Iterator[Result]:
    coded = twice.coded
    units = np.arange(len(coded.texts))
    folds = coded.fold_of(units)
    offered = np.zeros(coded.gold.shape, dtype=bool)
    for fold in range(FOLDS):
        _, offered[folds == fold] = way(coded, units[folds != fold], units[folds == fold])
    double = list(twice.double)
    first, ours = coded.gold[double], offered[double]
    pairs = [
        (f"{label} and first coder", ours, first),
        (f"{label} and second coder", ours, twice.second),
    ]
    if label == "hybrid":
        pairs.insert(0, ("first and second coder", first, twice.second))
    docs = [coded.docs[n] for n in double]
    for name, one, other in pairs:
        for measure, how in (("micro-F1", _f1), ("pooled kappa", _kappa)):
            yield _result(
                f"GWUSEC, {name}: {measure}", how, one, other, coded.open_to[double], docs
            )


Agreement = Callable[[Flags, Flags, Flags], float]


def _result(
    measure: str, how: Agreement, one: Flags, other: Flags, asked: Flags, docs: list[str]
) -> Result:
    def of(places: Sequence[int]) -> float:
        at = np.array(places, dtype=np.int64)
        return how(one[at], other[at], asked[at])

    whole = list(range(len(docs)))
    low, high = interval(of, docs, draws=200)
    return Result(PART, measure, of(whole), low, high, len(docs))


def _f1(one: Flags, other: Flags, asked: Flags) -> float:  # noqa: ARG001
    return float(2 * (one & other).sum() / max(1, one.sum() + other.sum()))


def _kappa(one: Flags, other: Flags, asked: Flags) -> float:
    """Over every code that could have been given, pooled as the authors of the set did."""
    return float(cohen_kappa_score(one[asked], other[asked]))
