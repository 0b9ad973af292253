"""Speakers, turns and kinds against expectations checked by eye; turns of talk written out."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks._report import Reading, Report, percent
from benchmarks._scores import Hits, attributed, hits, opening, researcher_outcome, share, words
from qualcode.core.model import Document, Unit
from qualcode.core.problems import Problem

EXPECTED = Path(__file__).parent / "expected" / "reading.json"
CANNOT_TELL = "Q241"
Said = list[tuple[str, str]]
"""Who said what, turn by turn."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a person found in one file; `first` and `last` are fingerprints of turns."""

    file: str
    kind: str
    speakers: tuple[str, ...]
    researchers: tuple[str, ...]
    turns: int
    first: str | None
    last: str | None
    note: str = ""


def load_expected() -> list[Expected]:
    """The expectations, in the order of their file."""
    return [
        Expected(
            file=row["file"],
            kind=row["kind"],
            speakers=tuple(row["speakers"]),
            researchers=tuple(row["researchers"]),
            turns=row["turns"],
            first=row["first"],
            last=row["last"],
            note=row.get("note", ""),
        )
        for row in json.loads(EXPECTED.read_text(encoding="utf-8"))
    ]


@dataclass(slots=True)
class _Tally:
    kinds: list[bool]
    speakers: Hits
    turns: list[bool]
    ends: list[bool]
    researchers: Counter[str]


def transcripts(root: Path, reading: Reading) -> Report:
    """Kinds, speakers, turns and researchers of every file with an expectation."""
    report = Report("Files checked by eye")
    tally = _Tally([], Hits(), [], [], Counter())
    everything = load_expected()
    if not any((root / one.file).is_file() for one in everything):
        report.skipped.append(f"files checked by eye: none of the {len(everything)} is here")
        return report
    for expected in everything:
        path = root / expected.file
        if not path.is_file():
            report.skipped.append(f"{expected.file}: the file is not here")
            continue
        document, problems = reading.read(path)
        if document is None:
            tally.kinds.append(False)
            report.failures.append(f"{expected.file}: not read ({problems[0]})")
            continue
        for wrong in _compare(expected, document, problems, tally):
            note = f" [{expected.note}]" if expected.note else ""
            report.failures.append(f"{expected.file}: {wrong}{note}")
    if tally.kinds:
        _add_rows(report, tally)
    return report


def _turns(document: Document) -> list[Unit]:
    return [unit for unit in document.units if unit.form == "turn"]


def _compare(
    expected: Expected, document: Document, problems: tuple[Problem, ...], tally: _Tally
) -> list[str]:
    wrong: list[str] = []
    tally.kinds.append(document.kind == expected.kind)
    if document.kind != expected.kind:
        wrong.append(f"kind {document.kind}, expected {expected.kind}")
    names = [speaker.name for speaker in document.speakers]
    tally.speakers += hits(names, expected.speakers)
    if hits(names, expected.speakers).f1 < 1:
        wrong.append(f"speakers {names}, expected {list(expected.speakers)}")
    turns = _turns(document)
    if expected.turns:
        tally.turns.append(len(turns) == expected.turns)
        if len(turns) != expected.turns:
            wrong.append(f"{len(turns)} turns, expected {expected.turns}")
        ends = [opening(document.text[u.span.start : u.span.end]) for u in turns]
        both = bool(ends) and (ends[0], ends[-1]) == (expected.first, expected.last)
        tally.ends.append(both)
        if not both:
            wrong.append("the first or the last turn begins with other words")
        wrong.extend(_researchers(expected, document, problems, tally))
    return wrong


def _researchers(
    expected: Expected, document: Document, problems: tuple[Problem, ...], tally: _Tally
) -> list[str]:
    found = [speaker.name for speaker in document.speakers if speaker.is_researcher]
    warned = any(one.number == CANNOT_TELL for one in problems)
    outcome = researcher_outcome(found, expected.researchers, warned=warned)
    tally.researchers[outcome] += 1
    if outcome == "right":
        return []
    said = "left open with a warning" if outcome == "left open" else f"{found} without a warning"
    return [f"researcher {said}, expected {list(expected.researchers)}"]


def _add_rows(report: Report, tally: _Tally) -> None:
    n = sum(tally.researchers.values())
    speakers, outcome = tally.speakers, tally.researchers
    report.add("Kind recognised", percent(share(tally.kinds)), f"{len(tally.kinds)} files")
    report.add(
        *("Speakers, F1 over all labels", f"{speakers.f1:.3f}", f"{speakers.expected} labels"),
        f"precision {speakers.precision:.3f}, recall {speakers.recall:.3f}",
    )
    report.add(
        "Files with the exact number of turns",
        percent(share(tally.turns)),
        f"{len(tally.turns)} files",
    )
    report.add(
        "First and last turn begin with the right words",
        percent(share(tally.ends)),
        f"{len(tally.ends)} files",
    )
    report.add(
        *("Researcher recognised", percent(outcome["right"] / n), f"{n} files"),
        f"{outcome['left open']} left open with a warning, {outcome['wrong']} wrong",
    )


def meetings(path: Path) -> Iterator[tuple[dict[str, Any], Said]]:
    """Every meeting of the file, with who said what."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            meeting = json.loads(line)
            said = [(t["speaker"], " ".join(t["text"].split())) for t in meeting["turns"]]
            yield meeting, [(who, text) for who, text in said if words(text)]


def write_meeting(folder: Path, name: str, said: Said) -> Path:
    """A meeting as plain text, a line for each turn; the file."""
    path = folder / f"{name}.txt"
    path.write_text("".join(f"{who}: {text}\n" for who, text in said), encoding="utf-8")
    return path


def talk(root: Path, reading: Reading) -> Report:
    """Meetings whose turns are known, written out as "Name: words" and read again."""
    report = Report("Meetings written out as plain transcripts (qmsum_topics)")
    path = root / "data" / "qmsum_topics" / "dev.jsonl"
    if not path.is_file():
        report.skipped.append("qmsum_topics: data/qmsum_topics/dev.jsonl is not here")
        return report
    right: dict[str, list[bool]] = {}
    kinds: list[bool] = []
    kept = Hits()
    with tempfile.TemporaryDirectory() as folder:
        for meeting, said in meetings(path):
            document, _ = reading.read(write_meeting(Path(folder), meeting["id"], said))
            scores = spoken_right(document, said)
            kinds.append(document is not None and document.kind == "transcript")
            right.setdefault(meeting["domain"], []).extend(scores)
            kept += _labels_kept(document, said)
            if share(scores) < 1 or not kinds[-1]:
                kind = document.kind if document else "not read"
                report.failures.append(
                    f"qmsum {meeting['id']}: {scores.count(False)} of {len(scores)} turns "
                    f"with another speaker, read as {kind}"
                )
    everything = [one for scores in right.values() for one in scores]
    report.add("Turns with the right speaker", percent(share(everything)), f"{len(everything)}")
    for domain in sorted(right):
        report.add(f"- {domain}", percent(share(right[domain])), f"{len(right[domain])}")
    report.add(
        *("Speakers, F1 over all labels", f"{kept.f1:.3f}", f"{kept.expected} labels"),
        f"precision {kept.precision:.3f}, recall {kept.recall:.3f}",
    )
    report.add("Recognised as transcripts", percent(share(kinds)), f"{len(kinds)} meetings")
    return report


def spoken_right(document: Document | None, said: Said) -> list[bool]:
    """For each turn said, whether the document credits it to the same speaker."""
    if document is None:
        return [False] * len(said)
    names = {speaker.id: short_name(speaker.name) for speaker in document.speakers}
    read = [
        (names.get(u.speaker_id or "", ""), words(document.text[u.span.start : u.span.end]))
        for u in document.units
    ]
    return attributed([(short_name(who), words(text)) for who, text in said], read)


def short_name(label: str) -> str:
    """A label without what stands in brackets after it: parliaments write it the first time.

    >>> short_name("Mr. Paul Manly (Nanaimo, GP)")
    'Mr. Paul Manly'
    """
    return label.split(" (")[0].strip()


def _labels_kept(document: Document | None, said: Said) -> Hits:
    found = {short_name(speaker.name) for speaker in document.speakers} if document else set()
    return hits(found, {short_name(who) for who, _ in said})
