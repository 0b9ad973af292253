"""A small reviewed study: passages on money, people and waiting, by three interviews."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from qualcode.core.learning import Reviewed
from qualcode.core.model import Code, Codebook, Document, Segment, Span, Unit
from tests.factory import a_code, a_codebook

MONEY = ("The budget was cut again.", "There is no money for it.", "Funding ran out in May.")
STAFF = ("They keep sending someone new.", "A new worker every month.", "New people all the time.")
WAITING = ("We waited for weeks.", "Families wait for months.", "The waiting list is long.")
NOTHING = ("It was on a Tuesday.", "We met in the library.", "Tea came at four.")


def a_study_codebook(**fields: object) -> Codebook:
    """Three codes with names and definitions alone."""
    return a_codebook(
        a_code("money", definition="Too little money or funding.", **fields),
        a_code("turnover", definition="People change too often."),
        a_code("waiting", definition="Having to wait for help."),
    )


def reviewed_passages() -> tuple[Reviewed, ...]:
    """Twelve passages of three interviews, a third of them left without a code."""
    groups = (("money", MONEY), ("turnover", STAFF), ("waiting", WAITING), ("", NOTHING))
    return tuple(
        Reviewed(f"int-0{n}", text, accepted=(code,) if code else ())
        for code, texts in groups
        for n, text in enumerate(texts, start=1)
    )


def a_passage(
    *texts: str, doc_id: str = "int-09", topic: str = ""
) -> tuple[Document, list[Segment]]:
    """A document of these passages, each one segment."""
    document = Document(doc_id, "\n".join(texts), "transcript", "emergent", "", "", "", "")
    segments, at = [], 0
    for n, text in enumerate(texts, start=1):
        span = Span(at, at + len(text))
        unit = Unit(span, "turn", f"turn {n}", topic=topic)
        segments.append(Segment(doc_id, span, unit, "verbatim"))
        at += len(text) + 1
    return document, segments


def encode_money(texts: Sequence[str]) -> NDArray[np.float32]:
    """An encoder that knows one thing: whether a text is about money."""
    rows = np.zeros((len(texts), 2), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        about = any(word in text.lower() for word in ("budget", "money", "fund", "cash", "pound"))
        row[0 if about else 1] = 1.0
    return rows


def codes_of(*code_ids: str, parent: str | None = None) -> tuple[Code, ...]:
    """Codes of these ids, all below one parent."""
    return tuple(a_code(code_id, parent=parent) for code_id in code_ids)
