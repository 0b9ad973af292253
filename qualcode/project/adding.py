"""Adding sources to a project: frozen once, again only when they change, never by silent loss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import Literal

from qualcode.analysis.corrections import Corrections
from qualcode.analysis.find_span import where_apart
from qualcode.analysis.reanchor import reanchor, shared_lines
from qualcode.analysis.segment import UNITS, segment_document
from qualcode.core.model import Coding, Decision, Document, without_text
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.core.text import content_hash
from qualcode.plugins.registry import load_segmenter
from qualcode.project.deciding import a_decision
from qualcode.project.ingest import Ingester, Told
from qualcode.project.metadata import Sheet, check_facts, facts_for
from qualcode.project.settings import Settings, facts_by_pattern
from qualcode.project.sources import Found, find_sources, safe_name
from qualcode.store.coding_files import coding_line, coding_path, codings_data, load_codings
from qualcode.store.corrections_file import corrections_data, load_corrections
from qualcode.store.document_files import (
    document_files,
    document_ids,
    load_document,
    load_facts,
)
from qualcode.store.paths import ProjectPaths
from qualcode.store.transaction import Transaction

ALIKE = 0.3
"""Share of lines that an edited document still has in common with what it was."""
LARGE_BATCH = 2_000_000
"""Bytes that are held in memory before they are written."""

Status = Literal["new", "unchanged", "frozen anew", "skipped"]


@dataclass(frozen=True, slots=True)
class Moved:
    """How many codings found their place in a new text, and where other words stand there."""

    n: int = 0
    reworded: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one file: its document, how many segments it offers, what was met."""

    name: str
    status: Status
    document: Document | None = None
    segments: int = 0
    moved: Moved = Moved()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Adder:
    """One call of `add`: readers made ready once, what the project holds looked up once.

    Documents are written in batches, each of which is there whole or not at all.
    """

    paths: ProjectPaths
    settings: Settings
    facts: Mapping[str, str] = field(default_factory=dict)
    sheet: Sheet = field(default_factory=dict)
    action: str = "add"
    target: str = ""
    replaces: bool = False
    _ingester: Ingester = field(default_factory=Ingester)
    _by_source: dict[str, Document] = field(default_factory=dict)
    _by_text: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _batch: _Batch = field(init=False)

    def __post_init__(self) -> None:
        check_facts(self.facts)
        self._batch = _Batch(self.paths, a_decision(self.paths, self.action, target=self.target))
        for doc_id in document_ids(self.paths):
            document = load_facts(self.paths, doc_id)
            self._taken.add(doc_id.lower())
            self._by_source[document.source_name] = document
            self._by_text.setdefault(document.text_hash, document.source_name)

    def add_all(self, given: Sequence[Path]) -> Iterator[Added]:
        """Adds files and folders, one result per file, in the order given, then by name."""
        for path in given:
            if path.is_dir():
                for found in find_sources(path):
                    yield self._add(found.path, found.name)
            elif path.exists():
                yield self._add(path, path.name)
            else:
                missing = problem(
                    P.UNREADABLE_FILE,
                    path=str(path),
                    reason="there is no such file",
                    todo="Skipped. Check the spelling.",
                )
                yield Added(str(path), "skipped", problems=(missing,))
        self._batch.commit()

    def read_again(self, doc_id: str, corrections: Corrections) -> Added:
        """Freezes a document anew from its kept source, with other corrections than before.

        Raises:
            QualcodeError: USELESS_CORRECTION, MADE_OF_UNITS; nothing is changed then.
        """
        document = load_facts(self.paths, doc_id)
        _refuse_units(document)
        path = self.paths.source(document.source_name)
        self._batch.change.write(self.paths.corrections(doc_id), corrections_data(corrections))
        added = self._freeze(Found(path, document.source_name, doc_id), document, corrections)
        useless = [p for p in added.problems if p.number == P.USELESS_CORRECTION.number]
        if useless:
            raise QualcodeError(*useless)
        if added.document is not None:
            self._batch.commit()
        return added

    def _add(self, path: Path, name: str) -> Added:
        known = self._by_source.get(name)
        try:
            data = path.read_bytes()
        except OSError as error:
            reason = (error.strerror or "unknown").lower()
            todo = "Skipped. Check that you may open it."
            unreadable = problem(P.UNREADABLE_FILE, path=name, reason=reason, todo=todo)
            return Added(name, "skipped", problems=(unreadable,))
        known = self._same_source(name, data) or known
        if known is not None:
            name = known.source_name
        told = bool(self.facts or facts_for(self.sheet, name))
        if known is not None and known.source_hash == content_hash(data) and not told:
            return Added(name, "unchanged", known)
        found = Found(path, name, known.id if known else self._new_id(name))
        other: tuple[Problem, ...] = ()
        try:
            _refuse_units(known)
            if known is not None:
                self._batch.commit()
                known = known if self.replaces else self._edited(found)
                if known is None:
                    found = self._under_new_name(found)
                    other = (problem(P.SAME_NAME, path=name, name=found.name),)
                else:
                    found = Found(path, known.source_name, known.id)
            corrections, wrong = self._corrections(found)
            added = self._freeze(found, known, corrections)
        except QualcodeError as error:
            return Added(name, "skipped", problems=error.problems)
        if added.document is not None:
            self._keep_source(found, data)
            self._batch.commit_when_large()
        return replace(added, problems=(*other, *wrong, *added.problems))

    def _same_source(self, name: str, data: bytes) -> Document | None:
        """The document made of just this file, where it was added under a numbered name."""
        key = content_hash(data)
        return next((d for d in self._named_like(name) if d.source_hash == key), None)

    def _named_like(self, name: str) -> Iterator[Document]:
        """Documents of that name, then of the numbered names that others of that name got."""
        path = PurePosixPath(name)
        for number in chain(("",), (f"-{n}" for n in count(2))):
            document = self._by_source.get(str(path.with_stem(f"{path.stem}{number}")))
            if document is None:
                return
            yield document

    def _edited(self, found: Found) -> Document | None:
        """Of the documents of this name, the one that the file is most likely to be, edited."""
        document = self._ingester.ingest(found).document
        if document is None:  # what is wrong with it will be told; it replaces nothing
            return next(self._named_like(found.name))
        likeness = [
            (shared_lines(load_document(self.paths, one.id).text, document.text), one.id, one)
            for one in self._named_like(found.name)
        ]
        share, _, best = max(likeness, key=lambda found: (found[0], found[1]))
        return best if share >= ALIKE else None

    def _under_new_name(self, found: Found) -> Found:
        path = PurePosixPath(found.name)
        names = (str(path.with_stem(f"{path.stem}-{number}")) for number in count(2))
        name = next(name for name in names if name not in self._by_source)
        return Found(found.path, name, self._new_id(name))

    def _new_id(self, name: str) -> str:
        stem = safe_name(Path(name).stem)
        whole = safe_name(name)
        choices = [stem, safe_name(Path(name).with_suffix("").as_posix()), whole]
        numbered = (f"{whole}-{number}" for number in count(2))
        return next(c for c in chain(choices, numbered) if c.lower() not in self._taken)

    def _freeze(self, found: Found, known: Document | None, corrections: Corrections) -> Added:
        patterns = facts_by_pattern(self.settings, found.name)
        ingested = self._ingester.ingest(found, Told(patterns=patterns, corrections=corrections))
        document = ingested.document
        if document is None:
            return Added(found.name, "skipped", problems=ingested.problems)
        moved = Moved()
        if known is not None and known.text_hash != document.text_hash:
            moved = self._move_codings(known, document)
        problems = (*ingested.problems, *self._same_text(document), *moved.problems)
        for path, data in document_files(self.paths, document).items():
            self._batch.change.write(path, data)
        self._by_source[found.name] = without_text(document)
        self._taken.add(document.id.lower())
        split = load_segmenter("sentences")(self.settings.language)
        segments = sum(1 for _ in segment_document(document, split=split))
        status: Status = "new" if known is None else "frozen anew"
        return Added(found.name, status, document, segments, moved, problems)

    def _corrections(self, found: Found) -> tuple[Corrections, tuple[Problem, ...]]:
        """What was said of the document before; facts told now are kept with it."""
        path = self.paths.corrections(found.doc_id)
        corrections, problems = load_corrections(path)
        now = {**facts_for(self.sheet, found.name), **self.facts}
        facts = {**dict(corrections.facts), **now}
        if facts != dict(corrections.facts):
            corrections = replace(corrections, facts=tuple(facts.items()))
            self._batch.change.write(path, corrections_data(corrections))
        return corrections, problems

    def _same_text(self, document: Document) -> tuple[Problem, ...]:
        first = self._by_text.setdefault(document.text_hash, document.source_name)
        if first == document.source_name:
            return ()
        return (problem(P.SAME_TEXT, path=document.source_name, other=first),)

    def _keep_source(self, found: Found, data: bytes) -> None:
        """The original, byte for byte; an earlier one is kept beside it under its hash."""
        kept = self.paths.source(found.name)
        before = self._batch.change.read(kept)
        if before is not None and before != data:
            earlier = self.paths.earlier_source(found.name, content_hash(before))
            self._batch.change.write(earlier, before)
        self._batch.change.write(kept, data)

    def _move_codings(self, known: Document, document: Document) -> Moved:
        """Puts every coding where its words are now; those without a place are kept aside.

        One whose words were changed says what they were, and waits to be read again.

        Raises:
            QualcodeError: BAD_CODING, where a line of the codings cannot be read.
        """
        codings, problems = load_codings(self.paths, known.id)
        if problems:
            raise QualcodeError(*problems)
        old = load_document(self.paths, known.id).text
        placed = reanchor(old, document.text, [coding.span for coding in codings])
        held: dict[str, list[Coding]] = {coding.coder: [] for coding in codings}
        lost: list[Coding] = []
        other: list[Coding] = []
        for coding, place in zip(codings, placed, strict=True):
            if place.new is None:
                lost.append(coding)
                continue
            quote = document.text[place.new.start : place.new.end]
            was = (coding.was or coding.quote) if place.is_changed else coding.was
            now = replace(coding, span=place.new, quote=quote, was="" if was == quote else was)
            held[coding.coder].append(now)
            if place.is_changed:
                other.append(now)
        for coder, kept in held.items():
            path = coding_path(self.paths, known.id, coder)
            self._batch.change.write(path, codings_data(kept))
        wrong = (*self._set_aside(known.id, lost), *map(_other_words, other))
        return Moved(len(codings) - len(lost), len(other), wrong)

    def _set_aside(self, doc_id: str, lost: Sequence[Coding]) -> list[Problem]:
        if not lost:
            return []
        path = self.paths.unplaced(doc_id)
        before = self._batch.change.read(path) or b""
        self._batch.change.write(path, before + "".join(map(coding_line, lost)).encode())
        return [
            problem(
                P.NOT_PLACED,
                path=doc_id,
                code=coding.code_id,
                quote=coding.quote[:60],
                file=path.relative_to(self.paths.root).as_posix(),
            )
            for coding in lost
        ]


def _other_words(coding: Coding) -> Problem:
    before, now = where_apart(coding.was, coding.quote)
    return problem(
        P.OTHER_WORDS,
        path=coding.doc_id,
        coding=coding.id,
        code=coding.code_id,
        before=before,
        now=now,
    )


def _refuse_units(document: Document | None) -> None:
    """Raises QualcodeError, MADE_OF_UNITS: such a document cannot be read from its source."""
    if document is not None and document.reader == UNITS:
        raise QualcodeError(problem(P.MADE_OF_UNITS, document=document.id))


@dataclass(slots=True)
class _Batch:
    """Documents that are written together; the parts of one command are undone together."""

    paths: ProjectPaths
    decision: Decision
    change: Transaction = field(init=False)
    _number: int = 0

    def __post_init__(self) -> None:
        self.change = Transaction(self.paths)

    def commit_when_large(self) -> None:
        """Writes what is held once it is much."""
        if self.change.size > LARGE_BATCH:
            self.commit()

    def commit(self) -> None:
        """Writes what is held."""
        self._number += 1
        part = replace(self.decision, id=f"{self.decision.id}.{self._number}")
        self.change.commit(part)
        self.change = Transaction(self.paths)
