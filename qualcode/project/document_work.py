"""What a run does with one document: read it, suggest codes, and get ready what is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from qualcode.analysis.cases import CaseBook, cases_of_respondents, join_cases
from qualcode.analysis.coded import by_place, coded_by_suggestions, summarise
from qualcode.analysis.languages import language_notes
from qualcode.analysis.rollup import DocumentSummary
from qualcode.analysis.segment import segment_document
from qualcode.core.compact import pack, unpack
from qualcode.core.model import (
    Case,
    CodedSegment,
    Document,
    Segment,
    Span,
    Suggestion,
    Voice,
)
from qualcode.core.problems import Problem, QualcodeError
from qualcode.plugins.exporters.csv_table import csv_lines
from qualcode.project.coder import Coder, Setup, coder_for
from qualcode.project.ingest import Ingested, Told
from qualcode.project.material import codings_of, is_reviewed, source_reader
from qualcode.project.run_rows import coding_row, suggestion_row
from qualcode.project.sources import Found


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it was read, with its segments: their span, unit (its position) and voice.

    `document` is None where the file could not be read.
    """

    document: Document | None
    problems: tuple[Problem, ...]
    segments: tuple[tuple[int, int, int, Voice], ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """All suggestions of one code in one document, and the key that they hold for."""

    code_id: str
    key: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """The offers of every code in one document, in the order of the codebook."""

    offers: tuple[Offer, ...]

    @property
    def all(self) -> list[tuple[Suggestion, ...]]:
        """The suggestions, whatever rules they came from."""
        return [one.suggestions for one in self.offers if one.suggestions]


@dataclass(frozen=True, slots=True)
class Finished:
    """What the tables need of one document; `suggestions` and `codings` are lines of CSV.

    `summary` is None where the file could not be read. `respondents` are the people of a
    questionnaire who are no case of the study; those of them in `taken` have another name
    here, because an earlier questionnaire has somebody so called. Where people have coded,
    `is_examined` says whether somebody coded or reviewed here.
    """

    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...] = ()
    summary: DocumentSummary | None = None
    text_hash: str = ""
    suggestions: str = ""
    codings: str = ""
    counted: tuple[CodedSegment, ...] = ()
    respondents: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    is_examined: bool = True


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be worked on, and what earlier runs kept of it.

    `told` is what people say of it. `basis` stands for all that `Finished`
    depends on beside suggestions: what was kept begins with the basis that it had.
    """

    found: Found
    told: Told
    basis: str
    taken: tuple[str, ...] = ()
    read: bytes | None = None
    offered: bytes | None = None
    finished: bytes | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job, packed; what is None is as it was kept.

    `at_hand` is `finished` before it was packed; it stays in the process that made it.
    """

    finished: bytes
    read: bytes | None = None
    offered: bytes | None = None
    text: str = ""
    at_hand: Finished | None = None

    def __reduce__(self) -> tuple[type[Done], tuple[bytes, bytes | None, bytes | None, str]]:
        return Done, (self.finished, self.read, self.offered, self.text)


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why the whole run cannot go on."""

    problems: tuple[Problem, ...]


class DocumentWork:
    """The work on a chunk of documents; it can be sent to another process."""

    def __init__(self, setup: Setup, cases: tuple[Case, ...]) -> None:
        self._setup = setup
        self._cases = cases

    def __getstate__(self) -> tuple[Setup, tuple[Case, ...]]:
        return self._setup, self._cases

    def __setstate__(self, state: tuple[Setup, tuple[Case, ...]]) -> None:
        self._setup, self._cases = state

    @cached_property
    def _coder(self) -> Coder:
        return coder_for(self._setup)

    @cached_property
    def _read_source(self) -> Callable[[Found, Told], Ingested]:
        return source_reader(self._setup.folder)

    @cached_property
    def _book(self) -> CaseBook:
        return CaseBook.of(self._cases)

    def __call__(self, jobs: Sequence[Job]) -> tuple[Done, ...] | Stopped:
        """What came of each job, in their order."""
        try:
            return tuple(map(self.do, jobs))
        except QualcodeError as error:  # what is wrong for every document, as a bad pipeline
            return Stopped(error.problems)

    def do(self, job: Job) -> Done:
        """What came of one job.

        Raises:
            QualcodeError: BAD_CODING, and what is wrong with the suggester.
        """
        read, segments = _as_kept(job.read) if job.read else self._read(job)
        packed = None if job.read else pack(read)
        if read.document is None:
            return _done(job, Finished(read.problems), packed)
        held = unpack(Offered, job.offered) if job.offered and job.read else None
        offered = self._offer(read.document, segments, held or Offered(()))
        packed_offers = None if offered == held else pack(offered)
        text = "" if job.read else read.document.text
        kept = job.finished or b""
        if held and held.all == offered.all and kept.startswith(job.basis.encode()):
            return Done(kept, packed, packed_offers, text)
        finished = self._finish(job, read, segments, offered)
        return _done(job, finished, packed, packed_offers, text)

    def _read(self, job: Job) -> tuple[Read, tuple[Segment, ...]]:
        ingested = self._read_source(job.found, job.told)
        document = ingested.document
        if document is None:
            return Read(None, ingested.problems), ()
        segments = tuple(segment_document(document, split=self._coder.split))
        places = {id(unit): n for n, unit in enumerate(document.units)}
        kept = tuple(
            (one.span.start, one.span.end, places[id(one.unit)], one.voice) for one in segments
        )
        return Read(document, ingested.problems, kept), segments

    def _offer(self, document: Document, segments: Sequence[Segment], held: Offered) -> Offered:
        """The offers of every code; only codes whose rules have changed are looked for."""
        known = {one.code_id: one for one in held.offers}
        keys = self._coder.keys
        changed = frozenset(
            code_id
            for code_id, key in keys.items()
            if code_id not in known or known[code_id].key != key
        )
        if changed:
            found: dict[str, list[Suggestion]] = {code_id: [] for code_id in changed}
            for one in self._coder.suggest_for(changed)(document, segments):
                if one.code_id in found:
                    found[one.code_id].append(one)
            known.update(
                {c: Offer(c, keys[c], tuple(suggestions)) for c, suggestions in found.items()}
            )
        return Offered(tuple(known[code_id] for code_id in keys))

    def _finish(
        self, job: Job, read: Read, segments: Sequence[Segment], offered: Offered
    ) -> Finished:
        """What the tables need of a document that was read."""
        setup, doc_id = self._setup, job.found.doc_id
        document, book, respondents = _with_respondents(_known(read), self._book, job.taken)
        document, case_problems = join_cases(document, book)
        suggestions = _in_order(offered)
        suggested = tuple(coded_by_suggestions(document, segments, suggestions, book))
        counted, codings, is_examined = suggested, "", True
        if setup.has_coded:
            from qualcode.analysis.comparing.incidents import incidents_of

            given = codings_of(setup.folder, doc_id)
            found = tuple(incidents_of(document, given, book, setup.codebook))
            counted = tuple(incident.coded for incident in found)
            codings = csv_lines(map(coding_row, found))
            is_examined = bool(given) or is_reviewed(setup.folder, doc_id)
        return Finished(
            problems=(*read.problems, *case_problems),
            notes=language_notes(document, setup.codebook.language),
            summary=summarise(document, segments, suggested, ()),
            text_hash=document.text_hash,
            suggestions=csv_lines(map(suggestion_row, suggested)),
            codings=codings,
            counted=counted,
            respondents=respondents,
            taken=job.taken,
            is_examined=is_examined,
        )


def _known(read: Read) -> Document:
    if read.document is None:
        raise ValueError("a file that could not be read has no document")
    return read.document


def _as_kept(data: bytes) -> tuple[Read, tuple[Segment, ...]]:
    read = unpack(Read, data)
    return read, tuple(_segments(read.document, read)) if read.document else ()


def _segments(document: Document, read: Read) -> Iterator[Segment]:
    for start, end, place, voice in read.segments:
        yield Segment(document.id, Span(start, end), document.units[place], voice)


def _done(
    job: Job,
    finished: Finished,
    read: bytes | None,
    offered: bytes | None = None,
    text: str = "",
) -> Done:
    """What came of a job, with the basis that it had put first."""
    return Done(job.basis.encode() + pack(finished), read, offered, text, finished)


def _in_order(offered: Offered) -> list[Suggestion]:
    """All suggestions by place, those on the same segment in the order of the codebook."""
    return sorted(chain.from_iterable(offered.all), key=by_place)


def _with_respondents(
    document: Document, book: CaseBook, taken: tuple[str, ...]
) -> tuple[Document, CaseBook, tuple[str, ...]]:
    """Respondents of a questionnaire who are no case yet become cases of their own.

    R01 of a second questionnaire is somebody else: "second-R01". Gives their ids, too.
    """
    if document.kind != "questionnaire":
        return document, book, ()
    cases = [case for case in cases_of_respondents(document) if case.id not in book.by_id]
    ids = {case.id: f"{document.id}-{case.id}" if case.id in taken else case.id for case in cases}
    speakers = (replace(s, case_id=ids.get(s.id, s.case_id)) for s in document.speakers)
    own = (replace(case, id=ids[case.id]) for case in cases)
    joined = replace(document, speakers=tuple(speakers))
    return joined, CaseBook.of((*book.cases, *own)), tuple(ids)
