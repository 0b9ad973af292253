"""Transcripts in JSON."""

from __future__ import annotations

import json

import pytest

from qualcode.core.model import Cue, Extract
from qualcode.plugins.readers.whisper import reader
from tests.readers_files import a_source, numbers_of, refusal
from tests.shared_data import shared


def read(found: object) -> Extract:
    return reader(a_source(json.dumps(found), "a.json"))


def test_segments_become_cues_and_the_speaker_may_be_missing() -> None:
    extract = read(
        {
            "text": "Now. Yes.",
            "segments": [
                {"start": 5.12, "end": 8.4, "text": " Now.", "speaker": "SPEAKER_00"},
                {"start": 8.9, "end": 11, "text": " Yes."},
            ],
        }
    )

    assert extract.cues == (Cue("Now.", "SPEAKER_00", 5.12, 8.4), Cue("Yes.", "", 8.9, 11.0))
    assert extract.problems == ()


def test_a_bare_list_of_segments_is_read() -> None:
    assert read([{"start": "1.5", "end": 2, "text": "Now"}]).cues == (Cue("Now", "", 1.5, 2.0),)


def test_the_milliseconds_of_whisper_cpp_are_read() -> None:
    segments = [{"offsets": {"from": 1500, "to": 2000}, "text": " Now"}]

    assert read({"transcription": segments}).cues == (Cue("Now", "", 1.5, 2.0),)


@pytest.mark.parametrize("start", [None, True, "soon", -1, 1e12, float("nan"), 10**400, [1]])
def test_a_time_that_is_none_costs_only_the_time(start: object) -> None:
    assert read([{"start": start, "end": 2, "text": "Now"}]).cues == (Cue("Now", "", None, 2.0),)


def test_segments_that_cannot_be_read_are_one_problem() -> None:
    extract = read({"segments": [{"text": "Now"}, {"text": 3}, "x", {"text": " "}]})

    assert numbers_of(extract) == ["Q230"]
    assert (
        '2 segments of the transcript cannot be read (first: segment 2, it has no "text")'
        in str(extract.problems[0])
    )
    assert extract.dropped == (("caption without words", 1),)


def test_invented_repeats_are_flagged_and_kept() -> None:
    words = ["So.", "Thank you.", "Thank you.", "thank you.", "Bye.", "Bye."]
    extract = read({"segments": [{"start": i, "text": text} for i, text in enumerate(words)]})

    assert [cue.text for cue in extract.cues] == words
    assert numbers_of(extract) == ["Q228"]
    assert '"Thank you." comes 3 times in a row, from 0:00:01 on' in str(extract.problems[0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1,\n}', "it is no JSON"),
        ('{"name": "package"}', 'it has no list of "segments"'),
        ('{"segments": 3}', 'it has no list of "segments"'),
        ("[1, 2]", "it is something else"),
        ('[{"text": "a post"}]', "it is something else"),
        ('"text"', "it is something else"),
    ],
)
def test_json_that_is_no_transcript_is_refused(text: str, said: str) -> None:
    from qualcode.core.problems import QualcodeError

    with pytest.raises(QualcodeError) as caught:
        reader(a_source(text, "a.json"))

    assert caught.value.problem.number == "Q227"
    assert said in caught.value.problem.message


def test_broken_json_is_refused_at_its_line() -> None:
    from qualcode.core.problems import QualcodeError

    with pytest.raises(QualcodeError) as caught:
        reader(a_source('{"segments": [\n{"text" 1}]}', "a.json"))

    assert caught.value.problem.line == 2


def test_half_characters_are_mended() -> None:
    assert (
        reader(a_source('[{"start": 0, "text": "a\\ud83d\\ude00 b\\ud800"}]')).cues[0].text
        == "a😀 b\ufffd"
    )


def test_no_words_are_no_text() -> None:
    assert refusal(reader, '{"segments": [{"text": " "}]}') == "Q207"


def test_the_sample_is_read() -> None:
    data = shared("samples", "whisper.json").read_bytes()

    assert [(cue.speaker, cue.start) for cue in reader(a_source(data)).cues] == [
        ("SPEAKER_00", 5.12),
        ("", 8.9),
    ]
