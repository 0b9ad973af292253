"""Timed captions of any dialect: blocks, times and voices, sound or broken."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from qualcode.core.model import Cue
from qualcode.core.problems import P, Problem, problem
from qualcode.core.text import clock, normalise

_TIME = r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?"
_TIMING = re.compile(rf"\s*{_TIME}\s*(?:-->|,)\s*{_TIME}(?=\s|$)")
_SBV_TIMING = re.compile(r"\s*\d+:\d+:[^\s,]+,\d+:\d+:[^\s,]+\s*$")
_INDEX = re.compile(r"\s*(?:\d+|[0-9a-fA-F]{8}-[0-9a-fA-F-]{27}(?:/\d+-\d+)?)\s*$")
# Cisco Webex writes the speaker into the identifier: 12 "Sarah Jones" (4171520).
_WEBEX = re.compile(r'\s*\d+\s+"([^"]+)"\s+\(\d+\)\s*$')

_VOICE = re.compile(r"<(?:v(?:\.[^\s<>]*)?(?:[ \t\n]([^<>]*))?|(/)v[^<>]*)>")
# Only tags that captions have; "<laughs>" is something that a transcriber wrote.
_TAG = re.compile(
    r"</?(?:[cibus]|lang|ruby|rt|font|span|em|strong|br)(?:[.\s/][^<>]*)?>"
    r"|<[\d:.]+>|</>|\{\\[a-z]+\d*[^{}]*\}",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|\w{2,31});")

_MANY = 3
NO_CUES = "no caption with times"


@dataclass(frozen=True, slots=True)
class Block:
    """One caption as it stands: its first line, timing line, identifier and words."""

    line: int
    timing: str | None
    timing_line: int
    label: str
    lines: tuple[str, ...]


@dataclass(slots=True)
class Reading:
    """What is found while the blocks of one file are gone through."""

    cues: list[Cue] = field(default_factory=list)
    faults: dict[str, list[int]] = field(default_factory=dict)
    dropped: Counter[str] = field(default_factory=Counter)

    def fault(self, reason: str, line: int) -> None:
        self.faults.setdefault(reason, []).append(line)


_TODO = {
    "the line WEBVTT is missing": "Its captions were read all the same. Put WEBVTT at the top.",
    "the times of a caption cannot be read": "Its words were kept without times."
    " Correct the times.",
    "a caption has no times": "Its words were kept without times. Add the times, or check that"
    " they are words of the recording.",
    "a caption ends before it starts": "It was kept as it is. Correct its times.",
}
NO_HEADER, BAD_TIMES, NO_TIMES, BACKWARDS = _TODO


def is_timing(line: str) -> bool:
    """Whether the line gives, or tries to give, the times of a caption."""
    return "-->" in line or _SBV_TIMING.match(line) is not None


def read_times(timing: str) -> tuple[float, float] | None:
    """Start and end in seconds, or None where they cannot be read.

    >>> read_times("00:00:05,120 --> 00:00:08.4 align:start")
    (5.12, 8.4)
    """
    match = _TIMING.match(timing)
    if match is None:
        return None
    start, end = _seconds(match.groups()[:4]), _seconds(match.groups()[4:])
    return (start, end) if start is not None and end is not None else None


def _seconds(parts: Sequence[str | None]) -> float | None:
    hours, minutes, seconds = (int(part or 0) for part in parts[:3])
    if seconds > 59 or (parts[0] is not None and minutes > 59):
        return None
    fraction = (parts[3] or "").ljust(3, "0")[:3]
    return ((hours * 60 + minutes) * 60 + seconds) + int(fraction) / 1000


def split_blocks(lines: Iterable[tuple[int, str]]) -> Iterator[Block]:
    """Captions between empty lines; a timing line always begins one, even without them.

    Args:
        lines: pairs of a line number and a line.
    """
    held: list[tuple[int, str]] = []
    timing: tuple[int, str] | None = None
    label = ""
    for number, line in lines:
        if not line.strip():
            yield from _close(held, timing, label)
            held, timing, label = [], None, ""
        elif is_timing(line):
            is_label = bool(held) and (
                bool(_INDEX.match(held[-1][1])) if timing or len(held) > 1 else True
            )
            new_label = held.pop()[1] if is_label else ""
            yield from _close(held, timing, label)
            held, timing, label = [], (number, line), new_label
        else:
            held.append((number, line))
    yield from _close(held, timing, label)


def _close(
    held: list[tuple[int, str]], timing: tuple[int, str] | None, label: str
) -> Iterator[Block]:
    if timing is None and len(held) > 1 and _INDEX.match(held[0][1]):
        held = held[1:]
    if held or timing:
        number, text = timing or (held[0][0], None)
        first = held[0][0] if held else number
        yield Block(first, text, number, label, tuple(line for _, line in held))


def read_blocks(blocks: Iterable[Block], reading: Reading) -> None:
    """Add the cues of the blocks, and what is wrong with them, to the reading."""
    for block in blocks:
        words = [*voices(block.lines, block.line)]
        if not words:
            if block.timing:
                reading.dropped["caption without words"] += 1
            continue
        times = _times(block, words, reading)
        if times == "index":
            continue
        start, end = times if isinstance(times, tuple) else (None, None)
        webex = _WEBEX.match(block.label)
        for speaker, text, line in words:
            name = speaker or (normalise(webex[1]).strip() if webex else "")
            reading.cues.append(Cue(text, name, start, end, line))


def _times(
    block: Block, words: list[tuple[str, str, int]], reading: Reading
) -> tuple[float, float] | str | None:
    if block.timing is None:
        if len(block.lines) == 1 and _INDEX.match(words[0][1]):
            return "index"
        reading.fault(NO_TIMES, block.line)
        return None
    times = read_times(block.timing)
    if times is None:
        reading.fault(BAD_TIMES, block.timing_line)
    elif times[1] < times[0]:
        reading.fault(BACKWARDS, block.timing_line)
    return times


def voices(lines: Sequence[str], number: int) -> Iterator[tuple[str, str, int]]:
    """Who says what in one caption: speaker or "", plain words, and line number.

    >>> list(voices(["<v Ann>Now", "then.</v> <v Bo>Yes.</v>"], 4))
    [('Ann', 'Now then.', 4), ('Bo', 'Yes.', 5)]
    """
    text = "\n".join(lines)
    if "<" not in text:
        words = _plain(text)
        if words:
            yield "", words, number
        return
    speaker, at, counted = "", 0, 0
    for match in [*_VOICE.finditer(text), None]:
        end = match.start() if match else len(text)
        first = _WORD.search(text, at, end)
        if first:
            number += text.count("\n", counted, first.start())
            counted = first.start()
            words = _plain(text[at:end])
            if words:
                yield speaker, words, number
        if match:
            speaker = "" if match[2] else _plain(match[1] or "")
            at = match.end()


def _plain(text: str) -> str:
    if "<" in text or "{" in text:
        text = _TAG.sub("", text)
    if "&" in text:
        text = normalise(_ENTITY.sub(lambda match: html.unescape(match.group()), text))
    return " ".join(text.split())


def repeats(cues: Sequence[Cue], path: str, *, named: bool = True) -> Iterator[Problem]:
    """REPEATED_TEXT for each run of three or more cues that say the same, one after another.

    Without `named`, runs whose cues name a speaker are passed over: people do say "yeah"
    three times, and what named them was no speech recogniser.
    """
    for _, group in groupby(cues, key=lambda cue: (cue.speaker, cue.text.casefold())):
        run = list(group)
        first = run[0]
        if len(run) >= _MANY and (named or not (first.speaker or ":" in first.text)):
            words = first.text if len(first.text) <= 60 else f"{first.text[:59]}…"
            at = f", from {clock(first.start)} on" if first.start is not None else ""
            yield problem(
                P.REPEATED_TEXT, path=path, line=first.line, text=words, n=len(run), at=at
            )


def problems_of(reading: Reading, path: str) -> tuple[Problem, ...]:
    """One BAD_CAPTIONS for each thing wrong, at the first line where it is."""
    found = []
    for reason, lines in reading.faults.items():
        more = f", here and {len(lines) - 1} times more" if len(lines) > 1 else ""
        found.append(
            problem(
                P.BAD_CAPTIONS,
                path=path,
                line=lines[0],
                reason=reason + more,
                todo=_TODO[reason],
            )
        )
    return tuple(found)
