"""A study opened: its settings, codebook, cases and codings, and a way to change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from qualcode.analysis.cases import CaseBook, join_attendance, join_cases
from qualcode.core.methods import MethodProfile, profile
from qualcode.core.model import Codebook, Coding, Document
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.project.settings import Settings, load_settings
from qualcode.store.cases_file import read_case_book
from qualcode.store.codebook_file import CheckedCodebook, read_codebook
from qualcode.store.codebook_history import current_version
from qualcode.store.coding_files import load_codings
from qualcode.store.document_files import document_ids, load_document
from qualcode.store.opening import open_project
from qualcode.store.pairs_file import with_pairs
from qualcode.store.paths import ProjectPaths


@dataclass(frozen=True, slots=True)
class Study:
    """Where a study is and what it says of itself.

    Changes are made with a `Transaction(study.paths)` and `a_decision(study.paths, ...)`.
    `notes` take up what is to be said beside what was asked for.
    """

    paths: ProjectPaths
    settings: Settings
    notes: list[Problem] = field(default_factory=list, compare=False)

    @property
    def method(self) -> MethodProfile:
        """The words of its method, and what does not belong to it."""
        return profile(self.settings.method)

    def refuse_hidden(self, what: str) -> None:
        """Raises QualcodeError, NOT_IN_METHOD, for a report that its method leaves out."""
        if self.method.hides(what):
            why = self.method.leaves_out[what]
            raise QualcodeError(
                problem(P.NOT_IN_METHOD, what=what, method=self.method.name, why=why)
            )

    def codebook(self) -> CheckedCodebook:
        """The codebook and the pairs with everything that is wrong with them, read afresh."""
        checked = with_pairs(read_codebook(self.paths.codebook), self.paths.pairs)
        now = replace(
            checked.codebook,
            version=current_version(self.paths),
            outcome=self.settings.outcome or checked.codebook.outcome,
        )
        return replace(checked, codebook=now)

    def usable_codebook(self) -> Codebook:
        """The codebook, where it has no error.

        Raises:
            QualcodeError: with every problem of the codebook, where one of them is an error.
        """
        checked = self.codebook()
        if not checked.is_usable:
            raise QualcodeError(*checked.problems)
        return checked.codebook

    @property
    def pairs_path(self) -> Path:
        """The file that the pairs of the study stand in."""
        return self.paths.pairs if self.paths.pairs.is_file() else self.paths.codebook

    def cases(self) -> tuple[CaseBook, tuple[Problem, ...]]:
        """The cases, and what is wrong with their file."""
        return read_case_book(self.paths.cases)

    def document_ids(self) -> tuple[str, ...]:
        """Ids of all documents, in alphabetical order."""
        return document_ids(self.paths)

    def document(self, doc_id: str, book: CaseBook | None = None) -> Document:
        """One document, its people joined to the cases of `book`; errors as `load_document`."""
        document = load_document(self.paths, doc_id)
        if book is None:
            return document
        joined, _ = join_cases(document, book)
        return join_attendance(joined, book)

    def documents(self, book: CaseBook | None = None) -> Iterator[Document]:
        """Every document, one at a time, by id."""
        for doc_id in self.document_ids():
            yield self.document(doc_id, book)

    def codings(self, doc_id: str) -> tuple[Coding, ...]:
        """Everybody's codings of a document, by coder, then by place.

        Raises:
            QualcodeError: BAD_CODING for every line that cannot be read.
        """
        codings, problems = load_codings(self.paths, doc_id)
        if problems:
            raise QualcodeError(*problems)
        return codings


def open_study(start: Path) -> Study:
    """The study that holds this folder.

    Raises:
        QualcodeError: NO_PROJECT, or what is wrong with its settings.
    """
    paths = open_project(start)
    return Study(paths, load_settings(paths))
