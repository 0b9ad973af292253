"""Suggests a code where its cues are found, in any inflection, and are not denied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qualcode.analysis.cue_coding import CueCoder, Means, cue_patterns
from qualcode.analysis.languages import other_language
from qualcode.analysis.valence import SHIPPED, ValenceModel
from qualcode.core.model import Codebook, Document, Segment, Suggestion
from qualcode.core.protocols import Suggest
from qualcode.plugins.language import READ_IN, word_forms


class Suggesting:
    """A codebook's cues made ready; a document in another language is matched as written.

    Args:
        pipeline: the name or folder of a trained spaCy pipeline, or "".
        read: what reads the valence of a passage, such as a model that learned from reviewed
            codings.
    """

    def __init__(
        self, codebook: Codebook, *, name: str, pipeline: str = "", read: ValenceModel = SHIPPED
    ) -> None:
        self._codebook = codebook
        self._name = name
        self._pipeline = pipeline
        self._read = read

    def __call__(self, document: Document, segments: Sequence[Segment]) -> Iterator[Suggestion]:
        is_other = other_language(document, self._codebook.language)
        return (self._as_written if is_other else self._own)(document, segments)

    @cached_property
    def _own(self) -> CueCoder:
        is_read = self._codebook.language == READ_IN
        means = Means(
            word_forms(self._codebook.language),
            denials=is_read,
            read=self._read if is_read or self._read.n_reviewed else None,
        )
        if self._pipeline or cue_patterns(self._codebook):
            from qualcode.plugins.pipeline import PassageReader

            reader = PassageReader(self._codebook.language, self._pipeline)
            means = replace(
                means,
                patterns=reader.find_patterns,
                deny=reader.find_denial if is_read and self._pipeline else None,
            )
        return CueCoder(self._codebook, means, name=self._name)

    @cached_property
    def _as_written(self) -> CueCoder:
        return CueCoder(
            self._codebook, Means(word_forms(""), denials=False, read=None), name=self._name
        )


@dataclass(frozen=True, slots=True)
class CueSuggester:
    """Cues alone: no training, no model; each suggestion names the words that led to it."""

    name: str = "cues"
    version: str = "2"
    pipeline: str = ""
    read: ValenceModel = SHIPPED

    def __call__(self, codebook: Codebook, /) -> Suggest:
        return Suggesting(codebook, name=self.name, pipeline=self.pipeline, read=self.read)

    def with_pipeline(self, pipeline: str) -> CueSuggester:
        """The same, reading with a trained spaCy pipeline, by name or folder."""
        return replace(self, pipeline=pipeline)

    def with_valence(self, read: ValenceModel) -> CueSuggester:
        """The same, reading valence with a model that learned from a project's codings."""
        return replace(self, read=read)


suggester = CueSuggester()
