"""The protocol: what is asked of each document, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.core.model import Document

MOST_NAMED = 8
"""People or topics named in what a document says of itself."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked of documents; of every kind where `kinds` is empty."""

    id: str
    question: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Protocol:
    """The items, in order; `version` counts their changes."""

    version: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a coder found; `coder` is "" where the document itself says it."""

    item: str
    text: str
    coder: str = ""
    at: str = ""
    version: int = 1

    @property
    def is_prefilled(self) -> bool:
        """Whether it comes from the document and nobody has looked at it."""
        return not self.coder


# Altheide's protocol begins with what every document can be asked (Altheide 1996, step 4).
DEFAULT_ITEMS = (
    Item("date", "When was it said, written or observed?"),
    Item("who", "Who speaks, writes or is observed?"),
    Item("where", "Where was it?"),
    Item("topic", "What is it about?"),
    Item("frame", "How is the matter framed: as whose problem, of what sort?"),
)


def items_for(protocol: Protocol, document: Document) -> tuple[Item, ...]:
    """The items that are asked of this document."""
    return tuple(i for i in protocol.items if not i.kinds or document.kind in i.kinds)


def prefilled(item: Item, document: Document) -> str:
    """What the document itself says to an item (date, who, where, topic), or ""."""
    match item.id:
        case "date":
            return document.date
        case "who":
            heard = [s.name for s in document.speakers if not s.is_researcher]
            present = [a.name for a in document.attendance if a.status != "apologies"]
            return _listed(heard or present)
        case "where":
            places = [a.value for a in document.attributes if a.key in ("place", "site")]
            return _listed(places)
        case "topic":
            topics = [unit.topic for unit in document.units if unit.topic]
            return _listed(topics) or document.title
        case _:
            return ""


def _listed(words: Sequence[str]) -> str:
    names = list(dict.fromkeys(words))
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return "; ".join(names[:MOST_NAMED]) + more


def answered(
    protocol: Protocol, document: Document, answers: Sequence[Answer]
) -> tuple[tuple[Item, tuple[Answer, ...]], ...]:
    """Every item asked of a document with its answers; what it says itself where nobody spoke."""
    rows = []
    for item in items_for(protocol, document):
        given = tuple(a for a in answers if a.item == item.id)
        said = prefilled(item, document)
        if not given and said:
            given = (Answer(item.id, said),)
        rows.append((item, given))
    return tuple(rows)
