"""Suggestions that wait for a person, with their reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.analysis.find_span import unit_ref
from qualcode.analysis.review_context import speaker_at
from qualcode.analysis.segment import segment_document
from qualcode.core.codebook import codes_by_id, resolve
from qualcode.core.codebook_changes import find_code
from qualcode.core.model import Codebook, Document, Suggestion
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.table import Cell, Column, Table
from qualcode.core.text import counted, where_in_original
from qualcode.project.answers import kept_answer
from qualcode.project.coding_views import Which
from qualcode.project.study import Study

if TYPE_CHECKING:
    from qualcode.project.waiting import Waiting


@dataclass(frozen=True, slots=True)
class Asked:
    """Which suggestions are meant, how many, and how to put them.

    `by` is "" (strongest first) or "code" (the best of each code in turn). With `why` the
    reasons are told in full.
    """

    which: Which
    limit: int | None = None
    by: str = ""
    why: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """One suggestion that waits, with all that a person needs in order to weigh it.

    `is_rank` says that its score only ranks, though other scores are probabilities.
    """

    suggestion: Suggestion
    unit: str
    speaker: str
    where: str
    quote: str
    reasons: tuple[str, ...]
    is_rank: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """Suggestions that wait, in order; `waiting` counts those that are not shown too.

    `is_calibrated` says whether scores are probabilities.
    """

    shown: tuple[Offer, ...]
    waiting: int
    is_calibrated: bool
    notes: tuple[str, ...]


def find_offers(study: Study, asked: Asked) -> Offers:
    """The suggestions on which the coder has not decided yet; context documents left out.

    Raises:
        QualcodeError: UNKNOWN_WORD for another `by`, NO_CODE, and as `make_ready`.
    """
    if asked.by not in ("", "code"):
        raise QualcodeError(
            problem(P.UNKNOWN_WORD, key="--by", found=asked.by, allowed="code", hint="")
        )
    which = asked.which
    if which.code:
        codebook = study.usable_codebook()
        which = replace(which, code=resolve(codebook, find_code(codebook, which.code).id))
    asked = replace(asked, which=which)
    return kept_answer(study, repr(asked), Offers, lambda: _find_offers(study, asked))


def _find_offers(study: Study, asked: Asked) -> Offers:
    # imported here, so that an answer that was kept is there at once
    from qualcode.project.waiting import find_waiting

    waiting = find_waiting(study, asked.which)
    ordered = waiting.in_turn(waiting.found) if asked.by else _strongest_first(waiting.found)
    shown = tuple(_offers(waiting, ordered[: asked.limit], why=asked.why))
    return Offers(shown, len(ordered), waiting.ready.is_calibrated, _notes(waiting))


def _strongest_first(found: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    return tuple(sorted(found, key=lambda s: (-s.score, s.doc_id, s.span, s.code_id)))


def _offers(waiting: Waiting, ordered: Sequence[Suggestion], *, why: bool) -> Iterator[Offer]:
    """These suggestions with place, words and reasons; each document is read once."""
    book, _ = waiting.study.cases()
    found: dict[Suggestion, Offer] = {}
    calibrated = waiting.ready.is_calibrated
    for doc_id in sorted({one.doc_id for one in ordered}):
        document = waiting.study.document(doc_id, book)
        segments = {s.span: s for s in segment_document(document, split=waiting.split)}
        for one in ordered:
            if one.doc_id == doc_id:
                explain = waiting.ready.explain
                full = explain(document, segments[one.span], one) if why else (one.why,)
                is_rank = calibrated and not waiting.ready.has_learnt(one.code_id)
                found[one] = replace(_offer(document, one, full), is_rank=is_rank)
    return (found[one] for one in ordered)


def _offer(document: Document, one: Suggestion, reasons: tuple[str, ...]) -> Offer:
    start, end = one.span.start, one.span.end
    return Offer(
        suggestion=one,
        unit=unit_ref(document, start),
        speaker=speaker_at(document, start),
        where=where_in_original(document.marks, start),
        quote=" ".join(document.text[start:end].split()),
        reasons=reasons,
    )


def _notes(waiting: Waiting) -> tuple[str, ...]:
    """What suggests, what its scores are, and on how much it offers nothing."""
    met = [
        f"On {waiting.without:,} of {counted(waiting.segments, 'segment')} nothing is offered: "
        f"{waiting.ready.without}."
    ]
    if waiting.closed:
        met.append(
            f"{counted(waiting.closed, 'suggestion')} left out: {waiting.coder} decided on them, "
            "or the passage is coded so already."
        )
    ready = waiting.ready
    if ready.is_calibrated and any(not ready.has_learnt(one.code_id) for one in waiting.found):
        met.append("Codes that nobody has given yet are ranked by their cues (rank).")
    return (*ready.notes, *met)


def offers_table(offers: Offers, codebook: Codebook) -> Table:
    """One row per suggestion: how likely, which code, which words, and why."""
    names = {code_id: code.name for code_id, code in codes_by_id(codebook).items()}
    columns = (
        Column("score", "Probability" if offers.is_calibrated else "Rank"),
        Column("code", "Code"),
        Column("passage", "Passage"),
        Column("why", "Why"),
    )
    rows = tuple(_row(one, names) for one in offers.shown)
    n = len(offers.shown)
    shown = counted(offers.waiting, "suggestion")
    waits = "waits" if offers.waiting == 1 else "wait"
    first = f"{shown} {waits} for review" + (f"; {n} shown." if n < offers.waiting else ".")
    return Table("suggestions", "Suggestions", columns, rows, (first, *offers.notes))


def _row(offer: Offer, names: dict[str, str]) -> tuple[Cell, ...]:
    one = offer.suggestion
    place = ", ".join(part for part in (one.doc_id, offer.unit, offer.speaker) if part)
    lenses = (" / ".join(one.lenses),) if one.lenses else ()
    return (
        (f"{one.score:.2f}", *(("(rank)",) if offer.is_rank else ())),
        (names.get(one.code_id, one.code_id), one.valence, *lenses),
        (place, offer.quote),
        offer.reasons,
    )
