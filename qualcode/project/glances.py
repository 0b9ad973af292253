"""The counts of a study, kept by groups of documents, so that only what changed is counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from qualcode.analysis.glance import Glance, Part, put_together
from qualcode.analysis.review_queue import coverage_of
from qualcode.analysis.segment import segment_document
from qualcode.analysis.stale import counted_as
from qualcode.analysis.standing import count_uses, heard_codings
from qualcode.core.codebook import resolve
from qualcode.core.compact import pack, unpack
from qualcode.core.model import Codebook, Coding, Kind, Role
from qualcode.core.problems import Problem, QualcodeError
from qualcode.core.protocols import Split
from qualcode.plugins.registry import load_segmenter
from qualcode.project.groups import document_groups, state_of
from qualcode.project.study import Study
from qualcode.project.versions import engine_version
from qualcode.store.coding_files import numbered_codings
from qualcode.store.document_files import load_document, load_facts
from qualcode.store.kept import Kept, open_kept
from qualcode.store.review_files import load_reviews

PART = "part"


@dataclass(slots=True)
class Glances:
    """The parts of a study that are kept; a part is some 1/256 of its documents."""

    study: Study
    kept: Kept

    def of(self, codebook: Codebook) -> Glance:
        """The counts of the whole study; merged codes count as what took their place."""
        # a coding without direction denies only a code that has one
        codes = [[code.id, resolve(codebook, code.id), code.valence] for code in codebook.codes]
        paths = self.study.paths
        # problems name the files where they are
        shared = (json.dumps(codes), self.study.settings.language, str(paths.root))
        groups = document_groups(paths)
        glance = put_together(
            self._part(name, state_of(group, *shared), codebook, group)
            for name, group in sorted(groups.items())
        )
        self.kept.forget(self.kept.keys(PART).keys() - groups.keys(), ())
        return glance

    def _part(self, name: str, key: str, codebook: Codebook, doc_ids: Iterable[str]) -> Part:
        held = self.kept.get(PART, name, key)
        if held is not None:
            return unpack(Part, held)
        split = load_segmenter("sentences")(self.study.settings.language)
        part = _Counting(self.study, codebook, split).part(sorted(doc_ids))
        self.kept.put(PART, name, key, pack(part))
        return part


@contextmanager
def open_glances(study: Study) -> Iterator[Glances]:
    """What is kept of a study; a file that was damaged is made again."""
    with open_kept(study.paths.glances, engine_version(), lasting=True) as kept:
        yield Glances(study, kept)
        study.notes.extend(kept.notes)


@dataclass(slots=True)
class _Counting:
    """Counts some documents, one at a time."""

    study: Study
    codebook: Codebook
    split: Split
    kinds: dict[str, tuple[Kind, Role]] = field(default_factory=dict)
    codings: list[Coding] = field(default_factory=list)
    heard: list[Coding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    segments: Counter[str] = field(default_factory=Counter)
    is_whole: bool = True

    def part(self, doc_ids: list[str]) -> Part:
        """The counts of these documents."""
        for doc_id in doc_ids:
            self._count(doc_id)
        kinds = Counter(f"{kind}/{role}" for kind, role in self.kinds.values())
        meanings = Counter(map(counted_as, self.codings))
        return Part(
            kinds=tuple(sorted(kinds.items())),
            coded_documents=len({one.doc_id for one in self.codings}),
            codings=len(self.codings),
            uses=count_uses(self.codebook, self.heard, self.kinds),
            meanings=tuple((*both, n) for both, n in sorted(meanings.items())),
            segments=self.segments["all"],
            coded=self.segments["coded"],
            uncoded=self.segments["uncoded"],
            problems=tuple(self.problems),
            is_whole=self.is_whole,
        )

    def _count(self, doc_id: str) -> None:
        codings = list(self._codings(doc_id))
        self.codings.extend(codings)
        paths = self.study.paths
        if not paths.facts(doc_id).is_file():
            return
        try:
            facts = load_facts(paths, doc_id)
            self.kinds[doc_id] = (facts.kind, facts.role)
            if facts.role != "context":
                self._cover(doc_id, codings)
        except QualcodeError as error:
            self.is_whole = False
            self.problems.extend(error.problems)

    def _codings(self, doc_id: str) -> Iterator[Coding]:
        for path in self.study.paths.codings(doc_id):
            coder = path.name.removesuffix(".jsonl").rpartition(".")[2]
            for _, found in numbered_codings(path, doc_id, coder):
                if isinstance(found, Coding):
                    yield found
                else:
                    self.is_whole = False
                    self.problems.append(found)

    def _cover(self, doc_id: str, codings: list[Coding]) -> None:
        """Counts the segments of a document: all, coded, and left uncoded on purpose."""
        document = load_document(self.study.paths, doc_id)
        self.heard.extend(heard_codings(document, codings))
        segments = tuple(segment_document(document, split=self.split))
        reviews = load_reviews(self.study.paths, doc_id)
        found = coverage_of(document, segments, codings, reviews)
        self.segments.update(all=found.segments, coded=found.coded, uncoded=found.uncoded)
