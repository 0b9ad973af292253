"""WebVTT, SubRip and SubViewer: sound files, and broken ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.core.model import Cue
from qualcode.core.problems import QualcodeError
from qualcode.core.protocols import Source
from qualcode.plugins.readers.captions import read_times, voices
from qualcode.plugins.readers.subrip import reader as subrip
from qualcode.plugins.readers.webvtt import reader as webvtt
from tests.readers_files import a_source, numbers_of, refusal
from tests.shared_data import shared

TIMES = "00:00:05.120 --> 00:00:08.400"


def a_vtt(*blocks: str) -> Source:
    return a_source("\n\n".join(["WEBVTT", *blocks]) + "\n", "a.vtt")


def only_cue(*lines: str) -> Cue:
    (cue,) = webvtt(a_vtt("\n".join([TIMES, *lines]))).cues
    return cue


def test_a_teams_caption_gives_speaker_words_times_and_line() -> None:
    cue = webvtt(
        a_vtt(f"3f2c1d1e-0b1c/12-0\n{TIMES}\n<v O'Neil, Mark (Police)>Thanks\nall.</v>")
    ).cues

    assert cue == (Cue("Thanks all.", "O'Neil, Mark (Police)", 5.12, 8.4, 5),)


def test_a_zoom_caption_keeps_the_name_in_its_words() -> None:
    assert only_cue("Sarah Jones: There is one issue: time.") == Cue(
        "Sarah Jones: There is one issue: time.", "", 5.12, 8.4, 4
    )


def test_a_webex_identifier_names_the_speaker() -> None:
    cues = webvtt(a_vtt(f'12 "Sarah Jones" (4171520)\n{TIMES}\nThanks.')).cues

    assert cues == (Cue("Thanks.", "Sarah Jones", 5.12, 8.4, 5),)


def test_several_voices_in_one_caption_are_several_cues() -> None:
    cues = webvtt(a_vtt(f"{TIMES}\n<v.loud Ann>Now</v>\n<v Bo>Yes</v> both")).cues

    assert [(cue.speaker, cue.text, cue.line) for cue in cues] == [
        ("Ann", "Now", 4),
        ("Bo", "Yes", 5),
        ("", "both", 5),
    ]


def test_a_voice_without_an_end_holds_to_the_end_of_the_caption() -> None:
    assert list(voices(["<v Ann>Now", "then"], 3)) == [("Ann", "Now then", 3)]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("<i>It</i> <c.red.b>changes</c>", "It changes"),
        ("When the moon <00:17.500>hits <00:00:18.000>your eye", "When the moon hits your eye"),
        ("AT&amp;T &lt;b&gt; caf&#233;&nbsp;now", "AT&T <b> café now"),
        ("{\\an8}above", "above"),
        ('<font color="red">red</font>', "red"),
        ("she <laughs> and 2 < 3", "she <laughs> and 2 < 3"),
        ("R&D and fish&chips", "R&D and fish&chips"),
    ],
)
def test_tags_and_entities_go_and_words_stay(marked: str, plain: str) -> None:
    assert only_cue(marked).text == plain


def test_notes_styles_and_regions_are_counted() -> None:
    extract = webvtt(
        a_vtt(
            "STYLE\n::cue { color: red }", "REGION\nid:a", "NOTE by\nKyle", f"{TIMES}\nHi", "NOTE"
        )
    )

    assert [cue.text for cue in extract.cues] == ["Hi"]
    assert extract.dropped == (
        ("caption note", 2),
        ("caption region", 1),
        ("caption style", 1),
    )


def test_words_that_begin_like_a_note_are_words() -> None:
    assert [cue.text for cue in webvtt(a_vtt(f"{TIMES}\nNOTE that well")).cues] == [
        "NOTE that well"
    ]


def test_captions_without_empty_lines_between_them_are_told_apart() -> None:
    cues = webvtt(a_vtt("1\n00:01.0 --> 00:02.0\nOne\n2\n00:03.0 --> 00:04.0\nTwo")).cues

    assert [(cue.text, cue.start) for cue in cues] == [("One", 1.0), ("Two", 3.0)]


def test_a_missing_header_is_a_problem_and_costs_nothing() -> None:
    extract = webvtt(a_source(f"{TIMES}\nHi", "a.vtt"))

    assert extract.cues == (Cue("Hi", "", 5.12, 8.4, 2),)
    assert numbers_of(extract) == ["Q209"]
    assert "WEBVTT is missing" in extract.problems[0].message


def test_times_that_cannot_be_read_cost_only_the_times() -> None:
    extract = webvtt(a_vtt(f"{TIMES}\nOne", "00:00:07.000 --> 00:00:1d.890\nTwo"))

    assert extract.cues[1] == Cue("Two", "", None, None, 7)
    assert numbers_of(extract) == ["Q209"]
    assert extract.problems[0].line == 6
    assert extract.problems[0].remedy.startswith("Its words were kept without times.")


def test_a_caption_without_times_is_kept() -> None:
    extract = webvtt(a_vtt(f"{TIMES}\nOne", "Two", "Three"))

    assert [cue.start for cue in extract.cues] == [5.12, None, None]
    assert "no times, here and 1 times more" in extract.problems[0].message


def test_a_caption_that_runs_backwards_is_kept_as_it_is() -> None:
    extract = webvtt(a_vtt("00:09.000 --> 00:08.000\nOne"))

    assert (extract.cues[0].start, extract.cues[0].end) == (9.0, 8.0)
    assert "ends before it starts" in extract.problems[0].message


def test_a_caption_without_words_is_counted() -> None:
    assert webvtt(a_vtt(TIMES, f"{TIMES}\nHi")).dropped == (("caption without words", 1),)


@pytest.mark.parametrize("text", ["WEBVTT", "Just some prose.", "WEBVTT\n\nno times at all"])
def test_no_caption_with_times_is_no_text(text: str) -> None:
    assert refusal(webvtt, text) == "Q207"


def test_three_alike_in_a_row_without_a_speaker_are_flagged_and_kept() -> None:
    extract = webvtt(a_vtt(*[f"{TIMES}\nThank you."] * 3))

    assert len(extract.cues) == 3
    assert numbers_of(extract) == ["Q228"]
    assert '"Thank you." comes 3 times in a row, from 0:00:05 on' in str(extract.problems[0])


def test_a_person_may_say_the_same_three_times() -> None:
    assert webvtt(a_vtt(*[f"{TIMES}\n<v Ann>Yeah.</v>"] * 3)).problems == ()


@pytest.mark.parametrize(
    ("timing", "times"),
    [
        ("00:00:05,120 --> 00:00:08,400", (5.12, 8.4)),
        ("0:0:0.0 --> 0:0:1.250", (0.0, 1.25)),
        ("01:02:03 --> 01:02:04", (3723.0, 3724.0)),
        ("75:00.5 --> 75:01.25 align:start", (4500.5, 4501.25)),
        ("0:00:00.378,0:00:11.378", (0.378, 11.378)),
        ("00:00:60.000 --> 00:01:00.000", None),
        ("00:60:00.000 --> 01:00:00.000", None),
        ("five --> six", None),
        ("00:00:05.120 -->", None),
    ],
)
def test_times(timing: str, times: tuple[float, float] | None) -> None:
    assert read_times(timing) == times


def test_subrip_is_read() -> None:
    extract = subrip(a_source("1\n00:00:05,120 --> 00:00:08,400\nThanks\nall.\n", "a.srt"))

    assert extract.cues == (Cue("Thanks all.", "", 5.12, 8.4, 3),)
    assert extract.reader == "subrip"


def test_subviewer_is_read() -> None:
    extract = subrip(a_source("0:00:00.378,0:00:11.378\nOne[br]two\n", "a.sbv"))

    assert extract.cues == (Cue("One two", "", 0.378, 11.378, 2),)


def test_repeats_in_subrip_are_flagged() -> None:
    block = "1\n00:00:05,120 --> 00:00:08,400\nThank you.\n\n"

    assert numbers_of(subrip(a_source(block * 3, "a.srt"))) == ["Q228"]


SENTENCES = st.text(alphabet="abc ,.é’", min_size=1, max_size=30).filter(str.strip)


@given(st.lists(SENTENCES, min_size=1, max_size=8))
def test_sound_captions_are_read_as_the_library_for_them_does(sentences: list[str]) -> None:
    from webvtt import WebVTT

    source = a_vtt(
        *[f"{i}\n00:00:0{i}.500 --> 00:00:0{i}.900\n{s}" for i, s in enumerate(sentences)]
    )
    theirs = WebVTT.from_string(source.data.decode())
    ours = webvtt(source).cues

    assert [cue.text for cue in ours] == [" ".join(cue.text.split()) for cue in theirs]
    assert [cue.start for cue in ours] == [cue.start_in_seconds + 0.5 for cue in theirs]


def outcome(name: str) -> tuple[int, list[str]]:
    path = shared("data", "ingestion_files", "tests", "subtitles", name)
    reader = webvtt if name.endswith(".vtt") else subrip
    try:
        extract = reader(Source(name, path.read_bytes()))
    except QualcodeError as error:
        return 0, [error.problem.number]
    return len(extract.cues), numbers_of(extract)


@pytest.mark.parametrize(
    ("name", "n_cues", "problems"),
    [
        ("captions_with_bom.vtt", 4, []),
        ("comments.vtt", 3, []),
        ("cue_tags.vtt", 3, []),
        ("empty.vtt", 0, ["Q201"]),
        ("invalid.vtt", 7, ["Q209"]),
        ("invalid_timeframe.vtt", 7, ["Q209"]),
        ("invalid_timeframe_in_cue_text.vtt", 3, []),
        ("metadata_headers.vtt", 2, []),
        ("metadata_headers_multiline.vtt", 2, []),
        ("missing_caption_text.vtt", 4, []),
        ("missing_timeframe.vtt", 7, ["Q209"]),
        ("no_captions.vtt", 0, ["Q207"]),
        ("one_caption.vtt", 1, []),
        ("sample.vtt", 16, []),
        ("styles.vtt", 1, []),
        ("using_identifiers.vtt", 6, []),
        ("youtube_dl.vtt", 4, []),
        ("invalid_format.sbv", 0, ["Q207"]),
        ("invalid_format1.srt", 0, ["Q207"]),
        ("invalid_format2.srt", 0, ["Q207"]),
        ("invalid_format3.srt", 0, ["Q207"]),
        ("invalid_format4.srt", 0, ["Q207"]),
        ("invalid_timeframe.sbv", 5, ["Q209", "Q209"]),
        ("invalid_timeframe.srt", 5, []),
        ("missing_caption_text.sbv", 4, ["Q209"]),
        ("missing_caption_text.srt", 4, []),
        ("missing_timeframe.sbv", 5, ["Q209", "Q209"]),
        ("missing_timeframe.srt", 5, ["Q209"]),
        ("one_caption.srt", 1, []),
        ("sample.sbv", 5, ["Q209"]),
        ("sample.srt", 5, []),
        ("two_captions.sbv", 2, []),
    ],
)
def test_real_files_sound_and_broken(name: str, n_cues: int, problems: list[str]) -> None:
    assert outcome(name) == (n_cues, problems)
