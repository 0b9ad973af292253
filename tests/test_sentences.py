from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.core.model import Span
from qualcode.plugins.segmenters.sentences import segmenter, whole_quotations
from qualcode.project.shipped import sample_folder

if TYPE_CHECKING:
    from spacy.language import Language

pytestmark = pytest.mark.spacy

# Stretches on which rules for the ends of sentences differ, and the blanks between them.
STRETCHES = st.sampled_from(
    [
        *("They", "left", "e.g.", "Dr.", "Mr.", "p.m.", "U.S.", "3.5", "no.", "No.", "end.Next"),
        *("...", "wait...", "why?!", "'Yes.'", '"Yes."', "(it.)", ".)", "Ms.Lee", "a.b.", "–", "!"),
        *("what?", "well…", "“", "”", "[OC:", "it.]", "5.", "v.", "Inc.", "'", ":)", "don't."),
    ]
)
TEXTS = st.lists(st.tuples(STRETCHES, st.sampled_from([" ", " ", " ", "  ", "\n", "\u3000"])))


@cache
def spacy_itself(language: str) -> Language:
    import spacy

    nlp = spacy.blank(language)
    nlp.add_pipe("sentencizer")
    return nlp


def by_spacy(text: str, language: str = "en") -> list[str]:
    spans = []
    for sentence in spacy_itself(language)(text).sents:
        if words := sentence.text.strip():
            start = sentence.start_char + sentence.text.index(words)
            spans.append(Span(start, start + len(words)))
    return [text[span.start : span.end] for span in whole_quotations(text, spans)]


def found(text: str, language: str = "en") -> list[str]:
    return [text[span.start : span.end] for span in segmenter(language)(text)]


def test_a_text_is_split_at_the_ends_of_its_sentences() -> None:
    text = "Dr. Lee left at 3.5 p.m. again. Why? 'Nobody said.' They keep changing..."

    assert found(text) == [
        "Dr. Lee left at 3.5 p.m. again.",
        "Why? '",
        "Nobody said.'",
        "They keep changing...",
    ]


def test_white_space_alone_has_no_sentence() -> None:
    assert found(" \n ") == []


@settings(deadline=None)  # the first text loads spaCy
@given(stretches=st.lists(STRETCHES))
def test_english_sentences_are_those_of_spacy(stretches: list[str]) -> None:
    text = " ".join(stretches)

    assert found(text) == by_spacy(text)


@pytest.mark.parametrize("language", ["de", "ro", "zz"])
@settings(deadline=None)
@given(parts=TEXTS)
def test_sentences_of_other_languages_are_those_of_spacy(
    language: str, parts: list[tuple[str, str]]
) -> None:
    text = "".join(f"{stretch}{blank}" for stretch, blank in parts)

    assert found(text, language) == by_spacy(text, "xx" if language == "zz" else language)


def test_any_white_space_parts_english_sentences() -> None:
    assert found("It left.\n\nThey  stayed.\tAll") == ["It left.", "They  stayed.", "All"]


@pytest.mark.parametrize("name", ["int-04-health.txt", "minutes-2025-05-15.txt"])
def test_sentences_of_a_sample_are_those_of_spacy(name: str) -> None:
    text = " ".join((sample_folder() / name).read_text(encoding="utf-8").split())

    assert found(text) == by_spacy(text)


def test_a_language_without_blanks_is_split_by_its_own_rules() -> None:
    assert found("他们走了。没有人说话。", "zh") == ["他们走了。", "没有人说话。"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            'Farah does not. "You should have told him. He pays." He left.',
            ["Farah does not.", '"You should have told him. He pays."', "He left."],
        ),
        (
            "He said: “No. Never.” and left. Why?",
            ["He said: “No. Never.”", "and left.", "Why?"],
        ),
        (
            '"Yours are," says Grace. "I go far. Yes."',
            ['"Yours are," says Grace.', '"I go far. Yes."'],
        ),
        ('A 5" pipe. It is 6" long.', ['A 5" pipe.', 'It is 6" long.']),
        ('She said "no. That was all.', ['She said "no.', "That was all."]),
        ("Er sagte: „Nein. Nie.“ Warum?", ["Er sagte: „Nein. Nie.“", "Warum?"]),
    ],
)
def test_a_short_quotation_stays_in_one_piece(text: str, sentences: list[str]) -> None:
    assert found(text) == sentences


def test_a_long_quotation_is_split_at_its_sentences() -> None:
    text = f'"{"They left. " * 40}So."'

    assert len(found(text)) == 41
