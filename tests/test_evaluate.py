from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from qualcode.analysis.agreement import cohen_kappa, krippendorff_alpha, masi, shared_f1
from qualcode.analysis.evaluation import (
    Score,
    Trial,
    agreement_between,
    folds_of,
    reading_of,
    score_of,
    whole_score,
)
from qualcode.analysis.evaluation_table import Tried, evaluation_table
from qualcode.core.model import Span
from qualcode.project.study import Study
from tests.command import run_qualcode
from tests.factory import a_code, a_codebook
from tests.shared_data import shared
from tests.units_study import HEAD, an_empty_study, coded_units, study, take_in

__all__ = ["study"]


def a_trial(
    doc_id: str, *accepted: str, offered: tuple[str, ...] = (), unknown: tuple[str, ...] = ()
) -> Trial:
    sets = frozenset(accepted), frozenset(offered), frozenset(unknown)
    return Trial(doc_id, *sets, Span(0, 5))


def ratings(name: str) -> list[list[str]]:
    """What each rater said of each unit."""
    lines = shared("data/agreement_tables", name).read_text("utf-8").splitlines()
    return [row[1:] for row in csv.reader(lines)][1:]


def test_kappa_is_that_published_for_pairs_of_six_raters() -> None:
    expected = json.loads(shared("data/agreement_tables/expected.json").read_text("utf-8"))
    rows = ratings("irr_diagnoses.csv")

    first = cohen_kappa((row[0], row[1]) for row in rows)
    second = cohen_kappa((row[1], row[2]) for row in rows)

    told = expected["irr_diagnoses.csv"]
    assert round(first or 0, 4) == told["cohen_kappa_rater1_rater2"] == 0.6512
    assert round(second or 0, 4) == told["cohen_kappa_rater2_rater3"] == 0.6311


def test_alpha_is_that_published_where_values_are_missing() -> None:
    units = [[float(cell) for cell in row if cell] for row in ratings("irr_nmm.csv")]

    assert round(krippendorff_alpha(units) or 0, 4) == 0.7434
    assert round(krippendorff_alpha(units, lambda a, b: (a - b) ** 2) or 0, 4) == 0.8491


def test_alpha_of_sets_is_that_of_two_coders_of_one_question() -> None:
    path = shared("data/gwusec_proctoring/dev.jsonl")
    held: dict[str, dict[str, frozenset[str]]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["question"] == "Q16" and row["double_coded"]:
            held.setdefault(row["id"], {})[row["coder"]] = frozenset(row["codes"])
    units = [tuple(coders.values()) for coders in held.values()]

    assert len(units) == 26
    assert krippendorff_alpha(units, masi) == pytest.approx(0.8078, abs=0.003)


def test_agreement_without_anything_to_agree_on_is_not_a_number() -> None:
    assert cohen_kappa([]) is None
    assert cohen_kappa([("a", "a"), ("a", "a")]) is None
    assert krippendorff_alpha([("a",), ("b",)]) is None
    assert shared_f1([(False, False)]) is None


def test_sets_that_share_nothing_are_as_far_apart_as_can_be() -> None:
    assert masi(frozenset("ab"), frozenset("cd")) == 1.0
    assert masi(frozenset("ab"), frozenset("bc")) == pytest.approx(1 - 1 / 9)


def test_what_is_not_known_counts_neither_way() -> None:
    trials = [
        a_trial("int-01", "money", offered=("money", "trust"), unknown=("trust",)),
        a_trial("int-02", "money", offered=("trust",)),
    ]

    assert score_of(trials, "money") == Score(uses=2, offered=1, right=1)
    assert score_of(trials, "trust") == Score(uses=0, offered=1, right=0)
    assert whole_score(trials) == Score(uses=2, offered=2, right=1)


def test_a_code_is_judged_from_ten_uses_on() -> None:
    assert not Score(9, 9, 0).is_of_little_use
    assert Score(10, 9, 2).is_of_little_use
    assert not Score(10, 8, 2).is_of_little_use
    assert Score(10, 0, 0).is_of_little_use


def test_reading_only_what_has_a_suggestion_is_counted() -> None:
    trials = [
        a_trial("int-01", "money", offered=("money",)),
        a_trial("int-01", "trust"),
        a_trial("int-02"),
    ]

    found = reading_of(trials)

    assert (found.passages, found.with_offer, found.uses, found.held) == (3, 1, 2, 1)


def test_documents_are_parted_into_parts_of_one_size_whatever_their_order() -> None:
    folds = folds_of(["b", "a", "d", "c", "a"], 2)

    assert sorted(folds.values()) == [0, 0, 1, 1]
    assert folds == folds_of(["d", "c", "b", "a"], 2)


def test_agreement_does_not_depend_on_the_order_of_coders() -> None:
    places = [("int-01", Span(n, n + 1)) for n in range(4)]
    one = dict(zip(places, map(frozenset, (["a"], ["a", "b"], [], ["b"])), strict=True))
    two = dict(zip(places, map(frozenset, (["a"], ["b"], [], ["c"])), strict=True))
    codes = ["a", "b", "c"]

    found = agreement_between({"ad": one, "bf": two}, [], codes)

    assert found is not None
    assert found == agreement_between({"bf": one, "ad": two}, [], codes)
    assert (found.passages, round(found.f1 or 0, 3)) == (4, 0.571)
    f1, kappa = found.by_code["a"]
    assert (round(f1 or 0, 3), kappa) == (0.667, 0.5)


def test_coders_who_read_different_passages_have_no_agreement() -> None:
    one = {("int-01", Span(0, 1)): frozenset("a")}
    two = {("int-02", Span(0, 1)): frozenset("a")}

    assert agreement_between({"ad": one, "bf": two}, [], ["a"]) is None


def test_a_table_says_nothing_of_a_code_with_few_uses() -> None:
    trials = [a_trial(f"int-{n}", "money", offered=("money",)) for n in range(12)]
    trials.append(a_trial("int-01", "trust", offered=("money",)))

    codebook = a_codebook(a_code("trust"), a_code("money"))
    table = evaluation_table(Tried(trials, codebook, every=True))

    assert table.rows[0] == tuple(
        (c,) for c in ("money", "12", "13", "12", "0.92", "1.00", "0.96", "-")
    )
    assert table.rows[1] == tuple((c,) for c in ("trust", "1", "0", "0", "-", "-", "-", "too few"))


def test_codes_with_few_uses_are_told_in_one_line() -> None:
    trials = [a_trial(f"int-{n}", "money", offered=("money",)) for n in range(12)]
    trials += [a_trial("int-01", f"code-{n}") for n in range(7)]
    codes = (a_code("money"), *(a_code(f"code-{n}") for n in range(7)))

    table = evaluation_table(Tried(trials, a_codebook(*codes)))

    assert [row[0] for row in table.rows] == [("money",)]
    assert table.notes[-1] == (
        "7 codes have fewer than 10 uses: nothing is said of them "
        "(code-0 1, code-1 1, code-2 1, code-3 1, code-4 1 and 2 more; --all lists them)."
    )


def test_where_no_code_has_enough_uses_all_are_listed() -> None:
    table = evaluation_table(Tried([a_trial("int-01", "money")], a_codebook(a_code("money"))))

    assert [row[0] for row in table.rows] == [("money",)]
    assert table.notes[-1] == "1 code has fewer than 10 uses: nothing is said of them."


def test_codes_that_can_be_relied_on_come_first() -> None:
    trials = [a_trial(f"int-{n}", "money", offered=("money",)) for n in range(10)]
    trials += [a_trial(f"int-{n}", "trust", offered=()) for n in range(20)]

    table = evaluation_table(Tried(trials, a_codebook(a_code("trust"), a_code("money"))))

    assert [(row[0], row[-1]) for row in table.rows] == [
        (("money",), ("-",)),
        (("trust",), ("of little use",)),
    ]


def test_shares_of_few_cases_are_given_without_percent() -> None:
    trials = [a_trial("int-01", "money", offered=("money",))]

    notes = " ".join(evaluation_table(Tried(trials, a_codebook(a_code("money")))).notes)

    assert "1 of 1 codings would only have to be accepted" in notes
    assert "%)" not in notes


def test_evaluate_holds_suggestions_against_the_studys_own_codings(
    study: Study, tmp_path: Path
) -> None:
    take_in(tmp_path)

    done = run_qualcode("evaluate", "--plain")

    assert (done.status, done.err) == (0, "")
    assert "Code: money\nUses: 6\n" in done.out
    assert "on 24 passages of 6 documents: each of 5 parts of the documents" in done.out
    assert "What it saves: " in done.out
    assert "Who reads only the passages with a suggestion" in done.out


def test_evaluate_gives_the_same_figures_each_time(study: Study, tmp_path: Path) -> None:
    take_in(tmp_path)

    assert run_qualcode("evaluate", "--json").out == run_qualcode("evaluate", "--json").out


def two_coders(tmp_path: Path) -> None:
    """Two coders of the same units, of one mind but for the waiting."""
    take_in(tmp_path)
    rows = [row if row[2] != "waiting" else (*row[:2], "money") for row in coded_units()]
    take_in(tmp_path, "--coder", "cg", rows=rows)


def test_evaluate_sets_the_agreement_of_two_coders_beside(study: Study, tmp_path: Path) -> None:
    two_coders(tmp_path)

    found = json.loads(run_qualcode("evaluate", "--all", "--json").out)

    by_code = {row["code"]: row for row in found["evaluation"]}
    assert (by_code["turnover"]["coders_f1"], by_code["turnover"]["kappa"]) == ("1.00", "1.00")
    assert (by_code["money"]["coders_f1"], by_code["waiting"]["kappa"]) == ("0.67", "0.00")
    assert "bf and cg both read 24 of these passages: alpha 0.66" in found["notes"][-1]


def test_agreement_is_hidden_where_it_does_not_belong_to_the_method(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(an_empty_study(tmp_path, method="reflexive").paths.root)
    two_coders(tmp_path)

    printed = run_qualcode("evaluate", "--json").out

    assert "evaluation" in printed
    assert "kappa" not in printed
    assert "alpha" not in printed


def test_one_coder_can_be_the_truth(study: Study, tmp_path: Path) -> None:
    two_coders(tmp_path)

    done = run_qualcode("evaluate", "--coder", "cg", "--plain")

    assert "Held against what cg decided" in done.out
    assert "Code: money\nUses: 12\n" in done.out
    assert "Code: waiting" not in done.out


def test_a_coder_who_has_not_coded_is_told(study: Study, tmp_path: Path) -> None:
    take_in(tmp_path)

    done = run_qualcode("evaluate", "--coder", "nobody")

    assert done.status == 1
    assert "bf" in done.err


def test_too_little_to_judge_is_told(study: Study, tmp_path: Path) -> None:
    take_in(tmp_path, rows=[HEAD, ("int-01", "It rains.", "money")])

    done = run_qualcode("evaluate")

    assert done.status == 1
    assert done.err == (
        "Q565 suggestions cannot be judged yet: 1 passages of 1 documents are decided on. Code or "
        "review at least 20 passages, in two documents or more.\n"
    )


def test_parts_are_bounded_and_that_is_said(study: Study, tmp_path: Path) -> None:
    take_in(tmp_path)

    done = run_qualcode("evaluate", "--folds", "600", "--plain")

    assert done.status == 0
    assert "More than 20 parts take longer and say no more (600 asked)." in done.out


def test_what_is_missed_is_not_told_where_every_passage_has_a_code() -> None:
    trials = [a_trial("int-01", "money", offered=("money",)), a_trial("int-02", "money")]

    notes = " ".join(evaluation_table(Tried(trials, a_codebook(a_code("money")))).notes)

    assert "cannot be known from these passages, for each has a code" in notes
    assert "Who reads only" not in notes


def test_what_is_missed_is_not_told_where_all_was_decided_in_a_review() -> None:
    trials = [a_trial("int-01", "money", offered=("money",)), a_trial("int-02")]
    codebook = a_codebook(a_code("money"))

    notes = " ".join(evaluation_table(Tried(trials, codebook, only_offered=True)).notes)
    by_hand = " ".join(evaluation_table(Tried(trials, codebook)).notes)

    assert "each was decided on in a review" in notes
    assert "Who reads only" not in notes
    assert "Who reads only the passages with a suggestion reads 1 of 2 passages" in by_hand


def test_codings_that_were_all_offered_do_not_say_what_is_missed(
    study: Study, tmp_path: Path
) -> None:
    take_in(tmp_path)
    for path in study.paths.all_codings():
        words = path.read_text("utf-8")
        path.write_text(words.replace('"origin": "import"', '"origin": "suggestion"'), "utf-8")

    done = run_qualcode("evaluate", "--plain")

    assert "each was decided on in a review" in done.out
