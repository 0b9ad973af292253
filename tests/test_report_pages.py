from __future__ import annotations

from qualcode.analysis.comparing.compare import Compared
from qualcode.analysis.comparing.extremes import Extreme
from qualcode.analysis.pages.marked import Reading, blocks_of, notes_of, number_notes
from qualcode.analysis.pages.quotes import around, typical_and_extremes
from qualcode.analysis.pages.values import Block
from qualcode.core.model import Document, Span
from tests.compare_factory import an_incident, incidents
from tests.factory import a_bullet, a_document

DOCUMENT = a_document(a_bullet("they stick"), a_bullet("they do not", "bullet 2"))


def blocks(document: Document, *placed: tuple[str, str]) -> list[Block]:
    """The blocks of a document in which words carry a code."""
    held = [
        an_incident(words, code_id, start=document.text.index(words), doc_id=document.id)
        for words, code_id in placed
    ]
    notes = notes_of(held, number_notes(held), {"silos": "Silos"})
    return list(blocks_of(document, Reading(notes, lambda unit: "P01")))


def test_the_text_is_whole_and_in_order() -> None:
    text = "".join(piece.text for block in blocks(DOCUMENT) for piece in block.pieces)

    assert text == "they stickthey do not"


def test_a_coding_is_numbered_where_it_begins_and_noted_beside_it() -> None:
    first, second = blocks(DOCUMENT, ("stick", "silos"))

    assert [(piece.text, len(piece.notes)) for piece in first.pieces] == [
        ("they ", 0),
        ("stick", 1),
    ]
    assert [(note.number, note.code) for note in first.notes] == [(1, "Silos")]
    assert [note.number for note in first.pieces[1].opens] == [1]
    assert second.notes == ()


def test_codings_that_overlap_cut_the_text_into_pieces() -> None:
    (first, _) = blocks(DOCUMENT, ("they st", "silos"), ("stick", "trust"))

    assert [(piece.text, [n.number for n in piece.notes]) for piece in first.pieces] == [
        ("they ", [1]),
        ("st", [1, 2]),
        ("ick", [2]),
    ]


def test_a_coding_over_two_units_is_noted_once() -> None:
    words = DOCUMENT.text[DOCUMENT.text.index("stick") : DOCUMENT.units[1].span.start + 4]
    first, second = blocks(DOCUMENT, (words, "silos"))

    assert [len(block.notes) for block in (first, second)] == [1, 0]
    assert second.pieces[0].text == "they"
    assert second.pieces[0].notes == first.notes


def test_words_of_somebody_not_to_be_quoted_are_left_out() -> None:
    held = [unit.span for unit in DOCUMENT.units if unit.ref == "bullet 2"]
    _, second = blocks_of(DOCUMENT, Reading((), lambda unit: "", held))

    assert [piece.text for piece in second.pieces] == [
        "[3 words of somebody who is not to be quoted]"
    ]


def test_the_sentence_goes_no_further_than_its_unit() -> None:
    text = "One. They sit and wait here. Two.\nThree."

    assert around(text, Span(5, 13), Span(0, 33)) == ("", " and wait here. ".rstrip())
    assert around(text, Span(14, 18), Span(10, 18)) == ("sit ", "")


def test_marks_alone_are_no_sentence() -> None:
    assert around("'They sit'", Span(1, 9), Span(0, 10)) == ("", "")


def test_an_incident_at_several_edges_comes_once_with_all_their_names() -> None:
    one, two = (Compared(held, 0.5) for held in incidents("they stick", "walls"))
    edges = [
        Extreme("strongest obstacle", one, "strength -2"),
        Extreme("most typical", one, "likeness 0.50"),
        Extreme("least typical", two, "likeness 0.10"),
    ]

    assert [(edge, held.coded.quote) for edge, held in typical_and_extremes(edges)] == [
        ("most typical (likeness 0.50); strongest obstacle (strength -2)", "they stick"),
        ("least typical (likeness 0.10)", "walls"),
    ]


def test_a_code_without_edges_shows_nothing() -> None:
    assert typical_and_extremes([]) == []
