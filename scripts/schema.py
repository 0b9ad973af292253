"""Writes docs/*.schema.json, for editors, from the keys that the readers know."""

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
from qualcode.store.pairs_file import TOP_FIELDS as PAIRS_FIELDS

DOCS = Path(__file__).parents[1] / "docs"

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


def codebook_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a codebook."""
    parts = {"lens": LENS_FIELDS, "code": CODE_FIELDS, "pair": PAIR_FIELDS, "pole": POLE_FIELDS}
    return _schema("qualcode codebook", TOP_FIELDS, parts)


def pairs_schema() -> dict[str, Any]:
    """JSON Schema of a file of pairs."""
    return _schema("qualcode pairs", PAIRS_FIELDS, {"pair": PAIR_FIELDS, "pole": POLE_FIELDS})


def _schema(title: str, top: Fields, parts: dict[str, Fields]) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **_object(top),
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


def schema_files() -> dict[Path, str]:
    """Every schema as the text of its file."""
    found = {"codebook": codebook_schema(), "pairs": pairs_schema()}
    return {
        DOCS / f"{name}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for name, schema in found.items()
    }


if __name__ == "__main__":
    for path, text in schema_files().items():
        path.write_text(text, encoding="utf-8", newline="\n")
