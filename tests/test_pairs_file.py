from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.model import Codebook, Lens, Pair, Pole
from qualcode.core.pair_changes import Pairs, Sides, edit_pair, order_pairs, remove_pair
from qualcode.core.problems import QualcodeError
from qualcode.store.codebook_file import CheckedCodebook
from qualcode.store.pairs_file import NEW_FILE, edit_pairs, read_pairs, with_pairs
from tests.factory import a_code, a_codebook, write

PATH = Path("pairs.yaml")
CODES = replace(
    a_codebook(
        *(a_code(one, valence="obstacle") for one in ("silos", "rank", "change")),
        *(a_code(one, valence="catalyst") for one in ("trust", "training", "buffer")),
    ),
    lenses=(Lens("person", "Person"), Lens("firm", "Firm")),
)
FILE = """\
# Agreed with AD on 3 March.
format: 1
pairs:
  # the one that everybody names
  - id: p1
    obstacle: silos  # see memo
    catalysts:
      - trust
      - {says: Learning together, codes: [training, buffer]}
    lenses: [firm, person]

  - id: p2
    # a half row
    obstacle: rank
    condition: in the first year
  # last of all
  - {id: p3, catalysts: [buffer]}
"""


def read(data: bytes | str) -> Pairs:
    return read_pairs(data.encode() if isinstance(data, str) else data, PATH, CODES)[0]


def edited(after: Pairs, data: str = FILE) -> str:
    return edit_pairs(data.encode(), PATH, CODES, after).decode()


def book(data: str = FILE) -> Codebook:
    return replace(CODES, pairs=read(data))


def test_a_pole_rests_on_one_code_or_on_several_with_wording_of_its_own() -> None:
    first = read(FILE)[0]

    assert first.obstacle == Pole("Silos", ("silos",))
    assert first.catalysts == (
        Pole("Trust", ("trust",)),
        Pole("Learning together", ("training", "buffer")),
    )
    assert first.lenses == ("firm", "person")


def test_half_rows_and_conditions_are_read() -> None:
    _, second, third = read(FILE)

    assert (second.catalysts, second.condition) == ((), "in the first year")
    assert (third.obstacle, third.number) == (None, 3)


def test_a_fault_points_at_its_line_in_pairs_yaml() -> None:
    _, problems = read_pairs(FILE.replace("- trust", "- trist").encode(), PATH, CODES)

    assert [str(one) for one in problems] == [
        'pairs.yaml:8:9: Q306 pair "p1" names code "trist", which is not in the codebook. '
        'Did you mean "trust"? Add that code or correct the name.'
    ]


def test_pairs_of_their_own_file_take_the_place_of_those_in_the_codebook(tmp_path: Path) -> None:
    path = write(tmp_path, "pairs.yaml", FILE)
    checked = with_pairs(CheckedCodebook(replace(CODES, pairs=(Pair("x", 1, None, ()),)), ()), path)

    assert [pair.id for pair in checked.codebook.pairs] == ["p1", "p2", "p3"]
    assert [(one.number, one.severity) for one in checked.problems] == [("Q607", "note")]


def test_an_edit_leaves_every_other_line_as_it_was() -> None:
    after = edit_pair(book(), "p1", Sides(obstacle="rank", condition="early on"))

    assert edited(after) == FILE.replace("obstacle: silos", "obstacle: rank").replace(
        "    lenses: [firm, person]\n", "    lenses: [firm, person]\n    condition: early on\n"
    )


def test_a_catalyst_is_added_behind_those_that_are_there() -> None:
    after = edit_pair(book(), "p3", Sides(more=("More trust=trust+training",)))

    assert edited(after) == FILE.replace(
        "{id: p3, catalysts: [buffer]}",
        "{id: p3, catalysts: [buffer, {says: More trust, codes: [trust, training]}]}",
    )


def test_a_new_order_takes_the_comments_along() -> None:
    text = edited(order_pairs(book(), ["p3", "p2"]))

    assert text == (
        "# Agreed with AD on 3 March.\nformat: 1\npairs:\n"
        "  # last of all\n  - {id: p3, catalysts: [buffer]}\n"
        "  - id: p2\n    # a half row\n    obstacle: rank\n    condition: in the first year\n"
        "  # the one that everybody names\n"
        + FILE[FILE.index("  - id: p1") : FILE.index("  - id: p2")]
    )


def test_a_removed_pair_leaves_its_comments_behind() -> None:
    text = edited(remove_pair(book(), "p2"))

    assert "rank" not in text
    assert "  # a half row\n  # last of all\n  - {id: p3, catalysts: [buffer]}\n" in text
    assert [(pair.id, pair.number) for pair in read(text)] == [("p1", 1), ("p3", 2)]


def test_the_last_pair_can_be_removed_and_another_one_added() -> None:
    emptied = edited((), "format: 1\npairs:\n  - {id: p1, obstacle: silos}\n")
    text = edited((Pair("p2", 1, Pole("Rank", ("rank",)), ()),), emptied)

    assert emptied == "format: 1\npairs:\n"
    assert text == "format: 1\npairs:\n  - id: p2\n    obstacle: rank\n"


def test_a_list_in_brackets_is_put_into_another_order() -> None:
    data = "format: 1\npairs: [{id: p1, obstacle: silos}, {id: p2, obstacle: rank}]\n"
    text = edited(order_pairs(book(data), ["p2"]), data)

    assert text == "format: 1\npairs: [{id: p2, obstacle: rank}, {id: p1, obstacle: silos}]\n"


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    data = ("\ufeff" + FILE).replace("\n", "\r\n").encode()
    after = order_pairs(replace(CODES, pairs=read(data)), ["p2"])
    changed = edit_pairs(data, PATH, CODES, after)

    assert changed.startswith(b"\xef\xbb\xbf#")
    assert changed.count(b"\n") == changed.count(b"\r\n") == data.count(b"\r\n")


def test_numbers_of_the_analysts_own_stay_with_their_pairs() -> None:
    second = "  - {id: b, number: 7, obstacle: rank}\n"
    data = "format: 1\npairs:\n  - {id: a, number: 3, obstacle: silos}\n" + second
    text = edited(remove_pair(book(data), "a"), data)

    assert text == "format: 1\npairs:\n" + second


def test_what_cannot_be_spliced_is_refused_and_not_guessed() -> None:
    first = "  - {id: p1, obstacle: silos, lenses: &l [firm]}\n"
    data = f"format: 1\npairs:\n{first}  - {{id: p2, obstacle: rank, lenses: *l}}\n"
    after = edit_pair(book(data), "p1", Sides(lenses=("person",)))
    with pytest.raises(QualcodeError) as stop:
        edit_pairs(data.encode(), PATH, CODES, after)

    assert stop.value.problem.number == "Q341"


poles = st.builds(
    lambda says, ids: Pole(says or "; ".join(one.capitalize() for one in ids), ids),
    st.sampled_from(["", "Words: of 'mine', #1", "{odd}", "- dash"]),
    st.lists(
        st.sampled_from(["trust", "training", "buffer"]), min_size=1, max_size=2, unique=True
    ).map(tuple),
)
sides = st.tuples(
    st.one_of(st.none(), st.sampled_from(["silos", "rank", "change"])),
    st.lists(poles, min_size=1, max_size=3).map(tuple),
    st.sampled_from([(), ("firm",), ("person", "firm")]),
    st.sampled_from(["", "early: and for some", "no"]),
)


@given(st.lists(sides, max_size=4), st.permutations(range(4)), st.integers(0, 4))
def test_any_pairs_are_written_read_and_put_in_order(
    given_pairs: list[tuple[str | None, tuple[Pole, ...], tuple[str, ...], str]],
    order: list[int],
    kept: int,
) -> None:
    pairs = tuple(
        Pair(f"p{n}", n, Pole(o.capitalize(), (o,)) if o else None, catalysts, lenses, condition)
        for n, (o, catalysts, lenses, condition) in enumerate(given_pairs, start=1)
    )
    data = edit_pairs(NEW_FILE, PATH, CODES, pairs)
    picked = [pairs[n] for n in order if n < len(pairs)][:kept]
    after = tuple(replace(pair, number=n) for n, pair in enumerate(picked, start=1))

    assert read(data) == pairs
    assert read(edit_pairs(data, PATH, CODES, after)) == after
