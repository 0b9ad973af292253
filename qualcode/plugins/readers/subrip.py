"""SubRip (.srt) and YouTube's SubViewer (.sbv) captions."""

from __future__ import annotations

from qualcode.core.model import Extract
from qualcode.core.problems import P
from qualcode.core.protocols import Source
from qualcode.plugins.readers.base import FileReader, counted, fail
from qualcode.plugins.readers.captions import (
    NO_CUES,
    Reading,
    problems_of,
    read_blocks,
    repeats,
    split_blocks,
)
from qualcode.plugins.readers.encoding import read_text

NAME = "subrip"


def read(source: Source) -> Extract:
    """The cues of the file; a broken one gives every caption that can be read.

    Raises:
        QualcodeError: as `encoding.decode`, and NO_TEXT where no caption has times.
    """
    decoded = read_text(source)
    text = decoded.text
    if source.name.lower().endswith(".sbv"):
        text = text.replace("[br]", " ")
    reading = Reading()
    read_blocks(split_blocks(enumerate(text.split("\n"), start=1)), reading)
    if not any(cue.start is not None for cue in reading.cues):
        fail(P.NO_TEXT, source, reason=NO_CUES)
    faults = problems_of(reading, source.name)
    return Extract(
        reader=NAME,
        cues=tuple(reading.cues),
        dropped=counted(reading.dropped),
        problems=(*decoded.problems, *faults, *repeats(reading.cues, source.name)),
    )


reader = FileReader(name=NAME, version="1", suffixes=(".srt", ".sbv"), read=read)
