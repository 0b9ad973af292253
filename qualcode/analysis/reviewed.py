"""What people decided on a document, as passages to learn from."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from qualcode.analysis.review_queue import Review, uncoded_spans, words_key
from qualcode.analysis.segment import UNITS
from qualcode.core.learning import Reviewed
from qualcode.core.model import Coding, Document, Segment, Span, Suggestion


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided on one document: codings, and verdicts on suggestions.

    `heirs` says for each code what it counts as now. `offered` are suggestions by cues: on a
    passage coded in a review they stay open, for the next decision may be on them. `born` is
    the version of the codebook with which each code was first given: on passages coded with
    an earlier one it is open, because nobody had it in mind.
    """

    codings: Sequence[Coding]
    reviews: Sequence[Review]
    heirs: Mapping[str, str]
    offered: Sequence[Suggestion] = ()
    born: Mapping[str, int] = field(default_factory=dict)


def reviewed_passages(
    document: Document, segments: Sequence[Segment], decided: Decided
) -> Iterator[tuple[Segment, Reviewed]]:
    """The segments on which somebody decided, with what was decided, by place.

    A segment has a code where a coding covers half of it, or half of the coding lies in it.
    It is complete where it was coded, where it was examined and left uncoded, and where it
    stands between the first and the last passage that the same person coded by hand: who
    codes a document by hand reads what lies between.
    """
    coded = _Coded.of(document, segments, decided)
    rejected = _rejected(document, segments, decided.reviews)
    left = uncoded_spans(document, segments, decided.reviews)
    offered: dict[Span, set[str]] = defaultdict(set)
    for one in decided.offered:
        offered[one.span].add(one.code_id)
    for n, segment in enumerate(segments):
        has, not_has = coded.codes[n], rejected[n] - coded.codes[n]
        is_complete = bool(has) or segment.span in left or n in coded.read
        if not (is_complete or not_has):
            continue
        still_open = {code_id for code_id, born in decided.born.items() if born > coded.version(n)}
        if has and n not in coded.read:
            still_open |= offered[segment.span]
        reviewed = Reviewed(
            doc_id=document.id,
            text=document.text[segment.span.start : segment.span.end],
            accepted=tuple(sorted(has)),
            rejected=tuple(sorted(not_has)),
            topic=segment.unit.topic,
            is_complete=is_complete,
            open=tuple(sorted(still_open - has - not_has)) if is_complete else (),
        )
        yield segment, reviewed


@dataclass(frozen=True, slots=True)
class _Coded:
    """The codes of each segment, which segments were read by hand, and with which codebook.

    `versions` are those of the codebook with which segments were coded; where nothing is
    coded, the codebook is taken to have been as it is now.
    """

    codes: Sequence[set[str]]
    read: frozenset[int]
    versions: Mapping[int, int]
    earliest: int

    @classmethod
    def of(cls, document: Document, segments: Sequence[Segment], decided: Decided) -> _Coded:
        shared = _Shared.of(segments)
        codes: list[set[str]] = [set() for _ in segments]
        by_hand: dict[str, set[int]] = defaultdict(set)
        versions: dict[int, int] = {}
        for coding in decided.codings:
            for n in shared.by(coding.span):
                codes[n].add(decided.heirs.get(coding.code_id, coding.code_id))
                versions[n] = max(versions.get(n, 0), coding.codebook_version)
                if coding.origin != "suggestion":
                    by_hand[coding.coder].add(n)
        read = frozenset(n for held in by_hand.values() for n in _between(document, held))
        newest = max(decided.born.values(), default=0)
        return cls(codes, read, versions, min(versions.values(), default=newest))

    def version(self, n: int) -> int:
        """With which version of the codebook in mind a segment was read, as far as is known."""
        return self.versions.get(n, self.earliest)


def _between(document: Document, coded: set[int]) -> Iterable[int]:
    """What somebody read who coded these segments; in a table of units, no more than they are."""
    return coded if document.reader == UNITS else range(min(coded), max(coded) + 1)


def _rejected(
    document: Document, segments: Sequence[Segment], reviews: Iterable[Review]
) -> list[set[str]]:
    """Codes refused, where the words stand on which they were refused."""
    found: list[set[str]] = [set() for _ in segments]
    by_words: dict[str, list[int]] = defaultdict(list)
    for n, segment in enumerate(segments):
        by_words[words_key(document.text[segment.span.start : segment.span.end])].append(n)
    for review in reviews:
        if review.verdict != "rejected":
            continue
        same = by_words.get(review.words, [])
        here = [n for n in same if segments[n].span == review.span]
        for n in here or same:
            found[n].add(review.code_id)
    return found


@dataclass(frozen=True, slots=True)
class _Shared:
    """Which segments a span codes; segments in order, not overlapping."""

    spans: Sequence[Span]
    ends: Sequence[int]

    @classmethod
    def of(cls, segments: Sequence[Segment]) -> _Shared:
        spans = [segment.span for segment in segments]
        return cls(spans, [span.end for span in spans])

    def by(self, span: Span) -> Iterator[int]:
        """Those that share at least half of themselves, or of the span, with it."""
        at = bisect_right(self.ends, span.start)
        while at < len(self.spans) and self.spans[at].start < span.end:
            own = self.spans[at]
            common = min(own.end, span.end) - max(own.start, span.start)
            if 2 * common >= min(own.end - own.start, span.end - span.start):
                yield at
            at += 1
