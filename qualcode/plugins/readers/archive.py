"""Opening the ZIP archives that .docx, .xlsx and .odt files are, without being bombed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from qualcode.core.problems import P
from qualcode.core.protocols import Source
from qualcode.plugins.readers.base import check_size, fail, guarded

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

MAX_PARTS = 20_000
MAX_UNPACKED = 1_000_000_000
MAX_TREE = 150_000_000
"""The most bytes of XML that are read into memory as one tree; streams may have more."""

# No office program packs XML tighter than some 100 to 1; a bomb is beyond 1,000 to 1.
_MAX_RATIO = 300
_SMALL = 5_000_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def open_archive(source: Source, *needed: str, max_xml: int = MAX_TREE) -> ZipFile:
    """The archive, once its list of parts has been found harmless; nothing is unpacked yet.

    Reading a part never gives more than the size that its entry states, so the bounds on
    the stated sizes hold.

    Raises:
        QualcodeError: EMPTY_FILE, BROKEN_FILE (also where a needed part is missing), TOO_BIG,
            UNSAFE_FILE or LOCKED_FILE.
    """
    check_size(source)
    if source.data.startswith(_OLE):
        # A password turns the whole archive into one stream of an OLE file.
        if _ENCRYPTED in source.data:
            fail(P.LOCKED_FILE, source)
        fail(P.BROKEN_FILE, source, reason="it is in the format of Office 97 to 2003")
    if not source.data.startswith(b"PK"):
        fail(P.BROKEN_FILE, source, reason="it is no archive, as such files are")
    with guarded(source):
        from zipfile import ZipFile

        archive = ZipFile(io.BytesIO(source.data))
    parts = archive.infolist()
    _check_parts(source, parts, max_xml)
    names = {part.filename for part in parts}
    for name in needed:
        if name not in names:
            fail(P.BROKEN_FILE, source, reason=f'the part "{name}" is missing in it')
    return archive


def _check_parts(source: Source, parts: list[ZipInfo], max_xml: int) -> None:
    if len(parts) > MAX_PARTS:
        fail(P.UNSAFE_FILE, source, what=f"{len(parts):,} parts")
    for part in parts:
        name = part.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
            fail(P.UNSAFE_FILE, source, what="a part that would lie outside of it")
        if part.flag_bits & 1:
            fail(P.LOCKED_FILE, source)
        if part.file_size > max(_SMALL, part.compress_size * _MAX_RATIO):
            ratio = part.file_size // max(part.compress_size, 1)
            fail(P.UNSAFE_FILE, source, what=f"a part that unpacks to {ratio:,} times its size")
    if sum(part.compress_size for part in parts) > len(source.data):
        fail(P.UNSAFE_FILE, source, what="parts that overlap")
    unpacked = sum(part.file_size for part in parts)
    tree = sum(part.file_size for part in parts if part.filename.lower().endswith(".xml"))
    if unpacked > MAX_UNPACKED or tree > max_xml:
        size = f"{max(unpacked, tree) // 1_000_000:,} MB when unpacked"
        fail(P.TOO_BIG, source, reason=size)
