"""Files made to do harm: bombs, entities, endless nesting, parts outside the file."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from qualcode.core.protocols import Reader
from qualcode.plugins.readers import (
    archive,
    base,
    excel,
    html,
    opendocument,
    pdf,
    rtf,
    whisper,
    word,
)
from tests.readers_files import (
    READERS,
    a_docx,
    a_pdf,
    a_sound_file_of,
    a_source,
    a_zip,
    an_odt,
    an_xlsx,
    refusal,
    with_part,
)

XLSX = an_xlsx(("A", [["a", "b"], [1, 2]]))
DOCX = a_docx(paragraphs=["Words"])
ODT = an_odt("<text:p>Words</text:p>")
SHEET = "xl/worksheets/sheet1.xml"
ARCHIVES = [
    (word.reader, DOCX, "word/document.xml"),
    (excel.reader, XLSX, SHEET),
    (opendocument.reader, ODT, "content.xml"),
]
each_archive = pytest.mark.parametrize(
    ("reader", "data", "part"), ARCHIVES, ids=["docx", "xlsx", "odt"]
)

EXTERNAL = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
LAUGHS = (
    '<!DOCTYPE r [<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    + '<!ENTITY x "&l9;">]>'
)


def part_of(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return opened.read(name).decode()


def stored(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        parts: dict[str, bytes | str] = {name: opened.read(name) for name in opened.namelist()}
    return a_zip(parts, method=zipfile.ZIP_STORED)


@each_archive
def test_a_part_that_unpacks_to_a_thousand_times_its_size(
    reader: Reader, data: bytes, part: str
) -> None:
    assert refusal(reader, with_part(data, part, b" " * 20_000_000)) == "Q222"


@each_archive
def test_more_than_fits_when_unpacked(
    reader: Reader, data: bytes, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_UNPACKED", 100)

    assert refusal(reader, data) == "Q221"


def test_more_xml_than_fits_as_a_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Exception, match="when unpacked"):
        archive.open_archive(a_source(DOCX), max_xml=1000)


@each_archive
def test_more_parts_than_any_document_has(
    reader: Reader, data: bytes, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_PARTS", 1)

    assert refusal(reader, data) == "Q222"


@each_archive
@pytest.mark.parametrize("name", ["../../evil.sh", "/etc/evil", "a\\..\\..\\evil", "C:/evil"])
def test_a_part_outside_of_the_file(reader: Reader, data: bytes, part: str, name: str) -> None:
    assert refusal(reader, with_part(data, name, "x")) == "Q222"


@each_archive
def test_parts_that_overlap(reader: Reader, data: bytes, part: str) -> None:
    noise = bytes((i * i >> 3) % 251 for i in range(5000))
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as opened:
        opened.writestr("noise", noise)
        info = opened.getinfo("noise")
        for number in range(50):
            copy = zipfile.ZipInfo(f"copy{number}")
            for field in ("CRC", "compress_size", "file_size", "header_offset"):
                setattr(copy, field, getattr(info, field))
            opened.filelist.append(copy)

    assert refusal(reader, stream.getvalue()) in ("Q220", "Q222")


@each_archive
def test_a_locked_part(reader: Reader, data: bytes, part: str) -> None:
    locked = bytearray(data)
    for match in re.finditer(rb"PK\x01\x02", data):
        locked[match.start() + 8] |= 1

    assert refusal(reader, bytes(locked)) == "Q223"


def test_office_files_with_a_password_and_old_ones() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600

    assert refusal(word.reader, ole + "EncryptedPackage".encode("utf-16-le")) == "Q223"
    assert refusal(word.reader, ole) == "Q220"


@pytest.mark.parametrize("doctype", [EXTERNAL, LAUGHS], ids=["external", "laughs"])
@pytest.mark.parametrize(
    ("reader", "data", "part", "words"),
    [
        (word.reader, DOCX, "word/document.xml", "Words"),
        (excel.reader, XLSX, SHEET, "<v>1</v>"),
        (opendocument.reader, ODT, "content.xml", "Words"),
    ],
    ids=["docx", "xlsx", "odt"],
)
def test_entities_are_never_resolved(
    reader: Reader, data: bytes, part: str, words: str, doctype: str
) -> None:
    xml = re.sub(r"^<\?xml[^>]*\?>", "", part_of(data, part)).replace(words, "&x;")

    assert refusal(reader, with_part(data, part, doctype + xml)) in ("Q220", "Q222")


def test_entities_in_the_styles_of_a_document_are_not_resolved() -> None:
    xml = re.sub(r"^<\?xml[^>]*\?>", "", part_of(DOCX, "word/styles.xml"))
    changed = with_part(DOCX, "word/styles.xml", LAUGHS + xml.replace("Normal", "&x;", 1))

    assert refusal(word.reader, changed) == "Q220"


def test_endless_nesting_in_word() -> None:
    body = "<w:p>" + "<w:r>" * 5000 + "</w:r>" * 5000 + "</w:p>"

    assert refusal(word.reader, a_docx(body)) == "Q220"


@pytest.mark.parametrize("tag", ["span", "section"])
def test_endless_nesting_in_opendocument(tag: str) -> None:
    deep = f"<text:{tag}>" * 50_000 + "x" + f"</text:{tag}>" * 50_000

    assert refusal(opendocument.reader, stored(an_odt(f"<text:p>{deep}</text:p>"))) == "Q222"


@pytest.mark.parametrize("page", ["<div>" * 3000 + "x", "<div>" * 100_000 + "x"])
def test_endless_nesting_in_a_web_page(page: str) -> None:
    assert refusal(html.reader, page) == "Q222"


@pytest.mark.parametrize("text", ["[" * 100_000, '{"segments":' * 100_000])
def test_endless_nesting_in_json(text: str) -> None:
    assert refusal(whisper.reader, text) == "Q222"


def test_a_font_table_without_end() -> None:
    assert refusal(rtf.reader, "{\\rtf1{\\fonttbl" + "\\f1" * 50_000 + "}}x") == "Q222"


def test_pages_that_go_round_in_circles() -> None:
    data = a_pdf(["x"]).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")

    assert refusal(pdf.reader, data) == "Q220"


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)

    assert refusal(pdf.reader, a_pdf(["x"], ["y"])) == "Q221"


def with_sheet_data(rows: str) -> bytes:
    xml = re.sub(
        r"<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>", part_of(XLSX, SHEET)
    )
    return with_part(XLSX, SHEET, xml)


def test_a_row_at_the_end_of_the_world() -> None:
    row = '<row r="2000000000"><c r="A2000000000"><v>1</v></c></row>'

    assert refusal(excel.reader, with_sheet_data(row)) == "Q221"


def test_cells_far_to_the_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MAX_CELLS", 100_000)
    rows = "".join(f'<row r="{i}"><c r="XFD{i}"><v>1</v></c></row>' for i in range(1, 20))

    assert refusal(excel.reader, with_sheet_data(rows)) == "Q221"


def test_spaces_without_number_in_opendocument() -> None:
    data = an_odt('<text:p>a<text:s text:c="99999"/><text:s text:c="9999999999"/>b</text:p>')

    assert len(opendocument.reader(a_source(data)).lines[0].text) < 300


@pytest.mark.parametrize(
    "reader",
    [r for r in READERS if r.name in ("excel", "word", "opendocument", "rtf", "pdf", "html")],
    ids=lambda reader: reader.name,
)
def test_files_beyond_the_bound_are_not_even_opened(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "MAX_BYTES", 20)

    assert refusal(reader, a_sound_file_of(reader)) == "Q221"


def test_memory_that_does_not_suffice_is_told() -> None:
    with pytest.raises(Exception, match="memory of this computer"), base.guarded(a_source("")):
        raise MemoryError


def test_warnings_of_libraries_stay_inside() -> None:
    import warnings

    with base.guarded(a_source("")):
        warnings.warn("a style is missing", UserWarning, stacklevel=1)
