from __future__ import annotations

import io
import sys

import pytest

from qualcode.core.memos import Memo
from qualcode.project.deciding import undo
from qualcode.project.study import Study
from qualcode.store.memo_files import load_memos
from tests.coding_study import bytes_of, journal, run, study

__all__ = ["study"]


def review(monkeypatch: pytest.MonkeyPatch, lines: str, *arguments: str) -> str:
    """A review whose answers come from a file; what was printed."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    outcome = run("review", "--plain", *arguments)
    return outcome.out + outcome.err


def memos(study: Study) -> list[Memo]:
    return list(load_memos(study.paths)[0])


def test_a_memo_typed_while_accepting_becomes_a_memo_on_the_code(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    review(monkeypatch, "m\nis it the rota?\na\nq\n")
    (memo,) = memos(study)

    assert (memo.about, memo.kind, memo.coder) == ("code:new-faces", "memo", "ad")
    assert memo.title == "is it the rota?"
    assert memo.body.splitlines()[2].startswith("> ")
    assert memo.body.splitlines()[3].startswith("> [int-01 ")
    assert journal(study)[-1]["because"] == "is it the rota?"


def test_a_memo_on_a_segment_left_uncoded_is_about_its_document(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    review(monkeypatch, "m\nonly small talk\ne\nq\n")

    assert [(memo.about, memo.title) for memo in memos(study)] == [
        ("document:int-01", "only small talk")
    ]


def test_a_memo_follows_the_code_that_was_put_in_the_place_of_the_suggested_one(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    review(monkeypatch, "m\nthis is faith\nc\ntrust\na\nq\n")

    assert [memo.about for memo in memos(study)] == ["code:trust"]


def test_undo_takes_the_decision_and_its_memo_back_together(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bytes_of(study)
    review(monkeypatch, "m\nnot here\nr\nq\n")
    written = len(memos(study))
    undo(study.paths)

    assert written == 1
    assert memos(study) == []
    assert bytes_of(study) == before


def test_a_decision_without_a_memo_writes_none(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    review(monkeypatch, "a\nr\ne\nq\n")

    assert memos(study) == []


@pytest.mark.parametrize("lines", ["m\nlater\nk\nq\n", "m\nlater\nq\n"])
def test_a_memo_is_kept_where_the_suggestion_is_skipped_or_the_review_left(
    study: Study, monkeypatch: pytest.MonkeyPatch, lines: str
) -> None:
    said = review(monkeypatch, lines)

    assert [(memo.about, memo.title) for memo in memos(study)] == [("code:new-faces", "later")]
    assert "kept" in said.replace("It is kept", "")
    assert journal(study)[-1]["action"] == "memo add"


def test_undo_in_the_review_takes_back_a_skip_with_its_memo(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = review(monkeypatch, "m\nlater\nk\nu\nq\n")

    assert "undone: memo add" in said
    assert memos(study) == []


def test_a_memo_is_kept_where_a_stale_coding_is_skipped(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("code", "int-01", "someone different", "new-faces")
    redefine(study)
    review(monkeypatch, "m\nnot sure\ns\n", "--stale")

    assert [(memo.about, memo.title) for memo in memos(study)] == [("code:new-faces", "not sure")]


def test_the_number_of_a_suggestion_goes_back_with_undo(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = review(monkeypatch, "r\nu\nq\n")
    shown = [line[:17] for line in said.splitlines() if line.startswith("Suggestion ")]

    assert shown == ["Suggestion 1 of 6", "Suggestion 2 of 6", "Suggestion 1 of 6"]


def redefine(study: Study) -> None:
    path = study.paths.codebook
    text = path.read_text("utf-8").replace("People change.", "People come and go.")
    path.write_text(text, "utf-8")


def test_a_memo_typed_while_reading_again_becomes_a_memo_on_the_code(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("code", "int-01", "someone different", "new-faces")
    redefine(study)
    review(monkeypatch, "m\nholds still\nk\n", "--stale")

    assert [(memo.about, memo.title) for memo in memos(study)] == [
        ("code:new-faces", "holds still")
    ]


def test_a_stale_coding_of_a_merged_code_shows_the_code_that_took_its_place(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("code", "int-01", "someone different", "new-faces")
    redefine(study)
    path = study.paths.codebook
    text = path.read_text("utf-8")
    merged = text.replace("come and go.\n", "come and go.\n    merged_into: away-days\n")
    path.write_text(merged, "utf-8")
    said = review(monkeypatch, "q\n", "--stale")

    assert "away-days (coded as new-faces, merged since), obstacle" in said
    assert "means now: Days out." in said
