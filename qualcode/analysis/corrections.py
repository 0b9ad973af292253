"""What a person says of a document against what was recognised; it outlives every re-reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.analysis.freeze import Layout, Piece, with_unique_refs
from qualcode.core.hints import did_you_mean
from qualcode.core.model import Line, Speaker, Voice
from qualcode.core.problems import P, Problem, problem

RESEARCHER = "researcher"


@dataclass(frozen=True, slots=True)
class Split:
    """A unit that is two: the second begins with these words, and may be another speaker's."""

    ref: str
    before: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Corrections:
    """Corrections of one document; later ones of the same kind win.

    `facts` replace those that were recognised (kind, role, date, title, site, phase,
    participants). `speakers` say who a speaker is: a case, or "researcher". `voices` and
    `unit_speakers` set the voice and the speaker of a unit. `joins` name units that belong to
    the one before them.
    """

    facts: tuple[tuple[str, str], ...] = ()
    speakers: tuple[tuple[str, str], ...] = ()
    voices: tuple[tuple[str, Voice], ...] = ()
    unit_speakers: tuple[tuple[str, str], ...] = ()
    splits: tuple[Split, ...] = ()
    joins: tuple[str, ...] = ()


NONE = Corrections()


def correct(
    layout: Layout, corrections: Corrections, *, path: str
) -> tuple[Layout, tuple[Problem, ...]]:
    """The layout with the corrections made, and a problem for each that fits nothing.

    Splits come first (the second part of "turn 7" is "turn 7b"), then joins, speakers, voices.
    """
    if corrections == NONE:
        return layout, ()
    pieces = tuple(with_unique_refs(layout.pieces))
    problems: list[Problem] = []
    for split in corrections.splits:
        pieces = tuple(_split(pieces, split))
    problems.extend(_unknown_refs(pieces, corrections, path))
    pieces = tuple(_join(pieces, frozenset(corrections.joins)))
    voices = dict(corrections.voices)
    pieces = tuple(
        replace(piece, voice=voices[piece.ref]) if piece.ref in voices else piece
        for piece in pieces
    )
    speakers, unknown = _speakers(layout.speakers, corrections, path)
    problems.extend(unknown)
    told = (
        *(name for _, name in corrections.unit_speakers),
        *(s.speaker for s in corrections.splits),
    )
    known = {name for s in speakers for name in (s.name, s.id)}
    new = dict.fromkeys(name for name in told if name and name not in known)
    speakers = (*speakers, *(Speaker(name, name, is_told=True) for name in new))
    by_name = {name: s.id for s in speakers for name in (s.name, s.id)}
    unit_speakers = dict(corrections.unit_speakers)
    pieces = tuple(_with_speaker(piece, unit_speakers, by_name) for piece in pieces)
    return replace(layout, pieces=pieces, speakers=speakers), tuple(problems)


def _with_speaker(piece: Piece, chosen: dict[str, str], by_name: dict[str, str]) -> Piece:
    if piece.ref not in chosen:
        return piece
    name = chosen[piece.ref]
    label = f"{name}: " if piece.form == "turn" else piece.label
    return replace(piece, speaker_id=by_name.get(name, name), label=label)


def _split(pieces: Iterable[Piece], split: Split) -> Iterator[Piece]:
    for piece in pieces:
        cut = _cut(piece.lines, split.before) if piece.ref == split.ref else None
        if cut is None:
            yield piece
            continue
        first, second = cut
        yield replace(piece, lines=first)
        label = f"{split.speaker}: " if split.speaker and piece.form == "turn" else piece.label
        yield replace(
            piece,
            lines=second,
            ref=f"{piece.ref}b",
            label=label,
            speaker_id=split.speaker or piece.speaker_id,
        )


def _cut(lines: tuple[Line, ...], before: str) -> tuple[tuple[Line, ...], tuple[Line, ...]] | None:
    """The lines before and from these words on, which may run on over the end of a line."""
    words = r"\s+".join(map(re.escape, before.split()))
    for found in re.finditer(words, "\n".join(line.text for line in lines)) if words else ():
        position, at = _line_at(lines, found.start())
        head, tail = lines[position].text[:at], lines[position].text[at:]
        if position or head.strip():
            first = (*lines[:position], replace(lines[position], text=head))
            return first, (replace(lines[position], text=tail), *lines[position + 1 :])
    return None


def _line_at(lines: Sequence[Line], offset: int) -> tuple[int, int]:
    """Which line holds this place of the lines put one below the other, and where in it."""
    for position, line in enumerate(lines):
        if offset <= len(line.text):
            return position, offset
        offset -= len(line.text) + 1
    return len(lines) - 1, len(lines[-1].text)


def _join(pieces: Iterable[Piece], refs: frozenset[str]) -> Iterator[Piece]:
    held: Piece | None = None
    for piece in pieces:
        if held is not None and piece.ref in refs:
            held = replace(held, lines=(*held.lines, *piece.lines))
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _speakers(
    speakers: tuple[Speaker, ...], corrections: Corrections, path: str
) -> tuple[tuple[Speaker, ...], tuple[Problem, ...]]:
    chosen = dict(corrections.speakers)
    named = {name for s in speakers for name in (s.id, s.name)}
    found: list[Speaker] = []
    for speaker in speakers:
        who = chosen.get(speaker.id) or chosen.get(speaker.name)
        if who == RESEARCHER:
            found.append(replace(speaker, is_researcher=True, case_id=None))
        elif who:
            found.append(replace(speaker, is_researcher=False, case_id=who))
        else:
            found.append(speaker)
    problems = tuple(
        _fits_nothing(path, f'speaker "{name}"', name, named)
        for name in chosen
        if name not in named
    )
    return tuple(found), problems


def _unknown_refs(
    pieces: tuple[Piece, ...], corrections: Corrections, path: str
) -> Iterator[Problem]:
    known = {piece.ref for piece in pieces}
    refs = [ref for ref, _ in (*corrections.voices, *corrections.unit_speakers)]
    for ref in [*refs, *corrections.joins]:
        if ref not in known:
            yield _fits_nothing(path, f'unit "{ref}"', ref, known)
    for split in corrections.splits:
        if f"{split.ref}b" not in known:
            what = f'unit "{split.ref}" with "{split.before}" in its middle'
            others = known - {split.ref}  # the unit is there, but not those words in it
            yield _fits_nothing(path, what, split.ref, () if split.ref in known else others)


def _fits_nothing(path: str, what: str, name: str, known: Iterable[str]) -> Problem:
    return problem(P.USELESS_CORRECTION, path=path, what=what, hint=did_you_mean(name, known))
