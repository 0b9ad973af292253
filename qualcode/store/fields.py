"""Reading the fields of a YAML mapping against a list of known keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from qualcode.core.hints import did_you_mean
from qualcode.core.problems import P, Problem, ProblemKind, problem
from qualcode.store.yamlio import Node

Expected = Literal[
    "text",
    "id",
    "word",
    "flag",
    "number",
    "texts",
    "ids",
    "entries",
    "mapping",
    "pole",
    "poles",
]
ID = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")

_EXPECTED_WORDS: dict[Expected, str] = {
    "text": "text",
    "id": "an id",
    "word": "one word",
    "flag": "true or false",
    "number": "a whole number",
    "texts": "a list of texts",
    "ids": "a list of ids",
    "entries": "a list of entries",
    "mapping": "a mapping of names to values",
    "pole": "a code, or {says: ..., codes: [...]}",
    "poles": "a list of codes, or of {says: ..., codes: [...]}",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A known key: what its value must be, and one sentence for whoever writes it."""

    expected: Expected
    about: str
    words: tuple[str, ...] = ()
    required: bool = False


Fields = Mapping[str, Field]


@dataclass(slots=True)
class Reading:
    """What is being read, and the problems met on the way."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def report(self, kind: ProblemKind, node: Node, **values: object) -> None:
        self.problems.append(
            problem(kind, path=self.path, line=node.line, column=node.column, **values)
        )


def known_entries(node: Node, fields: Fields, reading: Reading, *, owner: str) -> dict[str, Node]:
    """The values of a mapping under its known keys; unknown, wrong and missing are reported.

    A null value counts as not given. A value of the wrong type is reported and left out.
    """
    if node.kind != "mapping":
        reading.report(
            P.WRONG_TYPE, node, key=owner, expected=_EXPECTED_WORDS["mapping"], found=node.found
        )
        return {}
    found: dict[str, Node] = {}
    for key, value in node.entries:
        name = key.text or ""
        if name not in fields:
            reading.report(P.UNKNOWN_KEY, key, key=name, hint=did_you_mean(name, fields))
        elif (value.text is not None or value.kind != "scalar") and _fits(
            name, value, fields[name], reading
        ):
            found[name] = value
    for name, known in fields.items():
        if known.required and node.get(name) is None:
            reading.report(P.MISSING_KEY, node, owner=owner, key=name)
    return found


def _fits(name: str, node: Node, known: Field, reading: Reading) -> bool:
    if not _has_shape(node, known.expected):
        expected = _EXPECTED_WORDS[known.expected]
        reading.report(P.WRONG_TYPE, node, key=name, expected=expected, found=node.found)
        return False
    if known.words and node.text not in known.words:
        reading.report(
            P.UNKNOWN_WORD,
            node,
            key=name,
            found=node.text,
            allowed=", ".join(known.words),
            hint=did_you_mean(node.text or "", known.words),
        )
        return False
    if known.expected == "id" and not ID.fullmatch(node.text or ""):
        report_bad_id(node, reading)
        return False
    return True


def _has_shape(node: Node, expected: Expected) -> bool:
    """One text where a list of texts is meant is read as a list of one."""
    is_text = node.kind == "scalar" and node.text is not None
    match expected:
        case "texts" | "ids":
            return is_text or (node.kind == "list" and all(_is_text(n) for n in node.items))
        case "poles":
            parts = node.items if node.kind == "list" else (node,)
            return all(_is_text(part) or part.kind == "mapping" for part in parts)
        case "pole":
            return is_text or node.kind == "mapping"
        case "entries":
            return node.kind == "list"
        case "mapping":
            return node.kind == "mapping"
        case "number":
            return is_text and (node.text or "").isdecimal()
        case "flag":
            return is_text and (node.text or "").lower() in ("true", "false", "yes", "no")
        case _:
            return is_text


def _is_text(node: Node) -> bool:
    return node.kind == "scalar" and node.text is not None


def report_bad_id(node: Node, reading: Reading) -> None:
    """Says that the text cannot be an id, with one that could."""
    example = re.sub(r"[^a-z0-9]+", "-", (node.text or "").lower()).strip("-") or "new-code"
    reading.report(P.BAD_ID, node, id=node.text, example=example)


def text_of(found: Mapping[str, Node], key: str, default: str = "") -> str:
    """The text under `key`, white space folded at its ends."""
    node = found.get(key)
    return default if node is None or node.text is None else node.text.strip()


def texts_of(found: Mapping[str, Node], key: str) -> tuple[str, ...]:
    """The texts of the list under `key`, in order; one text alone is a list of one."""
    return tuple((node.text or "").strip() for node in items_of(found, key))


def items_of(found: Mapping[str, Node], key: str) -> tuple[Node, ...]:
    """The entries of the list under `key`."""
    node = found.get(key)
    if node is None:
        return ()
    return node.items if node.kind == "list" else (node,)


def flag_of(found: Mapping[str, Node], key: str) -> bool:
    """Whether the value under `key` is true or yes."""
    return text_of(found, key).lower() in ("true", "yes")


def unique_ids(
    nodes: Iterator[tuple[str, Node]], what: str, reading: Reading
) -> Iterator[tuple[str, Node]]:
    """The entries whose id was not seen before; repeats are reported with the first line."""
    first: dict[str, int] = {}
    for entry_id, node in nodes:
        if entry_id in first:
            reading.report(P.DUPLICATE_ID, node, what=what, id=entry_id, first=first[entry_id])
            continue
        first[entry_id] = node.line
        yield entry_id, node
