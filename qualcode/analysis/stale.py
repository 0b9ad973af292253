"""Codings to be read again: their code means something else now, or other words stand there.

Renaming and merging do not touch codings; a changed definition and a split do, and each coding
waits until a person has read it again (constant comparison: Glaser and Strauss 1967). So does
one whose words were changed in its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from qualcode.analysis.find_span import where_apart
from qualcode.core.codebook import codes_by_id, meaning_of, resolve
from qualcode.core.model import Code, Codebook, Coding, Span


@dataclass(frozen=True, slots=True)
class StaleCoding:
    """A coding to be read again, with the reason in words."""

    coding: Coding
    kind: Literal["defined anew", "split", "other words"]
    why: str


def find_stale(codebook: Codebook, codings: Iterable[Coding]) -> tuple[StaleCoding, ...]:
    """The codings made under an earlier meaning, on other words, or under a code split since.

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
            why = _and_words(coding, _why_split(code, split[code.id]))
            found.append(StaleCoding(coding, "split", why))
        elif coding.meaning and coding.meaning != meanings[code.id]:
            why = _and_words(coding, _why_defined(code, coding))
            found.append(StaleCoding(coding, "defined anew", why))
        elif coding.was:
            found.append(StaleCoding(coding, "other words", _why_words(coding)))
    return tuple(sorted(found, key=lambda one: _place(one.coding, places)))


OTHER_WORDS = "other words"
"""What stands for the meaning of a coding, where stale ones are counted, once its words changed."""


def counted_as(coding: Coding) -> tuple[str, str]:
    """Code and meaning under which `count_stale` counts a coding."""
    return coding.code_id, OTHER_WORDS if coding.was else coding.meaning


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


def _and_words(coding: Coding, why: str) -> str:
    return f"{why}; {_why_words(coding)}" if coding.was else why


def _why_words(coding: Coding) -> str:
    before, now = where_apart(coding.was, coding.quote)
    return f'the source was edited since: "{before}" is now "{now}"'


def _why_split(code: Code, end: Code) -> str:
    parts = ", ".join(end.split_into)
    merged = "" if code.id == end.id else f'its code was merged into "{end.id}", which '
    return f"{merged or 'its code '}was split into {parts}"


def _why_defined(code: Code, coding: Coding) -> str:
    if coding.meaning == meaning_of(Code(code.id, code.name)):
        return "coded before the code had a definition"
    return f"coded under an earlier meaning (codebook version {coding.codebook_version})"
