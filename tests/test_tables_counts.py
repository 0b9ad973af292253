"""Every count of every table against a count by brute force, on random small studies."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import tables as bench
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.tables.codes import codes_table
from qualcode.analysis.tables.columns import COUNTED_AT, CountedAt
from qualcode.analysis.tables.crossed import (
    attribute_table,
    document_table,
    groups_of,
    together_table,
    wholes_of,
)
from qualcode.analysis.tables.ledger import Ledger
from qualcode.analysis.tables.sides import cases_table
from qualcode.analysis.tables.sources import triangulation_table
from qualcode.core.model import Kind
from qualcode.core.table import Table
from tests.factory import a_code, a_codebook
from tests.tables_factory import CODEBOOK, a_ledger, said

KINDS: dict[str, Kind] = {"a": "minutes", "b": "interview notes", "c": "policy"}
PEOPLE = {"P1": {"site": "north"}, "P2": {"site": "south"}, "P3": {"site": "north"}}
CODES = ("silos", "trust", "chair")
MERGED = a_codebook(*CODEBOOK.codes, a_code("old", merged_into="trust"))


@st.composite
def an_incident(draw: st.DrawFn) -> Incident:
    doc_id = draw(st.sampled_from("abc"))
    start = draw(st.integers(0, 8))
    return said(
        draw(st.sampled_from([*CODES, "old"])),
        doc_id=doc_id,
        at=(start, start + draw(st.integers(1, 5))),
        who=draw(st.sampled_from(["P1", "P2", "P3", None])),
        turn=draw(st.integers(0, 3)),
        kind=KINDS[doc_id],
        role="context" if doc_id == "c" else "emergent",
        voice=draw(st.sampled_from(["verbatim", "paraphrase", "observer"])),
        valence=draw(st.sampled_from(["obstacle", "catalyst", "mixed", "neutral"])),
    )


STUDY = st.lists(an_incident(), max_size=14)


def ledger_of(incidents: Sequence[Incident]) -> Ledger:
    return a_ledger(*incidents, codebook=MERGED, people=PEOPLE)


def that_count(incidents: Sequence[Incident]) -> list[tuple[str, Incident]]:
    return [
        ("trust" if one.coded.code_id == "old" else one.coded.code_id, one)
        for one in incidents
        if one.coded.role != "context" and one.coded.voice != "observer"
    ]


def stretches(spans: Sequence[tuple[str, int, int]]) -> list[frozenset[tuple[str, int]]]:
    """The characters of every run of overlapping spans, one document at a time."""
    runs: list[set[tuple[str, int]]] = []
    for doc_id, start, end in spans:
        own = {(doc_id, offset) for offset in range(start, end)}
        for run in [run for run in runs if run & own]:
            own |= run
            runs.remove(run)
        runs.append(own)
    return [frozenset(run) for run in runs]


def brute_force(
    incidents: Sequence[Incident], code: str, unit: CountedAt, chosen: Sequence[Incident]
) -> int:
    """Units of a code with at least one of the chosen incidents."""
    held = [one for code_id, one in that_count(incidents) if code_id == code]
    wanted = [one for one in held if any(one is other for other in chosen)]
    match unit:
        case "turn":
            return len({(one.coded.doc_id, one.turn) for one in wanted})
        case "document":
            return len({one.coded.doc_id for one in wanted})
        case "participant":
            return len({one.coded.participant for one in wanted} - {None})
    runs = stretches([one.place for one in held])
    return sum(
        any((one.coded.doc_id, one.coded.span.start) in run for one in wanted) for run in runs
    )


def of_site(incidents: Sequence[Incident], site: str) -> list[Incident]:
    return [
        one for one in incidents if PEOPLE.get(one.coded.participant or "", {}).get("site") == site
    ]


def numbers(table: Table) -> list[list[int]]:
    """The first number of every cell but those of the first column."""
    return [
        [0 if cell[0] == "-" else int(cell[0].split(" ")[0]) for cell in row[1:]]
        for row in table.rows
    ]


@given(STUDY)
@settings(max_examples=120)
def test_the_codes_table_counts_what_brute_force_counts(incidents: list[Incident]) -> None:
    table = codes_table(ledger_of(incidents))

    assert [[row[n][0].split(" ")[0] for n in (2, 3, 4)] for row in table.rows] == [
        [
            str(brute_force(incidents, code, unit, incidents))
            for unit in ("document", "participant", "segment")
        ]
        for code in CODES
    ]


@pytest.mark.parametrize("unit", COUNTED_AT)
@given(incidents=STUDY)
@settings(max_examples=60)
def test_attributes_count_what_brute_force_counts(
    unit: CountedAt, incidents: list[Incident]
) -> None:
    ledger = ledger_of(incidents)
    table = attribute_table(ledger, "site", unit)
    sites = [column.key for column in table.columns[1:]]

    assert set(sites) <= {"north", "south"}
    assert numbers(table) == [
        [
            brute_force(
                incidents,
                code,
                unit,
                [
                    i
                    for i in incidents
                    if PEOPLE.get(i.coded.participant or "", {}).get("site") == s
                ],
            )
            for s in sites
        ]
        for code in CODES
    ]


@given(STUDY)
@settings(max_examples=60)
def test_n_counts_everybody_of_the_value_who_is_heard(incidents: list[Incident]) -> None:
    ledger = ledger_of(incidents)
    sites = groups_of(ledger, "site")
    heard = [one for one in incidents if one.coded.role != "context"]

    assert wholes_of(ledger, "site", sites, "participant") == tuple(
        len({one.coded.participant for one in of_site(heard, site)}) for site in sites
    )
    assert wholes_of(ledger, "site", sites, "document") == tuple(
        len({one.coded.doc_id for one in of_site(heard, site)}) for site in sites
    )


@pytest.mark.parametrize("unit", COUNTED_AT)
@given(incidents=STUDY)
@settings(max_examples=60)
def test_documents_count_what_brute_force_counts(
    unit: CountedAt, incidents: list[Incident]
) -> None:
    ledger = ledger_of(incidents)
    table = document_table(ledger, unit)

    assert [line[:-1] for line in numbers(table)] == [
        [
            brute_force(
                incidents, code, unit, [i for i in incidents if i.coded.doc_id == document.id]
            )
            for code in CODES
        ]
        for document in ledger.documents
    ]


@given(STUDY)
@settings(max_examples=60)
def test_kinds_of_source_count_what_brute_force_counts(incidents: list[Incident]) -> None:
    table = triangulation_table(ledger_of(incidents))
    kinds = [column.key for column in table.columns[1:-1]]

    assert [line[:-1] for line in numbers(table)] == [
        [
            brute_force(incidents, code, "document", [i for i in incidents if i.coded.kind == kind])
            for kind in kinds
        ]
        for code in CODES
    ]


@given(STUDY)
@settings(max_examples=60)
def test_sides_count_segments_each_way_as_brute_force_does(incidents: list[Incident]) -> None:
    table = cases_table(ledger_of(incidents), "site")
    sites = [column.key for column in table.columns[1:-1]]
    for (code, site), cell in zip(
        product(CODES, sites), [cell for row in table.rows for cell in row[1:-1]], strict=True
    ):
        own = [
            i for i in incidents if PEOPLE.get(i.coded.participant or "", {}).get("site") == site
        ]
        ways = [
            brute_force(
                incidents, code, "segment", [i for i in own if i.coded.valence in (way, "mixed")]
            )
            for way in ("obstacle", "catalyst")
        ]
        segments = brute_force(incidents, code, "segment", own)

        assert cell == (
            ("-",)
            if not segments
            else (
                cell[0],
                f"{segments} segment{'s' if segments != 1 else ''}",
                f"{ways[0]} : {ways[1]}",
            )
        )


@given(STUDY)
@settings(max_examples=120)
def test_codes_in_one_segment_count_what_brute_force_counts(incidents: list[Incident]) -> None:
    table = together_table(ledger_of(incidents), within=None)
    held = that_count(incidents)

    def both(one: str, other: str) -> int:
        runs = stretches([i.place for code, i in held if code in (one, other)])
        return sum(
            {code for code, i in held if (i.coded.doc_id, i.coded.span.start) in run}
            >= {one, other}
            for run in runs
        )

    assert numbers(table) == [[both(one, other) for other in CODES] for one in CODES]


@pytest.mark.parametrize("within", [None, 1, 2])
@given(incidents=STUDY)
@settings(max_examples=60)
def test_codes_close_by_count_what_brute_force_counts(
    within: int | None, incidents: list[Incident]
) -> None:
    table = together_table(ledger_of(incidents), within=within, in_turn=True)
    held = {(code, one.coded.doc_id, one.turn) for code, one in that_count(incidents)}

    assert numbers(table) == [
        [
            sum(
                any(
                    code == other and doc == d and abs(turn - t) <= (within or 0)
                    for code, d, t in held
                )
                for first, doc, turn in held
                if first == one
            )
            for other in CODES
        ]
        for one in CODES
    ]


def test_counts_equal_those_of_sql_on_generated_codings() -> None:
    columns = bench.generate(4_000)
    sql = bench.database(columns)
    for task in bench.TASKS:
        bench.check_equal(task, task.count(columns), sql.execute(task.query).fetchall())
    sql.close()

    assert int(bench.TASKS[2].count(columns).trace()) > 3_900
