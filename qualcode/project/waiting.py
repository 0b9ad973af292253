"""Suggestions that wait for one coder: found in the documents, and weighed again as it learns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from qualcode.analysis.cue_coding import cue_patterns
from qualcode.analysis.languages import language_notes
from qualcode.analysis.review_queue import Review, open_suggestions, order_for_coverage
from qualcode.analysis.segment import segment_document
from qualcode.core.codebook import resolve
from qualcode.core.model import Codebook, Coding, Document, Segment, Suggestion
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.core.protocols import Split
from qualcode.plugins.language import reading_notes
from qualcode.plugins.pipeline import pattern_notes
from qualcode.plugins.registry import load_segmenter
from qualcode.project.coding_views import Which, case_at, documents_meant, known_filters
from qualcode.project.learning import Gatherer, Ready, make_ready
from qualcode.project.named import coder_id
from qualcode.project.study import Study
from qualcode.project.who import coder_name
from qualcode.store.review_files import load_reviews

SOON = 200
"""Suggestions that are weighed again after learning; the rest is a long way off."""


@dataclass(frozen=True, slots=True)
class _Decided:
    """What was decided on one document."""

    codings: tuple[Coding, ...]
    reviews: tuple[Review, ...]

    def of(self, coder: str) -> _Decided:
        """What this coder decided."""
        return _Decided(
            tuple(one for one in self.codings if one.coder == coder),
            tuple(one for one in self.reviews if one.coder == coder),
        )


@dataclass(slots=True)
class Waiting:
    """What waits for one coder, and what was met on the way through the documents.

    `accepted` and `rejected` are the coder's quotations by code, `decided` how often each code
    was decided on. `segments` counts what was read, `without` that on which nothing was found,
    `settled` that on which all that was found was decided on before, and `closed` such
    suggestions. `problems` tell what cannot be read in the language of the study, or of a
    document.
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
    settled: int = 0
    closed: int = 0
    problems: list[Problem] = field(default_factory=list)

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
        decided = self._decided(document)
        self._remember(document, decided.of(self.coder))
        found = tuple(self.ready.suggest(document, segments))
        still = self._undecided(document, segments, found, decided)
        self.segments += len(segments)
        spans = {one.span for one in found}
        self.without += len(segments) - len(spans)
        self.settled += len(spans) - len({one.span for one in still})
        self.closed += len(found) - len(still)
        self.problems += language_notes(document, self.codebook.language)
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
        found = self.ready.suggest(document, segments)
        still = self._undecided(document, segments, found, self._decided(document))
        return self._meant(document, still)

    def _meant(self, document: Document, found: Iterable[Suggestion]) -> Iterator[Suggestion]:
        return (
            one
            for one in found
            if one.score >= self.min_score
            and self.which.code in ("", one.code_id)
            and self.which.case in ("", case_at(document, one.span.start))
        )

    def _undecided(
        self,
        document: Document,
        segments: Sequence[Segment],
        found: Iterable[Suggestion],
        decided: _Decided,
    ) -> Sequence[Suggestion]:
        """The suggestions that are still open for the coder.

        Where everybody's decisions teach, everybody's codings and passages left uncoded close
        them: to offer on a passage what was learnt from that passage would only repeat what
        somebody else gave it. What others rejected is still the coder's to decide.
        """
        own = decided.of(self.coder)
        codings, reviews = own.codings, own.reviews
        if not self.gatherer.coder:
            left = (r for r in decided.reviews if r.verdict == "uncoded" and r.coder != self.coder)
            codings, reviews = decided.codings, (*own.reviews, *left)
        return open_suggestions(document, segments, found, codings=codings, reviews=reviews)

    def _decided(self, document: Document) -> _Decided:
        """What everybody decided on a document, merged codes as they are now."""
        codings = tuple(
            replace(c, code_id=resolve(self.codebook, c.code_id))
            for c in self.study.codings(document.id)
        )
        return _Decided(codings, tuple(load_reviews(self.study.paths, document.id)))

    def _remember(self, document: Document, own: _Decided) -> None:
        self.decided.update(r.code_id for r in own.reviews if r.code_id)
        self.decided.update(c.code_id for c in own.codings if c.origin != "suggestion")
        for coding in own.codings:
            self.accepted.setdefault(coding.code_id, []).append(coding.quote)
        for review in own.reviews:
            if review.verdict == "rejected":
                words = document.text[review.span.start : review.span.end]
                self.rejected.setdefault(review.code_id, []).append(words)


def reading_problems(study: Study, codebook: Codebook) -> tuple[Problem, ...]:
    """What cannot be read in the language of the codebook, or of its patterns."""
    language, pipeline = codebook.language, study.settings.pipeline
    patterns = cue_patterns(codebook)
    found = pattern_notes(patterns, language, pipeline) if patterns else ()
    return (*reading_notes(language), *found)


def find_waiting(study: Study, which: Which, *, min_score: float = 0.0) -> Waiting:
    """What waits in the documents that are meant; those whose role is context are left out.

    Left out is every suggestion that the coder decided on, whose code that coder (anybody,
    where suggestions are learnt from everybody) has given to the same words, or whose passage
    they left uncoded.

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
    waiting.problems += reading_problems(study, codebook)
    book, _ = study.cases()
    for document in documents_meant(study, which, book):
        if document.role != "context":
            waiting.look(document)
    return waiting
