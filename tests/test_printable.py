"""What may be printed: names, memos, the audit trail, and the lists of a run."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from qualcode.analysis.cases import CaseBook, join_cases
from qualcode.analysis.consent import Held
from qualcode.analysis.names import Names
from qualcode.analysis.pages.memos import HELD_BACK, Kept, printable_memo
from qualcode.core.memos import Memo
from qualcode.core.model import Attendance, Attribute, Case, Span
from qualcode.project.memos import add_memo
from qualcode.project.study import Study, open_study
from tests.command import run_qualcode
from tests.factory import a_document, write
from tests.report_study import coded_study, page_without_charts

__all__ = ["coded_study"]

RUTH = Case("P07", "Ruth Bellamy", ("RB", "Ms R Bellamy"), (), (Attribute("role", "manager"),))
DEAN = Case("P06", "Dean Okafor", ("DO",), (), (Attribute("role", "team manager"),))
BOOK = CaseBook.of([RUTH, DEAN])
MINUTES = """\
Northmere Partnership
Minutes of the meeting held on 13 March 2025

Present: R Bellamy (Harbour Project)
J Smithers (Fellgate Homes)
Apologies: none

1. Trust
1.1 RB said that away days help. Ruth Bellamy will ask.
1.2 JS said that someone different came.
"""
SILENT = """\
format: 1
cases:
  - {id: P01, name: Ann Nurse, documents: [int-01], attributes: {quote: "no"}}
  - {id: P07, name: Ruth Bellamy, aliases: [RB, R Bellamy]}
"""


@pytest.mark.parametrize(
    "name", ["Ruth Bellamy", "R Bellamy", "R. Bellamy", "Mrs Bellamy", "ruth\nbellamy"]
)
def test_a_case_stands_for_every_full_name(name: str) -> None:
    assert Names.of(BOOK).hidden(f"So {name}'s way.") == "So [P07]'s way."


@pytest.mark.parametrize("words", ["RB and DO", "Ruth", "Bellamyville", "a dean", "Mr Bell"])
def test_initials_and_other_words_stay(words: str) -> None:
    assert Names.of(BOOK).hidden(words) == words


def test_a_first_name_is_replaced_unless_it_is_a_word_of_the_texts() -> None:
    names = Names.of(BOOK, texts=["Ruth and Dean met a dean."])

    assert names.hidden("Ruth and Dean met") == "[P07] and Dean met"


def test_a_name_of_two_cases_stands_for_neither() -> None:
    book = CaseBook.of([RUTH, Case("P08", "Rosa Bellamy")])

    assert Names.of(book).hidden("R Bellamy") == "[name]"


def test_full_names_on_a_list_of_attendance_are_replaced_without_a_case() -> None:
    listed = (Attendance("J Smithers", "present"), Attendance("R Bellamy", "present"))
    names = Names.of(BOOK, [a_document(attendance=listed)])

    assert names.hidden("J. Smithers, R Bellamy, JS") == "[name], [P07], JS"


def printable(body: str) -> str:
    """A memo as a report prints it, where the words at 10 to 40 of "a" are not to be quoted."""
    held: tuple[Held, ...] = ((Span(10, 40), "no"),)
    text = "x" * 10 + "nobody ever came to see us now" + "y" * 10
    return printable_memo(Memo("m", body), lambda _: Kept.of(text, held), ("a",)).body


def test_a_passage_in_a_memo_is_held_back_by_its_place() -> None:
    assert printable("Why?\n\n> other words\n> [a 12-30]") == f"Why?\n\n{HELD_BACK}"
    assert printable("> other words\n> [a 45-48]") == "> other words\n> [a 45-48]"


def test_a_passage_in_a_memo_is_held_back_by_its_words() -> None:
    assert printable("She says nobody ever came to see us now, so.\nHm.") == f"{HELD_BACK}\nHm."
    assert printable("> ever came to see") == HELD_BACK
    assert printable("> came to see") == "> came to see"


def silent(study: Study) -> Study:
    """The study in which P01 is not to be quoted."""
    study.paths.cases.write_text(SILENT, "utf-8")
    return open_study(study.paths.root)


def test_a_memo_on_the_page_does_not_quote_whom_nobody_may(coded_study: Study) -> None:
    text = coded_study.document("int-01").text
    start = text.index("they send someone")
    place = f"[int-01 {start}-{start + 37}]"
    add_memo(coded_study, "code:trust", f"Look.\n\n> they send someone different\n> {place}")
    add_memo(coded_study, "code:trust", "Ruth Bellamy told me.")
    page = page_without_charts(silent(coded_study))

    assert "they send someone" not in page
    assert HELD_BACK in page
    assert "[P07] told me." in page


def test_the_page_names_nobody_on_a_list_of_attendance(coded_study: Study) -> None:
    silent(coded_study)
    minutes = write(coded_study.paths.root.parent, "minutes-2025-03-13.md", MINUTES)
    run_qualcode("add", minutes, "--plain")
    run_qualcode("code", "minutes-2025-03-13", "someone different came", "new-faces")
    page = page_without_charts(coded_study)

    assert "[P07] (Harbour Project)" in page
    assert "[name] (Fellgate Homes)" in page
    assert "Bellamy" not in page
    assert "Smithers" not in page


def test_the_audit_trail_quotes_nobody_who_is_not_to_be_quoted(coded_study: Study) -> None:
    before = run_qualcode("table", "audit", "--plain").out
    silent(coded_study)
    after = run_qualcode("table", "audit", "--plain").out

    assert "someone different each time" in before
    assert "someone different each time" not in after
    assert HELD_BACK in after
    assert "someone different came" in after


def test_views_to_work_with_say_what_must_not_be_printed(coded_study: Study) -> None:
    silent(coded_study)

    for command in (("compare", "new-faces"), ("extremes", "new-faces"), ("pair", "show", "p1")):
        assert "interview notes; not to be quoted" in run_qualcode(*command, "--plain").out.replace(
            "\n", " "
        ).replace("  ", " ")


def test_lists_to_work_with_have_a_column_on_consent(coded_study: Study, tmp_path: Path) -> None:
    silent(coded_study)
    run_qualcode("run", "--out", tmp_path / "out")
    run_qualcode("export", "tidy", tmp_path / "tidy", "--format", "csv")

    for name in ("out/codings.csv", "tidy/codings.csv"):
        rows = list(csv.DictReader(io.StringIO((tmp_path / name).read_text("utf-8-sig"))))
        assert {(row["document"], row["consent"]) for row in rows} == {
            ("int-01", "no"),
            ("int-02", "yes"),
        }


def test_consent_is_no_attribute_to_compare_by(coded_study: Study) -> None:
    silent(coded_study)
    done = run_qualcode("table", "attribute", "--by", "quote")

    assert (done.status, done.err[:4]) == (1, "Q620")


def test_a_corrected_unit_leaves_the_rest_to_its_case(coded_study: Study) -> None:
    silent(coded_study)
    run_qualcode("correct", "int-01", "--turn", "bullet 2.1=the porter", "--plain")
    study = open_study(coded_study.paths.root)
    document, _ = join_cases(study.document("int-01"), study.cases()[0])
    page = page_without_charts(study)

    assert [(one.name, one.case_id) for one in document.speakers][-1] == ("the porter", None)
    assert "someone different each time" not in page
    assert "away day helped" in page


def test_every_mention_is_replaced_and_the_longest_name_wins() -> None:
    names = Names.of(BOOK, texts=["so Ruth"])

    assert names.hidden("Ruth Bellamy, Ruth Bellamy and Ruth") == "[P07], [P07] and [P07]"
    assert names.hidden("Dean Okafor2, Mr Okafors") == "[P06] Okafor2, Mr Okafors"


def test_check_tells_of_an_unclear_consent_and_nothing_is_printed(coded_study: Study) -> None:
    coded_study.paths.cases.write_text(SILENT.replace('quote: "no"', "Quote: never"), "utf-8")
    done = run_qualcode("check")
    page = page_without_charts(open_study(coded_study.paths.root))

    assert 'Q257 case "P01" has `Quote: never`' in done.out + done.err
    assert "someone different each time" not in page
