"""The report of a study: everything coded on one page, or in one Word document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from qualcode.analysis.document_table import coded_documents_table
from qualcode.analysis.pages.values import Report
from qualcode.analysis.pair_styles import full_table
from qualcode.analysis.pair_tables import draft_note
from qualcode.analysis.tables.sample import sample_table
from qualcode.analysis.tables.sources import convergence_table, triangulation_table
from qualcode.core.hints import did_you_mean
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.table import Table
from qualcode.plugins.charts.draw import draw
from qualcode.project.printable import table_without_names
from qualcode.project.report_parts.basis import Basis, facts_of, open_basis
from qualcode.project.report_parts.charts import charts_of
from qualcode.project.report_parts.codes import code_pages
from qualcode.project.report_parts.documents import document_pages
from qualcode.project.study import Study
from qualcode.project.views import view_inventory
from qualcode.store.files import write_file

FORMATS = ("html", "docx")


def gather_report(study: Study, *, coder: str = "", draft: bool = False) -> Report:
    """Everything that a report says, counted by the same functions as the tables.

    Raises:
        QualcodeError: NOTHING_CODED, CODER_UNKNOWN, BAD_CODING, and what is wrong with the
            codebook.
    """
    basis = open_basis(study, coder=coder, draft=draft)
    rollup = basis.rolled.rollup
    method = study.method
    return Report(
        title=f"Report: {study.settings.question or study.paths.root.resolve().name}",
        question=study.settings.question,
        method=method.name,
        left_out=tuple(f"{what}: {why}" for what, why in method.leaves_out.items()),
        facts=tuple(facts_of(basis)),
        draft=draft_note(rollup) if rollup.is_draft else "",
        sample=(
            sample_table(basis.ledger, safe=True),
            table_without_names(view_inventory(study.paths), basis.people),
            table_without_names(
                coded_documents_table(basis.coded.documents, basis.coded.incidents), basis.people
            ),
        ),
        pairs=_without_exemplar(full_table(rollup)),
        rows=tuple(basis.quoting.row(row) for row in rollup.rows),
        codes=code_pages(basis),
        matrices=tuple(_matrices(basis)),
        charts=charts_of(basis),
        documents=document_pages(basis),
        memos=tuple(memo for memo in basis.memos if memo.about == "study"),
        language=study.settings.language,
    )


def _without_exemplar(table: Table) -> Table:
    """The pair table without the one quotation: every row opens to all of them."""
    kept = [at for at, column in enumerate(table.columns) if column.key != "exemplar"]
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
    )


def _matrices(basis: Basis) -> Iterator[Table]:
    yield triangulation_table(basis.ledger)
    yield convergence_table(basis.ledger)


def make_report(report: Report, format: str) -> bytes:
    """The report in a format, "html" or "docx"; the same report gives the same bytes.

    Raises:
        QualcodeError: UNKNOWN_WORD.
    """
    if format == "docx":
        from qualcode.plugins.exporters.report_word import report_document

        return report_document(report)
    if format != "html":
        allowed, hint = ", ".join(FORMATS), did_you_mean(format, FORMATS)
        raise QualcodeError(
            problem(P.UNKNOWN_WORD, key="--format", found=format, allowed=allowed, hint=hint)
        )
    from qualcode.plugins.exporters.report_page import report_page

    return report_page(report)


def export_charts(report: Report, folder: Path, *, force: bool = False) -> list[Path]:
    """Writes every chart of a report to a folder as SVG and PNG; gives the files.

    Raises:
        QualcodeError: TABLE_EXISTS or OUT_UNWRITABLE.
    """
    made = {
        folder / f"{chart.name}.{format}": (chart, format)
        for chart in report.charts
        for format in ("svg", "png")
    }
    taken = next((path for path in made if path.exists() and not force), None)
    if taken is not None:
        raise QualcodeError(problem(P.TABLE_EXISTS, path=str(taken)))
    for path, (chart, format) in made.items():
        write_file(path, draw(chart, "svg" if format == "svg" else "png"))
    return list(made)
