"""WebVTT, as Zoom, Teams, Webex and YouTube write it."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.core.model import Extract
from qualcode.core.problems import P
from qualcode.core.protocols import Source
from qualcode.plugins.readers.base import FileReader, counted, fail
from qualcode.plugins.readers.captions import (
    NO_CUES,
    NO_HEADER,
    Block,
    Reading,
    is_timing,
    problems_of,
    read_blocks,
    repeats,
    split_blocks,
)
from qualcode.plugins.readers.encoding import read_text

NAME = "webvtt"

_ASIDES = {"NOTE": "caption note", "STYLE": "caption style", "REGION": "caption region"}


def read(source: Source) -> Extract:
    """The cues of a WebVTT file, one for each voice in a caption.

    A broken file gives every caption that can be read, with a problem; captions without
    readable times keep their words.

    Raises:
        QualcodeError: as `encoding.decode`, and NO_TEXT where no caption has times.
    """
    decoded = read_text(source)
    lines = decoded.text.split("\n")
    reading = Reading()
    start = 0
    if lines[0].startswith("WEBVTT"):
        start = _after_header(lines)
    else:
        reading.fault(NO_HEADER, 1)
    numbered = enumerate(lines[start:], start=start + 1)
    read_blocks(_without_asides(split_blocks(numbered), reading), reading)
    if not any(cue.start is not None for cue in reading.cues):
        fail(P.NO_TEXT, source, reason=NO_CUES)
    faults = problems_of(reading, source.name)
    doubts = repeats(reading.cues, source.name, named=False)
    return Extract(
        reader=NAME,
        cues=tuple(reading.cues),
        dropped=counted(reading.dropped),
        problems=(*decoded.problems, *faults, *doubts),
    )


def _after_header(lines: list[str]) -> int:
    """How many lines the header has: up to an empty line or the first times."""
    for count, line in enumerate(lines[1:], start=1):
        if not line.strip() or is_timing(line):
            return count
    return len(lines)


def _without_asides(blocks: Iterator[Block], reading: Reading) -> Iterator[Block]:
    for block in blocks:
        words = block.lines[0].split(maxsplit=1) if block.lines else []
        aside = _ASIDES.get(words[0]) if words and block.timing is None else None
        if aside is not None and (aside == "caption note" or len(words) == 1):
            reading.dropped[aside] += 1
        else:
            yield block


reader = FileReader(name=NAME, version="1", suffixes=(".vtt",), read=read)
