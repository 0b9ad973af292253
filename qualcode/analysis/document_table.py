"""The documents of a study as a table."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.rollup import DocumentSummary
from qualcode.core.model import Document
from qualcode.core.table import Cell, Column, Table


def documents_table(documents: Sequence[DocumentSummary], *, names: bool = True) -> Table:
    """One row per document, in the order in which they were read.

    Without `names`, speakers are counted: what is passed on names nobody.
    """
    columns = (
        Column("document", "Document"),
        Column("source", "Source"),
        Column("kind", "Kind"),
        Column("role", "Role"),
        Column("words", "Words", "words"),
        Column("segments", "Segments", "segments"),
        Column("suggestions", "Suggestions", "suggestions"),
        Column("date", "Date"),
        Column("speakers", "Speakers"),
        Column("problems", "Problems"),
    )
    words = sum(document.words for document in documents)
    notes = (f"{len(documents)} documents, {words:,} words. Role context: read and never counted.",)
    return Table(
        "documents",
        "Documents",
        columns,
        tuple(_row(document, names) for document in documents),
        notes,
    )


def _row(document: DocumentSummary, names: bool) -> tuple[Cell, ...]:
    return (
        (document.id,),
        (document.source,),
        (document.kind,),
        (document.role,),
        (str(document.words),),
        (str(document.segments),),
        (str(document.suggestions),),
        (document.date,),
        ("; ".join(document.speakers) if names else str(len(document.speakers)),),
        ("; ".join(f"{p.number} {p.message}" for p in document.problems),),
    )


def coded_documents_table(documents: Sequence[Document], incidents: Sequence[Incident]) -> Table:
    """One row per document, by id: what it is, and how many passages of it carry how many codes."""
    columns = (
        Column("document", "Document"),
        Column("title", "Title"),
        Column("kind", "Kind"),
        Column("role", "Role"),
        Column("date", "Date"),
        Column("passages", "Coded passages", "passages"),
        Column("codes", "Codes", "codes"),
    )
    places: dict[str, set[tuple[str, int, int]]] = {}
    codes: dict[str, set[str]] = {}
    for one in incidents:
        places.setdefault(one.coded.doc_id, set()).add(one.place)
        codes.setdefault(one.coded.doc_id, set()).add(one.coded.code_id)
    rows = tuple(
        (
            (document.id,),
            (document.title or "-",),
            (document.kind,),
            (document.role,),
            (document.date or "-",),
            (str(len(places.get(document.id, ()))),),
            (str(len(codes.get(document.id, ()))),),
        )
        for document in sorted(documents, key=lambda one: one.id)
    )
    notes = ("Role context: read for the setting and never counted.",)
    return Table("documents", "Documents", columns, rows, notes)
