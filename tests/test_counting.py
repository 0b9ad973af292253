"""What counts, kept as numbers by groups of documents: as from the words, and never out of date."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.comparing.incidents import incidents_of
from qualcode.analysis.tables.codes import codes_table
from qualcode.analysis.tables.columns import COUNTED_AT, together_in_segment, together_in_turn
from qualcode.analysis.tables.crossed import attribute_table, document_table, together_table
from qualcode.analysis.tables.ledger import Ledger, count_ledger, rolled_up
from qualcode.analysis.tables.sample import sample_table
from qualcode.analysis.tables.sheet import (
    columns_from,
    entries_of,
    entry_of,
    numbers_of,
    sheet_of,
)
from qualcode.analysis.tables.sides import cases_table
from qualcode.analysis.tables.sources import convergence_table, triangulation_table
from qualcode.core.model import Coding, Document, Passage, Span, Speaker, Unit, Valence
from qualcode.core.problems import QualcodeError
from qualcode.core.table import Table
from qualcode.project.comparing import gather_counts
from qualcode.project.study import Study, open_study
from qualcode.project.tables import Ask, open_ledger
from tests import coding_study
from tests.coding_study import run
from tests.factory import a_code, a_codebook, a_document
from tests.tables_factory import a_ledger, said

study = coding_study.study
read_anew = coding_study.read_anew
VIEWS: tuple[Callable[[Ledger], Table], ...] = (
    codes_table,
    triangulation_table,
    convergence_table,
    sample_table,
    partial(cases_table, key="kind"),
    partial(together_table, within=None),
    partial(together_table, within=1),
    *(partial(attribute_table, key="kind", unit=unit) for unit in COUNTED_AT),
    *(partial(document_table, unit=unit) for unit in COUNTED_AT),
)
TEXT = "What gets in the way? They never come. [angry] Nobody asked us."
TALK = Document(
    "int-01",
    TEXT,
    "transcript",
    "emergent",
    "",
    "",
    "",
    "",
    speakers=(Speaker("I", "Interviewer", is_researcher=True), Speaker("P", "Ann", "P01")),
    units=(
        Unit(Span(0, 21), "turn", "turn 1", "I"),
        Unit(Span(22, 63), "turn", "turn 2", "P"),
    ),
    passages=(
        Passage(Span(0, 38), "verbatim"),
        Passage(Span(39, 46), "observer"),
        Passage(Span(47, 63), "verbatim"),
    ),
)
OLD = a_codebook(a_code("silos"), a_code("old", merged_into="silos"))


@pytest.fixture
def coded(study: Study) -> Study:
    run("code", "int-01", "no trust in the", "trust", "--valence", "obstacle")
    run("code", "int-01", "no trust in the", "trust", "--valence", "obstacle", "--coder", "bf")
    run("code", "int-02", "there's trust", "trust", "--valence", "catalyst")
    run("code", "policy", "trust", "trust")
    return study


def counted(study: Study, *, coder: str = "") -> Ledger:
    return gather_counts(open_study(study.paths.root), what="count", coder=coder)


def codings_of(ledger: Ledger) -> dict[str, int]:
    """The codings behind each code."""
    found: dict[str, int] = {}
    for part in ledger.given:
        for at, n in zip(part.code.tolist(), part.made.tolist(), strict=True):
            found[ledger.codes[at].id] = found.get(ledger.codes[at].id, 0) + n
    return found


@st.composite
def a_coding(draw: st.DrawFn) -> Coding:
    start = draw(st.integers(0, 60))
    end = draw(st.integers(start + 1, 63))
    valence: Valence = draw(st.sampled_from(["obstacle", "catalyst", "neutral"]))
    return Coding(
        id=f"k{draw(st.integers(0, 99))}",
        doc_id="int-01",
        span=Span(start, end),
        quote=TEXT[start:end],
        code_id=draw(st.sampled_from(["silos", "old", "unknown"])),
        coder=draw(st.sampled_from(["ad", "bf"])),
        valence=valence,
    )


@given(st.lists(a_coding(), max_size=12))
@settings(max_examples=80)
def test_entries_are_incidents_as_far_as_they_count(codings: list[Coding]) -> None:
    incidents = incidents_of(TALK, codings, CaseBook.of(()), OLD)
    entries = entries_of(TALK, codings, {"silos": "silos", "old": "silos"})

    assert sorted(entries) == sorted(map(entry_of, incidents))


@given(st.lists(a_coding(), max_size=12))
@settings(max_examples=40)
def test_numbers_of_columns_come_back_as_they_were(codings: list[Coding]) -> None:
    columns = sheet_of(entries_of(TALK, codings, {})).columns
    again = columns_from(numbers_of(columns))

    assert again.end.tolist() == columns.end.tolist()
    assert again.coders.tolist() == columns.coders.tolist()
    assert len(again) == len(columns) <= len(codings)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 6)), min_size=1, max_size=12))
@settings(max_examples=20)
def test_documents_in_parts_count_as_documents_together(places: list[tuple[str, int]]) -> None:
    people = ("P1", "P2", None)
    incidents = [
        said(
            ("silos", "trust")[at % 2], doc_id=doc_id, at=(at, at + 3), who=people[at % 3], turn=at
        )
        for doc_id, at in places
    ]
    whole = a_ledger(*incidents)
    sheets = [
        sheet_of(entry_of(one) for one in incidents if one.coded.doc_id == doc_id)
        for doc_id in "abc"
    ]
    documents, heard = whole.documents, whole.heard
    parts = count_ledger(whole.codebook, CaseBook.of(()), documents, sheets, heard=heard)

    assert [view(parts) for view in VIEWS] == [view(whole) for view in VIEWS]
    for count in (together_in_segment, together_in_turn):
        assert parts.together(count).tolist() == whole.together(count).tolist()


def test_every_table_counts_the_same_from_numbers_as_from_words(coded: Study) -> None:
    worded = open_ledger(open_study(coded.paths.root), Ask())
    for _ in range(2):
        tables = [view(rolled_up(counted(coded))) for view in VIEWS]

        assert tables == [view(rolled_up(worded)) for view in VIEWS]
    assert codings_of(counted(coded)) == {"trust": 3}


def test_numbers_that_were_kept_are_taken_again(coded: Study, read_anew: list[str]) -> None:
    first, again = codes_table(counted(coded)), codes_table(counted(coded))

    assert again == first
    assert sorted(read_anew) == ["int-01", "int-02", "policy"]


def test_a_changed_coding_has_only_its_document_counted_anew(
    coded: Study, read_anew: list[str]
) -> None:
    counted(coded)
    read_anew.clear()
    run("code", "int-02", "someone different", "new-faces")

    assert codings_of(counted(coded)) == {"trust": 3, "new-faces": 1}
    assert read_anew == ["int-02"]


def test_a_line_written_by_hand_is_counted(coded: Study) -> None:
    counted(coded)
    path = coded.paths.codings("int-02")[0]
    path.write_text(path.read_text("utf-8").replace('"trust"', '"away-days"'), "utf-8")

    assert codings_of(counted(coded)) == {"trust": 2, "away-days": 1}


def test_codings_that_were_removed_by_hand_are_not_counted(coded: Study) -> None:
    counted(coded)
    coded.paths.codings("int-02")[0].unlink()

    assert codings_of(counted(coded)) == {"trust": 2}
    assert counted(coded).aside.unread == 1


def test_a_document_that_was_removed_is_counted_no_longer(coded: Study) -> None:
    counted(coded)
    for path in (*coded.paths.documents.glob("int-02*"), *coded.paths.codings("int-02")):
        path.unlink()

    assert [one.id for one in counted(coded).documents] == ["int-01"]


def test_a_changed_case_is_counted_at_once(coded: Study) -> None:
    before = counted(coded).participants
    text = coded.paths.cases.read_text("utf-8").replace("P01", "P77")
    coded.paths.cases.write_text(text, "utf-8")

    assert ("P01" in before, "P77" in before) == (True, False)
    assert "P77" in counted(coded).participants


def test_a_changed_role_of_a_document_is_counted_at_once(coded: Study) -> None:
    counted(coded)
    facts = coded.paths.facts("int-02")
    text = facts.read_text("utf-8").replace("role: emergent", "role: context")
    facts.write_text(text, "utf-8")

    assert codings_of(counted(coded)) == {"trust": 2}
    assert counted(coded).aside.context == ("int-02", "policy")


def test_a_merged_code_is_counted_as_its_heir_at_once(coded: Study) -> None:
    counted(coded)
    text = coded.paths.codebook.read_text("utf-8")
    merged = text.replace("definition: Trust.", "definition: Trust.\n    merged_into: away-days")
    coded.paths.codebook.write_text(merged, "utf-8")

    assert codings_of(counted(coded)) == {"away-days": 3}


def test_codings_under_a_code_that_nobody_knows_are_counted_aside(coded: Study) -> None:
    path = coded.paths.codings("int-02")[0]
    path.write_text(path.read_text("utf-8").replace('"trust"', '"nowhere"'), "utf-8")
    for _ in range(2):
        ledger = counted(coded)

        assert (codings_of(ledger), ledger.aside.unknown) == ({"trust": 2}, 1)


def test_a_review_without_a_coding_makes_a_document_one_that_was_read(study: Study) -> None:
    run("code", "int-01", "no trust in the", "trust")
    before = [one.id for one in counted(study).documents]
    folder = study.paths.root / "reviews"
    folder.mkdir(exist_ok=True)
    line = '{"span": [0, 5], "key": "k", "code": "trust", "verdict": "rejected", "words": "x"}\n'
    (folder / "int-02.ad.jsonl").write_text(line, "utf-8")

    assert before == ["int-01"]
    assert [one.id for one in counted(study).documents] == ["int-01", "int-02"]


def test_one_coders_numbers_are_kept_beside_everybodys(coded: Study) -> None:
    found = [codings_of(counted(coded, coder=who)) for who in ("", "ad", "bf", "", "bf")]

    assert found == [{"trust": 3}, {"trust": 2}, {"trust": 1}, {"trust": 3}, {"trust": 1}]


def test_damaged_numbers_are_told_and_counted_anew(coded: Study) -> None:
    first = codes_table(counted(coded))
    path = coded.paths.gathered
    data = bytearray(path.read_bytes())
    at = data.find(b"\x78\x01")
    while at >= 0:
        data[at + 9] ^= 0xFF
        at = data.find(b"\x78\x01", at + 1)
    path.write_bytes(data)
    opened = open_study(coded.paths.root)
    found = gather_counts(opened, what="count")

    assert codes_table(found) == first
    assert [note.number for note in opened.notes] == ["Q720"]


def test_what_cannot_be_counted_is_told_each_time_and_never_kept(coded: Study) -> None:
    coded.paths.codings("int-01")[0].write_text("not json\n", "utf-8")
    paths = []
    for _ in range(2):
        with pytest.raises(QualcodeError) as caught:
            counted(coded)
        paths.append(Path(caught.value.problem.path).name)

    assert paths == ["int-01.ad.jsonl", "int-01.ad.jsonl"]


def test_nothing_coded_is_told_where_only_numbers_are_asked_for(study: Study) -> None:
    with pytest.raises(QualcodeError) as caught:
        counted(study)

    assert caught.value.problem.number == "Q520"


def test_words_are_refused_where_only_numbers_were_gathered(coded: Study) -> None:
    ledger = counted(coded)

    with pytest.raises(LookupError):
        _ = ledger.incidents


def test_a_document_without_codings_leaves_an_empty_sheet() -> None:
    sheet = sheet_of(())
    ledger = count_ledger(OLD, CaseBook.of(()), [a_document()], [sheet], heard={})

    assert (len(sheet.columns), ledger.by_code("segment")) == (0, [0])


def test_codes_that_stand_together_far_on_in_a_long_study_are_found() -> None:
    far = 1_500_000_000
    sheet = sheet_of(entry_of(said(code, at=(far, far + 9))) for code in ("a", "b", "c"))

    assert together_in_segment(sheet.columns, 3).tolist() == [[1, 1, 1]] * 3


def test_turns_however_far_away_are_those_of_the_same_document() -> None:
    incidents = (said("a", turn=0), said("b", turn=70), said("c", doc_id="int-02"))
    sheet = sheet_of(map(entry_of, incidents))
    together = together_in_turn(sheet.columns, 3, within=10**30)

    assert together.tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 1]]


def test_a_coding_far_beyond_its_text_stops_no_table(coded: Study) -> None:
    path = coded.paths.codings("int-02")[0]
    line = json.loads(path.read_text("utf-8"))
    line["span"][1] = 10**12
    path.write_text(f"{json.dumps(line)}\n", "utf-8")

    assert codings_of(counted(coded)) == {"trust": 3}
    assert max(part.end.max() for part in counted(coded).given if len(part)) == 2**31 - 1
    assert together_table(counted(coded), within=None).rows
