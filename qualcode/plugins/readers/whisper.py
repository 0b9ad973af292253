"""Transcripts in JSON, as Whisper, WhisperX and whisper.cpp write them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from qualcode.core.model import Cue, Extract
from qualcode.core.problems import P, Problem, problem
from qualcode.core.protocols import Source
from qualcode.core.text import normalise
from qualcode.plugins.readers.base import FileReader, counted, fail, guarded
from qualcode.plugins.readers.captions import Reading, repeats
from qualcode.plugins.readers.encoding import decode

NAME = "whisper"

_LONGEST = 1_000_000.0  # seconds; a longer recording is a slip of the file


def read(source: Source) -> Extract:
    """The segments of the transcript as cues; their `speaker` where the file gives one.

    Raises:
        QualcodeError: as `encoding.decode`; NOT_A_TRANSCRIPT; NO_TEXT where no segment has
            words.
    """
    decoded = decode(source)
    segments = _segments(source, _load(source, decoded.text))
    reading = Reading()
    bad: list[tuple[int, str]] = []
    for number, segment in enumerate(segments, start=1):
        cue = _cue(segment)
        if isinstance(cue, str):
            bad.append((number, cue))
        elif cue.text:
            reading.cues.append(cue)
        else:
            reading.dropped["caption without words"] += 1
    if not reading.cues:
        fail(P.NO_TEXT, source, reason="no segment has words")
    return Extract(
        reader=NAME,
        cues=tuple(reading.cues),
        dropped=counted(reading.dropped),
        problems=(
            *decoded.problems,
            *_bad_segments(bad, source.name),
            *repeats(reading.cues, source.name),
        ),
    )


def _load(source: Source, text: str) -> object:
    with guarded(source):
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            fail(
                P.NOT_A_TRANSCRIPT,
                source,
                line=error.lineno,
                reason=f"it is no JSON: {error.msg.lower()}",
            )


def _segments(source: Source, found: object) -> list[object]:
    """The list of segments, wherever one of the known programs puts it."""
    if isinstance(found, dict):
        for key in ("segments", "transcription"):
            if isinstance(found.get(key), list):
                return list(found[key])
        fail(P.NOT_A_TRANSCRIPT, source, reason='it has no list of "segments"')
    if isinstance(found, list) and found and _is_segment(found[0]):
        return found
    return fail(P.NOT_A_TRANSCRIPT, source, reason="it is something else")


def _is_segment(found: object) -> bool:
    return isinstance(found, dict) and "text" in found and ("start" in found or "offsets" in found)


def _cue(segment: object) -> Cue | str:
    """The cue, or why there is none."""
    if not isinstance(segment, dict):
        return "it is no segment"
    text = segment.get("text")
    if not isinstance(text, str):
        return 'it has no "text"'
    start, end = _seconds(segment.get("start")), _seconds(segment.get("end"))
    offsets = segment.get("offsets")
    if isinstance(offsets, dict):  # whisper.cpp counts milliseconds
        start, end = _seconds(offsets.get("from"), 1000), _seconds(offsets.get("to"), 1000)
    speaker = segment.get("speaker")
    name = _words(speaker) if isinstance(speaker, str) else ""
    return Cue(_words(text), name, start, end)


def _words(text: str) -> str:
    """Text on one line; halves of characters that JSON lets through become "?"."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return " ".join(normalise(text).split())


def _seconds(value: object, parts: int = 1) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value) / parts
    except (ValueError, OverflowError):
        return None
    return seconds if math.isfinite(seconds) and 0 <= seconds <= _LONGEST else None


def _bad_segments(bad: list[tuple[int, str]], path: str) -> Iterator[Problem]:
    if bad:
        first, reason = bad[0]
        yield problem(P.BAD_SEGMENTS, path=path, n=len(bad), first=first, reason=reason)


reader = FileReader(name=NAME, version="1", suffixes=(".json",), read=read)
