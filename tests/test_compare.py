from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.comparing.compare import compare_code, compare_codes, find_shared
from qualcode.analysis.comparing.extremes import find_extremes
from qualcode.analysis.comparing.halves import find_halves
from qualcode.analysis.comparing.incidents import Incident, incidents_of
from qualcode.analysis.comparing.proposals import find_proposals, proposal_key
from qualcode.analysis.comparing.words import log_odds, telling_words
from qualcode.analysis.likeness import Weights, cohesion, likeness_to_rest, terms_of
from qualcode.core.model import Coding, Passage, Span, Speaker
from tests.compare_factory import an_incident, incidents, vectors
from tests.factory import a_bullet, a_code, a_codebook, a_document

WORDS = st.lists(
    st.sampled_from(["silo", "wall", "trust", "ferry", "letter", "board", "door"]), max_size=6
)


def test_terms_leave_out_function_words_and_numbers() -> None:
    assert terms_of("The 3 walls are NOT ours, they've said", str.lower) == ("walls",)


def test_weights_follow_the_smoothed_formula() -> None:
    weights = Weights.of([("silo", "wall"), ("silo",)])

    assert {term: round(n, 4) for term, n in weights.rarity.items()} == {
        "silo": 1.0,
        "wall": 1.4055,
    }


def test_likeness_to_rest_by_hand() -> None:
    # the rest of "a" is b + ab/sqrt(2): length sqrt(2 + sqrt(2)), in common 1/sqrt(2)
    half = 0.5**0.5
    found = likeness_to_rest([{"a": 1.0}, {"b": 1.0}, {"a": half, "b": half}])

    assert [round(one or 0.0, 4) for one in found] == [0.3827, 0.3827, 1.0]


def test_one_segment_alone_has_no_likeness() -> None:
    assert likeness_to_rest([{"a": 1.0}]) == (None,)


def test_cohesion_is_the_mean_of_all_pairs() -> None:
    assert round(cohesion([{"a": 1.0}, {"a": 1.0}, {"b": 1.0}]), 4) == 0.3333


def test_log_odds_by_hand() -> None:
    # prior scaled to 8 words: a 4, b 4; ln(7/5) - ln(5/7), over sqrt(1/7 + 1/5)
    found = log_odds({"a": 3, "b": 1}, {"a": 1, "b": 3}, {"a": 40, "b": 40})

    assert [(one.word, round(one.log_odds, 4), round(one.z, 4)) for one in found] == [
        ("a", 0.6729, 1.1493),
        ("b", -0.6729, -1.1493),
    ]


def test_log_odds_of_sides_of_different_length_by_hand() -> None:
    # prior of 10 words: cold 2, rota 1, trust 7. rota: ln(6/9) - ln(1/14), over sqrt(1/6 + 1/1);
    # cold: ln(2/13) - ln(4/11), over sqrt(1/2 + 1/4); trust: ln(7/8) - ln(10/5), sqrt(1/7 + 1/10)
    first, second = {"rota": 5}, {"cold": 2, "trust": 3}
    found = log_odds(first, second, {"cold": 4, "rota": 2, "trust": 14})

    assert [(one.word, round(one.log_odds, 4), round(one.z, 4)) for one in found] == [
        ("rota", 2.2336, 2.0679),
        ("cold", -0.8602, -0.9933),
        ("trust", -0.8267, -1.6775),
    ]


def test_a_prior_of_given_size_holds_words_closer() -> None:
    # a prior of 80 words: ln(43/41) - ln(41/43), over sqrt(1/43 + 1/41)
    found = log_odds({"a": 3, "b": 1}, {"a": 1, "b": 3}, {"a": 40, "b": 40}, prior_size=80)

    assert [(one.word, round(one.log_odds, 4), round(one.z, 4)) for one in found] == [
        ("a", 0.0953, 0.4364),
        ("b", -0.0953, -0.4364),
    ]


def test_a_word_said_once_is_not_telling() -> None:
    found = log_odds({"a": 9, "b": 1}, {"c": 10}, {"a": 9, "b": 1, "c": 10})
    first, second = telling_words(found)

    assert ([one.word for one in first], [one.word for one in second]) == (["a"], ["c"])


def test_least_like_the_rest_comes_first() -> None:
    held = incidents("walls between agencies", "walls between services", "the ferry is late")
    found = compare_code(held, vectors(held))

    assert found[0].incident.coded.quote == "the ferry is late"
    assert found[0].likeness == 0.0


def test_groups_by_kind_keep_the_order_of_kinds() -> None:
    held = [
        an_incident("walls", doc_id="m", kind="minutes"),
        an_incident("walls again", doc_id="i", kind="interview notes"),
    ]
    found = compare_code(held, vectors(held), by="kind")

    assert [one.group for one in found] == ["interview notes", "minutes"]


def test_those_of_no_case_stand_last() -> None:
    held = [
        an_incident("walls", doc_id="a", case_id=None, speaker=""),
        an_incident("walls", doc_id="b", case_id=None, speaker="Jo"),
        an_incident("walls", doc_id="c", case_id="P02"),
    ]

    assert [one.group for one in compare_code(held, vectors(held), by="case")] == [
        "P02",
        "Jo (no case)",
        "nobody",
    ]


@given(st.lists(WORDS, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_change_a_comparison(
    passages: list[list[str]], chance: object
) -> None:
    held = [an_incident(" ".join(p) or "-", doc_id=f"d{n}") for n, p in enumerate(passages)]
    mixed = list(held)
    chance.shuffle(mixed)  # type: ignore[attr-defined]

    assert compare_code(mixed, vectors(mixed)) == compare_code(held, vectors(held))


@given(st.lists(WORDS, min_size=2, max_size=8))
def test_likeness_lies_between_0_and_1(passages: list[list[str]]) -> None:
    weights = Weights.of(passages)
    found = likeness_to_rest([weights.vector(p) for p in passages])

    assert all(one is not None and 0.0 <= one <= 1.0 for one in found)


def test_shared_stretches_are_named_by_how_they_lie() -> None:
    first = [an_incident("x" * 10, "a", start=n) for n in (0, 100, 200)]
    second = [
        an_incident("x" * 10, "b", start=0),
        an_incident("x" * 4, "b", start=103),
        an_incident("x" * 10, "b", start=205),
        an_incident("x" * 10, "b", start=210),
    ]

    assert [one.how for one in find_shared(first, second)] == [
        "same span",
        "one inside the other",
        "overlapping",
    ]


def test_spans_that_only_touch_do_not_overlap() -> None:
    first, second = an_incident("x" * 5, "a"), an_incident("x" * 5, "b", start=5)

    assert list(find_shared([first], [second])) == []


def test_a_segment_nearer_to_the_other_code_is_found() -> None:
    first = incidents("walls corridor", "corridor walls", "ferry letter", code_id="a", doc_id="d1")
    second = incidents("ferry letter late", "letter ferry signed", code_id="b", doc_id="d2")
    found = compare_codes(first, second, vectors([*first, *second]))

    assert [one.incident.coded.quote for one in found.nearer_second] == ["ferry letter"]
    assert found.nearer_first == ()
    assert (found.n_first, found.first_shared, found.n_second) == (3, 0, 2)


def test_extremes_go_by_strength_where_it_is_given() -> None:
    held = [
        an_incident("walls a problem", doc_id="a", strength=-1),
        an_incident("walls", doc_id="b", strength=-2),
        an_incident("walls a problem, a barrier", doc_id="c"),
    ]
    found = [
        one for one in find_extremes(compare_code(held, vectors(held))) if "strongest" in one.edge
    ]

    assert [(one.by, one.compared.incident.coded.doc_id) for one in found] == [
        ("strength -2", "b"),
        ("strength -1", "a"),
    ]


def test_extremes_go_by_confidence_before_words() -> None:
    held = [
        an_incident("walls", doc_id="a", confidence="unsure"),
        an_incident("walls", doc_id="b", confidence="sure"),
    ]
    found = find_extremes(compare_code(held, vectors(held)))

    assert [one.by for one in found[:2]] == ["coder is sure", "coder is unsure"]


def test_extremes_go_by_words_at_last() -> None:
    held = [
        an_incident("a wall", doc_id="a"),
        an_incident("a problem, a delay, a barrier", doc_id="b"),
    ]
    found = find_extremes(compare_code(held, vectors(held)))

    assert (found[0].by, found[0].compared.incident.coded.doc_id) == ("clauses that say so: 3", "b")


def test_what_speaks_against_the_code_is_disconfirming() -> None:
    held = [
        an_incident("walls", doc_id="a"),
        an_incident("no walls", doc_id="b", valence="neutral"),
        an_incident("walls help", doc_id="c", valence="catalyst"),
    ]
    found = find_extremes(compare_code(held, vectors(held)), "obstacle")
    against = [one for one in found if one.edge == "disconfirming"]

    assert [(one.compared.incident.coded.doc_id, one.by) for one in against] == [
        ("c", "catalyst; the code is obstacle"),
        ("b", "neutral; the code is obstacle"),
    ]


def test_two_themes_fall_into_halves_and_one_does_not() -> None:
    one = ["solicitor agreement share", "agreement solicitor sign", "solicitor share sign"] * 3
    two = ["target figure hospital", "hospital target bed", "figure bed hospital"] * 3
    mixed = [
        [f"w{(n * k) % 11}" for k in (1, 3, 7)]
        for n in range(1, 19)
    ]  # fmt: skip
    passages = [text.split() for text in one + two]
    found = find_halves(passages, Weights.of(passages))

    assert found is not None
    assert {found.first, found.second} == {tuple(range(9)), tuple(range(9, 18))}
    assert find_halves(mixed, Weights.of(mixed)) is None


def test_the_parts_of_a_code_are_not_called_by_names() -> None:
    one = ["hp agreement share", "agreement hp sign", "hp share sign"] * 3
    two = ["target figure hospital", "hospital target bed", "figure bed hospital"] * 3
    held = incidents(*one, *two, code_id="a")
    named, unnamed = (
        find_proposals(a_codebook(a_code("a")), held, vectors(held), str.lower, names=names)
        for names in (frozenset(), frozenset({"hp"}))
    )

    assert any("hp" in part for part in named[0].words)
    assert unnamed[0].action == "split"
    assert not any("hp" in part for part in (*unnamed[0].words, unnamed[0].why))


def actions(held: list[Incident], *code_ids: str) -> list[tuple[str, tuple[str, ...]]]:
    codes = [a_code(c, name=f"{c}{c}", definition=f"About {c}ness.") for c in code_ids]
    found = find_proposals(a_codebook(*codes), held, vectors(held), str.lower)
    return [(one.action, one.code_ids) for one in found]


def test_codes_that_overlap_are_proposed() -> None:
    quotes = ["walls here", "doors there", "ferry late", "letter sent"]
    held = [*incidents(*quotes, code_id="a"), *incidents(*quotes[:3], code_id="b")]

    assert actions(held, "a", "b") == [("overlap", ("a", "b"))]


def test_codes_of_like_names_are_proposed_but_not_an_obstacle_and_its_catalyst() -> None:
    held = incidents("walls", code_id="a")
    names = {"name": "Joint training days", "definition": ""}
    alike = a_codebook(a_code("a", **names), a_code("b", **names))
    opposed = a_codebook(
        a_code("a", valence="obstacle", **names), a_code("b", valence="catalyst", **names)
    )
    found = [find_proposals(book, held, vectors(held), str.lower) for book in (alike, opposed)]

    assert [[one.action for one in each] for each in found] == [["synonym"], []]


def test_thin_codes_and_codes_of_one_document_are_proposed_after_enough_documents() -> None:
    many = [an_incident(f"walls {n}", "a", doc_id=f"d{n}") for n in range(6)]
    alone = incidents("ferry one", "boat two", "quay three", code_id="b", doc_id="d1")
    thin = incidents("sign it", code_id="c", doc_id="d2")

    assert actions([*many, *alone, *thin], "a", "b", "c") == [
        ("one document", ("b",)),
        ("thin", ("c",)),
    ]
    assert actions([*many[:5], *alone, *thin], "a", "b", "c") == []


def test_the_observer_counts_for_nothing_in_proposals() -> None:
    many = [an_incident(f"walls {n}", "a", doc_id=f"d{n}") for n in range(6)]
    own = [an_incident(f"ferry {n}", "b", doc_id=f"d{n}", voice="observer") for n in range(5)]

    assert actions([*many, *own], "a", "b") == [("thin", ("b",))]


def test_the_key_of_a_proposal_does_not_depend_on_the_order_of_codes() -> None:
    assert proposal_key("overlap", ("a", "b")) == proposal_key("overlap", ("b", "a"))
    assert proposal_key("overlap", ("a", "b")) != proposal_key("synonym", ("a", "b"))


def test_coders_who_agree_are_one_incident_and_those_who_differ_are_two() -> None:
    document = a_document(a_bullet("walls everywhere"))
    span = Span(document.text.index("walls"), document.text.index("walls") + 5)
    codings = [
        Coding("1", "int-01", span, "walls", "a", "bf", "obstacle", strength=-1),
        Coding("2", "int-01", span, "walls", "a", "ad", "obstacle", strength=-2),
        Coding("3", "int-01", span, "walls", "a", "cg", "catalyst"),
    ]
    found = list(incidents_of(document, codings, CaseBook.of(()), a_codebook(a_code("a"))))

    assert sorted((one.coders, one.coded.valence, one.strength) for one in found) == [
        (("ad", "bf"), "obstacle", -2),
        (("cg",), "catalyst", None),
    ]


def test_codings_of_a_merged_code_count_with_its_heir() -> None:
    document = a_document(a_bullet("walls"))
    coding = Coding("1", "int-01", Span(2, 7), "walls", "old", "ad")
    book = a_codebook(a_code("old", merged_into="new"), a_code("new"))

    assert [i.coded.code_id for i in incidents_of(document, [coding], CaseBook.of(()), book)] == [
        "new"
    ]


def test_a_span_over_two_voices_is_a_paraphrase() -> None:
    document = a_document(a_bullet("says walls, walls"))
    passages = (Passage(Span(0, 6), "paraphrase"), Passage(Span(6, 30), "verbatim"))
    document = a_document(a_bullet("says walls, walls"), passages=passages)
    codings = [
        Coding("1", "int-01", Span(2, 12), document.text[2:12], "a", "ad"),
        Coding("2", "int-01", Span(7, 12), document.text[7:12], "a", "ad"),
    ]
    found = incidents_of(document, codings, CaseBook.of(()), a_codebook(a_code("a")))

    assert [one.coded.voice for one in found] == ["paraphrase", "verbatim"]


def test_the_question_of_a_transcript_is_the_turn_of_the_researcher() -> None:
    document = a_document(
        a_bullet("How are the walls?", "turn 1", speaker_id="S1"),
        a_bullet("High.", "turn 2", speaker_id="S2"),
        kind="transcript",
        speakers=(Speaker("S1", "Int", is_researcher=True), Speaker("S2", "Jo")),
    )
    start = document.text.index("High")
    coding = Coding("1", "int-01", Span(start, start + 4), "High", "a", "ad")
    found = incidents_of(document, [coding], CaseBook.of(()), a_codebook(a_code("a")))

    assert [one.question for one in found] == ["How are the walls?"]
