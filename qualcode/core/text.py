"""Normalising and hashing text, and finding places in it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the types take longer to load than all that is here
    from qualcode.core.model import Mark, Span

# Typists and converters leave these behind; none of them is something anybody said.
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_PLAIN = bytes([*b"\t\n", *range(32, 127)])
"""What most texts are made of, which stays as it is."""
_WORD_OR_SPACE = bytes(ord(" ") if chr(code).isspace() else ord("x") for code in range(256))
"""A blank for white space and an x for all else in ASCII."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def normalise(text: str) -> str:
    """The text with one kind of newline and space, and nothing invisible in it.

    Newlines become LF, every other space but the tab becomes a plain space, ligatures become
    letters; soft hyphens, zero-width, bidirectional and control characters go; letters are
    composed (NFC). Doing it twice changes nothing.

    >>> normalise("o\\ufb03ce\\u00a0hours\\r\\n")
    'office hours\\n'
    """
    if text.isascii() and not text.encode().translate(None, _PLAIN):
        return text
    text = _NEWLINES.sub("\n", text)
    text = _CONTROL.sub("", text)
    if text.isascii():
        return text
    text = _INVISIBLE.sub("", text)
    text = _SPACES.sub(" ", text)
    text = _LIGATURE.sub(lambda match: _LIGATURES[match.group()], text)
    return unicodedata.normalize("NFC", text)


def content_hash(data: bytes | str) -> str:
    """SHA-256 of the bytes (of UTF-8 for text), as 64 hexadecimal digits."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def short_key(*parts: str) -> str:
    """Sixteen hexadecimal digits that stand for these parts, in this order."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


def count_words(text: str) -> int:
    """Number of words: stretches between white space.

    >>> count_words("put a face to the name")
    6
    """
    if not text.isascii():
        return len(text.split())
    marked = text.encode().translate(_WORD_OR_SPACE)  # makes no string for every word
    return marked.count(b" x") + marked.startswith(b"x")


def counted(n: int, singular: str, plural: str = "") -> str:
    """A number with its unit.

    >>> counted(1, "segment"), counted(0, "segment")
    ('1 segment', '0 segments')
    """
    return f"{n:,} {singular if n == 1 else plural or singular + 's'}"


def count_stretches(spans: Iterable[Span]) -> int:
    """Number of stretches of one text that the spans cover: those that overlap are one.

    >>> from qualcode.core.model import Span
    >>> count_stretches([Span(0, 5), Span(3, 9), Span(9, 12)])
    2
    """
    n, reach = 0, -1
    for span in sorted(spans, key=attrgetter("start", "end")):
        n += span.start >= reach
        reach = max(reach, span.end)
    return n


def mark_at(marks: tuple[Mark, ...], offset: int) -> Mark | None:
    """The last mark at or before `offset`, or None where there is none; marks in order."""
    at = bisect_right(marks, offset, key=attrgetter("offset"))
    return marks[at - 1] if at else None


def clock(seconds: float) -> str:
    """A time of a recording as h:mm:ss.

    >>> clock(65.2)
    '0:01:05'
    """
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def spoken_date(iso: str) -> str:
    """A date as people write it; a text that is no ISO date stays as it is.

    >>> spoken_date("2025-03-13")
    '13 March 2025'
    """
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{found.day} {_MONTHS[found.month - 1]} {found.year}"


def where_in_original(marks: tuple[Mark, ...], offset: int) -> str:
    """Page, line or time in the original, as a person would say it, or "".

    >>> from qualcode.core.model import Mark
    >>> where_in_original((Mark(0, line=3), Mark(40, line=5, page=2)), 41)
    'page 2, line 5'
    """
    mark = mark_at(marks, offset)
    if mark is None:
        return ""
    parts = []
    if mark.page is not None:
        parts.append(f"page {mark.page}")
    if mark.time is not None:
        parts.append(clock(mark.time))
    if mark.line is not None:
        parts.append(f"line {mark.line}")
    return ", ".join(parts)
