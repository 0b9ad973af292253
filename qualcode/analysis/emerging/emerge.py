"""Candidate codes out of uncoded segments: groups of alike passages, for a person to name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from qualcode.analysis.emerging.loose import Loose
from qualcode.analysis.emerging.naming import Told, label_group
from qualcode.analysis.likeness import Stem, terms_of
from qualcode.analysis.meaning import Encoder
from qualcode.core.cues import WORD
from qualcode.core.model import Kind

if TYPE_CHECKING:
    from qualcode.analysis.emerging.cluster import Points

GROUPS = 12
LEAST_TERMS = 3
LEAST_SEGMENTS = 3
LEAST_DOCUMENTS = 2
MOST_COHESION = 0.5
_CALENDAR = frozenset(
    [
        *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
        *("october", "november", "december", "monday", "tuesday", "wednesday", "thursday"),
        *("friday", "saturday", "sunday", "one", "two", "three", "four", "five", "six", "seven"),
        *("eight", "nine", "ten", "eleven", "twelve", "twenty", "st", "nd", "rd", "th"),
    ]
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """By what segments are compared: words in their dictionary form, and meaning if known.

    `names` (in lower case) are of people and count for nothing.
    """

    stem: Stem
    names: frozenset[str] = frozenset()
    encoder: Encoder | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Alike uncoded segments: a reading prompt, and no code before a person names it.

    `name` is a short phrase of the most typical segment that holds the group's terms, and
    `in_vivo` whether it is somebody's own words. `members` come the most typical first.
    `cohesion` is the mean cosine of all pairs. `born` is the date on which it was formed.
    """

    number: int
    name: str
    in_vivo: bool
    terms: tuple[str, ...]
    members: tuple[Loose, ...]
    cohesion: float
    born: str = ""

    @property
    def doc_ids(self) -> tuple[str, ...]:
        return tuple(sorted({one.doc_id for one in self.members}))

    @property
    def kinds(self) -> tuple[Kind, ...]:
        return tuple(sorted({one.kind for one in self.members}))


@dataclass(frozen=True, slots=True)
class Emerged:
    """The groups in the order to read them; `uncertain` segments are in none of them.

    `weaker` counts groups that were formed and are not among those asked for. `note` says by
    what the segments were compared.
    """

    groups: tuple[Group, ...]
    uncertain: tuple[Loose, ...]
    weaker: int
    note: str = ""


def emerge(
    loose: Iterable[Loose],
    likeness: Likeness,
    *,
    groups: int = GROUPS,
    born: str = "",
) -> Emerged:
    """Uncoded segments grouped by what they speak of; the same input gives the same groups.

    A word counts that two documents have and that is nobody's name; a segment with fewer than
    three such words, or that is hardly like the rest of its group, is uncertain. A group has at
    least three segments of two documents. Groups that hold together and that many documents
    and kinds carry come first, and each is unlike those before it.
    """
    ordered = sorted(loose, key=lambda one: one.place)
    passages = _telling_terms(ordered, likeness)
    kept = [n for n, terms in enumerate(passages) if len(set(terms)) >= LEAST_TERMS]
    if len(kept) < LEAST_SEGMENTS:
        return Emerged((), tuple(ordered), 0)
    points = _points(kept, ordered, passages, likeness)
    found = _to_read(points, [ordered[n] for n in kept])
    held = Counter(t for n in kept for t in set(passages[n]))
    told = Told(ordered, passages, held, likeness.stem, likeness.names)
    shown = tuple(
        _group(number, [kept[row] for row in rows], told, holds, born)
        for number, (rows, holds) in enumerate(found[:groups], start=1)
    )
    inside = {one.place for group in shown for one in group.members}
    uncertain = tuple(one for one in ordered if one.place not in inside)
    return Emerged(shown, uncertain, len(found) - len(shown))


def _group(number: int, members: Sequence[int], told: Told, holds: float, born: str) -> Group:
    label = label_group(members, told)
    ranked = tuple(told.ordered[n] for n in members)
    return Group(number, label.name, label.in_vivo, label.terms, ranked, holds, born)


def _telling_terms(ordered: Sequence[Loose], likeness: Likeness) -> list[tuple[str, ...]]:
    """Terms of each segment that come in two documents; no names, dates or references."""
    passages = [
        tuple(term for term in terms_of(one.text, likeness.stem) if _tells(term, likeness))
        for one in ordered
    ]
    where: defaultdict[str, set[str]] = defaultdict(set)
    for one, terms in zip(ordered, passages, strict=True):
        for term in terms:
            where[term].add(one.doc_id)
    return [tuple(t for t in terms if len(where[t]) >= LEAST_DOCUMENTS) for terms in passages]


def _tells(word: str, likeness: Likeness) -> bool:
    plain = word.lower()
    named = plain in likeness.names or plain in _CALENDAR
    return not named and not any(letter.isdigit() for letter in plain)


def _points(
    kept: Sequence[int],
    ordered: Sequence[Loose],
    passages: Sequence[Sequence[str]],
    likeness: Likeness,
) -> Points:
    """A point for each of the segments that are kept."""
    # numpy and scipy load more slowly than most commands run
    from qualcode.analysis.emerging.cluster import points_of

    meanings = None
    if likeness.encoder is not None:
        texts = (WORD.findall(ordered[n].text) for n in kept)
        meanings = likeness.encoder(
            [" ".join(word for word in words if _tells(word, likeness)) for words in texts]
        )
    return points_of([passages[n] for n in kept], meanings)


def _to_read(points: Points, segments: Sequence[Loose]) -> list[tuple[list[int], float]]:
    """Rows of each group, the most typical first, with its cohesion, in the order to read.

    Near-repetitions ("Action 4.2: see item 5") hold together without saying much, so that
    cohesion counts up to 0.5 only.
    """
    from qualcode.analysis.emerging import cluster

    found: list[tuple[list[int], float]] = []
    strengths: list[float] = []
    for part in cluster.ward_parts(points):
        rows = cluster.pruned(part, points)
        doc_ids = {segments[n].doc_id for n in rows}
        kinds = {segments[n].kind for n in rows}
        if len(rows) >= LEAST_SEGMENTS and len(doc_ids) >= LEAST_DOCUMENTS:
            holds = cluster.cohesion(points[rows])
            found.append((cluster.typical_first(rows, points), holds))
            strengths.append(min(holds, MOST_COHESION) * sqrt(len(doc_ids) * len(kinds)))
    order = cluster.order_to_read([points[rows] for rows, _ in found], strengths)
    return [found[n] for n in order]
