"""The head of a survey's sheet: one, two or three rows of labels and questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.core.model import Row

_IMPORT = re.compile(r"\s*\{\s*['\"]{1,2}ImportId['\"]{1,2}\s*:")
_LABEL = re.compile(r"Q\d+(?:[._-]\w+)*", re.IGNORECASE)
_NUMBERED = re.compile(r"(?P<id>Q?\d{1,3}(?:[._]\d{1,2}|[a-z])?)\s*[.):–-]\s*(?=\S)", re.IGNORECASE)
_RESPONSE = re.compile(r"(?:open[- ]ended\s+)?response|other \(please specify\)", re.IGNORECASE)
_ASKS = re.compile(
    r"(?:what|why|how|which|who|where|when|do|does|did|is|are|was|were|can|could|would|should|have"
    r"|has|if|in what|to what|please|describe|tell|explain|give|list|name|any|anything|comments?"
    r"|further|additional|other|overall|thinking|share|feel free|reflect|your thoughts)\b",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"[-+£$€]?\d[\d.,:/%\s-]*(?:[ap]m)?|\d{4}-\d\d-\d\d[T ].*|true|false|yes|no|y|n", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a survey: its position, the sheet's own short label, the question.

    `label` is "" where the sheet has no label such as "Q2". `title` names the column for
    readers: the label where that is a word, else the question.
    """

    position: int
    label: str
    question: str
    title: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns of a survey and the rows of its respondents."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def read_head(rows: Sequence[Row]) -> Sheet:
    """The columns that the first rows describe, and the rows below them.

    Qualtrics writes three rows (labels, questions, {"ImportId": ...}), SurveyMonkey two (the
    second says "Response" or names the choice), most others one. A row with a single cell
    above them is a title.
    """
    start = _first_full_row(rows)
    if start >= len(rows):
        return Sheet((), ())
    labels, below = rows[start].cells, list(rows[start + 1 :])
    questions: tuple[str, ...] = ()
    kind = _kind_of_head(labels, below)
    if kind == "imported":
        at = next(n for n, row in enumerate(below[:3]) if _is_imported(row))
        questions = below[0].cells if at else ()
        below = below[at + 1 :]
    elif kind == "questions":
        questions, below = below[0].cells, below[1:]
    elif kind == "responses":
        labels, below = _spread(labels, below[0].cells), below[1:]
    width = max(len(labels), len(questions))
    columns = tuple(_column(at, _cell(labels, at), _cell(questions, at)) for at in range(width))
    return Sheet(columns, tuple(below))


def _first_full_row(rows: Sequence[Row]) -> int:
    widest = max((_filled(row) for row in rows[:20]), default=0)
    return next((at for at, row in enumerate(rows) if _filled(row) * 2 >= widest > 0), len(rows))


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _is_imported(row: Row) -> bool:
    return any(_IMPORT.match(cell) for cell in row.cells)


def _kind_of_head(labels: Sequence[str], below: Sequence[Row]) -> str:
    if not below:
        return ""
    if any(_is_imported(row) for row in below[:3]):
        return "imported"
    second = [cell.strip() for cell in below[0].cells]
    if sum(bool(_RESPONSE.fullmatch(cell)) for cell in second) and "" in (labels or ("",)):
        return "responses"
    if any(re.fullmatch(r"open[- ]ended response", cell, re.IGNORECASE) for cell in second):
        return "responses"
    return "questions" if _are_questions(labels, second, below[1:]) else ""


def _are_questions(labels: Sequence[str], second: Sequence[str], data: Sequence[Row]) -> bool:
    """Whether the second row explains the first: short labels above, questions below.

    Counts against it: a number, a date or a yes in any cell.
    """
    if not data or any(_DATA.fullmatch(cell) for cell in second if cell):
        return False
    coded = [at for at, label in enumerate(labels) if _LABEL.fullmatch(label.strip())]
    asked = [at for at, cell in enumerate(second) if cell.endswith("?") or len(cell.split()) > 3]
    if not coded or not set(coded) & set(asked):
        return False
    typed = [at for at in range(len(second)) if _is_typed(data, at)]
    unlike = sum(at < len(second) and bool(second[at]) for at in typed)
    asks = sum(bool(_ASKS.match(second[at])) or second[at].endswith("?") for at in coded
               if at < len(second))  # fmt: skip
    return unlike > 0 or asks * 2 >= len(coded)


def _is_typed(data: Sequence[Row], at: int) -> bool:
    held = [c for row in data[:50] if (c := _cell(row.cells, at))]
    return bool(held) and all(_DATA.fullmatch(cell) for cell in held)


def _spread(questions: Sequence[str], answers: Sequence[str]) -> tuple[str, ...]:
    """One question over several columns, each with the choice that its own cell names."""
    found: list[str] = []
    last = ""
    for at in range(max(len(questions), len(answers))):
        own, choice = _cell(questions, at), _cell(answers, at)
        last = own or last
        plain = not choice or (_RESPONSE.fullmatch(choice) and "other" not in choice.casefold())
        found.append(last if plain else f"{last} {choice}".strip())
    return tuple(found)


def _cell(cells: Sequence[str], at: int) -> str:
    return " ".join(cells[at].split()) if at < len(cells) else ""


def _column(at: int, label: str, question: str) -> Column:
    """One column; "Q3. What helps?" in a single cell is label and question."""
    short = label if _LABEL.fullmatch(label) else ""
    words = question or label
    if not short and (match := _NUMBERED.match(words)):
        number = match["id"].upper()
        short = number if number.startswith("Q") else f"Q{number}"
        words = words[match.end() :]
    if question and not short:
        # Qualtrics: "StartDate" above "Start Date"; the longer one is for readers.
        return Column(at, "", question, question)
    return Column(at, short, words or label or f"column {at + 1}", words or label)


def asks(question: str) -> bool:
    """Whether the words above a column put a question or invite a comment.

    >>> asks("What helps?"), asks("Any other comments"), asks("Organisation")
    (True, True, False)
    """
    return question.rstrip(" )").endswith("?") or bool(_ASKS.match(question))
