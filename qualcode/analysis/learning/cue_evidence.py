"""The cues found on passages, as evidence beside other evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from qualcode.core.learning import Reviewed
from qualcode.core.model import Code, Document, Segment, Span, Suggestion, Unit
from qualcode.core.protocols import Suggest

if TYPE_CHECKING:
    from qualcode.analysis.learning.space import Matrix

Found = list[tuple[int, Suggestion]]
"""Suggestions by cues, each with the number of its passage."""


def cues_on_segments(
    cues: Suggest | None, document: Document, segments: Sequence[Segment]
) -> Found:
    """What cues find on the segments of a document."""
    if cues is None:
        return []
    at = {segment.span: n for n, segment in enumerate(segments)}
    return [(at[one.span], one) for one in cues(document, segments)]


def cues_on_texts(cues: Suggest | None, reviewed: Sequence[Reviewed]) -> Found:
    """What cues find on reviewed passages, read as if they stood in one document."""
    if cues is None:
        return []
    spans, at = [], 0
    for one in reviewed:
        spans.append(Span(at, at + len(one.text)))
        at += len(one.text) + 1
    text = "\n".join(one.text for one in reviewed)
    document = Document("", text, "other", "context", "", "", "", "")
    segments = [
        Segment("", span, Unit(span, "paragraph", "", topic=one.topic), "paraphrase")
        for span, one in zip(spans, reviewed, strict=True)
    ]
    return cues_on_segments(cues, document, segments)


def cue_scores(found: Iterable[tuple[int, Suggestion]], n: int, codes: Sequence[Code]) -> Matrix:
    """The score of each code's cues on each of n passages; 0 where none is found."""
    at = {code.id: column for column, code in enumerate(codes)}
    scores = np.zeros((n, len(codes)))
    for row, one in found:
        if one.code_id in at:
            scores[row, at[one.code_id]] = one.score
    return scores
