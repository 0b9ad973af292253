"""The rows of the table as plain values, for programs: every number a number."""

from __future__ import annotations

from typing import Any

from qualcode.analysis.rollup import PairRow, PoleEvidence, RollUp
from qualcode.core.model import CodedSegment


def run_values(rollup: RollUp) -> dict[str, Any]:
    """Everything that a run counted."""
    return {
        "draft": rollup.is_draft,
        "suggestions": rollup.suggestions,
        "codings": rollup.codings,
        "documents_by_kind": dict(rollup.counted),
        "participants": rollup.participants,
        "context": list(rollup.context),
        "rows": row_values(rollup),
    }


def row_values(rollup: RollUp) -> list[dict[str, Any]]:
    """One mapping per row, in the order of the table; counts of documents per kind included."""
    return [_row(row, rollup) for row in rollup.rows]


def _row(row: PairRow, rollup: RollUp) -> dict[str, Any]:
    found = dict(row.evidence.by_kind)
    return {
        "number": row.pair.number,
        "id": row.pair.id,
        "lenses": list(row.lenses),
        "condition": row.pair.condition,
        "obstacle": _pole(row.obstacle) if row.obstacle else None,
        "catalysts": [_pole(pole) for pole in row.catalysts],
        "documents": row.evidence.documents,
        "documents_by_kind": {kind: found.get(kind, 0) for kind, _ in rollup.counted},
        "participants": row.evidence.participants,
        "segments": row.evidence.segments,
        "contested": row.is_contested,
        "exemplar": _quote(row.exemplar) if row.exemplar else None,
    }


def _pole(pole: PoleEvidence) -> dict[str, Any]:
    return {
        "says": pole.pole.says,
        "codes": list(pole.pole.code_ids),
        "documents": pole.supporting.documents,
        "participants": pole.supporting.participants,
        "segments": pole.supporting.segments,
        "documents_against": pole.contrary.documents,
        "segments_against": pole.contrary.segments,
        "contested": pole.is_contested,
    }


def _quote(coded: CodedSegment) -> dict[str, Any]:
    return {
        "quote": coded.quote,
        "voice": coded.voice,
        "credit": coded.credit,
        "document": coded.doc_id,
        "unit": coded.unit,
        "start": coded.span.start,
        "end": coded.span.end,
    }
