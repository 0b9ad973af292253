"""Looking at a project: its documents, the parts of one, its cases, its inventory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from qualcode.analysis.attendance_table import attendance_tables
from qualcode.analysis.cases import CaseBook, cases_of_respondents, join_attendance, join_cases
from qualcode.analysis.coded import REPORTS, participants_heard
from qualcode.analysis.quoting.quotations import quotation_table
from qualcode.analysis.segment import segment_document
from qualcode.analysis.study_tables import (
    action_table,
    case_table,
    decision_table,
    document_parts,
    inventory_table,
    log_table,
    study_documents,
    words_of,
)
from qualcode.core.model import Decision, Document, without_text
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.core.table import Table
from qualcode.plugins.registry import load_segmenter
from qualcode.project.deciding import all_steps
from qualcode.project.named import find_document, one_of
from qualcode.project.settings import load_settings
from qualcode.store.cases_file import read_case_book
from qualcode.store.document_files import document_ids, load_document, load_facts
from qualcode.store.paths import ProjectPaths


def joined_documents(
    paths: ProjectPaths, book: CaseBook
) -> Iterator[tuple[Document, tuple[Problem, ...]]]:
    """Every document of a project with its people joined to cases, by id."""
    for doc_id in document_ids(paths):
        document, problems = join_cases(load_document(paths, doc_id), book)
        yield join_attendance(document, book), problems


def view_documents(paths: ProjectPaths) -> Table:
    """The documents of a project."""
    return study_documents([load_document(paths, one) for one in document_ids(paths)])


def view_parts(paths: ProjectPaths, doc_id: str) -> Table:
    """The segments of one document with voice, speaker and place."""
    document = load_document(paths, find_document(paths, doc_id))
    split = load_segmenter("sentences")(load_settings(paths).language)
    return document_parts(document, segment_document(document, split=split))


def view_cases(paths: ProjectPaths) -> tuple[Table, tuple[Problem, ...]]:
    """The cases of a project with where they are heard, and doubtful names."""
    book, problems = read_case_book(paths.cases)
    documents: list[Document] = []
    found = list(problems)
    for document, doubtful in joined_documents(paths, book):
        documents.append(with_respondents(without_text(document)))
        found.extend(doubtful)
    known = set(book.by_id)
    respondents = [
        case for one in documents for case in cases_of_respondents(one) if case.id not in known
    ]
    table = case_table(CaseBook.of((*book.cases, *respondents)), documents)
    return table, tuple(found)


def view_attendance(paths: ProjectPaths, *, most_columns: int | None = None) -> tuple[Table, Table]:
    """Who was at which meeting, and whom each organisation sent; see `attendance_tables`."""
    book, _ = read_case_book(paths.cases)
    documents = (without_text(document) for document, _ in joined_documents(paths, book))
    return attendance_tables(documents, most_columns=most_columns)


def view_actions(paths: ProjectPaths) -> tuple[Table, Table]:
    """The decisions and the actions of all minutes, in the order of the documents."""
    minutes = [
        load_document(paths, doc_id)
        for doc_id in document_ids(paths)
        if load_facts(paths, doc_id).kind == "minutes"
    ]
    return decision_table(minutes), action_table(minutes)


def view_quotations(paths: ProjectPaths) -> Table:
    """The quotations of reports and field notes, with whom the text credits."""
    kinds = (*REPORTS, "field notes")
    return quotation_table(
        load_document(paths, doc_id)
        for doc_id in document_ids(paths)
        if load_facts(paths, doc_id).kind in kinds
    )


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which steps are meant; "" leaves nothing out.

    An action is meant by its beginning ("codebook"), a target by any part of it; `since` is
    a date such as 2025-03-13, in UTC.
    """

    coder: str = ""
    action: str = ""
    target: str = ""
    since: str = ""

    def keeps(self, decision: Decision) -> bool:
        """Whether this decision is meant."""
        return (
            self.coder.casefold() in ("", decision.coder)
            and decision.action.startswith(self.action.casefold())
            and self.target.casefold() in decision.target.casefold()
            and decision.at >= self.since
        )


def view_log(paths: ProjectPaths, n: int, chosen: LogFilter | None = None) -> Table:
    """The last `n` of the steps that are meant, the oldest first.

    Raises:
        QualcodeError: BAD_FILTER where `since` is no date, UNKNOWN_FILTER for a coder who did
            nothing here.
    """
    wanted = chosen or LogFilter()
    try:
        if wanted.since:
            datetime.fromisoformat(wanted.since)
    except ValueError:
        raise QualcodeError(
            problem(
                P.BAD_FILTER, option="--since", found=wanted.since, hint="", example="2025-03-13"
            )
        ) from None
    steps = [step.decisions for step in all_steps(paths)]
    if wanted.coder and steps:
        known = sorted({one.coder for step in steps for one in step})
        wanted = replace(wanted, coder=one_of("--coder", wanted.coder, known))
    kept = [step for step in steps if any(wanted.keeps(one) for one in step)]
    return log_table(kept[-n:] if n > 0 else [])


def with_respondents(document: Document) -> Document:
    """A questionnaire's respondents as the cases that they are by themselves."""
    if document.kind != "questionnaire":
        return document
    speakers = (replace(s, case_id=s.case_id or s.id) for s in document.speakers)
    return replace(document, speakers=tuple(speakers))


def view_inventory(paths: ProjectPaths) -> Table:
    """What was collected."""
    book, _ = read_case_book(paths.cases)
    words: dict[str, int] = {}
    heard: dict[str, tuple[str, ...]] = {}
    documents: list[Document] = []
    for document, _ in joined_documents(paths, book):
        words[document.id] = words_of(document)
        heard[document.id] = participants_heard(document)
        documents.append(without_text(document))
    return inventory_table(documents, words, heard)
