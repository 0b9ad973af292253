"""What a run reads: the files of a folder, or the frozen documents of a project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from qualcode.analysis.cases import CaseBook
from qualcode.core.model import Coding
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.project.ingest import Found, Ingested, Ingester, Told, find_sources
from qualcode.project.metadata import METADATA_FILES, Sheet, facts_for, read_metadata
from qualcode.store.cases_file import CASES_FILE, read_case_book
from qualcode.store.coding_files import load_codings
from qualcode.store.document_files import document_ids, load_document
from qualcode.store.paths import SETTINGS, ProjectPaths
from qualcode.store.review_files import load_reviews


@dataclass(frozen=True, slots=True)
class Material:
    """Documents to come, how to get each, and who is heard in them.

    `codings` gives what people coded in a document; None where nobody has coded yet.
    `is_examined` says whether a document counts: where people have coded, one counts that
    somebody coded or reviewed.
    """

    found: tuple[Found, ...]
    ingest: Callable[[Found], Ingested]
    book: CaseBook
    problems: tuple[Problem, ...]
    codings: Callable[[str], tuple[Coding, ...]] | None = None
    is_examined: Callable[[str], bool] = lambda _: True


def is_project(folder: Path) -> bool:
    """Whether the folder is a project of its own."""
    return (folder / SETTINGS).is_file()


def open_material(folder: Path, *, leave_out: Path, sheet: Path | None = None) -> Material:
    """The documents of a project, else the files of a folder.

    In a folder, a metadata sheet (given, or `metadata.csv`) says what files are; results in
    `leave_out` are no sources.

    Raises:
        QualcodeError: NO_FOLDER, EMPTY_FOLDER, OUT_IS_INPUT, BAD_METADATA.
    """
    if folder.is_dir() and leave_out.resolve() == folder.resolve():
        raise QualcodeError(problem(P.OUT_IS_INPUT, path=str(leave_out)))
    book, problems = _cases(folder / CASES_FILE)
    if is_project(folder):
        paths = ProjectPaths(folder)
        found = tuple(_frozen(paths, doc_id) for doc_id in document_ids(paths))
        material = Material(_some(found, folder), partial(_load, paths), book, problems)
        if not any(paths.all_codings()):
            return material
        examined = partial(_is_examined, paths)
        return replace(material, codings=partial(_codings, paths), is_examined=examined)
    found = find_sources(folder, leave_out=leave_out)
    told, more = _metadata(folder, sheet)
    ingest = partial(_read, Ingester(), told)
    return Material(_some(found, folder), ingest, book, (*problems, *more))


def _some(found: tuple[Found, ...], folder: Path) -> tuple[Found, ...]:
    if not found:
        raise QualcodeError(problem(P.EMPTY_FOLDER, path=str(folder), suffixes=Ingester().suffixes))
    return found


def _frozen(paths: ProjectPaths, doc_id: str) -> Found:
    return Found(paths.text(doc_id), f"documents/{doc_id}.txt", doc_id)


def _load(paths: ProjectPaths, found: Found) -> Ingested:
    try:
        return Ingested(found, load_document(paths, found.doc_id), ())
    except QualcodeError as error:
        return Ingested(found, None, error.problems)


def _codings(paths: ProjectPaths, doc_id: str) -> tuple[Coding, ...]:
    codings, problems = load_codings(paths, doc_id)
    if problems:
        raise QualcodeError(*problems)
    return codings


def _is_examined(paths: ProjectPaths, doc_id: str) -> bool:
    return bool(_codings(paths, doc_id) or load_reviews(paths, doc_id))


def _read(ingester: Ingester, sheet: Sheet, found: Found) -> Ingested:
    return ingester.ingest(found, Told(facts=facts_for(sheet, found.name)))


def _cases(path: Path) -> tuple[CaseBook, tuple[Problem, ...]]:
    try:
        return read_case_book(path)
    except QualcodeError as error:
        return CaseBook.of(()), error.problems


def _metadata(folder: Path, given: Path | None) -> tuple[Sheet, tuple[Problem, ...]]:
    own = (folder / name for name in METADATA_FILES)
    path = given or next((path for path in own if path.is_file()), None)
    return ({}, ()) if path is None else read_metadata(path)
