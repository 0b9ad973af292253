"""A document cut into blocks and pieces, so that its codings can stand beside its text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.names import without_names
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
    """How a document is shown: its notes, and who is meant by a speaker.

    `held` are stretches that may not be printed, by place and apart from each other; `names`
    are full names with what is printed instead, by place.
    """

    notes: Sequence[tuple[Span, Note]]
    speaker: Callable[[Unit], str]
    held: Sequence[Span] = ()
    names: Sequence[tuple[Span, str]] = ()


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
    pieces, notes = _pieces(document.text, span, reading)
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
    pieces, notes = _pieces(document.text, unit.span, reading)
    return Block(unit.ref, reading.speaker(unit), unit.form, pieces, notes)


def _pieces(text: str, span: Span, reading: Reading) -> tuple[tuple[Piece, ...], tuple[Note, ...]]:
    """A stretch of text cut wherever a coding begins or ends, and the notes that begin in it."""
    here = [(one, n) for one, n in reading.notes if _touch(one, span)]
    held = [one for one in reading.held if _touch(one, span)]
    edges = {span.start, span.end}
    for one in (*held, *(one for one, _ in here)):
        edges.update(edge for edge in (one.start, one.end) if span.start < edge < span.end)
    pieces = []
    for start, end in pairwise(sorted(edges)):
        over = tuple(n for one, n in here if one.start < end and one.end > start)
        opens = tuple(n for one, n in here if one.start == start)
        secret = next((one for one in held if one.start <= start < one.end), None)
        if secret is None:
            words = without_names(text, Span(start, end), reading.names)
            pieces.append(Piece(words, over, opens))
        else:
            pieces.append(Piece(_instead(text, secret, span, start), (), opens))
    begun = tuple(n for one, n in here if span.start <= one.start < span.end)
    return tuple(piece for piece in pieces if piece.text or piece.opens), begun


def _instead(text: str, secret: Span, span: Span, at: int) -> str:
    """What stands for words that may not be printed, once where they begin."""
    start, end = max(secret.start, span.start), min(secret.end, span.end)
    if at != start:
        return ""
    held = text[start:end]
    space = held[len(held.rstrip()) :]
    return f"[{counted(count_words(held), 'word')} of somebody who is not to be quoted]{space}"


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and one.end > other.start
