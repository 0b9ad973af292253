from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.matching import Matcher
from qualcode.core.cues import CueError, parse_cue
from qualcode.plugins.language import word_forms
from qualcode.store.codebook_file import read_codebook


def found(cue: str, text: str) -> list[str]:
    matcher = Matcher([parse_cue(cue)], word_forms("en"))
    return [text[hit.start : hit.end] for hit in matcher.find(text)]


@pytest.mark.parametrize(
    ("cue", "text", "expected"),
    [
        ("delegate", "New delegates again", ["delegates"]),
        ("send", "They sent someone, keep sending", ["sent", "sending"]),
        ("sent", "They send someone", ["send"]),
        ("meeting", "We met before the meetings", ["meetings"]),
        ("KPI", "our KPIs clash", ["KPIs"]),
        ("chair", "the Chair’s remit", ["Chair’s"]),
        ("silo*", "a siloed mind", ["siloed"]),
        ("organi?ation", "organization or organisation", ["organization", "organisation"]),
        ("start from scratch", "we started from scratch", ["started from scratch"]),
        ("multi agency", "multi-agency work", ["multi-agency"]),
        ("not our (job|remit)", "that's not our remit", ["not our remit"]),
        ("(a|the|) different person", "different person", ["different person"]),
        ("(turn up|attend) alone", "she turned up alone", ["turned up alone"]),
        ("send ... different", "sends us someone different", ["sends us someone different"]),
        ("send ... different", "sends one two three four different", []),
        ("work ~3 isolation", "isolation in which we work", ["isolation in which we work"]),
        ("work ~3 isolation", "work a b c d isolation", []),
        ("=IT", "it is the IT system", ["IT"]),
        ('="Every Child"', "every child; Every Child", ["Every Child"]),
        ("chair !~4 lift", "the chair lift broke", []),
        ("chair !~2 lift", "the chair spoke of the lift", ["chair"]),
        ("don't know", "they don’t know", ["don’t know"]),
        ("don't send", "they do send", []),
        ("not our job", "it isn't our job", ["isn't our job"]),
        ("silo ~3 training", "break down silos. Joint training", []),
        ("return ~3 ask", 'the "return." (She asked)', []),
        ("return ~3 ask", "return. She did return and ask", ["return and ask"]),
        ("diff people", "diff. people", ["diff. people"]),
        ("meet ... nurse", "met Dr. Nurse", ["met Dr. Nurse"]),
        ("chair !~3 lift", "the chair. The lift", []),
    ],
)
def test_a_cue_finds_what_its_language_says(cue: str, text: str, expected: list[str]) -> None:
    hits = found(cue, text)

    assert hits == expected


@pytest.mark.parametrize(
    ("cue", "offset", "reason"),
    [
        ("", 0, "it is empty"),
        ("not our (job|remit", 8, 'this "(" is never closed'),
        ("job)", 3, '")" has no "(" before it'),
        ("work ~ isolation", 5, '"~" does not say how many words'),
        ("work ~99 isolation", 5, '"~99" does not say how many words'),
        ("work ~3", 7, "a word is missing here"),
        ("*", 0, '"*" alone would match every word'),
        ("... silo", 0, '"..." must stand between words'),
        ("(a|)", 0, "every word of it is optional"),
        ("= IT", 0, 'nothing follows "="'),
        ("silo; turf", 4, '";" has no meaning in a cue'),
        ("a ~2 b ~2 c", 7, "it has a second ~"),
        ("(|)", 0, "these brackets are empty"),
        ("(a ~2 b)", 3, '"~2" stands inside brackets'),
    ],
)
def test_a_bad_cue_says_where_and_why(cue: str, offset: int, reason: str) -> None:
    with pytest.raises(CueError) as raised:
        parse_cue(cue)

    assert (raised.value.offset, raised.value.reason) == (offset, reason)
    assert raised.value.todo.endswith(".")


def test_hits_of_one_cue_do_not_overlap() -> None:
    hits = found("very very", "very very very very")

    assert hits == ["very very", "very very"]


def test_an_unknown_language_matches_words_as_written() -> None:
    matcher = Matcher([parse_cue("delegate")], word_forms("zz"))

    assert [hit.start for hit in matcher.find("delegates delegate")] == [10]


@given(st.text(alphabet='ab (|)~!*?="3.…-', max_size=30))
def test_any_text_is_a_cue_or_a_cue_error(text: str) -> None:
    fault = fault_of(text)

    assert fault is None or 0 <= fault.offset <= len(text)


def fault_of(text: str) -> CueError | None:
    try:
        parse_cue(text)
    except CueError as error:
        return error
    return None


@given(st.lists(st.sampled_from(["silo", "our", "job", "not", "the"]), max_size=12))
def test_a_phrase_is_found_exactly_where_a_plain_search_finds_it(words: list[str]) -> None:
    expected = sum(words[i : i + 2] == ["not", "our"] for i in range(len(words)))

    assert len(found("not our", " ".join(words))) == expected


def test_a_lone_equals_sign_asks_for_a_word() -> None:
    fault = fault_of("silo =")

    assert fault is not None
    assert fault.todo == 'Write a word right behind "=".'


def codes_found(text: str) -> set[str]:
    path = Path(__file__).parent.parent / "codebooks" / "collaboration.yaml"
    rules = [(code.id, cue) for code in read_codebook(path).codebook.codes for cue in code.cues]
    matcher = Matcher([parse_cue(cue) for _, cue in rules], word_forms("en"))
    return {rules[hit.rule][0] for hit in matcher.find(text)}


@pytest.mark.parametrize(
    ("text", "code_id"),
    [
        ("the delegates change all the time", "changing-delegates"),
        ("the same person came for two years", "same-delegates"),
        ("the chair fixes the remit", "chair-fixes-remit"),
        ("I was a joiner before I did this", "late-or-no-specialised-training"),
    ],
)
def test_the_collaboration_codebook_finds_plain_wording(text: str, code_id: str) -> None:
    assert codes_found(text) == {code_id}


@pytest.mark.parametrize(
    "text",
    [
        "we all love each other of course",
        "Plumber, sparks, lovely lads",
        "two versions (including or not including)",
        "reservations about 'Carpenter' to identify instructors",
        "Next steps for bylaws writing group",
        "better guidelines and criteria for the next round",
        "he will transfer the domain to the organisation",
        "setting these up does not take too much staff time",
    ],
)
def test_the_collaboration_codebook_passes_over_ordinary_words(text: str) -> None:
    assert codes_found(text) == set()
