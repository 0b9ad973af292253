"""Turns: who speaks when, from lines with labels, from captions, and from rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from qualcode.analysis.layouts.talk.labels import Labels, find_labels
from qualcode.analysis.layouts.talk.openings import read_opening, seconds, split_times
from qualcode.analysis.layouts.talk.roles import is_unknown, key_of
from qualcode.analysis.layouts.talk.rolling import unroll
from qualcode.analysis.layouts.talk.talktable import TalkColumns
from qualcode.core.model import Cue, Form, Line, Row, with_text

PAUSE = 2.0
"""Seconds of silence that begin a new turn where captions name nobody."""
LONGEST_NAMELESS = 60
"""Words after which captions that name nobody are parted in any case."""

_SYSTEM = re.compile(
    r"(?:.{1,60}\s)?(?:started|stopped|has\s(?:started|stopped))\s(?:the\s)?(?:transcription|recording)\.?"
    r"|(?:.{1,60}\s)?(?:has\s)?(?:joined|left)\sthe\s(?:meeting|call|conversation)\.?"
    r"|(?:recording|transcription)\s(?:started|stopped)\.?|meeting\sended\safter\b[\s\d:]*"
    r"|transcribed\s(?:by|with)\s(?:https?://)?(?:www\.)?\S+\.\w{2,5}/?\.?"
    r"|(?:this|the)\stranscript(?:ion)?\s(?:was|has\sbeen|is)\s.{0,40}(?:generated|exported|created|produced).*"
    r"|this\s(?:editable\s)?transcript\swas\scomputer\sgenerated.*",
    re.IGNORECASE,
)
_STAGE = re.compile(
    r"[\[(*=<~\s-]*(?:the\s)?(?:end|start|beginning|close|part\s\d+)\s+(?:of\s+)?(?:the\s+)?"
    r"(?:recording|interview|transcript|transcription|audio|tape|session|discussion|focus\sgroup)"
    r"\b[^.?!]{0,40}[\])*=>~.\s-]*"
    r"|[\[(*=<~\s-]*(?:recording|interview|transcript|transcription|audio|tape|session)\s+(?:\w+\s+)?"
    r"(?:starts|begins|started|began|ends|ended|finishes|stops|stopped|paused|pauses|resumes|resumed"
    r"|interrupted|restarted|continues|cuts\sout|cut\soff)\b[^?!]{0,60}",
    re.IGNORECASE,
)
_RULED = re.compile(r"\s*([-=_*~#])(?:\s?\1){2,}\s*")
_FRAMED = re.compile(r"\s*([=~*_#-])\1{2,}\s*(\S.*?)\s*\1{3,}\s*")


@dataclass(slots=True)
class Turn:
    """One uninterrupted stretch while it is put together; `key` is None for nobody known.

    An empty line parts what was said in one paragraph or caption from the next.
    """

    key: str | None
    form: Form = "turn"
    time: float | None = None
    lines: list[Line] = field(default_factory=list)
    times: list[float | None] = field(default_factory=list)
    topic: str = ""
    n_words: int = 0

    def add(self, line: Line, *, time: float | None = None) -> None:
        self.n_words += len(line.text.split())
        self.lines.append(line)
        self.times.append(time)

    def part(self) -> None:
        if self.lines and self.lines[-1].text:
            self.add(Line("", 0))

    @property
    def has_words(self) -> bool:
        return self.n_words > 0


@dataclass(frozen=True, slots=True)
class Talk:
    """The turns of one transcript in order, the names by key, and what was left out."""

    turns: tuple[Turn, ...]
    names: dict[str, str]
    dropped: tuple[tuple[str, int], ...] = ()
    researchers: tuple[str, ...] = ()
    repeated: tuple[tuple[int, str, int | None], ...] = ()
    """Words that stand in several captions in a row: how many, the words, the first line."""
    misspelt: tuple[tuple[str, str], ...] = ()
    """Labels that were read as another: as written, and as read."""


class _Walk:
    """Goes over labelled lines once and puts the turns together."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.turns: list[Turn] = []
        self.dropped: Counter[str] = Counter()
        self.current: Turn | None = None
        self.time: float | None = None
        self.topic = ""
        self.speaker: str | None = None
        self.ends_first = False

    def open(self, key: str | None, form: Form = "turn") -> Turn:
        self.current = Turn(key, form, topic=self.topic)
        self.turns.append(self.current)
        return self.current

    def say(self, text: str, line: Line) -> None:
        turn = self.current or self.open(self.speaker)
        for words, mark in split_times(text):
            if mark is not None:
                self.time = mark
            if words.strip():
                if turn.time is None and not turn.has_words:
                    turn.time = self.time
                turn.add(with_text(line, words), time=self.time)
                self.time = None
        if self.time is not None and len(self.turns) == 1 and turn.time is None:
            self.ends_first = True

    def label(self, at: int, line: Line) -> None:
        label = self.labels.at[at]
        if label.time is not None:
            self.time = label.time
        name = self.labels.names[label.key]
        if self.current is None or label.key != self.speaker or is_unknown(name):
            self.speaker = label.key
            turn = self.open(label.key)
            turn.time = self.time
        else:
            self.current.part()
        self.say(label.words, line)

    def aside(self, line: Line, form: Form) -> None:
        self.current = None
        self.open(None, form).add(line)
        self.current = None


def turns_of_lines(lines: Sequence[Line], *, labels: Labels | None = None) -> Talk:
    """The turns of a transcript in lines; what stands before the first is its header."""
    found = find_labels(lines) if labels is None else labels
    first = min(found.at, default=len(lines))
    walk = _Walk(found)
    for at, line in enumerate(lines):
        text = line.text.strip()
        if at in found.at:
            walk.label(at, line)
        elif not text:
            if walk.current is not None and (found.at or walk.current.form == "header"):
                walk.current.part()
            elif not found.at:
                walk.current = None
        elif _is_left_out(text, walk.dropped):
            continue
        elif at < first and found.at:
            if not _time_of(walk, at, text):
                walk.aside(line, "header")
        elif line.style == "heading":
            walk.topic = text
            walk.aside(line, "heading")
        elif (stage := _stage_note(text)) is not None:
            walk.aside(with_text(line, stage), "comment")
        else:
            _say_unlabelled(walk, at, line)
    if walk.ends_first and walk.turns:
        spoken = next((turn for turn in walk.turns if turn.form == "turn"), None)
        if spoken is not None and spoken.time is None:
            spoken.time = 0.0
    turns = tuple(turn for turn in walk.turns if turn.has_words)
    return Talk(
        turns,
        found.names,
        tuple(sorted(walk.dropped.items())),
        found.researchers,
        misspelt=found.misspelt,
    )


def _stage_note(text: str) -> str | None:
    """What a line says of the recording itself, without the signs that frame it."""
    if len(text) > 250:
        return None
    framed = _FRAMED.fullmatch(text)
    if framed:
        return framed.group(2)
    return text if _STAGE.fullmatch(text) else None


def _is_left_out(text: str, dropped: Counter[str]) -> bool:
    if _RULED.fullmatch(text):
        dropped["ruled line"] += 1
    elif len(text) < 250 and _SYSTEM.fullmatch(_without_time(text)):
        dropped["system line"] += 1
    else:
        return False
    return True


def _without_time(text: str) -> str:
    opening = read_opening(text) if ":" in text[:110] else None
    if opening is not None and opening.style == "timed" and not opening.rest:
        return opening.name
    return (opening.plain if opening is not None else text).strip("*_[]() ")


def _time_of(walk: _Walk, at: int, text: str) -> bool:
    """Whether the line is a time and nothing else; the walk remembers it."""
    opening = walk.labels.openings.get(at)
    if opening is None or opening.name or opening.rest or opening.time is None:
        return False
    if not (opening.boxed or walk.labels.takes_times or text.count(":") > 1):
        return False
    walk.time = opening.time
    return True


def _say_unlabelled(walk: _Walk, at: int, line: Line) -> None:
    opening = walk.labels.openings.get(at)
    if _time_of(walk, at, line.text.strip()):
        return
    text = line.text
    if opening is not None and opening.plain != text.strip():
        boxed = opening.boxed and (opening.time is not None)
        if boxed or walk.labels.takes_times:
            walk.time, text = opening.time, opening.plain
            if not walk.labels.at and walk.current is not None:
                walk.current.part()
                if walk.current.n_words >= LONGEST_NAMELESS:
                    walk.current = None
    walk.say(text, line)


def turns_of_cues(cues: Sequence[Cue]) -> Talk:
    """The turns of captions; a caption without a name goes on with the turn before it.

    Where a field of the format holds the names, a caption whose field is empty goes on only
    without a pause: the machine could not tell who speaks.
    """
    cues, n_rolling = unroll(cues)
    lines = [Line(" ".join(cue.text.split()), cue.line or 0) for cue in cues]
    unnamed = [
        line if not cue.speaker else Line("", 0) for line, cue in zip(lines, cues, strict=True)
    ]
    labels = find_labels(unnamed, captions=True)
    names = {key_of(cue.speaker): cue.speaker for cue in reversed(cues) if cue.speaker.strip()}
    nobody = not names and not labels.at
    turns: list[Turn] = []
    before: Cue | None = None
    for at, cue in enumerate(cues):
        label = labels.at.get(at)
        key = key_of(cue.speaker) if cue.speaker.strip() else label.key if label else None
        words = label.words if label else lines[at].text
        is_new = words.startswith(">>") or (nobody and _is_new(cue, before, turns))
        is_new = is_new or (bool(names) and _is_after_pause(cue, before))
        words = words.removeprefix(">>").lstrip("> ") if words.startswith(">>") else words
        name = names.get(key or "", labels.names.get(key or "", ""))
        if (
            not turns
            or (key is not None and (key != turns[-1].key or is_unknown(name)))
            or (key is None and is_new)
        ):
            turns.append(Turn(key, time=cue.start))
        turns[-1].part()
        turns[-1].add(with_text(lines[at], words), time=cue.start)
        before = cue
    return Talk(
        tuple(turn for turn in turns if turn.has_words),
        {**labels.names, **names},
        (("words repeated by rolling captions", n_rolling),) if n_rolling else (),
        misspelt=labels.misspelt,
        repeated=tuple(_repeats(cues)),
    )


def _is_new(cue: Cue, before: Cue | None, turns: Sequence[Turn]) -> bool:
    if before is None or cue.text[:2] in ("- ", "– ", "— "):
        return True
    if turns[-1].n_words >= LONGEST_NAMELESS:
        return True
    return _is_after_pause(cue, before)


def _is_after_pause(cue: Cue, before: Cue | None) -> bool:
    """Whether nobody spoke for a while before the caption; False where no times say so."""
    if before is None or cue.start is None or before.end is None:
        return False
    return cue.start - before.end >= PAUSE


def _repeats(cues: Iterable[Cue]) -> Iterator[tuple[int, str, int | None]]:
    """Words that a machine heard again and again: four captions of two words in a row."""
    run: list[Cue] = []
    for cue in [*cues, Cue("")]:
        if run and cue.text.casefold() == run[0].text.casefold():
            run.append(cue)
            continue
        if len(run) >= 4 and len(run[0].text.split()) > 1:
            yield len(run), run[0].text, run[0].line
        run = [cue]


def turns_of_rows(rows: Sequence[Row], columns: TalkColumns) -> Talk:
    """The turns of a table with a column of words; a row without a name goes on."""
    names: dict[str, str] = {}
    turns: list[Turn] = []
    for row in rows[columns.header :]:
        words = _cell(row, columns.content)
        name = _cell(row, columns.speaker).rstrip(": ")
        clock = _cell(row, columns.time)
        time = seconds(clock) if clock and ":" in clock else None
        if not words:
            continue
        key = key_of(name) if name else None
        if key is not None:
            names.setdefault(key, name)
        if not turns or (key is not None and (key != turns[-1].key or is_unknown(name))):
            turns.append(Turn(key, time=time))
        turns[-1].part()
        for text in words.split("\n"):
            turns[-1].add(Line(text, row.number), time=time)
    return Talk(tuple(turns), names)


def _cell(row: Row, column: int | None) -> str:
    return row.cells[column].strip() if column is not None and column < len(row.cells) else ""
