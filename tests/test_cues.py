from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.matching import Matcher
from qualcode.core.cues import CueError, parse_cue
from qualcode.plugins.language import word_forms


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
