from __future__ import annotations

import pytest

from qualcode.core.codebook import codes_by_id
from qualcode.core.problems import QualcodeError
from qualcode.project.codebook_life import stale_codings
from qualcode.project.deciding import steps, undo
from qualcode.project.proposing import Choice, all_proposals, decide, view_proposals
from qualcode.project.study import Study
from qualcode.store.files import write_file
from qualcode.store.proposals_file import decided_path, load_decided
from tests.coding_study import bytes_of
from tests.test_comparing_commands import CODEBOOK, code, code_all, run, study

__all__ = ["study"]

FERRY = "late ferry leaves the islanders waiting"
SHARING = "each solicitor must sign the sharing agreement"


def key_of(study: Study, action: str) -> str:
    return next(one.key for one in all_proposals(study) if one.action == action)


def thin(study: Study) -> str:
    """The key of a proposal on the code "walls", which one segment of seven documents carries."""
    code_all(study)
    for n in (2, 3):
        code(study, f"int-0{n}", ("doors are shut on our corridor", "silos"))
    return next(one.key for one in all_proposals(study) if one.code_ids == ("walls",))


def test_a_rejected_proposal_is_not_proposed_again_until_undone(study: Study) -> None:
    code_all(study)
    before = len(view_proposals(study).rows)
    decide(study, key_of(study, "overlap"), Choice("reject", "they are two"))
    after = view_proposals(study)

    assert len(after.rows) == before - 1
    assert "0 accepted and 1 rejected" in after.notes[0]
    undo(study.paths)
    assert len(view_proposals(study).rows) == before


def test_accepting_an_overlap_merges_the_code_with_fewer_segments(study: Study) -> None:
    code_all(study)
    key = key_of(study, "overlap")
    outcome = run("decide", key, "accept", "--because", "one idea")

    assert outcome.status == 0
    assert "Kept: silos (7 segments against 3; --keep CODE chooses).\n" in outcome.out
    assert 'See that the definition of "silos" still covers both' in outcome.out
    assert codes_by_id(study.usable_codebook())["walls"].merged_into == "silos"
    (decided,) = load_decided(study.paths)
    assert (decided.key, decided.verdict, decided.because) == (key, "accept", "one idea")


def test_the_code_that_stays_can_be_chosen(study: Study) -> None:
    code_all(study)
    outcome = run("decide", key_of(study, "overlap"), "accept", "--keep", "Walls")

    assert codes_by_id(study.usable_codebook())["silos"].merged_into == "walls"
    assert "Kept:" not in outcome.out


def test_one_undo_takes_back_the_decision_and_the_change(study: Study) -> None:
    code_all(study)
    before = bytes_of(study)
    key = key_of(study, "overlap")
    decide(study, key, Choice("accept"))
    taken = undo(study.paths)

    assert taken.decisions[0].action == f"accept proposal {key}"
    assert bytes_of(study) == before
    assert load_decided(study.paths) == ()
    assert study.paths.codebook.read_text("utf-8") == CODEBOOK


def test_accepting_a_split_makes_the_named_parts_and_asks_for_their_definitions(
    study: Study,
) -> None:
    for n in range(1, 7):
        code(study, f"int-0{n}", (FERRY, "silos"), (SHARING, "silos"))
    outcome = run("decide", key_of(study, "split"), "accept", "--into", "Ferries, Paper", "-b", "2")

    assert outcome.status == 0
    assert codes_by_id(study.usable_codebook())["silos"].split_into == ("ferries", "paper")
    assert 'qualcode codebook define ferries --definition "..."' in outcome.out
    assert 'qualcode codebook define paper --definition "..."' in outcome.out
    assert len(stale_codings(study)) == 12


def test_a_split_without_names_says_which_words_part_it(study: Study) -> None:
    for n in range(1, 7):
        code(study, f"int-0{n}", (FERRY, "silos"), (SHARING, "silos"))
    outcome = run("decide", key_of(study, "split"), "accept")

    assert (outcome.status, outcome.err[:4], outcome.err.count("\n")) == (1, "Q532", 1)
    assert "ferry" in outcome.err
    assert "agreement" in outcome.err
    assert study.paths.codebook.read_text("utf-8") == CODEBOOK


def test_accepting_that_little_carries_a_code_retires_it_with_the_reason(study: Study) -> None:
    decide(study, thin(study), Choice("accept"))

    assert codes_by_id(study.usable_codebook())["walls"].retired == (
        '"Walls" has 1 segment in 1 document; 7 are coded'
    )


def test_accepting_that_one_document_carries_a_code_leaves_the_codebook_alone(
    study: Study,
) -> None:
    code_all(study)
    given = (("doors are shut", "walls"), ("late ferry", "walls"), ("each solicitor", "walls"))
    for n in range(1, 8):
        code(study, f"int-0{n}", *(given if n == 1 else ((FERRY, "silos"),)))
    outcome = run("decide", key_of(study, "one document"), "accept")

    assert "The codebook is as it was.\n`qualcode compare walls` shows its" in outcome.out
    assert study.paths.codebook.read_text("utf-8") == CODEBOOK
    assert len(steps(study.paths)) == 3


@pytest.mark.parametrize(
    ("choice", "number"),
    [
        (Choice("accept", keep="unused"), "Q530"),
        (Choice("accept", into=("a", "b")), "Q531"),
        (Choice("reject", keep="silos"), "Q531"),
        (Choice("accept", keep="nothing"), "Q330"),
    ],
)
def test_a_choice_that_does_not_fit_changes_nothing(
    study: Study, choice: Choice, number: str
) -> None:
    code_all(study)
    key = key_of(study, "overlap")
    with pytest.raises(QualcodeError) as caught:
        decide(study, key, choice)

    assert caught.value.problem.number == number
    assert study.paths.codebook.read_text("utf-8") == CODEBOOK
    assert load_decided(study.paths) == ()


def test_a_line_that_is_no_decision_is_told_by_its_number(study: Study) -> None:
    path = decided_path(study.paths, "ad")
    write_file(path, b'\n{"key": "x", "verdict": "perhaps"}\n')

    with pytest.raises(QualcodeError) as caught:
        load_decided(study.paths)
    assert (caught.value.problem.number, caught.value.problem.line) == ("Q524", 2)
