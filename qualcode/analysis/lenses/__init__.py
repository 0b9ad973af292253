"""At which levels a passage speaks: of people, of occupations, of organisations, or several."""

from __future__ import annotations

from qualcode.analysis.lenses.model import Encode, LensCues, LensModel, Look, Offered, fit_lenses
from qualcode.analysis.lenses.reviewed import reviewed_lenses
from qualcode.core.learning import ReviewedLenses

__all__ = [
    "Encode",
    "LensCues",
    "LensModel",
    "Look",
    "Offered",
    "ReviewedLenses",
    "fit_lenses",
    "reviewed_lenses",
]
