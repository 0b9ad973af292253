"""What a search found: passages with the words that fit, as a table."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.model import Span
from qualcode.core.problems import Problem
from qualcode.core.table import Column, Table
from qualcode.core.text import counted


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that fits: `source` is "document" or "memo", `id` says which.

    `span` is its place in the frozen text (or in the memo); `matches` are the places of the
    words that fit, inside `text`.
    """

    source: str
    id: str
    kind: str
    unit: str
    place: str
    voice: str
    speaker: str
    span: Span
    text: str
    matches: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The first hits, by document and place, and how many there are in all.

    Where it `has_more`, there are more than `n_hits`, in more texts.
    """

    hits: tuple[Hit, ...]
    n_hits: int
    n_texts: int
    problems: tuple[Problem, ...] = ()
    has_more: bool = False


AROUND = 90
"""Characters of a snippet on either side of the first word that fits."""


def snippet(hit: Hit) -> str:
    """The words around the first match, every match between asterisks as in Markdown."""
    first = hit.matches[0] if hit.matches else Span(0, 0)
    start, end = max(0, first.start - AROUND), min(len(hit.text), first.end + AROUND)
    if start:
        start = hit.text.find(" ", start, first.start) + 1 or start
    if end < len(hit.text):
        cut = hit.text.rfind(" ", first.end, end)
        end = cut if cut > 0 else end
    parts, at = ["... " if start else ""], start
    for match in hit.matches:
        if start <= match.start and match.end <= end:
            parts += [hit.text[at : match.start], f"*{hit.text[match.start : match.end]}*"]
            at = match.end
    parts += [hit.text[at:end], " ..." if end < len(hit.text) else ""]
    return " ".join("".join(parts).split())


def search_table(found: Found, query: str) -> Table:
    """One row per hit: where it stands, who speaks in which voice, and the words around it."""
    columns = (
        Column("source", "Source"),
        Column("unit", "Unit"),
        Column("where", "In the original"),
        Column("voice", "Voice"),
        Column("speaker", "Speaker"),
        Column("snippet", "Words"),
    )
    rows = tuple(
        (
            (hit.id,),
            (hit.unit,),
            (hit.place or "-",),
            (hit.voice,),
            (hit.speaker or "-",),
            (snippet(hit),),
        )
        for hit in found.hits
    )
    total = f"{counted(found.n_hits, 'passage')} in {counted(found.n_texts, 'document or memo')}"
    if found.n_texts != 1:
        total = f"{counted(found.n_hits, 'passage')} in {found.n_texts} documents and memos"
    if found.has_more:
        total = f"More than {counted(found.n_hits, 'passage')}"
    shown = f"; the first {len(rows)} are shown (--limit)" if len(rows) < found.n_hits else ""
    return Table("hits", f"Search: {query}", columns, rows, (f"{total}{shown}.",))
