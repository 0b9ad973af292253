"""Whether a PDF gives the words, speakers and turns that the text of the same interview gives."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks._report import Reading, Report, percent
from benchmarks._scores import Hits, hits, kept_in_order, lost_words, words
from benchmarks._transcripts import Expected, load_expected
from qualcode.core.model import Document

_NUMBER = re.compile(r"Interview (\d+)\b")
_LABEL = re.compile(r"^\s*interview(?:er|ee)\s?\d?(?: \d)?\s*:", re.IGNORECASE | re.MULTILINE)


def pdf_pairs(root: Path, reading: Reading) -> Report:
    """Share of the words of a text that its PDF gives back in order, for each pair."""
    report = Report("PDF against the text of the same interview (mlss_interviews)")
    folder = root / "data" / "mlss_interviews"
    pdfs = sorted((folder / "pdf_pairs").glob("*.pdf"))
    if not pdfs:
        report.skipped.append("PDF pairs: data/mlss_interviews/pdf_pairs is not here")
    expected = {Path(one.file).name: one for one in load_expected()}
    total = Hits()
    lost = 0
    for pdf in pdfs:
        number = _NUMBER.search(pdf.name)
        text = folder / "transcripts" / f"Interview {number[1] if number else ''}.txt"
        if not text.is_file() or text.name not in expected:
            report.skipped.append(f"{pdf.name}: there is no text to compare it with")
            continue
        document, problems = reading.read(pdf)
        if document is None:
            report.failures.append(f"{pdf.name}: not read ({problems[0]})")
            continue
        original = words(_LABEL.sub("", text.read_text(encoding="utf-8-sig")))
        kept = kept_in_order(original, words(_spoken(document)))
        total += kept
        remark = _compare(document, expected[text.name], report, pdf.name)
        lost += _vanished(reading.extracted(pdf), document, report, pdf.name)
        report.add(text.stem, percent(kept.recall), f"{kept.expected} words", remark)
    if total.expected:
        report.add(
            *("Words kept, in order", percent(total.recall), f"{total.expected} words"),
            f"{percent(1 - total.precision)} of the words read are not in the text",
        )
        report.add("Words of the PDF that vanish without being counted", f"{lost}")
    return report


def _spoken(document: Document) -> str:
    spoken = (u.span for u in document.units if u.form not in ("header", "heading"))
    return " ".join(document.text[span.start : span.end] for span in spoken)


def _vanished(extracted: str, document: Document, report: Report, name: str) -> int:
    """Number of words that the reader took out of the file and that the frozen text lacks."""
    missing = lost_words(extracted, document.text, labels=[s.name for s in document.speakers])
    if missing:
        most = ", ".join(word for word, _ in missing.most_common(4))
        report.failures.append(
            f"{name}: {missing.total()} words of the PDF vanish uncounted ({most})"
        )
    return missing.total()


def _compare(document: Document, expected: Expected, report: Report, name: str) -> str:
    found = [speaker.name for speaker in document.speakers]
    n_turns = sum(unit.form == "turn" for unit in document.units)
    extra = sorted(set(found) - set(expected.speakers))
    if extra:
        report.failures.append(f"{name}: speakers {extra} are none")
    if n_turns != expected.turns:
        report.failures.append(f"{name}: {n_turns} turns, the text has {expected.turns}")
    f1 = hits(found, expected.speakers).f1
    return f"{n_turns} turns, text {expected.turns}; speakers F1 {f1:.2f}"
