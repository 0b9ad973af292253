from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.emerging.emerge import Emerged, Likeness, emerge
from qualcode.analysis.emerging.loose import Loose, loose_segments, name_words
from qualcode.analysis.emerging.tables import groups_table
from qualcode.analysis.emerging.unasked import find_unasked
from qualcode.analysis.matching import WordForms
from qualcode.analysis.segment import segment_document
from qualcode.core.model import Attendance, Document, Span, Speaker
from qualcode.core.protocols import Split
from tests.compare_factory import an_incident
from tests.factory import a_bullet, a_code, a_codebook, a_document

FERRY = ("the late ferry left islanders", "islanders wait, the late ferry", "late ferry, islanders")
SIGN = (
    "solicitors sign the agreement",
    "no agreement: solicitors sign",
    "agreement solicitors sign",
)
PLAINLY = Likeness(str.lower)
PLAIN = WordForms(lambda word: frozenset((word,)), lambda word: frozenset((word.lower(),)))


def sentences(text: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in re.finditer(r"\S[^.]*\.?", text)]


SPLIT: Split = sentences


def loose(text: str, doc_id: str, **fields: object) -> Loose:
    return Loose(doc_id, "minutes", "item 1", Span(0, len(text)), text, **fields)  # type: ignore[arg-type]


def two_themes() -> list[Loose]:
    return [
        *(loose(text, f"f{n}") for n, text in enumerate(FERRY)),
        *(loose(text, f"s{n}") for n, text in enumerate(SIGN)),
    ]


def grouped(found: Emerged) -> set[tuple[str, ...]]:
    return {group.doc_ids for group in found.groups}


def spans_offered(document: Document, *coded: Span) -> list[str]:
    segments = segment_document(document, split=SPLIT)
    return [one.text for one in loose_segments(document, segments, coded, CaseBook.of(()))]


def test_segments_that_speak_of_the_same_form_a_group() -> None:
    found = emerge([*two_themes(), loose("nothing like it", "x")], PLAINLY)

    assert grouped(found) == {("f0", "f1", "f2"), ("s0", "s1", "s2")}
    assert [one.doc_id for one in found.uncertain] == ["x"]


def test_a_group_is_named_by_a_phrase_of_a_segment() -> None:
    found = emerge(two_themes(), PLAINLY)

    assert [group.name for group in found.groups] == [
        "late ferry left islanders",
        "agreement solicitors sign",
    ]


def test_a_name_out_of_somebodys_own_words_is_in_vivo() -> None:
    spoken = [loose(text, f"f{n}", spoken=(Span(0, len(text)),)) for n, text in enumerate(FERRY)]
    found = emerge([*spoken, *two_themes()[3:]], PLAINLY)
    said = {group.doc_ids[0]: group.in_vivo for group in found.groups}

    assert said == {"f0": True, "s0": False}


def test_a_theme_of_one_document_is_no_group() -> None:
    held = [
        Loose("one", "minutes", "", Span(n * 50, n * 50 + 40), text) for n, text in enumerate(FERRY)
    ]

    assert emerge(held, PLAINLY) == Emerged((), tuple(held), 0)


def test_names_of_people_form_no_group() -> None:
    held = [loose(f"Okafor Beck Pryce {word}", word) for word in ("came", "left", "ate", "sang")]

    assert len(emerge(held, PLAINLY).groups) == 1
    assert emerge(held, Likeness(str.lower, frozenset({"okafor", "beck", "pryce"}))).groups == ()


def test_an_initial_of_a_name_does_not_cut_a_phrase_short() -> None:
    held = [loose(f"sold a ferry {word} islanders", word) for word in ("late", "later", "lately")]
    (group,) = emerge(held, Likeness(str.lower, frozenset({"a", "okafor"}))).groups

    assert group.name == "sold a ferry late islanders"


def test_the_words_that_set_a_group_apart_are_its_terms() -> None:
    found = emerge(two_themes(), PLAINLY)

    assert [group.terms for group in found.groups] == [
        ("ferry", "islanders", "late"),
        ("agreement", "sign", "solicitors"),
    ]


def test_fewer_groups_asked_for_leave_more_uncertain() -> None:
    found = emerge(two_themes(), PLAINLY, groups=1)

    assert (len(found.groups), found.weaker, len(found.uncertain)) == (1, 1, 3)


def test_groups_are_shown_with_what_compared_them() -> None:
    found = replace(emerge(two_themes(), PLAINLY), note="Likeness is of words only.")

    assert "Likeness is of words only." in groups_table(found).notes


class ByWord:
    """One meaning for texts with one of the words, another for the rest; keeps the texts."""

    name, version, dimension, languages = "by-word", "1", 2, ()

    def __init__(self, *loud: str) -> None:
        self.loud = loud
        self.asked: tuple[str, ...] = ()

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        self.asked = tuple(texts)
        rows = [(1, 0) if any(word in text for word in self.loud) else (0, 1) for text in texts]
        return np.array(rows, dtype=np.float32)


def test_an_encoder_parts_what_is_said_in_the_same_words() -> None:
    held = [loose(f"late ferry islanders {n}x", f"d{n}") for n in range(3)]
    held += [loose(f"ferry islanders late hurrah {n}x", f"e{n}") for n in range(3)]
    likeness = Likeness(str.lower, frozenset({"hurrah"}))
    silent = replace(likeness, names=frozenset(), encoder=ByWord("hurrah"))

    assert grouped(emerge(held, likeness)) == {("d0", "d1", "d2", "e0", "e1", "e2")}
    assert grouped(emerge(held, silent)) == {("d0", "d1", "d2"), ("e0", "e1", "e2")}


def test_names_and_dates_count_for_nothing_in_the_meaning_either() -> None:
    encoder = ByWord()
    held = [loose(f"{text}, Okafor (P15) on Monday", f"f{n}") for n, text in enumerate(FERRY)]
    emerge(held, Likeness(str.lower, frozenset({"okafor"}), encoder))

    assert encoder.asked[0] == "the late ferry left islanders on"


def test_nothing_uncoded_gives_no_group() -> None:
    assert emerge([], PLAINLY) == Emerged((), (), 0)


@settings(max_examples=30)
@given(
    st.lists(
        st.lists(st.sampled_from(["ferry", "late", "sign", "door", "wall", "card"]), max_size=5),
        max_size=14,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_segments_does_not_change_the_groups(
    texts: list[list[str]], chance: object
) -> None:
    held = [loose(" ".join(words), f"d{n}") for n, words in enumerate(texts)]
    mixed = list(held)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    found = emerge(held, PLAINLY)

    assert emerge(mixed, PLAINLY) == found
    inside = sum(len(group.members) for group in found.groups)
    assert inside + len(found.uncertain) == len(held) or found.weaker


def test_coded_observed_and_researchers_segments_are_not_offered() -> None:
    document = a_document(
        a_bullet("coded words", "bullet 1"),
        a_bullet("half coded words", "bullet 2"),
        a_bullet("[OC: tired]", "bullet 3", voice="observer"),
        a_bullet("why is that", "bullet 4", speaker_id="S1"),
        a_bullet("free words", "bullet 5"),
        speakers=(Speaker("S1", "Me", is_researcher=True),),
    )
    text = document.text
    one, half = text.index("coded"), text.index("half")
    coded = Span(one, one + 11), Span(half, half + 4)

    assert spans_offered(document, *coded) == ["free words"]
    assert "coded words" in spans_offered(document)


def test_only_emergent_documents_give_birth_to_codes() -> None:
    offered = [
        spans_offered(a_document(a_bullet("free words"), role=role))
        for role in ("emergent", "applied", "context")
    ]

    assert offered == [["free words"], [], []]


def test_names_are_those_of_cases_speakers_and_attendance() -> None:
    document = a_document(
        a_bullet("x"),
        speakers=(Speaker("S1", "Lorna Beck (facilitator)"),),
        attendance=(Attendance("H Pryce", "present"),),
    )

    assert name_words([document], CaseBook.of(())) == {"lorna", "beck", "h", "pryce"}


def test_a_code_that_no_question_mentions_came_unasked() -> None:
    codes = a_code("silos", name="Silos", cues=("corridor",)), a_code("trust", name="Trust")
    held = [
        an_incident("walls", "silos", doc_id="a", question="What gets in the way?"),
        an_incident("faith", "trust", doc_id="a", question="Is there trust here?"),
        an_incident("faith", "trust", doc_id="b", question="Anything else?"),
        an_incident("faith", "trust", doc_id="m", kind="minutes"),
    ]
    found = find_unasked(a_codebook(*codes), held, str.lower, PLAIN)

    assert [(one.code.id, one.asked, one.under, one.elsewhere) for one in found] == [
        ("silos", 0, 1, 0),
        ("trust", 1, 2, 1),
    ]
    assert [one.came_unasked for one in found] == [True, False]


def test_a_cue_in_the_question_counts_as_asking() -> None:
    code = a_code("silos", name="Silos", cues=("corridor",))
    held = [an_incident("walls", question="Who walks down your corridor?")]
    (found,) = find_unasked(a_codebook(code), held, str.lower, PLAIN)

    assert (found.asked, found.words) == (1, ("corridor",))
