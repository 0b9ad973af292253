"""Codes in a participant's own words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import count

from qualcode.core.codebook import codes_by_id
from qualcode.core.model import Code, Codebook

LONGEST_NAME = 60
LONGEST_ID = 40
_NO_ID = re.compile(r"[^a-z0-9]+")


def id_from(name: str, *, otherwise: str = "code") -> str:
    """An id made of the letters and digits of a name.

    >>> id_from("We start from scratch!")
    'we-start-from-scratch'
    """
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    parts = [part for part in _NO_ID.split(letters.replace("'", "").lower()) if part]
    kept = parts[:1]
    for part in parts[1:]:
        if len("-".join(kept)) + len(part) >= LONGEST_ID:
            break
        kept.append(part)
    return "-".join(kept)[:LONGEST_ID] or otherwise


def in_vivo_code(codebook: Codebook, words: str, *, origin: str) -> Code:
    """The in-vivo code of these words: the one that is there, else a new one with a free id."""
    name = " ".join(words.split()).strip(" .,;:!?\"'“”‘’")
    if len(name) > LONGEST_NAME:
        name = name[: LONGEST_NAME - 3].rsplit(" ", 1)[0] + "..."
    code = Code(id=id_from(name, otherwise="in-vivo"), name=name, in_vivo=True, origin=origin)
    known = codes_by_id(codebook)
    for one in known.values():
        if one.in_vivo and one.name.casefold() == name.casefold():
            return one
    free = (f"{code.id}-{number}" for number in count(2))
    return (
        code if code.id not in known else replace(code, id=next(i for i in free if i not in known))
    )
