"""The pages of codes: summary, typical case, two extremes, surprises (Altheide 1996, step 11)."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.analysis.codebook_table import outline
from qualcode.analysis.comparing.compare import compare_code
from qualcode.analysis.comparing.extremes import find_extremes
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.pages.quotes import typical_and_extremes
from qualcode.analysis.pages.values import CodePage
from qualcode.analysis.pair_tables import counted
from qualcode.analysis.tables.codes import codes_table
from qualcode.core.memos import Memo
from qualcode.core.model import Code
from qualcode.core.table import Table
from qualcode.project.comparing import vectors_of
from qualcode.project.report_parts.basis import Basis

SURPRISE = "surprise"


def code_pages(basis: Basis) -> tuple[CodePage, ...]:
    """A page for every code in use or with evidence, in the hierarchy of the codebook."""
    shown = {code.id for code in basis.ledger.codes}
    counts = _counts(basis, codes_table(basis.ledger))
    held: dict[str, list[Incident]] = {}
    for one in basis.ledger.incidents:
        held.setdefault(one.coded.code_id, []).append(one)
    edges = _edges(basis, held)
    return tuple(
        _page(basis, number, code, (counts[code.id], edges.get(code.id, [])))
        for number, code in outline(basis.coded.codebook)
        if code.id in shown
    )


def _counts(basis: Basis, table: Table) -> dict[str, tuple[str, ...]]:
    """What the table of codes says of each, in words; the numbers are those of the table."""
    keys = [column.key for column in table.columns]
    found: dict[str, tuple[str, ...]] = {}
    for code, row in zip(basis.ledger.codes, table.rows, strict=True):
        cells = {key: ", ".join(cell) for key, cell in zip(keys, row, strict=True)}
        found[code.id] = (
            f"documents {cells['documents']}",
            f"participants {cells['participants']}",
            counted(int(cells["segments"].replace(",", "")), "segment"),
            f"first seen {cells['first_seen']}",
        )
    return found


def _edges(basis: Basis, held: dict[str, list[Incident]]) -> dict[str, list[tuple[str, Incident]]]:
    """Typical case and extremes of each code, among what may be quoted."""
    vectors = vectors_of(basis.study, basis.coded)
    codes = {code.id: code for code in basis.ledger.codes}
    found = {}
    for code_id, incidents in held.items():
        free = [one for one in incidents if not basis.quoting.is_withheld(one.coded)]
        if free:
            edges = find_extremes(compare_code(free, vectors), codes[code_id].valence)
            found[code_id] = typical_and_extremes(edges)
    return found


def _page(
    basis: Basis,
    number: str,
    code: Code,
    found: tuple[tuple[str, ...], list[tuple[str, Incident]]],
) -> CodePage:
    counts, edges = found
    incidents = [one for one in basis.ledger.incidents if one.coded.code_id == code.id]
    about = basis.memos_about(f"code:{code.id}")
    return CodePage(
        number=number,
        code=code,
        counts=counts,
        memos=tuple(memo for memo in about if memo.kind != SURPRISE),
        surprises=tuple(_surprises(basis, code, incidents)),
        quotes=tuple(basis.quoting.shown(one.coded, edge=edge) for edge, one in edges),
        held_back=sum(basis.quoting.is_withheld(one.coded) for one in incidents),
    )


def _surprises(basis: Basis, code: Code, incidents: list[Incident]) -> Iterator[Memo]:
    """Memos of surprise about the code or about one of its codings."""
    targets = {f"code:{code.id}"}
    targets.update(f"coding:{one}" for held in incidents for one in held.coding_ids)
    for memo in basis.memos:
        if memo.kind == SURPRISE and memo.about in targets:
            yield memo
