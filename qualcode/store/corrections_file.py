"""Corrections of one document in YAML: written by commands or by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import yaml

from qualcode.analysis.corrections import Corrections, Split
from qualcode.core.model import Voice
from qualcode.core.problems import Problem
from qualcode.store.fields import (
    Field,
    Fields,
    Reading,
    items_of,
    known_entries,
    text_of,
    texts_of,
)
from qualcode.store.yamlio import Node, read_yaml

FACTS = ("kind", "role", "date", "title", "site", "phase", "participants", "researcher")
VOICES = ("verbatim", "paraphrase", "observer")
FIELDS: Fields = {
    **{name: Field("text", f"The {name} of the document, as you know it.") for name in FACTS},
    "speakers": Field("mapping", 'Who a speaker is: a case, or "researcher".'),
    "voices": Field("mapping", "The voice of a unit: verbatim, paraphrase or observer."),
    "turns": Field("mapping", "The speaker of a unit."),
    "splits": Field("entries", "Units that are two."),
    "joins": Field("texts", "Units that belong to the one before them."),
}
SPLIT_FIELDS: Fields = {
    "unit": Field("text", "The unit that is two.", required=True),
    "before": Field("text", "The words with which the second begins.", required=True),
    "speaker": Field("text", "Who speaks in the second."),
}


def load_corrections(path: Path) -> tuple[Corrections, tuple[Problem, ...]]:
    """The corrections of a file, and what is wrong with it; none where there is no file.

    Raises:
        QualcodeError: BAD_YAML.
    """
    if not path.is_file():
        return Corrections(), ()
    reading = Reading(str(path))
    found = known_entries(read_yaml(path), FIELDS, reading, owner="the corrections")
    splits = (
        known_entries(node, SPLIT_FIELDS, reading, owner="this split")
        for node in items_of(found, "splits")
    )
    corrections = Corrections(
        facts=tuple((name, text_of(found, name)) for name in FACTS if name in found),
        speakers=_pairs(found.get("speakers")),
        voices=tuple(
            (ref, cast("Voice", voice))
            for ref, voice in _pairs(found.get("voices"))
            if voice in VOICES
        ),
        unit_speakers=_pairs(found.get("turns")),
        splits=tuple(
            Split(text_of(s, "unit"), text_of(s, "before"), text_of(s, "speaker"))
            for s in splits
            if "unit" in s and "before" in s
        ),
        joins=texts_of(found, "joins"),
    )
    return corrections, tuple(reading.problems)


def corrections_data(corrections: Corrections) -> bytes:
    """The corrections of one document as the bytes of their file."""
    value: dict[str, Any] = {
        **dict(corrections.facts),
        "speakers": dict(corrections.speakers),
        "voices": dict(corrections.voices),
        "turns": dict(corrections.unit_speakers),
        "splits": [
            {
                key: part
                for key, part in (("unit", s.ref), ("before", s.before), ("speaker", s.speaker))
                if part
            }
            for s in corrections.splits
        ],
        "joins": list(corrections.joins),
    }
    kept = {key: part for key, part in value.items() if part}
    text = yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=100)
    return text.encode()


def _pairs(node: Node | None) -> tuple[tuple[str, str], ...]:
    return tuple(
        (key.text or "", (value.text or "").strip())
        for key, value in (node.entries if node else ())
        if value.kind == "scalar" and value.text is not None
    )
