"""How often each code was given: documents, participants and segments, and where it came first."""

from __future__ import annotations

from qualcode.analysis.tables.columns import placed, positions
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
    import numpy as np

    ordered = sorted(ledger.documents, key=lambda one: (one.date == "", one.date, one.id))
    ranks = placed((one.id for one in ledger.documents), positions(one.id for one in ordered))
    first = np.full(len(ledger.codes), len(ordered))
    for part in ledger.parts:
        np.minimum.at(first, part.code, ranks[part.document])
    return {
        code.id: tuple(filter(None, (ordered[at].date, ordered[at].id)))
        for code, at in zip(ledger.codes, first, strict=True)
        if at < len(ordered)
    }
