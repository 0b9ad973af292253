"""The kind of a document as people tell it: in front matter, a sheet, a correction."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qualcode.core.model import KINDS, Kind

_KEYS = ("kind", "type", "document type", "document kind")
_WORDS: dict[str, Kind] = {
    "interview": "interview notes",
    "interviewnote": "interview notes",
    "notesofinterview": "interview notes",
    "transcript": "transcript",
    "transcription": "transcript",
    "recording": "transcript",
    "focusgroup": "transcript",
    "minute": "minutes",
    "meeting": "minutes",
    "meetingminute": "minutes",
    "fieldnote": "field notes",
    "observation": "field notes",
    "observationnote": "field notes",
    "questionnaire": "questionnaire",
    "survey": "questionnaire",
    "response": "questionnaire",
    "policy": "policy",
    "policies": "policy",
    "policydocument": "policy",
    "document": "other",
    "other": "other",
}
_ABOUT_FOLDER = frozenset({"readme", "license", "licence", "origin"})


def is_about_folder(name: str) -> bool:
    """Whether a file is about the folder in which it lies, and no part of the study.

    >>> is_about_folder("data/README.md")
    True
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    return last.partition(".")[0].casefold() in _ABOUT_FOLDER


def told_kind(facts: Iterable[tuple[str, str]]) -> tuple[Kind, str] | None:
    """The kind that somebody told, and the words for it; None where nobody did.

    A word that stands for no kind is passed over.

    >>> told_kind([("Type", "Field note")]), told_kind([("kind", "thing")])
    (('field notes', 'Field note'), None)
    """
    for key, value in facts:
        if key.casefold() in _KEYS:
            plain = re.sub(r"[\W_]+", "", value.casefold())
            for kind in KINDS:
                if plain in (kind.replace(" ", ""), kind.replace(" ", "").rstrip("s")):
                    return kind, value
            found = _WORDS.get(plain) or _WORDS.get(plain.removesuffix("s"))
            if found is not None:
                return found, value
    return None
