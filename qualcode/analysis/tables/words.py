"""What every table says in the same way: n of N, and the notes on what is counted."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.analysis.pair_tables import counted, counted_kind
from qualcode.analysis.tables.columns import CountedAt
from qualcode.analysis.tables.ledger import Ledger
from qualcode.core.table import Cell, Column, Table

LEAST_FOR_PERCENT = 20
"""N below which a percentage says more than anybody knows."""


def of(n: int, whole: int) -> str:
    """A number out of all; with a percentage from 20 on.

    >>> of(5, 8), of(5, 40)
    ('5 of 8', '5 of 40 (12 %)')
    """
    if whole < LEAST_FOR_PERCENT:
        return f"{n:,} of {whole:,}"
    return f"{n:,} of {whole:,} ({100 * n / whole:.0f} %)"


def basis(ledger: Ledger) -> tuple[str, ...]:
    """The notes below every table: N by kind, what is not counted, codebook, draft or reviewed."""
    return (_sample(ledger), _left_out(ledger), _codebook(ledger), _standing(ledger))


def _sample(ledger: Ledger) -> str:
    kinds = ", ".join(counted_kind(n, kind) for kind, n in ledger.by_kind) or "no documents"
    unread = ledger.aside.unread
    more = f"; {counted(unread, 'document')} not read yet and left out" if unread else ""
    people = counted(len(ledger.participants), "participant")
    return f"N = {kinds}; {people} heard{more}."


def _left_out(ledger: Ledger) -> str:
    aside = ledger.aside
    context = ", ".join(aside.context) or "none"
    observed = counted(aside.observed, "coded passage")
    unknown = (
        f"; {counted(aside.unknown, 'coded passage')} with unknown codes" if aside.unknown else ""
    )
    return (
        f"Not counted: the observer's comments and interviewers' turns ({observed}), and documents "
        f"that give context only: {context}{unknown}."
    )


def _codebook(ledger: Ledger) -> str:
    return f"Codebook: {ledger.codebook.name}, version {ledger.codebook.version}."


def _standing(ledger: Ledger) -> str:
    """Whether the table rests on suggestions, on codings, or on both.

    Coders who gave a code with one valence to the same words share one coded passage.
    """
    n = sum(int(part.made.sum()) for part in ledger.given)
    offered = [part.document[part.made == 0] for part in ledger.given]
    n_offered = sum(map(len, offered))
    if not n_offered:
        groups = {at for part in ledger.given for at in set(part.coders.tolist())}
        who = ", ".join(sorted({one for at in groups for one in ledger.coders[at]})) or "nobody"
        n_made = sum(map(len, ledger.given))
        shared = f"; {counted(n_made, 'coded passage')}" if n_made != n else ""
        return f"Reviewed: {counted(n, 'coding')} by {who}{shared}."
    places = counted(sum(len(set(part.tolist())) for part in offered), "document")
    return (
        f"DRAFT: {counted(n_offered, 'suggestion')} in {places} that nobody has coded; "
        f"{counted(n, 'coding')} by people."
    )


def unit_note(unit: CountedAt) -> str:
    """What a number counts, in one sentence."""
    return {
        "segment": "Numbers are segments: spans of a code that overlap count once.",
        "turn": "Numbers are turns (bullets, items, answers), each once per code.",
        "document": "Numbers are documents, each once per code.",
        "participant": "Numbers are participants, each once per code; what nobody in particular "
        "says is not among them.",
    }[unit]


def table_of(
    ledger: Ledger,
    name: str,
    caption: str,
    body: tuple[Sequence[Column], Sequence[tuple[Cell, ...]]],
    *,
    notes: Sequence[str] = (),
) -> Table:
    """A table of columns and rows with its own notes, then those below every table."""
    if ledger.has_categories:
        notes = (*notes, "A category counts what the codes below it carry.")
    marked = f"DRAFT. {caption}" if ledger.is_draft else caption
    columns, rows = body
    return Table(name, marked, tuple(columns), tuple(rows), (*notes, *basis(ledger)))
