"""What one entry of the catalogue is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One entry of the catalogue; numbers are never used twice.

    `wording` and `remedy` are filled in with the values at hand by `str.format`; `for_many`
    takes the place of the remedy where several files have the problem.
    """

    number: str
    severity: Severity
    wording: str
    remedy: str
    for_many: str = ""
