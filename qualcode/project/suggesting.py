"""The suggester of a study: made ready from its codebook, and from all that was decided in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, cast, runtime_checkable

from qualcode.analysis.review_queue import open_suggestions, order_for_coverage
from qualcode.analysis.reviewed import Decided, reviewed_passages
from qualcode.analysis.segment import segment_document
from qualcode.analysis.valence.reviewed import reviewed_valences
from qualcode.core.codebook import resolve
from qualcode.core.learning import Learner, Material, Reviewed, ReviewedValence
from qualcode.core.model import Codebook, Coding, Document, Segment, Span, Suggestion
from qualcode.core.protocols import Split, Suggest
from qualcode.plugins.registry import load_segmenter, load_suggester
from qualcode.project.coding import coder_id
from qualcode.project.coding_views import Which, case_at, documents_meant
from qualcode.project.deciding import coder_name
from qualcode.project.encoders import encoder_in_use
from qualcode.project.study import Study
from qualcode.store.review_files import load_reviews

CUES = "cues"


@runtime_checkable
class Learned(Protocol):
    """What a learner gives back, beside being a `Suggest`."""

    @property
    def is_calibrated(self) -> bool:
        """Whether scores are probabilities; else they only rank."""
        ...

    @property
    def basis(self) -> str:
        """What scores are, and from what, in one sentence."""
        ...

    def explain(self, document: Document, segment: Segment, code_id: str) -> tuple[str, ...]:
        """All that speaks for and against a code on a segment, one line each."""
        ...


@dataclass(frozen=True, slots=True)
class Ready:
    """A suggester made ready for a study.

    `notes` say which one it is, what compares meaning, and what its scores are.
    """

    suggest: Suggest
    notes: tuple[str, ...]

    @property
    def is_calibrated(self) -> bool:
        """Whether scores are probabilities; else they only rank."""
        return isinstance(self.suggest, Learned) and self.suggest.is_calibrated

    def explain(self, document: Document, segment: Segment, one: Suggestion) -> tuple[str, ...]:
        """The reasons for a suggestion in full; the one line where there are no others."""
        if isinstance(self.suggest, Learned):
            return self.suggest.explain(document, segment, one.code_id)
        return (one.why,)


def make_ready(
    study: Study, codebook: Codebook, *, coder: str = "", counted: bool = False
) -> Ready:
    """The suggester that the settings name, with all that it can learn from the study.

    Args:
        coder: who is asking; where the settings say `learn_from: own`, only what this coder
            decided teaches.
        counted: for tables that count suggestions: by cues alone, until scores are
            probabilities.

    Raises:
        QualcodeError: NO_PLUGIN, BAD_CODING, BAD_REVIEW, and as `encoder_in_use`.
    """
    settings = study.settings
    plugin = load_suggester(settings.suggester, pipeline=settings.pipeline)
    if not hasattr(plugin, "learn"):
        return Ready(plugin(codebook), (f'Suggested by "{plugin.name}" (version {plugin.version}).',))
    own = coder if settings.learn_from == "own" else ""
    used = encoder_in_use(study)
    material = gather_material(study, codebook, coder=own)
    learner = cast("Learner", plugin)
    suggest = learner.learn(codebook, Material(material.reviewed, used.encoder, material.valences))
    notes = [f'Suggested by "{plugin.name}" (version {plugin.version}). {used.note}']
    if isinstance(suggest, Learned):
        if counted and not suggest.is_calibrated:
            return _by_cues(study, codebook)
        notes.append(suggest.basis)
        if suggest.is_calibrated and all(one.accepted for one in material.reviewed):
            notes.append(_NONE_WITHOUT)
    if own:
        notes.append(f"Learnt from what {own} decided alone (learn_from: own).")
    return Ready(suggest, tuple(notes))


_NONE_WITHOUT = (
    "Every reviewed passage has a code, so probabilities are too high where most passages have "
    "none: in a review, leave some uncoded (key e)."
)


def _by_cues(study: Study, codebook: Codebook) -> Ready:
    plugin = load_suggester(CUES, pipeline=study.settings.pipeline)
    note = f'Suggested by "{plugin.name}" (version {plugin.version}): too little is reviewed to learn.'
    return Ready(plugin(codebook), (note,))


def gather_material(study: Study, codebook: Codebook, *, coder: str = "") -> Material:
    """What was decided in a study, by everybody or by one coder; context documents left out.

    Raises:
        QualcodeError: BAD_CODING, BAD_REVIEW.
    """
    reviewed: list[Reviewed] = []
    valences: list[ReviewedValence] = []
    for passages, told in _decided(study, codebook, coder):
        reviewed.extend(one for _, one in passages)
        valences.extend(told)
    return Material(tuple(reviewed), None, tuple(valences))


Passages = Sequence[tuple[Segment, Reviewed]]


def _decided(
    study: Study, codebook: Codebook, coder: str
) -> Iterator[tuple[Passages, Sequence[ReviewedValence]]]:
    heirs = {code.id: resolve(codebook, code.id) for code in codebook.codes}
    split = load_segmenter("sentences")(study.settings.language)
    by_cues = load_suggester(CUES, pipeline=study.settings.pipeline)(codebook)
    for doc_id in study.document_ids():
        codings = [c for c in study.codings(doc_id) if coder in ("", c.coder)]
        reviews = [r for r in load_reviews(study.paths, doc_id) if coder in ("", r.coder)]
        if not (codings or reviews):
            continue
        document = study.document(doc_id)
        if document.role == "context":
            continue
        segments = tuple(segment_document(document, split=split))
        found = tuple(by_cues(document, segments)) if reviews else ()
        decided = Decided(codings, reviews, heirs, found)
        passages = tuple(reviewed_passages(document, segments, decided))
        yield passages, reviewed_valences(document, codings)
