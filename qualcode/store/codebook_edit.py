"""Changes of a codebook's YAML in place: every line that a change does not concern stays.

The file belongs to the researcher. So it is never written anew from values: what a change
adds, replaces or removes is spliced into the text where it stands, and the result is read back.
Comments, quotation marks, order, indentation and line ends of everything else stay as they
are; comments inside what is replaced or removed move to the lines above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from pathlib import Path

from qualcode.core.codebook import codes_by_id
from qualcode.core.model import Code, Codebook, Lens
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.store.codebook_file import (
    CODE_FIELDS,
    LENS_FIELDS,
    CheckedCodebook,
    codebook_from,
)
from qualcode.store.yaml_places import Entry, Places, Value
from qualcode.store.yamlio import parse_yaml, text_of_bytes

Entries = dict[str, Value]
BOM = "\ufeff"


def codebook_of(data: bytes, path: Path) -> CheckedCodebook:
    """The codebook of the bytes of a file; errors as in `read_codebook`."""
    return codebook_from(parse_yaml(text_of_bytes(data, path), name=str(path)), path)


def edit_codebook(data: bytes, path: Path, after: Codebook) -> bytes:
    """The bytes of a codebook file that says what `after` says, all else as it was.

    `after` differs from what the file says in fields of codes, and in codes and lenses that are
    new; nothing else is written.

    Raises:
        QualcodeError: NOT_EDITABLE where the result would not read as `after`.
    """
    text = text_of_bytes(data, path)
    mark = BOM if data.startswith(BOM.encode()) else ""
    before = codebook_of(data, path).codebook
    places = Places(text)
    known, entries = codes_by_id(before), places.entries("codes")
    for code in after.codes:
        if known.get(code.id, code) != code:
            _edit_entry(places, entries[code.id], code_entries(known[code.id]), code)
    lenses = [lens for lens in after.lenses if lens.id not in {one.id for one in before.lenses}]
    places.add("lenses", "", [_filled(lens_entries(lens)) for lens in lenses])
    for behind, codes in _new_codes(before, after):
        places.add("codes", behind, [_filled(code_entries(code)) for code in codes])
    changed = (mark + places.edited()).encode()
    if _says(changed, path) != _comparable(after):
        raise QualcodeError(problem(P.NOT_EDITABLE, path=str(path)))
    return changed


def _says(data: bytes, path: Path) -> Codebook | None:
    try:
        return _comparable(codebook_of(data, path).codebook)
    except QualcodeError:
        return None


def _comparable(codebook: Codebook) -> Codebook:
    """Without the wording of pairs, which follows the names of their codes."""
    pairs = tuple(
        replace(
            pair,
            obstacle=pair.obstacle and replace(pair.obstacle, says=""),
            catalysts=tuple(replace(pole, says="") for pole in pair.catalysts),
        )
        for pair in codebook.pairs
    )
    return replace(codebook, pairs=pairs, version=1)


def _new_codes(before: Codebook, after: Codebook) -> Iterator[tuple[str, list[Code]]]:
    """New codes in runs, each with the id of the code that stands before it ("" for none)."""
    known = {code.id for code in before.codes}
    behind, run = "", list[Code]()
    for code in after.codes:
        if code.id not in known:
            run.append(code)
            continue
        if run:
            yield behind, run
        behind, run = code.id, []
    if run:
        yield behind, run


def _edit_entry(places: Places, entry: Entry, was: Entries, code: Code) -> None:
    for key, value in code_entries(code).items():
        if value == was[key]:
            continue
        if value:
            places.put(entry, key, value, order=tuple(CODE_FIELDS))
        else:
            places.remove(entry, key)


def code_entries(code: Code) -> Entries:
    """What a code says, under the keys of its entry; empty where there is nothing to write."""
    found = _entries(code, CODE_FIELDS)
    if code.valence == "either":
        found["valence"] = ""
    if code.kind == "code":
        found["kind"] = ""
    return found


def lens_entries(lens: Lens) -> Entries:
    """What a lens says, under the keys of its entry."""
    return _entries(lens, LENS_FIELDS)


def _entries(value: Code | Lens, known: Iterable[str]) -> Entries:
    names = {field.name for field in fields(value)}
    return {key: _plain(getattr(value, key)) for key in known if key in names}


def _plain(value: object) -> Value:
    if isinstance(value, bool):
        return "true" if value else ""
    return value if isinstance(value, (str, tuple)) else ""


def _filled(entries: Entries) -> Entries:
    return {key: value for key, value in entries.items() if value}
