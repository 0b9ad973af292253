from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.codebook import resolve
from qualcode.core.codebook_changes import (
    Said,
    add_code,
    define_code,
    find_code,
    import_codes,
    make_id,
    merge_codes,
    move_code,
    new_code,
    rename_code,
    restore_code,
    retire_code,
    split_code,
)
from qualcode.core.codebook_diff import compare_codebooks, other_changes
from qualcode.core.methods import profile
from qualcode.core.model import Codebook, Lens, Pole
from qualcode.core.problems import QualcodeError
from tests.factory import a_code, a_codebook, a_pair

BOOK = replace(
    a_codebook(a_code("silos"), a_code("trust", name="Mutual trust"), a_code("faces")),
    lenses=(Lens("person", "Person"),),
)


def test_a_new_code_gets_its_id_from_its_name() -> None:
    code = new_code(BOOK, " Café\nculture ", parent="silos", said=Said(definition=" D. "))

    assert (code.id, code.name, code.parent, code.definition) == (
        "cafe-culture",
        "Café culture",
        "silos",
        "D.",
    )


def test_an_id_has_latin_letters_only() -> None:
    assert [make_id("Œuvre d'art"), make_id("信任"), make_id("N°5")] == ["uvre-dart", "", "n5"]


def test_a_code_is_found_by_id_and_by_name_in_any_case() -> None:
    assert [find_code(BOOK, word).id for word in ("trust", "MUTUAL TRUST")] == ["trust", "trust"]


def test_a_name_of_two_codes_finds_neither_of_them() -> None:
    book = a_codebook(a_code("silos", name="Silo"), a_code("towers", name="silo"))

    with pytest.raises(QualcodeError, match=r'Q571 the name "Silo" .*: silos, towers'):
        find_code(book, "Silo")


def test_names_from_the_top_down_find_one_of_two_codes_of_a_name() -> None:
    book = a_codebook(
        a_code("top", name="Top"),
        a_code("silos", name="Silo", parent="top"),
        a_code("towers", name="Silo"),
    )

    assert find_code(book, "Top > silo").id == "silos"


def test_what_is_said_of_a_code_adds_to_lists_and_replaces_the_rest() -> None:
    code = a_code("a", cues=("one",), lenses=(), valence="catalyst")
    book = replace(BOOK, codes=(code,))
    said = Said(definition="New.", cues=("one", "two", " "), lenses=("person",))
    changed = define_code(book, "a", said).codes[0]

    assert (changed.definition, changed.cues) == ("New.", ("one", "two"))
    assert (changed.lenses, changed.valence) == (("person",), "catalyst")


def test_renaming_keeps_the_id() -> None:
    assert rename_code(BOOK, "silos", "Apart").codes[0] == a_code("silos", name="Apart")


def test_a_code_moves_under_another_and_back_to_the_top() -> None:
    moved = move_code(BOOK, "silos", under="trust")

    assert moved.codes[0].parent == "trust"
    assert move_code(moved, "silos", under=None) == BOOK


def test_a_merged_code_stays_and_says_where_it_went() -> None:
    merged = merge_codes(BOOK, ["silos", "faces"], into="trust")

    assert [code.id for code in merged.codes] == ["silos", "trust", "faces"]
    assert [resolve(merged, one) for one in ("silos", "trust", "faces")] == ["trust"] * 3


def test_a_split_code_is_followed_by_its_parts() -> None:
    book = replace(BOOK, codes=(a_code("silos", valence="obstacle"), a_code("trust")))
    codes = split_code(book, "silos", into=["Ranks", "Rooms"]).codes

    assert [code.id for code in codes] == ["silos", "ranks", "rooms", "trust"]
    assert codes[0].split_into == ("ranks", "rooms")
    assert (codes[1].valence, codes[1].definition) == ("obstacle", "")
    assert codes[1].origin == "split from silos"


def test_restoring_takes_back_a_retirement_a_merge_and_a_split() -> None:
    book = retire_code(BOOK, "silos", because="empty")
    book = merge_codes(book, ["trust"], into="faces")

    assert book.codes[0].retired == "empty"
    assert restore_code(restore_code(book, "silos"), "trust") == BOOK


def test_only_codes_that_are_not_there_are_taken_over() -> None:
    other = replace(
        a_codebook(a_code("silos"), a_code("new", lenses=("work",))),
        lenses=(Lens("work", "Work"), Lens("other", "Other")),
    )
    book = import_codes(BOOK, other)

    assert [code.id for code in book.codes] == ["silos", "trust", "faces", "new"]
    assert [lens.id for lens in book.lenses] == ["person", "work"]


def test_every_clash_of_two_codebooks_is_told() -> None:
    other = a_codebook(a_code("silos", definition="Else."), a_code("belief", name="mutual Trust"))
    with pytest.raises(QualcodeError) as told:
        import_codes(BOOK, other)

    assert [found.message for found in told.value.problems] == [
        'the code "silos" cannot be taken over: its id "silos" belongs to "silos" here, '
        "which is another code",
        'the code "belief" cannot be taken over: its name "mutual Trust" belongs to "trust" '
        "here, which is another code",
    ]
    assert told.value.problem.number == "Q340"


RETIRED = retire_code(BOOK, "silos", because="empty")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda: find_code(BOOK, "silo"), 'Q330 the codebook has no code "silo". Did you mean'),
        (lambda: new_code(BOOK, "Silos"), 'Q331 the codebook has a code with the id "silos"'),
        (lambda: new_code(BOOK, "mutual  trust"), 'Q331 .* the name "Mutual trust" already'),
        (lambda: new_code(BOOK, "信任"), "Q332 no id can be made from the name"),
        (lambda: new_code(BOOK, "A", code_id="A b"), 'Q312 "A b" cannot be an id'),
        (lambda: new_code(BOOK, "A", parent="b"), 'Q330 the codebook has no code "b"'),
        (lambda: new_code(BOOK, "A", said=Said(valence="bad")), 'Q317 "valence" is "bad"'),
        (lambda: new_code(BOOK, "A", said=Said(lenses=("x",))), 'Q308 code "a" names lens "x"'),
        (lambda: rename_code(BOOK, "silos", "mutual trust"), "Q331"),
        (lambda: rename_code(BOOK, "silos", " "), "Q332"),
        (lambda: rename_code(RETIRED, "silos", "A"), r"Q333 .* in use: retired \(empty\)"),
        (lambda: define_code(BOOK, "silos", Said()), "Q334 nothing was said"),
        (
            lambda: move_code(move_code(BOOK, "silos", under="trust"), "trust", under="silos"),
            'Q335 the code "trust" cannot stand under "silos"',
        ),
        (lambda: merge_codes(BOOK, ["silos"], into="silos"), "Q336"),
        (
            lambda: merge_codes(
                merge_codes(BOOK, ["silos"], into="faces"), ["faces"], into="silos"
            ),
            "Q538",
        ),
        (lambda: merge_codes(RETIRED, ["faces"], into="silos"), "Q333"),
        (lambda: split_code(BOOK, "silos", into=["A", ""]), "Q337"),
        (lambda: split_code(BOOK, "silos", into=["A", "a"]), "Q331"),
        (lambda: retire_code(BOOK, "silos", because=" "), "Q338"),
        (lambda: restore_code(BOOK, "silos"), 'Q339 the code "silos" is in use'),
    ],
)
def test_what_cannot_be_done_is_told(change: Callable[[], object], told: str) -> None:
    with pytest.raises(QualcodeError, match=told):
        change()


@st.composite
def merges(draw: st.DrawFn) -> tuple[int, list[tuple[int, int]], list[tuple[int, int]]]:
    """A forest of merges, twice, in two orders."""
    n = draw(st.integers(2, 8))
    order = draw(st.permutations(range(n)))
    targets = [
        (order[k], order[draw(st.integers(0, k - 1))]) for k in range(1, n) if draw(st.booleans())
    ]
    return n, draw(st.permutations(targets)), draw(st.permutations(targets))


@given(merges())
def test_merges_give_the_same_codebook_in_any_order(
    case: tuple[int, list[tuple[int, int]], list[tuple[int, int]]],
) -> None:
    n, first, second = case
    books: list[Codebook] = []
    for order in (first, second):
        book = a_codebook(*(a_code(f"c{k}") for k in range(n)))
        for source, target in order:
            book = merge_codes(book, [f"c{source}"], into=f"c{target}")
        books.append(book)
    ends = {code.id: resolve(books[0], code.id) for code in books[0].codes}

    assert books[0] == books[1]
    assert all(resolve(books[0], end) == end for end in ends.values())
    assert {f"c{source}" for source, _ in first}.isdisjoint(ends.values())


def test_the_difference_tells_every_kind_of_change() -> None:
    before = a_codebook(*(a_code(one) for one in "abcdefghi"), pairs=(a_pair("p1"),))
    after = define_code(before, "a", Said(definition="Else.", cues=("x",), exclude=("No.",)))
    after = rename_code(after, "b", "Bee")
    after = merge_codes(after, ["c"], into="b")
    after = split_code(after, "d", into=["D one", "D two"])
    after = move_code(after, "e", under="a")
    after = retire_code(after, "f", because="empty")
    after = define_code(after, "g", Said(valence="obstacle", examples=("q",), kind="theme"))
    after = define_code(after, "h", Said(in_vivo=True, origin="int-01"))
    after = replace(after, codes=tuple(code for code in after.codes if code.id != "i"))

    assert [(c.kind, c.code_id, c.before, c.after) for c in compare_codebooks(before, after)] == [
        ("born", "d-one", "", ""),
        ("born", "d-two", "", ""),
        ("defined anew", "a", "A code.", "Else. Exclude: No."),
        ("renamed", "b", "B", "Bee"),
        ("merged", "c", "", "b"),
        ("split", "d", "", "d-one, d-two"),
        ("moved", "e", "the top", "A"),
        ("retired", "f", "", "empty"),
        ("removed", "i", "A code.", ""),
        ("cues", "a", "", "x"),
        ("examples", "g", "", "q"),
        ("valence", "g", "either", "obstacle"),
        ("kind", "g", "code", "theme"),
        ("kind", "h", "code", "code, in vivo"),
        ("origin", "h", "", "int-01"),
    ]


def test_a_restored_code_is_told_with_what_it_had_been() -> None:
    before = retire_code(merge_codes(BOOK, ["silos"], into="trust"), "faces", because="empty")
    after = restore_code(restore_code(before, "silos"), "faces")

    assert [(c.kind, c.before) for c in compare_codebooks(before, after)] == [
        ("restored", "merged into trust"),
        ("restored", "retired: empty"),
    ]


def test_a_code_born_and_merged_is_told_as_both() -> None:
    after = merge_codes(add_code(BOOK, a_code("new")), ["new"], into="silos")

    assert [c.kind for c in compare_codebooks(BOOK, after)] == ["born", "merged"]


def test_a_renamed_code_does_not_change_the_pairs_that_have_its_name() -> None:
    before = a_codebook(a_code("silos"), a_code("trust"), pairs=(a_pair("p1"),))
    after = rename_code(before, "silos", "Corridors")
    worded = replace(after.pairs[0], obstacle=Pole("Corridors", ("silos",)))

    assert other_changes(before, replace(after, pairs=(worded,))) == ()


def test_pairs_are_called_as_the_method_does() -> None:
    before = a_codebook(a_code("silos"), a_code("trust"), pairs=(a_pair("p1"),))

    assert other_changes(before, replace(before, pairs=()), profile("reflexive")) == (
        "Themes removed: p1.",
    )


def test_changes_besides_the_codes_are_sentences() -> None:
    before = a_codebook(a_code("a"), a_code("b"), pairs=(a_pair("p1"), a_pair("p2")))
    after = replace(
        before,
        name="Other",
        codes=before.codes[::-1],
        lenses=(Lens("work", "Work"),),
        pairs=(a_pair("p1", obstacle="a"),),
    )

    assert other_changes(before, after) == (
        'The codebook is called "Other" now, "A codebook" before.',
        "Lenses added: work.",
        "Pairs removed: p2.",
        "Pairs changed: p1.",
        "The codes stand in another order.",
    )
