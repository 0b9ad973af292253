"""Suggests a code where its cues are found, in any inflection, and are not denied."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.analysis.cue_coding import CueCoder
from qualcode.core.model import Codebook
from qualcode.core.protocols import Suggest
from qualcode.plugins.language import word_forms

LANGUAGES_WITH_DENIALS = ("en",)


@dataclass(frozen=True, slots=True)
class CueSuggester:
    """Cues alone: no training, no model; each suggestion names the words that led to it."""

    name: str = "cues"
    version: str = "1"

    def __call__(self, codebook: Codebook, /) -> Suggest:
        return CueCoder(
            codebook,
            word_forms(codebook.language),
            name=self.name,
            denials=codebook.language in LANGUAGES_WITH_DENIALS,
        )


suggester = CueSuggester()
