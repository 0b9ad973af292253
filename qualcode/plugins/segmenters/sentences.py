"""Sentences by spaCy's rules for the language; needs no trained pipeline.

spaCy cuts a text at white space and then looks at each stretch alone, so one look at every
different stretch is enough: the sentences are those of its sentencizer, found faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from qualcode.core.model import Span
from qualcode.core.protocols import Split
from qualcode.plugins.segmenters import english
from qualcode.plugins.segmenters.stretches import Stretch, Stretches

if TYPE_CHECKING:
    from spacy.language import Language

LONGEST_TEXT = 900_000
"""Code points given to spaCy at once; it refuses more than a million."""
LONGEST_QUOTATION = 400
"""Characters of a quotation that is kept in one piece."""
_BLANK = re.compile(r"\s")
# White space that is more than what parts two words is a token of its own to spaCy.
_UNEVEN = re.compile(r"\s\s|[^\S ]")
_OPENING = '“„«"'
# Marks that open and close, and straight ones, which close behind what is no blank.
_QUOTED = re.compile(
    rf"“[^“”]{{1,{LONGEST_QUOTATION}}}”|„[^„“”]{{1,{LONGEST_QUOTATION}}}[“”]"
    rf"|«[^«»]{{1,{LONGEST_QUOTATION}}}»"
    rf'|(?<![\w"])"(?=\S)[^"]{{1,{LONGEST_QUOTATION}}}(?<=\S)"(?!\w)'
)


def whole_quotations(text: str, sentences: Iterable[Span]) -> Iterator[Span]:
    """The sentences, with none that begins inside a short quotation of several.

    What opens a quotation stands with it, not with the sentence before.

    >>> said = 'She left. "Nobody came. So what?" Good.'
    >>> [said[one.start : one.end] for one in segmenter("en")(said)]
    ['She left.', '"Nobody came. So what?"', 'Good.']
    """
    found = tuple(sentences)
    may_quote = len(found) > 1 and any(map(text.__contains__, _OPENING))
    quoted = [match.span() for match in _QUOTED.finditer(text)] if may_quote else []
    if not quoted:
        yield from found
        return
    start = found[0].start
    for before, one in pairwise(found):
        around = next((at for at, end in quoted if at < one.start < end), None)
        if around is None:
            yield _trimmed(text, start, before.end)
            start = one.start
        elif around > start and not any(map(str.isalnum, text[around : one.start])):
            yield _trimmed(text, start, around)
            start = around
    yield Span(start, found[-1].end)


def _trimmed(text: str, start: int, end: int) -> Span:
    return Span(start, start + len(text[start:end].rstrip()))


def _english(text: str) -> Iterator[Span]:
    # Every white space but the blank is a sign that cannot be printed.
    is_even = text.isprintable() and "  " not in text
    return _english_stretches()(text if is_even else _BLANK.sub(" ", text))


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
    found = _english(text) if language == "en" else _by_spacy(language)(text)
    return whole_quotations(text, found)


@dataclass(frozen=True, slots=True)
class Sentences:
    """Splits at the ends of sentences; spaCy is loaded when a text in another language comes."""

    name: str = "sentences"
    version: str = "2"

    def __call__(self, language: str, /) -> Split:
        return partial(_split, language)


segmenter = Sentences()
