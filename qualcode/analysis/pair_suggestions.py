"""Pairs suggested from what is coded: an obstacle with a catalyst that may answer it.

Three kinds of evidence: the two codes are described in like words, their segments share words,
and they stand together (same segment, same turn, neighbouring turns) more often than chance.
The order joins the three ranks, as in reciprocal rank fusion (Cormack et al. 2009). Nothing
here pairs anything: a person does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Literal

from qualcode.analysis.comparing.compare import Vectors
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.likeness import Stem, Vector, Weights, cosine, dot, terms_of, total_of
from qualcode.analysis.pair_tables import asked, counted, quoted
from qualcode.core.codebook import is_in_use, resolve
from qualcode.core.model import Code, Codebook
from qualcode.core.table import Cell, Column, Table
from qualcode.core.text import short_key

LIKE_DESCRIPTIONS = 0.1
LIKE_SEGMENTS = 0.3
LEAST_TOGETHER = 2
MORE_THAN_CHANCE = 1.0
"""Standard deviations above what chance would give, from which standing together counts."""
_FUSION = 10

How = Literal["same segment", "same turn", "neighbouring turn"]
HOWS: tuple[How, ...] = ("same segment", "same turn", "neighbouring turn")


@dataclass(frozen=True, slots=True)
class Together:
    """How often segments of the obstacle have the catalyst close by, each counted once.

    `by` counts the closest way for each segment; `chance` is what would be expected if the
    catalyst stood anywhere among the coded segments; `shown` are both sides of one meeting.
    """

    of: int = 0
    by: tuple[tuple[How, int], ...] = ()
    documents: int = 0
    chance: float = 0.0
    surprise: float = 0.0
    shown: tuple[Incident, ...] = ()

    @property
    def times(self) -> int:
        return sum(n for _, n in self.by)


@dataclass(frozen=True, slots=True)
class PairSuggestion:
    """What is offered: an obstacle and a catalyst, and why; `key` is the same for the same two.

    `words` are those that the two descriptions share, the most telling first.
    """

    key: str
    obstacle: Code
    catalyst: Code
    descriptions: float
    segments: float
    together: Together
    words: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Both sides by name."""
        return f"{self.obstacle.name} -> {self.catalyst.name}"

    @property
    def has_grounds(self) -> bool:
        """Whether one of the three kinds of evidence is worth a look."""
        close = self.together
        return (
            self.descriptions >= LIKE_DESCRIPTIONS
            or self.segments >= LIKE_SEGMENTS
            or (close.times >= LEAST_TOGETHER and close.surprise >= MORE_THAN_CHANCE)
        )


def suggestion_key(obstacle: str, catalyst: str) -> str:
    """Eight hexadecimal digits that stand for these two codes as a pair."""
    return short_key("pair", obstacle, catalyst)[:8]


def find_pair_suggestions(
    codebook: Codebook, incidents: Sequence[Incident], vectors: Vectors, stem: Stem
) -> tuple[PairSuggestion, ...]:
    """Every obstacle with every catalyst that has grounds and is no pair yet, the best first.

    A code of either valence is an obstacle or a catalyst where segments say so. Context
    documents and the observer's voice count for nothing.
    """
    heard = [
        one
        for one in incidents
        if one.coded.role != "context"
        and one.coded.voice != "observer"
        and one.coded.valence != "neutral"
    ]
    sides = _Sides.of(codebook, heard)
    described = _Described.of((*sides.obstacles, *sides.catalysts), stem)
    close = _Closeness.of(heard)
    spoken = _spoken(heard, vectors)
    paired = _paired(codebook)
    found = [
        PairSuggestion(
            suggestion_key(one.id, two.id),
            one,
            two,
            described.likeness(one, two),
            cosine(spoken.get(one.id, {}), spoken.get(two.id, {})),
            close.together(one.id, two.id),
            described.shared(one, two),
        )
        for one in sides.obstacles
        for two in sides.catalysts
        if one.id != two.id and (one.id, two.id) not in paired
    ]
    return _in_order(found)


def _in_order(found: Sequence[PairSuggestion]) -> tuple[PairSuggestion, ...]:
    """By the three ranks together; ties in the order of the codebook."""
    points: Counter[str] = Counter()
    for figures in (
        [one.descriptions for one in found],
        [one.segments for one in found],
        [one.together.surprise for one in found],
    ):
        order = sorted(range(len(found)), key=lambda n: -figures[n])
        for rank, place in enumerate(order, start=1):
            points[found[place].key] += round(1_000_000 / (_FUSION + rank))
    ordered = sorted(found, key=lambda one: -points[one.key])
    return tuple(one for one in ordered if one.has_grounds)


def _paired(codebook: Codebook) -> set[tuple[str, str]]:
    return {
        (resolve(codebook, one), resolve(codebook, two))
        for pair in codebook.pairs
        if pair.obstacle is not None
        for one in pair.obstacle.code_ids
        for pole in pair.catalysts
        for two in pole.code_ids
    }


@dataclass(frozen=True, slots=True)
class _Sides:
    obstacles: tuple[Code, ...]
    catalysts: tuple[Code, ...]

    @classmethod
    def of(cls, codebook: Codebook, heard: Iterable[Incident]) -> _Sides:
        said: dict[str, set[str]] = defaultdict(set)
        for one in heard:
            both = one.coded.valence == "mixed"
            said[one.coded.code_id] |= {"obstacle", "catalyst"} if both else {one.coded.valence}
        codes = [code for code in codebook.codes if is_in_use(code) and code.kind == "code"]

        def on(side: str) -> tuple[Code, ...]:
            return tuple(
                code
                for code in codes
                if code.valence == side or (code.valence == "either" and side in said[code.id])
            )

        return cls(on("obstacle"), on("catalyst"))


@dataclass(frozen=True, slots=True)
class _Described:
    """Codes as vectors of the words by which they are described."""

    vectors: Mapping[str, Vector]

    @classmethod
    def of(cls, codes: Iterable[Code], stem: Stem) -> _Described:
        terms = {
            code.id: terms_of(
                " ".join((code.name, code.definition, *code.include, *code.examples)), stem
            )
            for code in codes
        }
        weights = Weights.of(terms.values())
        return cls({code_id: weights.vector(held) for code_id, held in terms.items()})

    def likeness(self, one: Code, two: Code) -> float:
        return dot(self.vectors[one.id], self.vectors[two.id])

    def shared(self, one: Code, two: Code) -> tuple[str, ...]:
        first, second = self.vectors[one.id], self.vectors[two.id]
        both = [term for term in first if term in second]
        return tuple(sorted(both, key=lambda term: (-first[term] * second[term], term))[:4])


def _spoken(heard: Iterable[Incident], vectors: Vectors) -> dict[str, Vector]:
    """The words of all segments of each code, each segment once."""
    places: dict[str, dict[tuple[str, int, int], Incident]] = defaultdict(dict)
    for one in heard:
        places[one.coded.code_id].setdefault(one.place, one)
    return {
        code_id: total_of(vectors.vector(one) for one in held.values())
        for code_id, held in places.items()
    }


@dataclass(slots=True)
class _Meeting:
    by: Counter[How] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    shown: tuple[Incident, ...] = ()
    closest: int = len(HOWS)


@dataclass(slots=True)
class _Closeness:
    """Who stands with whom, from one pass over the coded segments."""

    segments: Counter[str] = field(default_factory=Counter)
    near: Counter[str] = field(default_factory=Counter)
    all: int = 0
    met: dict[tuple[str, str], _Meeting] = field(default_factory=dict)

    @classmethod
    def of(cls, heard: Sequence[Incident]) -> _Closeness:
        """Catalysts near each segment: in it, in its turn, or one turn away."""
        turns: dict[tuple[str, int], list[Incident]] = defaultdict(list)
        segments: dict[tuple[str, int, int], list[Incident]] = defaultdict(list)
        for one in sorted(heard, key=lambda incident: incident.order):
            turns[one.coded.doc_id, one.turn].append(one)
            segments[one.place].append(one)
        found = cls(all=len(segments))
        for place, held in segments.items():
            found._take_in(place, held, turns)
        return found

    def _take_in(
        self,
        place: tuple[str, int, int],
        held: Sequence[Incident],
        turns: Mapping[tuple[str, int], Sequence[Incident]],
    ) -> None:
        doc_id, turn = place[0], held[0].turn
        rings: list[Sequence[Incident]] = [held, turns[doc_id, turn]]
        if turn >= 0:
            rings.append([i for t in (turn - 1, turn + 1) for i in turns.get((doc_id, t), ())])
        nearest: dict[str, tuple[int, Incident]] = {}
        for ring, incidents in enumerate(rings):
            for one in incidents:
                if one.coded.valence in ("catalyst", "mixed"):
                    nearest.setdefault(one.coded.code_id, (ring, one))
        self.near.update(nearest.keys())
        hindering = {i.coded.code_id: i for i in held if i.coded.valence in ("obstacle", "mixed")}
        for obstacle, here in hindering.items():
            self.segments[obstacle] += 1
            for catalyst, (ring, there) in nearest.items():
                meeting = self.met.setdefault((obstacle, catalyst), _Meeting())
                meeting.by[HOWS[ring]] += 1
                meeting.documents.add(doc_id)
                if ring < meeting.closest:
                    meeting.closest, meeting.shown = ring, (here, there)

    def together(self, obstacle: str, catalyst: str) -> Together:
        """How often the obstacle's segments have the catalyst near, and how often by chance."""
        n, meeting = self.segments[obstacle], self.met.get((obstacle, catalyst), _Meeting())
        share = self.near[catalyst] / self.all if self.all else 0.0
        times, spread = sum(meeting.by.values()), sqrt(n * share * (1 - share))
        return Together(
            of=n,
            by=tuple((how, meeting.by[how]) for how in HOWS if meeting.by[how]),
            documents=len(meeting.documents),
            chance=n * share,
            surprise=(times - n * share) / spread if spread else 0.0,
            shown=meeting.shown,
        )


def suggestions_table(found: Sequence[PairSuggestion], *, told: Sequence[str] = ()) -> Table:
    """One row per suggestion with its key, both codes and the evidence; `told` are notes."""
    columns = (
        Column("key", "Key"),
        Column("obstacle", "Obstacle"),
        Column("catalyst", "Catalyst"),
        Column("evidence", "Why"),
        Column("exemplar", "For example"),
    )
    rows = tuple(
        (
            (one.key,),
            (one.obstacle.name,),
            (one.catalyst.name,),
            reasons(one),
            _examples(one),
        )
        for one in found
    )
    return Table("suggestions", "Suggested pairs", columns, rows, tuple(told))


def reasons(one: PairSuggestion) -> tuple[str, ...]:
    """The evidence for a suggestion, one line for each kind."""
    words = f": {', '.join(one.words)}" if one.words else ""
    lines = [f"descriptions alike {one.descriptions:.2f}{words}"]
    lines.append(f"segments alike {one.segments:.2f}")
    close = one.together
    if close.times:
        ways = ", ".join(f"{n} {how}" for how, n in close.by)
        lines.append(
            f"together at {close.times} of {counted(close.of, 'segment')} of the obstacle "
            f"({ways}; {counted(close.documents, 'document')}); by chance {close.chance:.1f}"
        )
    return tuple(lines)


def _examples(one: PairSuggestion) -> Cell:
    shown = dict.fromkeys(f"{quoted(i.coded)} ({asked(i.coded)})" for i in one.together.shown)
    return tuple(shown) or ("-",)
