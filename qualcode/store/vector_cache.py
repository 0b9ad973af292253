"""Rows of a slow encoder, kept so that each passage is read once; derived, delete at will."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Sequence
from functools import partial
from hashlib import blake2b, sha256
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.analysis.meaning import Encoder, Wrapped
from qualcode.core.problems import QualcodeError
from qualcode.store.files import write_file
from qualcode.store.paths import ProjectPaths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qualcode.analysis.meaning import Rows

_KEY_SIZE = 16


def memory_path(encoder: Encoder, paths: ProjectPaths) -> Path:
    """Where the rows of an encoder are kept; another version of it has another memory."""
    name = sha256(f"{encoder.name} {encoder.version}".encode()).hexdigest()[:12]
    return paths.root / ".qualcode" / f"vectors-{name}.npz"


def remembering(encoder: Encoder, paths: ProjectPaths) -> Encoder:
    """The encoder with a memory in the project: it reads a text only where it has no row yet."""
    return Wrapped(encoder, partial(_read, encoder, memory_path(encoder, paths)))


def _read(encoder: Encoder, path: Path, texts: Sequence[str]) -> Rows:
    import numpy as np

    keys = [blake2b(text.encode(), digest_size=_KEY_SIZE).digest() for text in texts]
    held = _load(path, encoder.dimension)
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in held}
    if missing:
        rows = encoder(list(missing.values()))
        held.update(zip(missing, rows, strict=True))
        with contextlib.suppress(QualcodeError):  # a study that is read only is read again
            write_file(path, _data(held))
    rows = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    for n, key in enumerate(keys):
        rows[n] = held[key]
    return rows


def _load(path: Path, dimension: int) -> dict[bytes, NDArray[np.float32]]:
    """The rows by the key of their text; none where the file is missing or damaged."""
    import numpy as np

    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
            keys, rows = file["keys"], file["rows"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
    if keys.shape != (len(rows), _KEY_SIZE) or rows.shape[1:] != (dimension,):
        return {}
    return {key.tobytes(): row for key, row in zip(keys, rows, strict=True)}


def _data(held: dict[bytes, NDArray[np.float32]]) -> bytes:
    """The bytes of the file, its rows in the order of their keys."""
    import numpy as np

    ordered = sorted(held)
    keys = np.frombuffer(b"".join(ordered), dtype=np.uint8).reshape(-1, _KEY_SIZE)
    file = io.BytesIO()
    np.savez(file, keys=keys, rows=np.array([held[key] for key in ordered], dtype=np.float32))
    return file.getvalue()
