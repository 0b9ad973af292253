"""An encoder whose faults are told under its own name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.analysis.meaning import Encoder
from qualcode.core.problems import P, QualcodeError, problem

if TYPE_CHECKING:
    from qualcode.analysis.meaning import Rows


@dataclass(frozen=True, slots=True)
class Guarded:
    """The encoder of a plugin; raises BAD_ENCODER where it raises or gives rows that do not fit."""

    encoder: Encoder

    @property
    def name(self) -> str:
        return self.encoder.name

    @property
    def version(self) -> str:
        return self.encoder.version

    @property
    def dimension(self) -> int:
        return self.encoder.dimension

    @property
    def languages(self) -> tuple[str, ...]:
        return self.encoder.languages

    def __call__(self, texts: Sequence[str], /) -> Rows:
        try:
            rows = self.encoder(texts)
            if rows.shape != (len(texts), self.dimension):
                raise ValueError(f"rows of {rows.shape} for {len(texts)} texts")
        except Exception as error:  # a plugin may raise anything
            reason = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
            raise QualcodeError(problem(P.BAD_ENCODER, name=self.name, reason=reason)) from error
        return rows
