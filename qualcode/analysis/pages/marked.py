"""A document cut into blocks and pieces, so that its codings can stand beside its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.pages.values import Block, Note, Piece
from qualcode.analysis.pair_tables import counted
from qualcode.core.model import Document, Span, Unit
from qualcode.core.text import count_words

Key = tuple[str, int, int, str, str]
"""What tells one note from another: document, place, code and valence."""
_LABEL = 8
"""Words of a speaker's label at most."""


def key_of(incident: Incident) -> Key:
    """The key of an incident."""
    coded = incident.coded
    return (*incident.place, coded.code_id, coded.valence)


def number_notes(incidents: Sequence[Incident]) -> dict[Key, int]:
    """The number of every incident in its document, from 1, by place."""
    found: dict[Key, int] = {}
    last: dict[str, int] = {}
    for incident in sorted(incidents, key=key_of):
        doc_id = incident.coded.doc_id
        if key_of(incident) not in found:
            last[doc_id] = found[key_of(incident)] = last.get(doc_id, 0) + 1
    return found


def notes_of(
    incidents: Sequence[Incident], numbers: Mapping[Key, int], names: Mapping[str, str]
) -> list[tuple[Span, Note]]:
    """The notes of one document with the spans to which they belong, by number."""
    held = [
        (
            one.coded.span,
            Note(
                number=numbers[key_of(one)],
                code_id=one.coded.code_id,
                code=names.get(one.coded.code_id, one.coded.code_id),
                valence=one.coded.valence,
                coders=one.coders,
                strength=one.strength,
                is_counted=one.coded.role != "context" and one.coded.voice != "observer",
                is_draft=one.coded.is_draft,
            ),
        )
        for one in incidents
    ]
    return sorted(held, key=lambda pair: pair[1].number)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a document is shown: its notes, who is meant by a speaker, whose words are withheld."""

    notes: Sequence[tuple[Span, Note]]
    speaker: Callable[[Unit], str]
    is_withheld: Callable[[Unit], bool]


def blocks_of(document: Document, reading: Reading) -> Iterator[Block]:
    """The whole text in blocks, in order: a block per unit, and what stands between units."""
    at = 0
    for unit in sorted(document.units, key=lambda one: one.span):
        if unit.span.start < at:
            continue
        yield from _between(document, Span(at, unit.span.start), reading)
        yield _block(document, unit, reading)
        at = unit.span.end
    yield from _between(document, Span(at, len(document.text)), reading)


def _between(document: Document, span: Span, reading: Reading) -> Iterator[Block]:
    """What stands outside of all units, where it has words or notes.

    Numbers of headings and labels of speakers are left out: the blocks say them.
    """
    span = _stripped(document.text, span)
    pieces, notes = _pieces(document.text, span, reading.notes)
    words = document.text[span.start : span.end]
    if notes or (any(map(str.isalpha, words)) and not _is_label(document, words)):
        yield Block("", "", "between", pieces, notes)


def _stripped(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.end - len(words.lstrip()) if words.strip() else span.start
    return Span(start, start + len(words.strip())) if words.strip() else span


def _is_label(document: Document, words: str) -> bool:
    """Whether the words say no more than who speaks next, which the block says itself."""
    if count_words(words) > _LABEL:
        return False
    return any(one.name and one.name.casefold() in words.casefold() for one in document.speakers)


def _block(document: Document, unit: Unit, reading: Reading) -> Block:
    pieces, notes = _pieces(document.text, unit.span, reading.notes)
    if reading.is_withheld(unit):
        words = counted(count_words(document.text[unit.span.start : unit.span.end]), "word")
        pieces = (Piece(f"[{words} of somebody who is not to be quoted]"),)
    return Block(unit.ref, reading.speaker(unit), unit.form, pieces, notes)


def _pieces(
    text: str, span: Span, notes: Sequence[tuple[Span, Note]]
) -> tuple[tuple[Piece, ...], tuple[Note, ...]]:
    """A stretch of text cut wherever a coding begins or ends, and the notes that begin in it."""
    here = [(one, n) for one, n in notes if one.start < span.end and one.end > span.start]
    edges = {span.start, span.end}
    for one, _ in here:
        edges.update(edge for edge in (one.start, one.end) if span.start < edge < span.end)
    cuts = sorted(edges)
    pieces = []
    for start, end in pairwise(cuts):
        over = tuple(n for one, n in here if one.start < end and one.end > start)
        opens = tuple(n for one, n in here if one.start == start)
        pieces.append(Piece(text[start:end], over, opens))
    begun = tuple(n for one, n in here if span.start <= one.start < span.end)
    return tuple(pieces), begun
