"""The pair table from parts that are kept: the same as in one go, and never out of date."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.continuum import Balances, balances_of
from qualcode.analysis.names import Names, small_words
from qualcode.analysis.pair_styles import full_table
from qualcode.analysis.pair_tables import pairs_data
from qualcode.analysis.tallies import Tallies
from qualcode.core.model import Attribute, Case, CodedSegment, Document, Span
from qualcode.core.problems import QualcodeError
from qualcode.core.table import Table
from qualcode.project import rolling
from qualcode.project.adding import Adder
from qualcode.project.comparing import gather
from qualcode.project.pair_table import STYLES, _styled, roll_up_coded, view_pairs
from qualcode.project.printable import people_of, with_names_note, without_full_names
from qualcode.project.rolling import take_in
from qualcode.project.settings import load_settings
from qualcode.project.study import Study, open_study
from tests import coding_study
from tests.coding_study import run
from tests.factory import a_code, a_codebook, a_coded_segment, a_document, a_pair, write

study = coding_study.study
CODEBOOK = a_codebook(
    a_code("silos", valence="obstacle"),
    a_code("trust", valence="catalyst"),
    a_code("money", valence="either"),
    pairs=(a_pair("p1", obstacle="silos", catalysts=("trust", "money")),),
)
DOCUMENTS = tuple(a_document(doc_id=doc_id, kind="minutes") for doc_id in ("a", "b", "c", "d"))
PAIRS = "pairs:\n  - {id: p1, obstacle: {codes: [new-faces]}, catalysts: [{codes: [trust]}]}\n"
CASES = """\
format: 1
cases:
  - {id: P01, name: Ann Bird, documents: [int-01], attributes: {role: nurse}}
"""


@pytest.fixture
def coded(study: Study) -> Study:
    text = study.paths.codebook.read_text("utf-8").replace("pairs: []\n", PAIRS)
    study.paths.codebook.write_text(text, "utf-8")
    study.paths.cases.write_text(CASES, "utf-8")
    run("code", "int-01", "send someone different", "new-faces", "--valence", "obstacle")
    run("code", "int-01", "no trust in the", "trust", "--valence", "obstacle")
    run("code", "int-02", "there's trust", "trust", "--valence", "catalyst")
    run("code", "policy", "trust", "trust")
    return study


@pytest.fixture
def rolled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are rolled up and not taken from what was kept."""
    seen: list[str] = []

    def noting(*arguments: Any) -> None:
        seen.append(arguments[2].id)
        take_in(*arguments)

    monkeypatch.setattr(rolling, "take_in", noting)
    return seen


def table(study: Study, style: str = "data", *, coder: str = "") -> Table:
    return view_pairs(open_study(study.paths.root), style, coder=coder)


def in_one_go(study: Study, style: str) -> Table:
    """The table from all incidents together, nothing of it kept."""
    opened = open_study(study.paths.root)
    gathered = gather(opened, what="count")
    people = people_of(gathered)
    rolled_up = roll_up_coded(opened, without_full_names(gathered, people))
    return with_names_note(_styled(rolled_up, style), people)


def column(shown: Table, key: str) -> list[str]:
    at = [one.key for one in shown.columns].index(key)
    return [" | ".join(row[at]) for row in shown.rows]


def rolled_up(coded: Sequence[CodedSegment], *, parts: Sequence[str]) -> tuple[Any, ...]:
    """Tables and balances of documents that are taken in by these parts."""
    tallies, balances = Tallies(CODEBOOK), []
    for part in parts:
        own, sides = Tallies(CODEBOOK), Balances(CODEBOOK)
        for document in DOCUMENTS:
            if document.id in part:
                found = [one for one in coded if one.doc_id == document.id]
                heard = None if document.id == "d" else ("P9",)
                take_in(own, sides, document, heard, found)
        tallies.add_part(own.part())
        balances.extend(sides.parts())
    rollup = tallies.roll_up()
    return full_table(rollup), pairs_data(rollup), balances_of(CODEBOOK, balances)


@given(
    st.lists(
        st.builds(
            a_coded_segment,
            st.sampled_from(["silos", "trust", "money"]),
            doc_id=st.sampled_from(["a", "b", "c"]),
            kind=st.just("minutes"),
            span=st.sampled_from([Span(0, 5), Span(3, 9), Span(10, 15)]),
            valence=st.sampled_from(["obstacle", "catalyst", "mixed", "neutral"]),
            voice=st.sampled_from(["verbatim", "observer"]),
            participant=st.sampled_from(["P1", "P2", "a:S1", "b:S1", None]),
            consent=st.sampled_from(["", "no"]),
            quote=st.sampled_from(["Long words.", "Short."]),
        ),
        max_size=12,
    )
)
@settings(max_examples=60)
def test_documents_in_parts_are_rolled_up_as_documents_together(coded: list[CodedSegment]) -> None:
    whole, balances = Tallies(CODEBOOK), Balances(CODEBOOK)
    for document in DOCUMENTS:
        found = [one for one in coded if one.doc_id == document.id]
        take_in(whole, balances, document, None if document.id == "d" else ("P9",), found)
    rollup = whole.roll_up()
    expected = full_table(rollup), pairs_data(rollup), balances.found()

    assert rolled_up(coded, parts=("abcd",)) == expected
    assert rolled_up(coded, parts=("cb", "d", "a")) == expected
    assert rollup.unread == 1


def test_a_quotation_that_may_be_printed_is_found_behind_those_that_may_not() -> None:
    held = [
        a_coded_segment(doc_id="a", span=Span(n, n + 1), quote="x", kind="minutes", consent="no")
        for n in range(3)
    ]
    free = a_coded_segment(doc_id="a", span=Span(5, 9), quote="We may say so.", kind="minutes")
    own, tallies = Tallies(CODEBOOK), Tallies(CODEBOOK)
    take_in(own, Balances(CODEBOOK), DOCUMENTS[0], (), [*held, free])
    tallies.add_part(own.part())
    exemplar = tallies.roll_up().rows[0].exemplar

    assert exemplar is not None
    assert exemplar.quote == "We may say so."


def test_of_quotations_a_part_has_one_for_each_side() -> None:
    found = [a_coded_segment(doc_id="a", span=Span(n, n + 1), kind="minutes") for n in range(9)]
    tallies = Tallies(CODEBOOK)
    take_in(tallies, Balances(CODEBOOK), DOCUMENTS[0], (), found)

    assert [len(side.quotes) for side in tallies.part().sides if side.segments] == [0, 1]


def test_every_style_is_the_same_from_parts_as_in_one_go(coded: Study) -> None:
    for style in STYLES:
        expected = in_one_go(coded, style)

        assert table(coded, style) == expected
        assert table(coded, style) == expected
    assert column(table(coded), "exemplar")[0] == "send someone different"


def test_parts_that_were_kept_are_taken_again(coded: Study, rolled: list[str]) -> None:
    first, again = table(coded), table(coded, "full")

    assert sorted(rolled) == ["int-01", "int-02", "policy"]
    assert len(first.rows) == len(again.rows)


def test_a_changed_coding_has_only_its_document_rolled_up_again(
    coded: Study, rolled: list[str]
) -> None:
    table(coded)
    rolled.clear()
    run("code", "int-02", "someone different", "new-faces", "--valence", "obstacle")

    assert table(coded) == in_one_go(coded, "data")
    assert rolled[0] == "int-02"


def test_a_line_written_by_hand_is_rolled_up(coded: Study) -> None:
    before = table(coded)
    path = coded.paths.codings("int-02")[0]
    path.write_text(path.read_text("utf-8").replace('"catalyst"', '"obstacle"'), "utf-8")

    assert table(coded) == in_one_go(coded, "data") != before


def test_a_changed_pair_is_rolled_up_at_once(coded: Study) -> None:
    before = table(coded)
    text = coded.paths.codebook.read_text("utf-8")
    coded.paths.codebook.write_text(text.replace("[{codes: [trust]}]", "[]"), "utf-8")

    assert table(coded) == in_one_go(coded, "data") != before


def test_a_changed_code_is_rolled_up_at_once(coded: Study) -> None:
    before = table(coded)
    text = coded.paths.codebook.read_text("utf-8")
    merged = text.replace("definition: Trust.", "definition: Trust.\n    merged_into: away-days")
    coded.paths.codebook.write_text(merged, "utf-8")

    assert table(coded) == in_one_go(coded, "data") != before


def test_a_case_that_may_no_longer_be_quoted_is_heeded_at_once(coded: Study) -> None:
    before = column(table(coded), "exemplar")[0]
    text = coded.paths.cases.read_text("utf-8").replace("role: nurse", "role: nurse, quote: no")
    coded.paths.cases.write_text(text, "utf-8")

    assert before == "send someone different"
    assert column(table(coded), "exemplar")[0] != before
    assert table(coded) == in_one_go(coded, "data")


def test_one_coders_parts_are_kept_beside_everybodys(coded: Study) -> None:
    run("code", "int-02", "someone different", "new-faces", "--coder", "bf")
    everybody, one = table(coded), table(coded, coder="bf")

    assert everybody != one
    assert (table(coded), table(coded, coder="bf")) == (everybody, one)


def test_a_case_whose_id_looks_like_a_speaker_of_one_document_is_one_person(coded: Study) -> None:
    text = coded.paths.cases.read_text("utf-8")
    text = text.replace("id: P01", 'id: "int-01:x"').replace("[int-01]", "[int-01, int-02]")
    coded.paths.cases.write_text(text, "utf-8")
    notes = " ".join(table(coded, "full").notes)

    assert "1 participant heard" in notes


def test_damaged_parts_are_told_once_and_rolled_up_anew(coded: Study) -> None:
    before = table(coded)
    with sqlite3.connect(coded.paths.gathered) as kept:
        kept.execute("UPDATE results SET value = substr(value, 2)")
    kept.close()
    opened = open_study(coded.paths.root)

    assert view_pairs(opened, "data") == before
    assert [note.number for note in opened.notes] == ["Q720"]


def test_a_coder_who_is_not_known_is_told(coded: Study) -> None:
    with pytest.raises(QualcodeError) as caught:
        table(coded, coder="zz")

    assert caught.value.problem.number == "Q528"


def test_a_name_alone_is_hidden_once_it_is_no_ordinary_word_elsewhere(
    coded: Study, tmp_path: Path
) -> None:
    coded.paths.cases.write_text(CASES.replace("Ann Bird", "Ann Different"), "utf-8")
    source = write(tmp_path, "int-03.md", "INT03  Officer\n\n1. Meetings\n- Different came\n")
    list(Adder(coded.paths, load_settings(coded.paths)).add_all([source]))
    run("code", "int-03", "Different came", "new-faces", "--valence", "obstacle")
    before = column(table(coded), "exemplar")[0]
    other = coded.paths.codings("int-01")[0]
    held = other.read_text("utf-8").splitlines(keepends=True)
    other.write_text("".join(line for line in held if "different" not in line), "utf-8")

    assert before == "Different came"
    assert column(table(coded), "exemplar")[0] == "[P01] came"
    assert table(coded) == in_one_go(coded, "data")


def test_of_small_words_only_names_are_kept_and_one_other() -> None:
    person = Case("P1", "Grace Dean", attributes=(Attribute("role", "nurse"),))
    book = CaseBook.of((person,))
    texts = ("The dean met Grace.", "and nobody came")
    words = small_words(book, texts)

    assert words == ("and", "dean")
    assert Names.of(book, texts=[" ".join(words)]) == Names.of(book, texts=texts)
    assert small_words(CaseBook.of(()), texts) == ()
    assert Names.of(book, texts=[" ".join(small_words(book, ["NO"]))]) == Names.of(book)


def test_nothing_coded_is_told(study: Study) -> None:
    with pytest.raises(QualcodeError) as caught:
        table(study, "full")

    assert caught.value.problem.number == "Q520"


def test_a_document_of_context_is_named_and_not_counted(coded: Study) -> None:
    documents: tuple[Document, ...] = gather(open_study(coded.paths.root), what="count").documents

    assert [one.id for one in documents if one.role == "context"] == ["policy"]
    assert any("context only: policy" in note for note in table(coded, "full").notes)
