"""Suggests codes by cues, by the codebook's own words, and by what was reviewed so far."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.analysis.learning.model import HybridModel, fit_hybrid
from qualcode.analysis.valence import fit_valence
from qualcode.core.learning import Material
from qualcode.core.model import Codebook
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
        codes, lenses = codebook.codes, codebook.lenses
        has_cues = any(code.cues for code in codes) or any(lens.cues for lens in lenses)
        cues = by_cues.with_valence(read).with_pipeline(self.pipeline)
        return fit_hybrid(
            codebook,
            material,
            name=self.name,
            cues=cues(codebook) if has_cues else None,
            read=lambda text, topic: read(text, topic).valence,
        )

    def with_pipeline(self, pipeline: str) -> HybridSuggester:
        """The same, finding cues with a trained spaCy pipeline, by name or folder."""
        return replace(self, pipeline=pipeline)


suggester = HybridSuggester()
