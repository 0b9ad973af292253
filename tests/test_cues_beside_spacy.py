"""Cues beside spaCy's own matchers, where both mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from qualcode.analysis.matching import Matcher
from qualcode.core.cues import parse_cue
from qualcode.plugins.language import word_forms
from qualcode.project.shipped import sample_folder

pytestmark = pytest.mark.spacy

SAMPLES = ("int-04-health.txt", "minutes-2025-05-15.txt", "fieldnotes-2025-03-13-board.txt")
# Words of one letter are left out: "w/" and "a.m." are one token to spaCy and words to a cue.
PHRASE = re.compile(r"(?<![\w'’])[a-z]{2,}(?: [a-z]{2,}){0,2}", re.IGNORECASE)
Place = tuple[str, int, int]


def texts() -> list[str]:
    return [
        " ".join(paragraph.split())
        for name in SAMPLES
        for paragraph in (sample_folder() / name).read_text(encoding="utf-8").split("\n\n")
    ]


def phrases(held: list[str]) -> list[str]:
    """Five hundred phrases of one to three words, as they stand in the texts."""
    found = [match.group() for text in held for match in PHRASE.finditer(text)]
    return list(dict.fromkeys(found))[:500]


def places(text: str, found: Iterable[Place]) -> set[Place]:
    """The hits that are whole words as written: "can" in "can't" is a word to spaCy alone, and
    "well known" is found in "well-known" by cues alone.
    """
    return {
        (phrase, start, end)
        for phrase, start, end in found
        if text[start:end] == phrase
        and not re.match(r"[\w'’]", text[end : end + 1])
        and not re.match(r"[\w'’]", text[start - 1 : start])
    }


def test_exact_phrases_are_found_where_the_phrase_matcher_finds_them() -> None:
    import spacy
    from spacy.matcher import PhraseMatcher

    held = texts()
    sought = phrases(held)
    nlp = spacy.blank("en")
    theirs = PhraseMatcher(nlp.vocab)
    theirs.add("phrases", [nlp.make_doc(phrase) for phrase in sought])
    ours = Matcher([parse_cue(f'="{phrase}"') for phrase in sought], word_forms("en"))
    by_cues, by_spacy = [], []
    for text in held:
        doc = nlp.make_doc(text)
        spans = [doc[start:end] for _, start, end in theirs(doc)]
        by_cues.append(places(text, ((sought[h.rule], h.start, h.end) for h in ours.find(text))))
        by_spacy.append(places(text, ((s.text, s.start_char, s.end_char) for s in spans)))

    assert by_cues == by_spacy
    assert sum(map(len, by_cues)) == 1126


def test_inflections_and_choices_are_found_where_the_token_matcher_finds_them() -> None:
    import spacy
    from spacy.matcher import Matcher as TokenMatcher

    nlp = spacy.blank("en")
    theirs = TokenMatcher(nlp.vocab)
    whose = {"LOWER": {"IN": ["her", "his", "their"]}}
    what = ["name", "names", "eye", "eyes", "hand", "hands", "handed", "phone", "folder", "folders"]
    theirs.add("theirs", [[whose, {"LOWER": {"IN": what}}]])
    ours = Matcher([parse_cue("(her|his|their) (name|eye|hand|phone|folder)")], word_forms("en"))
    by_cues, by_spacy = [], []
    for text in texts():
        doc = nlp.make_doc(text)
        by_cues += [text[hit.start : hit.end] for hit in ours.find(text)]
        by_spacy += [doc[start:end].text for _, start, end in theirs(doc)]

    assert by_cues == by_spacy
    assert by_cues == ["her name", "her hands", "his phone", "her eyes", "his hand"]
