"""Sheets: comma-separated files and Excel workbooks."""

from __future__ import annotations

import datetime as dt

import pytest

from qualcode.core.model import Row
from qualcode.core.protocols import Source
from qualcode.plugins.readers import sheet as sheet_module
from qualcode.plugins.readers.excel import plain_value
from qualcode.plugins.readers.excel import reader as excel
from qualcode.plugins.readers.sheet import find_delimiter
from qualcode.plugins.readers.sheet import reader as sheet
from tests.readers_files import a_source, an_xlsx, numbers_of, refusal
from tests.shared_data import shared


def test_rows_are_numbered_by_the_line_on_which_they_start() -> None:
    extract = sheet(a_source('Who,Said\r\nAnn,"one\r\ntwo"\r\nBo,x\r\n'))

    assert extract.rows == (
        Row(("Who", "Said"), 1),
        Row(("Ann", "one\ntwo"), 2),
        Row(("Bo", "x"), 4),
    )
    assert extract.reader == "sheet"


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1,5;2,5;3,5\n", ";"),
        ("a\tb\nx, y\tz\n", "\t"),
        ("a|b\nx|y\n", "|"),
        ('id,said\n1,"well; yes; no"\n2,"so; so; so"\n', ","),
        ("What helps?\nPeople, mostly\nTime, money, tea\nTea\n", ","),
        ("Comment\n", ","),
        ("", ","),
    ],
)
def test_the_delimiter_is_found(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


def test_a_delimiter_that_the_file_states_is_taken() -> None:
    extract = sheet(a_source("sep=;\na,b;c\n"))

    assert extract.rows == (Row(("a,b", "c"), 2),)


def test_blank_rows_are_counted_and_left_out() -> None:
    extract = sheet(a_source("a,b\n,\n\n1,2\n"))

    assert [row.number for row in extract.rows] == [1, 4]
    assert extract.dropped == (("blank row", 2),)


def test_rows_wider_than_the_header_are_one_problem_and_stay_whole() -> None:
    extract = sheet(a_source("Survey\na,b\n1,2\n1,2,3\n1,2,3\n1,2,\n"))

    assert [(found.number, found.line) for found in extract.problems] == [("Q210", 4)]
    assert extract.problems[0].message.startswith("2 rows")
    assert extract.rows[3].cells == ("1", "2", "3")


def test_a_quotation_mark_that_is_never_closed_is_a_problem() -> None:
    extract = sheet(a_source('a,b\n1,2\n3,"four\n5,6\n'))

    assert [(found.number, found.line) for found in extract.problems] == [("Q229", 3)]
    assert extract.rows[-1].cells == ("3", "four\n5,6\n")


def test_a_quotation_mark_inside_words_opens_nothing() -> None:
    assert sheet(a_source('a,b\n1,5" pipe\n3,x\n')).problems == ()


def test_a_huge_cell_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_module, "MAX_CELL", 200_000)

    assert refusal(sheet, "a,b\n1," + "x" * 200_001) == "Q221"
    assert len(sheet(a_source("a,b\n1," + "x" * 199_999)).rows[1].cells[1]) == 199_999


def test_the_bound_on_cells_of_other_code_is_left_alone() -> None:
    import csv

    before = csv.field_size_limit()
    sheet(a_source("a,b\n"))

    assert csv.field_size_limit() == before


def test_a_sheet_of_blanks_is_no_text() -> None:
    assert refusal(sheet, ",,\n;\u00a0,\n,,".replace(";", "")) == "Q207"


def test_the_survey_sample_has_its_three_header_rows() -> None:
    rows = sheet(a_source(shared("samples", "qualtrics.csv").read_bytes())).rows

    assert [row.number for row in rows] == [1, 2, 4, 5, 7]
    assert {len(row.cells) for row in rows} == {5}
    assert rows[3].cells[3] == "Targets.\nNo shared database"


def test_a_real_survey_is_read() -> None:
    path = shared("data", "ingestion_files", "qualcoder_survey456.csv")
    extract = sheet(Source(path.name, path.read_bytes()))

    assert extract.problems == ()
    assert len({len(row.cells) for row in extract.rows}) == 1


def test_a_workbook_gives_plain_cells_with_excel_s_row_numbers() -> None:
    extract = excel(
        a_source(an_xlsx(("A", [["Who", "When"], [], ["Ann", dt.datetime(2025, 9, 8)], [3, 2.5]])))
    )

    assert extract.rows == (
        Row(("Who", "When"), 1),
        Row(("Ann", "2025-09-08"), 3),
        Row(("3", "2.5"), 4),
    )
    assert extract.dropped == (("blank row", 1),)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "TRUE"),
        (3.0, "3"),
        (1e300, "1e+300"),
        (dt.datetime(2025, 9, 8, 14, 5), "2025-09-08 14:05:00"),
        (dt.date(2025, 9, 8), "2025-09-08"),
        (dt.time(14, 5), "14:05:00"),
        ("o\ufb03ce\u00a0x", "office x"),
    ],
)
def test_values_as_text(value: object, text: str) -> None:
    assert plain_value(value) == text


def test_the_first_sheet_with_data_is_read_and_the_others_are_named() -> None:
    data = an_xlsx(("Cover", []), ("Answers", [["a", "b"]]), ("Codes", [["c"]]), ("Empty", [[" "]]))
    extract = excel(a_source(data))

    assert extract.rows == (Row(("a", "b"), 1),)
    assert numbers_of(extract) == ["Q226"]
    assert 'the sheet "Answers" was read, not "Codes"' in extract.problems[0].message


def test_a_formula_without_a_saved_result_is_a_problem() -> None:
    extract = excel(a_source(an_xlsx(("A", [["a", "b"], [1, "=A2+1"], [2, "=A3+1"]]))))

    assert numbers_of(extract) == ["Q231"]
    assert "2 cells hold a formula" in extract.problems[0].message
    assert "(first: B2)" in extract.problems[0].message
    assert extract.rows[1].cells == ("1",)


def test_wide_rows_of_a_workbook_are_a_problem() -> None:
    assert numbers_of(excel(a_source(an_xlsx(("A", [["a", "b"], [1, 2, 3]]))))) == ["Q210"]


def test_a_workbook_of_blanks_is_no_text() -> None:
    assert refusal(excel, an_xlsx(("A", [[" "], [None]]))) == "Q207"


def test_a_word_file_is_no_workbook() -> None:
    from tests.readers_files import a_docx

    assert refusal(excel, a_docx(paragraphs=["x"])) == "Q220"


@pytest.mark.parametrize(
    ("name", "n_rows", "header"),
    [
        ("qualcoder_cases456.xlsx", 4, ("case", "Age", "gender", "interest")),
        (
            "qualcoder_survey789.xlsx",
            4,
            ("Case", "Age", "Gender", "Interest", "Qual_hobby_opinions", "Qual_pet_opinions"),
        ),
    ],
)
def test_real_workbooks_are_read(name: str, n_rows: int, header: tuple[str, ...]) -> None:
    path = shared("data", "ingestion_files", name)
    extract = excel(Source(path.name, path.read_bytes()))

    assert extract.rows[0].cells == header
    assert len(extract.rows) == n_rows
    assert extract.problems == ()
