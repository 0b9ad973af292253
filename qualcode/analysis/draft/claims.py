"""Claims of a draft held against the counts of the study: numbers, rows, quantifiers, names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qualcode.analysis.draft.names import Names
from qualcode.analysis.draft.numbers import Count, amount, find_counts, find_shares
from qualcode.analysis.draft.paper import Finding, Paragraph
from qualcode.core.model import Span

_ROW = re.compile(r"\brows?\s+(\d{1,3})\b", re.IGNORECASE)
_SPACE = re.compile(r"\W+")


Counts = Mapping[str, tuple[int, int]]
"""Of one thing: n and N for each word that a draft may count it by ("documents")."""

PEOPLE = frozenset({"participants", "interviewees", "respondents", "people", "informants"})
IN_TABLE = frozenset({"rows", "pairs", "obstacles", "catalysts"})
"""What the table has a fixed number of."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the study can be asked.

    `totals` gives the number behind each word that a draft may count ("pairs"); `parts` marks
    those of which a draft may well count some. `counts` gives the counts of each wording of a
    code or row, `rows` the wordings in each row of the table, by its number.
    """

    totals: Mapping[str, int] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()
    counts: Mapping[str, Counts] = field(default_factory=dict)
    rows: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    contested: int = 0
    names: Names = field(default_factory=Names)


def check_claims(
    paragraph: Paragraph, known: Known, quotations: Iterable[Span] = ()
) -> Iterator[Finding]:
    """Everything in a paragraph that the counts of the study say otherwise.

    What participants say in the `quotations` is no claim of the draft; a name in them is told.
    """
    for clause in paragraph.without(quotations).clauses():
        for check in (_numbers, _shares, _rows, _quantifiers):
            yield from check(clause.text, clause.line, known)
    yield from _names(paragraph, known)


def plain(text: str) -> str:
    """Words in lower case with single spaces, for finding one wording inside another.

    >>> plain("Professional  silos,") == plain("professional silos")
    True
    """
    return " ".join(_SPACE.split(text.casefold())).strip()


def named_in(sentence: str, wordings: Iterable[str]) -> tuple[str, ...]:
    """The wordings that a sentence names, the longest first, none inside another one found."""
    held = f" {plain(sentence)} "
    found: list[str] = []
    for wording in sorted(wordings, key=lambda one: (-len(one), one)):
        if f" {plain(wording)} " in held and not any(plain(wording) in plain(f) for f in found):
            found.append(wording)
    return tuple(found)


def _numbers(sentence: str, line: int, known: Known) -> Iterator[Finding]:
    named = named_in(sentence, known.counts)
    counts = known.counts[named[0]] if len(named) == 1 else {}
    words = plain(sentence).split()
    for count in find_counts(sentence, known.totals.keys() | counts.keys()):
        total = known.totals.get(count.unit)
        if count.unit == "rows" and "contested" in words:
            held = _unlike(count, known.contested, "contested rows")
        elif count.unit in counts and count.n != total:
            n = counts[count.unit][0]
            is_wrong = count.n > n if count.is_some else count.n != n
            held = f'"{named[0]}": {amount(n, count.unit)}' if is_wrong else ""
        elif total is None or (count.n < total and _may_be_some(count, words, known)):
            continue  # some of them, as any draft may count
        else:
            held = _unlike(count, total, count.unit)
        if held:
            yield Finding(line, "number", count.words, held)


def _may_be_some(count: Count, words: Sequence[str], known: Known) -> bool:
    """Whether fewer than there are may be meant: not of what a whole table is said to have."""
    is_whole = count.unit in IN_TABLE and "table" in words and not count.is_some
    return count.unit in known.parts and not is_whole


def _unlike(count: Count, total: int, unit: str) -> str:
    return "" if count.n == total else f"the project has {amount(total, unit)}"


def _shares(sentence: str, line: int, known: Known) -> Iterator[Finding]:
    named = named_in(sentence, known.counts)
    for words, n, total, unit in find_shares(sentence):
        held = known.counts[named[0]].get(unit) if len(named) == 1 else None
        if held is not None:
            if held != (n, total):
                said = f'"{named[0]}": {held[0]} of {amount(held[1], unit)}'
                yield Finding(line, "number", words, said)
        elif known.totals.get(unit, total) != total:
            yield Finding(
                line, "number", words, f"the project has {amount(known.totals[unit], unit)}"
            )


def _rows(sentence: str, line: int, known: Known) -> Iterator[Finding]:
    if not known.rows:
        return
    meant = [(found.group(), int(found.group(1))) for found in _ROW.finditer(sentence)]
    for words, number in meant:
        if number not in known.rows:
            held = f"the table has rows {min(known.rows)} to {max(known.rows)}"
            yield Finding(line, "row", words, held)
    if len(meant) != 1 or meant[0][1] not in known.rows:
        return
    words, number = meant[0]
    for wording in named_in(sentence, {one for row in known.rows.values() for one in row}):
        homes = [n for n, row in known.rows.items() if wording in row]
        if number not in homes:
            stands = ", ".join(map(str, homes))
            yield Finding(line, "row", f'{words}, "{wording}"', f'"{wording}" is in row {stands}')


@dataclass(frozen=True, slots=True)
class Quantifier:
    """A word for a share: from `low` to `high` of all, as the rule of the check has it."""

    word: str
    low: float
    high: float


# A rule of thumb and no standard: the note below the findings says it, so that anybody can
# hold it against their own use of words.
QUANTIFIERS: tuple[Quantifier, ...] = (
    Quantifier("almost all", 0.85, 1.0),
    Quantifier("nearly all", 0.85, 1.0),
    Quantifier("the majority", 0.5, 1.0),
    Quantifier("a majority", 0.5, 1.0),
    Quantifier("about half", 0.4, 0.6),
    Quantifier("a minority", 0.0, 0.5),
    Quantifier("a few", 0.0, 0.3),
    Quantifier("hardly any", 0.0, 0.15),
    Quantifier("all", 1.0, 1.0),
    Quantifier("every", 1.0, 1.0),
    Quantifier("everybody", 1.0, 1.0),
    Quantifier("everyone", 1.0, 1.0),
    Quantifier("most", 0.5, 1.0),
    Quantifier("many", 0.3, 1.0),
    Quantifier("few", 0.0, 0.3),
    Quantifier("nobody", 0.0, 0.0),
    Quantifier("none", 0.0, 0.0),
)
_QUANTIFIER = re.compile(rf"\b(?:{'|'.join(one.word for one in QUANTIFIERS)})\b", re.IGNORECASE)
_BY_WORD = {one.word: one for one in QUANTIFIERS}
_COUNTED = re.compile(
    rf"\b({'|'.join(sorted(PEOPLE))}|interviews?|documents?|sources?)\b", re.IGNORECASE
)


def _quantifiers(sentence: str, line: int, known: Known) -> Iterator[Finding]:
    named = named_in(sentence, known.counts)
    counted = _COUNTED.search(sentence)
    said = _QUANTIFIER.search(sentence)
    if len(named) != 1 or said is None:
        return
    word = said.group().lower()
    if counted is None and word not in ("everybody", "everyone", "nobody"):
        return
    counts = known.counts[named[0]]
    said_unit = counted.group().lower() if counted else "participants"
    unit = said_unit if said_unit.endswith("s") or said_unit in PEOPLE else f"{said_unit}s"
    if unit not in counts:
        unit = "participants" if unit in PEOPLE else "documents"
    n, total = counts[unit]
    rule = _BY_WORD[word]
    share = n / total if total else 0.0
    if not rule.low <= share <= rule.high or (word in _MORE_THAN_HALF and share <= 0.5):
        yield Finding(line, "quantifier", f'{word} ("{named[0]}")', f"{n} of {amount(total, unit)}")


_MORE_THAN_HALF = frozenset({"most", "the majority", "a majority"})


def _names(paragraph: Paragraph, known: Known) -> Iterator[Finding]:
    for start, name in known.names.find(paragraph.text):
        is_short = name in known.names.initials
        held = f"the {'initials' if is_short else 'name'} of somebody in the study; "
        held += "quotations are credited by role"
        yield Finding(paragraph.line_at(start), "name", name, held)
