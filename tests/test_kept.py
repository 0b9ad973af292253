"""What is kept for later: rows that are checked, folders listed once, counts of a study."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.core.compact import pack, unpack
from qualcode.core.model import Document, Speaker
from qualcode.core.table import Column, Table
from qualcode.core.text import content_hash
from qualcode.project import glances
from qualcode.project.answers import kept_answer
from qualcode.project.searching import Asked, search
from qualcode.project.status import view_status
from qualcode.project.study import Study
from qualcode.store import listing
from qualcode.store.cache import places_between
from qualcode.store.document_files import document_files
from qualcode.store.kept import open_kept
from qualcode.store.listing import files_of
from tests import coding_study
from tests.coding_study import run
from tests.factory import a_bullet, a_document, write

study = coding_study.study


def test_a_value_packed_and_unpacked_is_the_same() -> None:
    ann = Speaker("P1", "Ann", None, True)
    document = a_document(a_bullet("we are in silos"), speakers=(ann,), dropped=(("x", 1),))

    assert unpack(Document, pack(document)) == document
    assert unpack(Document, pack(document)).speakers == (ann,)


def test_words_that_come_again_are_one_word_when_unpacked() -> None:
    row = (("always the same",), ("always the same",), ("once",), ())
    table = unpack(Table, pack(Table("t", "T", (), (row, row))))

    assert table.rows == (row, row)
    assert table.rows[0][0] is table.rows[1][1]


def test_a_result_holds_for_its_key_and_version_alone(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite"
    with open_kept(path, "1", lasting=True) as kept:
        kept.put("read", "int-01", "key", b"words")
    with open_kept(path, "1", lasting=True) as kept:
        found = (kept.get("read", "int-01", "key"), kept.get("read", "int-01", "other"))
    with open_kept(path, "2", lasting=True) as kept:
        later = kept.get("read", "int-01", "key")

    assert found == (b"words", None)
    assert (later, kept.notes) == (None, ())


def test_a_file_that_another_command_has_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.store.kept.PATIENCE", 0.0)
    path = tmp_path / "kept.sqlite"
    with open_kept(path, "1", lasting=True) as first:
        first.put("read", "int-01", "key", b"words")
        with open_kept(path, "1", lasting=True) as second:
            second.put("read", "int-02", "key", b"more")
            found = second.get("read", "int-02")

    assert (found, second.notes) == (None, ())
    with open_kept(path, "1", lasting=True) as third:
        assert third.get("read", "int-01", "key") == b"words"


def test_a_file_that_may_only_be_read_is_not_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite"
    with open_kept(path, "1", lasting=True) as first:
        first.put("read", "int-01", "key", b"words")
    with open_kept(path, "1", lasting=True) as second:
        assert second.db is not None
        second.db.execute("PRAGMA query_only = ON")  # as SQLite opens what cannot be written
        found = second.get("read", "int-01", "key")
        second.put("read", "int-01", "other", b"more")

    assert (found, second.notes) == (b"words", ())
    with open_kept(path, "1", lasting=True) as third:
        assert third.get("read", "int-01", "key") == b"words"


def test_where_the_folder_may_not_be_entered_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", refuse)
    monkeypatch.setattr(Path, "mkdir", refuse)
    with open_kept(tmp_path / "closed" / "kept.sqlite", "1", lasting=True) as kept:
        kept.put("read", "int-01", "key", b"words")

    assert (kept.get("read", "int-01", "key"), kept.notes) == (None, ())


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("kept") / "kept.sqlite"
    with open_kept(path, "1", lasting=True) as kept:
        for number in range(200):
            kept.put("read", f"int-{number:03}", "key", f"words {number} ".encode() * 40)
    return path


@given(at=st.floats(0, 1), damage=st.binary(min_size=1, max_size=400), cut=st.booleans())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damage_never_gives_another_result(
    whole: Path, at: float, damage: bytes, cut: bool
) -> None:
    data = bytearray(whole.read_bytes())
    place = int(at * len(data))
    data[place : place + len(damage)] = damage
    path = whole.with_name("damaged.sqlite")
    path.write_bytes(data[:place] if cut else data)
    with open_kept(path, "1", lasting=True) as kept:
        found = {n: kept.get("read", f"int-{n:03}", "key") for n in range(200)}
        kept.put("read", "new", "key", b"new")
        new = kept.get("read", "new", "key")

    assert [
        n for n, value in found.items() if value not in (None, f"words {n} ".encode() * 40)
    ] == []
    assert new == b"new"


def test_a_table_whose_name_is_damaged_is_made_again(whole: Path) -> None:
    path = whole.with_name("renamed.sqlite")
    path.write_bytes(whole.read_bytes().replace(b"tablefacts", b"table\x80acts"))
    with open_kept(path, "1", lasting=True) as kept:
        kept.put("read", "new", "key", b"new")
        found = (kept.get("read", "int-001"), kept.get("read", "new"))

    assert found == (None, b"new")
    assert [note.number for note in kept.notes] == ["Q720"]


def test_a_new_file_is_seen_at_once_in_a_folder_just_listed(tmp_path: Path) -> None:
    write(tmp_path, "int-01.ad.jsonl", "")
    before = files_of(tmp_path, "int-01")
    write(tmp_path, "int-01.bf.jsonl", "")

    assert [path.name for path in before] == ["int-01.ad.jsonl"]
    assert [path.name for path in files_of(tmp_path, "int-01")] == [
        "int-01.ad.jsonl",
        "int-01.bf.jsonl",
    ]


def test_a_folder_at_rest_is_listed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "int-01.ad.jsonl", "")
    os.utime(tmp_path, ns=(0, 1_000_000_001))
    listed: list[Path] = []
    names_in = listing.names_in

    def note(folder: Path) -> list[str]:
        listed.append(folder)
        return names_in(folder)

    monkeypatch.setattr(listing, "names_in", note)
    found = [files_of(tmp_path, doc_id) for doc_id in ("int-01", "int-02", "int-01")]

    assert [len(one) for one in found] == [1, 0, 1]
    assert len(listed) == 1


def shown(study: Study) -> list[tuple[str, ...]]:
    table, _ = view_status(study)
    return [tuple(cell[0] for cell in row) for row in table.rows]


def test_status_from_what_was_kept_is_status_made_anew(study: Study) -> None:
    shown(study)
    run("code", "int-01", "no trust in the", "trust", "--valence", "obstacle")
    run("code", "int-02", "there's trust", "trust", "--valence", "catalyst")
    kept = shown(study)
    study.paths.glances.unlink()

    assert kept == shown(study)
    assert ("Codings", "2", "codings", "in 2 documents") in kept
    assert ("Contested: trust", "1", "codes", "3 codes") in kept


def test_one_coding_has_only_its_part_counted_anew(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(study)
    counted: list[str] = []
    part = glances._Counting.part

    def note(self: glances._Counting, doc_ids: list[str]) -> object:
        counted.extend(doc_ids)
        return part(self, doc_ids)

    monkeypatch.setattr(glances._Counting, "part", note)
    run("code", "int-02", "there's trust", "trust")
    shown(study)

    assert counted == ["int-02"]


def test_status_finds_stale_codings_without_reading_them_again(study: Study) -> None:
    run("code", "int-02", "there's trust", "trust")
    shown(study)
    text = study.paths.codebook.read_text("utf-8")
    study.paths.codebook.write_text(text.replace("Trust.", "Reliance."), "utf-8")

    assert ("Made under an earlier definition", "1", "codings", "1 coding") in shown(study)


def test_an_answer_is_found_again_only_after_a_change(study: Study) -> None:
    asked: list[int] = []

    def find() -> Table:
        asked.append(1)
        return Table("t", "T", (Column("a", "A"),), ((("x",),),))

    (first, _), (second, _) = (kept_answer(study.paths, "q", Table, find) for _ in range(2))
    run("code", "int-02", "there's trust", "trust")
    kept_answer(study.paths, "q", Table, find)

    assert first == second
    assert len(asked) == 2


def test_with_a_model_of_the_study_no_answer_is_kept_wherever_one_stands(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(study.paths.root, "models/mine/model.onnx", "x")
    settings = study.paths.settings.read_text("utf-8")
    study.paths.settings.write_text(settings + "encoder: models/mine\n", "utf-8")
    monkeypatch.chdir(study.paths.root / "documents")
    asked: list[int] = []

    def find() -> Table:
        asked.append(1)
        return Table("t", "T", (Column("a", "A"),), ())

    for _ in range(2):
        kept_answer(study.paths, "q", Table, find)

    assert len(asked) == 2


def test_texts_keep_their_place_and_new_ones_come_between() -> None:
    assert places_between(["a", "b", "c"], {"a": 8, "c": 16}) == {"a": 8, "b": 12, "c": 16}
    assert places_between(["a", "b", "c"], {"a": 8, "c": 9}) is None


def test_hits_come_by_document_however_late_it_was_added(study: Study) -> None:
    search(study, Asked("trust"))
    text_hash = content_hash(a_document(a_bullet("trust above all")).text)
    early = a_document(a_bullet("trust above all"), doc_id="a-first", source_hash="x")
    early = replace(early, text_hash=text_hash)
    for path, data in document_files(study.paths, early).items():
        path.write_bytes(data)
    found = search(study, Asked("trust"))

    assert [hit.id for hit in found.hits][:2] == ["a-first", "int-01"]


def test_passages_beyond_those_counted_are_not_counted(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.project.searching.COUNTED", 2)
    found = search(study, Asked("trust", limit=1))

    assert (len(found.hits), found.n_hits, found.has_more) == (1, 2, True)
