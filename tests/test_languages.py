from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.analysis.languages import found_language, language_notes, other_language
from qualcode.analysis.segment import segment_document
from qualcode.core.model import Attribute, Codebook, Document, Span
from qualcode.plugins.language import reading_notes
from qualcode.plugins.suggesters.cues import suggester
from qualcode.project.study import Study
from tests.coding_study import study as study  # a fixture
from tests.command import run_qualcode
from tests.factory import a_bullet, a_code, a_document, write

FRENCH = (
    "on ne sait pas qui est dans le groupe et le budget n'est pas clair pour nous, les autres "
    "services ne sont pas là, ils ont leurs propres règles et leur silo, nous avons un bureau "
    "dans la mairie et c'est une bonne chose pour les familles"
)
ENGLISH = (
    "nobody knows who is in the group and the budget is not clear to us, the other services are "
    "not there, they have their own rules and their silo, we have an office in the town hall "
    "and that is a good thing for the families"
)


@pytest.mark.parametrize(
    ("text", "expected", "found"),
    [
        (FRENCH, "en", "French"),
        (ENGLISH, "en", ""),
        (ENGLISH, "fr", "English"),
        (FRENCH, "fr", ""),
        ("le budget n'est pas clair", "en", ""),  # too short to tell
        (ENGLISH + " " + FRENCH, "en", ""),  # both
        (FRENCH, "zu", ""),  # little words of Zulu are not known
        ("Οι υπηρεσίες δεν μιλούν μεταξύ τους. " * 10, "en", "Greek"),
        ("Bullet 12 Board NSPB item " * 20, "en", ""),
        (ENGLISH * 6 + " " + FRENCH * 60, "en", "French"),  # below an English head
        (ENGLISH * 60 + " " + FRENCH * 6, "en", ""),
        ("", "en", ""),
    ],
)
def test_another_language_is_named(text: str, expected: str, found: str) -> None:
    assert found_language(text, expected) == found


def told(language: str) -> Document:
    document = a_document(a_bullet(ENGLISH))
    return replace(document, attributes=(Attribute("language", language),))


@pytest.mark.parametrize(
    ("language", "found"),
    [("fr", "French"), ("French", "French"), ("fr-CA", "French"), ("en-GB", ""), ("zu", "zu")],
)
def test_what_a_document_says_of_its_language_goes_before_its_words(
    language: str, found: str
) -> None:
    assert other_language(told(language), "en") == found


def test_the_note_names_both_languages_and_what_to_do() -> None:
    document = replace(a_document(a_bullet(FRENCH)), source_name="int-04.txt")

    assert [str(note) for note in language_notes(document, "en")] == [
        "int-04.txt: Q554 this document seems to be in French and the codebook is in English, so "
        "cues match only as they are written, and no denial or valence is read. Write cues in "
        "that language, or give the document language: English in its front matter."
    ]


def suggested(text: str, cues: tuple[str, ...]) -> list[tuple[str, str]]:
    document = a_document(a_bullet(text))
    segments = list(segment_document(document, split=lambda words: [Span(0, len(words))]))
    codebook = Codebook("N", codes=(a_code("silos", valence="either", cues=cues),))
    return [(s.valence, s.why) for s in suggester(codebook)(document, segments)]


def test_in_another_language_cues_match_as_written_and_have_no_valence() -> None:
    assert suggested(FRENCH, ("silo", "famille")) == [("neutral", 'matches "silo"')]


def test_cues_can_be_written_in_the_other_language() -> None:
    assert suggested(FRENCH, ("leurs propres règles",)) == [
        ("neutral", 'matches "leurs propres règles"')
    ]


def test_in_the_language_of_the_codebook_cues_match_inflected() -> None:
    assert suggested(ENGLISH, ("family",)) == [
        ("mixed", 'matches "families"; hinders: "nobody knows", "not clear", "silo"; helps: "good"')
    ]


def test_check_and_run_note_a_document_in_another_language(study: Study) -> None:
    source = write(study.paths.root.parent, "int-03.md", f"INT03  Infirmière\n\n- {FRENCH}\n")
    run_qualcode("add", source, "--plain")

    checked = run_qualcode("check")
    ran = run_qualcode("run", study.paths.root, "--codebook", study.paths.codebook, "--plain")

    assert checked.status == 0
    assert checked.err.count("Q554 this document seems to be in French") == 1
    assert ran.err.count("Q554 this document seems to be in French") == 1


@pytest.mark.parametrize(
    ("language", "numbers"), [("en", []), ("fr", ["Q557"]), ("zu", ["Q556", "Q557"])]
)
def test_what_cannot_be_read_in_the_language_of_a_codebook_is_noted(
    language: str, numbers: list[str]
) -> None:
    assert [note.number for note in reading_notes(language)] == numbers
