from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.analysis.segment import segment_document
from qualcode.plugins.registry import load_segmenter
from qualcode.project.adding import Adder
from qualcode.project.coding_views import coverage
from qualcode.project.settings import load_settings
from qualcode.project.study import Study
from tests.command import run_qualcode
from tests.units_study import HEAD, add_interview, study, table_file, take_in

__all__ = ["study"]

LONG = " ".join(["and then they sent somebody new."] * 40)


def coded(study: Study, doc_id: str) -> list[tuple[str, str]]:
    """Quotation and code of every coding of a document."""
    return [(c.quote, c.code_id) for c in study.codings(doc_id)]


def test_units_become_documents_with_codings_of_the_named_coder(
    study: Study, tmp_path: Path
) -> None:
    done = take_in(tmp_path)

    assert (done.status, done.err) == (0, "")
    assert done.out == (
        "Documents made: 6 (int-01, int-04, int-02, int-05, int-03 and 1 more).\n"
        "6 units without a code, left uncoded.\n"
        "Codings: 18 added.\n"
    )
    assert study.document("int-01").text == (
        "The budget was cut again.\nThey keep sending someone new.\nWe waited for weeks.\n"
        "It was on a Tuesday.\n"
    )
    assert {c.coder for c in study.codings("int-01")} == {"bf"}
    assert coded(study, "int-01")[0] == ("The budget was cut again.", "money")


def test_a_unit_without_a_code_is_examined_and_left_uncoded(study: Study, tmp_path: Path) -> None:
    take_in(tmp_path)

    first = next(iter(coverage(study)))
    assert (first.segments, first.coded, first.uncoded) == (4, 3, 1)


def test_a_unit_is_one_segment_however_long(study: Study, tmp_path: Path) -> None:
    take_in(tmp_path, rows=[HEAD, ("int-01", LONG, "turnover")])

    split = load_segmenter("sentences")("en")
    segments = list(segment_document(study.document("int-01"), split=split))
    assert [study.document("int-01").text[s.span.start : s.span.end] for s in segments] == [LONG]


def test_one_step_of_undo_takes_all_of_it_back(study: Study, tmp_path: Path) -> None:
    before = study.paths.codebook.read_bytes()
    take_in(tmp_path, "--add-codes", rows=[HEAD, ("int-01", "It rains.", "Weather")])

    run_qualcode("undo", "--yes")

    assert study.document_ids() == ()
    assert study.paths.codebook.read_bytes() == before
    assert list(study.paths.all_codings()) == []


def test_unknown_codes_are_named_and_nothing_is_taken_in(study: Study, tmp_path: Path) -> None:
    rows = [HEAD, ("int-01", "It rains.", "Weather"), ("int-01", "It snows.", "Weather; Cold")]

    done = take_in(tmp_path, rows=rows)

    assert done.status == 1
    assert done.err == (
        'Q561 2 codes of the table are not in the codebook: "Weather" (2), "Cold" (1). Nothing '
        "was taken in. Add --add-codes to make them, or correct the table or the codebook.\n"
    )
    assert study.document_ids() == ()


def test_new_codes_have_their_origin_and_the_code_above_them(study: Study, tmp_path: Path) -> None:
    rows = [HEAD, ("int-01", "It rains.", "Weather > Rain"), ("int-01", "It snows.", "Weather")]

    done = take_in(tmp_path, "--add-codes", rows=rows)

    codes = {code.id: code for code in study.usable_codebook().codes}
    assert "Codes made: 2 (weather, weather-rain).\n" in done.out
    assert (codes["weather-rain"].name, codes["weather-rain"].parent) == ("Rain", "weather")
    assert codes["weather"].origin == "units.csv"
    assert coded(study, "int-01") == [("It rains.", "weather-rain"), ("It snows.", "weather")]


def test_codes_are_known_by_name_and_several_stand_in_one_cell(
    study: Study, tmp_path: Path
) -> None:
    take_in(tmp_path, rows=[HEAD, ("int-01", "It rains.", "MONEY | waiting")])

    assert coded(study, "int-01") == [("It rains.", "money"), ("It rains.", "waiting")]


def test_another_separator_parts_codes(study: Study, tmp_path: Path) -> None:
    take_in(tmp_path, "--separator", ",", rows=[HEAD, ("int-01", "It rains.", "money,waiting")])

    assert [code for _, code in coded(study, "int-01")] == ["money", "waiting"]


def test_columns_of_marks_are_one_code_each(study: Study, tmp_path: Path) -> None:
    rows = [
        ("Who", "Text", "Money", "Waiting", "Age"),
        ("int-01", "It rains.", "1", "0", "44"),
        ("int-01", "It snows.", "x", "yes", "31"),
    ]

    done = take_in(tmp_path, "--document", "who", rows=rows)

    assert done.err == ""
    assert coded(study, "int-01") == [
        ("It rains.", "money"),
        ("It snows.", "money"),
        ("It snows.", "waiting"),
    ]


def test_without_a_column_of_documents_the_table_is_one(study: Study, tmp_path: Path) -> None:
    take_in(tmp_path, rows=[("Text", "Codes"), ("It rains.", "money")])

    assert study.document_ids() == ("units",)


def test_valence_question_and_speaker_are_kept(study: Study, tmp_path: Path) -> None:
    rows = [
        ("Text", "Codes", "Good or bad", "Asked", "Who"),
        ("It rains.", "money", "catalyst", "What else?", "Ann"),
    ]
    options = ("--valence", "good or bad", "--question", "asked", "--speaker", "who")

    take_in(tmp_path, *options, rows=rows)

    document = study.document("units")
    assert [c.valence for c in study.codings("units")] == ["catalyst"]
    assert [(u.topic, u.speaker_id) for u in document.units] == [("What else?", "Ann")]
    assert [s.name for s in document.speakers] == ["Ann"]


def test_a_unit_whose_row_cannot_be_used_is_kept_without_codes(
    study: Study, tmp_path: Path
) -> None:
    rows = [
        ("Text", "Codes", "Valence"),
        ("It rains.", "money", "bad"),
        ("It snows.", "money", "obstacle"),
    ]

    done = take_in(tmp_path, "--valence", "valence", rows=rows)

    assert done.status == 1
    assert "units.csv:2: Q573 the words of this row are in units, but its codes" in done.err
    assert study.document("units").text == "It rains.\nIt snows.\n"
    assert coded(study, "units") == [("It snows.", "money")]


def test_in_a_document_that_is_there_units_are_found_by_their_words(
    study: Study, tmp_path: Path
) -> None:
    add_interview(study, tmp_path)
    text = study.document("int-09").text

    take_in(tmp_path, rows=[HEAD, ("INT-09", "families wait for  months", "waiting")])

    assert study.document("int-09").text == text
    assert coded(study, "int-09") == [("families wait for months", "waiting")]


def test_words_that_do_not_stand_in_the_document_are_told(study: Study, tmp_path: Path) -> None:
    add_interview(study, tmp_path)

    done = take_in(tmp_path, rows=[HEAD, ("int-09", "nobody said this", "waiting")])

    assert '"nobody said this" does not stand in int-09' in done.err
    assert coded(study, "int-09") == []


def test_taking_the_same_table_in_again_adds_nothing(study: Study, tmp_path: Path) -> None:
    take_in(tmp_path)

    again = take_in(tmp_path)

    assert again.out == (
        "6 units without a code, left uncoded.\nCodings: nothing changed.\n18 were there already.\n"
    )


def test_a_second_coder_codes_the_same_units(study: Study, tmp_path: Path) -> None:
    same = [
        ("Document", "Question", "Text", "Codes"),
        ("int-01", "Enough money?", "No.", "money"),
        ("int-01", "Soon enough?", "No.", "waiting"),
    ]
    take_in(tmp_path, rows=same)

    take_in(tmp_path, "--coder", "cg", rows=same)

    spans = [(c.coder, c.span.start, c.code_id) for c in study.codings("int-01")]
    assert spans == [
        ("bf", 0, "money"),
        ("bf", 4, "waiting"),
        ("cg", 0, "money"),
        ("cg", 4, "waiting"),
    ]


def test_another_table_of_the_same_name_is_kept_beside_the_first(
    study: Study, tmp_path: Path
) -> None:
    take_in(tmp_path, rows=[HEAD, ("int-01", "It rains.", "money")])
    take_in(tmp_path, rows=[HEAD, ("int-02", "It snows.", "money")])

    kept = sorted(path.name for path in study.paths.sources.iterdir())
    assert kept == ["units-2.csv", "units.csv"]
    assert run_qualcode("check").status == 0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--text", "Words"), 'Q560 the table has no column "Words"; it has document, text, codes'),
        (("--codes", "Cods"), 'Did you mean "codes"?'),
        (("--kind", "letter"), '"--kind" is "letter", but must be one of'),
    ],
)
def test_a_wrong_option_is_told_plainly(
    study: Study, tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    done = take_in(tmp_path, *options)

    assert done.status != 0
    assert told in done.err
    assert study.document_ids() == ()


def test_a_table_without_codes_or_words_is_told(study: Study, tmp_path: Path) -> None:
    no_codes = take_in(tmp_path, rows=[("Text", "Age"), ("It rains.", "44")])
    no_words = take_in(tmp_path, rows=[HEAD, ("int-01", "", "money")])

    assert 'Q560 the table has no column "codes"' in no_codes.err
    assert 'Q562 no row of the table holds words in the column "text"' in no_words.err


def test_a_document_made_of_units_is_not_read_again(study: Study, tmp_path: Path) -> None:
    take_in(tmp_path)

    done = run_qualcode("correct", "int-01", "--role", "applied")

    assert 'Q564 "int-01" was made from a table of units' in done.err


def test_adding_the_table_itself_changes_nothing(study: Study, tmp_path: Path) -> None:
    take_in(tmp_path)
    file = table_file(tmp_path, [HEAD], "other.csv").parent / "units.csv"

    (added,) = Adder(study.paths, load_settings(study.paths)).add_all([file])

    assert added.status == "unchanged"


def test_adding_another_file_of_that_name_leaves_the_documents_alone(
    study: Study, tmp_path: Path
) -> None:
    take_in(tmp_path)
    text = study.document("int-01").text
    file = table_file(tmp_path, [HEAD, ("int-01", "It rains.", "money")])

    (added,) = Adder(study.paths, load_settings(study.paths)).add_all([file])

    assert (added.status, added.problems[0].number) == ("skipped", "Q564")
    assert study.document("int-01").text == text


def test_an_excel_sheet_is_taken_in_as_well(study: Study, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (HEAD, ("int-01", "It rains.", "money")):
        book.active.append(row)
    book.save(tmp_path / "units.xlsx")

    run_qualcode("import", "units", tmp_path / "units.xlsx", "--coder", "bf")

    assert coded(study, "int-01") == [("It rains.", "money")]
