"""What a run reads: the files of a folder, or the frozen documents of a project."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.layouts.told import is_about_folder
from qualcode.core.model import Coding
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.project.ingest import Ingested, Ingester, Told
from qualcode.project.metadata import Sheet, check_facts, facts_for, read_metadata
from qualcode.project.sources import METADATA_FILES, Found, find_sources, is_project
from qualcode.store.cases_file import CASES_FILE, read_case_book
from qualcode.store.coding_files import load_codings
from qualcode.store.document_files import document_ids, load_document
from qualcode.store.paths import ProjectPaths
from qualcode.store.review_files import load_reviews


@dataclass(frozen=True, slots=True)
class Material:
    """Documents to come, what a metadata sheet says of them, and who is heard in them.

    `kind` is that of every source of which nothing else says it, "" where each is looked at.
    Where people `has_coded`, their codings are counted and not suggestions.
    """

    folder: Path
    found: tuple[Found, ...]
    book: CaseBook
    problems: tuple[Problem, ...]
    sheet: Sheet
    has_coded: bool = False
    kind: str = ""

    def told(self, found: Found) -> Told:
        """What is said of a source: by the metadata sheet, and of the folder as a whole."""
        patterns = {"kind": self.kind} if self.kind and not is_about_folder(found.name) else {}
        return Told(patterns, facts_for(self.sheet, found.name) if self.sheet else {})

    def files(self, found: Found) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
        """The files that a document is read from, and those with what people decided on it."""
        if not is_project(self.folder):
            return (found.path,), ()
        paths, doc_id = ProjectPaths(self.folder), found.doc_id
        own = (paths.text(doc_id), paths.parts(doc_id), paths.facts(doc_id))
        return own, (*paths.codings(doc_id), *paths.reviews(doc_id))


def open_material(
    folder: Path, *, leave_out: Path, sheet: Path | None = None, kind: str = ""
) -> Material:
    """The documents of a project, else the files of a folder.

    In a folder, a metadata sheet (given, or `metadata.csv`) says what files are, and `kind` says
    it of all the others; results in `leave_out` are no sources.

    Raises:
        QualcodeError: NO_FOLDER, EMPTY_FOLDER, OUT_IS_INPUT, BAD_METADATA, BAD_FACT,
            KIND_IN_PROJECT.
    """
    if folder.is_dir() and leave_out.resolve() == folder.resolve():
        raise QualcodeError(problem(P.OUT_IS_INPUT, path=str(leave_out)))
    check_facts({"kind": kind})
    book, problems = _cases(folder / CASES_FILE)
    if is_project(folder):
        if kind:
            raise QualcodeError(problem(P.KIND_IN_PROJECT, path=str(folder), said=kind))
        paths = ProjectPaths(folder)
        found = tuple(_frozen(paths, doc_id) for doc_id in document_ids(paths))
        has_coded = any(paths.all_codings())
        return Material(folder, _some(found, folder), book, problems, {}, has_coded)
    found = find_sources(folder, leave_out=leave_out)
    told, more = _metadata(folder, sheet)
    found = _some(found, folder)
    return Material(folder, found, book, (*problems, *more), told, kind=kind)


def _some(found: tuple[Found, ...], folder: Path) -> tuple[Found, ...]:
    if not found:
        suffixes = Ingester().suffixes
        raise QualcodeError(problem(P.EMPTY_FOLDER, path=str(folder), suffixes=suffixes))
    return found


def _frozen(paths: ProjectPaths, doc_id: str) -> Found:
    return Found(paths.text(doc_id), f"documents/{doc_id}.txt", doc_id)


def source_reader(folder: Path) -> Callable[[Found, Told], Ingested]:
    """Reads one document of a project or a folder; what is wrong with it is a problem of its own.

    It is given a source and what is told of it.
    """
    if is_project(folder):
        return partial(_load, ProjectPaths(folder))
    return Ingester().ingest


def _load(paths: ProjectPaths, found: Found, _: Told) -> Ingested:
    try:
        return Ingested(found, load_document(paths, found.doc_id), ())
    except QualcodeError as error:
        return Ingested(found, None, error.problems)


def codings_of(folder: Path, doc_id: str) -> tuple[Coding, ...]:
    """What people coded in a document of a project.

    Raises:
        QualcodeError: BAD_CODING.
    """
    codings, problems = load_codings(ProjectPaths(folder), doc_id)
    if problems:
        raise QualcodeError(*problems)
    return codings


def is_reviewed(folder: Path, doc_id: str) -> bool:
    """Whether somebody decided on suggestions in a document of a project.

    Raises:
        QualcodeError: BAD_REVIEW.
    """
    return bool(load_reviews(ProjectPaths(folder), doc_id))


def _cases(path: Path) -> tuple[CaseBook, tuple[Problem, ...]]:
    try:
        return read_case_book(path)
    except QualcodeError as error:
        return CaseBook.of(()), error.problems


def _metadata(folder: Path, given: Path | None) -> tuple[Sheet, tuple[Problem, ...]]:
    own = (folder / name for name in METADATA_FILES)
    path = given or next((path for path in own if path.is_file()), None)
    return ({}, ()) if path is None else read_metadata(path)
