"""What a report says, before it is a page of HTML or a Word document."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.analysis.charts.values import Chart
from qualcode.core.memos import Memo
from qualcode.core.model import Code, Document, Valence
from qualcode.core.table import Table

NAMES_TOLD = (
    "Quotations are credited to roles. In texts and quotations the case in brackets ([P07]) stands "
    "for the names of known people, and [name] for other full names in lists of attendance. "
    "Initials, names that qualcode does not know, and roles may still tell who somebody is: read "
    "this before you pass it on."
)
"""What a report says of names."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A quotation as a report shows it: its words, and those around it in its sentence.

    `credit` ends with whose words they are. `note` is its number among the codings of its
    document, 0 where it has none. `edge` says what it is an example of ("most typical").
    """

    quote: str
    before: str
    after: str
    credit: str
    valence: Valence
    kind: str
    doc_id: str
    place: str
    is_verbatim: bool
    note: int = 0
    edge: str = ""
    must_ask: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind one side of a row in one direction; `shown` may be fewer than all."""

    title: str
    segments: int
    documents: int
    shown: tuple[Shown, ...]
    held_back: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row: "Obstacle" or "Catalyst", the wording, and its evidence."""

    side: str
    says: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the pair table with everything behind it."""

    id: str
    number: int
    condition: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class CodePage:
    """One code: counts in words, memos, and quotations at its centre and edges."""

    number: str
    code: Code
    counts: tuple[str, ...]
    memos: tuple[Memo, ...]
    surprises: tuple[Memo, ...]
    quotes: tuple[Shown, ...]
    held_back: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """A coding in the margin: its number in the document, what was coded, and by whom."""

    number: int
    code_id: str
    code: str
    valence: Valence
    coders: tuple[str, ...]
    strength: int | None = None
    is_counted: bool = True
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same codings; `opens` are notes that begin with it."""

    text: str
    notes: tuple[Note, ...] = ()
    opens: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a document: who speaks where, its pieces, and the notes beside it."""

    label: str
    speaker: str
    form: str
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A document with its codings beside the text."""

    document: Document
    blocks: tuple[Block, ...]
    memos: tuple[Memo, ...]
    n_notes: int
    held_back: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report says.

    `facts` are what identifies it: codebook version, content, date. `left_out` says what the
    method has no place for. `language` is that of the documents, as a two-letter code.
    """

    title: str
    question: str
    method: str
    left_out: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    draft: str
    sample: tuple[Table, ...]
    pairs: Table
    rows: tuple[Row, ...]
    codes: tuple[CodePage, ...]
    matrices: tuple[Table, ...]
    charts: tuple[Chart, ...]
    documents: tuple[DocumentPage, ...]
    memos: tuple[Memo, ...]
    language: str = "en"
