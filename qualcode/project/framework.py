"""The framework matrix of a study: shown, and written cell by cell."""

from __future__ import annotations

from dataclasses import replace

from qualcode.analysis.tables.framework import (
    Summary,
    cells_of,
    evidence_key,
    framework_table,
    rows_of,
)
from qualcode.analysis.tables.ledger import Ledger
from qualcode.core.codebook import resolve
from qualcode.core.codebook_changes import find_code
from qualcode.core.hints import did_you_mean
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.table import Table
from qualcode.project.deciding import a_decision
from qualcode.project.study import Study
from qualcode.project.tables import Ask, known_attribute, open_ledger
from qualcode.store.framework_file import (
    framework_path,
    framework_written,
    load_framework,
)
from qualcode.store.transaction import Transaction


def view_framework(study: Study, ask: Ask, *, by: str = "") -> Table:
    """Cases by codes with the summaries written so far; errors as `open_ledger`."""
    ledger = open_ledger(study, ask)
    key = known_attribute(ledger, by) if by else ""
    return framework_table(ledger, _under_heirs(study, ledger), by=key)


def _under_heirs(study: Study, ledger: Ledger) -> list[Summary]:
    """The summaries under the codes that stand for theirs today."""
    return [
        replace(one, code=resolve(ledger.codebook, one.code)) for one in load_framework(study.paths)
    ]


def write_cell(
    study: Study, ask: Ask, cell: tuple[str, str, str], *, by: str = "", because: str = ""
) -> Summary:
    """Writes the summary of a case and a code, and what it rests on, as one decision.

    Raises:
        QualcodeError: EMPTY_SUMMARY, NO_ROW, NO_CODE, and as `open_ledger`.
    """
    word, code_word, text = (part.strip() for part in cell)
    if not text:
        raise QualcodeError(problem(P.EMPTY_SUMMARY))
    ledger = open_ledger(study, ask)
    key = known_attribute(ledger, by) if by else ""
    case = _row(ledger, word, key)
    code_id = resolve(ledger.codebook, find_code(ledger.codebook, code_word).id)
    evidence = cells_of(ledger, key).get((case, code_id), ())
    decision = a_decision(
        study.paths, "write framework cell", target=f"{case} {code_id}", because=because
    )
    summary = Summary(case, code_id, text, evidence_key(evidence), decision.coder, decision.at)
    path = framework_path(study.paths)
    change = Transaction(study.paths)
    change.write(path, framework_written(change.read(path), summary, path=path))
    change.commit(replace(decision, after=text))
    return summary


def _row(ledger: Ledger, word: str, key: str) -> str:
    """The row that is meant, in the right case."""
    rows = rows_of(ledger, key)
    found = next((row for row in rows if row.casefold() == word.casefold()), None)
    if found is None:
        raise QualcodeError(problem(P.NO_ROW, case=word, hint=did_you_mean(word, rows)))
    return found
