"""Sentences by spaCy's rules for the language; needs no trained pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from qualcode.core.model import Span
from qualcode.core.protocols import Split

if TYPE_CHECKING:
    from spacy.language import Language

LONGEST_TEXT = 900_000
"""Code points given to spaCy at once; it refuses more than a million."""


@lru_cache(maxsize=4)
def _pipeline(language: str) -> Language:
    import spacy

    try:
        nlp = spacy.blank(language)
    except ImportError:  # not a language that spaCy knows
        nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    return nlp


def _sentences(language: str, text: str) -> Iterator[Span]:
    for start in range(0, len(text), LONGEST_TEXT):
        part = text[start : start + LONGEST_TEXT]
        for sentence in _pipeline(language)(part).sents:
            words = sentence.text.strip()
            if words:
                at = start + sentence.start_char + sentence.text.index(words)
                yield Span(at, at + len(words))


@dataclass(frozen=True, slots=True)
class Sentences:
    """Splits at the ends of sentences; spaCy is loaded when the first text comes."""

    name: str = "sentences"
    version: str = "1"

    def __call__(self, language: str, /) -> Split:
        return partial(_sentences, language)


segmenter = Sentences()
