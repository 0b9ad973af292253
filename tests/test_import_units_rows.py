from __future__ import annotations

from pathlib import Path

from qualcode.core.code_words import codes_meant
from qualcode.core.model import Code, Codebook
from qualcode.core.problems import P, problem
from qualcode.project.coding_views import coverage
from qualcode.project.study import Study
from tests.command import run_qualcode
from tests.units_study import HEAD, study, take_in

__all__ = ["study"]

TREE = Codebook(
    "Mine",
    (
        Code("restrict", "Restrict"),
        Code("control", "Control"),
        Code("control-restrict", "Restrict", parent="control"),
        Code("control-watch", "Watch", parent="control"),
        Code("help-watch", "Watch", parent="help"),
        Code("help", "Help"),
        Code("help-old", "Listen", parent="help", retired="unused"),
        Code("control-listen", "Listen", parent="control"),
    ),
)


def meant(word: str) -> list[str]:
    """The ids of the codes that a word can mean in TREE."""
    return [code.id for code in codes_meant(TREE, [word])[word]]


def codes_of(study: Study, doc_id: str) -> list[str]:
    """The code and valence of every coding of a document."""
    return [f"{c.quote} {c.code_id} {c.valence}" for c in study.codings(doc_id)]


def test_a_bare_name_means_the_code_at_the_top() -> None:
    assert meant("RESTRICT") == ["restrict"]


def test_a_full_name_means_the_code_below() -> None:
    assert meant("Control > Restrict") == ["control-restrict"]


def test_a_name_that_only_codes_below_have_may_mean_each_of_them() -> None:
    assert meant("Watch") == ["control-watch", "help-watch"]


def test_of_codes_of_the_same_name_the_one_in_use_is_meant() -> None:
    assert meant("Listen") == ["control-listen"]


def test_an_id_may_be_written_with_spaces_or_underscores() -> None:
    assert meant("control watch") == ["control-watch"]
    assert meant("Control_Watch") == ["control-watch"]


def test_a_long_name_does_not_mean_another_that_begins_the_same(
    study: Study, tmp_path: Path
) -> None:
    above = "Does not eliminate cheating"
    kept = f"{above}; {above} > Prohibited materials"
    take_in(tmp_path, "--add-codes", rows=[HEAD, ("a", "It rains.", kept)])

    new = f"{above} > Prohibited helpers"
    take_in(tmp_path, "--add-codes", rows=[HEAD, ("b", "It snows.", new)])

    assert codes_of(study, "b") == ["It snows. does-not-eliminate-cheating-prohibited-2 neutral"]


def test_a_word_that_fits_nothing_means_no_code() -> None:
    assert meant("Weather") == []


def test_a_name_at_the_top_and_below_codes_the_same_when_it_is_taken_in_again(
    study: Study, tmp_path: Path
) -> None:
    rows = [HEAD, ("a", "It rains.", "Rules"), ("a", "It snows.", "Control > Rules")]
    take_in(tmp_path, "--add-codes", rows=[*rows, ("a", "It hails.", "Control")])

    again = take_in(tmp_path, rows=rows)

    assert again.out == "Codings: nothing changed.\n2 were there already.\n"
    assert codes_of(study, "a")[:2] == [
        "It rains. rules neutral",
        "It snows. control-rules neutral",
    ]


def test_a_name_of_several_codes_below_is_told_with_the_choices(
    study: Study, tmp_path: Path
) -> None:
    take_in(
        tmp_path,
        "--add-codes",
        rows=[HEAD, ("a", "It rains.", "A > Rules; B > Rules"), ("a", "It hails.", "A | B")],
    )

    done = take_in(tmp_path, rows=[HEAD, ("b", "It snows.", "Rules")])
    told = problem(P.SEVERAL_CODES, word="Rules", codes="a-rules, b-rules")

    assert done.status == 1
    assert "units.csv:2: Q573" in done.err
    assert told.message in done.err
    assert codes_of(study, "b") == []


def test_a_new_code_below_a_name_of_two_codes_costs_its_rows_alone(
    study: Study, tmp_path: Path
) -> None:
    text = study.paths.codebook.read_text("utf-8")
    second = "  - {id: cash, name: Money, definition: Coins.}\npairs: []"
    study.paths.codebook.write_text(text.replace("pairs: []", second), "utf-8")
    below = ("a", "It hails.", "Money > Rent > Flat")
    rows = [HEAD, ("a", "It rains.", "Money > Rent"), below, ("a", "It snows.", "waiting; Fog")]

    done = take_in(tmp_path, "--add-codes", rows=rows)

    assert (done.status, done.err.count("Q573")) == (1, 2)
    assert (
        "units.csv:2: Q573 the words of this row are in a, but its codes were left out: "
        'the name "Money" stands for several codes: money, cash.'
    ) in done.err
    assert codes_of(study, "a") == ["It snows. fog neutral", "It snows. waiting obstacle"]


def test_a_name_of_two_codes_is_not_the_id_of_the_one_that_has_it() -> None:
    book = Codebook("Mine", (Code("money", "Money"), Code("cash", "Money")))

    words = codes_meant(book, ["Money", "money"])

    assert [[code.id for code in meant] for meant in words.values()] == [
        ["money", "cash"],
        ["money"],
    ]


def test_a_row_with_a_code_and_no_words_is_told_and_a_blank_row_is_not(
    study: Study, tmp_path: Path
) -> None:
    rows = [HEAD, ("a", "It rains.", "money"), ("", "", ""), ("a", " ", "waiting")]

    done = take_in(tmp_path, rows=rows)

    assert done.err.count("Q") == 1
    assert "units.csv:4: Q414 this row was left out: it has a code, but no words." in done.err
    assert codes_of(study, "a") == ["It rains. money obstacle"]


def test_rows_with_the_same_words_are_one_unit_with_the_codes_of_all(
    study: Study, tmp_path: Path
) -> None:
    rows = [
        HEAD,
        ("a", "It rains.", "money"),
        ("a", "It  rains.", "money; waiting"),
        ("b", "It rains.", "money"),
    ]

    done = take_in(tmp_path, rows=rows)

    assert done.status == 0
    assert done.out.endswith("Codings: 3 added.\n")
    assert (
        "Q574 units that stand in several rows are counted once: 1 here (rows 2 and 3)." in done.err
    )
    assert study.document("a").text == "It rains.\n"


def test_of_a_coded_and_an_uncoded_row_with_the_same_words_the_coded_one_counts(
    study: Study, tmp_path: Path
) -> None:
    done = take_in(tmp_path, rows=[HEAD, ("a", "It rains.", ""), ("a", "It rains.", "money")])

    only = next(iter(coverage(study)))
    assert (only.segments, only.coded, only.uncoded) == (1, 1, 0)
    assert "left uncoded" not in done.out


def test_two_valences_of_one_code_on_the_same_words_are_told(study: Study, tmp_path: Path) -> None:
    rows = [
        ("Text", "Codes", "Valence"),
        ("It rains.", "money", "mixed"),
        ("It rains.", "money", "catalyst"),
    ]

    done = take_in(tmp_path, rows=rows)
    told = problem(P.TWO_VALENCES, code="money", earlier="mixed", now="catalyst")

    assert "units.csv:3: Q573" in done.err
    assert told.message in done.err
    assert codes_of(study, "units") == ["It rains. money mixed"]


def test_a_unit_kept_without_codes_is_coded_by_the_corrected_table(
    study: Study, tmp_path: Path
) -> None:
    head = ("Text", "Codes", "Valence")
    take_in(tmp_path, rows=[head, ("It rains.", "money", "bad")])

    again = take_in(tmp_path, rows=[head, ("It rains.", "money", "catalyst")])

    assert again.status == 0
    assert codes_of(study, "units") == ["It rains. money catalyst"]


def test_names_of_documents_that_differ_in_a_sign_are_two_documents(
    study: Study, tmp_path: Path
) -> None:
    rows = [HEAD, ("R 5", "It rains.", "money"), ("R-5", "It snows.", "waiting")]
    take_in(tmp_path, rows=rows)

    again = take_in(tmp_path, rows=rows)

    assert study.document_ids() == ("R-5", "R-5-2")
    assert again.out == "Codings: nothing changed.\n2 were there already.\n"


def test_question_valence_and_speaker_are_found_by_their_headings(
    study: Study, tmp_path: Path
) -> None:
    head = ("Speaker", "Question", "Text", "Codes", "Valence")

    done = take_in(tmp_path, rows=[head, ("Ann", "What else?", "It rains.", "money", "mixed")])

    (unit,) = study.document("units").units
    assert (unit.speaker_id, unit.topic) == ("Ann", "What else?")
    assert codes_of(study, "units") == ["It rains. money mixed"]
    assert "Columns not used" not in done.out


def test_columns_that_nothing_is_taken_from_are_named(study: Study, tmp_path: Path) -> None:
    rows = [("Age", "Text", "Codes", "Group"), ("44", "It rains.", "money", "b")]

    done = take_in(tmp_path, rows=rows)

    assert "Columns not used: Age, Group.\n" in done.out


def test_codings_of_a_document_are_listed_by_the_option_too(study: Study, tmp_path: Path) -> None:
    take_in(tmp_path, rows=[HEAD, ("a", "It rains.", "money"), ("b", "It snows.", "money")])

    done = run_qualcode("codings", "--document", "b", "--plain")

    assert "It snows." in done.out
    assert "It rains." not in done.out
