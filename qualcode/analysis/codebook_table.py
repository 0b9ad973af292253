"""The codebook as a table: to read in an appendix, and in full as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.pair_tables import counted
from qualcode.core.codebook import is_in_use
from qualcode.core.codebook_changes import state_of
from qualcode.core.methods import ECA, MethodProfile
from qualcode.core.model import Code, Codebook
from qualcode.core.table import Cell, Column, Table
from qualcode.core.text import spoken_date


@dataclass(frozen=True, slots=True)
class CodeFound:
    """What was found with one code: segments, documents, and codings of all coders."""

    segments: int = 0
    documents: int = 0
    codings: int = 0


@dataclass(frozen=True, slots=True)
class CodeLife:
    """When a code was born, and when it came to mean what it means now, as versions.

    None where it is not kept in a version yet. `at` is ISO 8601 or "".
    """

    born: int | None = None
    at: str = ""
    because: str = ""
    meaning: int | None = None


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What a study knows of its codes, by their ids; `documents` is the N of the counts."""

    found: Mapping[str, CodeFound] = field(default_factory=dict)
    lives: Mapping[str, CodeLife] = field(default_factory=dict)
    documents: int = 0

    def of(self, code: Code) -> tuple[CodeFound, CodeLife]:
        """Counts and life of one code; nothing found where it is not known."""
        return self.found.get(code.id, CodeFound()), self.lives.get(code.id, CodeLife())


def count_codes(incidents: Iterable[Incident]) -> dict[str, CodeFound]:
    """Segments and documents for each code; the observer's own comments are not counted."""
    places: dict[str, set[tuple[str, int, int]]] = {}
    coders: dict[str, int] = {}
    for one in incidents:
        if one.coded.voice != "observer":
            places.setdefault(one.coded.code_id, set()).add(one.place)
            coders[one.coded.code_id] = coders.get(one.coded.code_id, 0) + len(one.coders)
    return {
        code_id: CodeFound(len(held), len({place[0] for place in held}), coders[code_id])
        for code_id, held in places.items()
    }


def outline(codebook: Codebook) -> tuple[tuple[str, Code], ...]:
    """Every code with its number in the hierarchy ("2.1"), each below the code above it.

    Codes on one level are in the order of the codebook; what has no parent in the codebook,
    or runs in a circle, stands at the top.

    >>> codes = (Code("a", "A", parent="b"), Code("b", "B"), Code("c", "C"))
    >>> [(number, code.id) for number, code in outline(Codebook("Mine", codes))]
    [('1', 'b'), ('1.1', 'a'), ('2', 'c')]
    """
    below: dict[str, list[Code]] = {}
    for code in codebook.codes:
        below.setdefault(_parent(codebook, code), []).append(code)
    return tuple(_numbered(below, "", ""))


def _parent(codebook: Codebook, code: Code) -> str:
    """The code above, or "" at the top and where the way up leads back to the code."""
    parents = {one.id: one.parent for one in codebook.codes}
    at = code.parent
    for _ in codebook.codes:
        if at is None or at not in parents:
            return code.parent if code.parent in parents and at is None else ""
        at = parents[at]
    return ""


def _numbered(
    below: Mapping[str, list[Code]], parent: str, prefix: str
) -> Iterator[tuple[str, Code]]:
    for place, code in enumerate(below.get(parent, ()), start=1):
        number = f"{prefix}{place}"
        yield number, code
        yield from _numbered(below, code.id, f"{number}.")


def codebook_table(
    codebook: Codebook, facts: CodeFacts | None = None, words: MethodProfile = ECA
) -> Table:
    """The codebook to read: codes in use in their hierarchy, with what was found and when born.

    Where no birth is known, there is no column for it.
    """
    known = facts or CodeFacts()
    columns = (
        Column("level", "No."),
        Column("code", "Code"),
        Column("definition", "Definition"),
        Column("include", "Include"),
        Column("exclude", "Exclude"),
        Column("examples", "Examples"),
        Column("found", "Found in"),
        Column("born", "Born"),
    )
    rows = tuple(_row(number, code, known) for number, code in outline(codebook) if is_in_use(code))
    caption = f"{words.title('codebook')}: {codebook.name}"
    return Table("codebook", caption, columns, rows, _notes(codebook, known, words))


def _row(number: str, code: Code, facts: CodeFacts) -> tuple[Cell, ...]:
    found, life = facts.of(code)
    name = (code.name, f"({code.kind})") if code.kind != "code" else (code.name,)
    return (
        (number,),
        (*name, f"[{code.id}]"),
        (code.definition or "-",),
        code.include or ("-",),
        code.exclude or ("-",),
        tuple(f"“{example}”" for example in code.examples) or ("-",),
        (
            f"documents {found.documents}/{facts.documents}",
            counted(found.segments, "segment"),
        ),
        born_lines(code, life),
    )


def born_lines(code: Code, life: CodeLife) -> Cell:
    """When, from what and why a code was born, line by line; "-" where nothing is known."""
    if life.born is None:
        return (code.origin or "-",)
    when = f", {spoken_date(life.at[:10])}" if life.at else ""
    lines = [f"version {life.born}{when}"]
    if life.meaning is not None and life.meaning != life.born:
        lines.append(f"meaning of version {life.meaning}")
    lines.extend(words for words in (code.origin, life.because) if words)
    return tuple(lines)


def _notes(codebook: Codebook, facts: CodeFacts, words: MethodProfile) -> tuple[str, ...]:
    gone = [code for code in codebook.codes if not is_in_use(code)]
    source = f" ({codebook.source})" if codebook.source else ""
    notes = [
        f"{counted(len(codebook.codes) - len(gone), 'code')} in use; "
        f"{words.word('codebook')} version {codebook.version}{source}.",
        f"n/N counts documents in which the code was given, out of {facts.documents} that "
        "count; context documents and the observer's own comments are not counted.",
    ]
    if gone:
        told = "; ".join(f"{code.name}: {state_of(code)}" for code in gone)
        notes.append(f"No longer in use: {told}.")
    return tuple(notes)


_DATA = (
    *(("id", "Id"), ("level", "No."), ("name", "Name"), ("definition", "Definition")),
    *(("include", "Include"), ("exclude", "Exclude"), ("examples", "Examples")),
    *(("cues", "Cues"), ("valence", "Valence"), ("lenses", "Lenses"), ("parent", "Under")),
    *(("kind", "Kind"), ("in_vivo", "In vivo"), ("origin", "Origin"), ("state", "State")),
)
_COUNTS = (
    *(("codings", "Codings"), ("segments", "Segments"), ("documents", "Documents")),
    *(("born", "Born in version"), ("born_at", "Born on"), ("version", "Meaning of version")),
)


def codebook_data(
    codebook: Codebook, facts: CodeFacts | None = None, words: MethodProfile = ECA
) -> Table:
    """One row per code with all that it says, in the order of the file; lists are lines."""
    known = facts or CodeFacts()
    numbers = {code.id: number for number, code in outline(codebook)}
    columns = (
        *(Column(key, title) for key, title in _DATA),
        *(Column(k, title, k if k in _COUNTED else "") for k, title in _COUNTS),
    )
    rows = tuple((*_said(code, numbers[code.id]), *_counts(code, known)) for code in codebook.codes)
    return Table("codes", codebook.name, columns, rows, _notes(codebook, known, words))


_COUNTED = ("codings", "segments", "documents")


def _said(code: Code, number: str) -> tuple[Cell, ...]:
    return (
        (code.id,),
        (number,),
        (code.name,),
        (code.definition,),
        code.include or ("",),
        code.exclude or ("",),
        code.examples or ("",),
        code.cues or ("",),
        (code.valence,),
        code.lenses or ("",),
        (code.parent or "",),
        (code.kind,),
        ("yes" if code.in_vivo else "no",),
        (code.origin,),
        (state_of(code),),
    )


def _counts(code: Code, facts: CodeFacts) -> tuple[Cell, ...]:
    found, life = facts.of(code)
    versions = [str(one) if one is not None else "" for one in (life.born, life.meaning)]
    return (
        (str(found.codings),),
        (str(found.segments),),
        (str(found.documents),),
        (versions[0],),
        (life.at[:10],),
        (versions[1],),
    )
