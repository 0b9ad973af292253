"""Triangulation: what each kind of source says of each code, and whether kinds agree.

The convergence coding matrix follows Farmer, Robinson, Elliott and Eyles, "Developing and
implementing a triangulation protocol for qualitative health research", Qualitative Health
Research 16 (2006), with a rule in place of two readers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.analysis.pair_tables import counted
from qualcode.analysis.tables.crossed import CODE
from qualcode.analysis.tables.ledger import Ledger
from qualcode.analysis.tables.sides import Side, sides_of
from qualcode.analysis.tables.words import of, table_of
from qualcode.core.table import Cell, Column, Table

VERDICTS = ("agreement", "partial", "silence", "dissonance", "alone")


def triangulation_table(ledger: Ledger) -> Table:
    """Codes by kind of source: documents n of N and segments, and how many kinds speak of it."""
    kinds = [kind for kind, _ in ledger.by_kind]
    kind_of = ledger.group_of(kinds, "kind")
    documents = ledger.by_group(len(kinds), kind_of, "document")
    segments = ledger.by_group(len(kinds), kind_of, "segment")
    columns = (
        CODE,
        *(Column(kind, f"{kind} (N = {n})", "documents") for kind, n in ledger.by_kind),
        Column("kinds", "Kinds", "kinds of source"),
    )
    rows = tuple(
        (
            (code.name,),
            *(
                _spoken(n, whole, there)
                for n, there, (_, whole) in zip(*lines, ledger.by_kind, strict=True)
            ),
            (of(sum(n > 0 for n in lines[0]), len(kinds)),),
        )
        for code, *lines in zip(ledger.codes, documents, segments, strict=True)
    )
    notes = ("A cell: documents of the kind with the code out of those read, then segments.",)
    caption = "Codes by kind of source"
    return table_of(ledger, "triangulation", caption, (columns, rows), notes=notes)


def _spoken(documents: int, whole: int, segments: int) -> Cell:
    if not documents:
        return ("-",)
    return (of(documents, whole), counted(segments, "segment"))


@dataclass(frozen=True, slots=True)
class Source:
    """What one kind of source says of one code: a side, in `documents` of `whole`."""

    side: Side
    documents: int
    whole: int

    @property
    def is_prominent(self) -> bool:
        """Whether at least half of its documents carry the code."""
        return 2 * self.documents >= self.whole


def convergence_table(ledger: Ledger) -> Table:
    """Codes by kind of source: whether each agrees with the other kinds, by a rule."""
    kinds = [kind for kind, _ in ledger.by_kind]
    documents = ledger.by_group(len(kinds), ledger.group_of(kinds, "kind"), "document")
    sides = sides_of(ledger, kinds, "kind")
    columns = (CODE, *(Column(kind, f"{kind} (N = {n})") for kind, n in ledger.by_kind))
    rows: list[tuple[Cell, ...]] = []
    found: Counter[str] = Counter()
    for code, line, counts in zip(ledger.codes, sides, documents, strict=True):
        sources = [
            Source(side, n, whole)
            for side, n, (_, whole) in zip(line, counts, ledger.by_kind, strict=True)
        ]
        verdicts = [verdict_on(sources, at) for at in range(len(sources))]
        found.update(verdicts)
        rows.append(
            ((code.name,), *(_verdict_cell(*p) for p in zip(verdicts, sources, strict=True)))
        )
    tally = ", ".join(f"{verdict} {found[verdict]}" for verdict in VERDICTS)
    notes = (
        "Each kind is set against the others taken together, on two elements: direction (what "
        "most of its segments speak of) and prominence (half of its documents or more). "
        "Agreement: the same on both. Partial: the same on one, or one side is undecided. "
        "Dissonance: an obstacle to one and a catalyst to the others. Silence: other kinds speak "
        "of it, this one does not. Alone: no other kind speaks of it. After Farmer et al. 2006; "
        "the rule proposes, you decide.",
        "Below a verdict: what most segments of the kind speak of, and how many of its documents.",
        f"In all: {tally}.",
    )
    caption = "Convergence of the kinds of source"
    return table_of(ledger, "convergence", caption, (columns, rows), notes=notes)


def verdict_on(sources: Sequence[Source], at: int) -> str:
    """How one kind stands to all the others on one code; "" where no kind speaks of it."""
    own = sources[at]
    others = [one for place, one in enumerate(sources) if place != at and one.side.segments]
    if not own.side.segments:
        return "silence" if others else ""
    if not others:
        return "alone"
    rest = Source(
        Side(
            0,
            sum(one.side.segments for one in others),
            sum(one.side.obstacle for one in others),
            sum(one.side.catalyst for one in others),
        ),
        sum(one.documents for one in others),
        sum(one.whole for place, one in enumerate(sources) if place != at),
    )
    if {own.side.way, rest.side.way} == {"obstacle", "catalyst"}:
        return "dissonance"
    same_way = own.side.way == rest.side.way
    return "agreement" if same_way and own.is_prominent == rest.is_prominent else "partial"


def _verdict_cell(verdict: str, source: Source) -> Cell:
    if not verdict:
        return ("-",)
    if verdict == "silence":
        return ("silence",)
    way = source.side.way or "no direction"
    return (verdict, f"{way}, {source.documents} of {source.whole}")
