"""A sentence transformer out of a folder: `model.onnx` and `tokenizer.json`.

Needs the extra `[onnx]`. Nothing is downloaded: the folder is the researcher's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.analysis.meaning import unit_rows
from qualcode.core.problems import P, QualcodeError, problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qualcode.analysis.meaning import Rows

MODEL = "model.onnx"
TOKENIZER = "tokenizer.json"
_LONGEST = 256
"""Word pieces of a text that are read; most sentence transformers were trained on fewer."""
_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class OnnxEncoder:
    """Mean of what the model says of every piece of a text; `version` is a hash of the model."""

    name: str
    version: str
    dimension: int
    session: Any
    tokenizer: Any
    languages: tuple[str, ...] = ()

    def __call__(self, texts: Sequence[str], /) -> Rows:
        import numpy as np

        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        known = [n for n, text in enumerate(texts) if text.strip()]
        known.sort(key=lambda n: (len(texts[n]), n))  # alike in length: less padding
        for first in range(0, len(known), _AT_ONCE):
            batch = known[first : first + _AT_ONCE]
            rows[batch] = _pooled(self.session, self.tokenizer, [texts[n] for n in batch])
        return unit_rows(rows)


def _pooled(session: Any, tokenizer: Any, texts: Sequence[str]) -> Rows:
    import numpy as np

    encoded = tokenizer.encode_batch(list(texts))
    ids = np.array([one.ids for one in encoded], dtype=np.int64)
    mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
    given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    wanted = {one.name for one in session.get_inputs()}
    (found, *_) = session.run(None, {name: given[name] for name in given if name in wanted})
    out: NDArray[np.float32] = found
    if out.ndim == 2:  # the model pools by itself
        return out
    weights = mask[:, :, None].astype(np.float32)
    pooled: Rows = (out * weights).sum(axis=1) / weights.sum(axis=1)
    return pooled


def open_encoder(folder: Path) -> OnnxEncoder:
    """The sentence transformer of a folder.

    Raises:
        QualcodeError: NO_ONNX, BAD_ENCODER.
    """
    try:
        from onnxruntime import InferenceSession
        from tokenizers import Tokenizer
    except ImportError as error:
        raise QualcodeError(problem(P.NO_ONNX, name=str(folder))) from error
    try:
        model = (folder / MODEL).read_bytes()
        session = InferenceSession(model, providers=["CPUExecutionProvider"])
        tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        tokenizer.enable_truncation(_LONGEST)
        tokenizer.enable_padding()
        dimension = _pooled(session, tokenizer, ["a"]).shape[1]
    except Exception as error:  # both packages raise kinds of their own
        reason = " ".join(str(error).split())[:200]
        raise QualcodeError(problem(P.BAD_ENCODER, name=str(folder), reason=reason)) from error
    return OnnxEncoder(folder.name, sha256(model).hexdigest()[:12], dimension, session, tokenizer)
