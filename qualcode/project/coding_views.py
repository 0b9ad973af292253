"""Looking at codings: which there are, and how much of each document was examined."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.find_span import unit_at
from qualcode.analysis.review_queue import Coverage, coverage_of
from qualcode.analysis.segment import segment_document
from qualcode.core.codebook import resolve
from qualcode.core.model import Codebook, Coding, Document
from qualcode.core.table import Cell, Column, Table
from qualcode.core.text import where_in_original
from qualcode.plugins.registry import load_segmenter
from qualcode.project.coding import coder_id
from qualcode.project.study import Study
from qualcode.project.views import find_document
from qualcode.store.review_files import load_reviews


@dataclass(frozen=True, slots=True)
class Which:
    """Which codings or suggestions are meant; "" leaves nothing out."""

    document: str = ""
    code: str = ""
    coder: str = ""
    case: str = ""
    kind: str = ""


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
        QualcodeError: NO_DOCUMENT, BAD_CODING, or what is wrong with the codebook.
    """
    codebook = study.codebook().codebook
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
