"""How often each code was given: documents, participants and segments, and where it came first."""

from __future__ import annotations

from qualcode.analysis.tables.ledger import Ledger
from qualcode.analysis.tables.words import of, table_of
from qualcode.core.table import Column, Table

COLUMNS = (
    Column("code", "Code"),
    Column("definition", "Definition"),
    Column("documents", "Documents (n of N)", "documents"),
    Column("participants", "Participants (n of N)", "participants"),
    Column("segments", "Segments", "segments"),
    Column("first_seen", "First seen"),
)


def codes_table(ledger: Ledger) -> Table:
    """One row per code in the order of the codebook, those without evidence among them."""
    documents, people = ledger.by_code("document"), ledger.by_code("participant")
    segments, first = ledger.by_code("segment"), _first_seen(ledger)
    rows = tuple(
        (
            (code.name,),
            (code.definition or "-",),
            (of(documents[at], len(ledger.documents)),),
            (of(people[at], len(ledger.participants)),),
            (str(segments[at]),),
            first.get(code.id, ("-",)),
        )
        for at, code in enumerate(ledger.codes)
    )
    notes = (
        "A document or participant counts once per code however often it speaks, whatever the "
        "valence; spans of a code that overlap are one segment. Where nobody in particular is "
        "heard, no participant counts.",
        "First seen: the earliest document with the code by date, undated ones last.",
    )
    return table_of(ledger, "codes", "Codes", (COLUMNS, rows), notes=notes)


def _first_seen(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """For each code the earliest document that carries it."""
    order = {
        one.id: (one.date == "", one.date, one.id)
        for one in sorted(ledger.documents, key=lambda one: one.id)
    }
    first: dict[str, str] = {}
    for incident in ledger.incidents:
        code_id, doc_id = incident.coded.code_id, incident.coded.doc_id
        if code_id not in first or order[doc_id] < order[first[code_id]]:
            first[code_id] = doc_id
    return {
        code_id: tuple(part for part in (order[doc_id][1], doc_id) if part)
        for code_id, doc_id in first.items()
    }
