"""The pairs of a study in YAML, in a file of their own: read with every fault by line, edited
in place with comments kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from yaml import YAMLError

from qualcode.core.codebook import Key, Place, find_pair_faults
from qualcode.core.model import Codebook, Pair, Pole
from qualcode.core.pair_changes import names_of
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.store.codebook_edit import BOM
from qualcode.store.codebook_file import (
    PAIR_FIELDS,
    CheckedCodebook,
    check_format,
    read_pair_entries,
)
from qualcode.store.codebook_file import TOP_FIELDS as CODEBOOK_FIELDS
from qualcode.store.fields import Fields, Reading, items_of, known_entries
from qualcode.store.yaml_order import arranged
from qualcode.store.yaml_places import Places, Raw, Value, word
from qualcode.store.yamlio import parse_yaml, text_of_bytes

TOP_FIELDS: Fields = {name: CODEBOOK_FIELDS[name] for name in ("format", "pairs")}
NEW_FILE = b"""\
# Obstacles with the catalysts that answer them, in the order of the table; see docs/pairs.md.
format: 1
pairs: []
"""


def with_pairs(checked: CheckedCodebook, path: Path) -> CheckedCodebook:
    """The codebook with the pairs of the study's own file, where there is one.

    Pairs inside the codebook file are then left aside, which a note says.

    Raises:
        QualcodeError: BAD_YAML or NEWER_FORMAT.
    """
    if not path.is_file():
        return checked
    book = checked.codebook
    pairs, problems = read_pairs(path.read_bytes(), path, book)
    twice = (problem(P.PAIRS_TWICE, path=str(path)),) if book.pairs else ()
    return CheckedCodebook(replace(book, pairs=pairs), (*checked.problems, *problems, *twice))


def read_pairs(
    data: bytes, path: Path, codebook: Codebook
) -> tuple[tuple[Pair, ...], tuple[Problem, ...]]:
    """The pairs of the bytes of a file, and all that is wrong with them, by line.

    Raises:
        QualcodeError: BAD_YAML or NEWER_FORMAT.
    """
    reading = Reading(str(path))
    root = parse_yaml(text_of_bytes(data, path), name=str(path))
    top = known_entries(root, TOP_FIELDS, reading, owner="the list of pairs")
    check_format(top, reading)
    places: dict[Key, Place] = {}
    names = {code.id: code.name for code in codebook.codes}
    pairs = tuple(read_pair_entries(items_of(top, "pairs"), names, reading, places))
    faults = find_pair_faults(replace(codebook, pairs=pairs), path=str(path), places=places)
    found = sorted([*reading.problems, *faults], key=lambda p: (p.line or 0, p.column or 0))
    return pairs, tuple(found)


def edit_pairs(data: bytes, path: Path, codebook: Codebook, after: Sequence[Pair]) -> bytes:
    """The bytes of a file of pairs that says what `after` says, all else as it was.

    Raises:
        QualcodeError: NOT_EDITABLE where the result would not read as `after`.
    """
    mark = BOM if data.startswith(BOM.encode()) else ""
    before, _ = read_pairs(data, path, codebook)
    try:
        text = _spliced(text_of_bytes(data, path), codebook, before, after)
        changed = (mark + text).encode()
        said, _ = read_pairs(changed, path, codebook)
    except (QualcodeError, YAMLError):
        raise QualcodeError(problem(P.NOT_EDITABLE, path=str(path))) from None
    if said != tuple(after):
        raise QualcodeError(problem(P.NOT_EDITABLE, path=str(path)))
    return changed


def _spliced(text: str, codebook: Codebook, before: Sequence[Pair], after: Sequence[Pair]) -> str:
    """The text with pairs changed first, then put in order or taken out, then added."""
    kept = {pair.id for pair in before} & {pair.id for pair in after}
    text = _with_changes(text, codebook, before, after)
    order = [pair.id for pair in after if pair.id in kept]
    if order != [pair.id for pair in before]:
        text = arranged(text, "pairs", order)
    places = Places(text)
    new = [(n, pair) for n, pair in enumerate(after, start=1) if pair.id not in kept]
    places.add("pairs", "", [_filled(codebook, pair, n) for n, pair in new])
    return places.edited()


def _with_changes(
    text: str, codebook: Codebook, before: Sequence[Pair], after: Sequence[Pair]
) -> str:
    """The text with what is said anew of pairs that stay."""
    places = Places(text)
    entries = places.entries("pairs")
    held = {pair.id: pair for pair in before}
    for place, pair in enumerate(after, start=1):
        if pair.id not in held:
            continue
        entry = entries[pair.id]
        was = pair_entries(codebook, held[pair.id])
        for key, value in pair_entries(codebook, pair).items():
            if key == "number":
                value = "" if pair.number == place else str(pair.number)
                same = (entry.part(key) is None) == (not value) and pair.number == (
                    held[pair.id].number
                )
            else:
                same = value == was[key]
            if not same and value:
                places.put(entry, key, value, order=tuple(PAIR_FIELDS))
            elif not same:
                places.remove(entry, key)
    return places.edited()


def _filled(codebook: Codebook, pair: Pair, place: int) -> dict[str, Value]:
    entries = pair_entries(codebook, pair)
    entries["number"] = "" if pair.number == place else str(pair.number)
    return {key: value for key, value in entries.items() if value}


def pair_entries(codebook: Codebook, pair: Pair) -> dict[str, Value]:
    """What a pair says, under the keys of its entry; empty where there is nothing to write."""
    return {
        "id": pair.id,
        "number": str(pair.number),
        "obstacle": _pole(codebook, pair.obstacle) if pair.obstacle else "",
        "catalysts": tuple(_pole(codebook, pole) for pole in pair.catalysts),
        "lenses": pair.lenses,
        "condition": pair.condition,
    }


def _pole(codebook: Codebook, pole: Pole) -> str:
    """A code alone by its id; wording of one's own, and several codes, in braces."""
    if len(pole.code_ids) == 1 and pole.says == names_of(codebook, pole.code_ids):
        return pole.code_ids[0]
    parts = list(_pole_parts(codebook, pole))
    return Raw("{" + ", ".join(parts) + "}")


def _pole_parts(codebook: Codebook, pole: Pole) -> Iterator[str]:
    if pole.says != names_of(codebook, pole.code_ids):
        yield f"says: {word(pole.says, inline=True)}"
    yield f"codes: [{', '.join(pole.code_ids)}]"
