"""The rows of the lists of suggestions and codings that a run writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.core.model import CodedSegment

if TYPE_CHECKING:
    from qualcode.analysis.comparing.incidents import Incident

SUGGESTION_COLUMNS = (
    "document",
    "unit",
    "start",
    "end",
    "quote",
    "code",
    "valence",
    "lenses",
    "score",
    "why",
    "voice",
    "speaker",
    "case",
    "consent",
)
CODING_COLUMNS = (
    *("document", "unit", "start", "end", "quote", "code", "valence", "lenses"),
    *("strength", "confidence", "why", "voice", "speaker", "case", "consent"),
    *("coders", "codings"),
)


def suggestion_row(coded: CodedSegment) -> tuple[str, ...]:
    """One row of `suggestions.csv`; `lenses` in the analyst's order, parted by " / "."""
    return (*_what(coded), f"{coded.score:.2f}", coded.why, *_who(coded))


def coding_row(incident: Incident) -> tuple[str, ...]:
    """One row of `codings.csv`; coders and the ids of their codings are parted by " / "."""
    strength = "" if incident.strength is None else str(incident.strength)
    return (
        *_what(incident.coded),
        strength,
        incident.confidence,
        incident.coded.why,
        *_who(incident.coded),
        " / ".join(incident.coders),
        " / ".join(incident.coding_ids),
    )


def _what(coded: CodedSegment) -> tuple[str, ...]:
    return (
        coded.doc_id,
        coded.unit,
        str(coded.span.start),
        str(coded.span.end),
        coded.quote,
        coded.code_id,
        coded.valence,
        " / ".join(coded.lenses),
    )


def _who(coded: CodedSegment) -> tuple[str, ...]:
    return (coded.voice, coded.speaker, coded.case_id or "", coded.consent or "yes")
