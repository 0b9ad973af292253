"""Incidents and documents for tests of comparison."""

from __future__ import annotations

from typing import Any

from qualcode.analysis.comparing.compare import Vectors
from qualcode.analysis.comparing.incidents import Incident
from qualcode.core.model import Span
from tests.factory import a_coded_segment


def an_incident(quote: str, code_id: str = "silos", *, start: int = 0, **fields: Any) -> Incident:
    own = {
        name: fields.pop(name)
        for name in ("coders", "strength", "confidence", "question", "date", "turn")
        if name in fields
    }
    span = Span(start, start + len(quote))
    coded = a_coded_segment(code_id, quote=quote, span=span, is_draft=False, **fields)
    return Incident(coded, **own)


def incidents(*quotes: str, code_id: str = "silos", doc_id: str = "int-01") -> list[Incident]:
    """One incident after another in one document."""
    found, start = [], 0
    for quote in quotes:
        found.append(an_incident(quote, code_id, start=start, doc_id=doc_id))
        start += len(quote) + 1
    return found


def vectors(held: list[Incident]) -> Vectors:
    return Vectors.of(held, str.lower)
