"""Suggests codes by cues, by the codebook's own words, and by what was reviewed so far."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.analysis.learning.model import HybridModel, fit_hybrid
from qualcode.analysis.valence import CodeReader, IsOwn, fit_leanings, fit_valence
from qualcode.core.cues import WORD
from qualcode.core.learned import Learned
from qualcode.core.learning import Material
from qualcode.core.model import Codebook
from qualcode.plugins.language import READ_IN, word_forms
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
        has_cues = any(code.cues for code in codebook.codes)
        # valence is read here, once for a passage and not for each of its cues
        asked = by_cues.with_valence(None).with_lenses(material)
        cues = asked.with_pipeline(self.pipeline)(codebook)
        return fit_hybrid(
            codebook,
            material,
            name=self.name,
            cues=cues if has_cues else None,
            read=_reader(codebook, material),
            read_lenses=cues.look_for_lenses if codebook.lenses else None,
        )

    def with_pipeline(self, pipeline: str) -> HybridSuggester:
        """The same, finding cues with a trained spaCy pipeline, by name or folder."""
        return replace(self, pipeline=pipeline)


def _reader(codebook: Codebook, material: Material) -> CodeReader | None:
    """Reads valence where its words are known, or it was learnt; elsewhere all is neutral."""
    read = fit_valence(material.valences)
    if codebook.language != READ_IN and not read.n_reviewed:
        return None
    return CodeReader(read, fit_leanings(read, material.leanings), _own_words(codebook))


def _own_words(codebook: Codebook) -> IsOwn:
    """Whether a word is a code's own: a cue of one word, or its name, in any inflection."""
    forms = word_forms(codebook.language)
    own = {
        code.id: frozenset(
            form
            for cue in (code.name, *code.cues)
            if WORD.fullmatch(cue)
            for form in forms.in_cue(cue.lower())
        )
        for code in codebook.codes
        if code.valence == "either"
    }
    of_text = Learned(forms.in_text)
    return lambda code_id, words: not own[code_id].isdisjoint(of_text[words.replace("’", "'")])


suggester = HybridSuggester()
