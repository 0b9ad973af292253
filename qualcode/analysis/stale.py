"""Codings to be read again, because their code no longer means what it meant to the coder.

Renaming and merging do not touch codings; a changed definition and a split do, and each coding
waits until a person has read it again (constant comparison: Glaser and Strauss 1967).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from qualcode.core.codebook import codes_by_id, meaning_of, resolve
from qualcode.core.model import Code, Codebook, Coding, Span


@dataclass(frozen=True, slots=True)
class StaleCoding:
    """A coding to be read again, with the reason in words."""

    coding: Coding
    kind: Literal["defined anew", "split"]
    why: str


def find_stale(codebook: Codebook, codings: Iterable[Coding]) -> tuple[StaleCoding, ...]:
    """The codings made under an earlier meaning, or under a code that was split since.

    A merged code stands for the one that took its place: where that one was split, its codings
    wait too. A coding that does not say what its code meant is never stale for its meaning, and
    one whose code is not in the codebook is left to `qualcode check`.

    Args:
        codebook: as it is now.
        codings: in any order.

    Returns:
        By code in the order of the codebook, then by document and place.
    """
    codes = codes_by_id(codebook)
    places = {code_id: place for place, code_id in enumerate(codes)}
    split = {one: codes[end] for one in codes if codes[end := resolve(codebook, one)].split_into}
    meanings = {code.id: meaning_of(code) for code in codebook.codes}
    found = []
    for coding in codings:
        code = codes.get(coding.code_id)
        if code is None:
            continue
        if code.id in split:
            found.append(StaleCoding(coding, "split", _why_split(code, split[code.id])))
        elif coding.meaning and coding.meaning != meanings[code.id]:
            found.append(StaleCoding(coding, "defined anew", _why_defined(code, coding)))
    return tuple(sorted(found, key=lambda one: _place(one.coding, places)))


def count_stale(codebook: Codebook, meanings: Mapping[tuple[str, str], int]) -> int:
    """How many codings are stale, from how many there are of each code in each meaning."""
    ones = {both: Coding("", "", Span(0, 0), "", both[0], "", meaning=both[1]) for both in meanings}
    stale = {
        (one.coding.code_id, one.coding.meaning) for one in find_stale(codebook, ones.values())
    }
    return sum(n for both, n in meanings.items() if both in stale)


def _place(coding: Coding, places: dict[str, int]) -> tuple[int, str, int, int, str]:
    span = coding.span
    return places[coding.code_id], coding.doc_id, span.start, span.end, coding.id


def _why_split(code: Code, end: Code) -> str:
    parts = ", ".join(end.split_into)
    merged = "" if code.id == end.id else f'its code was merged into "{end.id}", which '
    return f"{merged or 'its code '}was split into {parts}"


def _why_defined(code: Code, coding: Coding) -> str:
    if coding.meaning == meaning_of(Code(code.id, code.name)):
        return "coded before the code had a definition"
    return f"coded under an earlier meaning (codebook version {coding.codebook_version})"
