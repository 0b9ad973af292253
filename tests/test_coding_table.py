from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.core.model import Span
from qualcode.core.problems import QualcodeError
from qualcode.core.table import Column, Table
from qualcode.plugins.exporters.excel_table import exporter
from qualcode.project.coding import Desk, Given
from qualcode.project.coding_table import TableRow, import_codings, span_of
from qualcode.project.deciding import undo
from qualcode.project.study import Study
from qualcode.store.review_files import load_reviews
from tests.coding_study import a_study, bytes_of, coded, run, study, without_time
from tests.factory import write

__all__ = ["study"]


def sheet(study: Study, *options: str) -> list[dict[str, str]]:
    """The rows of a fresh sheet."""
    run("export", "sheet", "--out", "codes.csv", "--force", *options)
    return list(csv.DictReader(io.StringIO(Path("codes.csv").read_text("utf-8"))))


def sent_back(rows: list[dict[str, str]]) -> str:
    """Writes the sheet and imports it; what was printed on both streams."""
    with Path("codes.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    outcome = run("import", "sheet", "codes.csv")
    return outcome.out + outcome.err


def test_the_sheet_has_a_row_per_coding_suggestion_and_untouched_segment(study: Study) -> None:
    run("code", "int-01", "someone different", "new-faces", "--strength", "-1")
    rows = sheet(study, "--document", "int-01")

    assert [(row["status"], row["code"], row["text"][:17]) for row in rows] == [
        ("", "", "they send someone"),
        ("coded", "new-faces", "someone different"),
        ("suggested", "new-faces", "says 'we start ag"),
        ("suggested", "trust", "no trust in the o"),
        ("suggested", "away-days", "away day helped"),
    ]
    assert rows[1]["strength"] == "-1"


def test_context_documents_are_not_in_the_sheet(study: Study) -> None:
    assert {row["document"] for row in sheet(study)} == {"int-01", "int-02"}


def test_decisions_in_the_sheet_are_done(study: Study) -> None:
    run("code", "int-01", "someone different", "new-faces", "trust")
    before = bytes_of(study)
    rows = sheet(study, "--document", "int-01")
    for row in rows:
        if row["status"] == "coded":
            row["decision"] = "remove" if row["code"] == "trust" else "change"
            row["valence"] = "mixed"
        elif row["text"].startswith("says"):
            row["decision"] = "reject"
        elif row["text"].startswith("away"):
            row["decision"], row["comment"] = "accept", "she smiled"
        elif row["text"].startswith("no trust"):
            row["decision"] = "uncoded"
        elif row["text"].startswith("they send"):
            row["code"] = "away-days"
    said = sent_back(rows)

    assert said == "Codings: 2 added, 1 changed, 1 removed.\n"
    assert coded(study) == [
        ("they send someone different each time", "away-days", "catalyst"),
        ("someone different", "new-faces", "mixed"),
        ("away day helped", "away-days", "catalyst"),
    ]
    assert study.codings("int-01")[-1].evidence == 'matches "away day"; she smiled'
    assert sorted(r.verdict for r in load_reviews(study.paths, "int-01")) == [
        "accepted",
        "rejected",
        "uncoded",
    ]
    undo(study.paths)
    assert bytes_of(study) == before


def test_another_code_in_the_sheet_is_kept_with_the_verdict(study: Study) -> None:
    rows = sheet(study, "--document", "int-01")
    row = next(row for row in rows if row["text"].startswith("away"))
    row["decision"], row["code"] = "accept", "trust"
    sent_back(rows)

    assert [(r.verdict, r.code_id, r.instead) for r in load_reviews(study.paths, "int-01")] == [
        ("rejected", "away-days", "trust")
    ]


def test_a_sheet_without_decisions_changes_nothing(study: Study) -> None:
    run("code", "int-01", "someone different", "new-faces")
    before = bytes_of(study)

    assert sent_back(sheet(study)) == "Codings: nothing changed.\n"
    assert bytes_of(study) == before


def test_a_row_that_cannot_be_used_is_reported_and_the_others_are_done(study: Study) -> None:
    rows = sheet(study)
    rows[0] |= {"decision": "perhaps"}
    rows[1] |= {"decision": "accept", "code": "nothing"}
    rows[2] |= {"decision": "accept"}
    said = sent_back(rows)

    assert 'codes.csv:2: Q414 this row was left out: decision "perhaps" is none of' in said
    assert 'codes.csv:3: Q414 this row was left out: code "nothing" is not in' in said
    assert len(coded(study)) == 1


def test_an_excel_sheet_goes_out_and_comes_back(study: Study) -> None:
    run("code", "int-01", "someone different", "new-faces")

    assert run("export", "sheet", "--out", "codes.xlsx").status == 0
    assert run("import", "sheet", "codes.xlsx").out == "Codings: nothing changed.\n"
    assert "Q109" in run("export", "sheet", "--out", "codes.xlsx").err


def test_the_same_table_gives_the_same_workbook_and_no_formula() -> None:
    table = Table("codes", "", (Column("text", "Text"),), ((("=1+1",),),))

    assert exporter(table) == exporter(table)
    assert b"<f>" not in exporter(table)


TABLE = """\
document,start,end,quote,unit,code,valence,strength,lenses,confidence,because
int-01,,,away day helped,,away-days,,,,,
INT-01,,,we start again,bullet 9,new-faces,,,,,
int-02,,,trust,bullet 1.2,trust,mixed,+1,profession / individual,sure,heard
int-02,4,9,wrong words,,trust,,,,,
int-09,,,x,,trust,,,,,
int-02,x,9,,,trust,,,,,
"""


def test_a_plain_table_of_codings_comes_in(study: Study) -> None:
    path = write(study.paths.root, "table.csv", TABLE)
    outcome = run("import", "codings", str(path), "--coder", "BF")
    (coding,) = study.codings("int-02")

    assert outcome.out == "Codings: 2 added.\n"
    assert [line.split(":")[1] for line in outcome.err.splitlines()] == ["3", "5", "6", "7"]
    assert 'says "' in outcome.err
    assert (outcome.status, coded(study)) == (1, [("away day helped", "away-days", "catalyst")])
    assert (coding.coder, coding.valence, coding.strength, coding.lenses) == (
        "bf",
        "mixed",
        1,
        ("profession", "individual"),
    )
    assert "2 were there already." in run("import", "codings", str(path), "--coder", "BF").out


def test_a_row_with_the_name_of_two_codes_is_left_out_and_the_others_come_in(study: Study) -> None:
    second = "  - {id: trust-in-us, name: Trust, definition: Trust in us.}\npairs: []"
    text = study.paths.codebook.read_text("utf-8").replace("pairs: []", second)
    study.paths.codebook.write_text(text, "utf-8")
    rows = ["document,quote,code", "int-02,trust,Trust", "int-02,trust,trust-in-us"]
    write(study.paths.root, "table.csv", "\n".join(rows))

    outcome = run("import", "codings", "table.csv", "--coder", "bf")

    assert outcome.err == (
        'table.csv:2: Q414 this row was left out: the name "Trust" stands for several codes: '
        "trust, trust-in-us. Correct the row and import the table again; what is there already "
        "stays as it is.\n"
    )
    assert coded(study, "int-02") == [("trust", "trust-in-us", "neutral")]


def test_a_span_whose_words_are_others_is_told_with_both(study: Study) -> None:
    document = study.document("int-01")
    row = TableRow(2, {"start": "2", "end": "6", "quote": "nobody"})
    with pytest.raises(QualcodeError, match=r'Q415 int-01 2-6 says ".*", not "nobody"'):
        span_of(document, row)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("table.csv", 'Q413 the table cannot be used: it has no column "document"'),
        ("table.md", "Q413 the table cannot be used: it is no sheet"),
        ("none.csv", "none.csv: Q20"),
    ],
)
def test_what_is_no_table_is_told(study: Study, name: str, message: str) -> None:
    if name != "none.csv":
        write(study.paths.root, name, "a,b\n1,2\n")
    outcome = run("import", "codings", name, "--coder", "bf")

    assert message in outcome.err
    assert outcome.status == 1


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(st.integers(0, 180), st.integers(1, 40), st.sampled_from(["trust", "new-faces"])),
        max_size=5,
    )
)
def test_the_table_gives_the_same_codings_as_the_command(
    tmp_path_factory: pytest.TempPathFactory, wanted: list[tuple[int, int, str]]
) -> None:
    one, other = (a_study(tmp_path_factory.mktemp(name)) for name in ("one", "other"))
    document = one.document("int-01")
    desk, lines = Desk.of(one, "ad"), ["document,start,end,code"]
    for start, length, code_id in wanted:
        text = document.text[start : start + length]
        span = Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))
        if text.strip():
            desk.code(document, span, Given(code_id, origin="import"))
            lines.append(f"int-01,{span.start},{span.end},{code_id}")
    desk.commit("code")
    path = write(other.paths.root, "table.csv", "\n".join(lines) + "\n")
    if len(lines) > 1:
        import_codings(other, path, coder="ad")

    assert without_time(other.codings("int-01")) == without_time(one.codings("int-01"))
