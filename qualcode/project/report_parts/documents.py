"""The documents of a report: their text with the codings beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qualcode.analysis.consent import consent_at, held_stretches, spans_of
from qualcode.analysis.names import Names
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
    stretches = held_stretches(document, basis.coded.book)
    held = spans_of(stretches, "no")
    names = tuple(basis.people.found(document.text))
    told = _speakers(document, basis.people)

    def speaker(unit: Unit) -> str:
        must_ask = consent_at(stretches, unit.span) == "ask"
        return "; ".join(part for part in (told(unit), "ask before printing" * must_ask) if part)

    reading = Reading(notes, speaker, held, names)
    return DocumentPage(
        document=replace(document, title=basis.people.hidden(document.title)),
        blocks=tuple(blocks_of(document, reading)),
        memos=basis.memos_about(f"document:{document.id}"),
        n_notes=len(notes),
        held_back=len(held),
    )


def _speakers(document: Document, people: Names) -> Callable[[Unit], str]:
    """Says who speaks in a unit: the case, "researcher", or the document's own label.

    A label that is a full name is told as "speaker 2", by the order in which they are listed.
    """
    speakers = {speaker.id: speaker for speaker in document.speakers}
    heard = [speaker.id for speaker in document.speakers if not speaker.is_researcher]

    def told(unit: Unit) -> str:
        speaker = speakers.get(unit.speaker_id or "")
        if speaker is None or unit.form in _NOBODY:
            return ""
        if speaker.is_researcher:
            return "researcher"
        if speaker.case_id is None and (_is_name(speaker.id) or people.hides(speaker.id)):
            return f"speaker {heard.index(speaker.id) + 1}"
        return speaker.case_id or speaker.id

    return told


def _is_name(label: str) -> bool:
    """Whether a speaker's label looks like a full name: two words or more, all with capitals."""
    words = label.partition("(")[0].replace(".", " ").split()
    return len(words) > 1 and all(word[:1].isupper() and word.isalpha() for word in words)
