"""Suggestions that wait for one coder: found in the documents, and weighed again as it learns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from qualcode.analysis.review_queue import Review, open_suggestions, order_for_coverage
from qualcode.analysis.segment import segment_document
from qualcode.core.codebook import resolve
from qualcode.core.model import Codebook, Coding, Document, Segment, Suggestion
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.protocols import Split
from qualcode.plugins.registry import load_segmenter
from qualcode.project.coding_views import Which, case_at, documents_meant, known_filters
from qualcode.project.deciding import coder_name
from qualcode.project.learning import Gatherer, Ready, make_ready
from qualcode.project.named import coder_id
from qualcode.project.study import Study
from qualcode.store.review_files import load_reviews

SOON = 200
"""Suggestions that are weighed again after learning; the rest is a long way off."""


@dataclass(slots=True)
class Waiting:
    """What waits for one coder, and what was met on the way through the documents.

    `accepted` and `rejected` are the coder's quotations by code, `decided` how often each code
    was decided on. `segments` counts what was read, `without` that on which nothing is
    offered, `closed` the suggestions that were decided on before.
    """

    study: Study
    codebook: Codebook
    coder: str
    which: Which
    gatherer: Gatherer
    ready: Ready
    split: Split
    min_score: float = 0.0
    found: list[Suggestion] = field(default_factory=list)
    accepted: dict[str, list[str]] = field(default_factory=dict)
    rejected: dict[str, list[str]] = field(default_factory=dict)
    decided: Counter[str] = field(default_factory=Counter)
    segments: int = 0
    without: int = 0
    closed: int = 0

    @property
    def n_reviewed(self) -> int:
        """Passages that taught the suggester."""
        return self.ready.n_reviewed

    def in_turn(self, waiting: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
        """The best of each code in turn, codes with the fewest decisions first."""
        return order_for_coverage(waiting, [c.id for c in self.codebook.codes], self.decided)

    def look(self, document: Document) -> None:
        """Takes in one document."""
        segments = tuple(segment_document(document, split=self.split))
        codings, reviews = self._own(document)
        self._remember(document, codings, reviews)
        found = tuple(self.ready.suggest(document, segments))
        closing = self._closing(document, codings)
        still = open_suggestions(document, segments, found, codings=closing, reviews=reviews)
        self.segments += len(segments)
        self.without += len(segments) - len({one.span for one in found})
        self.closed += len(found) - len(still)
        self.found += self._meant(document, still)

    def learn(self, doc_ids: Iterable[str]) -> None:
        """Makes the suggester ready again, after decisions in these documents."""
        self.gatherer.forget(doc_ids)
        self.ready = make_ready(self.study, self.codebook, gatherer=self.gatherer)

    def again(self, waiting: Sequence[Suggestion]) -> Iterator[Suggestion]:
        """What waits on the segments of these suggestions now, and the later ones as they are."""
        spans = defaultdict(set)
        for one in waiting[:SOON]:
            spans[one.doc_id].add(one.span)
        for doc_id in sorted(spans):
            document = self.study.document(doc_id)
            every = segment_document(document, split=self.split)
            segments = tuple(s for s in every if s.span in spans[doc_id])
            yield from self._still(document, segments)
        yield from (one for one in waiting[SOON:] if one.span not in spans[one.doc_id])

    def _still(self, document: Document, segments: Sequence[Segment]) -> Iterator[Suggestion]:
        codings, reviews = self._own(document)
        found = self.ready.suggest(document, segments)
        closing = self._closing(document, codings)
        still = open_suggestions(document, segments, found, codings=closing, reviews=reviews)
        return self._meant(document, still)

    def _meant(self, document: Document, found: Iterable[Suggestion]) -> Iterator[Suggestion]:
        return (
            one
            for one in found
            if one.score >= self.min_score
            and self.which.code in ("", one.code_id)
            and self.which.case in ("", case_at(document, one.span.start))
        )

    def _closing(self, document: Document, own: Sequence[Coding]) -> Sequence[Coding]:
        """The codings that need no suggestion any more: the coder's own.

        Where everybody's decisions teach, everybody's: to offer on a passage what was learnt
        from that passage would only repeat what somebody else gave it.
        """
        if self.gatherer.coder or not self.ready.is_calibrated:
            return own
        return self._heirs(self.study.codings(document.id))

    def _heirs(self, codings: Iterable[Coding]) -> list[Coding]:
        """The codings with the codes that their merged codes are now."""
        return [replace(c, code_id=resolve(self.codebook, c.code_id)) for c in codings]

    def _own(self, document: Document) -> tuple[Sequence[Coding], Sequence[Review]]:
        """The coder's codings of a document, merged codes as they are now, and verdicts."""
        every = self.study.codings(document.id)
        codings = self._heirs(c for c in every if c.coder == self.coder)
        reviews = [r for r in load_reviews(self.study.paths, document.id) if r.coder == self.coder]
        return codings, reviews

    def _remember(
        self, document: Document, codings: Sequence[Coding], reviews: Sequence[Review]
    ) -> None:
        self.decided.update(r.code_id for r in reviews if r.code_id)
        self.decided.update(c.code_id for c in codings if c.origin != "suggestion")
        for coding in codings:
            self.accepted.setdefault(coding.code_id, []).append(coding.quote)
        for review in reviews:
            if review.verdict == "rejected":
                words = document.text[review.span.start : review.span.end]
                self.rejected.setdefault(review.code_id, []).append(words)


def find_waiting(study: Study, which: Which, *, min_score: float = 0.0) -> Waiting:
    """What waits in the documents that are meant; those whose role is context are left out.

    Left out is every suggestion that the coder decided on, or whose code that coder (anybody,
    where suggestions are learnt from everybody) has given to the same words.

    Raises:
        QualcodeError: NO_DOCUMENT, UNKNOWN_FILTER, BAD_FILTER, BAD_CODING, BAD_REVIEW, as
            `make_ready`, or what is wrong with the codebook.
    """
    coder = coder_id(which.coder) or coder_name(study.paths)
    codebook = study.usable_codebook()
    which = known_filters(study, which, codebook)
    if not 0 <= min_score <= 1:
        option, found, example = "--min-score", f"{min_score:g}", "0.4, from 0 to 1"
        raise QualcodeError(
            problem(P.BAD_FILTER, option=option, found=found, hint="", example=example)
        )
    which = replace(which, code=resolve(codebook, which.code))
    gatherer = Gatherer.of(study, codebook, coder)
    ready = make_ready(study, codebook, gatherer=gatherer)
    split = load_segmenter("sentences")(study.settings.language)
    waiting = Waiting(study, codebook, coder, which, gatherer, ready, split, min_score)
    book, _ = study.cases()
    for document in documents_meant(study, which, book):
        if document.role != "context":
            waiting.look(document)
    return waiting
