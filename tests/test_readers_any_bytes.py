"""Whatever bytes a reader is given, it gives back an extract or one clear problem."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from qualcode.core.model import Extract
from qualcode.core.problems import QualcodeError
from qualcode.core.protocols import Reader
from tests.readers_files import READERS, a_sound_file_of, a_source

IDS = [reader.name for reader in READERS]
MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
each_reader = pytest.mark.parametrize("reader", READERS, ids=IDS)


def outcome(reader: Reader, data: bytes) -> str:
    """Reads the bytes and holds what comes back against what every reader promises."""
    name = f"folder/a{reader.suffixes[0]}"
    extract = problem = None
    try:
        extract = reader(a_source(data, name))
    except QualcodeError as error:
        problem = error.problem
    if problem is not None:
        assert problem.path == name
        assert re.fullmatch(r"Q2\d\d", problem.number)
        assert "\n" not in str(problem)
        return problem.number
    assert isinstance(extract, Extract)
    assert extract.reader == reader.name
    assert sum(map(bool, (extract.lines, extract.cues, extract.rows))) == 1
    assert all(n > 0 for _, n in extract.dropped)
    for text in _texts(extract):
        text.encode("utf-8")
        assert "\x00" not in text
    assert not any("\n" in line.text for line in extract.lines)
    return "read"


def _texts(extract: Extract) -> list[str]:
    return [
        *(line.text for line in extract.lines),
        *(part for cue in extract.cues for part in (cue.text, cue.speaker)),
        *(cell for row in extract.rows for cell in row.cells),
        *(part for fact in extract.facts for part in fact),
        *(part for found in extract.problems for part in (found.message, found.remedy)),
    ]


@each_reader
def test_a_sound_file_is_read_without_a_problem(reader: Reader) -> None:
    extract = reader(a_source(a_sound_file_of(reader), f"a{reader.suffixes[0]}"))

    assert extract.problems == ()
    assert any("hang" in text or "Now" in text for text in _texts(extract))


@each_reader
def test_the_same_bytes_always_give_the_same_extract(reader: Reader) -> None:
    source = a_source(a_sound_file_of(reader), "a")

    assert reader(source) == reader(source)


@each_reader
def test_no_bytes_are_an_empty_file(reader: Reader) -> None:
    assert outcome(reader, b"") == "Q201"


@each_reader
@MANY
@given(data=st.binary(max_size=400))
def test_random_bytes(reader: Reader, data: bytes) -> None:
    assert outcome(reader, data)


@each_reader
@MANY
@given(text=st.text(max_size=300))
@example(text="---\n\ud7ff: [\n---\n")
def test_random_text(reader: Reader, text: str) -> None:
    assert outcome(reader, text.encode("utf-8"))
    assert outcome(reader, text.encode("utf-16"))


PIECES = {
    "text": ["---\n", "a: ", "[", "]", "&x", "*x", "\n", "# ", "\f", "- ", "x", "\r"],
    "webvtt": ["WEBVTT", "\n", "\n\n", "00:01.000", " --> ", "<v A>", "</v>", "<", "&lt;", "NOTE"],
    "subrip": ["1", "\n", "\n\n", "00:00:01,000", " --> ", "0:00:01.0,0:00:02.0", "hm", "{\\an8}"],
    "whisper": [
        '{"segments":',
        "[",
        "]",
        "{",
        "}",
        '"text":',
        '"a"',
        "1e999",
        "NaN",
        ",",
        '"\\ud800"',
    ],
    "sheet": ['"', ",", ";", "\t", "\n", "\r", "a", "sep=;", '""', "\x0b"],
    "html": [
        "<p>",
        "<table>",
        "<tr>",
        "<td rowspan=2>",
        "<ul>",
        "<li>",
        "</ul>",
        "<br>",
        "x",
        "<nav>",
    ],
    "rtf": [
        "{\\rtf1",
        "{",
        "}",
        "\\u-10179",
        "?",
        "\\'93",
        "\\par",
        "\\cell",
        "\\row",
        "\\trowd",
        "x",
    ],
}


@pytest.mark.parametrize("reader", [r for r in READERS if r.name in PIECES], ids=lambda r: r.name)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_pieces_of_the_format_in_any_order(reader: Reader, data: st.DataObject) -> None:
    pieces = data.draw(st.lists(st.sampled_from(PIECES[reader.name]), max_size=30))
    start = "{\\rtf1 " if reader.name == "rtf" else ""

    assert outcome(reader, (start + "".join(pieces)).encode())


@each_reader
@MANY
@given(data=st.data())
def test_a_sound_file_with_bytes_changed(reader: Reader, data: st.DataObject) -> None:
    sound = bytearray(a_sound_file_of(reader))
    places = st.integers(0, len(sound) - 1)
    for place, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=8)):
        sound[place] = byte

    assert outcome(reader, bytes(sound))


@each_reader
@MANY
@given(data=st.data())
def test_a_sound_file_cut_off(reader: Reader, data: st.DataObject) -> None:
    sound = a_sound_file_of(reader)
    end = data.draw(st.integers(0, len(sound)))

    assert outcome(reader, sound[:end])
