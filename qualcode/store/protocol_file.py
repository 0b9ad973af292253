"""The protocol in YAML: what is asked of each document; and the answers, one file each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import yaml

from qualcode.core.model import KINDS
from qualcode.core.problems import P, Problem, QualcodeError
from qualcode.core.protocol import DEFAULT_ITEMS, Answer, Item, Protocol
from qualcode.store.fields import (
    Field,
    Fields,
    Reading,
    items_of,
    known_entries,
    text_of,
    texts_of,
    unique_ids,
)
from qualcode.store.paths import ProjectPaths
from qualcode.store.yamlio import Node, parse_yaml, text_of_bytes

PROTOCOL_FIELDS: Fields = {
    "format": Field("number", "Format of this file; 1.", required=True),
    "version": Field("number", "Goes up by one with every change.", required=True),
    "items": Field("entries", "What is asked of each document.", required=True),
}
ITEM_FIELDS: Fields = {
    "id": Field("id", "Short name of the item; never changes.", required=True),
    "question": Field("text", "What is asked.", required=True),
    "kinds": Field("texts", "Kinds of documents that are asked; all if left out."),
}
ANSWERS_FIELDS: Fields = {
    "format": Field("number", "Format of this file; 1.", required=True),
    "answers": Field("entries", "What was found in the document."),
}
ANSWER_FIELDS: Fields = {
    "item": Field("text", "Id of the item.", required=True),
    "text": Field("text", "The answer.", required=True),
    "coder": Field("text", "Who answered."),
    "at": Field("text", "When, in UTC."),
    "version": Field("number", "Version of the protocol then."),
}
_VERSION = re.compile(r"^version:[ \t]*\d+", re.MULTILINE)


def protocol_path(paths: ProjectPaths) -> Path:
    """The file of the protocol."""
    return paths.root / "protocol.yaml"


def kept_protocol(paths: ProjectPaths, version: int) -> Path:
    """Where one version of the protocol is kept."""
    return paths.root / "history" / f"protocol-{version:03}.yaml"


def answers_path(paths: ProjectPaths, doc_id: str) -> Path:
    """The file of the answers for one document."""
    return paths.root / "protocol" / f"{doc_id}.yaml"


def read_protocol(data: bytes, *, path: Path) -> Protocol:
    """The protocol that these bytes say.

    Raises:
        QualcodeError: with everything wrong with it, by line.
    """
    reading = Reading(str(path))
    node = parse_yaml(text_of_bytes(data, path), name=str(path))
    top = known_entries(node, PROTOCOL_FIELDS, reading, owner="the protocol")
    found = [
        known_entries(one, ITEM_FIELDS, reading, owner="this item")
        for one in items_of(top, "items")
    ]
    by_node = {id(one["id"]): one for one in found if "id" in one}
    ids = ((text_of(one, "id"), one["id"]) for one in by_node.values())
    items = tuple(
        _item(item_id, by_node[id(node)], reading)
        for item_id, node in unique_ids(ids, "item", reading)
    )
    if reading.problems:
        raise QualcodeError(*reading.problems)
    return Protocol(int(text_of(top, "version", "1")), items)


def _item(item_id: str, found: dict[str, Node], reading: Reading) -> Item:
    kinds = texts_of(found, "kinds")
    for node, kind in zip(items_of(found, "kinds"), kinds, strict=True):
        if kind not in KINDS:
            allowed = ", ".join(KINDS)
            reading.report(P.UNKNOWN_WORD, node, key="kinds", found=kind, allowed=allowed, hint="")
    return Item(item_id, text_of(found, "question"), kinds)


def load_protocol(paths: ProjectPaths) -> Protocol:
    """The protocol of a project; the usual one, as version 1, where none was written yet."""
    path = protocol_path(paths)
    if not path.is_file():
        return Protocol(1, DEFAULT_ITEMS)
    return read_protocol(path.read_bytes(), path=path)


def protocol_data(protocol: Protocol) -> bytes:
    """The file of a protocol, written afresh."""
    value = {
        "format": 1,
        "version": protocol.version,
        "items": [_item_value(item) for item in protocol.items],
    }
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=100).encode()


def _item_value(item: Item) -> dict[str, object]:
    kinds = {"kinds": list(item.kinds)} if item.kinds else {}
    return {"id": item.id, "question": item.question, **kinds}


def protocol_edited(data: bytes, changed: Protocol, *, added: Sequence[Item]) -> bytes:
    """The file with the version of `changed` and `added` items at its end, comments kept.

    Where the file is written so that this cannot be done, it is written afresh.
    """
    text = _VERSION.sub(f"version: {changed.version}", data.decode("utf-8-sig"), count=1)
    if added:
        dash = re.findall(r"^([ ]*)- ", text, re.MULTILINE)
        lines = yaml.safe_dump(
            [_item_value(item) for item in added], sort_keys=False, allow_unicode=True, width=100
        ).splitlines()
        indent = dash[0] if dash else ""
        text = text.rstrip("\n") + "\n" + "".join(f"{indent}{line}\n" for line in lines)
    try:
        if read_protocol(text.encode(), path=Path("protocol.yaml")) == changed:
            return text.encode()
    except QualcodeError:
        pass
    return protocol_data(changed)


def load_answers(
    paths: ProjectPaths, doc_id: str, *, data: bytes | None = None
) -> tuple[tuple[Answer, ...], tuple[Problem, ...]]:
    """The answers for one document, in the order of the file, and what is wrong with it."""
    path = answers_path(paths, doc_id)
    if data is None:
        if not path.is_file():
            return (), ()
        data = path.read_bytes()
    reading = Reading(str(path))
    try:
        node = parse_yaml(text_of_bytes(data, path), name=str(path))
    except QualcodeError as error:
        return (), error.problems
    top = known_entries(node, ANSWERS_FIELDS, reading, owner="the list of answers")
    entries = [
        known_entries(one, ANSWER_FIELDS, reading, owner="this answer")
        for one in items_of(top, "answers")
    ]
    answers = tuple(
        Answer(
            item=text_of(found, "item"),
            text=text_of(found, "text"),
            coder=text_of(found, "coder"),
            at=text_of(found, "at"),
            version=int(text_of(found, "version", "1")),
        )
        for found in entries
        if "item" in found and "text" in found
    )
    return answers, tuple(reading.problems)


def answers_data(answers: Sequence[Answer]) -> bytes | None:
    """The file of the answers for one document; None for none."""
    if not answers:
        return None
    value = {
        "format": 1,
        "answers": [
            {"item": a.item, "text": a.text, "coder": a.coder, "at": a.at, "version": a.version}
            for a in answers
        ],
    }
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=100).encode()
