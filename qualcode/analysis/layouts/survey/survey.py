"""The layout of a questionnaire: one respondent a row, one question a column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qualcode.analysis.freeze import Layout, Piece
from qualcode.analysis.layouts.dates import find_date
from qualcode.analysis.layouts.survey.columns import Columns, cell_of, is_blank, sort_columns
from qualcode.analysis.layouts.survey.head import Column, Sheet, read_head
from qualcode.core.model import Attribute, Extract, Line, Row, Speaker
from qualcode.core.problems import P, Problem, problem

_DIGITS = re.compile(r"\d{1,9}")
_OWN_LABEL = re.compile(r"(?P<short>Q\d+(?:[._]\d+)*)(?P<rest>.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Respondent:
    id: str
    name: str
    row: Row
    said: str


def lay_out_survey(extract: Extract, *, name: str) -> Layout:
    """The layout of a survey's sheet: the answers of each respondent below a line with the id.

    A free answer is a unit "R01 Q2" with the words of the question as its topic. Every other
    column is a property of the respondent: an attribute whose key is the respondent's id, a
    slash and the title of the column ("R01/Organisation"). Cells without an answer are left
    out and counted as "blank answer".

    Args:
        extract: its rows, those of the head first.
        name: of the source; its date, if it has one, is that of the survey.
    """
    sheet = read_head(extract.rows)
    columns = sort_columns(sheet)
    respondents = _respondents(sheet, columns)
    labels = question_labels(columns.open)
    pieces: list[Piece] = []
    dropped: Counter[str] = Counter()
    for respondent in respondents:
        answers = _answers(respondent, columns.open, labels, dropped)
        dropped["respondent without an answer"] += bool(columns.open) and not answers
        pieces.extend(answers)
    facts = {key.casefold(): value for key, value in extract.facts}
    return Layout(
        pieces=tuple(pieces),
        title=facts.get("title", ""),
        date=find_date(facts.get("date", "")) or find_date(name),
        speakers=tuple(Speaker(respondent.id, respondent.name) for respondent in respondents),
        attributes=tuple(_attributes(respondents, columns.closed)),
        problems=(
            *(() if columns.open else (problem(P.NO_FREE_ANSWERS, path=name),)),
            *_same_ids(respondents, name),
        ),
        dropped=tuple(sorted((what, n) for what, n in dropped.items() if n)),
    )


def _respondents(sheet: Sheet, columns: Columns) -> tuple[_Respondent, ...]:
    """One for each row; rows are counted as R01 onwards where no column names the respondent."""
    width = max(2, len(str(len(sheet.rows))))
    found: list[_Respondent] = []
    taken: set[str] = set()
    for number, row in enumerate(sheet.rows, 1):
        given = cell_of(row, columns.respondent) if columns.respondent else ""
        named = cell_of(row, columns.named) if columns.named else ""
        respondent_id = given.replace("/", "-") or f"R{number:0{width}d}"
        if _DIGITS.fullmatch(given):
            respondent_id = f"R{int(given):0{width}d}"
        said = respondent_id
        if said in taken:
            respondent_id = f"{respondent_id}-row-{row.number}"
        taken.add(respondent_id)
        found.append(_Respondent(respondent_id, given or named or respondent_id, row, said))
    return tuple(found)


def _same_ids(respondents: Sequence[_Respondent], name: str) -> Iterator[Problem]:
    """A problem for every id that several rows give, as it is or in another spelling."""
    rows: dict[str, list[str]] = {}
    for one in respondents:
        rows.setdefault(one.said, []).append(str(one.row.number))
    for said, numbers in rows.items():
        if len(numbers) > 1:
            yield problem(
                P.SAME_RESPONDENT,
                path=name,
                respondent=said,
                n=len(numbers),
                rows=", ".join(numbers),
            )


def question_labels(columns: Sequence[Column]) -> dict[int, str]:
    """The label of each free question by the position of its column.

    The sheet's own where it has one ("Q2_TEXT" is Q2 unless another free question is), else
    Q1, Q2 and so on in order, passing over labels that the sheet uses.
    """
    own = {c.position: _OWN_LABEL.fullmatch(c.label) for c in columns}
    short = Counter(match["short"].upper() for match in own.values() if match)
    used = set(short)
    labels: dict[int, str] = {}
    number = 0
    for column in columns:
        match = own[column.position]
        if match:
            plain = match["short"].upper()
            labels[column.position] = plain if short[plain] == 1 else column.label
            continue
        number += 1
        while f"Q{number}" in used:
            number += 1
        labels[column.position] = f"Q{number}"
    return labels


def _answers(
    respondent: _Respondent,
    columns: Sequence[Column],
    labels: dict[int, str],
    dropped: Counter[str],
) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for column in columns:
        answer = cell_of(respondent.row, column)
        if is_blank(answer):
            dropped["blank answer"] += 1
            continue
        found.append(
            Piece(
                lines=(Line(answer, respondent.row.number),),
                form="answer",
                ref=f"{respondent.id} {labels[column.position]}",
                voice="verbatim",
                speaker_id=respondent.id,
                topic=column.question,
            )
        )
    if not found:
        return ()
    head = Line(respondent.id, respondent.row.number)
    return (Piece((head,), "header", respondent.id, voice="heading", gap=True), *found)


def _attributes(
    respondents: Iterable[_Respondent], columns: Sequence[Column]
) -> Iterable[Attribute]:
    for respondent in respondents:
        for column in columns:
            value = cell_of(respondent.row, column)
            if value and column.title:
                yield Attribute(f"{respondent.id}/{column.title}", value)
