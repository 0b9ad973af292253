"""The suggester of a study: made ready from its codebook, and from all that was decided in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Protocol, cast, runtime_checkable

from qualcode.analysis.lenses import reviewed_lenses
from qualcode.analysis.reviewed import Decided, reviewed_passages
from qualcode.analysis.segment import segment_document
from qualcode.analysis.valence.reviewed import reviewed_leanings, reviewed_valences
from qualcode.core.codebook import codes_by_id, is_in_use, resolve
from qualcode.core.learning import Learner, Material, Reviewed, ReviewedLenses, ReviewedValence
from qualcode.core.model import Codebook, Coding, Document, Segment, Span, Suggestion
from qualcode.core.protocols import Split, Suggest
from qualcode.plugins.registry import load_segmenter, load_suggester
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

    def has_learnt(self, code_id: str) -> bool:
        """Whether the score of a code is a probability."""
        ...

    def explain(self, document: Document, segment: Segment, code_id: str) -> tuple[str, ...]:
        """All that speaks for and against a code on a segment, one line each."""
        ...


@dataclass(frozen=True, slots=True)
class Ready:
    """A suggester made ready for a study.

    `notes` say which one it is, what compares meaning, and what its scores are; `without`
    says why it offers nothing on a segment; `n_reviewed` counts the passages that it knows.
    """

    suggest: Suggest
    notes: tuple[str, ...]

    without: str = "no cue is found there"
    n_reviewed: int = 0

    @property
    def is_calibrated(self) -> bool:
        """Whether scores are probabilities; else they only rank."""
        return isinstance(self.suggest, Learned) and self.suggest.is_calibrated

    def measure(self, code_id: str) -> str:
        """What the score of a code is, in a word: a probability, or evidence that only ranks."""
        return "probability" if self.has_learnt(code_id) else "evidence"

    def has_learnt(self, code_id: str) -> bool:
        """Whether the score of a code is a probability."""
        return isinstance(self.suggest, Learned) and self.suggest.has_learnt(code_id)

    def explain(self, document: Document, segment: Segment, one: Suggestion) -> tuple[str, ...]:
        """The reasons for a suggestion in full; the one line where there are no others.

        What is true of every suggestion stands in the notes, and is not repeated.
        """
        if not isinstance(self.suggest, Learned):
            return (one.why,)
        lines = self.suggest.explain(document, segment, one.code_id)
        return tuple(line for line in lines if line != self.suggest.basis)


def make_ready(
    study: Study,
    codebook: Codebook,
    *,
    gatherer: Gatherer | None = None,
    counted: bool = False,
) -> Ready:
    """The suggester that the settings name, with all that it can learn from the study.

    Args:
        gatherer: what gathers material; without it, everybody's decisions teach.
        counted: for tables that count suggestions: by cues alone, until scores are
            probabilities.

    Raises:
        QualcodeError: NO_PLUGIN, BAD_CODING, BAD_REVIEW, and as `encoder_in_use`.
    """
    settings = study.settings
    plugin = load_suggester(settings.suggester, pipeline=settings.pipeline)
    label = f'Suggested by "{plugin.name}" (version {plugin.version})'
    if not hasattr(plugin, "learn"):
        return Ready(plugin(codebook), (f"{label}. {_EVIDENCE}",))
    gatherer = gatherer or Gatherer.of(study, codebook)
    material = gatherer.material()
    cues = load_suggester(CUES, pipeline=settings.pipeline)
    if counted and not material.reviewed:
        return Ready(cues(codebook), ("Suggested by cues alone: nothing is reviewed yet.",))
    used = encoder_in_use(study)
    suggest = cast("Learner", plugin).learn(codebook, replace(material, encoder=used.encoder))
    if not isinstance(suggest, Learned):
        return Ready(suggest, (f"{label}. {used.note}",))
    if counted and not suggest.is_calibrated:
        return Ready(cues(codebook), (f"Suggested by cues alone. {suggest.basis}",))
    notes = [f"{label}. {used.note}", suggest.basis]
    if suggest.is_calibrated and all(one.accepted for one in material.reviewed):
        notes.append(_NONE_WITHOUT)
    if gatherer.coder:
        notes.append(f"Learnt from what {gatherer.coder} decided alone (learn_from: own).")
    without = _NOT_LIKELY if suggest.is_calibrated else _NO_LIKENESS
    if not any(is_in_use(code) for code in codebook.codes):
        without = _NO_CODES
    return Ready(suggest, tuple(notes), without, len(material.reviewed))


_EVIDENCE = "Evidence puts suggestions in order and is no probability."
_NO_LIKENESS = "no cue is found there, and little is like the codebook's words"
_NO_CODES = "the codebook has no codes yet"
_NOT_LIKELY = "no code is likely enough there"
_NONE_WITHOUT = (
    "Every reviewed passage has a code, so probabilities are too high where most passages have "
    "none: in a review, leave some uncoded (key e)."
)


@dataclass(frozen=True, slots=True)
class Taught:
    """What one document teaches; `passages` come with their places, the rest as in `Material`."""

    passages: tuple[tuple[Span, Reviewed], ...] = ()
    valences: tuple[ReviewedValence, ...] = ()
    lenses: tuple[ReviewedLenses, ...] = ()
    leanings: tuple[tuple[str, ReviewedValence], ...] = ()


@dataclass(slots=True)
class Gatherer:
    """Gathers what was decided in a study; a document is read again only when it changed.

    `coder` is "" where everybody's decisions count.
    """

    study: Study
    codebook: Codebook
    coder: str
    _split: Split
    _by_cues: Suggest
    _heirs: Mapping[str, str]
    _born: dict[str, int] = field(default_factory=dict)
    _held: dict[str, Taught] = field(default_factory=dict)

    @classmethod
    def of(cls, study: Study, codebook: Codebook, coder: str = "") -> Gatherer:
        """A gatherer for this coder, as `learn_from:` in the settings says."""
        return cls.only(study, codebook, coder if study.settings.learn_from == "own" else "")

    @classmethod
    def only(cls, study: Study, codebook: Codebook, coder: str) -> Gatherer:
        """A gatherer of what this coder alone decided; of everybody's, where it is ""."""
        return cls(
            study,
            codebook,
            coder,
            load_segmenter("sentences")(study.settings.language),
            load_suggester(CUES, pipeline=study.settings.pipeline)(codebook),
            {code.id: resolve(codebook, code.id) for code in codebook.codes},
        )

    def forget(self, doc_ids: Iterable[str]) -> None:
        """These documents are read again when material is asked for next."""
        for doc_id in doc_ids:
            self._held.pop(doc_id, None)

    def material(self) -> Material:
        """What was decided; context documents teach nothing.

        Raises:
            QualcodeError: BAD_CODING, BAD_REVIEW.
        """
        taught = self._all_taught()
        return Material(
            tuple(one for told in taught for _, one in told.passages),
            valences=tuple(chain.from_iterable(told.valences for told in taught)),
            lenses=tuple(chain.from_iterable(told.lenses for told in taught)),
            leanings=tuple(chain.from_iterable(told.leanings for told in taught)),
        )

    def passages(self) -> tuple[tuple[Span, Reviewed], ...]:
        """The passages of the material with their places, by document and place."""
        return tuple(chain.from_iterable(told.passages for told in self._all_taught()))

    def _all_taught(self) -> list[Taught]:
        codings = {doc_id: self._codings(doc_id) for doc_id in self.study.document_ids()}
        born: dict[str, int] = {}
        for coding in chain.from_iterable(codings.values()):
            code_id = self._heirs.get(coding.code_id, coding.code_id)
            born[code_id] = min(born.get(code_id, coding.codebook_version), coding.codebook_version)
        if born != self._born:
            self._held.clear()
            self._born = born
        for doc_id, own in codings.items():
            if doc_id not in self._held:
                self._held[doc_id] = self._taught(doc_id, own)
        return [self._held[doc_id] for doc_id in codings]

    def _codings(self, doc_id: str) -> Sequence[Coding]:
        return [c for c in self.study.codings(doc_id) if self.coder in ("", c.coder)]

    def _taught(self, doc_id: str, codings: Sequence[Coding]) -> Taught:
        every = load_reviews(self.study.paths, doc_id)
        reviews = [r for r in every if self.coder in ("", r.coder)]
        if not (codings or reviews):
            return Taught()
        document = self.study.document(doc_id)
        if document.role == "context":
            return Taught()
        segments = tuple(segment_document(document, split=self._split))
        found = tuple(self._by_cues(document, segments)) if reviews else ()
        decided = Decided(codings, reviews, self._heirs, found, self._born)
        found_there = reviewed_passages(document, segments, decided)
        passages = tuple((segment.span, one) for segment, one in found_there)
        codes = codes_by_id(self.codebook)
        now = {old: codes[new] for old, new in self._heirs.items() if new in codes}
        return Taught(
            passages,
            reviewed_valences(document, codings),
            reviewed_lenses(document, codings, now),
            reviewed_leanings(document, codings, now),
        )
