"""The smallest values that a test needs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from qualcode.analysis.freeze import Piece, freeze
from qualcode.core.model import (
    Code,
    Codebook,
    CodedSegment,
    Document,
    Kind,
    Line,
    Pair,
    Pole,
    Span,
)


def a_code(code_id: str = "silos", **fields: Any) -> Code:
    return replace(Code(id=code_id, name=code_id.capitalize(), definition="A code."), **fields)


def a_pair(
    pair_id: str = "p1", *, obstacle: str | None = "silos", catalysts: tuple[str, ...] = ("trust",)
) -> Pair:
    return Pair(
        id=pair_id,
        number=1,
        obstacle=Pole(obstacle.capitalize(), (obstacle,)) if obstacle else None,
        catalysts=tuple(Pole(c.capitalize(), (c,)) for c in catalysts),
    )


def a_codebook(*codes: Code, pairs: tuple[Pair, ...] = ()) -> Codebook:
    return Codebook(name="A codebook", codes=codes, pairs=pairs)


def lines_of(text: str) -> tuple[Line, ...]:
    return tuple(Line(line, number) for number, line in enumerate(text.split("\n"), start=1))


def a_document(
    *pieces: Piece, doc_id: str = "int-01", kind: Kind = "interview notes", **fields: Any
) -> Document:
    frozen = freeze(pieces)
    document = Document(
        id=doc_id,
        text=frozen.text,
        kind=kind,
        role="emergent",
        source_name=f"{doc_id}.md",
        source_hash="",
        text_hash="",
        reader="text 1",
        units=frozen.units,
        passages=frozen.passages,
        marks=frozen.marks,
    )
    return replace(document, **fields)


def a_bullet(text: str, ref: str = "bullet 1", **fields: Any) -> Piece:
    return replace(Piece((Line(text, 1),), "bullet", ref, "- "), **fields)


def a_coded_segment(code_id: str = "silos", **fields: Any) -> CodedSegment:
    coded = CodedSegment(
        doc_id="int-01",
        kind="interview notes",
        role="emergent",
        unit="bullet 1",
        span=Span(0, 10),
        quote="they stick",
        code_id=code_id,
        valence="obstacle",
        lenses=(),
        score=0.5,
        why='matches "stick"',
        voice="paraphrase",
        speaker="INT01",
        case_id="P01",
        participant="P01",
        credit="Nurse; interview notes",
        where="line 1",
    )
    return replace(coded, **fields)


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path
