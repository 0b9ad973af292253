"""What is still to be reviewed, in which order, and how much of a document was examined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from qualcode.core.model import Coding, Document, Segment, Span, Suggestion
from qualcode.core.text import short_key

Verdict = Literal["accepted", "rejected", "uncoded"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Review:
    """What a coder said of a suggestion, or of a segment ("uncoded": examined, and left so).

    `key` is that of the suggestion, or `uncoded_key` of the segment's words; `code_id` is ""
    where a segment is meant. `words` is `words_key` of what stood at `span`. `instead` is the code
    that was given in place of the one offered; such a suggestion counts as rejected.
    """

    doc_id: str
    coder: str
    key: str
    span: Span
    code_id: str
    verdict: Verdict
    words: str
    at: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many segments of a document are coded, deliberately uncoded, not yet examined."""

    doc_id: str
    segments: int
    coded: int
    uncoded: int

    @property
    def unexamined(self) -> int:
        """Segments that nobody has judged."""
        return self.segments - self.coded - self.uncoded


def uncoded_key(words: str) -> str:
    """What stands for a segment with these words in a verdict "uncoded"."""
    return short_key("uncoded", words)


def words_key(words: str) -> str:
    """A short hash by which words are recognised at their place."""
    return short_key(words)[:8]


def coverage_of(
    document: Document,
    segments: Sequence[Segment],
    codings: Iterable[Coding],
    reviews: Iterable[Review],
) -> Coverage:
    """What of a document was examined.

    A segment is coded where any coding overlaps it; else deliberately uncoded where somebody
    said so; else not yet examined, also where all its suggestions were rejected.

    Args:
        segments: every segment of the document, in order; they do not overlap.
        codings: those of the document that count, in any order; of one coder or of several.
    """
    coded = overlapping([segment.span for segment in segments], [c.span for c in codings])
    left = uncoded_spans(document, segments, reviews)
    uncoded = sum(
        not is_coded and segment.span in left
        for segment, is_coded in zip(segments, coded, strict=True)
    )
    return Coverage(document.id, len(segments), sum(coded), uncoded)


def overlapping(stretches: Sequence[Span], spans: Iterable[Span]) -> list[bool]:
    """For each stretch whether a span overlaps it; stretches in order, not overlapping."""
    found = []
    ordered = sorted(spans)
    position, furthest = 0, -1
    for stretch in stretches:
        while position < len(ordered) and ordered[position].start < stretch.end:
            furthest = max(furthest, ordered[position].end)
            position += 1
        found.append(furthest > stretch.start)
    return found


def uncoded_spans(
    document: Document, segments: Iterable[Segment], reviews: Iterable[Review]
) -> frozenset[Span]:
    """The spans of the segments that somebody examined and left uncoded."""
    left = [one for one in reviews if one.verdict == "uncoded"]
    if not left:
        return frozenset()
    held = Verdicts.of(document, left)
    return frozenset(
        segment.span
        for segment in segments
        if held.hold(
            uncoded_key(document.text[segment.span.start : segment.span.end]), segment.span
        )
    )


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Verdicts by key, with the places where they were given; None where that is gone.

    A verdict is on one passage. Where the document was frozen anew and other words stand at
    that place now, it goes with its words, wherever they are.
    """

    _places: Mapping[str, frozenset[Span | None]]

    @classmethod
    def of(cls, document: Document, reviews: Iterable[Review]) -> Verdicts:
        """The verdicts of these reviews of a document."""
        places: defaultdict[str, set[Span | None]] = defaultdict(set)
        for review in reviews:
            places[review.key].add(review.span if _stands(document, review) else None)
        return cls({key: frozenset(found) for key, found in places.items()})

    def hold(self, key: str, span: Span) -> bool:
        """Whether there is a verdict on this key at this place."""
        places = self._places.get(key, frozenset())
        return span in places or None in places


def _stands(document: Document, review: Review) -> bool:
    return words_key(document.text[review.span.start : review.span.end]) == review.words


def open_suggestions(
    document: Document,
    segments: Sequence[Segment],
    suggestions: Iterable[Suggestion],
    *,
    codings: Iterable[Coding],
    reviews: Sequence[Review],
) -> tuple[Suggestion, ...]:
    """The suggestions on which one coder has not decided yet, in their order.

    Left out are those that were accepted or rejected, those on segments that were left
    uncoded, and those whose code the coder has given to some of the same words already.
    """
    decided = Verdicts.of(document, (r for r in reviews if r.verdict != "uncoded"))
    left = uncoded_spans(document, segments, reviews)
    coded: defaultdict[str, list[Span]] = defaultdict(list)
    for coding in codings:
        coded[coding.code_id].append(coding.span)
    return tuple(
        one
        for one in suggestions
        if one.span not in left
        and not decided.hold(one.key, one.span)
        and not any(
            span.start < one.span.end and span.end > one.span.start for span in coded[one.code_id]
        )
    )


def order_for_coverage(
    suggestions: Iterable[Suggestion], code_ids: Sequence[str], decided: Mapping[str, int]
) -> tuple[Suggestion, ...]:
    """The best of each code in turn, codes with the fewest decisions first.

    Within a code by score, then document, then place; codes in the order of `code_ids`. Who
    decides on the first and asks again gets the rest in the same order.
    """
    by_code: defaultdict[str, list[Suggestion]] = defaultdict(list)
    for one in suggestions:
        by_code[one.code_id].append(one)
    order = {code_id: position for position, code_id in enumerate(code_ids)}
    ranked: list[tuple[int, int, Suggestion]] = []
    for code_id, found in by_code.items():
        found.sort(key=lambda s: (-s.score, s.doc_id, s.span))
        first = decided.get(code_id, 0)
        position = order.get(code_id, len(order))
        ranked.extend((first + turn, position, one) for turn, one in enumerate(found))
    ranked.sort(key=lambda item: (item[0], item[1], item[2].code_id))
    return tuple(one for _, _, one in ranked)
