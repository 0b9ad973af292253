"""What is coded in each document, kept by groups, so that only what changed is read again."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TypeAlias, TypeVar

from qualcode.analysis.cases import CaseBook, join_cases
from qualcode.analysis.coded import participants_heard
from qualcode.analysis.comparing.incidents import Incident, incidents_of
from qualcode.analysis.tables.sheet import (
    Entry,
    Sheet,
    Words,
    columns_from,
    entries_of,
    numbers_of,
    sheet_of,
)
from qualcode.core.codebook import heirs_of
from qualcode.core.compact import FAST, pack, unpack
from qualcode.core.model import Codebook, Coding, Document, without_text
from qualcode.core.problems import QualcodeError
from qualcode.core.text import short_key
from qualcode.project.groups import document_groups, group_of, state_of
from qualcode.project.study import Study
from qualcode.project.versions import engine_version, stats_of
from qualcode.store.document_files import load_facts
from qualcode.store.kept import Kept, open_kept
from qualcode.store.review_files import load_reviews

PART, WORDS, NUMBERS = "coded", "words", "numbers"
T = TypeVar("T")
Suggested = Callable[[Document], Iterator[Incident]]
Take: TypeAlias = Callable[[Document, "list[Coding] | None"], Iterable[T]]
"""What is found in a document by its codings; None where nobody has examined it."""


@dataclass(frozen=True, slots=True)
class CodedDocument:
    """What is coded in one document, which comes without its text.

    `heard` gives the keys of whoever speaks in it; None where nobody has examined it.
    """

    document: Document
    coders: tuple[str, ...]
    heard: tuple[str, ...] | None = None
    incidents: tuple[Incident, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    documents: tuple[CodedDocument, ...]


@dataclass(frozen=True, slots=True)
class _Counted:
    """A part that is counted; the numbers behind the words are kept beside it."""

    documents: tuple[CodedDocument, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class _Group:
    """Documents of which everything is kept in one place, under a key of their state."""

    place: str
    key: str
    doc_ids: list[str]


@dataclass(frozen=True, slots=True)
class Gathering:
    """What all coders coded, or one; `suggested` gives what stands in for codings."""

    study: Study
    codebook: Codebook
    book: CaseBook
    coder: str = ""
    suggested: Suggested | None = None
    failed: dict[str, QualcodeError] = field(default_factory=dict)

    def read_all(self) -> tuple[CodedDocument, ...]:
        """Every document, by id; those of groups in which nothing changed as they were kept.

        Raises:
            QualcodeError: what is wrong with the first document that cannot be read.
        """
        if self.suggested is not None:  # suggestions come from all that was ever decided
            found = list(self._read(self.study.document_ids()))
        else:
            found = [one for part in self._each(self._part) for one in part.documents]
        return self._in_order(found)

    def read_counts(self) -> tuple[tuple[CodedDocument, ...], tuple[Sheet, ...]]:
        """Every document without its incidents, and what counts of them, group by group.

        Nothing is suggested; context documents are in no sheet. It takes a third of the time of
        `read_all`, and a small part of the memory.

        Raises:
            QualcodeError: as `read_all`.
        """
        found = list(self._each(self._counted_part))
        documents = self._in_order(one for held, _ in found for one in held)
        return documents, tuple(sheet for _, sheet in found)

    def read_each(
        self, stage: str, kind: type[T], find: Callable[[tuple[CodedDocument, ...]], T], *, by: str
    ) -> Iterator[T]:
        """What `find` makes of the documents of each group; what it made where nothing changed.

        One group is in memory at a time.

        Args:
            stage: says what is found; no other stage has its name.
            by: stands for everything besides the documents that it comes from.

        Raises:
            QualcodeError: behind the last group, as `read_all`.
        """

        def part_of(kept: Kept, group: _Group) -> T:
            again = replace(group, key=short_key(group.key, by))
            return self._kept_or_made(
                kept, stage, again, kind, lambda: find(self._part(kept, group).documents)
            )

        yield from self._each(part_of)
        self._in_order(())

    def _in_order(self, found: Iterable[CodedDocument]) -> tuple[CodedDocument, ...]:
        if self.failed:
            raise self.failed[min(self.failed)]
        return tuple(sorted(found, key=lambda one: one.document.id))

    def _each(self, part_of: Callable[[Kept, _Group], T]) -> Iterator[T]:
        """What is found in each group; what was kept of groups that are gone is forgotten."""
        with open_kept(self.study.paths.gathered, engine_version(), lasting=True) as kept:
            groups = list(self._groups())
            for group in groups:
                yield part_of(kept, group)
            names = {group.place.split(" ")[0] for group in groups}
            gone = {place for place in kept.places() if place.split(" ")[0] not in names}
            kept.forget(gone, ())
        told = self.study.notes  # a table may read the file twice
        told.extend(note for note in kept.notes if note not in told)

    def _groups(self) -> Iterator[_Group]:
        files = document_groups(self.study.paths)
        doc_ids: dict[str, list[str]] = {}
        for doc_id in self.study.document_ids():
            doc_ids.setdefault(group_of(doc_id), []).append(doc_id)
        heirs = [[one, heir] for one, heir in heirs_of(self.codebook).items()]
        shared = (json.dumps(heirs), stats_of(self.study.paths.cases), self.coder)
        for name, held in doc_ids.items():
            yield _Group(f"{name} {self.coder}", state_of(files.get(name, {}), *shared), held)

    def _part(self, kept: Kept, group: _Group) -> _Part:
        return self._kept_or_made(
            kept, PART, group, _Part, lambda: _Part(tuple(self._read(group.doc_ids)))
        )

    def _kept_or_made(
        self, kept: Kept, stage: str, group: _Group, kind: type[T], make: Callable[[], T]
    ) -> T:
        """What was kept of a group, else what is made now, kept where every document is read."""
        packed = kept.get(stage, group.place, group.key)
        if packed is not None:
            return unpack(kind, packed)
        made = make()
        if not self.failed:
            kept.put(stage, group.place, group.key, pack(made))
        return made

    def _counted_part(self, kept: Kept, group: _Group) -> tuple[tuple[CodedDocument, ...], Sheet]:
        packed = kept.get(WORDS, group.place, group.key)
        numbers = kept.get(NUMBERS, group.place, group.key)
        if packed is not None and numbers is not None:
            counted = unpack(_Counted, packed)
            columns = columns_from(zlib.decompress(numbers))
            return counted.documents, Sheet(counted.words, columns)
        entries: list[Entry] = []
        documents = tuple(self._count(group.doc_ids, entries))
        sheet = sheet_of(entries)
        if not self.failed:
            packed, numbers = pack(_Counted(documents, sheet.words)), numbers_of(sheet.columns)
            kept.put(WORDS, group.place, group.key, packed)
            kept.put(NUMBERS, group.place, group.key, zlib.compress(numbers, FAST))
        return documents, sheet

    def _read(self, doc_ids: Iterable[str]) -> Iterator[CodedDocument]:
        """The documents with their incidents; what is wrong with others is noted."""

        def incidents(document: Document, codings: list[Coding] | None) -> Iterator[Incident]:
            if codings is None and self.suggested is not None:
                return self.suggested(document)
            return incidents_of(document, codings or (), self.book, self.codebook)

        for known, found in self._read_each(doc_ids, incidents):
            yield replace(known, incidents=found)

    def _count(self, doc_ids: Iterable[str], entries: list[Entry]) -> Iterator[CodedDocument]:
        """The documents, while `entries` takes up what counts in them."""
        heirs = heirs_of(self.codebook)

        def counted(document: Document, codings: list[Coding] | None) -> Iterable[Entry]:
            return entries_of(document, codings or (), heirs) if document.role != "context" else ()

        for known, found in self._read_each(doc_ids, counted):
            entries.extend(found)
            yield known

    def _read_each(
        self, doc_ids: Iterable[str], take: Take[T]
    ) -> Iterator[tuple[CodedDocument, tuple[T, ...]]]:
        for doc_id in doc_ids:
            try:
                yield self._read_one(doc_id, take)
            except QualcodeError as error:
                self.failed[doc_id] = error

    def _read_one(self, doc_id: str, take: Take[T]) -> tuple[CodedDocument, tuple[T, ...]]:
        """One document and what `take` finds in it, from its codings where it is examined.

        It is read in full only where it is examined or suggestions stand in.
        """
        everyones = self.study.codings(doc_id)
        coders = tuple(sorted({one.coder for one in everyones}))
        codings = [one for one in everyones if self.coder in ("", one.coder)]
        is_examined = bool(codings) or self._is_reviewed(doc_id)
        if not is_examined and self.suggested is None:
            facts, _ = join_cases(load_facts(self.study.paths, doc_id), self.book)
            return CodedDocument(facts, coders), ()
        document = self.study.document(doc_id, self.book)
        found = tuple(take(document, codings if is_examined else None))
        heard = participants_heard(document)
        return CodedDocument(without_text(document), coders, heard), found

    def _is_reviewed(self, doc_id: str) -> bool:
        """Whether somebody, or this coder, decided on suggestions in a document."""
        reviews = load_reviews(self.study.paths, doc_id)
        return any(self.coder in ("", one.coder) for one in reviews)
