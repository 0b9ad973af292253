"""The numbers and bullets that Word prints before paragraphs and does not store in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "- "

_LEVEL = re.compile(r"%([1-9])")
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_BULLETS = frozenset({"bullet", "none", ""})


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts: "%1.%2" says which levels its number shows."""

    form: str = "bullet"
    text: str = ""
    start: int = 1


@dataclass(frozen=True, slots=True)
class ListForm:
    """One list of the document: what it is called, its levels, and where it starts anew."""

    key: str
    levels: tuple[tuple[int, Level], ...]
    restarts: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Counters:
    """The numbers reached so far in every list, while a document is gone through."""

    lists: dict[str, ListForm]
    reached: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def label(self, num_id: str, depth: int) -> str:
        """What stands before the next paragraph of that list at that depth, or ""."""
        form = self.lists.get(num_id)
        if form is None:
            return BULLET
        reached = self.reached.setdefault(form.key, {})
        if num_id not in self.begun:
            self.begun.add(num_id)
            for at, start in form.restarts:
                reached[at] = start - 1
        levels = dict(form.levels)
        level = levels.get(depth, Level())
        if level.form in _BULLETS:
            return BULLET if level.form == "bullet" else ""
        reached[depth] = reached.get(depth, level.start - 1) + 1
        for deeper in [at for at in reached if at > depth]:
            del reached[deeper]
        return _written(level, levels, reached)


def _written(level: Level, levels: dict[int, Level], reached: dict[int, int]) -> str:
    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        other = levels.get(at, Level("decimal"))
        return in_form(reached.get(at, other.start), other.form)

    label = _LEVEL.sub(number, level.text)
    return f"{label} " if label else ""


def in_form(number: int, form: str) -> str:
    """The number as Word writes it in this form.

    >>> in_form(3, "lowerLetter"), in_form(14, "upperRoman"), in_form(7, "decimal")
    ('c', 'XIV', '7')
    """
    if form.endswith("Letter") and number > 0:
        letter = chr(97 + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)
        return letter.upper() if form.startswith("upper") else letter
    if form.endswith("Roman") and 0 < number < 40:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return roman.upper() if form.startswith("upper") else roman
    return str(number)


def read_lists(numbering: _Element) -> dict[str, ListForm]:
    """The lists of a numbering part by their `numId`."""
    forms = {
        element.get(f"{W}abstractNumId", ""): tuple(_levels(element.iter(f"{W}lvl")))
        for element in numbering.iter(f"{W}abstractNum")
    }
    found: dict[str, ListForm] = {}
    for element in numbering.iter(f"{W}num"):
        key = _value(element, "abstractNumId")
        restarts = [
            (_number(override.get(f"{W}ilvl")), _number(_value(override, "startOverride")))
            for override in element.iter(f"{W}lvlOverride")
            if override.find(f"{W}startOverride") is not None
        ]
        found[element.get(f"{W}numId", "")] = ListForm(key, forms.get(key, ()), tuple(restarts))
    return found


def _levels(elements: Iterable[_Element]) -> Iterable[tuple[int, Level]]:
    for element in elements:
        start = _number(_value(element, "start") or "1")
        form = _value(element, "numFmt") or "decimal"
        yield _number(element.get(f"{W}ilvl")), Level(form, _value(element, "lvlText"), start)


def _value(element: _Element, name: str) -> str:
    found = element.find(f"{W}{name}")
    return "" if found is None else found.get(f"{W}val") or ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0
