"""Files of every format that qualcode reads, made of invented talk, for measuring speed."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from itertools import cycle, islice

_SUBJECTS = (
    *("The board", "Our police lead", "She", "The new chair", "Everybody here", "The school"),
    *("My manager", "The hospital", "A colleague from housing", "The other agency", "He"),
)
_VERBS = (
    *("keeps changing", "never sees", "has to explain", "would rather share", "waits for"),
    *("cannot release", "asked about", "started again with", "worked around", "put off"),
    *("agreed to look at", "forgot", "wrote down"),
)
_OBJECTS = (
    *("the shared list", "people's targets", "who rings first", "the delegates", "that protocol"),
    *("a joint inspection", "the training days", "somebody else's budget", "the minutes"),
    *("what was said last time", "the way we all work together", "the whole remit", "a form"),
    *("the family", "each new case", "her own profession", "our first meeting"),
)


def sentences(seed: int = 0) -> Iterator[str]:
    """Endless plain sentences, the same for the same seed."""
    at = seed
    while True:
        at += 1
        subject = _SUBJECTS[(at * 7 + seed) % len(_SUBJECTS)]
        verb = _VERBS[(at * 5 + at // 11) % len(_VERBS)]
        thing = _OBJECTS[(at * 3 + at // 13) % len(_OBJECTS)]
        yield f"{subject} {verb} {thing}, which is number {at}."


def paragraphs(size: int, *, seed: int = 0, per: int = 3) -> list[str]:
    """Paragraphs of `per` sentences with about `size` characters in all."""
    source = sentences(seed)
    found: list[str] = []
    n = 0
    while n < size:
        found.append(" ".join(islice(source, per)))
        n += len(found[-1]) + 1
    return found


def notes_txt(size: int, *, seed: int = 0) -> bytes:
    """Notes of an interview: a head, guide questions, bullets, comments of the observer."""
    lines = [f"INT{seed:03}  Police (DI), tier 3        14/3/2025   10.15-11.05, his office"]
    lines.append("Asked not to be recorded. Notes typed up same evening.")
    for number, words in enumerate(paragraphs(size, seed=seed, per=2)):
        if number % 20 == 0:
            lines.extend(["", f"{number // 20 + 1}. What about part {number // 20 + 1}?"])
        lines.append(f"- {words}")
        if number % 15 == 7:
            lines.append("[OC: looked away when saying this]")
    return "\n".join(lines).encode()


def minutes_txt(size: int, *, seed: int = 0) -> bytes:
    lines = [
        "NORTHMERE SAFEGUARDING BOARD",
        "Minutes of the meeting held on Tuesday 11 November 2025 at 2.00pm, Town Hall",
        "",
        "Present:    J Smith (Chair)            Independent",
        "            A Khan                     Children's Social Care",
        "            M O'Neil                   Police",
        "Apologies:  R Patel (PCT), S Wood (Probation)",
        "",
    ]
    for number, words in enumerate(paragraphs(size, seed=seed, per=2)):
        item, part = divmod(number, 8)
        if part == 0:
            lines.append(f"{item + 1}.  Matter number {item + 1}")
        said = "RESOLVED: " if part == 5 else "ACTION: AK to see to it. " if part == 7 else ""
        lines.append(f"{item + 1}.{part + 1} {said}{words}")
    return "\n".join(lines).encode()


def _turns(size: int) -> Iterator[tuple[str, str]]:
    return zip(cycle(("Interviewer", "Ruth Bell", "Dean Okafor")), paragraphs(size), strict=False)


def transcript_txt(size: int) -> bytes:
    return "\n\n".join(f"{who}: {words}" for who, words in _turns(size)).encode()


def markdown_text(size: int) -> bytes:
    lines = ["---", "kind: interview notes", "date: 2025-03-27", "---", "# Notes", ""]
    for number, words in enumerate(paragraphs(size)):
        if number % 20 == 0:
            lines.extend(["", f"## What about part {number // 20 + 1}?", ""])
        lines.append(f"- {words}")
    return "\n".join(lines).encode()


def _clock(second: int, point: str) -> str:
    return f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}{point}000"


def webvtt(size: int) -> bytes:
    cues = (
        f"{_clock(3 * n, '.')} --> {_clock(3 * n + 3, '.')}\n<v {who}>{words}</v>\n"
        for n, (who, words) in enumerate(_turns(size))
    )
    return ("WEBVTT\n\n" + "\n".join(cues)).encode()


def subrip(size: int) -> bytes:
    cues = (
        f"{n + 1}\n{_clock(3 * n, ',')} --> {_clock(3 * n + 3, ',')}\n{who}: {words}\n"
        for n, (who, words) in enumerate(_turns(size))
    )
    return "\n".join(cues).encode()


def whisper_json(size: int) -> bytes:
    segments = [
        {"id": n, "start": 3.0 * n, "end": 3.0 * n + 3, "text": f" {words}", "speaker": who}
        for n, (who, words) in enumerate(_turns(size))
    ]
    return json.dumps({"segments": segments, "language": "en"}).encode()


def _answers(size: int) -> list[list[str]]:
    rows = [["Respondent", "Organisation", "What gets in the way of your work?", "What helps?"]]
    words = paragraphs(size)
    for n, (first, second) in enumerate(zip(words[::2], words[1::2], strict=False)):
        rows.append([f"R{n:05}", ("Police", "Health", "School")[n % 3], first, second])
    return rows


def csv_answers(size: int) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows(_answers(size))
    return stream.getvalue().encode()


def xlsx_answers(size: int) -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Answers")
    for row in _answers(size):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def docx_transcript(size: int) -> bytes:
    import docx

    document = docx.Document()
    for who, words in _turns(size):
        document.add_paragraph(f"{who}: {words}")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def odt_transcript(size: int) -> bytes:
    oasis = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(f"<text:p>{who}: {words}</text:p>" for who, words in _turns(size))
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{oasis}:office:1.0" '
        f'xmlns:text="{oasis}:text:1.0"><office:body><office:text>{body}</office:text>'
        "</office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return stream.getvalue()


def rtf_transcript(size: int) -> bytes:
    body = "".join(f"{who}: {words}\\par\n" for who, words in _turns(size))
    head = r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}}"
    return f"{head}\n{body}}}".encode("cp1252")


def html_transcript(size: int) -> bytes:
    body = "".join(f"<p>{who}: {words}</p>\n" for who, words in _turns(size))
    return (
        f"<!doctype html><html><head><title>Talk</title></head><body>{body}</body></html>".encode()
    )


def pdf_transcript(size: int) -> bytes:
    """A PDF with a text layer, forty lines of ninety characters to the page."""
    lines: list[str] = []
    for who, words in _turns(size):
        said = f"{who}: {words}"
        while said:
            cut = len(said) if len(said) <= 90 else said.rfind(" ", 0, 90)
            lines.append(said[:cut])
            said = said[cut:].strip()
    pages = [lines[at : at + 40] for at in range(0, len(lines), 40)]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, page in enumerate(pages):
        shown = "\n".join(
            f"BT /F1 11 Tf 60 {770 - 17 * at} Td ({line}) Tj ET" for at, line in enumerate(page)
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * n} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream".encode())
    return _pdf_file(objects)


def _pdf_file(objects: list[bytes]) -> bytes:
    stream = io.BytesIO()
    stream.write(b"%PDF-1.4\n")
    places: list[int] = []
    for number, content in enumerate(objects, start=1):
        places.append(stream.tell())
        stream.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = stream.tell()
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    n = len(objects) + 1
    stream.write(b"xref\n0 %d\n0000000000 65535 f \n%s" % (n, table))
    stream.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (n, start))
    return stream.getvalue()


FORMATS: Mapping[str, tuple[str, Callable[[int], bytes]]] = {
    "text, interview notes": (".txt", notes_txt),
    "text, minutes": (".txt", minutes_txt),
    "text, transcript": (".txt", transcript_txt),
    "Markdown notes": (".md", markdown_text),
    "WebVTT": (".vtt", webvtt),
    "SubRip": (".srt", subrip),
    "Whisper JSON": (".json", whisper_json),
    "CSV questionnaire": (".csv", csv_answers),
    "Excel questionnaire": (".xlsx", xlsx_answers),
    "Word transcript": (".docx", docx_transcript),
    "OpenDocument transcript": (".odt", odt_transcript),
    "RTF transcript": (".rtf", rtf_transcript),
    "HTML transcript": (".html", html_transcript),
    "PDF transcript": (".pdf", pdf_transcript),
}
"""What is measured: the ending, and how to make a file with so many characters of talk."""
