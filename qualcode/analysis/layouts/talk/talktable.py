"""Transcripts laid out as a table: columns with time, speaker and words (NVivo and others)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.analysis.layouts.blocklines import cells_of
from qualcode.analysis.layouts.minutes.lines import is_separator
from qualcode.analysis.layouts.talk.roles import key_of, shape_of
from qualcode.core.model import Line, Row

_SAMPLE = 200
_TIME = re.compile(
    r"[\[(]?\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,4})?[\])]?"
    r"(?:\s*(?:-->|[-–—])\s*\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,4})?)?"
)
_HEADS = {
    "time": re.compile(
        r"time\s?(?:span|stamp|code)?|start(?:\stime)?|begin|from|timestamps?", re.I
    ),
    "speaker": re.compile(r"speakers?(?:\sname)?|name|who|participant|voice|turn by", re.I),
    "content": re.compile(r"content|text|transcript(?:ion)?|words|utterance|speech|turn", re.I),
}


@dataclass(frozen=True, slots=True)
class TalkColumns:
    """Which column holds what, from 0; `header` rows stand above the first turn."""

    content: int
    speaker: int | None
    time: int | None
    header: int


def find_talk_columns(rows: Sequence[Row]) -> TalkColumns | None:
    """The columns of a transcript, or None where the rows are no transcript.

    >>> rows = [Row(("0:05", "I", "Why?"), 1), Row(("0:08", "R", "It is so."), 2)]
    >>> find_talk_columns(rows)
    TalkColumns(content=2, speaker=1, time=0, header=0)
    """
    sample = [row for row in rows[:_SAMPLE] if any(cell.strip() for cell in row.cells)]
    if not sample:
        return None
    width = max(len(row.cells) for row in sample)
    heads = _heads(sample[0])
    body = sample[1:] if len(heads) >= 2 and "content" in heads else sample
    if not 2 <= width <= 8 or not body:
        return None
    header = rows.index(sample[0]) + 1 if body is not sample else 0
    cells = [[_at(row, column) for row in body] for column in range(width)]
    time = heads.get("time") if header else None
    if time is None or not _is_time(cells[time]):
        time = next((c for c in range(width) if _is_time(cells[c])), None)
    speaker = heads.get("speaker") if header else None
    if speaker is None:
        speaker = next((c for c in range(width) if c != time and _is_speaker(cells[c])), None)
    content = heads.get("content") if header else None
    if content is None:
        rest = [c for c in range(width) if c not in (time, speaker)]
        content = max(rest, key=lambda c: sum(map(len, cells[c])), default=None)
    if content is None or (speaker is None and time is None) or (time is None and not header):
        return None
    if speaker is not None and time is None and not _is_speaker(cells[speaker]):
        return None
    return TalkColumns(content, speaker, time, header)


def rows_of_lines(lines: Sequence[Line]) -> tuple[tuple[Row, ...], tuple[Line, ...]]:
    """The rows of a document that is nearly all one table, and its other lines; or nothing."""
    if not any(map(_may_be_row, lines)):
        return (), ()
    others: list[Line] = []
    rows: list[Row] = []
    for line in lines:
        text = line.text.strip()
        if not text or is_separator(text):
            continue
        cells = (cells_of(line) or _tabbed(line.text)) if _may_be_row(line) else ()
        if cells:
            rows.append(Row(cells, line.number))
        else:
            others.append(line)
    if len(rows) < 0.7 * (len(rows) + len(others)):
        return (), ()
    return tuple(rows), tuple(others)


def _may_be_row(line: Line) -> bool:
    return line.style == "cell" or "|" in line.text or "\t" in line.text


def _tabbed(text: str) -> tuple[str, ...]:
    cells = tuple(cell.strip() for cell in text.split("\t"))
    return cells if len(cells) > 2 else ()


def _heads(row: Row) -> dict[str, int]:
    return {
        what: column
        for what, pattern in _HEADS.items()
        for column, cell in reversed(list(enumerate(row.cells)))
        if pattern.fullmatch(cell.strip())
    }


def _at(row: Row, column: int) -> str:
    return row.cells[column].strip() if column < len(row.cells) else ""


def _is_time(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    times = sum(1 for cell in filled if _TIME.fullmatch(cell))
    return bool(filled) and times >= 0.8 * len(filled) and len(filled) >= 0.5 * len(cells)


def _is_speaker(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    if not filled or any(len(cell) > 60 for cell in filled):
        return False
    named = sum(1 for cell in filled if shape_of(cell.rstrip(": ")) in ("known", "name"))
    distinct = len({key_of(cell) for cell in filled})
    return named >= 0.7 * len(filled) and (len(filled) < 4 or distinct <= 0.6 * len(filled))
