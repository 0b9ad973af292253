"""A codebook in YAML: read with every fault named by line and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from qualcode.core.codebook import Key, Place, find_faults
from qualcode.core.model import (
    CODE_VALENCES,
    Code,
    Codebook,
    CodeValence,
    Lens,
    Pair,
    Pole,
)
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.store.fields import (
    Field,
    Fields,
    Reading,
    flag_of,
    items_of,
    known_entries,
    text_of,
    texts_of,
    unique_ids,
)
from qualcode.store.yamlio import Node, read_yaml

FORMAT = 1

TOP_FIELDS: Fields = {
    "format": Field("number", "Format of this file; 1.", required=True),
    "name": Field("text", "What the codebook is called.", required=True),
    "source": Field("text", "Where its ideas come from."),
    "language": Field("word", "Language of the cues, as a two-letter code; en if left out."),
    "outcome": Field("text", "What obstacles hinder and catalysts help, such as collaboration."),
    "lenses": Field("entries", "Levels at which an obstacle can be observed."),
    "codes": Field("entries", "The codes, in the analyst's order.", required=True),
    "pairs": Field("entries", "Obstacles with their catalysts, in the order of the table."),
}
LENS_FIELDS: Fields = {
    "id": Field("id", "Short name used by codes and pairs; never changes.", required=True),
    "name": Field("text", "Name printed in tables."),
    "definition": Field("text", "What is seen at this level."),
    "cues": Field("texts", "Words by which a passage shows that it speaks at this level."),
}
CODE_FIELDS: Fields = {
    "id": Field("id", "Short name used by pairs and codings; never changes.", required=True),
    "name": Field("text", "Name printed in tables."),
    "definition": Field("text", "What the code means, so that another person codes alike."),
    "include": Field("texts", "What belongs to it."),
    "exclude": Field("texts", "What does not belong to it."),
    "examples": Field("texts", "Quotations that show it."),
    "cues": Field("texts", "Words that point to it; see docs/cues.md."),
    "valence": Field("word", "Does it hinder or help?", words=CODE_VALENCES),
    "lenses": Field("ids", "Levels at which it is usually seen, in the analyst's order."),
    "parent": Field("id", "The code or category above it."),
    "kind": Field("word", "A code, a category or a theme.", words=("code", "category", "theme")),
    "in_vivo": Field("flag", "Whether the name is a participant's own words."),
    "origin": Field("text", "Where and when it was born."),
    "merged_into": Field("id", "The code that took its place."),
    "split_into": Field("ids", "The codes that it was divided into."),
    "retired": Field("text", "Why it is no longer used."),
}
PAIR_FIELDS: Fields = {
    "id": Field("id", "Stable name of the row, for references in prose.", required=True),
    "number": Field("number", "Number printed in the table; its place in the list if left out."),
    "obstacle": Field("pole", "A code, or {says: ..., codes: [...]}; null for a half row."),
    "catalysts": Field("poles", "Codes, or {says: ..., codes: [...]}; [] for a half row."),
    "lenses": Field("ids", "Where the obstacle was observed, in the analyst's order."),
    "condition": Field("text", "When and for whom the row holds."),
}
POLE_FIELDS: Fields = {
    "says": Field("text", "The analyst's wording."),
    "codes": Field("ids", "The codes that ground it.", required=True),
}


@dataclass(frozen=True, slots=True)
class CheckedCodebook:
    """A codebook as far as it could be read, everything wrong with it, and where things stand."""

    codebook: Codebook
    problems: tuple[Problem, ...]

    @property
    def is_usable(self) -> bool:
        """Whether nothing worse than a warning was found."""
        return all(found.severity != "error" for found in self.problems)


def read_codebook(path: Path) -> CheckedCodebook:
    """The codebook of a YAML file with all its problems, in the order of the lines.

    Raises:
        QualcodeError: BAD_YAML or NEWER_FORMAT, where nothing can be made of the file.
    """
    return codebook_from(read_yaml(path), path)


def codebook_from(root: Node, path: Path) -> CheckedCodebook:
    """The codebook of YAML that was read already, as the file `path` holds it.

    Raises:
        QualcodeError: NEWER_FORMAT.
    """
    reading = Reading(str(path))
    top = known_entries(root, TOP_FIELDS, reading, owner="the codebook")
    check_format(top, reading)
    places: dict[Key, Place] = {}
    codes = tuple(_read_codes(items_of(top, "codes"), reading, places))
    names = {code.id: code.name for code in codes}
    codebook = Codebook(
        name=text_of(top, "name", path.stem),
        codes=codes,
        lenses=tuple(_read_lenses(items_of(top, "lenses"), reading, places)),
        pairs=tuple(read_pair_entries(items_of(top, "pairs"), names, reading, places)),
        source=text_of(top, "source"),
        language=text_of(top, "language", "en"),
        outcome=text_of(top, "outcome"),
    )
    faults = find_faults(codebook, path=str(path), places=places)
    found = sorted([*reading.problems, *faults], key=lambda p: (p.line or 0, p.column or 0))
    return CheckedCodebook(codebook, tuple(found))


def check_format(top: dict[str, Node], reading: Reading) -> None:
    """Refuses a file of a later format (NEWER_FORMAT)."""
    node = top.get("format")
    if node is not None and node.text is not None and int(node.text) > FORMAT:
        raise QualcodeError(
            problem(
                P.NEWER_FORMAT, path=reading.path, line=node.line, found=node.text, known=FORMAT
            )
        )


def _entries(
    nodes: tuple[Node, ...], fields: Fields, what: str, reading: Reading
) -> Iterator[tuple[str, dict[str, Node], Node]]:
    read = [(known_entries(node, fields, reading, owner=f"this {what}"), node) for node in nodes]
    named = {id(found["id"]): (found, node) for found, node in read if "id" in found}
    ids = ((text_of(found, "id"), found["id"]) for found, _ in named.values())
    for entry_id, id_node in unique_ids(ids, what, reading):
        found, node = named[id(id_node)]
        yield entry_id, found, node


def _note_places(
    owner: str, entry_id: str, found: dict[str, Node], node: Node, places: dict[Key, Place]
) -> None:
    places[owner, entry_id] = (node.line, node.column)
    for field_name, value in found.items():
        places[owner, entry_id, field_name] = (value.line, value.column)
        for position, item in enumerate(items_of(found, field_name)):
            places[owner, entry_id, field_name, position] = (item.line, item.column)


def _read_lenses(
    nodes: tuple[Node, ...], reading: Reading, places: dict[Key, Place]
) -> Iterator[Lens]:
    for lens_id, found, node in _entries(nodes, LENS_FIELDS, "lens", reading):
        _note_places("lens", lens_id, found, node, places)
        yield Lens(
            id=lens_id,
            name=text_of(found, "name", lens_id),
            definition=text_of(found, "definition"),
            cues=texts_of(found, "cues"),
        )


def _read_codes(
    nodes: tuple[Node, ...], reading: Reading, places: dict[Key, Place]
) -> Iterator[Code]:
    for code_id, found, node in _entries(nodes, CODE_FIELDS, "code", reading):
        _note_places("code", code_id, found, node, places)
        kind = text_of(found, "kind", "code")
        yield Code(
            id=code_id,
            name=text_of(found, "name", code_id),
            definition=text_of(found, "definition"),
            include=texts_of(found, "include"),
            exclude=texts_of(found, "exclude"),
            examples=texts_of(found, "examples"),
            cues=texts_of(found, "cues"),
            valence=cast("CodeValence", text_of(found, "valence", "either")),
            lenses=texts_of(found, "lenses"),
            parent=text_of(found, "parent") or None,
            kind="category" if kind == "category" else "theme" if kind == "theme" else "code",
            in_vivo=flag_of(found, "in_vivo"),
            origin=text_of(found, "origin"),
            merged_into=text_of(found, "merged_into") or None,
            split_into=texts_of(found, "split_into"),
            retired=text_of(found, "retired"),
        )


def read_pair_entries(
    nodes: tuple[Node, ...], names: dict[str, str], reading: Reading, places: dict[Key, Place]
) -> Iterator[Pair]:
    """The pairs of a list in YAML; `names` are those of the codes, `places` is added to."""
    entries = _entries(nodes, PAIR_FIELDS, "pair", reading)
    for position, (pair_id, found, node) in enumerate(entries, start=1):
        _note_places("pair", pair_id, found, node, places)
        obstacle = found.get("obstacle")
        yield Pair(
            id=pair_id,
            number=int(text_of(found, "number") or position),
            obstacle=None if obstacle is None else _read_pole(obstacle, names, reading),
            catalysts=tuple(_read_pole(n, names, reading) for n in items_of(found, "catalysts")),
            lenses=texts_of(found, "lenses"),
            condition=text_of(found, "condition"),
        )


def _read_pole(node: Node, names: dict[str, str], reading: Reading) -> Pole:
    """A code's id alone means the code in its own name."""
    if node.kind == "scalar":
        code_id = (node.text or "").strip()
        return Pole(names.get(code_id, code_id), (code_id,))
    found = known_entries(node, POLE_FIELDS, reading, owner="this side of the pair")
    code_ids = texts_of(found, "codes")
    says = text_of(found, "says") or "; ".join(names.get(c, c) for c in code_ids)
    return Pole(says, code_ids)
