"""What each column of a survey is: who answers, a free answer, or a property of whoever answers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.analysis.layouts.survey.head import Column, Sheet, asks
from qualcode.core.model import Row

_BLANK = re.compile(
    r"[\s.…?\-–—_*/\\]*"
    r"|\(?(?:n\s?[/.\\]?\s?a\.?|#n/a|null|nan|blank|skip(?:ped)?|none\s+given|not\s+applicable"
    r"|no\s+(?:comments?|answer|response|reply|further\s+comments?)|not\s+answered|no\s+opinion"
    r"|unanswered|nothing\s+to\s+add)\)?[\s.!]*",
    re.IGNORECASE,
)
_IDS = (
    re.compile(
        r"(?:respondent|participant|interviewee|case|subject|record|response|resp|pseudonym)"
        r"[\s_]*(?:id|no\.?|nr\.?|number|code|#)?",
        re.IGNORECASE,
    ),
    re.compile(r"(?:id|key|identifier|unique\s+id|#|no\.?|nr\.?|number|code|row|index)", re.I),
    re.compile(r"(?:user|user\s*name|nickname|initials)", re.IGNORECASE),
)
_PERSONAL = re.compile(
    r"(?:e-?mail(?:\s+address)?|(?:your\s+|full\s+|first\s+|last\s+)?name|recipient\s*\w*)", re.I
)
_ABOUT = re.compile(
    r"(?:start|end|recorded?|completed?|completion|submi(?:tted|ssion)|created|modified|last|finish"
    r"|begin)[\s_]*(?:date|time|at|on|modified\s+time)?\b.{0,15}|date\b.*|time(?:stamp)?\b.{0,20}"
    r"|day|month|year|duration\b.*|ip\s*address|status|progress|finished|location\s*(?:latitude"
    r"|longitude)?|latitude|longitude|distribution\s*channel|user\s*language|language|collector"
    r"(?:\s*id)?|external\s*(?:reference|data\s*reference)|recipient.*|e-?mail.*|phone.*|score"
    r"|points.*|total\s+points|quiz.*|url|link|device|browser|operating\s+system|resolution|consent",
    re.IGNORECASE,
)
_PROPERTY = re.compile(
    r"\b(?:which\s+(?:of|best|one|organi[sz]ation|agency|team|sector|department|school|country"
    r"|region|role)|what\s+(?:is|was)\s+your\s+(?:\w+\s+){0,3}(?:role|title|job|age|gender|sex|post"
    r"|profession|position|organi[sz]ation|department|sector|ethnicity|nationality|team|country"
    r"|employer|postcode|name|email)|how\s+(?:long|many|often|old|likely|much)|job\s+title|age"
    r"\s+(?:group|range|band)|gender|organi[sz]ation|profession|occupation|postcode|years?\s+(?:in|of)"
    r"|number\s+of|rate|on\s+a\s+scale|scale\s+of|\d\s*(?:-|–|to)\s*\d+)\b",
    re.IGNORECASE,
)
_INVITES = re.compile(
    r"_TEXT$|\b(?:comments?|free[- ]?text|feedback|please\s+(?:explain|describe|specify|say|tell"
    r"|give|write|elaborate|comment|expand|add|share)|open[- ]ended|in\s+your\s+own\s+words"
    r"|describe|explain|why|anything\s+else|your\s+thoughts|suggestions?|other\s+\(?please)\b",
    re.IGNORECASE,
)
_TYPED = re.compile(
    r"[-+£$€~<>]?\s?\d[\d.,:/%\s-]*(?:\s?(?:[ap]m|years?|yrs?|months?|hours?|mins?|minutes|%|k))?\+?"
    r"|\d{4}-\d\d-\d\d[T ]\S*|\S+@\S+\.\w+|https?://\S+|(?:\d{1,3}\.){3}\d{1,3}"
    r"|true|false|yes|no|y|n|don't know|not sure|male|female",
    re.IGNORECASE,
)
_CHOICES = re.compile(r"\s*[;|]\s*|\s*,\s*")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a survey by what they are; `respondent` is None where rows are counted.

    `named` is a column of names or addresses of people: never part of a reference.
    """

    respondent: Column | None
    named: Column | None
    open: tuple[Column, ...]
    closed: tuple[Column, ...]


def is_blank(answer: str) -> bool:
    """Whether a cell holds no answer: nothing, a dash, "n/a", "none given".

    >>> is_blank(" n/a "), is_blank("--"), is_blank("None of it works")
    (True, True, False)
    """
    return bool(_BLANK.fullmatch(answer.strip()))


def cell_of(row: Row, column: Column) -> str:
    """The words of a cell with white space folded; "" beyond the end of the row."""
    return " ".join(row.cells[column.position].split()) if column.position < len(row.cells) else ""


def sort_columns(sheet: Sheet) -> Columns:
    """Which column names the respondent, which hold free answers, which are properties."""
    values = {
        column.position: [cell for row in sheet.rows if (cell := cell_of(row, column))]
        for column in sheet.columns
    }
    respondent = _find_respondent(sheet, values)
    named = next(
        (c for c in sheet.columns if _PERSONAL.fullmatch(c.title) and c is not respondent), None
    )
    left = [column for column in sheet.columns if column is not respondent]
    free = [column for column in left if column is not named and is_open(column, values)]
    closed = [column for column in left if column not in free]
    return Columns(respondent, named, tuple(free), tuple(closed))


def _find_respondent(sheet: Sheet, values: dict[int, list[str]]) -> Column | None:
    """The column whose heading says that it identifies, or the first with short unique values.

    Under such a heading a few values may come again, which is told elsewhere. Without one the
    values must look like codes ("INT07", "p-3"), for names and ages can be unique too.
    """
    titled = [c for pattern in _IDS for c in sheet.columns if pattern.fullmatch(c.title)]
    for identifies in (_identifies, _nearly_identifies):
        for column in titled:
            if identifies(values[column.position], sheet):
                return column
    first = sheet.columns[0] if sheet.columns else None
    if first is not None and _identifies(values[first.position], sheet):
        coded = re.compile(r"[A-Za-z]{1,6}[-_ ]?\d{1,5}[a-z]?|R_\w{6,}")
        if all(coded.fullmatch(cell) for cell in values[first.position]):
            return first
    return None


def _identifies(cells: Sequence[str], sheet: Sheet) -> bool:
    return _nearly_identifies(cells, sheet) and len(set(cells)) == len(cells)


def _nearly_identifies(cells: Sequence[str], sheet: Sheet) -> bool:
    """Whether every row has a short value, and more than half of the values are distinct."""
    short = all(len(cell) <= 40 and "\n" not in cell for cell in cells)
    filled = bool(cells) and len(cells) == len(sheet.rows)
    return filled and short and 2 * len(set(cells)) > len(cells)


def is_open(column: Column, values: dict[int, list[str]]) -> bool:
    """Whether a column holds answers in the respondents' own words.

    Headings that ask for a date, a scale or an organisation close a column, and so do
    numbers, addresses and words that come back; long and varied answers open it, shorter ones
    do below a heading that asks.
    """
    answers = [cell for cell in values[column.position] if not is_blank(cell)]
    label = column.label or column.title
    if not answers or _ABOUT.fullmatch(column.title) or _PERSONAL.fullmatch(column.title):
        return False
    if sum(bool(_TYPED.fullmatch(cell)) for cell in answers) * 2 > len(answers):
        return False
    words = sum(len(cell.split()) for cell in answers) / len(answers)
    longest = max(len(cell.split()) for cell in answers)
    varied = len(set(map(str.casefold, answers))) / len(answers)
    if _are_choices(answers):
        return False
    if label.upper().endswith("_TEXT"):
        return True
    if _PROPERTY.search(column.question) and not _INVITES.search(column.question):
        return words >= 12 and varied > 0.5
    if _INVITES.search(column.question):
        return longest > 1 and (varied > 0.3 or len(answers) < 4)
    if asks(column.question):
        return varied > 0.5 and (words >= 3 or longest >= 8)
    return varied > 0.5 and (words >= 6 or (words >= 4 and longest >= 12))


def _are_choices(answers: Sequence[str]) -> bool:
    """Whether the answers are picked from a list, one or several at a time."""
    parts = Counter(
        part.casefold() for answer in answers for part in _CHOICES.split(answer.strip(" ;")) if part
    )
    total = sum(parts.values())
    picked = total >= 6 and len(parts) * 2 <= total
    return picked and sum(n for n in parts.values() if n > 1) * 3 >= total * 2
