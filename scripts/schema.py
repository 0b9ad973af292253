"""Writes docs/codebook.schema.json, for editors, from the keys that the reader knows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qualcode.store.codebook_file import (
    CODE_FIELDS,
    LENS_FIELDS,
    PAIR_FIELDS,
    POLE_FIELDS,
    TOP_FIELDS,
)
from qualcode.store.fields import ID, Expected, Field, Fields

PATH = Path(__file__).parents[1] / "docs" / "codebook.schema.json"

_TEXT = {"type": ["string", "number", "boolean"]}
_POLE = {"oneOf": [{"type": "string"}, {"$ref": "#/$defs/pole"}]}
_ENTRIES = {"lenses": "lens", "codes": "code", "pairs": "pair"}
_SHAPES: dict[Expected, dict[str, Any]] = {
    "text": {"type": ["string", "number", "boolean", "null"]},
    "id": {"type": ["string", "number", "null"], "pattern": f"^{ID.pattern}$"},
    "word": {"type": ["string", "boolean", "null"]},
    "flag": {"type": ["boolean", "null"]},
    "number": {"type": ["integer", "null"], "minimum": 0},
    "texts": {"oneOf": [_TEXT, {"type": "array", "items": _TEXT}, {"type": "null"}]},
    "ids": {"oneOf": [_TEXT, {"type": "array", "items": _TEXT}, {"type": "null"}]},
    "pole": {"oneOf": [*_POLE["oneOf"], {"type": "null"}]},
    "poles": {"oneOf": [{"type": "array", "items": _POLE}, *_POLE["oneOf"], {"type": "null"}]},
}


def schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a codebook."""
    parts = {"lens": LENS_FIELDS, "code": CODE_FIELDS, "pair": PAIR_FIELDS, "pole": POLE_FIELDS}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "qualcode codebook",
        **_object(TOP_FIELDS),
        "$defs": {name: _object(fields) for name, fields in parts.items()},
    }


def _object(fields: Fields) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, field in fields.items() if field.required],
        "properties": {name: _shape(name, field) for name, field in fields.items()},
    }


def _shape(name: str, field: Field) -> dict[str, Any]:
    about = {"description": field.about}
    if field.expected == "entries":
        items = {"$ref": f"#/$defs/{_ENTRIES[name]}"}
        return {**about, "type": ["array", "null"], "items": items}
    if field.words:
        return {**about, "enum": [*field.words, None]}
    return {**about, **_SHAPES[field.expected]}


def schema_text() -> str:
    """The schema as the bytes of its file, as text."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PATH.write_text(schema_text(), encoding="utf-8", newline="\n")
