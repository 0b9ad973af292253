"""Taking in coded material: a table of units with codes becomes documents and codings."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from qualcode.analysis.find_span import find_place
from qualcode.analysis.freeze import Piece, freeze
from qualcode.analysis.review_queue import Review, uncoded_key, words_key
from qualcode.analysis.segment import UNITS
from qualcode.analysis.unit_table import (
    CodedUnit,
    Columns,
    choose_columns,
    read_units,
    unknown_codes,
)
from qualcode.core.codebook import codes_by_id
from qualcode.core.codebook_changes import make_id
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
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.core.text import content_hash
from qualcode.project.coding import Coded, Desk, given_from
from qualcode.project.in_vivo import id_from
from qualcode.project.sheets import read_rows
from qualcode.project.sources import safe_name
from qualcode.project.study import Study
from qualcode.store.document_files import document_files, load_facts
from qualcode.store.review_files import load_reviews, review_path, reviews_data

ABOVE = " > "
"""What stands between a code and the one below it, in a name that says both."""


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
    """What became of a table: documents made, codes made, units without a code, codings."""

    documents: tuple[str, ...]
    codes: tuple[Code, ...]
    uncoded: int
    coded: Coded


def import_units(study: Study, path: Path, asked: Asked) -> TakenIn:
    """Takes in a table of coded units, in one step of undo.

    Each value of the column of documents is a document; the units of one that the study does
    not have become its text, one unit a segment. In a document that is there already, units
    are found by their words. A unit without a code counts as examined and left uncoded. Rows
    that cannot be used are reported, each by line.

    Raises:
        QualcodeError: BAD_TABLE, UNREADABLE_FILE, NO_COLUMN, NO_UNITS, UNKNOWN_CODES,
            UNKNOWN_WORD for the kind; nothing is changed then.
    """
    kind = _kind(asked.kind)
    units = _units(path, asked)
    desk = Desk.of(study, asked.coder)
    before = codes_by_id(desk.codebook)
    codes = _codes(desk, units, path.name, add=asked.add_codes)
    intake = _Intake(desk, path, kind)
    problems: list[Problem] = []
    for name, held in _by_document(units, path).items():
        problems.extend(intake.take(name, held, codes))
    intake.write_reviews()
    desk.commit("import units", target=path.name)
    return TakenIn(
        tuple(intake.made),
        tuple(code for code in desk.codebook.codes if code.id not in before),
        sum(not unit.codes for unit in units),
        Coded.by(desk, problems),
    )


def _kind(asked: str) -> Kind:
    for kind in KINDS:
        if kind == asked.strip().casefold():
            return kind
    raise QualcodeError(
        problem(P.UNKNOWN_WORD, key="--kind", found=asked, allowed=", ".join(KINDS), hint="")
    )


def _units(path: Path, asked: Asked) -> tuple[CodedUnit, ...]:
    header, *table = read_rows(path, unusable=P.BAD_TABLE)
    headings = [" ".join(cell.split()) for cell in header.cells]
    keys = [heading.casefold() for heading in headings]
    rows = [(row.number, dict(zip(keys, row.cells, strict=False))) for row in table]
    try:
        columns = choose_columns(headings, rows, asked.columns)
    except QualcodeError as error:
        raise QualcodeError(*(replace(one, path=str(path)) for one in error.problems)) from None
    units = tuple(read_units(rows, columns, separator=asked.separator, headings=headings))
    if not units:
        raise QualcodeError(problem(P.NO_UNITS, path=str(path), heading=columns.text))
    return units


def _by_document(units: Sequence[CodedUnit], path: Path) -> dict[str, list[CodedUnit]]:
    held: defaultdict[str, list[CodedUnit]] = defaultdict(list)
    for unit in units:
        held[unit.document or path.stem].append(unit)
    return dict(held)


def _codes(desk: Desk, units: Sequence[CodedUnit], origin: str, *, add: bool) -> Mapping[str, Code]:
    """The code that each word of the table means; those that are new go onto the desk.

    Raises:
        QualcodeError: UNKNOWN_CODES, unless they are to be added.
    """
    uses = Counter(word for unit in units for word in unit.codes)
    known = codes_by_id(desk.codebook)
    by_name = {code.name.casefold(): code for code in known.values()}
    found: dict[str, Code] = {}
    for word in uses:
        code = known.get(word.casefold()) or by_name.get(word.casefold())
        code = code or known.get(make_id(word)) or known.get(id_from(word))
        if code is not None:
            found[word] = code
    missing = {word: n for word, n in uses.items() if word not in found}
    if missing and not add:
        raise QualcodeError(unknown_codes(missing))
    for word in sorted(missing, key=lambda word: (word.count(ABOVE), word.casefold())):
        found[word] = _new_code(desk, word, found, origin)
    return found


def _new_code(desk: Desk, word: str, found: dict[str, Code], origin: str) -> Code:
    """A code of that name; "A > B" is B below A, where the table or the codebook has A."""
    above, _, name = word.rpartition(ABOVE)
    parent = found.get(above) or codes_by_id(desk.codebook).get(make_id(above))
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
    made: list[str] = field(default_factory=list)
    _source: str = ""
    _verdicts: dict[str, list[Review]] = field(default_factory=dict)
    _titles: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        study = self.desk.study
        for doc_id in study.document_ids():
            facts = load_facts(study.paths, doc_id)
            self._titles[doc_id] = facts.title if facts.reader == UNITS else doc_id

    def take(
        self, name: str, units: Sequence[CodedUnit], codes: Mapping[str, Code]
    ) -> Iterator[Problem]:
        """Takes in the units of one document; what is wrong with a row is told of that row."""
        known = self._known(name)
        document = self.desk.study.document(known) if known else self._make(name, units)
        places = _Places(document)
        for position, unit in enumerate(units):
            try:
                span = places.of(unit) if known else document.units[position].span
                self._put(document, span, unit, codes)
            except QualcodeError as error:
                reason = error.problem.message
                yield problem(P.BAD_TABLE_ROW, path=str(self.path), line=unit.number, reason=reason)

    def _known(self, name: str) -> str:
        """The document of that name in the study, or ""."""
        wanted = (name.casefold(), safe_name(name).casefold())
        same = (i for i, title in self._titles.items() if title.casefold() in wanted)
        return next(same, "")

    def _put(
        self, document: Document, span: Span, unit: CodedUnit, codes: Mapping[str, Code]
    ) -> None:
        given = given_from("", {"valence": unit.valence})
        for word in unit.codes:
            code = codes[word]
            said = replace(given, code_id=code.id, origin="import")
            self.desk.code(document, span, said)
        if not unit.codes:
            words = document.text[span.start : span.end]
            review = Review(
                document.id,
                self.desk.coder,
                uncoded_key(words),
                span,
                "",
                "uncoded",
                words_key(words),
                self.desk.at,
            )
            self._verdicts.setdefault(document.id, []).append(review)

    def _make(self, name: str, units: Sequence[CodedUnit]) -> Document:
        """A new document whose units are those of the table, each on a line of its own."""
        taken = {doc_id.casefold() for doc_id in self._titles}
        doc_id = next(one for one in _numbered(safe_name(name)) if one.casefold() not in taken)
        speakers = dict.fromkeys(unit.speaker for unit in units if unit.speaker)
        pieces = (
            Piece(
                (Line(unit.text, unit.number),),
                "answer",
                f"unit {n}",
                voice="verbatim",
                speaker_id=safe_name(unit.speaker) if unit.speaker else None,
                topic=" ".join(unit.question.split()),
            )
            for n, unit in enumerate(units, start=1)
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

    def write_reviews(self) -> None:
        """Puts the units without a code into the change; those that are there stay."""
        desk = self.desk
        for doc_id, verdicts in self._verdicts.items():
            path = review_path(desk.study.paths, doc_id, desk.coder)
            desk.change.read(path)
            held = [r for r in load_reviews(desk.study.paths, doc_id) if r.coder == desk.coder]
            kept = {(r.key, r.span): r for r in (*verdicts, *held)}
            desk.change.write(path, reviews_data(kept.values()))


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
