"""The files of results that a run writes once everything is counted."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.analysis.document_table import document_rows, documents_head
from qualcode.analysis.pair_tables import counted, draft_note, marked, pairs_data, quoted
from qualcode.core.problems import said_once
from qualcode.plugins.exporters.codebook_markdown import codebook_markdown
from qualcode.plugins.exporters.csv_table import csv_parts
from qualcode.plugins.exporters.html import render_parts
from qualcode.plugins.registry import load_exporter
from qualcode.store.results import Staging

if TYPE_CHECKING:
    from qualcode.project.run_result import RunResult


def write_tables(staging: Staging, result: RunResult, folder: Path) -> None:
    """Writes the tables, the codebook and the report of a run."""
    staging.write("pairs.csv", load_exporter("csv")(pairs_data(result.rollup)))
    staging.write("pairs.md", load_exporter("markdown")(result.pairs))
    staging.write("pairs.html", load_exporter("html")(result.pairs))
    documents, rollup = result.documents, result.rollup
    head = documents_head(len(documents), sum(one.words for one in documents))
    rows = chain([[column.key for column in head.columns]], document_rows(documents))
    staging.write("documents.csv", csv_parts(rows))
    summary = codebook_markdown(rollup.codebook, _found_counts(result), rollup.words)
    staging.write("codebook.md", summary)
    staging.write(
        "report.html",
        render_parts(
            "report.html",
            rollup=rollup,
            pairs=result.pairs,
            documents=head,
            # each text becomes a cell of one line
            document_rows=map(zip, document_rows(documents, names=False)),
            problems=[str(found) for found in said_once(result.problems)],
            draft=draft_note(rollup),
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
