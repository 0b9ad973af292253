"""Small studies for tests of tables: incidents, documents, people, and a ledger of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.tables.ledger import Ledger, make_ledger
from qualcode.core.model import Attribute, Case, Codebook, Document, Span
from qualcode.core.table import Table
from tests.factory import a_code, a_codebook, a_coded_segment, a_document

CODEBOOK = a_codebook(
    a_code("silos", valence="obstacle"), a_code("trust", valence="catalyst"), a_code("chair")
)


def said(
    code_id: str = "silos",
    *,
    doc_id: str = "int-01",
    at: tuple[int, int] = (0, 10),
    who: str | None = "P01",
    **fields: Any,
) -> Incident:
    """One incident; `turn` is by default the first, `quote` fits no text."""
    own = {
        name: fields.pop(name)
        for name in ("coders", "coding_ids", "strength", "confidence", "turn")
        if name in fields
    }
    coded = a_coded_segment(
        code_id,
        **{
            "doc_id": doc_id,
            "span": Span(*at),
            "case_id": who,
            "participant": who,
            "is_draft": False,
            **fields,
        },
    )
    return Incident(coded, **{"turn": 0, "coders": ("ad",), "coding_ids": ("k1",), **own})


def a_ledger(
    *incidents: Incident,
    codebook: Codebook = CODEBOOK,
    documents: Sequence[Document] = (),
    people: Mapping[str, Mapping[str, str]] | None = None,
    heard: Mapping[str, tuple[str, ...]] | None = None,
) -> Ledger:
    """A ledger; documents not given are made, of the kind that their incidents say.

    Whoever is in an incident is heard in its document, and others where `heard` says so.
    """
    given = {document.id: document for document in documents}
    for one in incidents:
        coded = one.coded
        made = replace(a_document(doc_id=coded.doc_id), kind=coded.kind, role=coded.role)
        given.setdefault(coded.doc_id, made)
    spoken = {
        doc_id: tuple(
            sorted(
                {one.coded.participant for one in incidents if one.coded.doc_id == doc_id} - {None}
                | set((heard or {}).get(doc_id, ()))
            )
        )
        for doc_id in given
    }
    cases = [
        Case(key, attributes=tuple(Attribute(name, value) for name, value in told.items()))
        for key, told in (people or {}).items()
    ]
    ordered = sorted(given.values(), key=lambda document: document.id)
    return make_ledger(codebook, CaseBook.of(cases), ordered, incidents, heard=spoken)


def cells(table: Table, row: str) -> dict[str, str]:
    """The cells of the row that begins with these words, by the key of their column."""
    found = next(one for one in table.rows if one[0][0] == row)
    return {column.key: " | ".join(cell) for column, cell in zip(table.columns, found, strict=True)}
