"""The whole way in one command: a folder and a codebook in, the table and its proof out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

import qualcode
from qualcode.analysis.cases import unknown_documents
from qualcode.analysis.cue_coding import cue_patterns
from qualcode.analysis.names import Names, told_by_case
from qualcode.analysis.pair_tables import pairs_table
from qualcode.analysis.rollup import DocumentSummary
from qualcode.analysis.tallies import Tallies
from qualcode.core.codebook import is_in_use
from qualcode.core.compact import Pile
from qualcode.core.model import Codebook, CodedSegment
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.core.protocols import Failure
from qualcode.core.table import Table
from qualcode.core.text import content_hash, short_key
from qualcode.plugins.exporters.csv_table import csv_lines
from qualcode.plugins.language import reading_notes
from qualcode.plugins.pipeline import pattern_notes
from qualcode.plugins.registry import load_engine
from qualcode.project.codebooks import codebook_for, find_codebook, pairs_beside
from qualcode.project.coder import Setup, coder_for
from qualcode.project.document_work import Finished
from qualcode.project.material import Material, open_material
from qualcode.project.run_how import How, kept_path
from qualcode.project.run_outputs import write_tables
from qualcode.project.run_result import RunResult
from qualcode.project.run_rows import CODING_COLUMNS, SUGGESTION_COLUMNS
from qualcode.project.settings import load_settings, method_of
from qualcode.project.shipped import shipped_codebooks
from qualcode.project.sources import Found, is_project
from qualcode.project.stages import Stages
from qualcode.project.versions import engine_version
from qualcode.store.cases_file import CASES_FILE
from qualcode.store.kept import open_kept
from qualcode.store.paths import ProjectPaths
from qualcode.store.results import Staging, check_out_folder, staged_results

Progress = Callable[[int, int, str], None]
"""Called before each file with its number from 1, the number of files, and its name."""


def run(
    folder: Path,
    *,
    codebook: str,
    out: Path,
    force: bool = False,
    sheet: Path | None = None,
    kind: str = "",
    how: How | None = None,
    progress: Progress | None = None,
) -> RunResult:
    """Reads a folder, suggests codes, rolls up the pairs and writes tables and report to `out`.

    A folder that is a project gives its frozen documents, with every correction made in
    them. `sheet` says what is known of each file, `kind` what those are of which nothing says
    it. `codebook` is a path or the name of one that ships. A file that cannot be read costs that
    file only. Either all results are written or none. The same input gives the same bytes,
    whatever an earlier run kept.

    Raises:
        QualcodeError: NO_FOLDER, EMPTY_FOLDER, OUT_NOT_OURS, OUT_UNWRITABLE, OUT_IS_INPUT,
            BAD_FACT, KIND_IN_PROJECT, NO_CODEBOOK, NO_CUES, NOTHING_READ, and everything wrong
            with a codebook that has errors.
    """
    how = how or How()
    material = open_material(folder, leave_out=out, sheet=sheet, kind=kind)
    check_out_folder(out, force=force)
    checked = codebook_for(folder, codebook)
    if not _has_cues(checked.codebook) and not material.has_coded:
        raise QualcodeError(
            problem(P.NO_CUES, path=codebook, shipped=", ".join(shipped_codebooks()))
        )
    setup = _setup(folder, checked.codebook, material)
    facts = _facts(folder, codebook, checked.codebook, kind)
    lasting = setup.settings is not None
    with (
        open_kept(kept_path(folder, out), engine_version(), lasting=lasting) as kept,
        staged_results(out, facts=facts) as staging,
    ):
        engine = load_engine(how.engine_name, workers=how.workers)
        stages = Stages(material, setup, coder_for(setup), kept, engine, rehash=how.rehash)
        batch = _Batch(stages, staging)
        batch.problems.extend(p for p in checked.problems if p.severity != "note")
        batch.problems.extend((*material.problems, *_language_notes(setup)))
        result = batch.write_all(out, progress)
    return replace(result, problems=(*result.problems, *kept.notes))


def _has_cues(codebook: Codebook) -> bool:
    return any(code.cues for code in codebook.codes if is_in_use(code))


def _setup(folder: Path, codebook: Codebook, material: Material) -> Setup:
    if not is_project(folder):
        return Setup(folder, codebook)
    paths = ProjectPaths(folder)
    decided = sorted([*paths.all_codings(), *paths.all_reviews()])
    key = short_key(*(f"{path.name} {content_hash(path.read_bytes())}" for path in decided))
    settings = load_settings(paths)
    return Setup(folder, codebook, settings, key if decided else "", material.has_coded)


def _language_notes(setup: Setup) -> tuple[Problem, ...]:
    language = setup.codebook.language
    patterns = cue_patterns(setup.codebook)
    return (*reading_notes(language), *pattern_notes(patterns, language, setup.pipeline))


def _facts(folder: Path, name: str, codebook: Codebook, kind: str) -> dict[str, object]:
    """What the results say of how they were made."""
    facts: dict[str, object] = {
        "qualcode": qualcode.__version__,
        "codebook": codebook.name,
        "codebook_version": codebook.version,
        "codebook_sha256": content_hash(find_codebook(name).read_bytes()),
    }
    if kind:
        facts["kind_of_all_others"] = kind
    pairs = pairs_beside(folder, name)
    if pairs is not None and pairs.is_file():
        facts["pairs_sha256"] = content_hash(pairs.read_bytes())
    return facts


@dataclass(slots=True)
class _Batch:
    """One run in progress: documents go through one by one, and of most only counts stay."""

    stages: Stages
    staging: Staging
    problems: list[Problem] = field(default_factory=list)
    summaries: Pile[DocumentSummary] = field(default_factory=lambda: Pile(DocumentSummary))
    skipped: list[str] = field(default_factory=list)
    _tallies: Tallies = field(init=False)
    _names: Names = field(init=False)
    _texts: dict[bytes, str] = field(default_factory=dict)
    _respondents: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._tallies = Tallies(self.stages.setup.codebook, self.stages.material.book.by_id)
        self._names = Names.of(self.stages.material.book)

    def write_all(self, out: Path, progress: Progress | None) -> RunResult:
        """Codes every file and writes all results.

        Raises:
            QualcodeError: NOTHING_READ.
        """
        self.code_all(progress)
        result = self.result(out)
        write_tables(self.staging, result, self.stages.material.folder)
        return result

    def code_all(self, progress: Progress | None) -> None:
        """Codes every file and writes the lists of suggestions and, where there are, codings."""
        material, begin = self.stages.material, self.staging.begin
        with (
            begin("suggestions.csv") as suggestions,
            begin("codings.csv") if material.has_coded else nullcontext() as codings,
        ):
            suggestions.add(csv_lines([SUGGESTION_COLUMNS]).encode())
            if codings is not None:
                codings.add(csv_lines([CODING_COLUMNS]).encode())
            for number, (found, outcome) in enumerate(self.stages.documents(), start=1):
                if progress is not None:
                    progress(number, len(material.found), found.name)
                taken = self._take(found, outcome)
                if taken is not None:
                    suggestions.add(taken.suggestions.encode())
                if taken is not None and codings is not None:
                    codings.add(taken.codings.encode())

    def _take(self, found: Found, outcome: Finished | Failure) -> Finished | None:
        """Counts a document; None where there is nothing to count."""
        if isinstance(outcome, Failure):
            reason = outcome.reason
            self.problems.append(problem(P.DOCUMENT_FAILED, path=found.name, reason=reason))
            self.skipped.append(found.name)
            return None
        taken = tuple(one for one in outcome.respondents if self._is_taken(one, found.doc_id))
        if taken != outcome.taken:
            outcome = self.stages.again(found, taken)
        if outcome.summary is None:
            self.problems.extend(outcome.problems)
            self.skipped.append(found.name)
            return None
        name = f"documents/{found.doc_id}.txt"
        if not self.staging.keep(name, bytes.fromhex(outcome.text_hash)):
            self.staging.write(name, self.stages.text(found).encode())
        same = self._same_text(self.staging.hashes[name], outcome.summary.source)
        problems = (*outcome.problems, *same, *outcome.notes)
        summary = replace(outcome.summary, problems=problems)
        self.problems.extend(problems)
        if summary.is_counted and not outcome.is_examined:
            self._tallies.leave_unread()
        else:
            self._tallies.add(summary, self._told(outcome.counted))
        self.summaries.add(summary)
        return outcome

    def _told(self, counted: tuple[CodedSegment, ...]) -> Sequence[CodedSegment]:
        names = self._names
        return [told_by_case(one, names) for one in counted] if names.ways else counted

    def _is_taken(self, respondent: str, doc_id: str) -> bool:
        """Whether an earlier questionnaire has a respondent of that name: somebody else."""
        return self._respondents.setdefault(respondent, doc_id) != doc_id

    def _same_text(self, text_hash: bytes, name: str) -> tuple[Problem, ...]:
        first = self._texts.setdefault(text_hash, name)
        return () if first == name else (problem(P.SAME_TEXT, path=name, other=first),)

    def _with_gaps(self, table: Table) -> Table:
        """The table with a note on what it lacks, wherever it goes."""
        if not self.skipped:
            return table
        return replace(table, notes=(*table.notes, _gap_note(self.skipped)))

    def result(self, out: Path) -> RunResult:
        """Everything rolled up, in the words of the method.

        Raises:
            QualcodeError: NOTHING_READ, after every other problem.
        """
        material = self.stages.material
        folder = material.folder
        if not len(self.summaries):
            nothing = problem(P.NOTHING_READ, path=str(folder), n=len(material.found))
            raise QualcodeError(*self.problems, nothing)
        doc_ids = [found.doc_id for found in material.found]
        cases = str(folder / CASES_FILE)
        self.problems.extend(unknown_documents(material.book, doc_ids, path=cases))
        rollup = replace(self._tallies.roll_up(), words=method_of(folder))
        return RunResult(
            rollup=rollup,
            pairs=self._with_gaps(pairs_table(rollup)),
            documents=self.summaries,
            problems=tuple(self.problems),
            skipped=tuple(self.skipped),
            out=out,
            reread=self.stages.reread,
            recoded=self.stages.recoded,
            gone=self.stages.gone,
        )


def _gap_note(skipped: list[str]) -> str:
    return f"NOT COUNTED, because they could not be read: {', '.join(skipped)}."
