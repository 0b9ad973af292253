"""The documents of a study as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from qualcode.analysis.rollup import DocumentSummary
from qualcode.core.model import Document
from qualcode.core.table import Column, Table

if TYPE_CHECKING:
    from qualcode.analysis.comparing.incidents import Incident


def documents_head(n: int, words: int) -> Table:
    """The table of so many documents with so many words; its rows are those of `document_rows`.

    They come one by one, for there may be more than should stand in memory.
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
    notes = (f"{n} documents, {words:,} words. Role context: read and never counted.",)
    return Table("documents", "Documents", columns, (), notes)


def document_rows(
    documents: Iterable[DocumentSummary], *, names: bool = True
) -> Iterator[tuple[str, ...]]:
    """One row per document, in the order in which they were read; a text for each cell.

    Without `names`, speakers are counted: what is passed on names nobody.
    """
    for one in documents:
        yield (
            one.id,
            one.source,
            one.kind,
            one.role,
            str(one.words),
            str(one.segments),
            str(one.suggestions),
            one.date,
            "; ".join(one.speakers) if names else str(len(one.speakers)),
            "; ".join(f"{found.number} {found.message}" for found in one.problems),
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
