"""How words inflect in a language, by the word lists of simplemma."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from qualcode.analysis.languages import NAMES
from qualcode.analysis.matching import WordForms
from qualcode.core.problems import P, Problem, problem

READ_IN = "en"
"""The language in which denials and valence are known."""
_ACRONYM = re.compile(r"[A-Z]{2,}s")


@lru_cache(maxsize=4)
def word_forms(language: str) -> WordForms:
    """The forms that words stand for; where the language is not known, only as written.

    A cue word in its dictionary form stands for its inflections: `send` finds "sent" and
    "sending". One written inflected (`sent`) stands for those of its dictionary form, unless
    it is a dictionary form too: `meeting` finds "meetings" and not "met". A contraction stands
    for itself, and "isn't" in a text also for "not".
    """
    lemma = dictionary_form(language)

    def in_cue(word: str) -> frozenset[str]:
        if "'" in word:  # a contraction is no inflection: "don't" never stands for "do"
            return frozenset((word,))
        head = lemma(word)
        is_head = head == word or lemma(word + "s") == word
        return frozenset((word,)) if is_head else frozenset((word, head))

    def in_text(word: str) -> frozenset[str]:
        if _ACRONYM.fullmatch(word):
            return frozenset((word.lower(), word[:-1].lower()))
        lower = word.lower()
        if lower.endswith("n't"):
            return frozenset((lower, "not"))
        bare = lower[:-2] if lower.endswith("'s") else lower
        return frozenset((lower, bare, lemma(bare)))

    return WordForms(in_cue, in_text)


def is_known_language(language: str) -> bool:
    """Whether inflections of the language (a two-letter code) are known."""
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return language in SUPPORTED_LANGUAGES


def reading_notes(language: str) -> tuple[Problem, ...]:
    """Notes on what cannot be read in the language of a codebook; none for English."""
    if language == READ_IN:
        return ()
    english_only = problem(P.ENGLISH_ONLY, language=NAMES.get(language, f'"{language}"'))
    if is_known_language(language):
        return (english_only,)
    return (problem(P.UNKNOWN_INFLECTIONS, language=language), english_only)


@lru_cache(maxsize=4)
def dictionary_form(language: str) -> Callable[[str], str]:
    """What gives the dictionary form of a word in lower case; the word where none is known."""
    if not is_known_language(language):
        return lambda word: word
    from simplemma import Lemmatizer

    lemmatizer = Lemmatizer()
    return lambda word: lemmatizer.lemmatize(word, lang=language).lower()
