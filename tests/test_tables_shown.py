from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.tables.cfir import Person, distinguishing, person_of, rate
from qualcode.analysis.tables.codes import codes_table
from qualcode.analysis.tables.columns import CountedAt
from qualcode.analysis.tables.coverage import coverage_table
from qualcode.analysis.tables.crossed import attribute_table, document_table
from qualcode.analysis.tables.ledger import narrowed, rolled_up
from qualcode.analysis.tables.quotations import Choice, quotations_table
from qualcode.analysis.tables.sides import Side, cases_table, what_differs
from qualcode.analysis.tables.sources import Source, convergence_table, verdict_on
from qualcode.analysis.tables.words import of
from qualcode.core.model import Attribute
from tests.factory import a_code, a_codebook, a_document
from tests.tables_factory import CODEBOOK, a_ledger, cells, said

NORTH, SOUTH = {"site": "north"}, {"site": "south"}


def notes(*incidents: Incident) -> str:
    return "\n".join(codes_table(a_ledger(*incidents)).notes)


def test_there_are_no_percentages_below_twenty() -> None:
    assert (of(5, 19), of(5, 20)) == ("5 of 19", "5 of 20 (25 %)")


def test_two_coders_who_mark_nearly_the_same_words_are_one_segment() -> None:
    ledger = a_ledger(said(at=(0, 10), coders=("ad",)), said(at=(2, 12), coders=("bf",)))

    assert cells(codes_table(ledger), "Silos")["segments"] == "1"


def test_spans_that_only_touch_are_two_segments() -> None:
    assert (
        cells(codes_table(a_ledger(said(at=(0, 5)), said(at=(5, 9)))), "Silos")["segments"] == "2"
    )


def test_a_context_document_changes_no_count() -> None:
    ledger = a_ledger(said(), said(doc_id="act", kind="policy", role="context"))
    found = cells(codes_table(ledger), "Silos")

    assert (found["documents"], found["segments"]) == ("1 of 1", "1")
    assert "documents that give context only: act" in codes_table(ledger).notes[-3]


def test_the_observers_words_are_counted_aside() -> None:
    ledger = a_ledger(said(), said(at=(20, 30), voice="observer"))

    assert cells(codes_table(ledger), "Silos")["segments"] == "1"
    assert "interviewers' turns (1 coded passage)" in codes_table(ledger).notes[-3]


def test_a_merged_code_counts_as_its_heir() -> None:
    book = a_codebook(*CODEBOOK.codes, a_code("old", merged_into="trust"))
    table = codes_table(a_ledger(said("old"), codebook=book))

    assert cells(table, "Trust")["segments"] == "1"
    assert [row[0][0] for row in table.rows] == ["Silos", "Trust", "Chair"]


def test_a_code_without_evidence_has_a_row_of_noughts() -> None:
    found = cells(codes_table(a_ledger(said())), "Trust")

    assert (found["documents"], found["segments"], found["first_seen"]) == ("0 of 1", "0", "-")


def test_first_seen_is_the_earliest_document_by_date() -> None:
    late = a_document(doc_id="a", date="2025-05-01")
    early = a_document(doc_id="b", date="2025-02-01")
    ledger = a_ledger(said(doc_id="a"), said(doc_id="b"), documents=(late, early))

    assert cells(codes_table(ledger), "Silos")["first_seen"] == "2025-02-01 | b"


def test_the_notes_say_what_is_reviewed_and_by_whom() -> None:
    assert "Reviewed: 2 codings by ad." in notes(said(), said(at=(20, 30)))


def test_the_notes_tell_codings_from_the_passages_that_coders_share() -> None:
    shared = replace(said(), coding_ids=("k1", "k2"), coders=("ad", "bf"))

    assert "Reviewed: 2 codings by ad, bf; 1 coded passage." in notes(shared)


def test_the_notes_say_what_is_only_suggested() -> None:
    drafted = notes(said(), said(doc_id="int-02", is_draft=True))

    assert "DRAFT: 1 suggestion in 1 document that nobody has coded; 1 coding by people." in drafted


def test_a_category_counts_once_what_several_of_its_codes_carry() -> None:
    book = a_codebook(
        a_code("people", kind="category"),
        a_code("silos", parent="people"),
        a_code("trust", parent="people"),
    )
    ledger = a_ledger(said(at=(0, 10)), said("trust", at=(5, 12)), codebook=book)
    table = codes_table(rolled_up(ledger))

    assert cells(table, "People")["segments"] == "1"
    assert cells(table, "Silos")["segments"] == "1"
    assert "A category counts what the codes below it carry." in table.notes
    assert table.notes[-1] == "Reviewed: 2 codings by ad."


def test_a_category_that_was_not_asked_for_is_not_counted_from_one_of_its_codes() -> None:
    book = a_codebook(a_code("people", kind="category"), a_code("silos", parent="people"))
    ledger = narrowed(rolled_up(a_ledger(said(), codebook=book)), {"silos"})

    assert [row[0][0] for row in codes_table(ledger).rows] == ["Silos"]
    assert ([len(part) for part in ledger.given], ledger.has_categories) == ([1], False)


def test_a_category_without_codings_of_its_own_stands_in_no_table_of_codes_alone() -> None:
    book = a_codebook(a_code("people", kind="category"), a_code("silos", parent="people"))

    assert [code.id for code in a_ledger(said(), codebook=book).codes] == ["silos"]


def test_chosen_codes_keep_every_n() -> None:
    ledger = narrowed(a_ledger(said(), said("trust", doc_id="int-02")), {"trust"})
    table = codes_table(ledger)

    assert [row[0][0] for row in table.rows] == ["Trust"]
    assert cells(table, "Trust")["documents"] == "1 of 2"


def test_n_of_an_attribute_counts_those_heard_and_not_coded() -> None:
    ledger = a_ledger(said(who="P1"), people={"P1": NORTH, "P2": NORTH}, heard={"int-01": ("P2",)})
    table = attribute_table(ledger, "site", "participant")

    assert [column.title for column in table.columns] == ["Code", "north (N = 2)"]
    assert cells(table, "Silos")["north"] == "1 of 2"


@pytest.mark.parametrize(
    ("unit", "caption"),
    [
        ("participant", "Codes by kind (N: participants)"),
        ("document", "Codes by kind (N: documents)"),
        ("segment", "Codes by kind"),
    ],
)
def test_the_heading_of_an_attribute_says_what_n_is(unit: CountedAt, caption: str) -> None:
    ledger = a_ledger(said(who="P1"), people={"P1": NORTH})

    assert attribute_table(ledger, "kind", unit).caption == caption


def test_a_document_has_the_attribute_where_its_people_have_none() -> None:
    document = a_document(attributes=(Attribute("Site", "north"),))
    ledger = a_ledger(said(who=None), documents=(document,))

    assert cells(attribute_table(ledger, "site", "segment"), "Silos")["north"] == "1"


def test_somebody_heard_at_two_sites_is_in_the_n_of_both() -> None:
    places = [
        a_document(doc_id=doc_id, attributes=(Attribute("site", site),))
        for doc_id, site in (("int-01", "north"), ("int-02", "south"))
    ]
    ledger = a_ledger(said(), said(doc_id="int-02"), documents=places)
    table = attribute_table(ledger, "site", "participant")

    assert cells(table, "Silos") == {"code": "Silos", "north": "1 of 1", "south": "1 of 1"}


def test_many_codes_are_numbered_and_named_below() -> None:
    book = a_codebook(*(a_code(f"c{n}") for n in range(7)))
    table = document_table(a_ledger(said("c0"), codebook=book), "segment")

    assert [column.title for column in table.columns][:3] == ["Document", "1", "2"]
    assert table.notes[0].startswith("Codes: 1 C0; 2 C1; ")


def test_what_differs_names_the_only_group_and_the_missing_one() -> None:
    there, none = Side(1, 1, 1, 0), Side(0, 0, 0, 0)

    assert what_differs("ABC", (there, none, none)) == "only A"
    assert what_differs("ABC", (there, there, none)) == "not C"
    assert what_differs("AB", (there, Side(1, 1, 0, 1))) == "contrary: obstacle A; catalyst B"


def test_sites_stand_side_by_side_with_their_people() -> None:
    ledger = a_ledger(
        said(who="P1"),
        said(doc_id="int-02", who="P2", valence="catalyst"),
        people={"P1": NORTH, "P2": SOUTH},
    )
    found = cells(cases_table(ledger, "site"), "Silos")

    assert found["north"] == "1 of 1 | 1 segment | 1 : 0"
    assert found["differs"] == "contrary: obstacle north; catalyst south"


def source(documents: int, whole: int, obstacle: int = 0, catalyst: int = 0) -> Source:
    return Source(Side(0, obstacle + catalyst, obstacle, catalyst), documents, whole)


def test_kinds_agree_on_direction_and_prominence() -> None:
    assert verdict_on([source(3, 4, 5), source(2, 4, 3)], 0) == "agreement"
    assert verdict_on([source(3, 4, 5), source(1, 4, 3)], 0) == "partial"
    assert verdict_on([source(3, 4, 5), source(3, 4, 0, 3)], 0) == "dissonance"


def test_a_kind_that_says_nothing_is_silent_and_the_only_one_is_alone() -> None:
    assert verdict_on([source(0, 4), source(1, 4, 3)], 0) == "silence"
    assert verdict_on([source(0, 4), source(1, 4, 3)], 1) == "alone"
    assert verdict_on([source(0, 4), source(0, 4)], 1) == ""


def test_convergence_says_how_often_each_verdict_was_given() -> None:
    table = convergence_table(a_ledger(said(), said(doc_id="m1", kind="minutes")))

    assert cells(table, "Silos")["minutes"] == "agreement | obstacle, 1 of 1"
    assert table.notes[2] == "In all: agreement 2, partial 0, silence 0, dissonance 0, alone 0."


def test_one_quotation_of_one_person_unless_asked() -> None:
    ledger = a_ledger(said(at=(0, 10)), said(at=(20, 30)), said(at=(40, 50), who="P02"))
    table = quotations_table(ledger, Choice(each=5))

    assert len(table.rows) == 2
    assert len(quotations_table(ledger, Choice(each=5, per_person=0)).rows) == 3


def test_own_words_come_first_and_alone_have_quotation_marks() -> None:
    ledger = a_ledger(said(), said(doc_id="int-02", who="P02", voice="verbatim"))
    table = quotations_table(ledger, Choice())
    place = [column.key for column in table.columns].index("quotation")

    assert [row[place] for row in table.rows] == [("“they stick”",), ("they stick",)]
    assert [row[place + 2] for row in table.rows] == [("verbatim",), ("note",)]


def test_what_speaks_against_a_code_is_quoted_last() -> None:
    ledger = a_ledger(said(valence="catalyst", voice="verbatim"), said(doc_id="int-02", who="P02"))
    table = quotations_table(ledger, Choice())

    assert [cell for row in table.rows for cell in row[-2]] == ["obstacle", "catalyst"]


def test_nobody_is_quoted_who_did_not_want_to_be() -> None:
    ledger = a_ledger(said(consent="no"), said(doc_id="int-02", who="P02"))
    table = quotations_table(ledger, Choice())

    assert [row[-1] for row in table.rows] == [("int-02, bullet 1 (line 1)",)]
    assert "Held back: 1 coded passage of people not to be quoted." in table.notes


def test_a_rating_follows_its_rule() -> None:
    against, favour = Person(-1, False, False), Person(1, False, False)
    example, torn = Person(-1, False, True), Person(0, True, False)

    assert str(rate([])) == "Missing"
    assert str(rate([against, example])) == "-1"
    assert str(rate([example, example])) == "-2"
    assert str(rate([against, against, favour])) == "-1"
    assert str(rate([against, favour])) == "0 (mixed)"
    assert str(rate([torn])) == "0 (mixed)"
    assert str(rate([Person(0, False, False)])) == "0"
    assert str(rate([favour, favour])) == "+1"


def test_a_strength_of_two_is_an_explicit_example_and_one_of_one_is_not() -> None:
    assert person_of([said(strength=-2)]).has_example is True
    assert person_of([said(strength=-1, voice="verbatim")]).has_example is False
    assert person_of([said(voice="verbatim")]).has_example is True


def test_opposite_signs_distinguish_strongly() -> None:
    up, down = rate([Person(1, False, False)]), rate([Person(-1, False, False)])
    strong = rate([Person(1, False, True)] * 2)

    assert [distinguishing(pair) for pair in ((up, down), (up, strong), (up, up), (up,))] == [
        "strongly",
        "weakly",
        "not",
        "-",
    ]


def test_a_thin_cell_names_its_documents_out_of_those_read() -> None:
    ledger = a_ledger(
        said(), said("trust", doc_id="int-02"), said("trust", doc_id="int-03", who="P03")
    )
    ledger = replace(ledger, traits={})

    assert cells(coverage_table(ledger, ["kind"]), "Silos")["kind"] == "interview notes: 1 of 3"
