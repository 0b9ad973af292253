"""What is coded in each document, kept by groups, so that only what changed is read again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from qualcode.analysis.cases import CaseBook, join_cases
from qualcode.analysis.coded import participants_heard
from qualcode.analysis.comparing.incidents import Incident, incidents_of
from qualcode.core.codebook import resolve
from qualcode.core.compact import pack, unpack
from qualcode.core.model import Codebook, Document, without_text
from qualcode.core.problems import QualcodeError
from qualcode.project.groups import document_groups, group_of, state_of
from qualcode.project.study import Study
from qualcode.project.versions import engine_version, stats_of
from qualcode.store.document_files import load_facts
from qualcode.store.kept import Kept, open_kept
from qualcode.store.review_files import load_reviews

PART = "coded"
Suggested = Callable[[Document], Iterator[Incident]]


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
            with open_kept(self.study.paths.gathered, engine_version(), lasting=True) as kept:
                found = [one for part in self._parts(kept) for one in part.documents]
            self.study.notes.extend(kept.notes)
        if self.failed:
            raise self.failed[min(self.failed)]
        return tuple(sorted(found, key=lambda one: one.document.id))

    def _parts(self, kept: Kept) -> Iterator[_Part]:
        groups = document_groups(self.study.paths)
        doc_ids: dict[str, list[str]] = {}
        for doc_id in self.study.document_ids():
            doc_ids.setdefault(group_of(doc_id), []).append(doc_id)
        heirs = [[code.id, resolve(self.codebook, code.id)] for code in self.codebook.codes]
        shared = (json.dumps(heirs), stats_of(self.study.paths.cases), self.coder)
        for name, held in doc_ids.items():
            key = state_of(groups.get(name, {}), *shared)
            yield self._part(kept, f"{name} {self.coder}", key, held)
        gone = {place for place in kept.keys(PART) if place.split(" ")[0] not in doc_ids}
        kept.forget(gone, ())

    def _part(self, kept: Kept, place: str, key: str, doc_ids: list[str]) -> _Part:
        packed = kept.get(PART, place, key)
        if packed is not None:
            return unpack(_Part, packed)
        part = _Part(tuple(self._read(doc_ids)))
        if not self.failed:
            kept.put(PART, place, key, pack(part))
        return part

    def _read(self, doc_ids: Iterable[str]) -> Iterator[CodedDocument]:
        for doc_id in doc_ids:
            try:
                yield self._read_one(doc_id)
            except QualcodeError as error:
                self.failed[doc_id] = error

    def _read_one(self, doc_id: str) -> CodedDocument:
        """One document, in full only where it is examined or suggestions stand in."""
        everyones = self.study.codings(doc_id)
        coders = tuple(sorted({one.coder for one in everyones}))
        codings = [one for one in everyones if self.coder in ("", one.coder)]
        if codings or self._is_reviewed(doc_id):
            document = self.study.document(doc_id, self.book)
            incidents = incidents_of(document, codings, self.book, self.codebook)
        elif self.suggested is not None:
            document = self.study.document(doc_id, self.book)
            incidents = self.suggested(document)
        else:
            return CodedDocument(
                join_cases(load_facts(self.study.paths, doc_id), self.book)[0], coders
            )
        heard = participants_heard(document)
        return CodedDocument(without_text(document), coders, heard, tuple(incidents))

    def _is_reviewed(self, doc_id: str) -> bool:
        """Whether somebody, or this coder, decided on suggestions in a document."""
        reviews = load_reviews(self.study.paths, doc_id)
        return any(self.coder in ("", one.coder) for one in reviews)
