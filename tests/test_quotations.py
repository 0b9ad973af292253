from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.coded import coded_by_suggestions
from qualcode.analysis.freeze import Piece
from qualcode.analysis.quoting.quotations import (
    Quotation,
    credit_at,
    find_quotations,
    quotation_table,
)
from qualcode.core.model import Document, Form, Line, Segment, Span, Suggestion
from tests.factory import a_document

Case = tuple[str, tuple[tuple[str, str, str], ...]]


def prose(text: str, *, doc_id: str = "report") -> Document:
    """A frozen report: one unit per line, "# " for headings and "- " for bullets."""
    pieces = []
    for number, line in enumerate(text.split("\n"), start=1):
        form: Form = "paragraph"
        label = ""
        if line.startswith("# "):
            form, line = "heading", line[2:]
        elif line.startswith("- "):
            form, label, line = "bullet", "- ", line[2:]
        pieces.append(Piece((Line(line, number),), form, f"{form} {number}", label))
    return a_document(*pieces, doc_id=doc_id, kind="other")


def found_in(text: str) -> tuple[tuple[str, str, str], ...]:
    document = prose(text)
    return tuple(
        (document.text[q.span.start : q.span.end], q.credit, q.how)
        for q in find_quotations(document)
    )


NOT_SPEECH = (
    "The talk was of ‘buy-in’, “silo mentality” and 'quick wins'.",
    "It drew on ‘Every Child Matters’ and on “Working Together to Safeguard Children”.",
    "# ‘We never meet’: what partners told us",
    "The boys' club, the girls' club and the '98 report's appendix.",
    "‘We never see the money’: budgets .......... 23",
    "There were three workers' unions and two solicitors' letters in the partners' file.",
    "The plan has three aims:\nThe first of them is to share information well.",
    "All participants agree to:\nBe considerate in what they say and do to us.",
    "Purpose: to share what is needed.\nScope: all the partners who have signed.",
)


@pytest.mark.parametrize("text", NOT_SPEECH)
def test_scare_quotes_titles_headings_and_contents_are_no_quotations(text: str) -> None:
    assert found_in(text) == ()


def test_a_line_that_repeats_a_heading_is_no_quotation() -> None:
    text = "“We share a kettle and a corridor” 14\n# “We share a kettle and a corridor”\nIt was so."

    assert found_in(text) == ()


def test_an_extract_with_several_speakers_is_one_quotation() -> None:
    text = (
        "It went as before.\n"
        "Chair: Any objections to that?\n"
        "Nurse: Only the usual ones, thank you.\n"
        "Chair: Then it is agreed.\n"
        "[field notes, Site A]"
    )

    assert found_in(text) == (
        (
            "Chair: Any objections to that?\n"
            "Nurse: Only the usual ones, thank you.\n"
            "Chair: Then it is agreed.",
            "field notes, Site A",
            "brackets",
        ),
    )


def test_the_researchers_turns_are_given_apart() -> None:
    text = "‘We tried [Researcher: tried what?] the lot, honestly’ (Nurse)"
    document = prose(text)

    found = find_quotations(document)

    assert [document.text[a.start : a.end] for q in found for a in q.asides] == [
        "[Researcher: tried what?]"
    ]


def test_an_interviewers_line_in_an_extract_is_an_aside_and_gives_no_credit() -> None:
    document = prose(
        "Interviewer: And what came of it?\nDirector: A second meeting, with better biscuits."
    )

    found = find_quotations(document)

    assert [(q.credit, q.how) for q in found] == [("Director", "lead-in")]
    assert [document.text[a.start : a.end] for q in found for a in q.asides] == [
        "Interviewer: And what came of it?"
    ]


def test_a_quotation_names_the_unit_in_which_it_begins() -> None:
    found = find_quotations(prose("It rained.\n‘We met in the car park\nand then we left’ (Nurse)"))

    assert [q.unit for q in found] == ["paragraph 2"]


def test_credit_at_gives_the_quotation_that_a_span_overlaps_most() -> None:
    first = Quotation(Span(0, 10), "Nurse", "brackets", "paragraph 1")
    second = Quotation(Span(20, 40), "Clerk", "brackets", "paragraph 1")

    assert credit_at((first, second), Span(8, 30)) == second
    assert credit_at((first, second), Span(2, 4)) == first
    assert credit_at((first, second), Span(10, 20)) is None
    assert credit_at((), Span(0, 1)) is None


def test_the_table_says_how_many_quotations_want_a_credit() -> None:
    document = prose("‘We lost a whole year’ (Nurse).\nIt ended. ‘And then it began again.’")

    table = quotation_table([document])

    assert table.rows == (
        (("report",), ("paragraph 1",), ("We lost a whole year",), ("Nurse",), ("brackets",)),
        (("report",), ("paragraph 2",), ("And then it began again.",), ("-",), ("unknown",)),
    )
    assert table.notes == ("2 quotations, 1 without a credit: to be credited before publication.",)


_PIECES = st.sampled_from(
    ["‘", "’", "“", "”", '"', "'", " ", "\n", "\n- ", "(", ")", "[", "]", "Nurse", "said", "she",
     "one manager", ":", " – ", ".", "s", "we met", "Researcher:", "...", "Another", "of", "# "]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=60).map("".join)))
def test_spans_lie_inside_the_text_in_order(text: str) -> None:
    document = prose(text)

    found = find_quotations(document)

    ends = [0, *(q.span.end for q in found)]
    assert all(
        end <= q.span.start < q.span.end <= len(document.text)
        for end, q in zip(ends, found, strict=False)
    )
    assert all(q.span.start <= a.start < a.end <= q.span.end for q in found for a in q.asides)


def test_a_report_credits_whom_it_quotes_by_role_and_never_by_name() -> None:
    text = (
        "One head teacher said: 'we were never told who would come next time'.\n\n"
        "'They keep sending someone new every time,' said Dean Okafor.\n"
    )
    lines = [Line(line, n) for n, line in enumerate(text.split("\n"), 1) if line]
    document = a_document(
        *(Piece((line,), "paragraph", voice="verbatim") for line in lines), kind="other"
    )
    segments = [Segment(document.id, unit.span, unit, "verbatim") for unit in document.units]
    suggestions = [
        Suggestion(document.id, s.span, "c", "obstacle", (), 0.5, "", "cues", "k") for s in segments
    ]
    coded = coded_by_suggestions(document, segments, suggestions, CaseBook.of(()))

    assert [one.credit for one in coded] == ["Head teacher, quoted; document", "Document"]
