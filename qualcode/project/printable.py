"""A study as it may be printed: without full names, and with what is to be held back known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from qualcode.analysis.cases import CaseBook, consent_of
from qualcode.analysis.consent import held_stretches
from qualcode.analysis.names import Names, told_by_case
from qualcode.analysis.pages.memos import Kept
from qualcode.core.table import Table
from qualcode.project.comparing import Coded
from qualcode.project.study import Study

NAMES_NOTE = (
    "Full names of known people are replaced by their case in brackets; initials, and names "
    "that qualcode does not know, may still stand in quotations."
)


def people_of(coded: Coded) -> Names:
    """The full names of the cases, and of whoever the minutes list."""
    return Names.of(coded.book, coded.documents, texts=[one.coded.quote for one in coded.incidents])


def without_full_names(coded: Coded, people: Names) -> Coded:
    """What was gathered, with quotations in which a case stands for every full name."""
    incidents = tuple(
        replace(one, coded=told_by_case(one.coded, people)) for one in coded.incidents
    )
    return replace(coded, incidents=incidents)


def table_without_names(table: Table, people: Names) -> Table:
    """The table with a case for every full name in its cells."""
    rows = tuple(
        tuple(tuple(people.hidden(line) for line in cell) for cell in row) for row in table.rows
    )
    return replace(table, rows=rows)


def with_names_note(table: Table, people: Names) -> Table:
    """The table with a note on names, where one was replaced in it."""
    shown = "\n".join(line for row in table.rows for cell in row for line in cell)
    is_replaced = any(instead in shown for instead in people.told.values())
    return replace(table, notes=(*table.notes, NAMES_NOTE)) if is_replaced else table


def kept_in(study: Study, book: CaseBook) -> tuple[tuple[str, ...], Callable[[str], Kept]]:
    """The documents in which something may have to be held back, and what it is in each.

    None where every case may be quoted, so that no document is read for nothing.
    """

    @cache
    def kept(doc_id: str) -> Kept:
        document = study.document(doc_id, book)
        return Kept.of(document.text, held_stretches(document, book))

    is_careful = any(consent_of(case) for case in book.cases)
    return study.document_ids() if is_careful else (), kept
