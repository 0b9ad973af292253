"""An encoder whose faults are told under its own name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from qualcode.analysis.meaning import Encoder, Wrapped
from qualcode.core.problems import P, QualcodeError, problem

if TYPE_CHECKING:
    from qualcode.analysis.meaning import Rows


def guarded(encoder: Encoder) -> Encoder:
    """The encoder of a plugin; raises BAD_ENCODER where it raises or gives rows that do not fit."""
    return Wrapped(encoder, partial(_read, encoder))


def _read(encoder: Encoder, texts: Sequence[str]) -> Rows:
    try:
        rows = encoder(texts)
        if rows.shape != (len(texts), encoder.dimension):
            raise ValueError(f"rows of {rows.shape} for {len(texts)} texts")
    except Exception as error:  # a plugin may raise anything
        reason = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        raise QualcodeError(problem(P.BAD_ENCODER, name=encoder.name, reason=reason)) from error
    return rows
