"""The types of the method: frozen values, tuples inside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from qualcode.core.problems import Problem
from qualcode.core.value import value

Consent = Literal["", "ask", "no"]
Kind = Literal[
    "interview notes", "transcript", "minutes", "field notes", "questionnaire", "policy", "other"
]
Role = Literal["emergent", "applied", "context"]
Voice = Literal["verbatim", "paraphrase", "observer", "heading"]
Valence = Literal["obstacle", "catalyst", "mixed", "neutral"]
CodeValence = Literal["obstacle", "catalyst", "either"]
Form = Literal[
    "turn", "bullet", "paragraph", "item", "answer", "entry", "comment", "heading", "header"
]

KINDS: tuple[Kind, ...] = (
    "interview notes",
    "transcript",
    "minutes",
    "field notes",
    "questionnaire",
    "policy",
    "other",
)
ROLES: tuple[Role, ...] = ("emergent", "applied", "context")
CODE_VALENCES: tuple[CodeValence, ...] = ("obstacle", "catalyst", "either")

# Codes emerged from interviews and observed meetings, were then applied to
# questionnaires, and documents gave context only (Dudau et al. 2016).
DEFAULT_ROLES: dict[Kind, Role] = {
    "interview notes": "emergent",
    "transcript": "emergent",
    "minutes": "emergent",
    "field notes": "emergent",
    "questionnaire": "applied",
    "policy": "context",
    "other": "context",
}


@value(order=True)
class Span:
    """A half-open stretch of Unicode code points of a frozen text."""

    start: int
    end: int


@value()
class Line:
    """One line as a reader found it in the original.

    `number` counts from 1; `page` too, where the format has pages. `style` is what the
    format itself says of the line: "", "heading", "list" or "cell".
    """

    text: str
    number: int
    page: int | None = None
    style: str = ""


def with_text(line: Line, text: str) -> Line:
    """The line with other words; itself where they are the same (cheaper than `replace`)."""
    return line if line.text == text else Line(text, line.number, line.page, line.style)


@dataclass(frozen=True, slots=True)
class Cue:
    """One timed caption of a recording's transcript; times in seconds."""

    text: str
    speaker: str = ""
    start: float | None = None
    end: float | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet; `number` is its line or row in the original, from 1."""

    cells: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader took out of one source: lines, or cues, or rows.

    `facts` holds what the source says of itself in front matter, as plain text.
    `dropped` counts what was left out, by its name ("page footer").
    """

    reader: str
    lines: tuple[Line, ...] = ()
    cues: tuple[Cue, ...] = ()
    rows: tuple[Row, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()
    problems: tuple[Problem, ...] = ()


@value()
class Mark:
    """From this offset of the frozen text on, the original is at this line, page or time."""

    offset: int
    line: int | None = None
    page: int | None = None
    time: float | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody heard, with the case that they are; `is_told` where a correction brought them in."""

    id: str
    name: str
    case_id: str | None = None
    is_researcher: bool = False
    is_told: bool = False


@value()
class Unit:
    """A part that the document itself is made of: a turn, a bullet, an item, an answer.

    `ref` names it inside its document ("item 4.2"); `topic` is the guide question or
    heading under which it stands.
    """

    span: Span
    form: Form
    ref: str
    speaker_id: str | None = None
    topic: str = ""


@value()
class Passage:
    """A stretch of text with one voice; passages do not overlap and are in order."""

    span: Span
    voice: Voice


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person at one meeting, as its minutes list them."""

    name: str
    status: Literal["present", "in attendance", "apologies"]
    organisation: str = ""
    role: str = ""
    case_id: str | None = None


@dataclass(frozen=True, slots=True)
class Attribute:
    """One property of a case or a document."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text under study, frozen when it was taken in.

    `date` is ISO 8601 or "". `kind_reasons` say why the kind was recognised.
    """

    id: str
    text: str
    kind: Kind
    role: Role
    source_name: str
    source_hash: str
    text_hash: str
    reader: str
    date: str = ""
    title: str = ""
    speakers: tuple[Speaker, ...] = ()
    units: tuple[Unit, ...] = ()
    passages: tuple[Passage, ...] = ()
    marks: tuple[Mark, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    kind_reasons: tuple[str, ...] = ()
    dropped: tuple[tuple[str, int], ...] = ()


def without_text(document: Document) -> Document:
    """What is known of a document, without its text and everything that points into it."""
    return replace(document, text="", units=(), passages=(), marks=())


@value()
class Segment:
    """A stretch of text offered for coding; derived, so nothing ever points at one."""

    doc_id: str
    span: Span
    unit: Unit
    voice: Voice


@dataclass(frozen=True, slots=True)
class Case:
    """A person, an organisation or a site: what is compared."""

    id: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True)
class Lens:
    """A level at which an obstacle can be observed; lenses emerge too, so they are data."""

    id: str
    name: str
    definition: str = ""
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """A named idea of the codebook; its id never changes."""

    id: str
    name: str
    definition: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    valence: CodeValence = "either"
    lenses: tuple[str, ...] = ()
    parent: str | None = None
    kind: Literal["code", "category", "theme"] = "code"
    in_vivo: bool = False
    origin: str = ""
    merged_into: str | None = None
    split_into: tuple[str, ...] = ()
    retired: str = ""


@dataclass(frozen=True, slots=True)
class Pole:
    """One side of a pair: the analyst's wording, and the codes that ground it."""

    says: str
    code_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """An obstacle with the catalysts that answer it; either side may be missing.

    `lenses` say where the *obstacle* was observed, in the analyst's order.
    """

    id: str
    number: int
    obstacle: Pole | None
    catalysts: tuple[Pole, ...]
    lenses: tuple[str, ...] = ()
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Codebook:
    """Codes with the lenses and pairs that belong to them, in the analyst's order.

    `outcome` is what obstacles hinder and catalysts help ("collaboration"), or "".
    """

    name: str
    codes: tuple[Code, ...] = ()
    lenses: tuple[Lens, ...] = ()
    pairs: tuple[Pair, ...] = ()
    source: str = ""
    language: str = "en"
    version: int = 1
    outcome: str = ""


@value()
class Suggestion:
    """What the machine offers on one span: never a coding until a person says so.

    `score` ranks from 0.0 to 1.0; it is a probability only where the suggester says that it
    has learnt from codings. `key` is the same for the same text, code and suggester, so a
    rejected suggestion is not offered twice.
    """

    doc_id: str
    span: Span
    code_id: str
    valence: Valence
    lenses: tuple[str, ...]
    score: float
    why: str
    suggester: str
    key: str


@dataclass(frozen=True, slots=True)
class Coding:
    """One coder applying one code to one span of a frozen text: truth, made by a person.

    `quote` is the text at `span`, `was` that before an edit nobody has read yet; `meaning` is
    what the code meant then; `strength` is -2 to +2 (CFIR) or None; `confidence` is the coder's.
    """

    id: str
    doc_id: str
    span: Span
    quote: str
    code_id: str
    coder: str
    valence: Valence = "neutral"
    strength: int | None = None
    lenses: tuple[str, ...] = ()
    confidence: Literal["sure", "likely", "unsure", ""] = ""
    meaning: str = ""
    evidence: str = ""
    origin: str = "manual"
    at: str = ""
    codebook_version: int = 1
    was: str = ""


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file of a change, with its hash before and after; None stands for no file."""

    path: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody did, when and why, and which files it changed; undo reads it.

    `at` is ISO 8601 in UTC. `undoes` is the id of the decision that this one takes back.
    """

    id: str
    at: str
    coder: str
    action: str
    target: str = ""
    before: str = ""
    after: str = ""
    because: str = ""
    undoes: str | None = None
    files: tuple[FileChange, ...] = ()


@value()
class CodedSegment:
    """A segment with one code on it, and all that a table needs in order to count it.

    Made from a suggestion (`is_draft`) or from a coding. `participant` stands for whoever is
    heard, whether a known case or not; None where nobody is (minutes in the passive, the
    observer's own words). `where` is the place in the original; `consent` "" is a yes.
    """

    doc_id: str
    kind: Kind
    role: Role
    unit: str
    span: Span
    quote: str
    code_id: str
    valence: Valence
    lenses: tuple[str, ...]
    score: float
    why: str
    voice: Voice
    speaker: str
    case_id: str | None
    participant: str | None
    credit: str
    where: str
    is_draft: bool = True
    consent: Consent = ""
