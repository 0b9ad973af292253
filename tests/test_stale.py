from __future__ import annotations

from dataclasses import replace

from qualcode.analysis.stale import find_stale
from qualcode.core.codebook import meaning_of
from qualcode.core.codebook_changes import (
    Said,
    define_code,
    merge_codes,
    rename_code,
    retire_code,
    split_code,
)
from qualcode.core.model import Codebook, Coding, Span
from tests.factory import a_code, a_codebook

BOOK = a_codebook(a_code("silos"), a_code("trust"), a_code("faces", definition=""))


def a_coding(code_id: str, *, start: int = 0, meaning: str | None = None) -> Coding:
    code = next((code for code in BOOK.codes if code.id == code_id), a_code(code_id))
    return Coding(
        id=f"{code_id}-{start}",
        doc_id="int-01",
        span=Span(start, start + 4),
        quote="they",
        code_id=code_id,
        coder="ad",
        meaning=meaning_of(code) if meaning is None else meaning,
        codebook_version=2,
    )


CODINGS = tuple(a_coding(code, start=n) for n in (9, 0) for code in ("trust", "silos", "faces"))


def stale(codebook: Codebook) -> list[tuple[str, str]]:
    return [(one.coding.id, one.why) for one in find_stale(codebook, CODINGS)]


def test_nothing_is_stale_while_no_meaning_changes() -> None:
    book = rename_code(BOOK, "silos", "Apart")
    book = define_code(book, "silos", Said(cues=("x",), valence="obstacle"))
    book = retire_code(merge_codes(book, ["silos"], into="trust"), "faces", because="x")

    assert stale(book) == []


def test_a_new_definition_makes_its_codings_stale_in_order_of_place() -> None:
    why = "coded under an earlier meaning (codebook version 2)"

    assert stale(define_code(BOOK, "trust", Said(exclude=("Liking",)))) == [
        ("trust-0", why),
        ("trust-9", why),
    ]


def test_a_first_definition_says_that_there_was_none() -> None:
    assert stale(define_code(BOOK, "faces", Said(definition="Turnover."))) == [
        ("faces-0", "coded before the code had a definition"),
        ("faces-9", "coded before the code had a definition"),
    ]


def test_a_split_makes_the_codings_of_merged_codes_stale_too() -> None:
    book = merge_codes(BOOK, ["silos"], into="trust")

    assert stale(split_code(book, "trust", into=["A", "B"])) == [
        ("silos-0", 'its code was merged into "trust", which was split into a, b'),
        ("silos-9", 'its code was merged into "trust", which was split into a, b'),
        ("trust-0", "its code was split into a, b"),
        ("trust-9", "its code was split into a, b"),
    ]


def test_codings_without_a_meaning_or_a_known_code_are_left_alone() -> None:
    codings = [a_coding("silos", meaning=""), a_coding("unknown")]

    assert find_stale(BOOK, codings) == ()
    assert find_stale(replace(BOOK, codes=()), codings) == ()
