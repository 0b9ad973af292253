"""The whole way in one command: a folder and a codebook in, the table and its proof out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import qualcode
from qualcode.analysis.cases import CaseBook, cases_of_respondents, join_cases, unknown_documents
from qualcode.analysis.coded import coded_by_suggestions, summarise
from qualcode.analysis.comparing.incidents import Incident, incidents_of
from qualcode.analysis.cue_coding import cue_patterns
from qualcode.analysis.document_table import documents_table
from qualcode.analysis.languages import language_notes
from qualcode.analysis.pair_tables import (
    counted,
    draft_note,
    marked,
    pairs_data,
    pairs_table,
    quoted,
)
from qualcode.analysis.rollup import DocumentSummary, RollUp, Tallies
from qualcode.analysis.segment import segment_document
from qualcode.core.codebook import is_in_use
from qualcode.core.methods import MethodProfile
from qualcode.core.model import Codebook, CodedSegment, Document
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.core.protocols import Split, Suggest
from qualcode.core.table import Table
from qualcode.core.text import content_hash
from qualcode.plugins.exporters.codebook_markdown import codebook_markdown
from qualcode.plugins.exporters.csv_table import csv_lines
from qualcode.plugins.exporters.html import render
from qualcode.plugins.language import reading_notes
from qualcode.plugins.pipeline import pattern_notes
from qualcode.plugins.registry import load_exporter, load_segmenter, load_suggester
from qualcode.project.codebooks import codebook_for, find_codebook, pairs_beside
from qualcode.project.ingest import Found
from qualcode.project.material import Material, open_material
from qualcode.project.settings import method_of, pipeline_of
from qualcode.project.shipped import shipped_codebooks
from qualcode.store.cases_file import CASES_FILE
from qualcode.store.results import Staging, check_out_folder, staged_results

SUGGESTION_COLUMNS = (
    "document",
    "unit",
    "start",
    "end",
    "quote",
    "code",
    "valence",
    "lenses",
    "score",
    "why",
    "voice",
    "speaker",
    "case",
)
CODING_COLUMNS = (
    *("document", "unit", "start", "end", "quote", "code", "valence", "lenses"),
    *("strength", "confidence", "why", "voice", "speaker", "case", "coders", "codings"),
)

Progress = Callable[[int, int, str], None]
"""Called before each file with its number from 1, the number of files, and its name."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run gives: the table, the documents, every problem, and where it was written."""

    rollup: RollUp
    pairs: Table
    documents: tuple[DocumentSummary, ...]
    problems: tuple[Problem, ...]
    skipped: tuple[str, ...]
    out: Path

    @property
    def is_clean(self) -> bool:
        """Whether nothing worse than a note was met."""
        return all(found.severity == "note" for found in self.problems)


@dataclass(frozen=True, slots=True)
class _Coder:
    """Everything that codes one document, made ready once."""

    split: Split
    suggest: Suggest
    notes: tuple[Problem, ...]


def _make_ready(codebook: Codebook, pipeline: str) -> _Coder:
    return _Coder(
        load_segmenter("sentences")(codebook.language),
        load_suggester("cues", pipeline=pipeline)(codebook),
        (
            *reading_notes(codebook.language),
            *pattern_notes(cue_patterns(codebook), codebook.language, pipeline),
        ),
    )


def run(
    folder: Path,
    *,
    codebook: str,
    out: Path,
    force: bool = False,
    sheet: Path | None = None,
    progress: Progress | None = None,
) -> RunResult:
    """Reads a folder, suggests codes, rolls up the pairs and writes tables and report to `out`.

    A folder that is a project gives its frozen documents, with every correction made in
    them. `sheet` says what is known of each file. `codebook` is a path or the name of one that
    ships. A file that cannot be read costs that file only. Either all results are written or
    none. The same input gives the same bytes.

    Raises:
        QualcodeError: NO_FOLDER, EMPTY_FOLDER, OUT_NOT_OURS, OUT_UNWRITABLE, OUT_IS_INPUT,
            NO_CODEBOOK, NO_CUES, NOTHING_READ, and everything wrong with a codebook that has
            errors.
    """
    material = open_material(folder, leave_out=out, sheet=sheet)
    check_out_folder(out, force=force)
    checked = codebook_for(folder, codebook)
    has_cues = any(code.cues for code in checked.codebook.codes if is_in_use(code))
    if not has_cues and material.codings is None:
        raise QualcodeError(
            problem(P.NO_CUES, path=codebook, shipped=", ".join(shipped_codebooks()))
        )
    coder = _make_ready(checked.codebook, pipeline_of(folder))
    facts = _facts(folder, codebook, checked.codebook)
    with staged_results(out, facts=facts) as staging:
        batch = _Batch(checked.codebook, coder, material, staging)
        batch.problems.extend(p for p in checked.problems if p.severity != "note")
        batch.problems.extend((*material.problems, *coder.notes))
        staging.write("suggestions.csv", csv_lines(batch.code_all(progress)))
        if not batch.summaries:
            raise QualcodeError(
                *batch.problems, problem(P.NOTHING_READ, path=str(folder), n=len(material.found))
            )
        doc_ids = [found.doc_id for found in material.found]
        cases = str(folder / CASES_FILE)
        batch.problems.extend(unknown_documents(material.book, doc_ids, path=cases))
        result = batch.result(out, method_of(folder))
        if material.codings is not None:
            staging.write("codings.csv", csv_lines([CODING_COLUMNS, *batch.codings]))
        _write_tables(staging, result, folder)
    return result


def _facts(folder: Path, name: str, codebook: Codebook) -> dict[str, object]:
    """What the results say of how they were made."""
    facts: dict[str, object] = {
        "qualcode": qualcode.__version__,
        "codebook": codebook.name,
        "codebook_sha256": content_hash(find_codebook(name).read_bytes()),
    }
    pairs = pairs_beside(folder, name)
    if pairs is not None and pairs.is_file():
        facts["pairs_sha256"] = content_hash(pairs.read_bytes())
    return facts


class _Batch:
    """One run in progress: documents go through one by one, only counts and quotes stay."""

    def __init__(
        self, codebook: Codebook, coder: _Coder, material: Material, staging: Staging
    ) -> None:
        self.problems: list[Problem] = []
        self.summaries: list[DocumentSummary] = []
        self.skipped: list[str] = []
        self.codings: list[tuple[str, ...]] = []
        self._codebook = codebook
        self._coder = coder
        self._material = material
        self._book = material.book
        self._staging = staging
        self._tallies = Tallies(codebook)
        self._texts: dict[str, str] = {}
        self._respondents: dict[str, str] = {}

    def code_all(self, progress: Progress | None) -> Iterator[tuple[str, ...]]:
        """Codes every file and gives the rows of `suggestions.csv`, header first."""
        yield SUGGESTION_COLUMNS
        sources = self._material.found
        for number, found in enumerate(sources, start=1):
            if progress is not None:
                progress(number, len(sources), found.name)
            for coded in self._code(found):
                yield suggestion_row(coded)

    def _code(self, found: Found) -> tuple[CodedSegment, ...]:
        ingested = self._material.ingest(found)
        problems = list(ingested.problems)
        self.problems.extend(problems)
        if ingested.document is None:
            self.skipped.append(found.name)
            return ()
        document, book = self._with_respondents(ingested.document)
        document, case_problems = join_cases(document, book)
        problems.extend((*case_problems, *self._same_text(document)))
        problems.extend(language_notes(document, self._codebook.language))
        self.problems.extend(problems[len(ingested.problems) :])
        segments = tuple(segment_document(document, split=self._coder.split))
        suggestions = self._coder.suggest(document, segments)
        suggested = tuple(coded_by_suggestions(document, segments, suggestions, book))
        summary = summarise(document, segments, suggested, problems)
        self._staging.write(f"documents/{document.id}.txt", document.text.encode())
        if summary.is_counted and not self._material.is_examined(document.id):
            self._tallies.leave_unread()
        else:
            self._tallies.add(summary, self._counted(document, suggested, book))
        self.summaries.append(summary)
        return suggested

    def _counted(
        self, document: Document, suggested: tuple[CodedSegment, ...], book: CaseBook
    ) -> tuple[CodedSegment, ...]:
        """What the table counts: codings where people have coded, else suggestions."""
        if self._material.codings is None:
            return suggested
        codings = self._material.codings(document.id)
        found = tuple(incidents_of(document, codings, book, self._codebook))
        self.codings.extend(map(coding_row, found))
        return tuple(incident.coded for incident in found)

    def _with_respondents(self, document: Document) -> tuple[Document, CaseBook]:
        """Respondents of a questionnaire who are no case yet become cases of their own.

        R01 of a second questionnaire is somebody else: "second-R01".
        """
        if document.kind != "questionnaire":
            return document, self._book
        ids: dict[str, str] = {}
        for case in cases_of_respondents(document):
            if case.id not in self._book.by_id:
                taken = self._respondents.setdefault(case.id, document.id) != document.id
                ids[case.id] = f"{document.id}-{case.id}" if taken else case.id
        own = (
            replace(case, id=ids[case.id])
            for case in cases_of_respondents(document)
            if case.id in ids
        )
        speakers = (replace(s, case_id=ids.get(s.id, s.case_id)) for s in document.speakers)
        book = CaseBook.of((*self._book.cases, *own))
        return replace(document, speakers=tuple(speakers)), book

    def _same_text(self, document: Document) -> tuple[Problem, ...]:
        first = self._texts.setdefault(document.text_hash, document.source_name)
        if first == document.source_name:
            return ()
        return (problem(P.SAME_TEXT, path=document.source_name, other=first),)

    def _with_gaps(self, table: Table) -> Table:
        """The table with a note on what it lacks, wherever it goes."""
        if not self.skipped:
            return table
        return replace(table, notes=(*table.notes, _gap_note(self.skipped)))

    def result(self, out: Path, words: MethodProfile) -> RunResult:
        """Everything rolled up, in the words of the method."""
        rollup = replace(self._tallies.roll_up(), words=words)
        return RunResult(
            rollup=rollup,
            pairs=self._with_gaps(pairs_table(rollup)),
            documents=tuple(self.summaries),
            problems=tuple(self.problems),
            skipped=tuple(self.skipped),
            out=out,
        )


def _gap_note(skipped: list[str]) -> str:
    return f"NOT COUNTED, because they could not be read: {', '.join(skipped)}."


def suggestion_row(coded: CodedSegment) -> tuple[str, ...]:
    """One row of `suggestions.csv`; `lenses` in the analyst's order, parted by " / "."""
    return (*_what(coded), f"{coded.score:.2f}", coded.why, *_who(coded))


def coding_row(incident: Incident) -> tuple[str, ...]:
    """One row of `codings.csv`; coders and the ids of their codings are parted by " / "."""
    strength = "" if incident.strength is None else str(incident.strength)
    return (
        *_what(incident.coded),
        strength,
        incident.confidence,
        incident.coded.why,
        *_who(incident.coded),
        " / ".join(incident.coders),
        " / ".join(incident.coding_ids),
    )


def _what(coded: CodedSegment) -> tuple[str, ...]:
    return (
        coded.doc_id,
        coded.unit,
        str(coded.span.start),
        str(coded.span.end),
        coded.quote,
        coded.code_id,
        coded.valence,
        " / ".join(coded.lenses),
    )


def _who(coded: CodedSegment) -> tuple[str, ...]:
    return (coded.voice, coded.speaker, coded.case_id or "")


def _write_tables(staging: Staging, result: RunResult, folder: Path) -> None:
    documents = documents_table(result.documents)
    staging.write("pairs.csv", load_exporter("csv")(pairs_data(result.rollup)))
    staging.write("pairs.md", load_exporter("markdown")(result.pairs))
    staging.write("pairs.html", load_exporter("html")(result.pairs))
    staging.write("documents.csv", load_exporter("csv")(documents))
    rollup = result.rollup
    summary = codebook_markdown(rollup.codebook, _found_counts(result), rollup.words)
    staging.write("codebook.md", summary)
    staging.write(
        "report.html",
        render(
            "report.html",
            rollup=result.rollup,
            pairs=result.pairs,
            documents=documents_table(result.documents, names=False),
            problems=[str(found) for found in result.problems],
            draft=draft_note(result.rollup),
            folder=folder.name or folder.absolute().name,
            quoted=quoted,
            marked=marked,
        ),
    )


def _found_counts(result: RunResult) -> dict[str, str]:
    return {
        pole.code_ids[0]: f"{counted(found.segments, 'segment')} in "
        f"{counted(found.documents, 'document')}, suggested"
        for row in result.rollup.rows
        for pole, found in ((side.pole, side.supporting) for side in row.poles)
        if len(pole.code_ids) == 1
    }
