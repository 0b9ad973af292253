from __future__ import annotations

import io
import json
import os
import re
import sys

import pytest

from qualcode.project.coding_views import Which
from qualcode.project.deciding import undo
from qualcode.project.reviewing import open_session
from qualcode.project.study import Study
from qualcode.store.review_files import load_reviews
from tests.coding_study import bytes_of, coded, journal, run, study
from tests.command import Outcome
from tests.terminal import terminal

__all__ = ["study"]

at_a_terminal = pytest.mark.skipif(os.name != "posix", reason="there are no pseudo-terminals here")
REVIEW = """\
import typer
from qualcode.cli.coding_app import review
from qualcode.cli.exit import told_plainly
app = typer.Typer(pretty_exceptions_enable=False)
app.command()(review)
with told_plainly():
    app(standalone_mode=False)
"""
ASK = "Decide (? for help): "


def review(monkeypatch: pytest.MonkeyPatch, lines: str, *arguments: str) -> Outcome:
    """A review whose answers come from a file, one to a line."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    return run("review", *arguments)


def waiting(study: Study, which: Which | None = None) -> list[tuple[str, str]]:
    """Code and document of every suggestion that waits, in their order."""
    queue = open_session(study, which or Which()).queue
    return [(one.code_id, one.doc_id) for one in queue]


def test_the_best_of_each_code_comes_in_turn_and_context_is_never_offered(study: Study) -> None:
    assert waiting(study) == [
        ("new-faces", "int-01"),
        ("away-days", "int-01"),
        ("trust", "int-02"),
        ("new-faces", "int-01"),
        ("trust", "int-01"),
        ("new-faces", "int-02"),
    ]


def test_the_rest_comes_in_the_same_order_after_a_break(study: Study) -> None:
    session = open_session(study, Which())
    order = [(one.code_id, one.doc_id, one.span) for one in session.queue]
    for _ in range(2):
        shown = session.current()
        assert shown is not None
        session.accept(shown, shown.draft)
    again = open_session(study, Which())

    assert [(one.code_id, one.doc_id, one.span) for one in again.queue] == order[2:]


def test_an_accepted_suggestion_is_a_coding_that_keeps_the_evidence(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = review(monkeypatch, "a\nq\n")
    (coding,) = study.codings("int-01")

    assert "accepted: int-01 " in outcome.out
    assert outcome.out.endswith("quit\nAccepted 1. 5 left in this review.\n")
    assert (coding.code_id, coding.origin, coding.valence) == (
        "new-faces",
        "suggestion",
        "obstacle",
    )
    assert coding.evidence.startswith('matches "different each time"')
    assert [r.verdict for r in load_reviews(study.paths, "int-01")] == ["accepted"]
    assert journal(study)[-1]["action"] == "accept"


def test_a_rejected_suggestion_is_remembered_and_not_offered_again(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = waiting(study)
    review(monkeypatch, "m\nnot people\nr\nq\n")

    assert waiting(study) == before[1:]
    assert coded(study) == []
    assert (journal(study)[-1]["action"], journal(study)[-1]["because"]) == ("reject", "not people")
    assert [(r.verdict, r.code_id) for r in load_reviews(study.paths, "int-01")] == [
        ("rejected", "new-faces")
    ]


def test_a_rejection_is_that_of_one_coder(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    review(monkeypatch, "r\nq\n")

    assert len(waiting(study)) == 5
    assert len(waiting(study, Which(coder="bf"))) == 6


def test_a_segment_left_uncoded_is_not_offered_again(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = review(monkeypatch, "e\nq\n")

    assert "examined and left uncoded" in outcome.out
    assert len(waiting(study)) == 5
    assert [r.verdict for r in load_reviews(study.paths, "int-01")] == ["uncoded"]
    assert '"uncoded": 1' in run("coverage", "--json").out


def test_a_coded_segment_is_given_no_other_code(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("code", "int-01", "someone different each time", "trust", "--valence", "obstacle")
    outcome = review(monkeypatch, "e\nq\n")

    assert "examined: no other code" in outcome.out
    assert "Given no other code 1." in outcome.out


def test_the_draft_is_changed_before_it_is_accepted(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = "c\ntrust\ns\nsomeone different\nv\nm\nl\nprofession\nm\nshe frowned\na\nq\n"
    review(monkeypatch, keys)
    (coding,) = study.codings("int-01")

    assert (coding.quote, coding.code_id, coding.valence, coding.lenses) == (
        "someone different",
        "trust",
        "mixed",
        ("profession",),
    )
    assert coding.evidence.endswith("; she frowned")
    assert [(r.verdict, r.code_id, r.instead) for r in load_reviews(study.paths, "int-01")] == [
        ("rejected", "new-faces", "trust")
    ]
    assert journal(study)[-1]["action"] == "give another code"


def test_a_new_code_is_made_with_its_coding_in_one_step(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bytes_of(study)
    review(monkeypatch, "n\nRevolving door\na\nq\n")

    assert study.usable_codebook().codes[-1].id == "revolving-door"
    assert coded(study)[0][1] == "revolving-door"
    undo(study.paths)
    assert bytes_of(study) == before


def test_wrong_words_are_told_and_nothing_is_lost(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = review(
        monkeypatch, "c\nnewfaces\n\nl\nindivdual\n\ns\nnot there\n\nx\nv\nz\nc\n\na\nq\n"
    )

    assert 'Q406 code "newfaces" is not in the codebook. Did you mean "new-faces"?' in outcome.err
    assert 'Q308 the coding names lens "indivdual"' in outcome.err
    assert '"not there" does not stand here' in outcome.out
    assert '"x" is no key here' in outcome.out
    assert coded(study) == [("they send someone different each time", "new-faces", "obstacle")]


def test_undo_takes_back_steps_of_this_review_until_none_is_left(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = bytes_of(study)
    outcome = review(monkeypatch, "a\nr\nk\ne\nu\nu\nu\nu\nu\nq\n")

    assert [line for line in outcome.out.splitlines() if "undone" in line] == [
        f"{ASK}undone: leave uncoded",
        f"{ASK}undone: skip",
        f"{ASK}undone: reject",
        f"{ASK}undone: accept",
    ]
    assert "There is no step of this review to undo." in outcome.out
    assert outcome.out.endswith("Nothing decided. 6 left in this review.\n")
    assert bytes_of(study) == before


def test_a_step_of_somebody_else_is_not_undone_here(study: Study) -> None:
    session = open_session(study, Which())
    shown = session.current()
    assert shown is not None
    session.reject(shown)
    run("code", "int-02", "nurses", "trust", "--coder", "bf")
    what, wrong = session.undo()

    assert what == ""
    assert str(wrong).startswith("Q502 the last step of the study is not one of this review (code")


def test_what_was_skipped_comes_last_next_time(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = waiting(study)
    review(monkeypatch, "k\nq\n")

    assert waiting(study) == [*before[1:], before[0]]
    review(monkeypatch, "a\na\na\na\na\na\n")
    assert waiting(study) == []
    assert (study.paths.root / ".qualcode" / "skipped.ad").read_text() == ""


@pytest.mark.parametrize(
    ("arguments", "n"),
    [
        (("--code", "trust"), 2),
        (("--document", "int-02"), 2),
        (("--case", "P01"), 4),
        (("--kind", "minutes"), 0),
        (("--min-score", "1"), 0),
        (("--limit", "3"), 3),
        (("--document", "policy"), 0),
    ],
)
def test_filters_narrow_the_queue(study: Study, arguments: tuple[str, ...], n: int) -> None:
    assert len(json.loads(run("review", "--json", *arguments).out)["suggestions"]) == n


def test_with_nothing_waiting_it_says_so(study: Study) -> None:
    assert run("review", "--kind", "minutes").out == "Nothing waits for review.\n"


def test_a_passage_coded_by_hand_is_not_offered_for_the_same_code(study: Study) -> None:
    run("code", "int-01", "someone", "new-faces")

    assert waiting(study).count(("new-faces", "int-01")) == 1


def test_the_evidence_names_quotations_like_it(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("code", "int-02", "someone different came", "new-faces")
    outcome = review(monkeypatch, "q\n", "--code", "new-faces")

    assert 'like "someone different came" (accepted)' in outcome.out
    assert "means: People change." in outcome.out


def test_plain_output_has_no_control_characters_and_marks_context_in_words(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = review(monkeypatch, "k\n?\nq\n", "--plain")

    assert "\x1b" not in outcome.out
    assert "  after:   says 'we start again' at every meeting" in outcome.out
    assert "a accept" in outcome.out


def test_a_line_that_is_no_verdict_is_named(study: Study) -> None:
    path = study.paths.root / "reviews" / "int-01.ad.jsonl"
    path.parent.mkdir()
    path.write_text('{"key": "k", "span": [0, 1], "verdict": "maybe", "words": ""}\n', "utf-8")

    assert ":1: Q501 this line is no verdict of a review (verdict" in run("review").err


def test_verdicts_follow_their_words_when_the_text_is_frozen_anew(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qualcode.project.adding import Adder
    from tests.coding_study import NOTES
    from tests.factory import write

    review(monkeypatch, "r\ne\nq\n")
    before = waiting(study)
    source = write(
        study.paths.root.parent, "int-01.md", NOTES.replace("1. What", "- more\n\n1. What")
    )
    list(Adder(study.paths, study.settings).add_all([source]))

    assert waiting(study) == before
    assert '"uncoded": 1' in run("coverage", "--json").out


@at_a_terminal
def test_a_review_at_a_terminal_with_single_keys(study: Study) -> None:
    with terminal(REVIEW, [], folder=study.paths.root) as screen:
        shown = screen.answer(ASK, "?")
        screen.answer(ASK, "c")
        screen.answer("Code: ", "trust\n")
        screen.answer(ASK, "v")
        screen.answer("n neutral: ", "c")
        screen.answer(ASK, "a")
        screen.expect("accepted: int-01")
        screen.answer(ASK, "r")
        screen.answer(ASK, "u")
        screen.answer("undone: reject", "")
        screen.answer(ASK, "q")

        assert screen.status() == 0
    assert "\x1b[1mthey send someone different each time\x1b[0m" in shown
    assert "accepted 1. " in screen.seen.lower()
    assert coded(study) == [("they send someone different each time", "trust", "catalyst")]


@at_a_terminal
def test_lines_at_a_terminal_end_between_words(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    with terminal(REVIEW, [], folder=study.paths.root) as screen:
        screen.answer(ASK, "?")
        screen.answer(ASK, "c")
        screen.answer("Code: ", "newfaces\n")
        screen.answer("Code: ", "\n")
        screen.answer(ASK, "a")
        screen.answer(ASK, "q")

        assert screen.status() == 0
    lines = re.sub(r"\x1b\[\dm", "", screen.seen).splitlines()
    assert [line for line in lines if len(line) > 40] == []
    assert "  e examined, leave the segment uncoded" in lines
    at = lines.index("  passage: they send someone different")
    assert lines[at + 1] == "           each time"


def test_a_wrong_code_is_told_with_the_keys_that_help(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = review(monkeypatch, "c\nnewfaces\n\nq\n")

    assert outcome.err == (
        'Q406 code "newfaces" is not in the codebook. Did you mean "new-faces"? '
        "Type it again, or press Enter to leave the code as it is.\n"
    )


@at_a_terminal
def test_leaving_with_control_c_keeps_what_was_decided(study: Study) -> None:
    with terminal(REVIEW, ["--plain"], folder=study.paths.root) as screen:
        screen.answer(ASK, "a")
        screen.answer(ASK, "\x03")

        assert screen.status() == 0
    assert "\x1b" not in screen.seen
    assert "Accepted 1. 5 left in this review." in screen.seen
    assert len(coded(study)) == 1


@at_a_terminal
def test_keys_pressed_ahead_decide_nothing(study: Study) -> None:
    with terminal(REVIEW, [], folder=study.paths.root) as screen:
        screen.answer(ASK, "aaar")
        screen.answer(ASK, "q")

        assert screen.status() == 0
    assert "Accepted 1. 5 left in this review." in screen.seen
    assert len(coded(study)) == 1


@at_a_terminal
def test_a_word_that_was_typed_ahead_still_answers_what_its_key_asks(study: Study) -> None:
    with terminal(REVIEW, [], folder=study.paths.root) as screen:
        screen.answer(ASK, "ctrust\n")
        screen.answer("Now: trust", "")
        screen.answer(ASK, "q")

        assert screen.status() == 0
    assert "Nothing decided." in screen.seen


@at_a_terminal
def test_a_word_typed_for_the_valence_decides_nothing_else(study: Study) -> None:
    with terminal(REVIEW, [], folder=study.paths.root) as screen:
        screen.answer(ASK, "v")
        screen.answer("n neutral: ", "catalyst\n")
        screen.answer(ASK, "q")

        assert screen.status() == 0
    assert "Now: new-faces, catalyst" in screen.seen
    assert "Nothing decided." in screen.seen
    assert coded(study) == []


@pytest.mark.parametrize(
    ("key", "slip"), [("c", "newfaces"), ("s", "not there"), ("l", "indivdual")]
)
def test_after_a_slip_the_same_is_asked_again(
    study: Study, monkeypatch: pytest.MonkeyPatch, key: str, slip: str
) -> None:
    outcome = review(monkeypatch, f"{key}\n{slip}\na\n")

    assert "accepted" not in outcome.out
    assert coded(study) == []
