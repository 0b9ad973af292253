"""What to expect of suggestions in a study, by cross-validation on its own codings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from qualcode.analysis.evaluation import (
    Between,
    Coded,
    Trial,
    agreement_between,
    folds_of,
    try_out,
)
from qualcode.analysis.evaluation_table import Tried, evaluation_table
from qualcode.core.codebook import codes_by_id, is_in_use
from qualcode.core.learning import Learner, Material, Reviewed
from qualcode.core.model import Codebook, Span
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.protocols import Suggest
from qualcode.core.table import Table
from qualcode.plugins.registry import load_suggester
from qualcode.project.encoders import encoder_in_use
from qualcode.project.learning import Gatherer
from qualcode.project.named import coder_id
from qualcode.project.study import Study
from qualcode.store.coding_files import load_codings

ENOUGH = 20
"""Passages that must be decided on before suggestions are judged."""
FOLDS = 5
MOST_FOLDS = 20
"""Parts beyond which each is learnt from nearly the same, and only the waiting grows."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How suggestions fared on documents that they had not learnt from.

    `between` is the agreement of coders, None where there are not two, or where it does not
    belong to the method. `only_offered` says that nobody coded by hand: every passage was
    decided on because something was offered there.
    """

    trials: tuple[Trial, ...]
    codebook: Codebook
    folds: int
    documents: int
    coder: str
    between: Between | None
    note: str
    only_offered: bool = False


def evaluate(study: Study, *, coder: str = "", folds: int = FOLDS) -> Evaluation:
    """Suggests each part of the documents by what was decided on the others.

    Args:
        coder: whose decisions are the truth; by default everybody's together.
        folds: parts of the documents; there are never more than documents, or MOST_FOLDS.

    Raises:
        QualcodeError: TOO_LITTLE_TO_JUDGE, CODER_UNKNOWN, and as `make_ready`.
    """
    codebook = study.usable_codebook()
    coder = coder_id(coder)
    passages = Gatherer.only(study, codebook, coder).passages()
    coders = _coders(study)
    if coder and coder not in coders:
        raise QualcodeError(
            problem(P.CODER_UNKNOWN, coder=coder, known=", ".join(coders) or "nobody")
        )
    doc_ids = {one.doc_id for _, one in passages}
    if len(passages) < ENOUGH or len(doc_ids) < 2:
        raise QualcodeError(
            problem(P.TOO_LITTLE_TO_JUDGE, n=len(passages), documents=len(doc_ids), needed=ENOUGH)
        )
    folds = min(folds, len(doc_ids), MOST_FOLDS)
    ways = _Ways(study, codebook)
    trials = tuple(_trials(ways, passages, folds_of(doc_ids, folds)))
    between = None
    if not study.method.hides("agreement"):
        ids = [code.id for code in codebook.codes if is_in_use(code)]
        coded = {one: _coded_by(study, codebook, one) for one in coders}
        between = agreement_between(coded, trials, ids)
    offered = _only_offered(study, coder)
    return Evaluation(trials, codebook, folds, len(doc_ids), coder, between, ways.note, offered)


class _Ways:
    """Makes the suggester of a study ready from other passages than all."""

    def __init__(self, study: Study, codebook: Codebook) -> None:
        settings = study.settings
        self._plugin = load_suggester(settings.suggester, pipeline=settings.pipeline)
        self._used = encoder_in_use(study)
        self.codebook = codebook

    @property
    def note(self) -> str:
        """Which suggester it is, and what compares meaning."""
        label = f'Suggested by "{self._plugin.name}" (version {self._plugin.version})'
        return f"{label}. {self._used.note}" if hasattr(self._plugin, "learn") else f"{label}."

    def learnt_from(self, reviewed: Sequence[Reviewed]) -> Suggest:
        """The suggester, with these passages for all that it knows."""
        if not hasattr(self._plugin, "learn"):
            return self._plugin(self.codebook)
        material = Material(tuple(reviewed), self._used.encoder)
        return cast("Learner", self._plugin).learn(self.codebook, material)


def _trials(
    ways: _Ways, passages: Sequence[tuple[Span, Reviewed]], folds: dict[str, int]
) -> Iterator[Trial]:
    codes = frozenset(code.id for code in ways.codebook.codes if is_in_use(code))
    held: defaultdict[int, list[tuple[Span, Reviewed]]] = defaultdict(list)
    for place, one in passages:
        held[folds[one.doc_id]].append((place, one))
    for fold in sorted(held):
        others = [one for _, one in passages if folds[one.doc_id] != fold]
        suggest = ways.learnt_from(others)
        left_out = [one for _, one in held[fold]]
        yield from try_out(suggest, left_out, [place for place, _ in held[fold]], codes)


def _only_offered(study: Study, coder: str) -> bool:
    """Whether this coder, or anybody, coded nothing but what was offered."""
    return all(
        one.origin == "suggestion"
        for doc_id in study.document_ids()
        for one in load_codings(study.paths, doc_id)[0]
        if coder in ("", one.coder)
    )


def _coders(study: Study) -> tuple[str, ...]:
    found: set[str] = set()
    for doc_id in study.document_ids():
        found.update(one.coder for one in load_codings(study.paths, doc_id)[0])
    return tuple(sorted(found))


def _coded_by(study: Study, codebook: Codebook, coder: str) -> Coded:
    """What one coder gave to each passage that they read to the end."""
    known = frozenset(codes_by_id(codebook))
    return {
        (one.doc_id, place): frozenset(one.accepted) & known
        for place, one in Gatherer.only(study, codebook, coder).passages()
        if one.is_complete
    }


def view_evaluation(
    study: Study, *, coder: str = "", folds: int = FOLDS, every: bool = False
) -> Table:
    """One row per code, with what the figures mean below; errors as `evaluate`.

    Codes with few uses are told in one line; with `every` each has a row too.
    """
    found = evaluate(study, coder=coder, folds=folds)
    whose = f"what {found.coder} decided" if found.coder else "everybody's decisions"
    how = (
        f"Held against {whose} on {len(found.trials):,} passages of {found.documents:,} "
        f"documents: each of {found.folds} parts of the documents was suggested by what was "
        "learnt from the others."
    )
    notes = [how, found.note]
    if folds > MOST_FOLDS:
        notes.insert(
            1, f"More than {MOST_FOLDS} parts take longer and say no more ({folds} asked)."
        )
    tried = Tried(found.trials, found.codebook, found.between, found.only_offered, every)
    return evaluation_table(tried, notes=notes)
