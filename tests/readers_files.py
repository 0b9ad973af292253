"""Small files of every format that qualcode reads, made by hand for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from functools import cache

from qualcode.core.model import Extract
from qualcode.core.problems import QualcodeError
from qualcode.core.protocols import Reader, Source
from qualcode.plugins.readers import (
    excel,
    html,
    opendocument,
    pdf,
    rtf,
    sheet,
    subrip,
    text,
    webvtt,
    whisper,
    word,
)

READERS: tuple[Reader, ...] = (
    text.reader,
    webvtt.reader,
    subrip.reader,
    whisper.reader,
    sheet.reader,
    excel.reader,
    word.reader,
    opendocument.reader,
    rtf.reader,
    pdf.reader,
    html.reader,
)


def a_source(data: bytes | str, name: str = "a.txt") -> Source:
    return Source(name, data.encode() if isinstance(data, str) else data)


def texts(extract: Extract) -> list[str]:
    return [line.text for line in extract.lines]


def numbers_of(extract: Extract) -> list[str]:
    return [found.number for found in extract.problems]


def refusal(reader: Reader, data: bytes | str, name: str = "a.txt") -> str:
    """The number of the problem with which the reader gives up, or "" if it reads the file."""
    try:
        reader(a_source(data, name))
    except QualcodeError as error:
        return error.problem.number
    return ""


def a_zip(parts: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in parts.items():
            # A fixed date, so that the same test always has the same bytes.
            part = zipfile.ZipInfo(name, date_time=(2025, 1, 1, 0, 0, 0))
            part.compress_type = method
            archive.writestr(part, data)
    return stream.getvalue()


def with_part(data: bytes, name: str, part: bytes | str) -> bytes:
    """The archive with one of its parts replaced or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, bytes | str] = {n: archive.read(n) for n in archive.namelist()}
    parts[name] = part
    return a_zip(parts)


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def a_docx(body: str = "", *, paragraphs: Iterable[str] = ()) -> bytes:
    """A Word file; `body` is WordprocessingML that stands before the plain paragraphs."""
    import docx

    stream = io.BytesIO()
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        xml = archive.read("word/document.xml").decode()
    xml = xml.replace("<w:body>", f"<w:body>{body}", 1)
    return with_part(stream.getvalue(), "word/document.xml", xml)


_NO_PROPERTIES = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties"/>'
)


def an_xlsx(*sheets: tuple[str, list[list[object]]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return with_part(stream.getvalue(), "docProps/core.xml", _NO_PROPERTIES)


_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ODT_NAMES = (
    f'xmlns:office="{_OASIS}:office:1.0" xmlns:text="{_OASIS}:text:1.0" '
    f'xmlns:table="{_OASIS}:table:1.0" xmlns:style="{_OASIS}:style:1.0" '
    f'xmlns:draw="{_OASIS}:drawing:1.0" xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0"'
)


def an_odt(body: str, *, styles: str = "", doctype: str = "") -> bytes:
    content = (
        f'<?xml version="1.0"?>{doctype}<office:document-content {ODT_NAMES}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return a_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def a_pdf(*pages: Iterable[str]) -> bytes:
    """A PDF whose pages hold these lines, one below the other."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for i, lines in enumerate(pages):
        shown = [
            f"BT /F1 12 Tf 72 {760 - 20 * row} Td ({line}) Tj ET" for row, line in enumerate(lines)
        ]
        stream = "\n".join(shown).encode("cp1252")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * i} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    return _pdf_file(objects)


def _pdf_file(objects: list[bytes]) -> bytes:
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return data + head + table + tail % (len(objects) + 1, len(data))


@cache
def a_sound_file_of(reader: Reader) -> bytes:
    """A small file that this reader reads without a problem."""
    rows: list[list[object]] = [["Who", "Said"], ["Ann", "They keep changing"], ["Bo", "Yes"]]
    return {
        "text": b"---\ndate: 2025-01-16\n---\n# Notes\n- they keep changing\n",
        "webvtt": b"WEBVTT\n\n1\n00:01.000 --> 00:02.500\n<v Ann>Now &amp; <i>then</i></v>\n",
        "subrip": b"1\n00:00:01,000 --> 00:00:02,500\nNow and then\n",
        "whisper": b'{"segments": [{"start": 1.0, "end": 2.5, "text": " Now."}]}',
        "sheet": b'Who,Said\nAnn,"They keep\nchanging"\nBo,Yes\n',
        "excel": an_xlsx(("Answers", rows)),
        "word": a_docx(paragraphs=["They keep changing.", "Every time."]),
        "opendocument": an_odt("<text:h>Notes</text:h><text:p>They keep changing.</text:p>"),
        "rtf": rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}}They \'93change\'94\par}",
        "pdf": a_pdf(["They keep changing.", "Every time."]),
        "html": b"<h1>Notes</h1><ul><li>they keep changing</li></ul>",
    }[reader.name]
