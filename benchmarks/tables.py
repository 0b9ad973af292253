"""Measures how tables grow with the codings, against a bare GROUP BY of SQLite on the same data.

python -m benchmarks.tables                    up to 2 million codings of 1 million segments
python -m benchmarks.tables --most 100000      fewer
python -m benchmarks.tables --markdown         the table in Markdown

Data are generated: 100 codes, 500 participants, documents of 500 segments, two codings a
segment on average. Every count is compared with that of SQLite before it is timed.
"""

from __future__ import annotations

import argparse
import sqlite3
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks._report import Report, markdown, plain
from qualcode.analysis.cases import CaseBook
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.tables.codes import codes_table
from qualcode.analysis.tables.columns import (
    Columns,
    crosstab,
    together_in_segment,
    together_in_turn,
    units_at,
)
from qualcode.analysis.tables.ledger import make_ledger
from qualcode.core.model import Code, Codebook, CodedSegment, Document, Span

SIZES = (10_000, 100_000, 1_000_000, 2_000_000)
N_CODES = 100
N_PEOPLE = 500
SEGMENTS_PER_DOCUMENT = 500
CHARACTERS = 200
AS_OBJECTS = 100_000
"""Codings with which the whole way is timed, from coded segments in memory to a table."""
RUNS = 3


@dataclass(frozen=True, slots=True)
class Task:
    """One table: how qualcode counts it, and how SQL does."""

    name: str
    count: Callable[[Columns], np.ndarray]
    query: str


def by_document(columns: Columns) -> np.ndarray:
    shape = (N_CODES, int(columns.document.max()) + 1)
    return crosstab(columns.code, columns.document, units_at(columns, "segment"), shape)


def by_participant(columns: Columns) -> np.ndarray:
    shape = (N_CODES, 1)
    one = np.zeros(len(columns), np.int64)
    return crosstab(columns.code, one, units_at(columns, "participant"), shape)


TASKS = (
    Task(
        "codes by document, segments",
        by_document,
        "SELECT code, document, COUNT(DISTINCT segment) FROM coding GROUP BY code, document",
    ),
    Task(
        "codes, participants",
        by_participant,
        "SELECT code, 0, COUNT(DISTINCT participant) FROM coding GROUP BY code",
    ),
    Task(
        "codes by codes, same segment",
        lambda columns: together_in_segment(columns, N_CODES),
        "SELECT one.code, two.code, COUNT(DISTINCT one.segment) FROM coding AS one "
        "JOIN coding AS two ON one.segment = two.segment GROUP BY one.code, two.code",
    ),
    Task(
        "codes by codes, same turn",
        lambda columns: together_in_turn(columns, N_CODES),
        "SELECT one.code, two.code, COUNT(DISTINCT one.segment) FROM coding AS one "
        "JOIN coding AS two ON one.segment = two.segment GROUP BY one.code, two.code",
    ),
)


def generate(n: int) -> Columns:
    """That many codings of half as many segments; every segment is a turn of its own."""
    chance = np.random.default_rng(1987)
    segment = chance.integers(0, n // 2, n)
    document, place = np.divmod(segment, SEGMENTS_PER_DOCUMENT)
    return Columns(
        code=chance.integers(0, N_CODES, n),
        document=document,
        start=place * CHARACTERS,
        end=(place + 1) * CHARACTERS - 1,
        turn=place,
        participant=segment * 7919 % N_PEOPLE,
        valence=np.zeros(n, np.int64),
        made=np.ones(n, np.int64),
        coders=np.zeros(n, np.int64),
    )


def database(columns: Columns) -> sqlite3.Connection:
    """The same codings in memory, with an index for each of the queries."""
    made = sqlite3.connect(":memory:")
    made.execute("CREATE TABLE coding (code INT, document INT, segment INT, participant INT)")
    segment = columns.document * SEGMENTS_PER_DOCUMENT + columns.turn
    rows = zip(
        *(part.tolist() for part in (columns.code, columns.document, segment)),
        columns.participant.tolist(),
        strict=True,
    )
    made.executemany("INSERT INTO coding VALUES (?, ?, ?, ?)", rows)
    made.execute("CREATE INDEX by_document ON coding (code, document, segment)")
    made.execute("CREATE INDEX by_participant ON coding (code, participant)")
    made.execute("CREATE INDEX by_segment ON coding (segment, code)")
    made.execute("ANALYZE")
    return made


def fastest(call: Callable[[], object]) -> float:
    """Seconds of the fastest of a few runs."""
    taken = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        call()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def check_equal(task: Task, counted: np.ndarray, rows: list[tuple[int, int, int]]) -> None:
    """Stops the benchmark where qualcode and SQL count differently."""
    expected = np.zeros(counted.shape, np.int64)
    for row, column, n in rows:
        expected[row, column] = n
    if not np.array_equal(counted, expected):
        raise SystemExit(f"{task.name}: qualcode and SQL do not count the same")


def measure_columns(sizes: tuple[int, ...]) -> Report:
    """Every task at every size."""
    report = Report("Counting codings (seconds, the fastest of 3 runs)")
    for n in sizes:
        columns = generate(n)
        sql = database(columns)
        for task in TASKS:
            check_equal(task, task.count(columns), sql.execute(task.query).fetchall())
            own = fastest(lambda task=task, columns=columns: task.count(columns))
            other = fastest(lambda task=task, sql=sql: sql.execute(task.query).fetchall())
            report.add(
                task.name,
                f"{own:.3f} s",
                f"{n:,} codings",
                f"{1e9 * own / n:.0f} ns a coding; SQL {other:.3f} s, "
                f"{own / other:.2f} times as long",
            )
        sql.close()
        report.add("memory while counting", *memory(columns))
    return report


def memory(columns: Columns) -> tuple[str, str, str]:
    """The codings as columns, and the most that any task needs besides."""
    held = sum(part.nbytes for part in (columns.code, columns.document, columns.start))
    held += sum(part.nbytes for part in (columns.end, columns.turn, columns.participant))
    peaks = []
    for task in TASKS:
        tracemalloc.start()
        task.count(columns)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    return (
        f"{(held + max(peaks)) / 2**20:.0f} MB",
        f"{len(columns):,} codings",
        f"{held / 2**20:.0f} MB of columns, {max(peaks) / 2**20:.0f} MB besides",
    )


def measure_objects(n: int) -> Report:
    """From coded segments, as a study gives them, to the table of codes."""
    report = Report("The whole way from coded segments to the table of codes")
    tracemalloc.start()
    book, documents, incidents = objects(n)
    held = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    heard = {document.id: () for document in documents}
    taken = fastest(
        lambda: codes_table(make_ledger(book, CaseBook.of(()), documents, incidents, heard=heard))
    )
    of = f"{n:,} codings"
    report.add("ledger and table", f"{taken:.2f} s", of, f"{1e6 * taken / n:.1f} µs a coding")
    report.add("coded segments in memory", f"{held / 2**20:.0f} MB", of, f"{held / n:.0f} B each")
    return report


def a_segment(doc_id: str, code_id: str, span: Span, participant: str) -> CodedSegment:
    """A coded segment without words."""
    return CodedSegment(
        doc_id=doc_id,
        kind="interview notes",
        role="emergent",
        unit="",
        span=span,
        quote="",
        code_id=code_id,
        valence="obstacle",
        lenses=(),
        score=1.0,
        why="",
        voice="verbatim",
        speaker="",
        case_id=None,
        participant=participant,
        credit="",
        where="",
        is_draft=False,
    )


def objects(n: int) -> tuple[Codebook, list[Document], list[Incident]]:
    """A codebook, documents and incidents of the generated study."""
    columns = generate(n)
    codes = tuple(Code(f"c{number}", f"Code {number}") for number in range(N_CODES))
    documents = [
        Document(f"d{number:06}", "", "interview notes", "emergent", "", "", "", "")
        for number in range(int(columns.document.max()) + 1)
    ]
    rows = zip(
        *(part.tolist() for part in (columns.code, columns.document, columns.start, columns.end)),
        columns.turn.tolist(),
        columns.participant.tolist(),
        strict=True,
    )
    incidents = [
        Incident(
            a_segment(documents[document].id, codes[code].id, Span(*span), str(person)), turn=turn
        )
        for code, document, *span, turn, person in rows
    ]
    return Codebook("Generated", codes), documents, incidents


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--markdown", action="store_true", help="print the table in Markdown")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="codings at most")
    options = parser.parse_args()
    sizes = tuple(n for n in SIZES if n <= options.most) or (options.most,)
    reports = [measure_columns(sizes), measure_objects(min(AS_OBJECTS, options.most))]
    print(markdown(reports) if options.markdown else plain(reports))


if __name__ == "__main__":
    main()
