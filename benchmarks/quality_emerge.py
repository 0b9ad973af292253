"""Part 5: how many of the gold codes the first groups of `emerge` bring to light.

A gold code is discovered by a group when at least three of its members carry it, and more than
half of them. Counted are the codes that at least five units carry; every text is given once.
Compared with the same without an encoder, with k-means on TF-IDF, the largest groups first, and
with random groups as large as those of `emerge`.

The recipe was chosen on one half of the documents. Of the other half, random halves are grouped:
the figure is their mean, the interval the middle 95 % of them. Half-samples vary as bootstrap
samples do, and hold no text twice, which would make groups by itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from benchmarks._quality import SEED, Result, is_reported, read_rows
from qualcode.analysis.emerging.emerge import Likeness, emerge
from qualcode.analysis.emerging.loose import Loose
from qualcode.core.model import Span
from qualcode.plugins.registry import load_encoder
from qualcode.project.comparing import stemmer

PART = "5 emergence"
SETS = {"NIBLSE": "niblse_barriers", "NHS": "nhs_patient_feedback"}
FIRST = (5, 10, 20, 40)
LEAST_UNITS = 5
LEAST_MEMBERS = 3
DRAWS = 40
PER_GROUP = 6

Groups = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one half of a set, each text once, with their gold codes."""

    name: str
    doc_ids: tuple[str, ...]
    texts: tuple[str, ...]
    codes: tuple[frozenset[str], ...]

    def counted_codes(self) -> tuple[str, ...]:
        held = Counter(code for codes in self.codes for code in codes)
        return tuple(sorted(code for code, n in held.items() if n >= LEAST_UNITS))


def units_of(name: str, *, reported: bool = True) -> Units:
    """The coded units of a set that are reported, or those that the recipe was chosen on."""
    first: dict[str, dict[str, Any]] = {}
    for row in read_rows(SETS[name]):
        if row["codes"] and is_reported(row["doc"]) is reported:
            first.setdefault(row["text"].casefold().strip(), row)
    rows = list(first.values())
    return Units(
        name,
        tuple(row["doc"] for row in rows),
        tuple(row["text"] for row in rows),
        tuple(frozenset(row["codes"]) for row in rows),
    )


def groups_of_emerge(units: Units, encoder: str = "") -> Groups:
    """Positions of the units in each group of `emerge`, in the order in which it shows them."""
    loose = [
        Loose(doc, "questionnaire", "", Span(n, n + len(text)), text)
        for n, (doc, text) in enumerate(zip(units.doc_ids, units.texts, strict=True))
    ]
    likeness = Likeness(stemmer("en"), encoder=load_encoder(encoder) if encoder else None)
    found = emerge(loose, likeness, groups=max(FIRST))
    return [[one.span.start for one in group.members] for group in found.groups]


def groups_of_tfidf(units: Units) -> Groups:
    """Groups of k-means on TF-IDF, about six units to a group, the largest first."""
    from sklearn.cluster import KMeans
    from sklearn.feature_extraction.text import TfidfVectorizer

    points = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(units.texts)
    size = len(units.texts) // PER_GROUP
    labels = KMeans(size, random_state=SEED, n_init=1).fit_predict(points)
    groups = [np.flatnonzero(labels == n).tolist() for n in range(size)]
    return sorted(groups, key=lambda group: (-len(group), group))


def random_groups(groups: Groups, n_units: int, seed: int) -> Groups:
    """Groups as large as these, drawn by lot."""
    drawn = np.random.default_rng(seed).permutation(n_units).tolist()
    ends = np.cumsum([0, *(len(group) for group in groups)]).tolist()
    return [drawn[first:last] for first, last in pairwise(ends)]


def discovered(groups: Groups, units: Units) -> frozenset[str]:
    """The codes that a majority of some group carries."""
    found: set[str] = set()
    for group in groups:
        held = Counter(code for n in group for code in units.codes[n])
        found.update(code for code, n in held.items() if n >= LEAST_MEMBERS and n > len(group) / 2)
    return frozenset(found)


def half_sample(units: Units, seed: int) -> Units:
    """The units of a random half of the documents."""
    doc_ids = sorted(set(units.doc_ids))
    drawn = np.random.default_rng(seed).permutation(len(doc_ids))[: len(doc_ids) // 2]
    kept = {doc_ids[n] for n in drawn}
    rows = [n for n, doc_id in enumerate(units.doc_ids) if doc_id in kept]
    return Units(
        units.name,
        tuple(units.doc_ids[n] for n in rows),
        tuple(units.texts[n] for n in rows),
        tuple(units.codes[n] for n in rows),
    )


def all_groups(units: Units, seed: int) -> dict[str, Groups]:
    """The groups of every way of grouping, by its name."""
    ours = groups_of_emerge(units, "static")
    return {
        "emerge": ours,
        "emerge, encoder: none": groups_of_emerge(units),
        "k-means on TF-IDF": groups_of_tfidf(units),
        "random groups": random_groups(ours, len(units.texts), seed),
    }


def shares(groups: Groups, units: Units) -> list[float]:
    """Share of the counted codes that the first 5, 10, 20 and 40 groups discover."""
    codes = frozenset(units.counted_codes())
    return [len(discovered(groups[:n], units) & codes) / len(codes) for n in FIRST]


def measure(units: Units) -> Iterator[Result]:
    """Every figure of one set."""
    samples = [(SEED + n, half_sample(units, SEED + n)) for n in range(DRAWS)]
    grouped = [(all_groups(sample, seed), sample) for seed, sample in samples]
    n_units = round(float(np.mean([len(sample.texts) for _, sample in grouped])))
    n_codes = round(float(np.mean([len(sample.counted_codes()) for _, sample in grouped])))
    for way in grouped[0][0]:
        found = np.array([shares(groups[way], sample) for groups, sample in grouped])
        low, high = np.percentile(found, [2.5, 97.5], axis=0)
        for column, n in enumerate(FIRST):
            yield Result(
                part=PART,
                measure=f"{units.name}: codes in the first {n} groups, {way}",
                value=float(found[:, column].mean()),
                low=float(low[column]),
                high=float(high[column]),
                n=n_codes,
                remark=f"{DRAWS} samples of about {n_units} units",
            )


def run() -> list[Result]:
    """Every figure of the part; a set that is not there is left out."""
    sets = [units_of(name) for name in SETS]
    return [result for units in sets if units.texts for result in measure(units)]
