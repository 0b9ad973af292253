from __future__ import annotations

import io

import docx

from qualcode.analysis.codebook_table import (
    CodeFacts,
    CodeFound,
    CodeLife,
    codebook_table,
    count_codes,
    outline,
)
from qualcode.project.codebook_export import code_lives, export_codebook
from qualcode.project.study import Study
from tests.codebook_study import run_command
from tests.coding_study import run as run_coding
from tests.coding_study import study
from tests.compare_factory import an_incident
from tests.factory import a_code, a_codebook

__all__ = ["study"]


def test_a_code_stands_below_its_parent_with_its_number() -> None:
    codebook = a_codebook(a_code("b", parent="top"), a_code("c"), a_code("top", kind="category"))

    assert [(number, code.id) for number, code in outline(codebook)] == [
        ("1", "c"),
        ("2", "top"),
        ("2.1", "b"),
    ]


def test_codes_that_run_in_a_circle_stand_at_the_top() -> None:
    codebook = a_codebook(a_code("a", parent="b"), a_code("b", parent="a"))

    assert [number for number, _ in outline(codebook)] == ["1", "2"]


def test_the_table_says_counts_and_birth_of_codes_in_use() -> None:
    codebook = a_codebook(
        a_code("silos", include=("turf",), origin="int-01"), a_code("old", retired="thin")
    )
    facts = CodeFacts(
        {"silos": CodeFound(3, 2, 4)}, {"silos": CodeLife(2, "2025-03-13T10:00:00Z", "", 5)}, 7
    )
    table = codebook_table(codebook, facts)

    assert table.rows == (
        (
            ("1",),
            ("Silos", "[silos]"),
            ("A code.",),
            ("turf",),
            ("-",),
            ("-",),
            ("documents 2/7", "3 segments"),
            ("version 2, 13 March 2025", "meaning of version 5", "int-01"),
        ),
    )
    assert table.notes[-1] == "No longer in use: Old: retired (thin)."


def test_a_place_counts_once_and_the_observer_never() -> None:
    held = [
        an_incident("they stick", coders=("ad", "bf")),
        an_incident("they stick", valence="catalyst", coders=("ad",)),
        an_incident("I thought so", start=40, voice="observer", coders=("ad",)),
        an_incident("walls", doc_id="int-02", coders=("ad",)),
    ]

    assert count_codes(held) == {"silos": CodeFound(2, 2, 4)}


def test_lives_tell_the_version_of_birth_and_of_meaning(study: Study) -> None:
    run_command("add", "Late", "--definition", "Too late.")
    run_command("define", "late", "--definition", "Later.")
    lives = code_lives(study, study.usable_codebook())

    assert (lives["trust"].born, lives["trust"].meaning) == (1, 1)
    assert (lives["late"].born, lives["late"].meaning) == (2, 3)


def test_the_exported_codebook_counts_what_is_coded(study: Study) -> None:
    run_coding("code", "int-01", "away day helped", "away-days")
    table = docx.Document(io.BytesIO(export_codebook(study, "docx"))).tables[0]
    found = {row.cells[1].text.split("\n")[0]: row.cells[6].text for row in table.rows}

    assert found["Away days"] == "documents 1/2\n1 segment"
    assert found["Trust"] == "documents 0/2\n0 segments"


def test_a_word_file_is_not_printed(study: Study) -> None:
    assert run_command("export", "--format", "docx")[2] == (
        "Q602 docx cannot be shown on a terminal. Name a file with --out."
    )


def test_the_document_tells_the_birth_of_a_code(study: Study) -> None:
    run_command("add", "Late", "--definition", "Too late.", "--because", "int-02")
    text = export_codebook(study, "markdown").decode()
    begin = text.index("### Late")

    assert text[begin:].splitlines()[-1].startswith("- Born: version 2, ")
    assert text[begin:].splitlines()[-1].endswith("; int-02")
