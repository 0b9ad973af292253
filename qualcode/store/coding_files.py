"""Codings on disk: one file per coder and document, one coding to a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from qualcode.core.model import Coding, Span
from qualcode.core.problems import P, Problem, problem
from qualcode.store.files import read_json_lines
from qualcode.store.paths import ProjectPaths


def coding_path(paths: ProjectPaths, doc_id: str, coder: str) -> Path:
    """The file of one coder's codings of one document."""
    return paths.root / "codings" / f"{doc_id}.{coder}.jsonl"


def load_codings(
    paths: ProjectPaths, doc_id: str
) -> tuple[tuple[Coding, ...], tuple[Problem, ...]]:
    """All coders' codings of a document, by coder and then as written, and unreadable lines."""
    codings: list[Coding] = []
    problems: list[Problem] = []
    for path in paths.codings(doc_id):
        coder = path.name.removesuffix(".jsonl").removeprefix(f"{doc_id}.")
        for _, found in numbered_codings(path, doc_id, coder):
            if isinstance(found, Coding):
                codings.append(found)
            else:
                problems.append(found)
    return tuple(codings), tuple(problems)


def numbered_codings(path: Path, doc_id: str, coder: str) -> Iterator[tuple[int, Coding | Problem]]:
    """Every line of a file of codings that says something, with its number, from 1."""
    for number, value in read_json_lines(path):
        try:
            if isinstance(value, ValueError):
                raise value
            yield number, _coding(value, doc_id, coder)
        except (ValueError, KeyError, TypeError) as error:
            yield number, problem(P.BAD_CODING, path=str(path), line=number, reason=error)


def coding_files(paths: ProjectPaths) -> Iterator[tuple[Path, str, str]]:
    """Every file of codings, by name, with its document and its coder."""
    for path in sorted((paths.root / "codings").glob("*.jsonl")):
        doc_id, _, coder = path.stem.rpartition(".")
        yield path, doc_id, coder


def codings_data(codings: Iterable[Coding]) -> bytes | None:
    """The file of one coder's codings of one document, in order of place; None for none."""
    ordered = sorted(codings, key=lambda c: (c.span.start, c.span.end, c.code_id, c.id))
    return "".join(map(coding_line, ordered)).encode() or None


def _coding(value: dict[str, Any], doc_id: str, coder: str) -> Coding:
    start, end = value["span"]
    return Coding(
        id=str(value["id"]),
        doc_id=doc_id,
        span=Span(int(start), int(end)),
        quote=str(value["quote"]),
        code_id=str(value["code"]),
        coder=coder,
        valence=value.get("valence", "neutral"),
        strength=value.get("strength"),
        lenses=tuple(value.get("lenses", ())),
        confidence=value.get("confidence", ""),
        meaning=value.get("meaning", ""),
        evidence=value.get("evidence", ""),
        origin=value.get("origin", "manual"),
        at=value.get("at", ""),
        codebook_version=int(value.get("codebook", 1)),
        was=str(value.get("was", "")),
    )


def coding_line(coding: Coding) -> str:
    """The coding as one line of its file."""
    value: dict[str, Any] = {
        "id": coding.id,
        "span": [coding.span.start, coding.span.end],
        "code": coding.code_id,
        "quote": coding.quote,
        "valence": coding.valence,
        "strength": coding.strength,
        "lenses": list(coding.lenses),
        "confidence": coding.confidence,
        "meaning": coding.meaning,
        "evidence": coding.evidence,
        "origin": coding.origin,
        "at": coding.at,
        "codebook": coding.codebook_version,
        "was": coding.was,
    }
    kept = {key: one for key, one in value.items() if one not in (None, "", [])}
    return json.dumps(kept, ensure_ascii=False) + "\n"
