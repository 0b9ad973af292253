"""Part 2 of the quality benchmark: codes suggested on interviews that were left out.

PDPilot: five interviews in which the authors coded stretches of any length. Each interview is
left out in turn; segments are those of the package. Nothing was tuned on this set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import yaml

from benchmarks._quality import Result, interval, read_rows
from benchmarks._quality_scores import Flags, Matrix, first
from benchmarks._quality_sets import Coded, a_code
from benchmarks._quality_ways import Way, baseline, hybrid
from benchmarks._report import shared_root
from qualcode.analysis.segment import segment_document
from qualcode.core.model import Codebook, Document, Passage, Span, Unit
from qualcode.plugins.registry import load_segmenter

PART = "2 spans"
_TURN = re.compile(r"^(?P<speaker>[^:\n]{1,30}): (?P<words>.+)$", re.MULTILINE)
_RESEARCHER = "Dan"


@dataclass(frozen=True, slots=True)
class _Interviews:
    """Segments as units, where each stands, and every gold coding with its code."""

    coded: Coded
    spans: tuple[Span, ...]
    codings: tuple[tuple[str, Span, int], ...]


def run() -> list[Result]:
    """Every figure of this part; nothing where the data are not there."""
    rows = read_rows("pdpilot_spans")
    if not rows:
        return []
    interviews = _load(rows)
    return [
        *_of_way(interviews, "hybrid", hybrid()),
        *_of_way(interviews, "baseline", baseline()),
    ]


def _load(rows: list[dict[str, object]]) -> _Interviews:
    folder = shared_root() / "data" / "pdpilot_spans"
    told = yaml.safe_load((folder / "codebook.yaml").read_text(encoding="utf-8"))["codes"]
    codes = tuple(a_code(one["name"], one) for one in told)
    at = {code.id: n for n, code in enumerate(codes)}
    codings = tuple(
        (str(row["doc"]), Span(int(str(row["start"])), int(str(row["end"]))), at[code])
        for row in rows
        if row["start"] is not None  # some quotations are not in the transcripts as quoted
        for code in _names(row)
        if code in at
    )
    docs, texts, spans = [], [], []
    for doc in sorted({doc for doc, _, _ in codings}):
        document = _document(doc, (folder / "transcripts" / f"{doc}.txt").read_text("utf-8"))
        for segment in segment_document(document, split=load_segmenter("sentences")("en")):
            docs.append(doc)
            spans.append(segment.span)
            texts.append(document.text[segment.span.start : segment.span.end])
    gold = np.zeros((len(texts), len(codes)), dtype=bool)
    for n, (doc, span) in enumerate(zip(docs, spans, strict=True)):
        for where, coding, code in codings:
            # a segment has a code where most of it lies in a coded stretch
            if where == doc and 2 * _shared(span, coding) >= span.end - span.start:
                gold[n, code] = True
    topics = ("",) * len(texts)
    book = Codebook("PDPilot", codes)
    coded = Coded("PDPilot", book, tuple(docs), tuple(texts), topics, gold, np.ones_like(gold))
    return _Interviews(coded, tuple(spans), codings)


def _names(row: dict[str, object]) -> list[str]:
    codes = row["codes"]
    return [str(code) for code in codes] if isinstance(codes, list) else []


def _document(doc: str, text: str) -> Document:
    """The turns of the participant; the offsets of the transcript stay as they are."""
    turns = [m for m in _TURN.finditer(text) if m["speaker"] != _RESEARCHER]
    spans = [Span(*turn.span("words")) for turn in turns]
    return Document(
        *(doc, text, "transcript", "emergent", "", "", "", ""),
        units=tuple(Unit(span, "turn", f"turn {n}") for n, span in enumerate(spans, start=1)),
        passages=tuple(Passage(span, "verbatim") for span in spans),
    )


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _of_way(interviews: _Interviews, label: str, way: Way) -> Iterator[Result]:
    coded = interviews.coded
    scores = np.zeros(coded.gold.shape)
    offered = np.zeros(coded.gold.shape, dtype=bool)
    units = np.arange(len(coded.docs))
    for doc in sorted(set(coded.docs)):
        out = np.array([one == doc for one in coded.docs])
        scores[out], offered[out] = way(coded, units[~out], units[out])
    yield _overlap(interviews, f"PDPilot, {label}: span overlap F1, same code", offered)
    ceiling = coded.gold
    if label == "hybrid":
        yield _overlap(
            interviews, "PDPilot, best that these segments allow: span overlap F1", ceiling
        )
    for k in (3, 5):
        yield _recall(interviews, f"PDPilot, {label}: recall@{k} of coded stretches", scores, k)
    coded_at_all: Flags = offered.sum(axis=1, keepdims=True) > 0
    yield _overlap(interviews, f"PDPilot, {label}: span overlap F1, coded at all", coded_at_all)


def _overlap(interviews: _Interviews, measure: str, offered: Flags) -> Result:
    """F1 over the letters of all interviews, code by code (or of whatever was coded)."""
    any_code = offered.shape[1] == 1
    by_doc: dict[str, list[int]] = {}
    for doc in sorted(set(interviews.coded.docs)):
        theirs = _letters([(s, 0 if any_code else c) for d, s, c in interviews.codings if d == doc])
        ours = _letters(
            [
                (interviews.spans[n], int(code))
                for n, code in np.argwhere(offered).tolist()
                if interviews.coded.docs[n] == doc
            ]
        )
        by_doc[doc] = [2 * len(theirs & ours), len(theirs) + len(ours)]
    return _ratio(measure, by_doc, len(interviews.codings))


def _letters(codings: Sequence[tuple[Span, int]]) -> set[tuple[int, int]]:
    return {(at, code) for span, code in codings for at in range(span.start, span.end)}


def _recall(interviews: _Interviews, measure: str, scores: Matrix, k: int) -> Result:
    """Of the coded stretches, those with a segment that has the code among its first k."""
    top = first(scores, k)
    by_doc = {doc: [0, 0] for doc in sorted(set(interviews.coded.docs))}
    for doc, span, code in interviews.codings:
        held = [
            n
            for n, one in enumerate(interviews.spans)
            if interviews.coded.docs[n] == doc and _shared(one, span)
        ]
        by_doc[doc][0] += bool(held and top[held, code].any())
        by_doc[doc][1] += 1
    return _ratio(measure, by_doc, len(interviews.codings))


def _ratio(measure: str, by_doc: dict[str, list[int]], n: int) -> Result:
    parts = list(by_doc.values())

    def of(places: Sequence[int]) -> float:
        return sum(parts[p][0] for p in places) / max(1, sum(parts[p][1] for p in places))

    low, high = interval(of, list(by_doc), draws=500)
    return Result(PART, measure, of(range(len(parts))), low, high, n)
