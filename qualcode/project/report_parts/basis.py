"""What every part of a report rests on: all that is coded, gathered once, and its origin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.names import Names
from qualcode.analysis.pages.marked import number_notes
from qualcode.analysis.pages.memos import printable_memo
from qualcode.analysis.pages.quotes import Quoting, contexts_of
from qualcode.analysis.tables.ledger import Ledger
from qualcode.core.memos import Memo
from qualcode.core.model import Document
from qualcode.core.problems import QualcodeError
from qualcode.core.text import spoken_date
from qualcode.project.comparing import Coded, gather
from qualcode.project.pair_table import Rolled, roll_up_coded
from qualcode.project.printable import kept_in, without_full_names
from qualcode.project.study import Study
from qualcode.project.tables import ledger_of
from qualcode.store.journal import load_journal
from qualcode.store.memo_files import load_memos
from qualcode.store.paths import ProjectPaths


@dataclass(frozen=True, slots=True)
class Basis:
    """A study with everything coded in it, counted once for all parts of a report.

    `documents` are those that carry a coding that is not on context, with their text.
    Quotations and memos are as they may be printed: without full names (`people`), and memos
    without the words of whoever is not to be quoted.
    """

    study: Study
    coder: str
    coded: Coded
    ledger: Ledger
    rolled: Rolled
    documents: tuple[Document, ...]
    by_document: Mapping[str, tuple[Incident, ...]]
    quoting: Quoting
    memos: tuple[Memo, ...]
    people: Names

    def memos_about(self, target: str, *kinds: str) -> tuple[Memo, ...]:
        """Memos on something ("code:silos"), of these kinds where any are named, oldest first."""
        return tuple(m for m in self.memos if m.about == target and (not kinds or m.kind in kinds))

    @property
    def names(self) -> dict[str, str]:
        """The names of all codes by their ids."""
        return {code.id: code.name for code in self.coded.codebook.codes}


def open_basis(study: Study, *, coder: str = "", draft: bool = False) -> Basis:
    """Everything gathered once.

    Raises:
        QualcodeError: as `gather`, and what is wrong with a memo.
    """
    coded = gather(study, what="report", coder=coder, draft=draft)
    by_document = coded.by_document()
    documents = tuple(
        study.document(doc_id, coded.book)
        for doc_id in study.document_ids()
        if doc_id in by_document
    )
    people = Names.of(coded.book, coded.documents, texts=[one.text for one in documents])
    coded = without_full_names(coded, people)
    contexts = {
        place: (people.hidden(around[0]), people.hidden(around[1]))
        for document in documents
        for place, around in contexts_of(document, by_document[document.id]).items()
    }
    memos, problems = load_memos(study.paths)
    if problems:
        raise QualcodeError(*problems)
    return Basis(
        study=study,
        coder=coder,
        coded=coded,
        ledger=ledger_of(coded),
        rolled=roll_up_coded(study, coded),
        documents=documents,
        by_document=coded.by_document(),
        quoting=Quoting(number_notes(coded.incidents), contexts),
        memos=tuple(_printable(study, coded.book, people, memos)),
        people=people,
    )


def _printable(
    study: Study, book: CaseBook, people: Names, memos: Sequence[Memo]
) -> Iterator[Memo]:
    """The memos as they may be printed."""
    doc_ids, kept = kept_in(study, book)
    for memo in memos:
        found = printable_memo(memo, kept, doc_ids)
        yield replace(found, body=people.hidden(found.body), because=people.hidden(found.because))


def facts_of(basis: Basis) -> Iterator[tuple[str, str]]:
    """What identifies a report: codebook, content, date, coders; no clock is read."""
    codebook = basis.coded.codebook
    source = f" ({codebook.source})" if codebook.source else ""
    yield "Codebook", f"{codebook.name}, version {codebook.version}{source}"
    coders = sorted({coder for one in basis.coded.incidents for coder in one.coders})
    yield "Coders", ", ".join(coders) or "nobody yet"
    decisions = load_journal(basis.study.paths)
    if decisions:
        yield "Last change", f"{spoken_date(decisions[-1].at[:10])}"
    yield "Content", content_key(basis.study.paths)


_CONTENT = ("documents", "codings", "reviews", "memos", "journal")


def content_key(paths: ProjectPaths) -> str:
    """Sixteen hexadecimal digits that change with anything in the study that a report shows."""
    files = [paths.settings, paths.codebook, paths.pairs, paths.cases]
    for folder in _CONTENT:
        files.extend((paths.root / folder).rglob("*"))
    digest = sha256()
    for path in sorted(one for one in files if one.is_file()):
        digest.update(f"{_name(paths, path)}\0".encode())
        digest.update(sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _name(paths: ProjectPaths, path: Path) -> str:
    return path.relative_to(paths.root).as_posix()
