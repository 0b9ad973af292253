"""Codings after their source was edited: moved with their words, or told and read again."""

from __future__ import annotations

import contextlib
import io
import json
import sys

import pytest

from qualcode.cli.study import Adding, add_command
from qualcode.cli.style import Style
from qualcode.project.codebook_life import reread, stale_codings
from qualcode.project.deciding import undo
from qualcode.project.status import view_status
from qualcode.project.study import Study
from tests.coding_study import NOTES, bytes_of, coded, run, study
from tests.command import Outcome
from tests.factory import write

__all__ = ["study"]


def edit(study: Study, before: str, now: str) -> Outcome:
    """Adds the first interview again, with these words in place of those."""
    assert before in NOTES
    source = write(study.paths.root.parent, "int-01.md", NOTES.replace(before, now))
    out, err, status = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            add_command([source], Adding({}), Style.PLAIN)
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 0
    return Outcome(status, out.getvalue(), err.getvalue())


@pytest.fixture
def edited(study: Study) -> Study:
    """A study where the words of one coding of two were edited."""
    run("code", "int-01", "someone different each time", "new-faces")
    run("code", "int-01", "trust", "trust")
    edit(study, "send someone different each time", "sent somebody new every single time")
    return study


def test_a_coding_on_other_words_is_told_with_both(study: Study) -> None:
    run("code", "int-01", "someone different each time", "new-faces")
    run("code", "int-01", "trust", "trust")
    outcome = edit(study, "someone different each time", "somebody new every single time")
    coding = study.codings("int-01")[0]

    assert outcome.err == (
        f'int-01: Q419 the coding {coding.id} of "new-faces" stood on "someone different each '
        'time", which is now "somebody new every single time". Read it again: `qualcode stale` '
        "lists it, `qualcode review --stale` asks about it.\n"
    )
    assert outcome.status == 1
    assert "2 codings are in place in the new text, 1 of them on other words" in outcome.out


def test_a_coding_on_other_words_waits_to_be_read_again(edited: Study) -> None:
    (one,) = stale_codings(edited)

    assert one.coding.quote == "somebody new every single time"
    assert one.why == (
        'the source was edited since: "someone different each time" is now "somebody new every '
        'single time"'
    )
    table, _ = view_status(edited)
    assert (("Made on other words, edited since",), ("1",), ("codings",), ("2 codings",)) in (
        table.rows
    )


def test_it_waits_no_more_once_it_was_kept(edited: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("k\n"))
    outcome = run("review", "--stale", "--plain")

    assert 'because: the source was edited since: "someone different each time"' in outcome.out
    assert stale_codings(edited) == ()
    assert coded(edited)[0] == ("somebody new every single time", "new-faces", "obstacle")


def test_it_waits_no_more_once_it_is_marked_as_read_again(edited: Study) -> None:
    (one,) = stale_codings(edited)
    reread(edited, [one.coding.id])

    assert stale_codings(edited) == ()


def test_words_edited_back_wait_no_more(edited: Study) -> None:
    edit(edited, "each time", "each time")

    assert stale_codings(edited) == ()
    assert coded(edited)[0] == ("someone different each time", "new-faces", "obstacle")


def test_after_two_edits_the_words_that_were_coded_are_told(edited: Study) -> None:
    edit(edited, "someone different each time", "somebody else every single time")
    (one,) = stale_codings(edited)

    assert one.coding.was == "someone different each time"


def test_a_coding_whose_words_stayed_moves_with_them_and_is_not_told(study: Study) -> None:
    run("code", "int-01", "says", "trust")
    run("code", "int-01", "start again and again", "new-faces")
    outcome = edit(study, "at every meeting", "last week")

    assert coded(study) == [
        ("says", "trust", "neutral"),
        ("start again and again", "new-faces", "obstacle"),
    ]
    assert (outcome.err, stale_codings(study)) == ("", ())


def test_undo_takes_the_edit_back_with_its_codings(study: Study) -> None:
    run("code", "int-01", "someone different each time", "new-faces")
    before = bytes_of(study)
    edit(study, "someone different each time", "somebody new every single time")
    undo(study.paths)

    assert bytes_of(study) == before


def test_json_says_why_it_waits(edited: Study) -> None:
    (one,) = json.loads(run("review", "--stale", "--json").out)["stale"]

    assert one["why"].startswith('the source was edited since: "someone different each time"')
