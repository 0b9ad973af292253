"""Looking at codings: which there are, and how much of each document was examined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.find_span import unit_at
from qualcode.analysis.review_queue import Coverage, coverage_of
from qualcode.analysis.segment import segment_document
from qualcode.core.codebook import resolve
from qualcode.core.codebook_changes import find_code
from qualcode.core.model import KINDS, Codebook, Coding, Document
from qualcode.core.problems import QualcodeError
from qualcode.core.table import Cell, Column, Table
from qualcode.core.text import where_in_original
from qualcode.plugins.registry import load_segmenter
from qualcode.project.named import coder_id, find_document, one_of
from qualcode.project.study import Study
from qualcode.store.coding_files import coding_files
from qualcode.store.document_files import load_facts
from qualcode.store.review_files import load_reviews


@dataclass(frozen=True, slots=True)
class Which:
    """Which codings or suggestions are meant; "" leaves nothing out."""

    document: str = ""
    code: str = ""
    coder: str = ""
    case: str = ""
    kind: str = ""


def known_filters(study: Study, which: Which, codebook: Codebook) -> Which:
    """The same, each value as the study has it.

    Who codes is not looked at: somebody may code for the first time.

    Raises:
        QualcodeError: UNKNOWN_FILTER for a code, case or kind that does not exist.
    """
    if which.code:
        code = _known_code(codebook, which.code)
        which = replace(which, code=code)
    if which.kind:
        which = replace(which, kind=one_of("--kind", which.kind, KINDS))
    if which.case:
        which = replace(which, case=one_of("--case", which.case, _known_cases(study)))
    return which


def _known_code(codebook: Codebook, word: str) -> str:
    try:
        return find_code(codebook, word).id
    except QualcodeError:
        return one_of("--code", word, [code.id for code in codebook.codes])


def _known_cases(study: Study) -> Iterator[str]:
    """Ids of the cases, and of those that documents name and cases.yaml does not."""
    book, _ = study.cases()
    yield from book.by_id
    for doc_id in study.document_ids():
        yield from (one.case_id for one in load_facts(study.paths, doc_id).speakers if one.case_id)


COLUMNS = (
    Column("id", "Id"),
    Column("document", "Document"),
    Column("unit", "Unit"),
    Column("code", "Code"),
    Column("valence", "Valence"),
    Column("quote", "Quotation"),
    Column("where", "Place"),
    Column("span", "Span"),
    Column("lenses", "Lenses"),
    Column("strength", "Strength"),
    Column("confidence", "Confidence"),
    Column("coder", "Coder"),
    Column("because", "Because"),
)


def view_codings(study: Study, which: Which) -> Table:
    """The codings of a study, by document and place.

    A code that was merged is found under the code that took its place as well.

    Raises:
        QualcodeError: NO_DOCUMENT, BAD_CODING, UNKNOWN_FILTER, or what is wrong with the
            codebook.
    """
    codebook = study.codebook().codebook
    which = known_filters(study, which, codebook)
    coders = sorted({coder for _, _, coder in coding_files(study.paths)})
    if which.coder and coders:
        which = replace(which, coder=one_of("--coder", coder_id(which.coder), coders))
    rows = [
        _row(document, coding)
        for document, codings in _by_document(study, which, codebook)
        for coding in codings
    ]
    n = f"{len(rows)} coding{'' if len(rows) == 1 else 's'}."
    return Table("codings", "Codings", COLUMNS, tuple(rows), (n,))


def documents_meant(study: Study, which: Which, book: CaseBook) -> Iterator[Document]:
    """The documents that are meant, one at a time, with their people joined to cases."""
    if which.document:
        yield study.document(find_document(study.paths, which.document), book)
        return
    for document in study.documents(book):
        if which.kind.casefold() in ("", document.kind):
            yield document


def case_at(document: Document, offset: int) -> str:
    """The id of the case that speaks at a place, or ""."""
    unit = unit_at(document, offset)
    speaker = next((s for s in document.speakers if unit and s.id == unit.speaker_id), None)
    return (speaker.case_id or "") if speaker else ""


def _by_document(
    study: Study, which: Which, codebook: Codebook
) -> Iterator[tuple[Document, Sequence[Coding]]]:
    book, _ = study.cases()
    for document in documents_meant(study, which, book):
        codings = [
            coding
            for coding in study.codings(document.id)
            if which.code in ("", coding.code_id, resolve(codebook, coding.code_id))
            and coder_id(which.coder) in ("", coding.coder)
            and which.case in ("", case_at(document, coding.span.start))
        ]
        codings.sort(key=lambda c: (c.span, c.code_id, c.coder))
        yield document, codings


def _row(document: Document, coding: Coding) -> tuple[Cell, ...]:
    unit = unit_at(document, coding.span.start)
    return (
        (coding.id,),
        (document.id,),
        (unit.ref if unit else "-",),
        (coding.code_id,),
        (coding.valence,),
        (" ".join(coding.quote.split()),),
        (where_in_original(document.marks, coding.span.start) or "-",),
        (f"{coding.span.start}-{coding.span.end}",),
        (" / ".join(coding.lenses) or "-",),
        ("-" if coding.strength is None else f"{coding.strength:+d}",),
        (coding.confidence or "-",),
        (coding.coder,),
        (coding.evidence or "-",),
    )


def coverage(study: Study, *, coder: str = "") -> Iterator[Coverage]:
    """How much of each document was examined, by id; by one coder, or by anybody.

    Documents whose role is context are left out: nothing in them is offered for coding.

    Raises:
        QualcodeError: BAD_CODING, BAD_REVIEW.
    """
    split = load_segmenter("sentences")(study.settings.language)
    for document in study.documents():
        if document.role == "context":
            continue
        segments = tuple(segment_document(document, split=split))
        codings = (c for c in study.codings(document.id) if coder in ("", c.coder))
        reviews = (r for r in load_reviews(study.paths, document.id) if coder in ("", r.coder))
        yield coverage_of(document, segments, codings, reviews)


def view_coverage(study: Study) -> Table:
    """One row per document: segments coded, deliberately uncoded, not yet examined."""
    columns = (
        Column("document", "Document"),
        Column("segments", "Segments", "segments"),
        Column("coded", "Coded", "segments"),
        Column("uncoded", "Left uncoded", "segments"),
        Column("unexamined", "Not yet examined", "segments"),
    )
    found = tuple(coverage(study))
    rows = tuple(
        ((c.doc_id,), *((str(n),) for n in (c.segments, c.coded, c.uncoded, c.unexamined)))
        for c in found
    )
    done = sum(c.segments - c.unexamined for c in found)
    total = sum(c.segments for c in found)
    notes = (f"{done} of {total} segments examined; context documents are left out.",)
    return Table("coverage", "Coverage", columns, rows, notes)
