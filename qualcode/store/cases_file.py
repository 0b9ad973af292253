"""The cases of a study in YAML: who is heard, and what is known of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from qualcode.analysis.cases import CaseBook, is_consent_key, read_consent
from qualcode.core.model import Attribute, Case
from qualcode.core.problems import P, Problem
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
from qualcode.store.yamlio import Node, read_yaml

CASES_FILE = "cases.yaml"

TOP_FIELDS: Fields = {
    "format": Field("number", "Format of this file; 1.", required=True),
    "cases": Field("entries", "The people, organisations or sites that are compared."),
}
CASE_FIELDS: Fields = {
    "id": Field("text", "Short name; never changes.", required=True),
    "name": Field("text", "Name as it stands in documents; never printed in a credit."),
    "aliases": Field("texts", "Other names and initials by which the case is met."),
    "documents": Field("texts", "Ids of the documents in which this case alone speaks."),
    "attributes": Field("mapping", "Role, organisation, tier and whatever is compared."),
}


def read_cases(path: Path) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
    """The cases of a YAML file, in its order, and all that is wrong with it.

    Raises:
        QualcodeError: BAD_YAML, where nothing can be made of the file.
    """
    reading = Reading(str(path))
    top = known_entries(read_yaml(path), TOP_FIELDS, reading, owner="the list of cases")
    entries = [
        known_entries(node, CASE_FIELDS, reading, owner="this case")
        for node in items_of(top, "cases")
    ]
    by_node = {id(found["id"]): found for found in entries if "id" in found}
    ids = ((text_of(found, "id"), found["id"]) for found in by_node.values())
    entries_by_id = {
        case_id: by_node[id(node)] for case_id, node in unique_ids(ids, "case", reading)
    }
    cases = tuple(_case(case_id, found) for case_id, found in entries_by_id.items())
    for case_id, found in entries_by_id.items():
        _check_consent(case_id, found, reading)
    return cases, tuple(reading.problems)


def read_case_book(path: Path) -> tuple[CaseBook, tuple[Problem, ...]]:
    """The cases of a file, found by name; none where there is no file. Errors as `read_cases`."""
    cases, problems = read_cases(path) if path.is_file() else ((), ())
    return CaseBook.of(cases), problems


def cases_data(cases: Iterable[Case]) -> bytes:
    """The cases as the bytes of their file."""
    entries = [_entry(case) for case in cases]
    value = {"format": 1, "cases": entries}
    text = yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=100)
    return text.encode()


def _entry(case: Case) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": case.id,
        "name": case.name,
        "aliases": list(case.aliases),
        "documents": list(case.documents),
        "attributes": {attribute.key: attribute.value for attribute in case.attributes},
    }
    return {key: value for key, value in entry.items() if value}


def _case(case_id: str, found: dict[str, Node]) -> Case:
    return Case(
        id=case_id,
        name=text_of(found, "name"),
        aliases=texts_of(found, "aliases"),
        documents=texts_of(found, "documents"),
        attributes=tuple(
            Attribute(key.text or "", (value.text or "").strip())
            for key, value in _told(found)
            if (value.kind == "scalar" and value.text is not None) or _is_consent(key)
        ),
    )


def _told(found: dict[str, Node]) -> tuple[tuple[Node, Node], ...]:
    attributes = found.get("attributes")
    return tuple(attributes.entries) if attributes else ()


def _is_consent(key: Node) -> bool:
    return is_consent_key(key.text or "")


def _check_consent(case_id: str, found: dict[str, Node], reading: Reading) -> None:
    """Reports an attribute `quote` that is neither yes, no nor ask; it counts as a no."""
    for key, value in _told(found):
        said = (value.text or "") if value.kind == "scalar" else value.found
        if _is_consent(key) and read_consent(said) is None:
            reading.report(
                P.UNCLEAR_CONSENT, key, case=case_id, key=key.text, found=said or "(nothing)"
            )
