from __future__ import annotations

import csv
import io
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.codebook_table import CodeFacts
from qualcode.analysis.tidy_tables import TidyStudy, tidy_tables
from qualcode.core.model import Attribute, Case
from qualcode.core.problems import QualcodeError
from qualcode.core.table import Column, Table
from qualcode.plugins.exporters import parquet_table
from qualcode.plugins.registry import load_exporter
from qualcode.project.study import Study
from qualcode.project.tables import Ask, view_codes_table
from qualcode.project.tidy import export_tidy, view_tidy
from tests.coding_study import run, study
from tests.factory import a_codebook

__all__ = ["study"]

TABLE = Table(
    "t",
    "T",
    (Column("id", "Id"), Column("n", "N", "codings"), Column("none", "None", "scale")),
    ((("007",), ("1,204",), ("",)), (("= 1",), ("-",), ("",))),
)


def tables(study: Study) -> dict[str, list[dict[str, str]]]:
    return {
        table.name: [
            {column.key: "\n".join(cell) for column, cell in zip(table.columns, row, strict=True)}
            for row in table.rows
        ]
        for table in view_tidy(study)
    }


def test_there_is_one_table_per_kind_of_thing_and_a_dictionary(study: Study) -> None:
    assert [table.name for table in view_tidy(study)] == [
        "documents",
        "segments",
        "cases",
        "codes",
        "codings",
        "pairs",
        "dictionary",
    ]


def test_a_coding_joins_its_segment_document_case_and_code(study: Study) -> None:
    run("code", "int-01", "someone different", "new-faces", "--strength", "-2")
    found = tables(study)
    coding = found["codings"][0]
    segment = next(one for one in found["segments"] if one["segment"] == coding["segment"])

    assert segment["text"] == "they send someone different each time"
    assert segment["codings"] == "1"
    assert (coding["quote"], coding["strength"]) == ("someone different", "-2")
    assert coding["document"] == found["documents"][0]["document"] == "int-01"
    assert coding["case"] == found["cases"][0]["case"] == "P01"
    assert coding["code"] in [one["code"] for one in found["codes"]]


def test_spellings_of_an_attribute_are_one_column_and_the_dictionary_says_so() -> None:
    cases = (
        Case("P1", attributes=(Attribute("Work Place", "board"), Attribute("tier", "top"))),
        Case("P2", attributes=(Attribute("work_place", "ward"), Attribute("Tier", "middle"))),
        Case("P3", attributes=(Attribute("tier", "a"), Attribute("TIER", "b"))),
    )
    made = tidy_tables(TidyStudy(a_codebook(), CodeFacts(), CaseBook.of(cases), ()))
    found = next(table for table in made if table.name == "cases")

    assert [(column.key, column.title) for column in found.columns[1:]] == [
        ("attribute_tier", "Attribute tier; also spelt Tier, TIER"),
        ("attribute_Work_Place", "Attribute Work Place; also spelt work_place"),
    ]
    assert found.rows == (
        (("P1",), ("top",), ("board",)),
        (("P2",), ("middle",), ("ward",)),
        (("P3",), ("a | b",), ("",)),
    )
    assert "Attribute tier; also spelt Tier, TIER" in [row[3][0] for row in made[-1].rows]


def test_a_merged_code_counts_as_its_heir_and_keeps_what_was_given(study: Study) -> None:
    run("code", "int-01", "away day helped", "away-days")
    text = study.paths.codebook.read_text("utf-8")
    study.paths.codebook.write_text(
        text.replace("    cues: [away day]", "    merged_into: trust"), "utf-8"
    )
    coding = tables(study)["codings"][0]

    assert (coding["code"], coding["code_given"]) == ("trust", "away-days")


def test_a_coding_on_a_context_document_is_there_and_not_counted(study: Study) -> None:
    run("code", "policy", "trust and away days", "trust")

    assert [one["counted"] for one in tables(study)["codings"]] == ["no"]


def test_names_of_people_are_left_out(study: Study) -> None:
    written = b"".join(path.read_bytes() for path in export_tidy(study, Path("out"), format="csv"))

    assert b"Ann Nurse" not in written


def test_every_column_is_in_the_dictionary(study: Study) -> None:
    *found, dictionary = view_tidy(study)
    told = [(row[0][0], row[1][0]) for row in dictionary.rows]

    assert told == [(table.name, column.key) for table in found for column in table.columns]
    assert all(row[3][0] for row in dictionary.rows)


def test_csv_and_parquet_hold_the_same(study: Study) -> None:
    parquet: Any = pytest.importorskip("pyarrow.parquet")
    run("code", "int-01", "someone different", "new-faces")
    export_tidy(study, Path("out"))
    rows = list(csv.DictReader(io.StringIO(Path("out/codings.csv").read_text("utf-8"))))
    held = parquet.read_table("out/codings.parquet").to_pylist()

    assert held[0]["start"] == int(rows[0]["start"])
    assert held[0]["strength"] is None
    assert [one["quote"] for one in held] == ["someone different"] == [r["quote"] for r in rows]


def test_parquet_keeps_names_as_text_and_numbers_as_numbers() -> None:
    parquet: Any = pytest.importorskip("pyarrow.parquet")
    held = parquet.read_table(io.BytesIO(load_exporter("parquet")(TABLE)))

    assert [str(one.type) for one in held.schema] == ["string", "int64", "int64"]
    assert held.to_pydict() == {"id": ["007", "= 1"], "n": [1204, None], "none": [None, None]}


def test_without_pyarrow_one_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> object:
        if name.startswith("pyarrow"):
            raise ImportError
        return import_module(name)

    monkeypatch.setattr(parquet_table, "import_module", missing)
    with pytest.raises(QualcodeError) as raised:
        load_exporter("parquet")(TABLE)

    assert str(raised.value) == (
        "Q640 Parquet needs pyarrow, which is not installed here. "
        "Install it with `pip install pyarrow`, or ask for --format csv."
    )


def test_nothing_is_overwritten_unless_forced(study: Study) -> None:
    first = run("export", "tidy", "out", "--format", "csv")
    again = run("export", "tidy", "out", "--format", "csv")
    forced = run("export", "tidy", "out", "--format", "csv", "--force")

    assert first.out.splitlines()[0] == "Wrote out/documents.csv."
    assert "Q603" in again.err
    assert forced.status == 0


def test_an_unknown_format_is_named(study: Study) -> None:
    assert "Q317" in run("export", "tidy", "out", "--format", "spss").err


def test_counted_codings_give_the_documents_of_the_table_of_codes(study: Study) -> None:
    run("code", "int-01", "someone different", "new-faces")
    run("code", "int-02", "someone different came", "new-faces", "trust")
    run("code", "policy", "trust and away days", "trust")
    counted = [one for one in tables(study)["codings"] if one["counted"] == "yes"]
    found = {row[0][0]: row[2][0] for row in view_codes_table(study, Ask()).rows}

    assert (found["New faces"], found["Trust"]) == ("2 of 2", "1 of 2")
    assert len({one["document"] for one in counted if one["code"] == "new-faces"}) == 2
    assert len({one["document"] for one in counted if one["code"] == "trust"}) == 1
