"""Taking in coded material: a table of units with codes becomes documents and codings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from qualcode.analysis.find_span import find_place
from qualcode.analysis.freeze import Piece, freeze
from qualcode.analysis.review_queue import uncoded_key
from qualcode.analysis.segment import UNITS
from qualcode.analysis.unit_table import (
    CodedUnit,
    Columns,
    choose_columns,
    read_units,
    same_units,
    unknown_codes,
    unused,
)
from qualcode.core.code_words import ABOVE, codes_meant, several_codes
from qualcode.core.codebook import codes_by_id
from qualcode.core.model import (
    DEFAULT_ROLES,
    KINDS,
    Code,
    Document,
    Kind,
    Line,
    Role,
    Span,
    Speaker,
)
from qualcode.core.problems import P, Problem, ProblemKind, QualcodeError, problem
from qualcode.core.text import content_hash
from qualcode.project.coding import Coded, Desk, Given, given_from, usable_code
from qualcode.project.in_vivo import id_from
from qualcode.project.sheets import read_rows
from qualcode.project.sources import safe_name
from qualcode.project.study import Study
from qualcode.project.verdicts import Verdicts
from qualcode.store.document_files import document_files, load_facts

MOST_TOLD = 8
"""Units in several rows whose rows are named."""

Unit = tuple[CodedUnit, ...]
"""The rows of one unit."""
Meant = Mapping[str, Code | Problem]
"""The code that each word of the table means, or why that is not clear."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a table of units is taken in; `kind` is that of the documents made of it."""

    coder: str
    columns: Columns = field(default_factory=Columns)
    separator: str = ""
    add_codes: bool = False
    kind: str = "other"


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What became of a table: documents made, codes made, units without a code, codings.

    `unused` are the headings of the columns that nothing was taken from.
    """

    documents: tuple[str, ...]
    codes: tuple[Code, ...]
    uncoded: int
    coded: Coded
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """A table as it was read: its units, the rows with codes and no words, columns not used."""

    units: tuple[Unit, ...]
    wordless: tuple[CodedUnit, ...]
    unused: tuple[str, ...]


def import_units(study: Study, path: Path, asked: Asked) -> TakenIn:
    """Takes in a table of coded units, in one step of undo.

    Each value of the column of documents is a document; the units of one that the study does
    not have become its text, one unit a segment. In a document that is there already, units
    are found by their words. Rows with the same words are one unit. A unit without a code
    counts as examined and left uncoded. Rows that cannot be used are reported, each by line.

    Raises:
        QualcodeError: BAD_TABLE, UNREADABLE_FILE, NO_COLUMN, NO_UNITS, UNKNOWN_CODES,
            UNKNOWN_WORD for the kind; nothing is changed then.
    """
    kind = _kind(asked.kind)
    table = _read(path, asked)
    desk = Desk.of(study, asked.coder)
    before = codes_by_id(desk.codebook)
    codes = _codes(desk, table.units, path.name, add=asked.add_codes)
    intake = _Intake(desk, path, kind, codes, Verdicts(desk))
    problems = list(_row_problems(table, path))
    for name, held in _by_document(table.units, path).items():
        problems.extend(intake.take(name, held))
    intake.verdicts.write()
    desk.commit("import units", target=path.name)
    return TakenIn(
        tuple(intake.made),
        tuple(code for code in desk.codebook.codes if code.id not in before),
        sum(not any(row.codes for row in unit) for unit in table.units),
        Coded.by(desk, problems),
        table.unused,
    )


def _kind(asked: str) -> Kind:
    for kind in KINDS:
        if kind == asked.strip().casefold():
            return kind
    raise QualcodeError(
        problem(P.UNKNOWN_WORD, key="--kind", found=asked, allowed=", ".join(KINDS), hint="")
    )


def _read(path: Path, asked: Asked) -> _Read:
    header, *table = read_rows(path, unusable=P.BAD_TABLE)
    headings = [" ".join(cell.split()) for cell in header.cells]
    keys = [heading.casefold() for heading in headings]
    rows = [(row.number, dict(zip(keys, row.cells, strict=False))) for row in table]
    try:
        columns = choose_columns(headings, rows, asked.columns)
    except QualcodeError as error:
        raise QualcodeError(*(replace(one, path=str(path)) for one in error.problems)) from None
    read = tuple(read_units(rows, columns, separator=asked.separator, headings=headings))
    units = same_units(row for row in read if row.text)
    if not units:
        raise QualcodeError(problem(P.NO_UNITS, path=str(path), heading=columns.text))
    wordless = tuple(row for row in read if not row.text)
    return _Read(units, wordless, unused(headings, columns))


def _row_problems(table: _Read, path: Path) -> Iterator[Problem]:
    """The rows without words, and those that are one unit."""
    for row in table.wordless:
        reason = "it has a code, but no words"
        yield problem(P.BAD_TABLE_ROW, path=str(path), line=row.number, reason=reason)
    several = [unit for unit in table.units if len(unit) > 1]
    if several:
        told = [" and ".join(str(row.number) for row in unit) for unit in several[:MOST_TOLD]]
        more = len(several) - MOST_TOLD
        rows = "; ".join([*told, *([f"and {more} more"] if more > 0 else [])])
        yield problem(P.SAME_UNITS, path=str(path), n=len(several), rows=rows)


def _by_document(units: Sequence[Unit], path: Path) -> dict[str, list[Unit]]:
    """The units under the name of their document, as the table writes it first."""
    names: dict[str, str] = {}
    held: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        name = unit[0].document or path.stem
        held[names.setdefault(name.casefold(), name)].append(unit)
    return dict(held)


def _codes(desk: Desk, units: Sequence[Unit], origin: str, *, add: bool) -> Meant:
    """The code that each word of the table means; those that are new go onto the desk.

    Raises:
        QualcodeError: UNKNOWN_CODES, unless they are to be added.
    """
    uses = Counter(word for unit in units for row in unit for word in row.codes)
    known = codes_meant(desk.codebook, uses)
    found = {word: _only(word, meant) for word, meant in known.items() if meant}
    missing = {word: n for word, n in uses.items() if word not in found}
    if missing and not add:
        raise QualcodeError(unknown_codes(missing))
    for word in sorted(missing, key=lambda word: (word.count(ABOVE), word.casefold())):
        above = found.get(word.rpartition(ABOVE)[0])
        found[word] = above if isinstance(above, Problem) else _new_code(desk, word, origin)
    return found


def _only(word: str, meant: Sequence[Code]) -> Code | Problem:
    """The code that is meant, where it is one."""
    return meant[0] if len(meant) == 1 else several_codes(word, meant)


def _new_code(desk: Desk, word: str, origin: str) -> Code | Problem:
    """A code of that name; "A > B" is B below A, where the table or the codebook has A."""
    above, _, name = word.rpartition(ABOVE)
    over = codes_meant(desk.codebook, [above])[above] if above else ()
    if len(over) > 1:
        return several_codes(above, over)
    parent = next(iter(over), None)
    taken = codes_by_id(desk.codebook)
    base = id_from(word if parent else name or word)
    code = Code(
        id=next(one for one in _numbered(base) if one not in taken),
        name=name if parent else word,
        parent=parent.id if parent else None,
        origin=origin,
    )
    desk.add_code(code)
    return code


@dataclass(slots=True)
class _Intake:
    """A table on its way in: documents made or found, codings and verdicts on the desk."""

    desk: Desk
    path: Path
    kind: Kind
    codes: Meant
    verdicts: Verdicts
    made: list[str] = field(default_factory=list)
    _source: str = ""
    _titles: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        study = self.desk.study
        for doc_id in study.document_ids():
            facts = load_facts(study.paths, doc_id)
            self._titles[doc_id] = facts.title if facts.reader == UNITS else doc_id

    def take(self, name: str, units: Sequence[Unit]) -> Iterator[Problem]:
        """Takes in the units of one document; what is wrong with a row is told of that row."""
        known = self._known(name)
        document = self.desk.study.document(known) if known else self._make(name, units)
        places = _Places(document)
        for position, unit in enumerate(units):
            try:
                span = places.of(unit[0]) if known else document.units[position].span
            except QualcodeError as error:
                yield from (self._told(P.BAD_TABLE_ROW, row, document, error) for row in unit)
                continue
            yield from self._put(document, span, unit)

    def _told(
        self, kind: ProblemKind, row: CodedUnit, document: Document, error: QualcodeError
    ) -> Problem:
        reason = error.problem.message
        path = str(self.path)
        return problem(kind, path=path, line=row.number, document=document.id, reason=reason)

    def _known(self, name: str) -> str:
        """The document of that name that the study had before, or ""."""
        for wanted in (name.casefold(), safe_name(name).casefold()):
            for doc_id, title in self._titles.items():
                if title.casefold() == wanted and doc_id not in self.made:
                    return doc_id
        return ""

    def _put(self, document: Document, span: Span, unit: Unit) -> Iterator[Problem]:
        said: dict[str, Given] = {}
        for row in unit:
            try:
                said |= self._given(row, said)
            except QualcodeError as error:
                yield self._told(P.UNIT_NOT_CODED, row, document, error)
        for given in said.values():
            self.desk.code(document, span, given)
        if not any(row.codes for row in unit):
            self._leave_uncoded(document, span)

    def _given(self, row: CodedUnit, earlier: Mapping[str, Given]) -> dict[str, Given]:
        """What a row says by code, with what earlier rows of the same unit say of its codes.

        Raises:
            QualcodeError: UNKNOWN_WORD, SEVERAL_CODES, CODE_NOT_GIVEN or TWO_VALENCES.
        """
        said: dict[str, Given] = {}
        given = given_from("", {"valence": row.valence})
        for word in row.codes:
            code = self.codes[word]
            if isinstance(code, Problem):
                raise QualcodeError(code)
            code_id = usable_code(self.desk.codebook, code.id).id
            before = earlier[code_id].valence if code_id in earlier else None
            now = given.valence or before
            if before not in (None, now):
                raise QualcodeError(problem(P.TWO_VALENCES, code=code_id, earlier=before, now=now))
            said[code_id] = replace(given, code_id=code_id, valence=now, origin="import")
        return said

    def _leave_uncoded(self, document: Document, span: Span) -> None:
        words = document.text[span.start : span.end]
        self.verdicts.add(document, span, key=uncoded_key(words))

    def _make(self, name: str, units: Sequence[Unit]) -> Document:
        """A new document whose units are those of the table, each on a line of its own."""
        taken = {doc_id.casefold() for doc_id in self._titles}
        doc_id = next(one for one in _numbered(safe_name(name)) if one.casefold() not in taken)
        rows = [unit[0] for unit in units]
        speakers = dict.fromkeys(row.speaker for row in rows if row.speaker)
        pieces = (
            Piece(
                (Line(row.text, row.number),),
                "answer",
                f"unit {n}",
                voice="verbatim",
                speaker_id=safe_name(row.speaker) if row.speaker else None,
                topic=" ".join(row.question.split()),
            )
            for n, row in enumerate(rows, start=1)
        )
        frozen = freeze(pieces)
        document = Document(
            id=doc_id,
            text=frozen.text,
            kind=self.kind,
            role=_role(self.kind),
            source_name=self._kept_source(),
            source_hash=content_hash(self.path.read_bytes()),
            text_hash=content_hash(frozen.text),
            reader=UNITS,
            title=name,
            speakers=tuple(Speaker(safe_name(one), one) for one in speakers),
            units=frozen.units,
            passages=frozen.passages,
            marks=frozen.marks,
        )
        for path, data in document_files(self.desk.study.paths, document).items():
            self.desk.change.write(path, data)
        self._titles[doc_id] = name
        self.made.append(doc_id)
        return document

    def _kept_source(self) -> str:
        """The name under which the table is kept; another table of that name stays."""
        if not self._source:
            data = self.path.read_bytes()
            for name in _numbered(self.path.stem):
                full = f"{name}{self.path.suffix}"
                kept = self.desk.study.paths.source(full)
                if self.desk.change.read(kept) in (None, data):
                    self.desk.change.write(kept, data)
                    self._source = full
                    break
        return self._source


def _numbered(base: str) -> Iterator[str]:
    yield base
    yield from (f"{base}-{n}" for n in count(2))


def _role(kind: Kind) -> Role:
    """Coded units are evidence, so that they count even where nothing is said of their kind."""
    return "emergent" if kind == "other" else DEFAULT_ROLES[kind]


class _Places:
    """Where the units of a table stand in a document that was there before."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._free: dict[tuple[str, str], list[Span]] = defaultdict(list)
        if document.reader == UNITS:
            for unit in document.units:
                words = document.text[unit.span.start : unit.span.end]
                self._free[unit.topic, words].append(unit.span)

    def of(self, unit: CodedUnit) -> Span:
        """The place of a unit; of several with the same words and question, the next one.

        Raises:
            QualcodeError: NO_PLACE or SEVERAL_PLACES.
        """
        words = " ".join(unit.text.split())
        free = self._free[" ".join(unit.question.split()), words]
        if free:
            return free.pop(0)
        return find_place(self._document, f'"{words}"')
