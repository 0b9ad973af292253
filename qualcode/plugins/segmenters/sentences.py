"""Sentences by spaCy's rules for the language; needs no trained pipeline.

spaCy cuts a text at white space and then looks at each stretch alone, so one look at every
different stretch is enough: the sentences are those of its sentencizer, found faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from qualcode.core.model import Span
from qualcode.core.protocols import Split
from qualcode.plugins.segmenters import english
from qualcode.plugins.segmenters.stretches import Stretch, Stretches

if TYPE_CHECKING:
    from spacy.language import Language

LONGEST_TEXT = 900_000
"""Code points given to spaCy at once; it refuses more than a million."""
_BLANK = re.compile(r"\s")
# White space that is more than what parts two words is a token of its own to spaCy.
_UNEVEN = re.compile(r"\s\s|[^\S ]")


def _english(text: str) -> Iterator[Span]:
    return _english_stretches()(_BLANK.sub(" ", text) if _UNEVEN.search(text) else text)


@lru_cache(maxsize=1)
def _english_stretches() -> Stretches:
    return Stretches(english.look, stops=english.STOPS)


class _BySpacy:
    """The sentences that spaCy finds in a language."""

    def __init__(self, language: str) -> None:
        from spacy.pipeline import Sentencizer

        stops = "".join(Sentencizer.default_punct_chars)
        self._nlp = _pipeline(language)
        # Chinese, Japanese, ... are not parted by blanks; their tokenisers know no such rules.
        self._is_parted = hasattr(self._nlp.tokenizer, "rules")
        self._stops = frozenset(stops)
        self._stretches = Stretches(self._look, stops=stops)

    def __call__(self, text: str) -> Iterator[Span]:
        is_even = self._is_parted and not _UNEVEN.search(text)
        return self._stretches(text) if is_even else self._in_full(text)

    def _look(self, words: str, *, ended: bool) -> Stretch:
        starts: list[int] = []
        for token in self._nlp.make_doc(words):
            if token.text in self._stops:
                ended = True
            elif ended and not token.is_punct:
                starts.append(token.idx)
                ended = False
        return Stretch(tuple(starts), ended)

    def _in_full(self, text: str) -> Iterator[Span]:
        for start in range(0, len(text), LONGEST_TEXT):
            part = text[start : start + LONGEST_TEXT]
            for sentence in self._nlp(part).sents:
                words = sentence.text.strip()
                if words:
                    at = start + sentence.start_char + sentence.text.index(words)
                    yield Span(at, at + len(words))


def _pipeline(language: str) -> Language:
    import spacy

    try:
        nlp = spacy.blank(language)
    except ImportError:  # not a language that spaCy knows
        nlp = spacy.blank("xx")
    nlp.add_pipe("sentencizer")
    return nlp


_by_spacy = lru_cache(maxsize=4)(_BySpacy)


def _split(language: str, text: str) -> Iterator[Span]:
    return _by_spacy(language)(text)


@dataclass(frozen=True, slots=True)
class Sentences:
    """Splits at the ends of sentences; spaCy is loaded when a text in another language comes."""

    name: str = "sentences"
    version: str = "1"

    def __call__(self, language: str, /) -> Split:
        return _english if language == "en" else partial(_split, language)


segmenter = Sentences()
