"""The whole study as tidy tables for statistics, with a dictionary of their columns."""

from __future__ import annotations

from pathlib import Path

from qualcode.analysis.cases import CaseBook, cases_of_respondents
from qualcode.analysis.segment import segment_document
from qualcode.analysis.tidy_tables import TidyStudy, tidy_tables
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.table import Table
from qualcode.plugins.registry import load_exporter, load_segmenter
from qualcode.project.codebook_export import code_facts
from qualcode.project.study import Study
from qualcode.project.views import with_respondents
from qualcode.store.files import write_file

FORMATS = ("csv", "parquet")


def view_tidy(study: Study) -> tuple[Table, ...]:
    """Documents, segments, cases, codes, codings, pairs, and the dictionary.

    Raises:
        QualcodeError: BAD_CODING, and what is wrong with the codebook.
    """
    codebook = study.usable_codebook()
    book, _ = study.cases()
    split = load_segmenter("sentences")(study.settings.language)
    documents = tuple(
        (
            with_respondents(document),
            tuple(segment_document(document, split=split)),
            study.codings(document.id),
        )
        for document in study.documents(book)
    )
    respondents = (case for one, _, _ in documents for case in cases_of_respondents(one))
    everybody = {case.id: case for case in (*respondents, *book.cases)}
    whole = CaseBook.of(everybody[case_id] for case_id in sorted(everybody))
    return tidy_tables(TidyStudy(codebook, code_facts(study, codebook), whole, documents))


def export_tidy(study: Study, out: Path, *, format: str = "", force: bool = False) -> list[Path]:
    """Writes every table to the folder `out`, as CSV, Parquet or (by default) both.

    Everything is made before the first file is written. Gives the files.

    Raises:
        QualcodeError: UNKNOWN_WORD for a format, PARQUET_MISSING, TABLE_EXISTS, and as
            `view_tidy`.
    """
    if format and format not in FORMATS:
        allowed = ", ".join(FORMATS)
        raise QualcodeError(
            problem(P.UNKNOWN_WORD, key="--format", found=format, allowed=allowed, hint="")
        )
    exporters = [load_exporter(name) for name in FORMATS if format in ("", name)]
    made = {
        out / f"{table.name}{exporter.suffix}": exporter(table)
        for table in view_tidy(study)
        for exporter in exporters
        if exporter.name == "csv" or table.name != "dictionary"
    }
    taken = next((path for path in made if path.exists() and not force), None)
    if taken is not None:
        raise QualcodeError(problem(P.TABLE_EXISTS, path=str(taken)))
    for path, data in made.items():
        write_file(path, data)
    return list(made)
