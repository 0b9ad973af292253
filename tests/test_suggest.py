from __future__ import annotations

import json
from pathlib import Path

import pytest

from qualcode.analysis.segment import segment_document
from qualcode.core.model import Span
from qualcode.project.coding_views import Which
from qualcode.project.deciding import undo
from qualcode.project.learning import Gatherer, make_ready
from qualcode.project.reviewing import LEARN_AFTER, Session, open_session
from qualcode.project.study import Study, open_study
from qualcode.project.suggesting import Asked, Offers, find_offers, names_apart
from tests.command import run_qualcode
from tests.factory import a_code, a_codebook
from tests.units_study import HEAD, add_interview, an_empty_study, coded_units, study, take_in

__all__ = ["study"]


@pytest.fixture
def learnt(study: Study, tmp_path: Path) -> Study:
    """The study with coded units, and an interview that nobody has coded."""
    take_in(tmp_path)
    add_interview(study, tmp_path)
    return study


def offers(study: Study, document: str = "", **asked: object) -> Offers:
    return find_offers(study, Asked(Which(document), **asked))  # type: ignore[arg-type]


def offered(study: Study, document: str = "int-09", **asked: object) -> list[tuple[str, str]]:
    """Code and words of what is suggested, in its order."""
    return [(o.suggestion.code_id, o.quote) for o in offers(study, document, **asked).shown]


def test_codings_teach_what_to_suggest_in_another_document(learnt: Study) -> None:
    assert sorted(offered(learnt)) == [
        ("money", "the budget was cut again this year"),
        ("turnover", "a new worker every month, new people"),
        ("waiting", "families wait for months"),
    ]


def test_suggestions_are_strongest_first_and_never_more_than_asked(learnt: Study) -> None:
    found = offers(learnt, "int-09")
    scores = [one.suggestion.score for one in found.shown]

    assert scores == sorted(scores, reverse=True)
    assert (len(offers(learnt, "int-09", limit=1).shown), found.waiting) == (1, 3)


def test_each_suggestion_says_why_in_one_line_and_in_full(learnt: Study) -> None:
    short = offers(learnt, "int-09").shown
    full = offers(learnt, "int-09", why=True).shown
    of_money = next(n for n, one in enumerate(short) if one.suggestion.code_id == "money")

    assert len(short[of_money].reasons) == 1
    assert 'The budget was cut again." (int-0' in short[of_money].reasons[0]
    assert full[of_money].reasons[0].startswith("Probability 0.")
    assert "Likeness to reviewed passages: speaks for it" in " ".join(full[of_money].reasons)
    assert "log-odds" not in " ".join(full[of_money].reasons)


def test_the_output_names_what_suggests_and_what_scores_are(learnt: Study) -> None:
    printed = run_qualcode("suggest", "int-09", "--plain").out

    assert printed.startswith("Suggestions\n\nProbability: 0.")
    assert '3 suggestions wait for review.\nSuggested by "hybrid" (version 1).' in printed
    assert "learnt from 24 reviewed passages of 6 documents." in printed
    assert "On 1 of 4 segments nothing is offered: no code is likely enough there." in printed


def test_without_reviewed_codings_scores_rank(study: Study, tmp_path: Path) -> None:
    add_interview(study, tmp_path)

    found = offers(study)

    assert not found.is_calibrated
    assert "Evidence puts suggestions in order and is no probability" in " ".join(found.notes)
    assert run_qualcode("suggest", "--plain").out.startswith("Suggestions\n\n")


def test_a_codebook_without_codes_is_said_to_have_none(study: Study, tmp_path: Path) -> None:
    study.paths.codebook.write_text(
        "format: 1\nname: Nothing yet\nlanguage: en\ncodes: []\n", "utf-8"
    )
    add_interview(study, tmp_path)

    assert offers(study).notes[-1].endswith("nothing is offered: the codebook has no codes yet.")


def test_what_anybody_coded_so_already_is_not_offered(learnt: Study) -> None:
    assert offered(learnt, "int-01") == []


def test_what_was_rejected_is_not_offered_again(learnt: Study) -> None:
    session = open_session(learnt, Which("int-09"))
    shown = session.current()
    assert shown is not None
    session.reject(shown)

    assert (shown.suggestion.code_id, shown.quote) not in offered(learnt)
    assert "1 suggestion left out: somebody decided on them" in " ".join(
        offers(learnt, "int-09").notes
    )


def test_one_code_and_the_best_of_each_code_can_be_asked_for(learnt: Study) -> None:
    of_code = find_offers(learnt, Asked(Which("int-09", code="Money")))
    by_code = [code for code, _ in offered(learnt, by="code")]

    assert [one.suggestion.code_id for one in of_code.shown] == ["money"]
    assert by_code == ["money", "turnover", "waiting"]


def test_another_order_than_by_code_is_refused(learnt: Study) -> None:
    done = run_qualcode("suggest", "--by", "document")

    assert done.err.startswith("Q569 ")
    assert done.status == 1
    assert 'suggestions cannot be listed by "document": only by code' in done.err


def test_a_document_named_twice_is_refused(learnt: Study) -> None:
    done = run_qualcode("suggest", "int-01", "--document", "int-09")

    assert done.status != 0
    assert 'the document "int-01"' in done.err


def test_json_gives_place_score_and_reasons(learnt: Study) -> None:
    found = json.loads(run_qualcode("suggest", "int-09", "--limit", "1", "--json").out)

    (one,) = found["suggestions"]
    assert (found["waiting"], found["calibrated"]) == (3, True)
    assert learnt.document("int-09").text[one["start"] : one["end"]] == one["quote"]
    assert len(one["why"]) == 1


def test_the_setting_chooses_cues_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = an_empty_study(tmp_path, settings="suggester: cues\n")
    monkeypatch.chdir(study.paths.root)
    take_in(tmp_path)
    add_interview(study, tmp_path)

    found = offers(study)

    assert (found.shown, found.is_calibrated) == ((), False)
    assert found.notes[0].startswith('Suggested by "cues" (version ')


def test_own_decisions_alone_teach_where_the_settings_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = an_empty_study(tmp_path, settings="learn_from: own\n")
    monkeypatch.chdir(study.paths.root)
    take_in(tmp_path)

    mine = find_offers(study, Asked(Which(coder="ad")))
    theirs = find_offers(study, Asked(Which(coder="bf")))

    assert (mine.is_calibrated, theirs.is_calibrated) == (False, True)
    assert "Learnt from what bf decided alone (learn_from: own)." in theirs.notes


def test_a_code_that_nobody_has_given_is_ranked_by_its_cues(learnt: Study) -> None:
    run_qualcode("codebook", "add", "Tea", "--definition", "Tea is served.")
    assert run_qualcode("codebook", "define", "tea", "--cue", "tea").status == 0

    (one,) = (o for o in offers(learnt, "int-09").shown if o.suggestion.code_id == "tea")

    assert (one.measure, one.quote) == ("evidence", "tea came at four, in the library")


def test_ranks_come_after_probabilities_and_are_called_so(learnt: Study) -> None:
    run_qualcode("codebook", "add", "Tea", "--definition", "Tea is served.")
    run_qualcode("codebook", "define", "tea", "--cue", "tea")

    printed = run_qualcode("suggest", "int-09", "--plain").out
    found = json.loads(run_qualcode("suggest", "int-09", "--json").out)

    assert "4 suggestions wait for review: 3 with a probability, 1 with evidence of" in printed
    assert printed.rindex("How strong: evidence ") > printed.rindex("How strong: probability ")
    assert [one["calibrated"] for one in found["suggestions"]] == [True, True, True, False]


def test_codings_before_a_code_was_born_do_not_speak_against_it(learnt: Study) -> None:
    run_qualcode("codebook", "add", "Tea", "--definition", "Tea is served.")
    run_qualcode("code", "int-09", "tea came at four", "tea")

    codebook = open_study(learnt.paths.root).usable_codebook()
    open_codes = {
        one.open
        for one in Gatherer.of(learnt, codebook).material().reviewed
        if one.accepted and "tea" not in one.accepted
    }
    assert open_codes == {("tea",)}


def decide_on(session: Session, n: int) -> None:
    """Rejects the first of what waits, n times."""
    for _ in range(n):
        shown = session.current()
        assert shown is not None
        session.reject(shown)


def test_a_review_learns_as_it_goes_and_its_steps_can_still_be_undone(
    study: Study, tmp_path: Path
) -> None:
    take_in(tmp_path)
    bullets = "\n".join(f"- the budget was cut again in {word}" for word in "abcdefgh")
    add_interview(study, tmp_path, f"INT09  Nurse\n\n1. What hinders\n{bullets}\n")
    session = open_session(study, Which("int-09"))
    before = session.current()
    assert before is not None

    decide_on(session, LEARN_AFTER)
    after = session.current()

    assert session.left <= 8 - LEARN_AFTER
    assert after is None or after.suggestion.score < before.suggestion.score
    assert session.undo()[0].startswith("reject")
    assert session.counts["rejected"] == LEARN_AFTER - 1


def test_tables_count_cues_alone_until_something_is_learnt(study: Study, tmp_path: Path) -> None:
    add_interview(study, tmp_path)
    codebook = study.usable_codebook()

    before = make_ready(study, codebook, counted=True)
    take_in(tmp_path)
    after = make_ready(study, codebook, counted=True)

    assert (before.is_calibrated, after.is_calibrated) == (False, True)


def test_a_run_in_a_project_suggests_what_it_learnt(learnt: Study) -> None:
    assert run_qualcode("run", "--plain").status == 0

    rows = (learnt.paths.root / "results" / "suggestions.csv").read_text("utf-8-sig")
    assert "families wait for months,waiting,obstacle" in rows


def test_a_review_says_how_likely_a_suggestion_is(learnt: Study) -> None:
    shown = open_session(learnt, Which("int-09")).current()

    assert shown is not None
    assert (shown.measure, shown.accepted) == ("probability", "")


def test_a_passage_that_nobody_coded_makes_probabilities_honest(
    study: Study, tmp_path: Path
) -> None:
    take_in(tmp_path, rows=[row for row in coded_units() if row == HEAD or row[2]])

    notes = " ".join(offers(study).notes)

    assert "Every reviewed passage has a code" in notes


def test_undoing_the_import_forgets_what_was_learnt(learnt: Study) -> None:
    undo(learnt.paths)
    undo(learnt.paths)

    assert learnt.document_ids() == ()
    assert not offers(learnt).is_calibrated


def test_before_anything_is_learnt_what_the_table_decided_is_not_offered(
    study: Study, tmp_path: Path
) -> None:
    rows = [HEAD, ("int-01", "Too little money or funding.", "money")]
    rows += [("int-01", "Too little money, too little funding.", "")]
    rows += [("int-02", "People change too often.", "turnover"), ("int-02", "It rains.", "")]
    take_in(tmp_path, rows=rows)

    found = offers(study)

    assert (found.shown, found.is_calibrated) == ((), False)


def test_a_passage_is_never_its_own_likeness(study: Study, tmp_path: Path) -> None:
    words = "Too little money or funding."
    take_in(tmp_path, rows=[HEAD, ("int-01", words, "money"), ("int-02", words, "money")])
    ready = make_ready(study, study.usable_codebook())
    document = study.document("int-01")
    segments = tuple(segment_document(document, split=lambda text: [Span(0, len(text))]))

    (one,) = ready.suggest(document, segments)

    assert "(int-02)" in one.why
    assert "(int-01)" not in one.why


def test_segments_that_were_decided_on_count_as_offered_nothing(learnt: Study) -> None:
    notes = " ".join(offers(learnt, "int-01").notes)

    assert "On 4 of 4 segments nothing is offered: " in notes


def test_codes_of_one_name_are_told_apart_by_what_is_above() -> None:
    names = names_apart(
        a_codebook(
            a_code("faculty", name="Faculty"),
            a_code("time", name="Time", parent="faculty"),
            a_code("time-2", name="Time"),
            a_code("room", name="Room", parent="faculty"),
        )
    )

    assert names == {
        "faculty": "Faculty",
        "time": "Faculty > Time",
        "time-2": "Time",
        "room": "Room",
    }


def test_what_is_not_read_in_another_language_is_told(study: Study, tmp_path: Path) -> None:
    book = study.paths.codebook
    book.write_text(
        book.read_text("utf-8").replace("name: Mine", "name: Mine\nlanguage: de"), "utf-8"
    )
    add_interview(study, tmp_path)

    done = run_qualcode("suggest", "--plain")

    assert done.status == 0
    assert "Q557 the codebook is in German" in done.err
