"""Proposals on the codebook, with the evidence for each; a person decides on them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from qualcode.analysis.comparing.compare import Vectors
from qualcode.analysis.comparing.halves import Halves, find_halves
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.likeness import Stem, Weights, cosine, dot, terms_of, total_of
from qualcode.analysis.pair_tables import counted
from qualcode.core.codebook import is_in_use
from qualcode.core.model import Code, Codebook
from qualcode.core.text import short_key

Action = Literal["overlap", "split", "synonym", "thin", "one document"]
ACTIONS: tuple[Action, ...] = ("overlap", "synonym", "split", "one document", "thin")

ENOUGH_DOCUMENTS = 6
LEAST_SEGMENTS = 3
LEAST_DOCUMENTS = 2
LEAST_SHARED = 3
OVERLAP = 0.5
LIKE_NAMES = 0.6
LIKE_DEFINITIONS = 0.5
LIKE_SEGMENTS = 0.5


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the machine offers on the codebook; never a change of it until a person says so.

    `key` is the same for the same action on the same codes. `why` is in plain words, with
    counts; `evidence` are incidents that show it, at most four. `segments` counts those of each
    of the codes. `words` name the two parts of a split.
    """

    key: str
    action: Action
    code_ids: tuple[str, ...]
    why: str
    evidence: tuple[Incident, ...] = ()
    words: tuple[str, ...] = ()
    segments: tuple[int, ...] = ()

    @property
    def keeps(self) -> str:
        """The code that stays where two become one, unless a person says otherwise: the one
        with more segments, of equals the first."""
        n_of = dict(zip(self.code_ids, self.segments, strict=False))
        return max(self.code_ids, key=lambda code_id: n_of.get(code_id, 0))


def proposal_key(action: Action, code_ids: Iterable[str]) -> str:
    """Eight hexadecimal digits that stand for the action on these codes, in any order."""
    return short_key("proposal", action, *sorted(code_ids))[:8]


def find_proposals(
    codebook: Codebook,
    incidents: Sequence[Incident],
    vectors: Vectors,
    stem: Stem,
    *,
    names: frozenset[str] = frozenset(),
) -> tuple[Proposal, ...]:
    """Everything that the coded segments speak for, by action, then by strength of evidence.

    `names` are words of people's names, in small letters: no part of a code is called by one.

    The observer's own comments count for nothing here, and nor do context documents.
    """
    study = _Study.of(codebook, incidents, vectors)
    found = (
        *_overlaps(study),
        *_synonyms(study, stem),
        *_splits(study, names | {stem(name) for name in names}),
        *_one_document(study),
        *_thin(study),
    )
    return tuple(replace(one, segments=study.counts(one.code_ids)) for one in found)


@dataclass(frozen=True, slots=True)
class _Study:
    codes: Mapping[str, Code]
    by_code: Mapping[str, Sequence[Incident]]
    vectors: Vectors
    documents: int

    @classmethod
    def of(cls, codebook: Codebook, incidents: Sequence[Incident], vectors: Vectors) -> _Study:
        """The codes in use that are given to text, each place of a code once."""
        codes = {c.id: c for c in codebook.codes if is_in_use(c) and c.kind == "code"}
        held: defaultdict[str, dict[tuple[str, int, int], Incident]] = defaultdict(dict)
        documents = set()
        for one in sorted(incidents, key=lambda incident: incident.order):
            if one.coded.role == "context" or one.coded.voice == "observer":
                continue
            documents.add(one.coded.doc_id)
            if one.coded.code_id in codes:
                held[one.coded.code_id].setdefault(one.place, one)
        by_code = {code_id: tuple(held[code_id].values()) for code_id in codes}
        return cls(codes, by_code, vectors, len(documents))

    def named(self, code_id: str) -> str:
        return f'"{self.codes[code_id].name}"'

    def counts(self, code_ids: Iterable[str]) -> tuple[int, ...]:
        return tuple(len(self.by_code[code_id]) for code_id in code_ids)


def _overlaps(study: _Study) -> Iterator[Proposal]:
    shared = _shared_places(study)
    found = []
    for pair, (first, second, shown) in shared.items():
        ns = [len(study.by_code[code_id]) for code_id in pair]
        shares = [len(first) / ns[0], len(second) / ns[1]]
        most = max(shares)
        if min(len(first), len(second)) < LEAST_SHARED or most < OVERLAP:
            continue
        why = (
            f"{len(first)} of {counted(ns[0], 'segment')} of {study.named(pair[0])} overlap with "
            f"{study.named(pair[1])} ({len(second)} of its {ns[1]})"
        )
        key = proposal_key("overlap", pair)
        found.append((-most, pair, Proposal(key, "overlap", pair, why, tuple(shown[:4]))))
    for _, _, proposal in sorted(found, key=lambda one: one[:2]):
        yield proposal


_Places = set[tuple[str, int, int]]


def _shared_places(
    study: _Study,
) -> dict[tuple[str, str], tuple[_Places, _Places, list[Incident]]]:
    """For every two codes that meet: the places of each that overlap with the other."""
    by_document: defaultdict[str, list[Incident]] = defaultdict(list)
    for held in study.by_code.values():
        for one in held:
            by_document[one.coded.doc_id].append(one)
    shared: dict[tuple[str, str], tuple[_Places, _Places, list[Incident]]] = {}
    for doc_id in sorted(by_document):
        open_ones: list[Incident] = []
        for two in sorted(by_document[doc_id], key=lambda one: (one.order, one.coded.code_id)):
            start = two.coded.span.start
            open_ones = [one for one in open_ones if one.coded.span.end > start]
            for one in open_ones:
                if one.coded.code_id != two.coded.code_id:
                    a, b = sorted((one, two), key=lambda i: i.coded.code_id)
                    entry = shared.setdefault(
                        (a.coded.code_id, b.coded.code_id), (set(), set(), [])
                    )
                    entry[0].add(a.place)
                    entry[1].add(b.place)
                    entry[2].append(a)
            open_ones.append(two)
    return dict(sorted(shared.items()))


def _synonyms(study: _Study, stem: Stem) -> Iterator[Proposal]:
    """Codes alike in name, definition or segments; an obstacle and a catalyst never are."""
    names = {c.id: terms_of(c.name, stem) for c in study.codes.values()}
    says = {c.id: terms_of(c.definition, stem) for c in study.codes.values()}
    weighed = Weights.of(names.values()), Weights.of(says.values())
    name_of = {code_id: weighed[0].vector(terms) for code_id, terms in names.items()}
    definition_of = {code_id: weighed[1].vector(terms) for code_id, terms in says.items()}
    found = []
    for one, two in combinations(sorted(study.codes), 2):
        if {study.codes[one].valence, study.codes[two].valence} == {"obstacle", "catalyst"}:
            continue
        alike = [
            ("names", dot(name_of[one], name_of[two]), LIKE_NAMES),
            ("definitions", dot(definition_of[one], definition_of[two]), LIKE_DEFINITIONS),
            ("segments", _like_segments(study, one, two), LIKE_SEGMENTS),
        ]
        reasons = [f"their {what} are alike ({n:.2f})" for what, n, least in alike if n >= least]
        if reasons:
            why = f"{study.named(one)} and {study.named(two)}: {'; '.join(reasons)}"
            shown = (*study.by_code[one][:2], *study.by_code[two][:2])
            strength = max(n - least for _, n, least in alike)
            key = proposal_key("synonym", (one, two))
            found.append((-strength, Proposal(key, "synonym", (one, two), why, shown)))
    for _, proposal in sorted(found, key=lambda pair: (pair[0], pair[1].key)):
        yield proposal


def _like_segments(study: _Study, one: str, two: str) -> float:
    """Likeness of the segments that carry one of two codes alone; 0.0 where they are few."""
    places = [{i.place for i in study.by_code[code_id]} for code_id in (one, two)]
    alone = [
        [i for i in study.by_code[code_id] if i.place not in other]
        for code_id, other in ((one, places[1]), (two, places[0]))
    ]
    if min(map(len, alone)) < LEAST_SEGMENTS:
        return 0.0
    sums = [total_of(study.vectors.vector(i) for i in held) for held in alone]
    return cosine(sums[0], sums[1])


def _splits(study: _Study, names: frozenset[str]) -> Iterator[Proposal]:
    for code_id in sorted(study.codes):
        held = study.by_code[code_id]
        passages = [study.vectors.terms[one.place] for one in held]
        halves = find_halves(passages, study.vectors.weights)
        if halves is None:
            continue
        words = _words_of(halves, passages, names)
        why = (
            f"{study.named(code_id)} falls into {len(halves.first)} and {len(halves.second)} "
            f"segments: likeness {halves.within:.2f} within, {halves.between:.2f} between "
            f"(gap by chance at most {halves.chance:.2f}). {' | '.join(words)}"
        )
        shown = tuple(held[n] for part in (halves.first, halves.second) for n in part[:2])
        key = proposal_key("split", (code_id,))
        yield Proposal(key, "split", (code_id,), why, shown, words)


def _words_of(
    halves: Halves, passages: Sequence[Sequence[str]], names: frozenset[str]
) -> tuple[str, ...]:
    """The words of each part that the other has least, by passages that hold them."""
    counts = [
        Counter(t for n in part for t in set(passages[n]) - names)
        for part in (halves.first, halves.second)
    ]
    sizes = len(halves.first), len(halves.second)
    found = []
    for mine, other in ((0, 1), (1, 0)):
        scored = sorted(
            counts[mine],
            key=lambda t: (
                -(counts[mine][t] / sizes[mine] - counts[other][t] / sizes[other]),
                t,
            ),
        )
        found.append(", ".join(scored[:4]))
    return tuple(found)


def _one_document(study: _Study) -> Iterator[Proposal]:
    if study.documents < ENOUGH_DOCUMENTS:
        return
    for code_id in sorted(study.codes, key=lambda c: (-len(study.by_code[c]), c)):
        held = study.by_code[code_id]
        doc_ids = {one.coded.doc_id for one in held}
        if len(doc_ids) == 1 and len(held) >= LEAST_SEGMENTS:
            why = (
                f"all {counted(len(held), 'segment')} of {study.named(code_id)} come from "
                f"{next(iter(doc_ids))}, one of {counted(study.documents, 'document')} coded"
            )
            key = proposal_key("one document", (code_id,))
            yield Proposal(key, "one document", (code_id,), why, tuple(held[:4]))


def _thin(study: _Study) -> Iterator[Proposal]:
    if study.documents < ENOUGH_DOCUMENTS:
        return
    for code_id in sorted(study.codes, key=lambda c: (len(study.by_code[c]), c)):
        held = study.by_code[code_id]
        n_documents = len({one.coded.doc_id for one in held})
        if len(held) < LEAST_SEGMENTS:
            why = (
                f"{study.named(code_id)} has {counted(len(held), 'segment')} in "
                f"{counted(n_documents, 'document')}; {study.documents} are coded"
            )
            key = proposal_key("thin", (code_id,))
            yield Proposal(key, "thin", (code_id,), why, tuple(held))
