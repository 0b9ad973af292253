"""Who speaks well or badly of whom: professions or organisations against each other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.pair_tables import counted
from qualcode.analysis.tables.crossed import groups_of
from qualcode.analysis.tables.ledger import Ledger, count_segments
from qualcode.analysis.tables.words import basis, table_of
from qualcode.core.table import Cell, Column, Table

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Words that stand in many names and in as many other sentences.
_COMMON = frozenset(
    _WORD.findall(
        """a academy agency and authority board business care centre children children's community
        council department division family for former general group head health homes independent
        individual lead local manager network none of office officer other partnership person
        project public service services school senior social staff student support team the trust
        unit worker young youth"""
    )
)


@dataclass(frozen=True, slots=True)
class Said:
    """How often people of one value speak well and badly of another, in distinct segments."""

    well: int = 0
    badly: int = 0

    @property
    def way(self) -> int:
        """+1 mostly well, -1 mostly badly, 0 neither."""
        return (self.well > self.badly) - (self.well < self.badly)

    def __str__(self) -> str:
        return f"{self.well} well, {self.badly} badly" if self.well or self.badly else "-"


def names_of(
    values: Sequence[str], also: Mapping[str, Sequence[str]]
) -> dict[str, re.Pattern[str]]:
    """For each value the words by which a sentence may mean it, as one pattern.

    They are the value itself, what is left of it without words that other values share or that
    are common, and the names told in `also`. A value of common words alone is not looked for
    unless names are told.

    >>> sorted(n for n, p in names_of(("Northmere Police", "Northmere Fire"), {}).items()
    ...        if p.search("they rang the police"))
    ['Northmere Police']
    """
    words = {value: [word.casefold() for word in _WORD.findall(value)] for value in values}
    shared = Counter(word for found in words.values() for word in set(found))
    named: dict[str, re.Pattern[str]] = {}
    for value in values:
        told = list(also.get(value, ()))
        own = [word for word in words[value] if word not in _COMMON and shared[word] == 1]
        if any(word not in _COMMON for word in words[value]) or len(words[value]) > 1:
            told.append(value)
        told += [w for w in _WORD.findall(value) if w.isupper() and w.casefold() in own]
        if own and " ".join(own) in " ".join(words[value]):
            told.append(" ".join(own))
        if told:
            named[value] = re.compile(
                "|".join(rf"\b{_loosely(name)}(?:s|'s|’s)?\b" for name in told), re.IGNORECASE
            )
    return named


def _loosely(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split())


def said_of(
    ledger: Ledger, key: str, names: Mapping[str, re.Pattern[str]]
) -> dict[tuple[str, str], Said]:
    """For each value and each value that its people mention: segments well and badly."""
    found: dict[str, defaultdict[tuple[str, str], list[Incident]]] = {
        side: defaultdict(list) for side in ("catalyst", "obstacle")
    }
    for pair, side, one in _mentions(ledger, key, names):
        found[side][pair].append(one)
    pairs = {*found["catalyst"], *found["obstacle"]}
    return {
        pair: Said(*(count_segments(found[side].get(pair, ())) for side in found)) for pair in pairs
    }


def _mentions(
    ledger: Ledger, key: str, names: Mapping[str, re.Pattern[str]]
) -> Iterator[tuple[tuple[str, str], str, Incident]]:
    for one in ledger.incidents:
        speaker = ledger.trait(one, key) if one.coded.participant else ""
        sides = {"mixed": ("obstacle", "catalyst"), "neutral": ()}.get(
            one.coded.valence, (one.coded.valence,)
        )
        if not speaker or not sides:
            continue
        for value, pattern in names.items():
            if pattern.search(one.coded.quote):
                for side in sides:
                    yield (speaker, value), side, one


def compatibility_tables(
    ledger: Ledger, key: str, also: Mapping[str, Sequence[str]]
) -> tuple[Table, Table]:
    """Who speaks well or badly of whom by an attribute, then where the two sides differ."""
    values = groups_of(ledger, key)
    names = names_of(values, also)
    said = said_of(ledger, key, names)
    speaking = [value for value in values if any(pair[0] == value for pair in said)]
    meant = [value for value in values if any(pair[1] == value for pair in said)]
    columns = (
        Column("speaker", f"{key.capitalize()} speaking"),
        *(Column(value, f"of {value}", "segments") for value in meant),
    )
    rows = tuple(
        ((value,), *((str(said.get((value, other), Said())),) for other in meant))
        for value in speaking
    )
    silent = [value for value in values if value not in meant]
    notes = [
        "A cell: segments in which people of the row mention those of the column and that are "
        "coded as a catalyst (well) or an obstacle (badly); mixed ones count as both. On the "
        "diagonal, of their own. The valence is that of the segment, not of every name in it: "
        "read it before you say so.",
        "Told by: " + "; ".join(f"{value}: {_told(names[value])}" for value in meant) + ".",
    ]
    if silent:
        notes.append(f"Never mentioned: {', '.join(silent)}. Other names: --also VALUE=NAME,NAME.")
    caption = f"Who speaks well or badly of whom, by {key}"
    first = table_of(ledger, "compatibility", caption, (columns, rows), notes=notes)
    return first, _asymmetries(ledger, key, values, said)


def _told(pattern: re.Pattern[str]) -> str:
    names = re.sub(r"\\b|\(\?:s\|'s\|’s\)\?", "", pattern.pattern).replace(r"\s+", " ")
    return ", ".join(dict.fromkeys(name.casefold() for name in _plain(names).split("|")))


def _plain(pattern: str) -> str:
    return re.sub(r"\\(.)", r"\1", pattern)


def _asymmetries(
    ledger: Ledger, key: str, values: Sequence[str], said: Mapping[tuple[str, str], Said]
) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one, other in combinations(values, 2):
        there, back = said.get((one, other), Said()), said.get((other, one), Said())
        verdict = asymmetry(there, back)
        if verdict:
            rows.append(((one,), (other,), (str(there),), (str(back),), (verdict,)))
    columns = (
        Column("one", "One"),
        Column("other", "Other"),
        Column("there", "One of other", "segments"),
        Column("back", "Other of one", "segments"),
        Column("asymmetry", "Asymmetry"),
    )
    notes = (
        f"{counted(len(rows), 'pair')}. Contrary: one side speaks mostly well, the other mostly "
        "badly. One-sided: only one side speaks of the other. Even: neither.",
        basis(ledger)[-1],
    )
    caption = f"Asymmetries, by {key}"
    return Table("asymmetry", caption, columns, tuple(rows), notes)


def asymmetry(there: Said, back: Said) -> str:
    """How the two directions differ; "" where nobody says anything.

    >>> asymmetry(Said(3, 1), Said(0, 2)), asymmetry(Said(1, 0), Said())
    ('contrary', 'one-sided')
    """
    spoken = [bool(one.well or one.badly) for one in (there, back)]
    if not any(spoken):
        return ""
    if not all(spoken):
        return "one-sided"
    return "contrary" if there.way * back.way < 0 else "even"
