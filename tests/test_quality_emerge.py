from __future__ import annotations

from benchmarks.quality_emerge import (
    Units,
    discovered,
    groups_of_tfidf,
    half_sample,
    random_groups,
    shares,
)


def units(*codes: str) -> Units:
    """One unit per document; its codes are the letters."""
    n = len(codes)
    doc_ids, texts = (tuple(f"{what}{k}" for k in range(n)) for what in ("d", "words "))
    return Units("made", doc_ids, texts, tuple(frozenset(one) for one in codes))


def test_a_code_is_discovered_where_most_of_a_group_carry_it() -> None:
    held = units("a", "a", "ab", "b", "b", "b")

    assert discovered([[0, 1, 2, 3, 4]], held) == {"a", "b"}
    assert discovered([[0, 1, 2, 3, 4, 5]], held) == {"b"}


def test_two_members_discover_nothing() -> None:
    assert discovered([[0, 1], [2, 3]], units("a", "a", "a", "a")) == frozenset()


def test_only_codes_of_five_units_are_counted() -> None:
    held = units("ab", "ab", "ab", "ab", "a")

    assert held.counted_codes() == ("a",)
    assert shares([[0, 1, 2]], held) == [1.0, 1.0, 1.0, 1.0]


def test_random_groups_are_as_large_and_share_no_unit() -> None:
    found = random_groups([[1, 2, 3], [4, 5]], 9, 1)

    assert [len(group) for group in found] == [3, 2]
    assert len({n for group in found for n in group}) == 5


def test_a_half_sample_holds_half_of_the_documents_whole() -> None:
    held = Units("made", ("a", "a", "b", "b"), ("1", "2", "3", "4"), (frozenset(),) * 4)
    found = half_sample(held, 1)

    assert len(found.texts) == 2
    assert len(set(found.doc_ids)) == 1


def test_groups_of_words_come_the_largest_first() -> None:
    texts = ("late ferry",) * 7 + ("blue permit",) * 5
    held = Units("made", tuple(f"d{n}" for n in range(12)), texts, (frozenset(),) * 12)

    assert [len(group) for group in groups_of_tfidf(held)] == [7, 5]
