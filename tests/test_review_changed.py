"""What a person changes of a suggestion before accepting it."""

from __future__ import annotations

import io
import sys

import pytest

from qualcode.core.code_words import nearest_codes
from qualcode.project.study import Study
from tests.coding_study import run, study
from tests.command import Outcome
from tests.factory import a_code, a_codebook

__all__ = ["study"]


@pytest.fixture
def silos(study: Study) -> Study:
    """The study with a code of another lens, and one of another valence."""
    path = study.paths.codebook
    text = path.read_text("utf-8").replace(
        "  - id: trust\n",
        "  - {id: professional-silos, name: Silos of professions, definition: Apart.,"
        " valence: obstacle, lenses: [profession]}\n  - id: trust\n",
        1,
    )
    path.write_text(text, "utf-8")
    return study


def review(monkeypatch: pytest.MonkeyPatch, lines: str) -> Outcome:
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    return run("review", "--plain")


def test_another_code_comes_with_its_own_lenses(
    silos: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = review(monkeypatch, "c\nprofessional-silos\na\nq\n")
    (coding,) = silos.codings("int-01")

    assert "Now: professional-silos, obstacle, lens profession" in outcome.out
    assert coding.lenses == ("profession",)


def test_what_the_person_said_stays_with_another_code(
    silos: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    review(monkeypatch, "l\n-\nv\nm\nc\nprofessional-silos\na\nq\n")
    (coding,) = silos.codings("int-01")

    assert (coding.lenses, coding.valence) == ((), "mixed")


def test_back_at_the_code_that_was_offered_all_is_as_it_was_offered(
    silos: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    review(monkeypatch, "c\naway-days\nc\nnew-faces\na\nq\n")
    (coding,) = silos.codings("int-01")

    assert (coding.code_id, coding.lenses, coding.valence) == (
        "new-faces",
        ("individual",),
        "obstacle",
    )
    assert coding.evidence.startswith('matches "different each time"')


def test_a_new_code_has_no_lenses_of_the_one_that_was_offered(
    silos: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    review(monkeypatch, "n\nRevolving door\na\nq\n")
    (coding,) = silos.codings("int-01")

    assert (coding.code_id, coding.lenses) == ("revolving-door", ())


def test_the_reason_for_another_code_is_not_that_of_the_one_offered(
    silos: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    review(monkeypatch, "c\ntrust\nm\nshe frowned\na\nq\n")
    (coding,) = silos.codings("int-01")

    assert coding.evidence == 'in place of "new-faces", which was offered; she frowned'


def test_an_unknown_code_is_told_with_those_that_hold_its_word(
    silos: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = review(monkeypatch, "c\nsilo\n\nq\n")

    assert outcome.err == (
        'Q406 code "silo" is not in the codebook. Did you mean "professional-silos"? '
        "Type it again, or press Enter to leave the code as it is.\n"
    )


def test_an_unknown_valence_is_told_with_those_there_are(
    silos: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = review(monkeypatch, "v\nnegative\nv\nobst\nq\n")

    assert (
        '"negative" is no valence; there are o obstacle, c catalyst, m mixed, n neutral.\n'
        "unchanged\n"
    ) in outcome.out
    assert "Now: new-faces, obstacle" in outcome.out


def test_the_nearest_codes_are_found_by_name_and_by_word() -> None:
    book = a_codebook(
        a_code("a-1", name="Revolving door"),
        a_code("b", name="Open doors"),
        a_code("c", name="Tax"),
    )

    assert nearest_codes(book, "Revolving dor") == 'Did you mean "a-1"? '
    assert nearest_codes(book, "door") == 'Did you mean "a-1" or "b"? '
    assert nearest_codes(book, "zebra") == ""
