"""Counting coded segments into rows, document by document.

Documents are added one at a time and forgotten, so memory grows with the codebook and
the participants, not with the texts. Counting rules: documents with role `context` and the
observer's comments are never counted; a segment counts once per side of a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from qualcode.analysis.cases import is_of_document
from qualcode.analysis.rollup import (
    MOST_QUOTES,
    UNPAIRED,
    DocumentSummary,
    Evidence,
    PairRow,
    PoleEvidence,
    RollUp,
    quote_order,
)
from qualcode.core.codebook import codes_by_id, heirs_of, is_in_use
from qualcode.core.model import (
    KINDS,
    Codebook,
    CodedSegment,
    CodeValence,
    Kind,
    Pair,
    Pole,
)
from qualcode.core.text import count_stretches

SPARE_QUOTES = 100
"""Quotations that may wait beyond these before the best are chosen."""


def rows_of(codebook: Codebook) -> tuple[Pair, ...]:
    """The pairs, then a row for every code in use that no pair names.

    Such a code stands on its own side alone; one of either valence on both, of which the
    roll-up keeps the one with more evidence.
    """
    heirs = heirs_of(codebook)
    named = {
        heirs.get(code_id, code_id)
        for pair in codebook.pairs
        for pole in (*((pair.obstacle,) if pair.obstacle else ()), *pair.catalysts)
        for code_id in pole.code_ids
    }
    alone = [c for c in codebook.codes if is_in_use(c) and c.kind == "code" and c.id not in named]
    number = max((pair.number for pair in codebook.pairs), default=0)
    rows = []
    for place, code in enumerate(alone, start=number + 1):
        pole = Pole(code.name, (code.id,))
        rows.append(
            Pair(
                id=f"{UNPAIRED}{code.id}",
                number=place,
                obstacle=pole if code.valence != "catalyst" else None,
                catalysts=(pole,) if code.valence != "obstacle" else (),
                lenses=code.lenses,
            )
        )
    return (*codebook.pairs, *rows)


@dataclass(frozen=True, slots=True)
class TallyPart:
    """What some documents say on one side; quotations up to the first that may be printed.

    `heard` are participants who may be heard in other documents too, `alone` the number of
    those who cannot.
    """

    documents: tuple[tuple[Kind, int], ...]
    heard: tuple[str, ...]
    alone: int
    segments: int
    quotes: tuple[CodedSegment, ...] = ()


@dataclass(frozen=True, slots=True)
class TalliesPart:
    """What some documents add to the tallies of a codebook: every tally in its fixed order.

    `whole` has the documents that count and everybody heard in them.
    """

    sides: tuple[TallyPart, ...]
    whole: TallyPart
    context: tuple[str, ...]
    suggestions: int
    codings: int
    unread: int


@dataclass(slots=True)
class _Numbers:
    """A number for every participant, so that a set of them needs a bit for each.

    `cases` have one of their own whatever document they are heard in.
    """

    cases: frozenset[str] = frozenset()
    by_key: dict[str, int] = field(default_factory=dict)

    def bits(self, keys: Iterable[str]) -> int:
        """A bit for each of these."""
        found = 0
        for key in keys:
            found |= 1 << self.by_key.setdefault(key, len(self.by_key))
        return found

    def keys(self, bits: int) -> tuple[str, ...]:
        """Those for whom there is a bit."""
        return tuple(key for key, at in self.by_key.items() if bits >> at & 1)


@dataclass(slots=True)
class _Heard:
    """Participants, each counted once.

    Who is known inside one document alone is counted and forgotten; the others, who may be
    heard again, have a bit set, by number.
    """

    alone: int = 0
    bits: int = 0

    def add(self, doc_id: str, keys: Iterable[str | None], numbers: _Numbers) -> None:
        """Takes in everybody heard in one document."""
        anybody = dict.fromkeys(filter(None, keys))
        cases = numbers.cases
        again = [key for key in anybody if key in cases or not is_of_document(key, doc_id)]
        self.alone += len(anybody) - len(again)
        self.bits |= numbers.bits(again)

    def add_part(self, part: TallyPart, numbers: _Numbers) -> None:
        """Takes in everybody heard in other documents."""
        self.alone += part.alone
        self.bits |= numbers.bits(part.heard)

    @property
    def number(self) -> int:
        return self.alone + self.bits.bit_count()


@dataclass(slots=True)
class _Tally:
    """What is counted on one side."""

    documents: Counter[Kind] = field(default_factory=Counter)
    heard: _Heard = field(default_factory=_Heard)
    segments: int = 0
    quotes: list[CodedSegment] = field(default_factory=list)
    last: tuple[object, ...] | None = None

    def add(self, kind: Kind, found: Sequence[CodedSegment], numbers: _Numbers) -> None:
        """Takes in everything that one document has to say here."""
        if not found:
            return
        distinct = {(one.span.start, one.span.end): one for one in reversed(found)}
        self.documents[kind] += 1
        self.segments += count_stretches([one.span for one in distinct.values()])
        self.heard.add(found[0].doc_id, (one.participant for one in found), numbers)
        # Once there are enough, only those better than the last can be among the best.
        last = self.last
        better = (one for one in distinct.values() if last is None or quote_order(one) < last)
        self.quotes.extend(better)
        if len(self.quotes) > MOST_QUOTES + SPARE_QUOTES:
            self._keep_best()
            self.last = quote_order(self.quotes[-1])

    def _keep_best(self) -> None:
        self.quotes.sort(key=quote_order)
        del self.quotes[MOST_QUOTES:]

    def add_part(self, part: TallyPart, numbers: _Numbers) -> None:
        """Takes in what other documents have to say here."""
        self.documents.update(dict(part.documents))
        self.segments += part.segments
        self.heard.add_part(part, numbers)
        self.quotes.extend(part.quotes)

    def part(self, numbers: _Numbers, *, quotes: bool) -> TallyPart:
        self._keep_best()
        free = (at for at, one in enumerate(self.quotes, start=1) if one.consent != "no")
        n = next(free, len(self.quotes)) if quotes else 0
        documents, heard = tuple(self.documents.items()), numbers.keys(self.heard.bits)
        best = tuple(self.quotes[:n])
        return TallyPart(documents, heard, self.heard.alone, self.segments, best)

    def evidence(self) -> Evidence:
        self._keep_best()
        return Evidence(
            by_kind=tuple((kind, self.documents[kind]) for kind in KINDS if self.documents[kind]),
            participants=self.heard.number,
            segments=self.segments,
            quotes=tuple(self.quotes),
        )


@dataclass(slots=True)
class _PoleTally:
    side: CodeValence
    pole: Pole
    code_ids: frozenset[str]
    supporting: _Tally = field(default_factory=_Tally)
    contrary: _Tally = field(default_factory=_Tally)
    observed: _Tally = field(default_factory=_Tally)

    def evidence(self) -> PoleEvidence:
        return PoleEvidence(
            self.pole,
            self.supporting.evidence(),
            self.contrary.evidence(),
            self.observed.evidence(),
        )


class Tallies:
    """The evidence of a study as it grows, document by document."""

    def __init__(self, codebook: Codebook, cases: Iterable[str] = ()) -> None:
        """No evidence yet. A case that `cases` does not name must have an id without a colon."""
        self._codebook = codebook
        self._codes = codes_by_id(codebook)
        self._heirs = heirs_of(codebook)
        self._rows = tuple((pair, tuple(self._poles(pair)), _Tally()) for pair in rows_of(codebook))
        self._rows_with: dict[str, list[int]] = {}
        for at, (_, poles, _) in enumerate(self._rows):
            for code_id in frozenset[str]().union(*(tally.code_ids for tally in poles)):
                self._rows_with.setdefault(code_id, []).append(at)
        self._counted: Counter[Kind] = Counter()
        self._numbers = _Numbers(frozenset(cases))
        self._heard = _Heard()
        self._context: list[str] = []
        self._suggestions = 0
        self._codings = 0
        self._unread = 0

    def _poles(self, pair: Pair) -> Iterable[_PoleTally]:
        if pair.obstacle is not None:
            yield self._tally("obstacle", pair.obstacle)
        for pole in pair.catalysts:
            yield self._tally("catalyst", pole)

    def _tally(self, side: CodeValence, pole: Pole) -> _PoleTally:
        """One side; where its only code was merged, it carries the name of the heir."""
        found = self._resolved(pole)
        (first, *more) = pole.code_ids or ("",)
        heir = self._codes.get(self._heirs.get(first, first))
        if not more and heir is not None and heir.id != first:
            code = self._codes.get(first)
            if code is not None and pole.says == code.name:
                pole = replace(pole, says=heir.name)
        return _PoleTally(side, pole, found)

    def _resolved(self, pole: Pole) -> frozenset[str]:
        return frozenset(self._heirs.get(code_id, code_id) for code_id in pole.code_ids)

    def _all(self) -> Iterator[tuple[_Tally, bool]]:
        """Every tally in a fixed order, and whether an exemplar may come from it."""
        for _, poles, row in self._rows:
            yield row, False
            for pole in poles:
                yield from ((pole.supporting, True), (pole.contrary, False), (pole.observed, False))

    def part(self) -> TalliesPart:
        """What was added so far, for the tallies of the whole study to take in.

        Of quotations it has what an exemplar is chosen from.
        """
        numbers = self._numbers
        return TalliesPart(
            sides=tuple(one.part(numbers, quotes=quotes) for one, quotes in self._all()),
            whole=TallyPart(
                documents=tuple(self._counted.items()),
                heard=numbers.keys(self._heard.bits),
                alone=self._heard.alone,
                segments=0,
            ),
            context=tuple(self._context),
            suggestions=self._suggestions,
            codings=self._codings,
            unread=self._unread,
        )

    def add_part(self, part: TalliesPart) -> None:
        """Takes in what tallies of the same codebook made of other documents."""
        for (one, _), side in zip(self._all(), part.sides, strict=True):
            one.add_part(side, self._numbers)
        self._counted.update(dict(part.whole.documents))
        self._heard.add_part(part.whole, self._numbers)
        self._context = sorted((*self._context, *part.context))
        self._suggestions += part.suggestions
        self._codings += part.codings
        self._unread += part.unread

    def leave_unread(self) -> None:
        """Takes note of a document that nobody has coded or reviewed, which is in no N."""
        self._unread += 1

    def add(self, document: DocumentSummary, coded: Sequence[CodedSegment]) -> None:
        """Takes in one document with everything that is coded in it."""
        if not document.is_counted:
            self._context.append(document.id)
            return
        self._counted[document.kind] += 1
        self._heard.add(document.id, document.participants, self._numbers)
        counted = [one for one in coded if one.voice != "observer"]
        self._suggestions += sum(one.is_draft for one in counted)
        self._codings += sum(not one.is_draft for one in counted)
        by_code: dict[str, list[CodedSegment]] = {}
        for one in coded:
            heir = self._heirs.get(one.code_id, one.code_id)
            by_code.setdefault(heir, []).append(one)
        for at in {at for code_id in by_code for at in self._rows_with.get(code_id, ())}:
            pair, poles, row = self._rows[at]
            speaking = self._add_to_row(document.kind, poles, by_code)
            if not _is_unpaired(pair):  # the row of a code alone is what its side is
                row.add(document.kind, speaking, self._numbers)

    def _add_to_row(
        self, kind: Kind, poles: tuple[_PoleTally, ...], by_code: dict[str, list[CodedSegment]]
    ) -> list[CodedSegment]:
        speaking: list[CodedSegment] = []
        for tally in poles:
            found = [one for c in sorted(tally.code_ids) for one in by_code.get(c, ())]
            if not found:
                continue
            heard = [one for one in found if one.voice != "observer"]
            observed = [one for one in found if one.voice == "observer"]
            supporting = [one for one in heard if one.valence in (tally.side, "mixed")]
            contrary = [one for one in heard if self._denies(one, tally.side)]
            tally.supporting.add(kind, supporting, self._numbers)
            tally.contrary.add(kind, contrary, self._numbers)
            tally.observed.add(kind, observed, self._numbers)
            speaking.extend(supporting)
        return speaking

    def _denies(self, coded: CodedSegment, side: CodeValence) -> bool:
        """The other way round, both ways, or a code of fixed valence said not to apply."""
        if coded.valence == "neutral":
            code = self._codes.get(coded.code_id)
            return code is not None and code.valence != "either"
        return coded.valence != side

    def roll_up(self) -> RollUp:
        """The table of everything added so far; rows in the order of the codebook."""
        return RollUp(
            codebook=self._codebook,
            rows=tuple(self._row(*row) for row in self._rows),
            counted=tuple((kind, self._counted[kind]) for kind in KINDS if self._counted[kind]),
            participants=self._heard.number,
            context=tuple(self._context),
            suggestions=self._suggestions,
            codings=self._codings,
            unread=self._unread,
        )

    def _row(self, pair: Pair, poles: tuple[_PoleTally, ...], whole: _Tally) -> PairRow:
        names = {lens.id: lens.name for lens in self._codebook.lenses}
        sides = tuple(tally.evidence() for tally in poles)
        has_obstacle = pair.obstacle is not None
        row = PairRow(
            pair=pair,
            lenses=tuple(names.get(lens, lens) for lens in pair.lenses),
            obstacle=sides[0] if has_obstacle else None,
            catalysts=sides[1:] if has_obstacle else sides,
            evidence=whole.evidence(),
        )
        return one_sided(row) if _is_unpaired(pair) else row


def _is_unpaired(pair: Pair) -> bool:
    return pair.id.startswith(UNPAIRED)


def one_sided(row: PairRow) -> PairRow:
    """The row of a code that no pair names, on the side with more documents, then segments.

    A tie goes to the obstacle. What speaks for the other side is contrary evidence there.
    """
    if row.obstacle is None or not row.catalysts:
        return replace(row, evidence=row.poles[0].supporting)
    ours, theirs = row.obstacle.supporting, row.catalysts[0].supporting
    if (theirs.documents, theirs.segments) > (ours.documents, ours.segments):
        return replace(row, obstacle=None, evidence=theirs)
    return replace(row, catalysts=(), evidence=ours)
