"""A model fitted to one study: from its codebook, and from what was reviewed in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.learning.calibrate import Calibration, calibrate, find_levels
from qualcode.analysis.learning.cue_evidence import cue_scores, cues_on_texts
from qualcode.analysis.learning.evidence import NEVER_AGAINST, Family, Usual, gather_evidence
from qualcode.analysis.learning.near_words import NearWords
from qualcode.analysis.learning.ridge import fit_ridge, without_own
from qualcode.analysis.learning.space import Scorer, Space, kernel
from qualcode.analysis.learning.thinning import thin_out
from qualcode.core.codebook import is_in_use, resolve
from qualcode.core.learning import Material, Reviewed
from qualcode.core.model import Code, Codebook
from qualcode.core.protocols import Suggest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.analysis.learning.calibrate import Flags
    from qualcode.analysis.learning.space import Matrix, Rows

ENOUGH = 10
"""Reviewed passages, with two codings among them, from which on a model learns."""
_NOISE, _TOLD_NOISE = 0.3, 1.0  # what the codebook says counts less than a reviewed passage
_EXCLUDED = -0.5
NEAR = 0.3  # what near words add to likeness as a whole (tuned on half of NHS, NIBLSE and SBOM)
_MOST_TOPICS, _LEAST_OF_TOPIC = 50, 3


@dataclass(frozen=True, slots=True)
class Told:
    """What the codebook says of its codes: texts, each with the code and for or against it."""

    texts: tuple[str, ...]
    owners: NDArray[np.int64]
    signs: NDArray[np.float64]

    def targets(self, n_codes: int) -> Matrix:
        """One row per text: its sign at its code."""
        found = np.zeros((len(self.texts), n_codes))
        found[np.arange(len(self.texts)), self.owners] = self.signs
        return found


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Reviewed passages as figures: which codes they have, and of which anything is known."""

    reviewed: tuple[Reviewed, ...]
    topics: tuple[str, ...]
    accepted: Flags
    rejected: Flags
    known: Flags
    stands_for: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Learnt:
    """What reviewed passages taught: how they pull, how usual codes are, what to offer.

    A code that nobody has given yet `is_new`: nothing could be learnt of it.
    """

    scorer: Scorer
    usual: Usual
    calibration: Calibration
    levels: NDArray[np.float64]
    has_parent_beside: Flags
    is_new: Flags


@dataclass(frozen=True, slots=True)
class Fitted:
    """A codebook and what was reviewed, made ready to be applied.

    `learnt` is None while there is too little to learn from.
    """

    codes: tuple[Code, ...]
    family: Family
    space: Space
    told: Scorer
    near: NearWords | None
    learnt: Learnt | None
    verdicts: Verdicts
    rows: Rows
    cues: Suggest | None

    def near_told(self, texts: Sequence[str]) -> Matrix:
        """By passage and code, what single words near to the codebook's add to likeness."""
        if self.near is None:
            return np.zeros((len(texts), len(self.codes)))
        found: Matrix = NEAR * self.near(texts)
        return found

    def evidence(self, rows: Rows, told: Matrix, cues: Matrix) -> NDArray[np.float64]:
        """By passage, code and kind; only where something was learnt."""
        if self.learnt is None:
            raise ValueError("nothing was learnt: too little is reviewed")
        share = self.learnt.usual.share()
        usual = self.learnt.usual.log_share(rows.topics.tolist())
        pulled = self.learnt.scorer(rows) + share
        return gather_evidence(pulled, told, usual, cues, self.family)


def fit(codebook: Codebook, material: Material, *, cues: Suggest | None = None) -> Fitted:
    """The model of a study, from its codebook and material; `cues` finds the codebook's cues.

    Takes well under a second for some hundred reviewed passages, and some seconds for
    thousands, of which 3,000 are learnt from at most.
    """
    codes = tuple(code for code in codebook.codes if is_in_use(code))
    told = _told(codes)
    verdicts = _verdicts(codebook, codes, *thin_out(material.reviewed))
    quotes = [one.text for one in verdicts.reviewed]
    can_learn = _can_learn(verdicts)
    space = Space.of(
        [*dict.fromkeys([*quotes, *told.texts])],
        material.encoder,
        centre=quotes if can_learn else (),
    )
    rows = space.rows([*quotes, *told.texts], [*verdicts.topics, *("" for _ in told.texts)])
    own, n = np.arange(len(rows)), len(quotes)
    told_rows = rows.take(own[n:])
    noise = np.full(len(told.texts), _TOLD_NOISE)
    pull, _ = fit_ridge(kernel(told_rows), told.targets(len(codes)), noise)
    fitted = Fitted(
        codes=codes,
        family=Family.of(codes),
        space=space,
        told=Scorer.of(told_rows, pull),
        near=NearWords.of(codes, material.encoder),
        learnt=None,
        verdicts=verdicts,
        rows=rows.take(own[:n]),
        cues=cues,
    )
    return _with_learnt(fitted, rows, told) if can_learn else fitted


def _can_learn(verdicts: Verdicts) -> bool:
    said = verdicts.accepted[verdicts.known]
    return len(verdicts.reviewed) >= ENOUGH and said.sum() >= 2 and not said.all()


def _with_learnt(fitted: Fitted, rows: Rows, told: Told) -> Fitted:
    verdicts, n = fitted.verdicts, len(fitted.rows)
    usual = Usual.of(verdicts.accepted, verdicts.topics, verdicts.stands_for)
    share = usual.share()
    targets = np.where(verdicts.known, verdicts.accepted - share, 0.0)
    targets = np.vstack([targets, told.targets(len(fitted.codes))])
    noise = np.concatenate([_NOISE / verdicts.stands_for, np.full(len(told.texts), _TOLD_NOISE)])
    pull, inverse = fit_ridge(kernel(rows), targets, noise)
    # every text of the codebook is a group of its own: none is left out with another
    groups = [one.doc_id for one in verdicts.reviewed] + [f"\0{k}" for k in range(len(told.texts))]
    left_out = without_own(inverse, pull, targets, groups)[:n] + share
    evidence = gather_evidence(
        left_out,
        fitted.told(fitted.rows) + fitted.near_told([one.text for one in verdicts.reviewed]),
        usual.log_share(verdicts.topics, own=verdicts.accepted),
        cue_scores(cues_on_texts(fitted.cues, verdicts.reviewed), n, fitted.codes),
        fitted.family,
    )
    weights = verdicts.known * verdicts.stands_for[:, None]
    calibration = calibrate(evidence, verdicts.accepted, weights, never_against=NEVER_AGAINST)
    levels = find_levels(calibration.probabilities(evidence), verdicts.accepted, weights)
    beside = _has_parent_beside(verdicts.accepted, fitted.family)
    is_new: Flags = verdicts.accepted.sum(axis=0) == 0
    learnt = Learnt(Scorer.of(rows, pull), usual, calibration, levels, beside, is_new)
    return replace(fitted, learnt=learnt)


def _told(codes: Sequence[Code]) -> Told:
    found = [
        (text, n, sign)
        for n, code in enumerate(codes)
        for sign, texts in (
            (1.0, (code.name, code.definition, *code.include, *code.examples)),
            (_EXCLUDED, code.exclude),
        )
        for text in texts
        if text.strip()
    ]
    return Told(
        tuple(text for text, _, _ in found),
        np.array([n for _, n, _ in found], dtype=np.int64),
        np.array([sign for _, _, sign in found]),
    )


def _verdicts(
    codebook: Codebook,
    codes: Sequence[Code],
    reviewed: Sequence[Reviewed],
    stands_for: NDArray[np.float64],
) -> Verdicts:
    """Merged codes count as what they are now; codes that are gone are left out."""
    at = {code.id: n for n, code in enumerate(codes)}
    heirs = {code.id: resolve(codebook, code.id) for code in codebook.codes}
    shape = (len(reviewed), len(codes))
    accepted, rejected, still_open = (np.zeros(shape, dtype=bool) for _ in range(3))
    for row, one in enumerate(reviewed):
        told = ((rejected, one.rejected), (accepted, one.accepted), (still_open, one.open))
        for flags, code_ids in told:
            for code_id in code_ids:
                if (n := at.get(heirs.get(code_id, code_id))) is not None:
                    flags[row, n] = True
    rejected &= ~accepted
    complete = np.array([one.is_complete for one in reviewed], dtype=bool).reshape(-1, 1)
    topics = _frequent_topics(reviewed)
    known = accepted | rejected | (complete & ~still_open)
    return Verdicts(tuple(reviewed), topics, accepted, rejected, known, stands_for)


def _frequent_topics(reviewed: Sequence[Reviewed]) -> tuple[str, ...]:
    """The topic of each passage, where enough passages share it to learn from."""
    counts = Counter(one.topic for one in reviewed if one.topic)
    most = sorted(counts, key=lambda topic: (-counts[topic], topic))[:_MOST_TOPICS]
    kept = {topic for topic in most if counts[topic] >= _LEAST_OF_TOPIC}
    return tuple(one.topic if one.topic in kept else "" for one in reviewed)


def _has_parent_beside(accepted: Flags, family: Family) -> Flags:
    """For each code, whether most passages with it were given its parent too."""
    found = np.zeros(accepted.shape[1], dtype=bool)
    for n, parent in enumerate(family.parents.tolist()):
        if parent >= 0 and (uses := accepted[:, n]).any():
            found[n] = accepted[uses, parent].mean() >= 0.5
    return found
