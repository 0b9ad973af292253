"""Where everything of a project stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qualcode.core.problems import P, QualcodeError, problem
from qualcode.store.listing import files_of

SETTINGS = "qualcode.yaml"


@dataclass(frozen=True, slots=True)
class ProjectPaths:
    """The files of one project; nothing but this module knows their names."""

    root: Path

    @property
    def settings(self) -> Path:
        return self.root / SETTINGS

    @property
    def codebook(self) -> Path:
        return self.root / "codebook.yaml"

    @property
    def pairs(self) -> Path:
        return self.root / "pairs.yaml"

    @property
    def cases(self) -> Path:
        return self.root / "cases.yaml"

    @property
    def sources(self) -> Path:
        return self.root / "sources"

    @property
    def documents(self) -> Path:
        return self.root / "documents"

    def source(self, name: str) -> Path:
        return self.sources / name

    def text(self, doc_id: str) -> Path:
        return self.documents / f"{doc_id}.txt"

    def facts(self, doc_id: str) -> Path:
        return self.documents / f"{doc_id}.yaml"

    def parts(self, doc_id: str) -> Path:
        return self.documents / f"{doc_id}.parts.jsonl"

    def corrections(self, doc_id: str) -> Path:
        return self.documents / f"{doc_id}.corrections.yaml"

    def all_codings(self) -> Iterator[Path]:
        """Every file of codings."""
        return (self.root / "codings").glob("*.jsonl")

    def all_reviews(self) -> Iterator[Path]:
        """Every file of verdicts on suggestions."""
        return (self.root / "reviews").glob("*.jsonl")

    def codings(self, doc_id: str) -> tuple[Path, ...]:
        """The files of codings of one document, one per coder, by name."""
        return files_of(self.root / "codings", doc_id)

    def reviews(self, doc_id: str) -> tuple[Path, ...]:
        """The files of verdicts on one document, one per coder, by name."""
        return files_of(self.root / "reviews", doc_id)

    @property
    def coder(self) -> Path:
        return self.root / ".qualcode" / "coder"

    @property
    def runs(self) -> Path:
        """What runs worked out, kept for the next; derived, safe to delete."""
        return self.root / ".qualcode" / "runs.sqlite"

    @property
    def glances(self) -> Path:
        """Counts of documents, kept for the next `status`; derived, safe to delete."""
        return self.root / ".qualcode" / "glances.sqlite"

    @property
    def gathered(self) -> Path:
        """What is coded in each document, kept for the next table; derived, safe to delete."""
        return self.root / ".qualcode" / "coded.sqlite"

    @property
    def answers(self) -> Path:
        """Answers of long commands, kept until the study changes; derived, safe to delete."""
        return self.root / ".qualcode" / "answers.sqlite"

    @property
    def lock(self) -> Path:
        return self.root / ".qualcode" / "lock"

    @property
    def unfinished(self) -> Path:
        """Where files are written before they take their places."""
        return self.root / ".qualcode" / "unfinished"

    @property
    def pending(self) -> Path:
        """A change that is being carried out; not there between commands."""
        return self.root / "history" / "pending.json"

    def blob(self, key: str) -> Path:
        """Earlier bytes of a file, compressed, under their hash."""
        return self.root / "history" / "objects" / key[:2] / key[2:]

    def journal(self, coder: str) -> Path:
        return self.root / "journal" / f"{coder}.jsonl"

    def unplaced(self, doc_id: str) -> Path:
        """Codings of a document that found no place in its new text."""
        return self.root / "codings" / "unplaced" / f"{doc_id}.jsonl"

    def earlier_source(self, name: str, source_hash: str) -> Path:
        """Where an original is kept once a changed one has taken its place."""
        return self.root / "history" / "sources" / source_hash[:12] / name

    def log(self, name: str) -> Path:
        return self.root / "log" / name


def find_project(start: Path) -> ProjectPaths:
    """The project that holds this folder: the nearest one upwards with a `qualcode.yaml`.

    Raises:
        QualcodeError: NO_PROJECT.
    """
    for folder in (start.absolute(), *start.absolute().parents):
        if (folder / SETTINGS).is_file():
            return ProjectPaths(folder)
    raise QualcodeError(problem(P.NO_PROJECT, path=str(start)))
