"""The evidence behind each obstacle and catalyst, as the tables of pairs show it."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.core.methods import ECA, MethodProfile
from qualcode.core.model import (
    Codebook,
    CodedSegment,
    Kind,
    Pair,
    Pole,
    Role,
    Voice,
)
from qualcode.core.problems import Problem

MOST_QUOTES = 200
"""Quotations kept for each side of a row; the counts go on beyond them."""


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """One document as the tables see it.

    `words` counts the words of the frozen text; `speakers` are the names of everybody heard,
    `participants` their keys, researchers left out.
    """

    id: str
    source: str
    kind: Kind
    role: Role
    words: int
    segments: int
    suggestions: int
    date: str
    title: str
    speakers: tuple[str, ...]
    participants: tuple[str, ...]
    reasons: tuple[str, ...]
    dropped: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]

    @property
    def is_counted(self) -> bool:
        return self.role != "context"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind one claim.

    `by_kind` gives documents per kind, in the order of KINDS; `quotes` the strongest first,
    at most 200 of the `segments`.
    """

    by_kind: tuple[tuple[Kind, int], ...] = ()
    participants: int = 0
    segments: int = 0
    quotes: tuple[CodedSegment, ...] = ()

    @property
    def documents(self) -> int:
        return sum(n for _, n in self.by_kind)


@dataclass(frozen=True, slots=True)
class PoleEvidence:
    """One side of a row: what says so, what says otherwise, and the observer's own comments."""

    pole: Pole
    supporting: Evidence
    contrary: Evidence
    observed: Evidence

    @property
    def is_contested(self) -> bool:
        """Whether there is evidence both ways."""
        return bool(self.supporting.segments and self.contrary.segments)


@dataclass(frozen=True, slots=True)
class PairRow:
    """One row of the obstacle/catalyst table with the evidence behind it.

    `evidence` is that of the row as a whole: documents and participants that speak for the
    obstacle or for any catalyst, counted once.
    """

    pair: Pair
    lenses: tuple[str, ...]
    obstacle: PoleEvidence | None
    catalysts: tuple[PoleEvidence, ...]
    evidence: Evidence

    @property
    def poles(self) -> tuple[PoleEvidence, ...]:
        return (*((self.obstacle,) if self.obstacle else ()), *self.catalysts)

    @property
    def is_contested(self) -> bool:
        return any(pole.is_contested for pole in self.poles)

    @property
    def exemplar(self) -> CodedSegment | None:
        """The strongest quotation of the obstacle, else of the first catalyst that has one.

        Who does not want to be quoted is left out.
        """
        quotes = (one for pole in self.poles for one in pole.supporting.quotes)
        return next((one for one in quotes if one.consent != "no"), None)


@dataclass(frozen=True, slots=True)
class RollUp:
    """The whole table, and the N of everything that it counts.

    `counted` gives the number of documents per kind that count; `context` names the
    documents that do not. `suggestions` and `codings` say how many of each were counted;
    `edition` which version of the codebook it is and of when, in words. `unread` documents
    nobody has coded or reviewed while others were; they are in no N. `words` are those of the
    method.
    """

    codebook: Codebook
    rows: tuple[PairRow, ...]
    counted: tuple[tuple[Kind, int], ...]
    participants: int
    context: tuple[str, ...]
    suggestions: int
    codings: int
    edition: str = ""
    unread: int = 0
    words: MethodProfile = ECA

    @property
    def documents(self) -> int:
        return sum(n for _, n in self.counted)

    @property
    def is_draft(self) -> bool:
        return self.suggestions > 0 or self.codings == 0

    def total(self, kind: Kind) -> int:
        return dict(self.counted).get(kind, 0)


UNPAIRED = "unpaired-"
"""Begins the id of a row that stands for a code which no pair names."""


def quote_order(coded: CodedSegment) -> tuple[object, ...]:
    """Order of quotations: strongest, then somebody's own words, then short, then by place."""
    voice = _VOICES[coded.voice]
    return (-coded.score, voice, len(coded.quote), coded.doc_id, coded.span.start)


_VOICES: dict[Voice, int] = {"verbatim": 0, "paraphrase": 1, "observer": 2, "heading": 3}
