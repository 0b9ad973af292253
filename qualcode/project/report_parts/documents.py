"""The documents of a report: their text with the codings beside it."""

from __future__ import annotations

from collections.abc import Callable

from qualcode.analysis.cases import participant_key
from qualcode.analysis.pages.marked import Reading, blocks_of, notes_of
from qualcode.analysis.pages.values import DocumentPage
from qualcode.core.model import Document, Unit
from qualcode.project.report_parts.basis import Basis

_NOBODY = ("heading", "header", "comment")
"""Forms of units in which nobody is heard."""


def document_pages(basis: Basis) -> tuple[DocumentPage, ...]:
    """A page for every document with codings, by id."""
    return tuple(_page(basis, document) for document in basis.documents)


def _page(basis: Basis, document: Document) -> DocumentPage:
    incidents = basis.by_document[document.id]
    notes = notes_of(incidents, basis.quoting.numbers, basis.names)
    reading = Reading(notes, _speakers(document), _withheld(basis, document))
    blocks = tuple(blocks_of(document, reading))
    return DocumentPage(
        document=document,
        blocks=blocks,
        memos=basis.memos_about(f"document:{document.id}"),
        n_notes=len(notes),
        held_back=sum(reading.is_withheld(unit) for unit in document.units),
    )


def _speakers(document: Document) -> Callable[[Unit], str]:
    """Says who speaks in a unit: the case, "researcher", or the document's own label."""
    speakers = {speaker.id: speaker for speaker in document.speakers}

    def told(unit: Unit) -> str:
        speaker = speakers.get(unit.speaker_id or "")
        if speaker is None or unit.form in _NOBODY:
            return ""
        return "researcher" if speaker.is_researcher else speaker.case_id or speaker.id

    return told


def _withheld(basis: Basis, document: Document) -> Callable[[Unit], bool]:
    """Tells whether whoever speaks in a unit is not to be quoted."""
    speakers = {speaker.id: speaker for speaker in document.speakers}

    def withheld(unit: Unit) -> bool:
        key = participant_key(document, speakers.get(unit.speaker_id or ""))
        return basis.quoting.consent.get(key or "") == "no"

    return withheld
