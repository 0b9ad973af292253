"""Quotations as a report shows them: in their sentence, with credit, and only where allowed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.comparing.extremes import Extreme
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.pages.marked import Key, key_of
from qualcode.analysis.pages.values import Evidence, Row, Shown, Side
from qualcode.analysis.pair_tables import marked
from qualcode.analysis.places import Places
from qualcode.analysis.rollup import Evidence as Counted
from qualcode.analysis.rollup import PairRow, PoleEvidence
from qualcode.core.model import CodedSegment, Document, Span

MOST_SHOWN = 30
"""Quotations shown for one side of a row; the documents have them all."""
_ROOM = 160
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*\s+|\n")

Context = Mapping[tuple[str, int, int], tuple[str, str]]
"""The words before and behind each coded stretch, by its place."""


def contexts_of(
    document: Document, incidents: Iterable[Incident]
) -> dict[tuple[str, int, int], tuple[str, str]]:
    """What stands before and behind every coded stretch in its sentence, within its unit."""
    places = Places(document)
    found = {}
    for one in incidents:
        unit = places.unit(places.position_of(one.coded.span))
        bounds = unit.span if unit else one.coded.span
        found[one.place] = around(document.text, one.coded.span, bounds)
    return found


def around(text: str, span: Span, bounds: Span) -> tuple[str, str]:
    """The rest of the sentence before and behind a span, inside `bounds`, at most 160 signs each.

    >>> around("So. They sit, and wait. Next.", Span(4, 12), Span(0, 29))
    ('', ', and wait.')
    """
    before = text[bounds.start : span.start] if span.start > bounds.start else ""
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    before = before[ends[-1] if ends else 0 :]
    after = text[span.end : bounds.end] if span.end < bounds.end else ""
    is_whole = text[span.start : span.end].rstrip()[-1:] in ".!?…"
    first = _SENTENCE_END.search(after)
    after = "" if is_whole else after[: first.end()] if first else after
    return _spoken(_cut_front(before)), _spoken(_cut_back(after.rstrip()))


def _one_line(words: str) -> str:
    """The words on one line; a space at either end stays, for there the quotation goes on."""
    return re.sub(r"\s+", " ", words)


def _spoken(words: str) -> str:
    """The words, or "" where only marks are left of the sentence."""
    return words if any(map(str.isalnum, words)) else ""


def _cut_front(words: str) -> str:
    words = words.lstrip()
    return words if len(words) <= _ROOM else "…" + words[-_ROOM:].partition(" ")[2]


def _cut_back(words: str) -> str:
    return words if len(words) <= _ROOM else words[:_ROOM].rpartition(" ")[0] + " …"


@dataclass(frozen=True, slots=True)
class Quoting:
    """What is needed to show a quotation: numbers of notes, and what stands around it."""

    numbers: Mapping[Key, int]
    contexts: Context

    def is_withheld(self, coded: CodedSegment) -> bool:
        """Whether whoever is heard is not to be quoted."""
        return coded.consent == "no"

    def shown(self, coded: CodedSegment, *, edge: str = "") -> Shown:
        """One quotation with what stands around it."""
        place = (coded.doc_id, coded.span.start, coded.span.end)
        before, after = self.contexts.get(place, ("", ""))
        where = [part for part in (coded.unit, coded.where) if part]
        return Shown(
            quote=" ".join(coded.quote.split()),
            before=_one_line(before),
            after=_one_line(after),
            credit=f"{coded.credit}; {marked(coded)}",
            valence=coded.valence,
            kind=coded.kind,
            doc_id=coded.doc_id,
            place=", ".join(where),
            is_verbatim=coded.voice == "verbatim",
            note=self.numbers.get((*place, coded.code_id, coded.valence), 0),
            edge=edge,
            must_ask=coded.consent == "ask",
        )

    def evidence(self, title: str, found: Counted) -> Evidence:
        """The strongest quotations of one direction, those that may be shown."""
        free = [one for one in found.quotes if not self.is_withheld(one)]
        held_back = len(found.quotes) - len(free)
        shown = tuple(self.shown(one) for one in free[:MOST_SHOWN])
        return Evidence(title, found.segments, found.documents, shown, held_back)

    def row(self, row: PairRow) -> Row:
        """One row of the pair table with the quotations behind it."""
        sides = [("Obstacle", row.obstacle)] if row.obstacle else []
        sides += [("Catalyst", pole) for pole in row.catalysts]
        pair = row.pair
        return Row(pair.id, pair.number, pair.condition, tuple(self._side(*side) for side in sides))

    def _side(self, side: str, pole: PoleEvidence) -> Side:
        directions = (
            ("For", pole.supporting),
            ("Against", pole.contrary),
            ("Observer's comments, not counted", pole.observed),
        )
        evidence = tuple(self.evidence(title, found) for title, found in directions)
        return Side(side, pole.pole.says, tuple(one for one in evidence if one.segments))


def typical_and_extremes(edges: Sequence[Extreme]) -> list[tuple[str, Incident]]:
    """The most typical incident, the two extremes, and one that speaks against the code.

    The extremes are the strongest each way; where only one way is spoken of, the second is the
    least typical (Altheide 1996, steps 10 and 11). One that is several of these comes once.
    """
    first: dict[str, Extreme] = {}
    for edge in edges:
        first.setdefault(edge.edge, edge)
    strongest = [name for name in ("strongest obstacle", "strongest catalyst") if name in first]
    names = ["most typical", *strongest]
    if len(strongest) < 2:
        names.append("least typical")
    names.append("disconfirming")
    chosen: dict[Key, tuple[list[str], Incident]] = {}
    for name in names:
        if name in first:
            incident = first[name].compared.incident
            labels, _ = chosen.setdefault(key_of(incident), ([], incident))
            labels.append(f"{name} ({first[name].by})")
    return [("; ".join(labels), incident) for labels, incident in chosen.values()]
