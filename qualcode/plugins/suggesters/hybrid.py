"""Suggests codes by cues, by the codebook's own words, and by what was reviewed so far."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.analysis.learning.model import HybridModel, ReadValence, fit_hybrid
from qualcode.analysis.valence import ValenceModel, fit_valence
from qualcode.core.learning import Material
from qualcode.core.model import Codebook
from qualcode.plugins.language import READ_IN
from qualcode.plugins.suggesters.cues import suggester as by_cues


@dataclass(frozen=True, slots=True)
class HybridSuggester:
    """Re-fitted on each project: nothing that it knows of one study comes from another."""

    name: str = "hybrid"
    version: str = "1"
    pipeline: str = ""

    def __call__(self, codebook: Codebook, /) -> HybridModel:
        return self.learn(codebook, Material())

    def learn(self, codebook: Codebook, material: Material, /) -> HybridModel:
        """The model of a study, from its codebook, its reviewed passages and an encoder."""
        read = fit_valence(material.valences)
        has_cues = any(code.cues for code in codebook.codes)
        with_what_was_told = by_cues.with_valence(read).with_lenses(material)
        cues = with_what_was_told.with_pipeline(self.pipeline)(codebook)
        return fit_hybrid(
            codebook,
            material,
            name=self.name,
            cues=cues if has_cues else None,
            read=_reader(codebook, read),
            read_lenses=cues.look_for_lenses,
        )

    def with_pipeline(self, pipeline: str) -> HybridSuggester:
        """The same, finding cues with a trained spaCy pipeline, by name or folder."""
        return replace(self, pipeline=pipeline)


def _reader(codebook: Codebook, read: ValenceModel) -> ReadValence:
    """Reads valence where its words are known, or it was learnt; elsewhere all is neutral."""
    if codebook.language != READ_IN and not read.n_reviewed:
        return lambda _text, _topic: "neutral"
    return lambda text, topic: read(text, topic).valence


suggester = HybridSuggester()
