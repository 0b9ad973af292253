"""The framework matrix: cases by codes, each cell a summary by hand with its references.

Charting as in Gale, Heath, Cameron, Rashid and Redwood, "Using the framework method for the
analysis of qualitative data in multi-disciplinary health research", BMC Medical Research
Methodology 13 (2013), 117.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.pair_tables import counted
from qualcode.analysis.tables.crossed import groups_of
from qualcode.analysis.tables.ledger import Ledger
from qualcode.analysis.tables.words import table_of
from qualcode.core.table import Cell, Column, Table
from qualcode.core.text import short_key, spoken_date

Cells = Mapping[tuple[str, str], Sequence[Incident]]


@dataclass(frozen=True, slots=True)
class Summary:
    """What somebody wrote into one cell; `evidence` stands for what the cell rested on then."""

    case: str
    code: str
    text: str
    evidence: str = ""
    coder: str = ""
    at: str = ""


def rows_of(ledger: Ledger, by: str = "") -> tuple[str, ...]:
    """The cases: everybody heard, or the values of an attribute."""
    return groups_of(ledger, by) if by else ledger.participants


def cells_of(ledger: Ledger, by: str = "") -> Cells:
    """The incidents of each case and code."""
    found: defaultdict[tuple[str, str], list[Incident]] = defaultdict(list)
    for one in ledger.incidents:
        case = ledger.trait(one, by) if by else one.coded.participant
        if case:
            found[case, one.coded.code_id].append(one)
    return found


def evidence_key(incidents: Iterable[Incident]) -> str:
    """Eight digits that stand for this evidence: its places, words and valences."""
    held = {(*one.order, one.coded.quote) for one in incidents}
    return short_key(*(repr(one) for one in sorted(held)))[:8]


def references(incidents: Iterable[Incident]) -> str:
    """Where these incidents stand, short enough for a cell: documents with their turns, or ""."""
    held: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one in sorted(incidents, key=lambda one: one.order):
        held[one.coded.doc_id][one.coded.unit.rpartition(" ")[2]] = None
    said = (f"{doc_id}:{', '.join(turns)}".rstrip(":") for doc_id, turns in held.items())
    return f"[{'; '.join(said)}]" if held else ""


def framework_table(ledger: Ledger, summaries: Iterable[Summary], *, by: str = "") -> Table:
    """Cases by codes; a cell whose evidence changed since it was written says STALE."""
    cells, written = cells_of(ledger, by), {(one.case, one.code): one for one in summaries}
    known = [*rows_of(ledger, by)]
    known += [case for case in sorted({case for case, _ in written}) if case not in known]
    kept = [
        row
        for row in known
        if any((row, c.id) in cells or (row, c.id) in written for c in ledger.codes)
    ]
    columns = (Column("case", "Case"), *(Column(code.id, code.name) for code in ledger.codes))
    states: defaultdict[str, int] = defaultdict(int)
    rows = []
    for case in kept:
        line: list[Cell] = []
        for code in ledger.codes:
            cell, state = _cell(cells.get((case, code.id), ()), written.get((case, code.id)))
            states[state] += 1
            line.append(cell)
        rows.append(((_case_name(ledger, case),), *line))
    notes = [
        f"{counted(states['written'] + states['stale'], 'cell')} written, {states['stale']} of "
        f"them STALE; {states['to write']} with evidence and not written yet; "
        f"{states['empty']} empty. References: [document:turn].",
        'Write a cell: qualcode table framework --write CASE CODE "summary".',
    ]
    if silent := len(known) - len(kept):
        notes.append(f"{counted(silent, 'case')} with nothing in any cell left out.")
    return table_of(ledger, "framework", "Framework matrix", (columns, tuple(rows)), notes=notes)


def _cell(incidents: Sequence[Incident], summary: Summary | None) -> tuple[Cell, str]:
    """The lines of a cell, and whether it is empty, to write, written or stale."""
    told = references(incidents)
    refs = (told,) if told else ()
    if summary is None:
        return (refs or ("-",)), ("to write" if refs else "empty")
    if summary.evidence and summary.evidence != evidence_key(incidents):
        when = f" since {spoken_date(summary.at[:10])}" if summary.at else ""
        return (summary.text, f"STALE: evidence changed{when}", *refs), "stale"
    return (summary.text, *refs), "written"


def _case_name(ledger: Ledger, case: str) -> str:
    """The case with its role, where that is known."""
    told = ledger.traits.get(case, {})
    role = next((told[key] for key in ("role", "profession", "organisation") if key in told), "")
    return f"{case} ({role})" if role else case
