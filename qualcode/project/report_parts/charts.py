"""The charts of a report, from the same numbers as its tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qualcode.analysis.attendance_table import attendance_grid
from qualcode.analysis.cases import role_of
from qualcode.analysis.charts.coded import (
    case_chart,
    continuum_chart,
    time_chart,
    together_chart,
)
from qualcode.analysis.charts.people import (
    agencies_chart,
    all_of,
    attendance_chart,
    saturation_chart,
    spoken_chart,
    talk_chart,
)
from qualcode.analysis.charts.values import Chart
from qualcode.analysis.continuum import continuum_table
from qualcode.analysis.pair_tables import basis_notes
from qualcode.analysis.sampling.saturation import Rule
from qualcode.analysis.sampling.tables import saturation_tables
from qualcode.analysis.tables.talk import Talker, talk_tables, talkers_of
from qualcode.project.emerging import find_saturation
from qualcode.project.report_parts.basis import Basis


def charts_of(basis: Basis) -> tuple[Chart, ...]:
    """Every chart for which there is something to show and that the method has a place for."""
    book = basis.coded.book
    documents = tuple(basis.study.documents(book))
    grid = attendance_grid(documents)
    rolled = basis.rolled
    continuum = continuum_table(rolled.rollup, rolled.balances, told=basis_notes(rolled.rollup))
    talkers = _without_names(talkers_of(documents))
    roles = {case.id: role_of(case) for case in book.cases}
    talk, _ = talk_tables(talkers, roles, by="role")
    return all_of(
        (
            continuum_chart(rolled.balances, continuum),
            case_chart(basis.ledger, roles),
            together_chart(basis.ledger),
            spoken_chart(basis.ledger),
            agencies_chart(grid),
            time_chart(basis.ledger),
            _saturation(basis),
            attendance_chart(grid),
            talk_chart(talkers, talk),
        )
    )


def _saturation(basis: Basis) -> Chart | None:
    """The curve, unless the method has no place for saturation."""
    if basis.study.method.hides("saturation"):
        return None
    found, notes = find_saturation(basis.study, basis.coded, Rule(), coder=basis.coder)
    tables = saturation_tables(found, basis.names, notes=notes, is_draft=basis.coded.is_draft)
    return saturation_chart(found, tables[1])


def _without_names(talkers: Sequence[Talker]) -> tuple[Talker, ...]:
    """Speakers who are no case, told by their document: a report may be handed on."""
    seen: dict[str, int] = {}
    told = []
    for one in talkers:
        if ":" in one.key and not one.is_nobody:
            doc_id = one.doc_ids[0] if one.doc_ids else ""
            seen[doc_id] = seen.get(doc_id, 0) + 1
            one = replace(one, name=f"speaker {seen[doc_id]} of {doc_id}")
        told.append(one)
    return tuple(told)
