"""What a barometer asks: one line for each pair, from its obstacle to its catalysts.

Each line is a scale of five steps between two statements, as in a semantic differential
(Osgood et al. 1957): 1 stands by the obstacle, 5 by the catalysts, so that more is better on
every line. Where a pair has one side only, its statement is judged alone, and turned so that
more is better still.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.core.model import Codebook, Pair
from qualcode.core.table import Column, Table

STEPS = (1, 2, 3, 4, 5)
ABOUT: tuple[str, ...] = ("person", "site", "time", "group")
"""What a filled sheet says of whoever filled it in, besides the answers."""
COMMENT = "comment"
NOT_TRUE = "Not true of us at all"
VERY_TRUE = "Very true of us"
HOW = (
    "Each line holds two statements. Mark the circle that is nearest to how your partnership "
    "works now: the first if the statement on the left fits, the last if the one on the right "
    "does, or one between. Leave a line empty if you cannot say."
)
_JOINED = " ... "


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the sheet; `low` and `high` are what 1 and 5 stand for.

    `asks` is the statement judged where there is one only, else "".
    """

    row: str
    number: int
    low: tuple[str, ...]
    high: tuple[str, ...]
    asks: str = ""
    lenses: tuple[str, ...] = ()
    condition: str = ""

    @property
    def wording(self) -> str:
        """The line in words, as it heads a column of answers."""
        ends = f"1 = {'; '.join(self.low)}{_JOINED}5 = {'; '.join(self.high)}"
        return f"{self.asks} {ends}" if self.asks else ends

    @property
    def label(self) -> str:
        """What the line is about, for tables and charts."""
        return self.asks or f"{'; '.join(self.low)} / {'; '.join(self.high)}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet, with what is known already of those who will fill it in."""

    title: str
    items: tuple[Item, ...]
    site: str = ""
    time: str = ""


def items_of(codebook: Codebook) -> tuple[Item, ...]:
    """A line for each pair that says something, in the order of the pairs."""
    names = {lens.id: lens.name for lens in codebook.lenses}
    return tuple(
        _item(pair, tuple(names.get(one, one) for one in pair.lenses))
        for pair in codebook.pairs
        if pair.obstacle is not None or pair.catalysts
    )


def _item(pair: Pair, lenses: tuple[str, ...]) -> Item:
    hinders = (pair.obstacle.says,) if pair.obstacle else ()
    helps = tuple(pole.says for pole in pair.catalysts)
    if hinders and helps:
        return Item(pair.id, pair.number, hinders, helps, "", lenses, pair.condition)
    low, high = (VERY_TRUE, NOT_TRUE) if hinders else (NOT_TRUE, VERY_TRUE)
    asks = "; ".join(hinders or helps)
    return Item(pair.id, pair.number, (low,), (high,), asks, lenses, pair.condition)


def sheet_title(codebook: Codebook, title: str = "") -> str:
    """The title given, else one that names what the obstacles hinder."""
    if title:
        return title
    return f"Barometer of {codebook.outcome}" if codebook.outcome else "Barometer"


def answer_table(sheet: Sheet, people: int) -> Table:
    """An empty sheet of answers: a row for each person, a column for each line.

    Nobody is numbered: a number would pass for the same person in the sheet of another time.
    """
    columns = (
        *(Column(name, name) for name in ABOUT),
        *(Column(heading(item), heading(item), "1 to 5") for item in sheet.items),
        Column(COMMENT, COMMENT),
    )
    row = (("",), (sheet.site,), (sheet.time,), ("",), *((("",),) * len(sheet.items)), ("",))
    return Table("answers", sheet.title, columns, (row,) * people)


def heading(item: Item) -> str:
    """The heading of the column that takes the answers to a line."""
    return f"{item.row}: {item.wording}"


@dataclass(frozen=True, slots=True)
class Form:
    """One sheet that somebody filled in.

    `answers` gives a step for each line that was answered; `worded` what the sheet said
    there. `source` names the file it came from.
    """

    id: str
    answers: tuple[tuple[str, int], ...]
    person: str = ""
    site: str = ""
    time: str = ""
    group: str = ""
    comment: str = ""
    worded: tuple[tuple[str, str], ...] = ()
    source: str = ""

    def answer(self, row: str) -> int | None:
        """The answer to one line, or None."""
        return dict(self.answers).get(row)

    def about(self, key: str) -> str:
        """The site, time or group, "" where it is not known."""
        return {"site": self.site, "time": self.time, "group": self.group}.get(key, "")


_DATED = re.compile(r"\d{4}([-/. ]|$)")


def groups_of(forms: Iterable[Form], by: str) -> tuple[str, ...]:
    """The sites, times or groups among the forms: dates in order, all else as first met."""
    found = list(dict.fromkeys(form.about(by) for form in forms))
    return tuple(sorted(found)) if all(_DATED.match(one) for one in found) else tuple(found)
