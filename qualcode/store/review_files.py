"""Verdicts of reviews on disk: one file per coder and document, one verdict to a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from qualcode.analysis.review_queue import VERDICTS, Review
from qualcode.core.model import Span
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.store.files import read_json_lines, write_file
from qualcode.store.paths import ProjectPaths


def review_path(paths: ProjectPaths, doc_id: str, coder: str) -> Path:
    """The file of one coder's verdicts on one document."""
    return paths.root / "reviews" / f"{doc_id}.{coder}.jsonl"


def load_reviews(paths: ProjectPaths, doc_id: str) -> tuple[Review, ...]:
    """Every coder's verdicts on a document, by coder and then as written.

    Raises:
        QualcodeError: BAD_REVIEW for every line that cannot be read.
    """
    reviews: list[Review] = []
    problems = []
    for path in paths.reviews(doc_id):
        coder = path.name.removesuffix(".jsonl").rpartition(".")[2]
        for number, value in read_json_lines(path):
            try:
                if isinstance(value, ValueError):
                    raise value
                reviews.append(_review(value, doc_id, coder))
            except (ValueError, KeyError, TypeError) as error:
                problems.append(problem(P.BAD_REVIEW, path=str(path), line=number, reason=error))
    if problems:
        raise QualcodeError(*problems)
    return tuple(reviews)


def reviews_data(reviews: Iterable[Review]) -> bytes | None:
    """The file of one coder's verdicts on one document, in order of place; None for none."""
    ordered = sorted(reviews, key=lambda r: (r.span.start, r.span.end, r.code_id, r.key))
    return "".join(map(_line, ordered)).encode() or None


def _review(value: dict[str, Any], doc_id: str, coder: str) -> Review:
    start, end = value["span"]
    verdict = value["verdict"]
    if verdict not in VERDICTS:
        raise ValueError(f'verdict "{verdict}"')
    return Review(
        doc_id=doc_id,
        coder=coder,
        key=str(value["key"]),
        span=Span(int(start), int(end)),
        code_id=str(value.get("code", "")),
        verdict=verdict,
        words=str(value["words"]),
        at=str(value.get("at", "")),
        instead=str(value.get("instead", "")),
    )


def _line(review: Review) -> str:
    value = {
        "key": review.key,
        "span": [review.span.start, review.span.end],
        "code": review.code_id,
        "verdict": review.verdict,
        "words": review.words,
        "at": review.at,
    }
    if review.instead:
        value["instead"] = review.instead
    return json.dumps(value, ensure_ascii=False) + "\n"


def load_skipped(paths: ProjectPaths, coder: str) -> tuple[str, ...]:
    """What this coder skipped when last reviewing on this copy of the study."""
    try:
        return tuple(_skips(paths, coder).read_text("utf-8").split("\n")[:-1])
    except FileNotFoundError:
        return ()


def save_skipped(paths: ProjectPaths, coder: str, skipped: Sequence[str]) -> None:
    """Remembers what was skipped; it is no decision, so git and undo know nothing of it."""
    data = "".join(f"{one}\n" for one in skipped).encode()
    if data or _skips(paths, coder).exists():
        write_file(_skips(paths, coder), data)


def _skips(paths: ProjectPaths, coder: str) -> Path:
    return paths.root / ".qualcode" / f"skipped.{coder}"
