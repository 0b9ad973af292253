"""Candidate codes out of uncoded segments: groups of alike passages, for a person to name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from qualcode.analysis.emerging.loose import Loose
from qualcode.analysis.likeness import (
    Stem,
    Vector,
    Weights,
    cohesion,
    dot,
    likeness_to_rest,
    terms_of,
    total_of,
)
from qualcode.core.cues import WORD
from qualcode.core.model import Kind, Span

GROUPS = 12
PER_GROUP = 6
LEAST_TERMS = 3
LEAST_LIKE = 0.15
LEAST_SEGMENTS = 3
LEAST_DOCUMENTS = 2
MOST_TERMS = 6
LONGEST_NAME = 6
MOST_COHESION = 0.3
_TYPICAL = 3
_CALENDAR = frozenset(
    [
        *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
        *("october", "november", "december", "monday", "tuesday", "wednesday", "thursday"),
        *("friday", "saturday", "sunday", "one", "two", "three", "four", "five", "six", "seven"),
        *("eight", "nine", "ten", "eleven", "twelve", "twenty", "st", "nd", "rd", "th"),
    ]
)
_CLAUSE_END = re.compile(r"[.;:,!?\n()\[\]\"“”]|->|\s[-–—]\s|'\s|\s'|‘|’\s")


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
    """The groups, strongest first; `uncertain` segments are in none of them.

    `weaker` counts groups that were formed and are not among those asked for.
    """

    groups: tuple[Group, ...]
    uncertain: tuple[Loose, ...]
    weaker: int


def emerge(
    loose: Sequence[Loose],
    stem: Stem,
    *,
    groups: int = GROUPS,
    names: frozenset[str] = frozenset(),
    born: str = "",
) -> Emerged:
    """Uncoded segments grouped by what they speak of; the same input gives the same groups.

    A word counts that two documents have and that is nobody's name; a segment with fewer than
    three such words, or that is hardly like the rest of its group, is uncertain. A group has
    at least three segments of two documents. Groups that hold together and that many documents
    and kinds carry come first.
    """
    ordered = sorted(loose, key=lambda one: one.place)
    passages = _telling_terms(ordered, stem, names)
    kept = [n for n, terms in enumerate(passages) if len(set(terms)) >= LEAST_TERMS]
    if len(kept) < LEAST_SEGMENTS:
        return Emerged((), tuple(ordered), 0)
    weights = Weights.of(passages[n] for n in kept)
    vectors = {n: weights.vector(passages[n]) for n in kept}
    parts = ([kept[n] for n in part] for part in _parts([passages[n] for n in kept]))
    found = _strongest_first(parts, ordered, vectors)
    held = Counter(t for n in kept for t in set(passages[n]))
    shown = [
        _group(members, _Told(ordered, passages, vectors, held, stem, names), holds)
        for members, holds in found[:groups]
    ]
    inside = {n for members, _ in found[:groups] for n in members}
    return Emerged(
        tuple(replace(group, number=n, born=born) for n, group in enumerate(shown, start=1)),
        tuple(one for n, one in enumerate(ordered) if n not in inside),
        len(found) - len(shown),
    )


def _strongest_first(
    parts: Iterable[list[int]], ordered: Sequence[Loose], vectors: Mapping[int, Vector]
) -> list[tuple[list[int], float]]:
    """The parts that make a group once pruned, with their cohesion, strongest first.

    Near-repetitions ("Action 4.2: see item 5") hold together without saying much, so that
    cohesion counts up to 0.3 only.
    """
    found = []
    for part in parts:
        members = _pruned(part, vectors)
        doc_ids = {ordered[n].doc_id for n in members}
        kinds = {ordered[n].kind for n in members}
        if len(members) >= LEAST_SEGMENTS and len(doc_ids) >= LEAST_DOCUMENTS:
            holds = cohesion([vectors[n] for n in members])
            strength = min(holds, MOST_COHESION) * len(doc_ids) * len(kinds)
            found.append((-round(strength, 9), members, holds))
    return [(members, holds) for _, members, holds in sorted(found)]


def _telling_terms(
    ordered: Sequence[Loose], stem: Stem, names: frozenset[str]
) -> list[tuple[str, ...]]:
    """Terms of each segment that come in two documents; no names, dates or references."""
    left_out = names | _CALENDAR
    passages = [
        tuple(
            term
            for term in terms_of(one.text, stem)
            if term not in left_out and not any(letter.isdigit() for letter in term)
        )
        for one in ordered
    ]
    where: defaultdict[str, set[str]] = defaultdict(set)
    for one, terms in zip(ordered, passages, strict=True):
        for term in terms:
            where[term].add(one.doc_id)
    return [tuple(t for t in terms if len(where[t]) >= LEAST_DOCUMENTS) for terms in passages]


def _parts(passages: Sequence[Sequence[str]]) -> Iterator[list[int]]:
    """Positions of passages that Ward's method puts together, about six to a part.

    Of few passages, as many parts as the root of half their number.
    """
    # numpy loads more slowly than most commands run
    from qualcode.analysis.emerging.cluster import cut, embed, ward_joins

    points = embed(passages)
    filled = [n for n in range(len(passages)) if points[n].any()]
    if len(filled) < LEAST_SEGMENTS:
        return
    joins = ward_joins(points[filled])
    parts_wanted = max(len(filled) // PER_GROUP, round(sqrt(len(filled) / 2)))
    labels = cut(len(filled), joins, parts_wanted)
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for n, label in zip(filled, labels, strict=True):
        parts[label].append(n)
    yield from (parts[label] for label in sorted(parts))


def _pruned(members: list[int], vectors: Mapping[int, Vector]) -> list[int]:
    """The members that are like the rest, after those that are not have gone, one by one."""
    while len(members) >= LEAST_SEGMENTS:
        alike = likeness_to_rest([vectors[n] for n in members])
        least, n = min(
            (round(figure or 0.0, 9), n) for figure, n in zip(alike, members, strict=True)
        )
        if least >= LEAST_LIKE:
            break
        members = [one for one in members if one != n]
    return members


@dataclass(frozen=True, slots=True)
class _Told:
    """What a group is described from; `held` counts the segments that have a word."""

    ordered: Sequence[Loose]
    passages: Sequence[Sequence[str]]
    vectors: Mapping[int, Vector]
    held: Counter[str]
    stem: Stem
    names: frozenset[str]


def _group(members: Sequence[int], told: _Told, holds: float) -> Group:
    total = total_of(told.vectors[n] for n in members)
    typical = sorted(members, key=lambda n: (-round(dot(told.vectors[n], total), 9), n))
    inside = Counter(t for n in members for t in set(told.passages[n]))
    n_all, n_in = len(told.vectors), len(members)

    def apart(term: str) -> float:
        """Share of the group that has the word, less the share of all that have it."""
        return inside[term] / n_in - told.held[term] / n_all

    telling = sorted((t for t, n in inside.items() if n > 1), key=lambda t: (-apart(t), t))
    terms = telling[:MOST_TERMS]
    ranked = tuple(told.ordered[n] for n in typical)
    worth = {term: apart(term) for term in terms}
    name, in_vivo = _name(ranked[:_TYPICAL], worth, told)
    shown = _as_said(terms, ranked, told.stem)
    return Group(0, name or ", ".join(shown[:3]), in_vivo, shown, ranked, holds)


def _as_said(terms: Sequence[str], members: Sequence[Loose], stem: Stem) -> tuple[str, ...]:
    """Each term in a form in which it was said: the dictionary form, else the most frequent."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in members:
        for word in WORD.findall(one.text):
            plain = word.replace("’", "'").lower()
            for term in terms_of(plain, stem):
                forms[term][plain] += 1
    return tuple(
        term if term in forms[term] else min(forms[term], key=lambda w: (-forms[term][w], w))
        for term in terms
    )


def _name(typical: Sequence[Loose], worth: Mapping[str, float], told: _Told) -> tuple[str, bool]:
    """The phrase of up to six words that says most of the terms in fewest words.

    Somebody's own words are worth a little more than the researcher's.
    """
    best: tuple[float, str, bool] = (0.0, "", False)
    for loose in typical:
        for span in _clauses(loose.text):
            for start, end, says in _phrases(loose.text, span, worth, told):
                own = any(s.start <= start and end <= s.end for s in loose.spoken)
                score = round(says + (0.1 if own else 0.0), 9)
                if score > best[0]:
                    best = (score, loose.text[start:end], own)
    return best[1], best[2]


def _clauses(text: str) -> Iterator[Span]:
    start = 0
    for match in _CLAUSE_END.finditer(text):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, len(text))


def _phrases(
    text: str, clause: Span, worth: Mapping[str, float], told: _Told
) -> Iterator[tuple[int, int, float]]:
    """Stretches of a clause from one telling word to another, and how much they say."""
    words = [match.span() for match in WORD.finditer(text, clause.start, clause.end)]
    terms = [next(iter(terms_of(text[a:b], told.stem)), "") for a, b in words]
    for first in range(len(words)):
        if not terms[first]:
            continue
        for last in range(first, min(first + LONGEST_NAME, len(words))):
            if text[words[last][0] : words[last][1]].lower() in told.names:
                break
            if not terms[last] or text[words[first][0] : words[first][1]].lower() in told.names:
                continue
            said = sum(worth.get(term, 0.0) for term in set(terms[first : last + 1]))
            length = last - first + 1
            if said and length > 1:
                yield words[first][0], words[last][1], said - 0.04 * length
