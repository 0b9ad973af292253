"""The layout of a transcript: one unit per turn, with its speaker and its time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qualcode.analysis.freeze import Layout, Piece
from qualcode.analysis.layouts.heads import date_of, title_of
from qualcode.analysis.layouts.talk.asking import find_researchers
from qualcode.analysis.layouts.talk.talktable import find_talk_columns, rows_of_lines
from qualcode.analysis.layouts.talk.turns import (
    Talk,
    Turn,
    turns_of_cues,
    turns_of_lines,
    turns_of_rows,
)
from qualcode.core.model import Extract, Line, Row, Speaker, Voice
from qualcode.core.problems import P, Problem, problem

_VOICES: dict[str, Voice] = {"header": "heading", "heading": "heading", "comment": "observer"}


def lay_out_transcript(extract: Extract, *, name: str) -> Layout:
    """The turns of a transcript, in order; its head and its section headings besides.

    A turn is what one speaker says until somebody else speaks, however long. Remarks such
    as "(laughs)" stay in its words; labels and times do not.
    """
    talk = _talk(extract)
    researchers, is_sure = find_researchers(
        talk.names, talk.turns, facts=extract.facts, heads=talk.researchers
    )
    speakers = _speakers(talk, researchers)
    heads = [line.text for turn in talk.turns if turn.form == "header" for line in turn.lines]
    return Layout(
        pieces=tuple(_pieces(talk)),
        title=title_of(extract.facts, [head for head in heads if " " in head.strip()]),
        date=date_of(extract.facts, heads, name),
        speakers=speakers,
        problems=tuple(_problems(talk, speakers, is_sure=is_sure, name=name)),
        dropped=talk.dropped,
    )


def _talk(extract: Extract) -> Talk:
    if extract.cues:
        return turns_of_cues(extract.cues)
    if extract.rows:
        columns = find_talk_columns(extract.rows)
        if columns is not None:
            return turns_of_rows(extract.rows, columns)
        return turns_of_lines([_as_line(row) for row in extract.rows])
    table = _table(extract.lines)
    return table if table is not None else turns_of_lines(extract.lines)


def _as_line(row: Row) -> Line:
    return Line("\t".join(" ".join(cell.split()) for cell in row.cells if cell), row.number)


def _table(lines: Sequence[Line]) -> Talk | None:
    """The turns of a document that is nearly all one table with times or speakers."""
    rows, others = rows_of_lines(lines)
    columns = find_talk_columns(rows)
    if columns is None:
        return None
    talk = turns_of_rows(rows, columns)
    heads = []
    for line in others:
        heads.append(Turn(None, "header"))
        heads[-1].add(line)
    return Talk((*heads, *talk.turns), talk.names)


def _speakers(talk: Talk, researchers: frozenset[str]) -> tuple[Speaker, ...]:
    keys = dict.fromkeys(turn.key for turn in talk.turns if turn.key is not None)
    return tuple(
        Speaker(id=talk.names[key], name=talk.names[key], is_researcher=key in researchers)
        for key in keys
    )


def _pieces(talk: Talk) -> Iterator[Piece]:
    numbers = {"turn": 0, "comment": 0, "header": 0, "heading": 0}
    before = ""
    for turn in talk.turns:
        form = turn.form
        numbers[form] += 1
        speaker = talk.names[turn.key] if turn.key is not None else None
        yield Piece(
            lines=tuple(turn.lines),
            form=form,
            ref=f"{form} {numbers[form]}",
            label=f"{speaker}: " if speaker else "",
            voice=_VOICES.get(form, "verbatim"),
            speaker_id=speaker,
            topic=turn.topic if form == "turn" else "",
            time=turn.time,
            gap=bool(before) and (form == "heading" or before == "header" != form),
            times=tuple(turn.times) if any(t is not None for t in turn.times) else (),
        )
        before = form


def _problems(
    talk: Talk, speakers: tuple[Speaker, ...], *, is_sure: bool, name: str
) -> Iterator[Problem]:
    if talk.turns and not speakers:
        yield problem(P.NOBODY_NAMED, path=name)
    elif not is_sure:
        listed = ", ".join(speaker.name for speaker in speakers[:6])
        yield problem(P.WHO_ASKS, path=name, names=listed)
    for written, read in talk.misspelt:
        yield problem(P.MISSPELT_SPEAKER, path=name, written=written, read=read)
    for count, words, line in talk.repeated:
        yield problem(P.REPEATED_CAPTION, path=name, line=line, n=count, words=words[:60])
