"""Part 1 of the quality benchmark: codes suggested on units that people coded.

(a) from the codebook alone, (b) after so many reviewed units of the tuning half, drawn at
random, (c) after everything else, by cross-validation over documents; always scored on the
reported half.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from benchmarks._quality import SEED, Result
from benchmarks._quality_scores import (
    USED,
    Counts,
    Flags,
    Matrix,
    Measure,
    calibration_error,
    figures,
    first,
    macro_f1,
    macro_f1_of,
    micro_f1,
    precision,
    recall,
    with_interval,
)
from benchmarks._quality_sets import FOLDS, Coded, load_set
from benchmarks._quality_ways import Way, Which, baseline, hybrid

PART = "1 codes"
SETS = ("NHS", "NIBLSE", "SBOM")
REVIEWED = (25, 50, 100, 200)
FEWEST_USED = 5
CHANCE = 0.1
TIMES = 5
"""Random draws of reviewed units; the figures are their mean."""


def run() -> list[Result]:
    """Every figure of this part; sets that are not there are left out."""
    found = [load_set(name) for name in SETS]
    return [result for coded in found if coded for result in _of_set(coded)]


def _of_set(coded: Coded) -> Iterator[Result]:
    yield from _cold(coded)
    for n in REVIEWED:
        yield from _after(coded, n)
    yield from _after_all(coded)


def _cold(coded: Coded) -> Iterator[Result]:
    """Units whose words stand as an example in the codebook are left out."""
    told = {text.strip().lower() for code in coded.codebook.codes for text in code.examples}
    units = np.array([n for n in coded.reported if coded.texts[n].strip().lower() not in told])
    for label, way in (("", hybrid()), (" without the encoder", hybrid(encoder=""))):
        scores, offered = way(coded, units[:0], units)
        for k in (3, 5):
            counts = [_counts(coded, units, first(scores, k))]
            yield _result(coded, f"codebook alone{label}: recall@{k}", recall, counts)
        if not label:
            counts = [_counts(coded, units, first(scores, 1))]
            yield _result(coded, "codebook alone, best code of each: micro-F1", micro_f1, counts)
            counts = [_counts(coded, units, offered)]
            share = f"of {offered.sum() / len(units):.2f} offered per unit"
            yield _result(coded, "codebook alone: precision", precision, counts, share)


def _after(coded: Coded, n: int) -> Iterator[Result]:
    units, pool = coded.reported, coded.tuned
    if n > len(pool):
        return
    random = np.random.default_rng(SEED)
    draws = [np.sort(random.choice(pool, n, replace=False)) for _ in range(TIMES)]
    ours = [hybrid()(coded, draw, units) for draw in draws]
    plain = [baseline()(coded, draw, units) for draw in draws]
    usual = [baseline(firmness=1.0, level=0.5)(coded, draw, units) for draw in draws]
    yield from _beside(coded, f"{n} reviewed", units, ours, plain, usual)


def _after_all(coded: Coded) -> Iterator[Result]:
    units = coded.reported
    ours = _crossed(coded, hybrid())
    plain, usual = (_crossed(coded, one) for one in (baseline(), baseline(firmness=1, level=0.5)))
    yield from _beside(coded, "all others reviewed", units, [ours], [plain], [usual])
    counts = [_counts(coded, units, ours[1])]
    yield _result(coded, "all others reviewed: precision", precision, counts)
    yield _result(coded, "all others reviewed: recall", recall, counts)
    yield _calibration(coded, ours[0])
    for label, way in (
        ("without the question", hybrid(with_topics=False)),
        ("without the encoder", hybrid(encoder="")),
    ):
        counts = [_counts(coded, units, _crossed(coded, way)[1])]
        for name, measure in _f1s(coded).items():
            yield _result(coded, f"all others reviewed, {label}: {name}", measure, counts)


def _calibration(coded: Coded, chances: Matrix) -> Result:
    """Of pairs that have a chance at all: nearly all others are near 0, and rightly."""
    units = coded.reported
    which = chances >= CHANCE
    error = calibration_error(chances[which], coded.gold[units][which])
    measure = f"{coded.name}, all others reviewed: calibration error from {CHANCE} on"
    return Result(PART, measure, error, error, error, int(which.sum()))


def _crossed(coded: Coded, way: Way) -> tuple[Matrix, Flags]:
    """The reported units, each judged by what was learnt from all other documents."""
    units = coded.reported
    folds = coded.fold_of(units)
    scores = np.zeros((len(units), coded.gold.shape[1]))
    offered = np.zeros(scores.shape, dtype=bool)
    for fold in range(FOLDS):
        held = folds == fold
        learnt = np.concatenate([coded.tuned, units[~held]])
        scores[held], offered[held] = way(coded, learnt, units[held])
    return scores, offered


Judged = Sequence[tuple[Matrix, Flags]]


def _beside(
    coded: Coded, label: str, units: Which, ours: Judged, plain: Judged, usual: Judged
) -> Iterator[Result]:
    """Each measure with the same measure of the baselines, and the difference."""
    for name, measure in _f1s(coded).items():
        found = [
            figures(measure, [_counts(coded, units, offered) for _, offered in way])
            for way in (ours, plain, usual)
        ]
        gain, low, high = with_interval(found[0] - found[1])
        remark = (
            f"baseline {found[1][0]:.2f} ({gain:+.2f}, {low:+.2f} to {high:+.2f}); "
            f"untuned {found[2][0]:.2f}"
        )
        yield Result(
            PART, f"{coded.name}, {label}: {name}", *with_interval(found[0]), len(units), remark
        )
    for k in (3, 5):
        counts = [[_counts(coded, units, first(s, k)) for s, _ in way] for way in (ours, plain)]
        remark = f"baseline {figures(recall, counts[1])[0]:.2f}"
        yield _result(coded, f"{label}: recall@{k}", recall, counts[0], remark)


def _f1s(coded: Coded) -> dict[str, Measure]:
    """The ways of averaging F1 that make sense on the set, by name."""
    found: dict[str, Measure] = {"micro-F1": micro_f1}
    used = coded.gold[coded.reported].sum(axis=0) >= USED
    if used.sum() >= FEWEST_USED:
        found["macro-F1 of codes in use"] = macro_f1_of(used)
    return {**found, "macro-F1 of all codes": macro_f1}


def _counts(coded: Coded, units: Which, offered: Flags) -> Counts:
    return Counts.of(coded.gold[units], offered, [coded.docs[n] for n in units])


def _result(
    coded: Coded, measure: str, how: Measure, counts: Sequence[Counts], remark: str = ""
) -> Result:
    n = counts[0].units
    found = with_interval(figures(how, counts))
    return Result(PART, f"{coded.name}, {measure}", *found, n, remark)
