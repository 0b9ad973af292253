from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.core.model import Lens, Pole
from qualcode.core.pair_changes import (
    Pairs,
    Sides,
    add_pair,
    edit_pair,
    find_pair,
    new_pair_id,
    order_pairs,
    read_pole,
    remove_pair,
)
from qualcode.core.problems import QualcodeError
from tests.factory import a_code, a_codebook, a_pair

BOOK = replace(
    a_codebook(
        a_code("silos", valence="obstacle", lenses=("firm",)),
        a_code("trust", valence="catalyst"),
        a_code("training", valence="catalyst"),
        a_code("gone", retired="too thin"),
        pairs=(
            a_pair("p1", catalysts=("trust",)),
            replace(a_pair("p2", obstacle=None, catalysts=("training",)), number=2),
        ),
    ),
    lenses=(Lens("firm", "Firm"), Lens("person", "Person")),
)


def ids(pairs: Pairs) -> list[tuple[str, int]]:
    return [(pair.id, pair.number) for pair in pairs]


def number_of(stop: pytest.ExceptionInfo[QualcodeError]) -> str:
    return stop.value.problem.number


def test_a_side_is_a_code_by_id_or_name() -> None:
    assert read_pole(BOOK, "Trust") == Pole("Trust", ("trust",))
    assert read_pole(BOOK, "training") == Pole("Training", ("training",))


def test_a_side_may_rest_on_several_codes_with_wording_of_its_own() -> None:
    assert read_pole(BOOK, "trust + training") == Pole("Trust; Training", ("trust", "training"))
    assert read_pole(BOOK, "Time = trust+training") == Pole("Time", ("trust", "training"))


def test_a_retired_code_grounds_no_side() -> None:
    with pytest.raises(QualcodeError) as stop:
        read_pole(BOOK, "gone")

    assert 'code "gone"' in str(stop.value)


def test_a_new_pair_stands_last_with_the_lenses_of_its_obstacle() -> None:
    pairs = add_pair(BOOK, "p3", Sides("silos", ("trust", "training")))

    assert pairs[:2] == BOOK.pairs
    assert (pairs[2].number, pairs[2].lenses) == (3, ("firm",))
    assert [pole.says for pole in pairs[2].catalysts] == ["Trust", "Training"]


def test_lenses_keep_the_analysts_order() -> None:
    pairs = edit_pair(BOOK, "p1", Sides(lenses=("Person", "firm")))

    assert pairs[0].lenses == ("person", "firm")


def test_an_unknown_lens_is_refused() -> None:
    with pytest.raises(QualcodeError) as stop:
        edit_pair(BOOK, "p1", Sides(lenses=("persons",)))

    assert str(stop.value) == (
        'Q308 pair "p1" names lens "persons", which is not in the codebook. '
        'Did you mean "person"? Add it under `lenses` or correct the name.'
    )


def test_an_id_that_a_pair_once_had_is_not_given_again() -> None:
    assert new_pair_id(BOOK.pairs, {"p1", "p7", "other"}) == "p8"


def test_two_pairs_cannot_have_one_id() -> None:
    with pytest.raises(QualcodeError) as stop:
        add_pair(BOOK, "p1", Sides("silos"))

    assert number_of(stop) == "Q605"


def test_an_edit_adds_and_takes_away_catalysts_and_keeps_the_id() -> None:
    pairs = edit_pair(BOOK, "1", Sides(more=("training",), fewer=("trust",)))

    assert ids(pairs) == [("p1", 1), ("p2", 2)]
    assert [pole.code_ids for pole in pairs[0].catalysts] == [("training",)]


def test_a_catalyst_that_is_none_cannot_be_taken_away() -> None:
    with pytest.raises(QualcodeError) as stop:
        edit_pair(BOOK, "p1", Sides(fewer=("training",)))

    assert number_of(stop) == "Q606"


def test_a_pair_with_nothing_on_either_side_is_refused() -> None:
    with pytest.raises(QualcodeError) as stop:
        edit_pair(BOOK, "p2", Sides(catalysts=()))

    assert number_of(stop) == "Q313"


def test_a_half_becomes_whole_and_a_whole_a_half() -> None:
    whole = edit_pair(BOOK, "p2", Sides(obstacle="silos"))
    half = edit_pair(BOOK, "p1", Sides(obstacle=""))

    assert whole[1].obstacle == Pole("Silos", ("silos",))
    assert half[0].obstacle is None


def test_removing_a_pair_counts_the_others_off_anew() -> None:
    assert ids(remove_pair(BOOK, "p1")) == [("p2", 1)]


def test_pairs_not_named_stand_behind_in_their_order() -> None:
    three = replace(BOOK, pairs=add_pair(BOOK, "p3", Sides("silos")))

    assert ids(order_pairs(three, ["p3"])) == [("p3", 1), ("p1", 2), ("p2", 3)]


def test_a_pair_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(QualcodeError) as stop:
        find_pair(BOOK.pairs, "p11")

    assert str(stop.value).startswith('Q604 there is no pair "p11". Did you mean "p1"?')
