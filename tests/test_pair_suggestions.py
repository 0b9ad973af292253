from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.pair_suggestions import (
    PairSuggestion,
    find_pair_suggestions,
    reasons,
    suggestion_key,
)
from qualcode.core.model import Codebook
from tests.compare_factory import an_incident, vectors
from tests.factory import a_code, a_codebook, a_pair

BOOK = a_codebook(
    a_code("changing", definition="Delegates change at every meeting.", valence="obstacle"),
    a_code("rank", definition="Seniors outrank juniors.", valence="obstacle"),
    a_code("staying", definition="The same delegates at every meeting.", valence="catalyst"),
    a_code("food", definition="Lunch is served.", valence="catalyst"),
    a_code("money", definition="Funds.", valence="either"),
)
WORDS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"]


def said(code_id: str, turn: int, valence: str, *, n: int = 0, **fields: Any) -> Incident:
    """A passage of its own words in one turn of a document."""
    quote = f"{WORDS[(turn * 3 + n) % 10]} {code_id} said"
    start = fields.pop("start", turn * 100 + n * 30)
    one = an_incident(quote, code_id, start=start, valence=valence, **fields)
    return replace(one, turn=turn)


def suggested(incidents: list[Incident], codebook: Codebook = BOOK) -> list[PairSuggestion]:
    return list(find_pair_suggestions(codebook, incidents, vectors(incidents), str.lower))


def together(incidents: list[Incident], obstacle: str, catalyst: str) -> tuple[Any, ...]:
    found = next(
        one
        for one in suggested(incidents)
        if (one.obstacle.id, one.catalyst.id) == (obstacle, catalyst)
    )
    return found.together.by, found.together.documents


def test_codes_described_alike_and_of_opposite_valence_come_first() -> None:
    found = suggested([said("changing", 1, "obstacle"), said("food", 40, "catalyst")])

    assert found[0].title == "Changing -> Staying"
    assert found[0].words == ("delegates", "meeting")


def test_each_segment_of_the_obstacle_counts_once_by_the_closest_way() -> None:
    incidents = [
        said("changing", 1, "obstacle"),
        said("staying", 1, "catalyst", start=100),
        said("staying", 2, "catalyst"),
        said("changing", 5, "obstacle"),
        said("staying", 5, "catalyst", n=1),
        said("changing", 8, "obstacle", doc_id="int-02"),
        said("staying", 9, "catalyst", doc_id="int-02"),
        said("changing", 20, "obstacle", doc_id="int-02"),
    ]
    incidents[1] = replace(
        incidents[1], coded=replace(incidents[1].coded, span=incidents[0].coded.span)
    )

    assert together(incidents, "changing", "staying") == (
        (("same segment", 1), ("same turn", 1), ("neighbouring turn", 1)),
        2,
    )


def test_standing_together_more_often_than_chance_is_grounds_enough() -> None:
    incidents = [
        one
        for turn in (1, 20, 40)
        for one in (said("rank", turn, "obstacle"), said("food", turn, "catalyst", n=1))
    ] + [said("changing", turn, "obstacle") for turn in range(60, 90, 3)]
    found = [one for one in suggested(incidents) if one.obstacle.id == "rank"]

    assert [one.catalyst.id for one in found] == ["food"]
    assert reasons(found[0])[-1] == (
        "together at 3 of 3 segments of the obstacle (3 same turn; 1 document); by chance 1.1"
    )


def test_a_pair_that_is_one_already_is_not_suggested() -> None:
    pairs = (a_pair("p1", obstacle="changing", catalysts=("staying",)),)
    found = suggested([said("changing", 1, "obstacle")], replace(BOOK, pairs=pairs))

    assert "Changing -> Staying" not in [one.title for one in found]


def test_a_code_of_either_valence_stands_on_the_side_that_segments_give_it() -> None:
    incidents = [
        one
        for turn in (1, 20, 40)
        for one in (said("rank", turn, "obstacle"), said("money", turn, "catalyst", n=1))
    ] + [said("changing", turn, "obstacle") for turn in range(60, 90, 3)]
    titles = [one.title for one in suggested(incidents)]

    assert "Rank -> Money" in titles
    assert not any(title.startswith("Money") for title in titles)


def test_context_and_the_observer_are_no_evidence() -> None:
    incidents = [
        one
        for turn in (1, 20, 40)
        for one in (
            said("rank", turn, "obstacle"),
            said("food", turn, "catalyst", n=1, voice="observer"),
            said("food", turn, "catalyst", n=2, role="context"),
        )
    ]

    assert [one.title for one in suggested(incidents)] == ["Changing -> Staying"]


def test_the_key_tells_obstacle_from_catalyst() -> None:
    assert suggestion_key("a", "b") == suggestion_key("a", "b")
    assert suggestion_key("a", "b") != suggestion_key("b", "a")


codings = st.lists(
    st.builds(
        said,
        st.sampled_from(["changing", "rank", "staying", "food", "money"]),
        st.integers(0, 5),
        st.sampled_from(["obstacle", "catalyst", "mixed", "neutral"]),
        n=st.integers(0, 1),
        doc_id=st.sampled_from(["a", "b"]),
        voice=st.sampled_from(["verbatim", "observer"]),
    ),
    max_size=14,
)


@given(codings)
def test_standing_together_equals_a_brute_force_count(incidents: list[Incident]) -> None:
    heard = [
        one
        for one in incidents
        if one.coded.voice != "observer" and one.coded.valence in ("obstacle", "catalyst", "mixed")
    ]
    for one in suggested(incidents):
        places = {
            i.place: i
            for i in heard
            if i.coded.code_id == one.obstacle.id and i.coded.valence in ("obstacle", "mixed")
        }
        others = [
            i
            for i in heard
            if i.coded.code_id == one.catalyst.id and i.coded.valence in ("catalyst", "mixed")
        ]
        near = [
            place
            for place, i in places.items()
            if any(o.coded.doc_id == i.coded.doc_id and abs(o.turn - i.turn) <= 1 for o in others)
        ]
        assert one.together.of == len(places)
        assert one.together.times == len(near)
        assert one.together.documents == len({place[0] for place in near})
