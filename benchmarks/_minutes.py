"""Attendance, decisions, speakers and dates of minutes against a simple reading of their own.

The reading here knows nothing but the two layouts at hand: the tables, headings and labels
of the TC39 notes, and the names and the lists of the Carpentries minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from benchmarks._report import Reading, Report, percent
from benchmarks._scores import Hits, attributed, hits, lines_found, share, words
from qualcode.analysis.study_tables import decision_table
from qualcode.core.model import Document

_INITIALS = re.compile(r"^([A-Z]{2,4}): +(\S.*)$", re.MULTILINE)
_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|<[^>]+>|[*_`]")
_LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d+\.)\s+")
_FILE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ROLE = re.compile(r"\s*\(.*|[^\w\s.'’-].*")
_WITH_PLACES = re.compile(r"^\W*Name, physical location\b")
"""Heads a list whose lines have a name, then where somebody is."""
_LISTED = re.compile(r"^\W*(Present|Apologies|Regrets)\W*:?\W*(.*)$")


def attendees(text: str) -> list[tuple[str, str, str]]:
    """Name, initials and organisation of the rows of the first table.

    >>> attendees("| Name | Abbr | Org |\\n|---|---|---|\\n| Ann Lee | AL | Ace |\\n|  |  |  |\\n")
    [('Ann Lee', 'AL', 'Ace')]
    """
    rows: list[tuple[str, str, str]] = []
    for line in text.splitlines():
        if line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("| ").split("|")]
            if len(cells) >= 3 and cells[0] and set(cells[0]) - set("-: "):
                rows.append((cells[0], cells[1], cells[2]))
        elif rows:
            break
    return rows[1:]


def conclusions(text: str) -> list[str]:
    """The lines below each heading "Conclusion", without marks of lists and of Markdown.

    >>> conclusions("# A\\n### Conclusion\\n\\n- **Stage** 4\\n## B\\nX: no\\n")
    ['Stage 4']
    """
    found: list[str] = []
    inside = False
    for line in text.splitlines():
        if line.startswith("#"):
            inside = bool(re.match(r"#+\s*conclusions?\b", line, re.IGNORECASE))
        elif inside and line.strip():
            found.append(plain_line(line))
    return found


def plain_line(line: str) -> str:
    """A line of Markdown as it reads: no list mark, no emphasis, the words of a link alone."""
    return _MARKUP.sub(lambda m: m[1] or "", _LIST_MARK.sub("", line)).strip()


def listed_names(text: str) -> list[str]:
    """The names after "Present" and "Apologies", in the line or in the list below it.

    >>> listed_names("**Present:** Ann, Bo\\n\\nRegrets\\n* Cy\\n\\n### Item\\n* Dee\\n")
    ['Ann', 'Bo', 'Cy']
    """
    names: list[str] = []
    inside = has_places = False
    for line in text.splitlines():
        if match := _LISTED.match(line.strip()):
            inside, has_places = True, False
            names.extend(_names(match[2]))
        elif _WITH_PLACES.match(line):
            inside = has_places = True
        elif inside and _LIST_MARK.match(line):
            found = _names(_LIST_MARK.sub("", line))
            names.extend(found[:1] if has_places else found)
        elif line.strip():
            inside = False
    return names


def _names(line: str) -> list[str]:
    parts = re.split(r",|\band\b|\+ new members", plain_line(line))
    return [name for part in parts if (name := _ROLE.sub("", part).strip(" ."))]


def tc39(root: Path, reading: Reading) -> Report:
    """Who was there, what was concluded, and who said what in the TC39 notes."""
    report = Report("Minutes with tables, labels and conclusions (TC39)")
    paths = sorted((root / "data" / "minutes" / "tc39").glob("*/*-[0-9]*.md"))
    if not paths:
        report.skipped.append("TC39 minutes: data/minutes/tc39 is not here")
        return report
    people, organisations, decided = Hits(), Hits(), Hits()
    spoken: list[bool] = []
    for path in paths:
        text = path.read_text(encoding="utf-8")
        document, problems = reading.read(path)
        if document is None:
            report.failures.append(f"{path.name}: not read ({problems[0]})")
            continue
        table = attendees(text)
        people += _compared(
            report, f"{path.name} attendance", [a.name for a in document.attendance], table
        )
        found = [f"{a.name} = {a.organisation}" for a in document.attendance]
        organisations += hits(found, [f"{name} = {org}" for name, _, org in table])
        decided += _decisions(report, path.name, document, conclusions(text))
        spoken.extend(_turns(report, path.name, document, text))
    for measure, one in (
        ("Attendance: names", people),
        ("Attendance: names with their organisation", organisations),
        ("Decisions: lines of the conclusions", decided),
    ):
        report.add(measure, f"{one.f1:.3f}", f"{one.expected}", _both(one))
    report.add(
        "Labelled paragraphs with the right speaker", percent(share(spoken)), f"{len(spoken)}"
    )
    return report


def _both(one: Hits) -> str:
    return f"F1; precision {one.precision:.3f}, recall {one.recall:.3f}"


def _compared(
    report: Report, what: str, found: list[str], table: Iterable[tuple[str, str, str]]
) -> Hits:
    expected = [name for name, _, _ in table]
    result = hits(found, expected)
    if result.f1 < 1:
        report.failures.append(
            f"{what}: {result.right} right of {result.found}, {result.expected} listed"
        )
    return result


def _decisions(report: Report, name: str, document: Document, expected: list[str]) -> Hits:
    cells = (row[3][0] for row in decision_table([document]).rows)
    result, missed, extra = lines_found(expected, [str(cell) for cell in cells])
    if missed or extra:
        report.failures.append(f"{name} decisions: {len(missed)} missed, {len(extra)} too many")
    return result


def _turns(report: Report, name: str, document: Document, text: str) -> list[bool]:
    """Paragraphs that begin with initials; what is said below one without is left out."""
    said = [(m[1], words(plain_line(m[2]))) for m in _INITIALS.finditer(text)]
    read = [
        (unit.speaker_id or "", words(document.text[unit.span.start : unit.span.end]))
        for unit in document.units
    ]
    right = attributed(said, read)
    wrong = sorted({who for (who, _), good in zip(said, right, strict=True) if not good})
    if wrong:
        report.failures.append(
            f"{name} speakers: {right.count(False)} of {len(right)} paragraphs with another "
            f"speaker or none ({', '.join(wrong)})"
        )
    return right


def carpentries(root: Path, reading: Reading) -> Report:
    """Kinds, dates and those listed in the Carpentries minutes."""
    report = Report("Minutes by hand in many layouts (Carpentries)")
    paths = sorted((root / "data" / "minutes" / "carpentries").glob("*/*.md"))
    if not paths:
        report.skipped.append("Carpentries minutes: data/minutes/carpentries is not here")
        return report
    kinds: list[bool] = []
    dates: list[bool] = []
    people = Hits()
    for path in paths:
        document, problems = reading.read(path)
        date = _FILE_DATE.search(path.name)
        kinds.append(document is not None and document.kind == "minutes")
        dates.append(document is not None and date is not None and document.date == date[0])
        if document is None:
            report.failures.append(f"{path.name}: not read ({problems[0]})")
            continue
        if not kinds[-1]:
            report.failures.append(f"{path.name}: kind {document.kind}")
        if not dates[-1]:
            said = "with a warning" if any(p.number == "Q255" for p in problems) else "silently"
            report.failures.append(f"{path.name}: date {document.date or 'none'}, {said}")
        names = [(name, "", "") for name in _logged(path)]
        found = [a.name for a in document.attendance]
        people += _compared(report, f"{path.name} attendance", found, names)
    report.add("Kind recognised", percent(share(kinds)), f"{len(kinds)} files")
    report.add("Date as in the name of the file", percent(share(dates)), f"{len(dates)} files")
    report.add("Attendance: names", f"{people.f1:.3f}", f"{people.expected}", _both(people))
    return report


def _logged(path: Path) -> list[str]:
    names = listed_names(path.read_text(encoding="utf-8"))
    return [] if any("logged" in name for name in names) else names
