"""Rules of a codebook: what it means, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from qualcode.core.cues import CueError
from qualcode.core.hints import did_you_mean
from qualcode.core.model import Code, Codebook, Pair
from qualcode.core.patterns import check_cue
from qualcode.core.problems import P, Problem, ProblemKind, problem
from qualcode.core.text import short_key

Key = tuple[str | int, ...]
"""Where in a codebook: ("code", code id, field, position), ("pair", pair id, field)."""

Place = tuple[int, int]
"""Line and column, both from 1."""


def meaning_of(code: Code) -> str:
    """A short hash of definition, inclusion and exclusion: changes when the meaning does."""
    return short_key(code.definition, *code.include, "|", *code.exclude)[:6]


def codes_by_id(codebook: Codebook) -> dict[str, Code]:
    """The codes under their ids, in the order of the codebook."""
    return {code.id: code for code in codebook.codes}


def is_in_use(code: Code) -> bool:
    """Whether the code can still be given: not retired, merged or split."""
    return not (code.retired or code.merged_into or code.split_into)


def resolve(codebook: Codebook, code_id: str) -> str:
    """The id that stands for `code_id` today: merges are followed to their end.

    An id that is not in the codebook, or runs in a circle, stands for itself.
    """
    return _heir(codes_by_id(codebook), code_id)


def heirs_of(codebook: Codebook) -> dict[str, str]:
    """For the id of every code, the one that stands for it today, as `resolve` gives it."""
    codes = codes_by_id(codebook)
    return {code_id: _heir(codes, code_id) for code_id in codes}


def _heir(codes: Mapping[str, Code], code_id: str) -> str:
    seen = {code_id}
    current = code_id
    while current in codes and (target := codes[current].merged_into) is not None:
        if target in seen or target not in codes:
            break
        seen.add(target)
        current = target
    return current


def find_faults(
    codebook: Codebook, *, path: str = "", places: Mapping[Key, Place] | None = None
) -> tuple[Problem, ...]:
    """Everything wrong with what the codebook says, in the order of its entries.

    `places` gives the lines and columns of a codebook that came from a file.
    """
    report = _reporter(path, places or {})
    return (
        *_code_faults(codebook, report),
        *_pair_faults(codebook, report),
    )


def find_pair_faults(
    codebook: Codebook, *, path: str = "", places: Mapping[Key, Place] | None = None
) -> tuple[Problem, ...]:
    """Everything wrong with the pairs alone, where they have a file of their own."""
    return tuple(_pair_faults(codebook, _reporter(path, places or {})))


def find_half_rows(codebook: Codebook, *, path: str = "") -> tuple[Problem, ...]:
    """A note for every pair that has one side only."""
    return tuple(
        problem(
            P.HALF_ROW,
            path=path,
            pair=pair.id,
            missing="catalyst" if pair.obstacle else "obstacle",
        )
        for pair in codebook.pairs
        if (pair.obstacle is None) != (not pair.catalysts)
    )


Report = Callable[..., Problem]


def _reporter(path: str, known: Mapping[Key, Place]) -> Report:
    def report(kind: ProblemKind, key: Key, *, shift: int = 0, **values: object) -> Problem:
        line, column = known.get(key) or known.get(key[:2]) or (None, None)
        at = column + shift if column is not None else None
        return problem(kind, path=path, line=line, column=at, **values)

    return report


def _code_faults(codebook: Codebook, report: Report) -> Iterator[Problem]:
    codes = codes_by_id(codebook)
    lens_ids = [lens.id for lens in codebook.lenses]
    for lens in codebook.lenses:
        yield from _cue_faults("lens", lens.id, lens.cues, report)
    for code in codebook.codes:
        yield from _cue_faults("code", code.id, code.cues, report)
        yield from _lens_faults("code", code, lens_ids, report)
        if code.parent is not None and code.parent not in codes:
            yield report(
                P.UNKNOWN_PARENT,
                ("code", code.id, "parent"),
                code=code.id,
                parent=code.parent,
                hint=did_you_mean(code.parent, codes),
            )
        elif circle := _parent_circle(code, codes):
            yield report(P.PARENT_CIRCLE, ("code", code.id, "parent"), code=code.id, trail=circle)
        for target in (*((code.merged_into,) if code.merged_into else ()), *code.split_into):
            if target not in codes:
                yield report(
                    P.UNKNOWN_CODE,
                    ("code", code.id, "merged_into" if code.merged_into else "split_into"),
                    owner=f'code "{code.id}"',
                    code=target,
                    hint=did_you_mean(target, codes),
                )
        if not code.definition:
            yield report(P.NO_DEFINITION, ("code", code.id), code=code.id)


def _cue_faults(
    owner: str, owner_id: str, cues: tuple[str, ...], report: Report
) -> Iterator[Problem]:
    for position, cue in enumerate(cues):
        try:
            check_cue(cue)
        except CueError as error:
            yield report(
                P.BAD_CUE,
                (owner, owner_id, "cues", position),
                shift=error.offset,
                cue=cue,
                reason=error.reason,
                todo=error.todo,
            )


def _lens_faults(
    what: str, owner: Code | Pair, known: Sequence[str], report: Report
) -> Iterator[Problem]:
    for position, lens_id in enumerate(owner.lenses):
        if lens_id not in known:
            yield report(
                P.UNKNOWN_LENS,
                (what, owner.id, "lenses", position),
                owner=f'{what} "{owner.id}"',
                lens=lens_id,
                hint=did_you_mean(lens_id, known),
            )


def _parent_circle(code: Code, codes: Mapping[str, Code]) -> str:
    trail = [code.id]
    current = code
    while current.parent is not None and current.parent in codes:
        trail.append(current.parent)
        if current.parent == code.id:
            return " → ".join(trail)
        if current.parent in trail[:-1]:
            return ""
        current = codes[current.parent]
    return ""


def _pair_faults(codebook: Codebook, report: Report) -> Iterator[Problem]:
    codes = codes_by_id(codebook)
    lens_ids = [lens.id for lens in codebook.lenses]
    numbers: set[int] = set()
    taken: set[str] = set()
    for pair in codebook.pairs:
        poles = (*((pair.obstacle,) if pair.obstacle else ()), *pair.catalysts)
        if not any(pole.code_ids for pole in poles):
            yield report(P.EMPTY_PAIR, ("pair", pair.id), pair=pair.id)
        if pair.number in numbers:
            yield report(
                P.SAME_NUMBER, ("pair", pair.id, "number"), pair=pair.id, number=pair.number
            )
        numbers.add(pair.number)
        for side, code_id, key in _pair_code_ids(pair):
            if code_id in codes and (codes[code_id].retired or codes[code_id].split_into):
                yield report(P.CODE_NOT_IN_USE, key, pair=pair.id, code=code_id)
            if code_id not in codes:
                yield report(
                    P.UNKNOWN_CODE,
                    key,
                    owner=f'pair "{pair.id}"',
                    code=code_id,
                    hint=did_you_mean(code_id, codes),
                )
            elif codes[code_id].valence not in (side, "either"):
                yield report(
                    P.WRONG_SIDE,
                    key,
                    pair=pair.id,
                    code=code_id,
                    side=side,
                    valence=codes[code_id].valence,
                )
        both = on_both_sides(codebook, pair)
        for code_id in both:
            yield report(P.ON_BOTH_SIDES, ("pair", pair.id), pair=pair.id, code=code_id)
        for code_id, heir in _doubled(codebook, pair, taken):
            if heir in both:
                continue
            yield report(P.HEIR_TWICE, ("pair", pair.id), pair=pair.id, code=code_id, heir=heir)
        yield from _lens_faults("pair", pair, lens_ids, report)


def on_both_sides(codebook: Codebook, pair: Pair) -> tuple[str, ...]:
    """Codes that stand on both sides of a pair, merges followed, in the order of the catalysts."""
    obstacle = pair.obstacle.code_ids if pair.obstacle else ()
    hinder = {resolve(codebook, code_id) for code_id in obstacle}
    help_ = (resolve(codebook, one) for pole in pair.catalysts for one in pole.code_ids)
    return tuple(dict.fromkeys(code_id for code_id in help_ if code_id in hinder))


def _doubled(codebook: Codebook, pair: Pair, taken: set[str]) -> Iterator[tuple[str, str]]:
    """Merged codes of a pair whose heir another side or row has already; adds to `taken`."""
    for _, code_id, _ in _pair_code_ids(pair):
        heir = resolve(codebook, code_id)
        if heir != code_id and heir in taken:
            yield code_id, heir
        taken.add(heir)


def _pair_code_ids(pair: Pair) -> Iterator[tuple[str, str, Key]]:
    if pair.obstacle is not None:
        for code_id in pair.obstacle.code_ids:
            yield "obstacle", code_id, ("pair", pair.id, "obstacle")
    for position, pole in enumerate(pair.catalysts):
        for code_id in pole.code_ids:
            yield "catalyst", code_id, ("pair", pair.id, "catalysts", position)
