"""Coding in a spreadsheet: a sheet of segments to decide on, and tables of codings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode.analysis.find_span import check_span, find_place, unit_ref
from qualcode.analysis.review_context import speaker_at
from qualcode.analysis.review_queue import open_suggestions, uncoded_key
from qualcode.analysis.segment import segment_document
from qualcode.core.model import Coding, Document, Segment, Span, Suggestion
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.core.table import Column, Table
from qualcode.plugins.registry import load_segmenter
from qualcode.project.coding import Coded, Desk, Given, given_from, usable_code
from qualcode.project.coding_views import Which, documents_meant, known_filters
from qualcode.project.learning import Gatherer, make_ready
from qualcode.project.named import find_document
from qualcode.project.sheets import read_rows
from qualcode.project.study import Study
from qualcode.project.verdicts import Verdicts
from qualcode.store.review_files import load_reviews

COLUMNS = (
    *("document", "unit", "speaker", "start", "end", "text", "status", "code", "valence"),
    *("lenses", "strength", "confidence", "score", "why", "key", "id", "decision", "comment"),
)
ACCEPT = frozenset({"accept", "accepted", "a", "yes", "y", "ok", "change", "code"})
REJECT = frozenset({"reject", "rejected", "r", "no", "n"})
UNCODED = frozenset({"uncoded", "none", "e"})
REMOVE = frozenset({"remove", "removed", "delete"})
DECISIONS = "accept, reject, uncoded, remove or change"

Cells = Mapping[str, str]


def export_sheet(study: Study, which: Which, *, coder: str = "") -> Table:
    """One row per coding, per suggestion that waits, and per segment with neither, by place.

    `decision` and `comment` are for the person. Context documents are left out.

    Raises:
        QualcodeError: UNKNOWN_FILTER, NO_DOCUMENT.
    """
    desk = Desk.of(study, coder)
    which = known_filters(study, which, desk.codebook)
    gatherer = Gatherer.of(study, desk.codebook, desk.coder)
    suggest = make_ready(study, desk.codebook, gatherer=gatherer).suggest
    split = load_segmenter("sentences")(study.settings.language)
    book, _ = study.cases()
    rows: list[Cells] = []
    for document in documents_meant(study, which, book):
        if document.role == "context":
            continue
        segments = tuple(segment_document(document, split=split))
        codings = [c for c in study.codings(document.id) if c.coder == desk.coder]
        reviews = [r for r in load_reviews(study.paths, document.id) if r.coder == desk.coder]
        found = suggest(document, segments)
        waiting = open_suggestions(document, segments, found, codings=codings, reviews=reviews)
        rows += _rows(document, segments, codings, waiting)
    columns = tuple(Column(key, key.capitalize()) for key in COLUMNS)
    cells = tuple(tuple((row.get(key, ""),) for key in COLUMNS) for row in rows)
    return Table("codes", f"Codings of {desk.coder}", columns, cells)


def _rows(
    document: Document,
    segments: tuple[Segment, ...],
    codings: list[Coding],
    waiting: tuple[Suggestion, ...],
) -> Iterator[Cells]:
    found = [(c.span, 0, _of_coding(document, c)) for c in codings]
    found += [(s.span, 1, _of_suggestion(document, s)) for s in waiting]
    taken = {span for span, _, _ in found}
    for segment in segments:
        if segment.span not in taken:
            found.append((segment.span, 2, _place(document, segment.span)))
    found.sort(key=lambda item: (item[0], item[1], item[2].get("code", "")))
    return (cells for _, _, cells in found)


def _place(document: Document, span: Span) -> dict[str, str]:
    return {
        "document": document.id,
        "unit": unit_ref(document, span.start),
        "speaker": speaker_at(document, span.start),
        "start": str(span.start),
        "end": str(span.end),
        "text": " ".join(document.text[span.start : span.end].split()),
    }


def _of_coding(document: Document, coding: Coding) -> Cells:
    return {
        **_place(document, coding.span),
        "status": "coded",
        "code": coding.code_id,
        "valence": coding.valence,
        "lenses": ", ".join(coding.lenses),
        "strength": "" if coding.strength is None else str(coding.strength),
        "confidence": coding.confidence,
        "why": coding.evidence,
        "id": coding.id,
    }


def _of_suggestion(document: Document, one: Suggestion) -> Cells:
    return {
        **_place(document, one.span),
        "status": "suggested",
        "code": one.code_id,
        "valence": one.valence,
        "lenses": ", ".join(one.lenses),
        "score": f"{one.score:.2f}",
        "why": one.why,
        "key": f"{one.code_id} {one.key}",
    }


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table that came back: its number in the file, and its cells by column."""

    number: int
    cells: Cells

    def get(self, *names: str) -> str:
        """The first of these cells that is filled in; an apostrophe against formulas goes."""
        for name in names:
            cell = self.cells.get(name, "").strip()
            if cell:
                return cell[1:] if cell[0] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell
        return ""


def read_table(path: Path, *needed: str) -> tuple[TableRow, ...]:
    """The rows of a sheet (CSV, TSV, Excel) under the headings of its first row.

    Raises:
        QualcodeError: BAD_TABLE, or UNREADABLE_FILE.
    """
    rows = read_rows(path, unusable=P.BAD_TABLE)
    header = [cell.strip().casefold() for cell in rows[0].cells]
    for name in needed:
        if name not in header:
            reason = f'it has no column "{name}"'
            raise QualcodeError(problem(P.BAD_TABLE, path=str(path), reason=reason))
    return tuple(
        TableRow(row.number, dict(zip(header, row.cells, strict=False))) for row in rows[1:]
    )


def import_codings(study: Study, path: Path, *, coder: str) -> Coded:
    """Takes in a plain table of codings; rows that cannot be used are reported, each by line.

    Columns: document, code, and start and end, or quote (with unit where it stands several
    times); valence, strength, lenses, confidence, because. Importing it again adds nothing.

    Raises:
        QualcodeError: BAD_TABLE, UNREADABLE_FILE.
    """
    rows = read_table(path, "document", "code")
    desk = Desk.of(study, coder)
    intake = _Intake(desk)

    def take(row: TableRow) -> None:
        document = intake.document(row.get("document"))
        span = span_of(document, row)
        desk.code(document, span, _given(row, origin="import"))

    problems = _each(rows, path, take)
    desk.commit("import codings", target=path.name)
    return Coded.by(desk, problems)


def import_sheet(study: Study, path: Path, *, coder: str = "") -> Coded:
    """Does what the column `decision` of a sheet says; rows without a decision say nothing.

    A code filled in where none was (an empty `status`) needs no decision. Rows that cannot be
    used are reported, each by line.

    Raises:
        QualcodeError: BAD_TABLE, UNREADABLE_FILE.
    """
    rows = read_table(path, "document", "start", "end", "code", "decision")
    desk = Desk.of(study, coder)
    intake = _Intake(desk)
    problems = _each(rows, path, intake.decide)
    intake.verdicts.write()
    desk.commit("import sheet", target=path.name)
    return Coded.by(desk, problems)


def _each(
    rows: tuple[TableRow, ...], path: Path, take: Callable[[TableRow], None]
) -> tuple[Problem, ...]:
    problems: list[Problem] = []
    for row in rows:
        try:
            take(row)
        except QualcodeError as error:
            found = problem(
                P.BAD_TABLE_ROW, path=str(path), line=row.number, reason=error.problem.message
            )
            problems.append(found)
    return tuple(problems)


def span_of(document: Document, row: TableRow) -> Span:
    """Where a row stands: start and end, which its quote must fit; or the quote alone."""
    quote = row.get("quote", "text")
    start, end = row.get("start"), row.get("end")
    if not (start and end):
        return find_place(document, f'"{quote}"', unit=row.get("unit"))
    if not (start.isdecimal() and end.isdecimal()):
        return find_place(document, f"{start}-{end}")
    span = check_span(document, Span(int(start), int(end)))
    found = " ".join(document.text[span.start : span.end].split())
    if quote and " ".join(quote.split()) not in (found, found.lstrip("'")):
        raise QualcodeError(
            problem(
                P.OTHER_QUOTE,
                document=document.id,
                start=start,
                end=end,
                found=found[:60],
                quote=quote[:60],
            )
        )
    return span


def _given(row: TableRow, *, origin: str) -> Given:
    cells = {key: row.get(key) for key in ("valence", "strength", "lenses", "confidence")}
    cells["because"] = row.get("comment", "because", "evidence", "why")
    return replace(given_from(row.get("code"), cells), origin=origin)


class _Intake:
    """A table on its way in: documents read once, verdicts gathered until they are written."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._document: Document | None = None
        self.verdicts = Verdicts(desk)

    def document(self, doc_id: str) -> Document:
        """The document of a row; the last one is kept at hand."""
        study = self._desk.study
        found = find_document(study.paths, doc_id)
        if self._document is None or self._document.id != found:
            self._document = study.document(found)
        return self._document

    def decide(self, row: TableRow) -> None:
        """Does what one row says."""
        decision = row.get("decision").casefold()
        status, code_id = row.get("status").casefold(), row.get("code")
        if not decision and (status or not code_id):
            return
        document = self.document(row.get("document"))
        span = span_of(document, row)
        if decision in REMOVE or (status == "coded" and decision in (ACCEPT | REJECT)):
            self._coded(document, row, span, is_removed=decision not in ACCEPT)
        elif decision in UNCODED:
            words = document.text[span.start : span.end]
            self.verdicts.add(document, span, key=uncoded_key(words))
        elif decision in REJECT:
            offered, _, key = row.get("key").partition(" ")
            if not key:
                raise _unclear("there is no suggestion in it to decide on")
            self.verdicts.add(document, span, key=key, offered=offered)
        elif decision in ACCEPT or not decision:
            self._accept(document, row, span)
        else:
            raise _unclear(f'decision "{decision}" is none of {DECISIONS}')

    def _accept(self, document: Document, row: TableRow, span: Span) -> None:
        offered, _, key = row.get("key").partition(" ")
        given = _given(row, origin="suggestion" if key else "manual")
        if key and row.get("comment"):
            given = replace(given, because=f"{row.get('why')}; {row.get('comment')}")
        code = usable_code(self._desk.codebook, given.code_id)
        self._desk.code(document, span, replace(given, code_id=code.id))
        if key:
            self.verdicts.add(document, span, key=key, offered=offered, given=code.id)

    def _coded(self, document: Document, row: TableRow, span: Span, *, is_removed: bool) -> None:
        known = {c.id: c for c in self._desk.held(document.id)}
        coding = known.get(row.get("id"))
        if coding is None:
            raise _unclear(f'there is no coding "{row.get("id")}" any more')
        code = row.get("code")
        if is_removed:
            self._desk.uncode(coding)
        elif code != coding.code_id:
            given = _given(row, origin=coding.origin)
            self._desk.code(document, span, given)
            self._desk.uncode(coding)
        else:
            self._desk.code(document, coding.span, _given(row, origin=coding.origin))


def _unclear(reason: str) -> QualcodeError:
    return QualcodeError(Problem(P.BAD_TABLE_ROW.number, "warning", reason, ""))
