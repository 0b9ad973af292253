"""What to expect of suggestions: held against what people decided on passages left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations
from random import Random

from qualcode.analysis.agreement import (
    cohen_kappa,
    krippendorff_alpha,
    masi,
    shared_f1,
)
from qualcode.core.learning import Reviewed
from qualcode.core.model import Document, Segment, Span, Unit
from qualcode.core.protocols import Suggest

_RESAMPLES, _SEED = 1000, 1
ENOUGH_USES = 10
"""Uses of a code under which nothing is said of how well it is suggested."""
_RIGHT, _FOUND = 0.25, 0.1
"""A code is of little use where fewer of its suggestions are right, or of its uses found."""


@dataclass(frozen=True, slots=True)
class Score:
    """How often a code was given, was offered, and both."""

    uses: int
    offered: int
    right: int

    @property
    def precision(self) -> float | None:
        """Of what was offered, the share that was right; None where nothing was."""
        return self.right / self.offered if self.offered else None

    @property
    def recall(self) -> float | None:
        """Of the uses, the share that was offered; None where there is none."""
        return self.right / self.uses if self.uses else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where the code was neither given nor offered."""
        both = self.uses + self.offered
        return 2 * self.right / both if both else None

    @property
    def is_judged(self) -> bool:
        """Whether there are uses enough to say anything."""
        return self.uses >= ENOUGH_USES

    @property
    def is_of_little_use(self) -> bool:
        """Whether suggestions of the code are not worth reading, as far as is known."""
        return self.is_judged and ((self.precision or 0) < _RIGHT or (self.recall or 0) < _FOUND)


@dataclass(frozen=True, slots=True)
class Trial:
    """One passage that was left out: what people gave it, what was offered, what is not known."""

    doc_id: str
    accepted: frozenset[str]
    offered: frozenset[str]
    unknown: frozenset[str]
    place: Span

    @property
    def counted(self) -> frozenset[str]:
        """What was offered and is known to be right or wrong."""
        return self.offered - self.unknown


def folds_of(doc_ids: Iterable[str], folds: int) -> dict[str, int]:
    """The part to which each document belongs, of parts of the same size as near as can be.

    The order is that of a hash of the ids, so it owes nothing to the order of the fieldwork
    and is the same each time.
    """
    ordered = sorted(set(doc_ids), key=lambda one: (blake2b(one.encode()).digest(), one))
    return {doc_id: n % folds for n, doc_id in enumerate(ordered)}


def try_out(
    suggest: Suggest, passages: Sequence[Reviewed], places: Sequence[Span], codes: frozenset[str]
) -> Iterator[Trial]:
    """What is offered on reviewed passages, beside what people gave them.

    Args:
        places: where each passage stands in its document.
        codes: every code in use; on a passage that is not complete, those on which nobody
            decided are not known.
    """
    document, segments = _as_document(passages)
    offered: defaultdict[Span, set[str]] = defaultdict(set)
    for found in suggest(document, segments):
        offered[found.span].add(found.code_id)
    for one, segment, place in zip(passages, segments, places, strict=True):
        accepted = frozenset(one.accepted) & codes
        still = frozenset(one.open) if one.is_complete else codes - frozenset(one.rejected)
        yield Trial(one.doc_id, accepted, frozenset(offered[segment.span]), still - accepted, place)


def _as_document(passages: Sequence[Reviewed]) -> tuple[Document, tuple[Segment, ...]]:
    """The passages as one document, one unit each."""
    segments, at = [], 0
    for n, one in enumerate(passages, start=1):
        span = Span(at, at + len(one.text))
        unit = Unit(span, "paragraph", f"passage {n}", topic=one.topic)
        segments.append(Segment("", span, unit, "paraphrase"))
        at += len(one.text) + 1
    text = "\n".join(one.text for one in passages)
    return Document("", text, "other", "emergent", "", "", "", ""), tuple(segments)


def score_of(trials: Iterable[Trial], code_id: str) -> Score:
    """How one code fared."""
    uses = offered = right = 0
    for trial in trials:
        given, was_offered = code_id in trial.accepted, code_id in trial.counted
        uses += given
        offered += was_offered
        right += given and was_offered
    return Score(uses, offered, right)


def whole_score(trials: Iterable[Trial]) -> Score:
    """How all codes fared together: each use counts the same."""
    uses = offered = right = 0
    for trial in trials:
        uses += len(trial.accepted)
        offered += len(trial.counted)
        right += len(trial.accepted & trial.counted)
    return Score(uses, offered, right)


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading only the passages with a suggestion would mean.

    `with_offer` of `passages` have one, and they hold `held` of `uses` codings.
    """

    passages: int
    with_offer: int
    uses: int
    held: int


def reading_of(trials: Sequence[Trial]) -> Reading:
    """What reading only the passages with a suggestion would mean."""
    read = [trial for trial in trials if trial.offered]
    return Reading(
        len(trials),
        len(read),
        sum(len(trial.accepted) for trial in trials),
        sum(len(trial.accepted) for trial in read),
    )


Coded = Mapping[tuple[str, Span], frozenset[str]]
"""What one coder gave to each passage that they read, by document and place."""


@dataclass(frozen=True, slots=True)
class Between:
    """Agreement of coders on the passages that two or more of them read.

    `alpha` is Krippendorff's, on whole sets of codes with the distance MASI; `f1` is the mean
    over pairs of coders; `machine` the mean F1 of what is suggested with each coder, there.
    """

    coders: tuple[str, ...]
    passages: int
    alpha: float | None
    f1: float | None
    machine: float | None
    by_code: Mapping[str, tuple[float | None, float | None]]


def agreement_between(
    coded: Mapping[str, Coded], trials: Sequence[Trial], codes: Sequence[str]
) -> Between | None:
    """How coders agree, and suggestions with them; None where no two read the same passage.

    For each code F1 over all pairs of coders, and Cohen's kappa; of more than two coders
    Krippendorff's alpha.
    """
    read = defaultdict(list)
    for coder in sorted(coded):
        for place in coded[coder]:
            read[place].append(coder)
    twice = {place: coders for place, coders in read.items() if len(coders) > 1}
    if not twice:
        return None
    places = sorted(twice)
    sets = [[coded[coder][place] for coder in twice[place]] for place in places]
    offered = {(trial.doc_id, trial.place): trial.counted for trial in trials}
    machine = [
        (offered[place], one)
        for place, held in zip(places, sets, strict=True)
        if place in offered
        for one in held
    ]
    pairs = [pair for held in sets for pair in combinations(held, 2)]
    coders = tuple(sorted({coder for found in twice.values() for coder in found}))
    return Between(
        coders=coders,
        passages=len(twice),
        alpha=krippendorff_alpha(sets, masi),
        f1=_f1_of(pairs),
        machine=_f1_of(machine),
        by_code={code_id: _on_code(sets, code_id) for code_id in codes},
    )


def _f1_of(pairs: Iterable[tuple[frozenset[str], frozenset[str]]]) -> float | None:
    both = given = 0
    for one, other in pairs:
        both += len(one & other)
        given += len(one) + len(other)
    return 2 * both / given if given else None


def _on_code(
    sets: Sequence[Sequence[frozenset[str]]], code_id: str
) -> tuple[float | None, float | None]:
    said = [tuple(code_id in one for one in held) for held in sets]
    f1 = shared_f1(pair for held in said for pair in combinations(held, 2))
    if all(len(held) == 2 for held in said):
        return f1, cohen_kappa((held[0], held[1]) for held in said)
    return f1, krippendorff_alpha(said)


def spread_of(trials: Sequence[Trial]) -> tuple[float, float]:
    """Between which values F1 over all codes lies: 95 %, by bootstrap over documents."""
    by_document: defaultdict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_document[trial.doc_id].append(trial)
    held = [whole_score(by_document[doc_id]) for doc_id in sorted(by_document)]
    chance = Random(_SEED)
    found = []
    for _ in range(_RESAMPLES):
        drawn = chance.choices(held, k=len(held))
        given = sum(one.uses + one.offered for one in drawn)
        found.append(2 * sum(one.right for one in drawn) / given if given else 0.0)
    found.sort()
    return found[int(0.025 * _RESAMPLES)], found[int(0.975 * _RESAMPLES) - 1]
