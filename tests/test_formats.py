"""Every format says the same: each is read back and compared with the table, cell by cell."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import lxml.html
import pytest
from openpyxl import load_workbook

from qualcode.core.table import Cell, Column, Table
from qualcode.plugins.exporters.latex_table import escape
from qualcode.plugins.exporters.numbers import number_columns
from qualcode.plugins.registry import load_exporter

TABLE = Table(
    "pairs",
    "Pairs & more",
    (
        Column("number", "No."),
        Column("says", "What | it says"),
        Column("documents", "Documents n/N"),
        Column("segments", "Segments", "segments"),
        Column("share", "Share"),
    ),
    (
        (("1",), ("100 % of *them*", "<b>A_B</b> & C\\D"), ("5 of 8",), ("1,204",), ("0.50",)),
        (("2",), ("=HYPERLINK(1)",), ("-",), ("-",), ("-0.25",)),
        (("3",), ("“plain” -- words",), ("0 of 8",), ("0",), ("12.00",)),
    ),
    ("A note: 3 rows.",),
)
FORMATS = ("csv", "tsv", "xlsx", "docx", "html", "latex", "markdown", "json")
Cells = list[list[str]]


def as_text(rows: tuple[tuple[Cell, ...], ...]) -> Cells:
    return [["\n".join(cell) for cell in row] for row in rows]


def from_csv(data: bytes, delimiter: str = ",") -> Cells:
    rows = list(csv.reader(io.StringIO(data.decode()), delimiter=delimiter))[1:]
    for row in rows:
        row[3] = f"{int(row[3]):,}" if row[3] else "-"
    return [[re.sub("^'(?=[=+@-])", "", cell) for cell in row] for row in rows]


def from_json(data: bytes) -> Cells:
    found = []
    for row in json.loads(data)["rows"]:
        segments = "-" if row["segments"] is None else f"{row['segments']:,}"
        shown = {**row, "segments": segments, "share": f"{row['share']:.2f}"}
        found.append(["\n".join(v) if isinstance(v, list) else str(v) for v in shown.values()])
    return found


def from_xlsx(data: bytes) -> Cells:
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    shown = {"#,##0": "{:,}", "0": "{}", "0.00": "{:.2f}", "General": "{}"}
    return [
        [
            shown[cell.number_format].format(cell.value) if cell.value is not None else ""
            for cell in row
        ]
        for row in sheet.iter_rows(min_row=2, max_row=1 + len(TABLE.rows))
    ]


def from_docx(data: bytes) -> Cells:
    table = docx.Document(io.BytesIO(data)).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows][1:]


def from_html(data: bytes) -> Cells:
    page = lxml.html.fromstring(data.decode())
    return [
        ["\n".join(line.text_content() for line in cell) for cell in row]
        for row in page.xpath("//tbody/tr")
    ]


def from_markdown(data: bytes) -> Cells:
    lines = [line for line in data.decode().splitlines() if line.startswith("| ")][2:]
    rows = [re.split(r"(?<!\\) ?\| ?", line)[1:-1] for line in lines]
    return [[re.sub(r"\\(.)", r"\1", cell.replace("<br>", "\n")) for cell in row] for row in rows]


def from_latex(data: bytes) -> Cells:
    text = data.decode()
    body = text[text.index(r"\midrule") : text.index(r"\bottomrule")]
    lines = [line for line in body.splitlines() if line.endswith(r" \\")]
    return [
        ["\n".join(map(unescape, cell.split(r"\newline "))) for cell in line[:-3].split(" & ")]
        for line in lines
    ]


def unescape(text: str) -> str:
    words = {r"\textbackslash{}": "\\", r"\textless{}": "<", r"\textgreater{}": ">", "-{}": "-"}
    for written, meant in words.items():
        text = text.replace(written, meant)
    return re.sub(r"\\([%&_])", r"\1", text)


READ = {
    "csv": from_csv,
    "tsv": lambda data: from_csv(data, "\t"),
    "xlsx": from_xlsx,
    "docx": from_docx,
    "html": from_html,
    "latex": from_latex,
    "markdown": from_markdown,
    "json": from_json,
}


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_gives_back_the_same_cells(format: str) -> None:
    cells = READ[format](load_exporter(format)(TABLE))

    expected = as_text(TABLE.rows)
    if format == "xlsx":
        assert [row[3] for row in cells] == ["1,204", "-", "0"]
    assert cells == expected


@pytest.mark.parametrize("format", FORMATS)
def test_equal_tables_give_equal_bytes(format: str) -> None:
    first = load_exporter(format)(TABLE)
    second = load_exporter(format)(TABLE)

    assert first == second


@pytest.mark.parametrize("format", ["docx", "xlsx"])
def test_office_files_carry_no_clock_and_no_name(format: str) -> None:
    with zipfile.ZipFile(io.BytesIO(load_exporter(format)(TABLE))) as found:
        times = {entry.date_time for entry in found.infolist()}
        core = found.read("docProps/core.xml").decode()

    assert times == {(2000, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {"2000-01-01"}
    assert "python-docx" not in core


def test_a_workbook_holds_numbers_as_numbers_and_runs_nothing() -> None:
    sheet = load_workbook(io.BytesIO(load_exporter("xlsx")(TABLE))).worksheets[0]

    assert [sheet.cell(2, place).value for place in (1, 4, 5)] == [1, 1204, 0.5]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert sheet.cell(3, 2).data_type == "s"
    assert sheet.freeze_panes == "A2"
    assert [sheet.cell(row, 1).value for row in (6, 7)] == ["Pairs & more", "A note: 3 rows."]


def test_tsv_makes_a_formula_harmless() -> None:
    lines = load_exporter("tsv")(TABLE).decode().splitlines()

    assert "2\t'=HYPERLINK(1)\t-\t\t-0.25" in lines


def test_csv_gives_counts_as_a_program_reads_them_and_words_as_they_are() -> None:
    columns = (Column("quote", "Quotation"), Column("words", "Words", "words"))
    rows = ((("1,204",), ("1,204",)), (("-",), ("-",)))

    assert load_exporter("csv")(Table("t", "T", columns, rows)) == (
        b'quote,words\n"1,204",1204\n-,\n'
    )


def test_a_name_that_looks_like_a_number_stays_a_name() -> None:
    table = Table("t", "T", (Column("id", "Id"), Column("n", "N")), ((("007",), ("7",)),))

    assert number_columns(table) == (False, True)


def test_a_word_table_repeats_its_header_and_numbers_its_caption() -> None:
    document = docx.Document(io.BytesIO(load_exporter("docx")(TABLE)))
    xml = document.element.xml

    assert document.paragraphs[0].style.name == "Caption"
    assert document.paragraphs[0].text.endswith(". Pairs & more")
    assert "SEQ Table" in xml
    assert 'w:val="en-GB"' in document.styles.element.xml
    assert xml.count("<w:tblHeader/>") == 1
    assert document.paragraphs[-1].text == "A note: 3 rows."


def test_a_wide_table_lies_on_its_side() -> None:
    wide = Table(
        "t", "T", tuple(Column(f"c{n}", "Words " * 5) for n in range(8)), (((("w " * 40),),) * 8,)
    )
    pages = [
        docx.Document(io.BytesIO(load_exporter("docx")(table))).sections[0]
        for table in (TABLE, wide)
    ]

    assert [page.page_width > page.page_height for page in pages] == [False, True]
    assert b"landscape" in load_exporter("latex")(wide)


def test_a_long_latex_table_runs_over_pages() -> None:
    long = Table("t", "T", (Column("a", "A"),), ((("x",),),) * 30)

    assert b"longtable}{" in load_exporter("latex")(long)
    assert b"longtable}{" not in load_exporter("latex")(TABLE)


def test_latex_runs_no_command_of_a_cell() -> None:
    assert escape(r"\input{/etc/passwd} $x^2$ ~ #1 [a]") == (
        r"\textbackslash{}input\{/etc/passwd\} \$x\textasciicircum{}2\$ "
        r"\textasciitilde{} \#1 {[}a]"
    )


@pytest.mark.skipif(shutil.which("xelatex") is None, reason="xelatex is not installed")
def test_latex_compiles(tmp_path: Path) -> None:
    (tmp_path / "t.tex").write_bytes(load_exporter("latex")(TABLE))
    done = subprocess.run(
        ["xelatex", "-interaction=nonstopmode", "-halt-on-error", "t.tex"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0


def test_a_column_of_dashes_is_not_one_of_numbers() -> None:
    columns = (Column("a", "A", "segments"), Column("b", "B", "segments"))
    table = Table("t", "T", columns, ((("-",), ("",)), (("-",), ("",))))

    assert number_columns(table) == (False, True)
