"""What is coded, kept by groups of documents: the same as read anew, and never out of date."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.core.problems import QualcodeError
from qualcode.core.table import Column, Table
from qualcode.project.comparing import Coded, gather
from qualcode.project.kept_tables import kept_tables
from qualcode.project.study import Study, open_study
from tests import coding_study
from tests.coding_study import run
from tests.command import run_qualcode

study = coding_study.study
read_anew = coding_study.read_anew
TABLES = ("codes", "quotations", "document", "sample", "pairs", "audit")


@pytest.fixture
def coded(study: Study) -> Study:
    run("code", "int-01", "no trust in the", "trust", "--valence", "obstacle")
    run("code", "int-02", "there's trust", "trust", "--valence", "catalyst")
    run("code", "policy", "trust", "trust")
    return study


def gathered(study: Study, *, coder: str = "") -> Coded:
    return gather(open_study(study.paths.root), what="count", coder=coder)


def damage(path: Path) -> None:
    """Changes a byte of every packed value of the file."""
    data = bytearray(path.read_bytes())
    at = data.find(b"\x78\x01")
    while at >= 0:
        data[at + 9] ^= 0xFF
        at = data.find(b"\x78\x01", at + 1)
    path.write_bytes(data)


def test_what_was_kept_is_what_is_read_anew(coded: Study, read_anew: list[str]) -> None:
    first, again = gathered(coded), gathered(coded)

    assert again == first
    assert sorted(read_anew) == ["int-01", "int-02", "policy"]
    assert (len(again.incidents), again.context) == (2, 1)


def test_every_table_is_the_same_from_what_was_kept(coded: Study) -> None:
    def printed() -> list[str]:
        return [run_qualcode("table", name, "--plain").out for name in TABLES]

    first = printed()
    coded.paths.answers.unlink()
    from_documents = printed()
    coded.paths.answers.unlink()
    coded.paths.gathered.unlink()

    assert from_documents == first
    assert printed() == first
    assert "Trust" in first[0]


def test_a_changed_coding_has_only_its_documents_read_anew(
    coded: Study, read_anew: list[str]
) -> None:
    gathered(coded)
    read_anew.clear()
    run("code", "int-02", "someone different", "new-faces")
    found = gathered(coded)

    assert read_anew == ["int-02"]
    assert [one.coded.code_id for one in found.incidents] == ["trust", "new-faces", "trust"]


def test_a_line_written_by_hand_is_noticed_by_a_table(coded: Study) -> None:
    before = run_qualcode("table", "codes", "--plain").out
    path = coded.paths.codings("int-01")[0]
    path.write_text(path.read_text("utf-8").replace('"trust"', '"away-days"'), "utf-8")
    after = run_qualcode("table", "codes", "--plain").out

    assert "Trust\n" in before
    assert before != after
    assert [one.coded.code_id for one in gathered(coded).incidents] == ["away-days", "trust"]


def test_a_changed_case_is_noticed(coded: Study) -> None:
    gathered(coded)
    text = coded.paths.cases.read_text("utf-8").replace("P01", "P77")
    coded.paths.cases.write_text(text, "utf-8")

    assert {one.coded.case_id for one in gathered(coded).incidents} == {"P77", None}


def test_a_merged_code_counts_as_its_heir_at_once(coded: Study) -> None:
    gathered(coded)
    text = coded.paths.codebook.read_text("utf-8")
    merged = text.replace("definition: Trust.", "definition: Trust.\n    merged_into: away-days")
    coded.paths.codebook.write_text(merged, "utf-8")

    assert {one.coded.code_id for one in gathered(coded).incidents} == {"away-days"}


def test_one_coders_codings_are_kept_beside_everybodys(coded: Study) -> None:
    run("code", "int-02", "someone different", "new-faces", "--coder", "bf")
    everybody = gathered(coded)
    one, other = gathered(coded, coder="ad"), gathered(coded, coder="bf")

    assert [len(found.incidents) for found in (everybody, one, other)] == [3, 2, 1]
    assert [len(gathered(coded, coder=who).incidents) for who in ("", "ad", "bf")] == [3, 2, 1]


def test_a_damaged_file_is_told_and_made_again(coded: Study, read_anew: list[str]) -> None:
    first = gathered(coded)
    damage(coded.paths.gathered)
    read_anew.clear()
    opened = open_study(coded.paths.root)
    found = gather(opened, what="count")

    assert found == first
    assert [note.number for note in opened.notes] == ["Q720"]
    assert sorted(read_anew) == ["int-01", "int-02", "policy"]


def test_a_table_says_that_what_was_kept_was_damaged(coded: Study) -> None:
    first = run_qualcode("table", "codes", "--plain")
    damage(coded.paths.gathered)
    damage(coded.paths.answers)
    again = run_qualcode("table", "codes", "--plain")

    assert (again.out, again.status) == (first.out, 0)
    assert again.err.startswith("Each of 2 files (")
    assert again.err.count("coded.sqlite") == again.err.count("answers.sqlite") == 1
    assert again.err.count("Q720") == 1


def test_a_document_that_was_removed_is_forgotten(coded: Study) -> None:
    gathered(coded)
    for path in (*coded.paths.documents.glob("int-02*"), *coded.paths.codings("int-02")):
        path.unlink()

    assert [one.id for one in gathered(coded).documents] == ["int-01", "policy"]


def test_what_cannot_be_read_is_told_each_time_and_never_kept(coded: Study) -> None:
    for doc_id in ("int-01", "int-02"):
        coded.paths.codings(doc_id)[0].write_text("not json\n", "utf-8")
    paths = []
    for _ in range(2):
        with pytest.raises(QualcodeError) as caught:
            gathered(coded)
        paths.append(Path(caught.value.problem.path).name)

    assert paths == ["int-01.ad.jsonl", "int-01.ad.jsonl"]


def test_a_table_is_made_once_until_something_changes(study: Study) -> None:
    made: list[Study] = []

    def view(opened: Study) -> Table:
        made.append(opened)
        return Table("t", "T", (Column("a", "A"),), ((("x",),),))

    tables = [kept_tables(study.paths, "t", view)[0] for _ in range(2)]
    other, _ = kept_tables(study.paths, "u", lambda opened: (replace(view(opened), name="u"),))
    run("code", "int-02", "there's trust", "trust")
    kept_tables(study.paths, "t", view)

    assert tables[0] == tables[1]
    assert other[0].name == "u"
    assert len(made) == 3
