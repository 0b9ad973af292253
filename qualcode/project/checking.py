"""Verifying a whole project, and repairing what can be repaired without a guess."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from qualcode.analysis.cases import CaseBook, join_cases, unknown_documents
from qualcode.analysis.cue_coding import cue_patterns
from qualcode.analysis.languages import language_notes
from qualcode.core.codebook import find_half_rows
from qualcode.core.hints import did_you_mean
from qualcode.core.memos import STUDY
from qualcode.core.model import Codebook, Coding, Document, Span
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.plugins.language import reading_notes
from qualcode.plugins.pipeline import pattern_notes
from qualcode.project.deciding import a_decision, step_id
from qualcode.project.memos import find_about
from qualcode.project.settings import load_settings
from qualcode.project.study import Study
from qualcode.store.cache import delete_cache, is_broken
from qualcode.store.codebook_file import read_codebook
from qualcode.store.coding_files import coding_files, coding_line, numbered_codings
from qualcode.store.framework_file import load_framework
from qualcode.store.journal import decision_from
from qualcode.store.memo_files import load_memos, memo_path
from qualcode.store.paths import ProjectPaths, find_project
from qualcode.store.proposals_file import load_decided
from qualcode.store.protocol_file import load_answers, load_protocol
from qualcode.store.review_files import load_reviews
from qualcode.store.transaction import Transaction, locked, recover

REACH = 2_000
"""Code points on either side of its place in which the words of a quote are looked for."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, what is wrong, and what was repaired, each as one sentence."""

    n_documents: int
    n_codings: int
    n_steps: int
    problems: tuple[Problem, ...]
    repaired: tuple[str, ...] = ()


def check_project(start: Path, *, repair: bool = False) -> Checked:
    """Everything wrong in the project that holds this folder, by part, file and line.

    With `repair`, a quote that has moved and whose words stand once nearby is anchored there
    again, what an interrupted command left behind is taken back, and a damaged search index
    is removed. The new places are one step that can be undone.

    Raises:
        QualcodeError: NO_PROJECT, or what is wrong with the settings.
    """
    paths = find_project(start)
    check = _Check(Study(paths, load_settings(paths)), repair)
    check.leftovers()
    check.books()
    check.documents()
    check.codings()
    check.notes()
    check.verdicts()
    check.journal()
    return check.result()


@dataclass(slots=True)
class _Check:
    study: Study
    repair: bool
    problems: list[Problem] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    texts: dict[str, str | None] = field(default_factory=dict)
    unread: set[Path] = field(default_factory=set)
    code_ids: frozenset[str] = frozenset()
    language: str = "en"
    book: CaseBook = field(default_factory=lambda: CaseBook.of(()))
    n_codings: int = 0
    steps: set[str] = field(default_factory=set)

    @property
    def paths(self) -> ProjectPaths:
        return self.study.paths

    def result(self) -> Checked:
        counts = len(self.texts), self.n_codings, len(self.steps)
        return Checked(*counts, tuple(self.problems), tuple(self.repaired))

    def leftovers(self) -> None:
        """What interrupted commands left behind, and the search index."""
        left = []
        if self.paths.pending.exists():
            left.append("a change that was begun")
        unfinished = sum(1 for _ in self.paths.unfinished.glob(".*"))
        if unfinished:
            left.append(f"{unfinished} half-written files")
        if left and self.repair:
            with locked(self.paths):
                recover(self.paths)
            self.repaired.append(f"Taken back: {' and '.join(left)}.")
        elif left:
            path = str(self.paths.root)
            self.problems.append(problem(P.INTERRUPTED, path=path, what=" and ".join(left)))
        if is_broken(self.paths):
            if self.repair:
                delete_cache(self.paths)
                self.repaired.append("The search index was removed; it is made again when needed.")
            else:
                self.problems.append(problem(P.BROKEN_CACHE, path=str(self.paths.root)))

    def books(self) -> None:
        """The codebook with its pairs, and the cases."""
        codebook = self._codebook()
        self.code_ids = frozenset(code.id for code in codebook.codes)
        self.language = codebook.language
        pipeline = self.study.settings.pipeline
        self.problems.extend(reading_notes(self.language))
        self.problems.extend(pattern_notes(cue_patterns(codebook), self.language, pipeline))
        try:
            self.book, problems = self.study.cases()
            self.problems.extend(problems)
        except QualcodeError as error:
            self._not_read(self.paths.cases, error.problems)
        known = self.study.document_ids()
        path = str(self.paths.cases)
        self.problems.extend(unknown_documents(self.book, known, path=path))

    def _codebook(self) -> Codebook:
        """The codebook as far as it can be read; without the pairs where only those cannot."""
        path = self.paths.codebook
        try:
            checked = read_codebook(path)
        except QualcodeError as error:
            self._not_read(path, error.problems)
            return Codebook("")
        except OSError as error:
            self._not_read(path, [_cannot_read(path, error)])
            return Codebook("")
        try:
            checked = self.study.codebook()
        except QualcodeError as error:
            self._not_read(self.paths.pairs, error.problems)
        self.problems.extend(checked.problems)
        self.problems.extend(find_half_rows(checked.codebook, path=str(self.study.pairs_path)))
        return checked.codebook

    def _not_read(self, path: Path, why: Iterable[Problem]) -> None:
        """Tells what is wrong with a file, and, once, what cannot be checked without it."""
        self.unread.add(path)
        what = {
            self.paths.codebook: "the pairs, the codes of codings and what memos are about were",
            self.paths.cases: "who the speakers are and what memos are about were",
        }
        said = what.get(path, "what memos are about was")
        self.problems.extend((*why, problem(P.NOT_CHECKED, path=str(path), what=said)))

    def documents(self) -> None:
        """Frozen texts, their parts, and their originals."""
        for doc_id in self.study.document_ids():
            self.texts[doc_id] = None
            try:
                document = self.study.document(doc_id)
            except QualcodeError as error:
                self.problems.extend(error.problems)
                continue
            self.texts[doc_id] = document.text
            self.problems.extend(_part_problems(document, str(self.paths.parts(doc_id))))
            self.problems.extend(self._source_problems(document))
            self.problems.extend(language_notes(document, self.language))
            if self.paths.cases in self.unread:
                continue
            _, doubtful = join_cases(document, self.book)
            self.problems.extend(doubtful)
            for speaker in document.speakers:
                if speaker.case_id is not None and speaker.case_id not in self.book.by_id:
                    owner, case = f'speaker "{speaker.name}"', speaker.case_id
                    hint = did_you_mean(case, self.book.by_id)
                    at = str(self.paths.facts(doc_id))
                    found = problem(P.UNKNOWN_CASE, path=at, owner=owner, case=case, hint=hint)
                    self.problems.append(found)

    def _source_problems(self, document: Document) -> Iterator[Problem]:
        path = self.paths.source(document.source_name)
        try:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            yield problem(P.SOURCE_LOST, path=str(path), document=document.id)
            return
        if digest != document.source_hash:
            yield problem(P.SOURCE_CHANGED, path=str(path), document=document.id)

    def codings(self) -> None:
        """Every line of codings: readable, its code known, its quote what stands there."""
        change = Transaction(self.paths)
        moved = 0
        for path, doc_id, coder in coding_files(self.paths):
            if doc_id not in self.texts:
                self.problems.append(problem(P.NO_OWNER, path=str(path)))
                continue
            data = change.read(path) or b""
            try:
                lines = data.decode().splitlines(keepends=True)
            except UnicodeDecodeError as error:
                self.problems.append(_cannot_read(path, error))
                continue
            places = self._coding_file(path, doc_id, coder)
            for number, coding in places.items():
                lines[number - 1] = coding_line(coding)
            change.write(path, "".join(lines).encode())
            moved += len(places)
        if moved:
            words = f"{moved} quotes" if moved > 1 else "1 quote"
            change.commit(a_decision(self.paths, "check --repair", target=words))
            self.repaired.append(f"{words} anchored again where the words stand; undo takes back.")

    def _coding_file(self, path: Path, doc_id: str, coder: str) -> dict[int, Coding]:
        """Checks a file of codings; gives the lines that are to be repaired."""
        text = self.texts[doc_id]
        better: dict[int, Coding] = {}
        for number, found in numbered_codings(path, doc_id, coder):
            if isinstance(found, Problem):
                self.problems.append(found)
                continue
            self.n_codings += 1
            if found.code_id not in self.code_ids and self.paths.codebook not in self.unread:
                self.problems.append(
                    problem(
                        P.UNKNOWN_CODE,
                        path=str(path),
                        line=number,
                        owner=f'coding "{found.id}"',
                        code=found.code_id,
                        hint=did_you_mean(found.code_id, sorted(self.code_ids)),
                    )
                )
            if text is None or _stands(found, text):
                continue
            span = find_again(text, found.quote, found.span)
            if span is not None and self.repair:
                better[number] = replace(found, span=span)
            else:
                self.problems.append(_quote_problem(found, path, number, is_found=span is not None))
        return better

    def notes(self) -> None:
        """The memos, the protocol with its answers, and the framework matrix."""
        memos, problems = load_memos(self.paths)
        self.problems.extend(problems)
        for memo in () if self.unread else memos:
            try:
                if memo.about != STUDY:
                    find_about(self.study, memo.about)
            except QualcodeError as error:
                where = str(memo_path(self.paths, memo.id))
                self.problems.extend(replace(one, path=where) for one in error.problems)
        for load in (load_protocol, load_framework):
            try:
                load(self.paths)
            except QualcodeError as error:
                self.problems.extend(error.problems)
        for path in sorted((self.paths.root / "protocol").glob("*.yaml")):
            if path.stem not in self.texts:
                self.problems.append(problem(P.NO_OWNER, path=str(path)))
            else:
                self.problems.extend(load_answers(self.paths, path.stem)[1])

    def verdicts(self) -> None:
        """What was said of suggestions and of proposals."""
        files = sorted((self.paths.root / "reviews").glob("*.jsonl"))
        by_document = {path.stem.rpartition(".")[0]: path for path in files}
        for doc_id, path in by_document.items():
            if doc_id not in self.texts:
                self.problems.append(problem(P.NO_OWNER, path=str(path)))
                continue
            try:
                load_reviews(self.paths, doc_id)
            except QualcodeError as error:
                self.problems.extend(error.problems)
        try:
            load_decided(self.paths)
        except QualcodeError as error:
            self.problems.extend(error.problems)

    def journal(self) -> None:
        """Every line of the journals, and the earlier states that undo needs."""
        self.problems.extend(self._lost_journals())
        lost: dict[str, Problem] = {}
        for path in sorted((self.paths.root / "journal").glob("*.jsonl")):
            try:
                lines = path.read_text("utf-8").split("\n")
            except (OSError, UnicodeDecodeError) as error:
                self.problems.append(_cannot_read(path, error))
                continue
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                try:
                    decision = decision_from(json.loads(line))
                except (ValueError, KeyError, TypeError) as error:
                    reason = " ".join(str(error).split())
                    bad = problem(P.BAD_JOURNAL, path=str(path), line=number, reason=reason)
                    self.problems.append(bad)
                    continue
                self.steps.add(step_id(decision))
                for change in decision.files:
                    blob = self.paths.blob(change.before) if change.before else None
                    if blob is not None and not blob.is_file():
                        lost[str(blob)] = problem(P.LOST_HISTORY, path=str(path), line=number)
        self.problems.extend(lost.values())

    def _lost_journals(self) -> Iterator[Problem]:
        """Coders whose work is there and whose journal is not; none at all, where all is gone."""
        folder = self.paths.root / "journal"
        if self.texts and not any(path.stat().st_size for path in folder.glob("*.jsonl")):
            yield problem(P.JOURNAL_LOST, path=str(folder), work="documents")
            return
        for coder in sorted({coder for _, _, coder in coding_files(self.paths)}):
            path = self.paths.journal(coder)
            if not path.is_file() or not path.stat().st_size:
                yield problem(P.JOURNAL_LOST, path=str(path), work=f"codings of {coder}")


def _cannot_read(path: Path, error: Exception) -> Problem:
    reason = " ".join(str(error).split())[:80]
    todo = "Restore it from a copy."
    return problem(P.UNREADABLE_FILE, path=str(path), reason=reason, todo=todo)


def _part_problems(document: Document, path: str) -> Iterator[Problem]:
    length = len(document.text)
    yield from _outside(
        ((f'unit "{unit.ref}"', unit.span) for unit in document.units), length, path
    )
    passages = [(f"a {one.voice} passage", one.span) for one in document.passages]
    yield from _outside(passages, length, path)
    for (_, before), (what, span) in pairwise(passages):
        if span.start < before.end:
            yield _outside_problem(what, span, length, path)
    marks = (("a mark", Span(mark.offset, mark.offset)) for mark in document.marks)
    yield from _outside(marks, length, path)


def _outside(spans: Iterable[tuple[str, Span]], length: int, path: str) -> Iterator[Problem]:
    for what, span in spans:
        if not 0 <= span.start <= span.end <= length:
            yield _outside_problem(what, span, length, path)


def _outside_problem(what: str, span: Span, length: int, path: str) -> Problem:
    start, end = span.start, span.end
    return problem(P.OUTSIDE_TEXT, path=path, what=what, start=start, end=end, length=length)


def _stands(coding: Coding, text: str) -> bool:
    start, end = coding.span.start, coding.span.end
    return 0 <= start < end <= len(text) and text[start:end] == coding.quote


def find_again(text: str, quote: str, span: Span) -> Span | None:
    """Where the words of a quote stand near their old place, if they stand there once.

    >>> find_again("so they left", "they left", Span(0, 9))
    Span(start=3, end=12)
    >>> find_again("no, no", "no", Span(1, 3)) is None
    True
    """
    start = max(0, min(span.start, len(text)) - REACH)
    end = min(span.start, len(text)) + REACH + len(quote)
    at = text.find(quote, start, end) if quote else -1
    if at < 0 or text.find(quote, at + 1, end) >= 0:
        return None
    return Span(at, at + len(quote))


def _quote_problem(coding: Coding, path: Path, line: int, *, is_found: bool) -> Problem:
    todo = "Restore the line from a copy, or code the passage again."
    if is_found:
        todo = "Its words stand once nearby: `qualcode check --repair` moves it there."
    return problem(
        P.QUOTE_DIFFERS,
        path=str(path),
        line=line,
        quote=coding.quote[:60],
        document=coding.doc_id,
        start=coding.span.start,
        end=coding.span.end,
        todo=todo,
    )
