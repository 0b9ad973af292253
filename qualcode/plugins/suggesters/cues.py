"""Suggests a code where its cues are found, in any inflection, and are not denied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qualcode.analysis.cue_coding import CueCoder, Means, cue_patterns
from qualcode.analysis.languages import other_language
from qualcode.analysis.lenses import LensCues, LensModel, Look, fit_lenses
from qualcode.analysis.valence import SHIPPED, ValenceModel
from qualcode.core.learning import Material
from qualcode.core.model import Codebook, Document, Segment, Suggestion
from qualcode.plugins.language import READ_IN, word_forms


class Suggesting:
    """A codebook's cues made ready; a document in another language is matched as written.

    Args:
        pipeline: the name or folder of a trained spaCy pipeline, or "".
        read: what reads the valence of a passage, such as a model that learned from reviewed
            codings; without it codes of either valence are neutral.
        taught: what people said of the lenses of passages, to learn from; suggestions then
            have their codes' own lenses, and `look_for_lenses` says what passages add.
    """

    def __init__(
        self,
        codebook: Codebook,
        *,
        name: str,
        pipeline: str = "",
        read: ValenceModel | None = SHIPPED,
        taught: Material | None = None,
    ) -> None:
        self._codebook = codebook
        self._name = name
        self._pipeline = pipeline
        self._read = read
        self._taught = taught

    def __call__(self, document: Document, segments: Sequence[Segment]) -> Iterator[Suggestion]:
        return (self._as_written if self._is_other(document) else self._own)(document, segments)

    def look_for_lenses(self, document: Document, texts: Sequence[str]) -> list[Look]:
        """At which levels these passages of the document speak."""
        model = self._lenses_as_written if self._is_other(document) else self._own_lenses
        return model.look_at(texts)

    def _is_other(self, document: Document) -> bool:
        return bool(other_language(document, self._codebook.language))

    @cached_property
    def _own_means(self) -> Means:
        is_read = self._codebook.language == READ_IN
        means = Means(
            word_forms(self._codebook.language),
            denials=is_read,
            read=self._read if self._read and (is_read or self._read.n_reviewed) else None,
        )
        if not (self._pipeline or cue_patterns(self._codebook)):
            return means
        from qualcode.plugins.pipeline import PassageReader

        reader = PassageReader(self._codebook.language, self._pipeline)
        return replace(
            means,
            patterns=reader.find_patterns,
            deny=reader.find_denial if is_read and self._pipeline else None,
        )

    @cached_property
    def _own_lenses(self) -> LensModel:
        means, is_read = self._own_means, self._codebook.language == READ_IN
        known = LensCues.of(
            self._codebook.lenses, means.forms, patterns=means.patterns, reads_words=is_read
        )
        if self._taught is None:
            return fit_lenses(known)
        return fit_lenses(known, self._taught.lenses, self._taught.encoder)

    @cached_property
    def _lenses_as_written(self) -> LensModel:
        return fit_lenses(LensCues.of(self._codebook.lenses, word_forms(""), reads_words=False))

    @cached_property
    def _own(self) -> CueCoder:
        means = replace(self._own_means, lenses=None if self._taught else self._own_lenses)
        return CueCoder(self._codebook, means, name=self._name)

    @cached_property
    def _as_written(self) -> CueCoder:
        means = Means(word_forms(""), denials=False, read=None)
        means = replace(means, lenses=None if self._taught else self._lenses_as_written)
        return CueCoder(self._codebook, means, name=self._name)


@dataclass(frozen=True, slots=True)
class CueSuggester:
    """Cues alone: no training, no model; each suggestion names the words that led to it."""

    name: str = "cues"
    version: str = "4"
    pipeline: str = ""
    read: ValenceModel | None = SHIPPED
    taught: Material | None = None

    def __call__(self, codebook: Codebook, /) -> Suggesting:
        return Suggesting(
            codebook,
            name=self.name,
            pipeline=self.pipeline,
            read=self.read,
            taught=self.taught,
        )

    def with_pipeline(self, pipeline: str) -> CueSuggester:
        """The same, reading with a trained spaCy pipeline, by name or folder."""
        return replace(self, pipeline=pipeline)

    def with_valence(self, read: ValenceModel | None) -> CueSuggester:
        """The same, reading valence with a model that learned from a project's codings, or not."""
        return replace(self, read=read)

    def with_lenses(self, taught: Material) -> CueSuggester:
        """The same for a suggester that asks for lenses itself, learnt from what people said."""
        return replace(self, taught=taught)


suggester = CueSuggester()
