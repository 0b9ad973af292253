from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.memos import MEMO_KINDS, Memo
from qualcode.core.problems import QualcodeError
from qualcode.core.text import normalise
from qualcode.project.deciding import undo
from qualcode.project.memos import find_about
from qualcode.project.study import Study
from qualcode.store.journal import load_journal
from qualcode.store.memo_files import load_memo, load_memos, memo_data, memo_path
from qualcode.store.paths import ProjectPaths
from tests.factory import write
from tests.notes_command import code, make_study, run_notes


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("QUALCODE_CODER", "ad")
    study = make_study(tmp_path)
    monkeypatch.chdir(study.paths.root)
    return study


def test_a_memo_is_kept_as_markdown_with_front_matter(study: Study) -> None:
    outcome = run_notes("memo", "add", "silos", "Why so few police?", "--kind", "question")
    (memo,) = load_memos(study.paths)[0]
    text = memo_path(study.paths, memo.id).read_text("utf-8")

    assert outcome.status == 0, outcome.err
    assert memo.id.endswith("-why-so-few-police")
    assert text.startswith("---\nabout: code:silos\nkind: question\ncoder: ad\n")
    assert text.endswith("---\nWhy so few police?\n")


def test_a_memo_can_be_undone(study: Study) -> None:
    run_notes("memo", "add", "study", "A thought")
    undo(study.paths)

    assert load_memos(study.paths) == ((), ())


def test_two_memos_with_the_same_words_are_two_files(study: Study) -> None:
    for _ in range(2):
        run_notes("memo", "add", "study", "Again")
    ids = [memo.id[10:] for memo in load_memos(study.paths)[0]]

    assert ids == ["-again", "-again-2"]


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ("silos", "code:silos"),
        ("int-01", "document:int-01"),
        ("document:talk", "document:talk"),
        ("STUDY", "study"),
        ("int-01-k1", "coding:int-01-k1"),
    ],
)
def test_a_memo_is_about_anything_by_its_id(study: Study, about: str, expected: str) -> None:
    code(study, "int-01", ("away day", "trust", "catalyst"))

    assert find_about(study, about) == expected


def test_an_unknown_thing_is_told_with_the_nearest(study: Study) -> None:
    told = run_notes("memo", "add", "silo", "x").err

    assert told.startswith('Q132 the project has nothing called "silo". Did you mean "silos"?')


def test_an_id_of_several_things_must_say_which(study: Study) -> None:
    study.paths.cases.write_text("format: 1\ncases:\n- {id: silos}\n", "utf-8")
    told = run_notes("memo", "add", "silos", "x").err

    assert told == (
        'Q133 "silos" is the id of several things. Say which: `code:silos` or `case:silos`.\n'
    )


def test_lists_are_narrowed_by_what_and_kind(study: Study) -> None:
    run_notes("memo", "add", "silos", "First")
    run_notes("memo", "add", "trust", "Second", "--kind", "reflexive")
    run_notes("memo", "add", "study", "Third?", "--kind", "question")

    def titles(*options: str) -> list[str]:
        memos = json.loads(run_notes("memo", "list", *options, "--json").out)["memos"]
        return [memo["title"] for memo in memos]

    assert titles() == ["First", "Second", "Third?"]
    assert titles("--about", "silos") == ["First"]
    assert titles("--kind", "reflexive") == ["Second"]
    assert titles("--open") == ["Third?"]


def test_a_question_is_closed_with_its_answer_and_only_once(study: Study) -> None:
    run_notes("memo", "add", "study", "Why?", "--kind", "question")
    (memo,) = load_memos(study.paths)[0]
    first = run_notes("memo", "close", memo.id, "--because", "They moved.")
    again = run_notes("memo", "close", memo.id, "--because", "They moved.")
    done = load_journal(study.paths)[-1]

    assert first.out == "Closed: Why?\n"
    assert "Q138" in again.err
    assert load_memo(study.paths, memo.id).because == "They moved."
    assert (done.action, done.before, done.after, done.because) == (
        *("memo close", "open", "closed"),
        "They moved.",
    )


def test_a_memo_is_shown_by_the_beginning_of_its_id(study: Study) -> None:
    run_notes("memo", "add", "study", "One thought\n\nand more")
    (memo,) = load_memos(study.paths)[0]

    assert run_notes("memo", "show", memo.id[:12]).out.endswith("\n\nOne thought\n\nand more\n")
    assert 'Q134 there is no memo "nothing"' in run_notes("memo", "show", "nothing").err


def test_without_words_the_editor_opens(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = write(
        study.paths.root.parent, "editor.py", "import sys\nopen(sys.argv[1], 'a').write('Typed')\n"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"'{sys.executable}' '{editor}'")
    run_notes("memo", "add", "study")
    kept = [memo.body for memo in load_memos(study.paths)[0]]
    monkeypatch.setenv("EDITOR", "no-such-editor")
    failed = run_notes("memo", "add", "study").err
    monkeypatch.setenv("EDITOR", "")
    unset = run_notes("memo", "add", "study").err

    assert kept == ["Typed"]
    assert 'Q148 no editor could be opened ("no-such-editor" failed' in failed
    assert "Q148 no editor could be opened (EDITOR is not set)" in unset


def test_a_memo_without_words_or_of_no_kind_is_not_kept(study: Study) -> None:
    assert "Q135 the memo has no words" in run_notes("memo", "add", "study", "  \n").err
    assert 'Q317 "kind" is "idea"' in run_notes("memo", "add", "study", "x", "--kind", "idea").err
    assert load_memos(study.paths) == ((), ())


@pytest.mark.parametrize(
    ("text", "number", "line"),
    [
        ("just words", "Q131", 1),
        ("---\nabout: study\nknd: memo\n---\nx\n", "Q302", 3),
        ("---\nkind: memo\n---\nx\n", "Q310", 2),
        ("---\nabout: [\n---\nx\n", "Q301", 3),
    ],
)
def test_a_memo_that_cannot_be_read_is_told_by_line(
    study: Study, text: str, number: str, line: int
) -> None:
    write(study.paths.root, "memos/m.md", text)
    write(study.paths.root, "memos/n.md", "---\nabout: study\n---\nGood\n")
    memos, problems = load_memos(study.paths)

    assert [(one.number, one.line) for one in problems] == [(number, line)]
    assert [memo.body for memo in memos] == ["Good"]


BODIES = st.text(min_size=1).map(lambda text: normalise(text).strip()).filter(bool)


@given(body=BODIES, because=BODIES, kind=st.sampled_from(MEMO_KINDS))
def test_a_memo_saved_and_loaded_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, body: str, because: str, kind: str
) -> None:
    paths = ProjectPaths(tmp_path_factory.getbasetemp())
    memo = Memo("m", body, "code:silos", "ad", "2025-03-01T10:00", kind, "2025-04-01", because)
    write(paths.root, "memos/m.md", memo_data(memo))

    assert load_memo(paths, "m") == memo


def test_a_missing_memo_is_one_sentence(study: Study) -> None:
    with pytest.raises(QualcodeError, match="Q131 the memo cannot be read"):
        load_memo(study.paths, "gone")
