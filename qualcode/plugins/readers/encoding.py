"""Bytes to text: which encoding a plain file is in, and what is no text at all."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from unicodedata import category

from qualcode.core.problems import P, Problem, problem
from qualcode.core.protocols import Source
from qualcode.core.text import normalise
from qualcode.plugins.readers.base import fail

_SAMPLE = 65_536

# UTF-32 stands first, since its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "it is a PDF"),
    (b"PK\x03\x04", "it is a ZIP archive, as Word and Excel files are"),
    (b"\xd0\xcf\x11\xe0", "it is an old Microsoft Office file, or one with a password"),
    (b"\x89PNG", "it is a PNG picture"),
    (b"\xff\xd8\xff", "it is a JPEG picture"),
    (b"GIF87a", "it is a GIF picture"),
    (b"GIF89a", "it is a GIF picture"),
    (b"II*\x00", "it is a TIFF picture"),
    (b"MM\x00*", "it is a TIFF picture"),
    (b"\x1f\x8b", "it is a gzip archive"),
    (b"7z\xbc\xaf", "it is a 7z archive"),
    (b"Rar!\x1a", "it is a RAR archive"),
    (b"SQLite format 3\x00", "it is a database"),
    (b"ID3\x03", "it is a sound recording"),
    (b"ID3\x04", "it is a sound recording"),
    (b"OggS\x00", "it is a sound recording"),
    (b"{\\rtf", "it is Rich Text; give its name the ending .rtf"),
)

_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_NOT_ASCII = bytes(range(128, 256))
_BROKEN = re.compile("[\udc80-\udcff]")
_HIGH = re.compile(rb"[\x80-\xff]")
_CP1252_HOLES = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_LETTERS = re.compile(r"[^\W\d_]")
# A capital or a sign inside a word ("weÕre", "ksi¹¿ka") is what a wrong guess looks like.
_ODD = re.compile(r"(?<=[a-zß-öø-ÿ])(?:[À-ÖØ-ÞŠŽŒŸ]|[^\w\s\x00-\x7f–—‘’“”…·´](?=[a-zß-öø-ÿ]))")
# Encodings of mainframes and of mail, in which nearly any bytes are some text.
_NEVER = ["cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140", "utf_7"]
_NAMES = {
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding that it was read in, and what is doubtful in it."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def read_text(source: Source) -> Decoded:
    """The normalised text of a plain file; as `decode` otherwise."""
    decoded = decode(source)
    return replace(decoded, text=normalise(decoded.text))


def decode(source: Source) -> Decoded:
    """The text of a plain file as it stands there, without its byte order mark.

    The same bytes always give the same text. What is not UTF-8, and has no byte order
    mark, comes with the note DOUBTFUL_ENCODING.

    Raises:
        QualcodeError: EMPTY_FILE, BINARY_FILE or BAD_ENCODING.

    >>> decode(Source("a.txt", b"na\\xefve")).text
    'naïve'
    """
    data = source.data
    if not data.strip():
        fail(P.EMPTY_FILE, source)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(source, mark, encoding)
    _refuse_magic(source)
    if b"\x00" in data[:_SAMPLE]:
        return _decode_wide(source)
    _refuse_controls(source)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _decode_legacy(source, error.start)


def _decode_marked(source: Source, mark: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(source.data[len(mark) :].decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            return _decode_legacy(Source(source.name, source.data[len(mark) :]), error.start)
        return fail(P.BAD_ENCODING, source, offset=error.start + len(mark))


def _refuse_magic(source: Source) -> None:
    for magic, reason in _MAGIC:
        if source.data.startswith(magic):
            fail(P.BINARY_FILE, source, reason=reason)
    if source.data[4:8] == b"ftyp" or source.data[8:12] in (b"WAVE", b"AVI ", b"WEBP"):
        fail(P.BINARY_FILE, source, reason="it is a sound recording or a film")


def _refuse_controls(source: Source) -> None:
    sample = source.data[:_SAMPLE]
    found = len(sample) - len(sample.translate(None, _CONTROLS))
    if found > 3 and found * 50 > len(sample):
        fail(P.BINARY_FILE, source, reason="it is full of control characters")


def _decode_wide(source: Source) -> Decoded:
    """UTF-16 or UTF-32 without a mark: NUL bytes lie where western letters leave them."""
    data = source.data
    sample = data[: _SAMPLE - _SAMPLE % 4]
    nulls = [sample[place::4].count(0) for place in range(4)]
    quarter = max(len(sample) // 4, 1)
    pattern = "".join("0" if count * 2 > quarter else "x" for count in nulls)
    encoding = {
        "x000": "utf-32-le",
        "000x": "utf-32-be",
        "x0x0": "utf-16-le",
        "0x0x": "utf-16-be",
    }.get(pattern) or _one_sided(nulls)
    if encoding is None:
        fail(P.BINARY_FILE, source, reason="it holds NUL bytes")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        fail(P.BAD_ENCODING, source, offset=error.start)
    if not _is_readable(text[:_SAMPLE]):
        fail(P.BINARY_FILE, source, reason="it holds NUL bytes")
    return Decoded(text, encoding, (_doubt(source, _NAMES[encoding]),))


def _one_sided(nulls: list[int]) -> str | None:
    """UTF-16 of other alphabets has NUL bytes only in its spaces, all on one side."""
    if nulls[0] + nulls[2] == 0:
        return "utf-16-le"
    return "utf-16-be" if nulls[1] + nulls[3] == 0 else None


def _is_readable(text: str) -> bool:
    """Whether nearly all characters are letters, digits, marks or white space."""
    n_odd = sum(category(char)[0] == "C" and not char.isspace() for char in text)
    return n_odd * 50 <= len(text)


def _decode_legacy(source: Source, offset: int) -> Decoded:
    """The first of UTF-8 with slips, Windows-1252, Mac Roman, and what the library finds."""
    data = source.data
    mended = _mend_utf8(data)
    if mended is not None:
        note = _doubt(source, "UTF-8 with some letters in Windows-1252")
        return Decoded(mended, "utf-8", (note,))
    sample = _high_lines(data)
    encoding = _guess(sample)
    if encoding is not None:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            encoding = None
        else:
            return Decoded(text, encoding, (_doubt(source, _NAMES.get(encoding, encoding)),))
    return fail(P.BAD_ENCODING, source, offset=offset)


def _doubt(source: Source, encoding: str) -> Problem:
    return problem(P.DOUBTFUL_ENCODING, path=source.name, encoding=encoding)


def _mend_utf8(data: bytes) -> str | None:
    """The text if the bytes are UTF-8 but for few letters pasted in from Windows-1252."""
    text = data.decode("utf-8", errors="surrogateescape")
    n_broken = len(_BROKEN.findall(text))
    n_good = len(text) - n_broken - len(data.translate(None, _NOT_ASCII))
    return _BROKEN.sub(_as_cp1252, text) if n_good >= n_broken else None


def _as_cp1252(match: re.Match[str]) -> str:
    lost = match.group().encode("utf-8", errors="surrogateescape")
    return lost.decode("cp1252", errors="replace")


def _high_lines(data: bytes) -> bytes:
    """The first lines that hold bytes beyond ASCII, 64 KB of them: what a guess rests on."""
    return b"".join(_iter_high_lines(data))[:_SAMPLE]


def _iter_high_lines(data: bytes) -> Iterator[bytes]:
    size = at = 0
    while size < _SAMPLE:
        match = _HIGH.search(data, at)
        if match is None:
            return
        start = max(data.rfind(b"\n", at, match.start()) + 1, at, match.start() - 2_000)
        end = data.find(b"\n", match.end(), match.end() + 2_000)
        at = match.end() + 2_000 if end < 0 else end + 1
        size += len(data[start:at])
        yield data[start:at]


def _guess(sample: bytes) -> str | None:
    for encoding in ("cp1252", "mac_roman"):
        if encoding == "cp1252" and _CP1252_HOLES.search(sample):
            continue
        if _is_plausible(sample.decode(encoding, errors="replace")):
            return encoding
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_exclusion=_NEVER).best()
    if best is not None:
        return best.encoding
    return None if _CP1252_HOLES.search(sample) else "cp1252"


def _is_plausible(text: str) -> bool:
    """Whether western text reads like this: few letters with accents, no signs inside words."""
    letters = _LETTERS.findall(text)
    n_high = sum(not letter.isascii() for letter in letters)
    n_odd = len(_ODD.findall(text))
    n_signs = sum(not char.isascii() for char in text)
    return n_high * 3 <= len(letters) and n_odd * 20 <= n_signs
