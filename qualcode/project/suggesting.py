"""Suggestions that wait for a person, with their reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualcode.analysis.find_span import unit_ref
from qualcode.analysis.review_context import speaker_at
from qualcode.analysis.segment import segment_document
from qualcode.core.codebook import codes_by_id, is_in_use, resolve
from qualcode.core.codebook_changes import find_code
from qualcode.core.model import Code, Codebook, Document, Suggestion
from qualcode.core.problems import P, Problem, QualcodeError, problem
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

    `measure` says what its score is: a probability, or evidence that only ranks.
    """

    suggestion: Suggestion
    unit: str
    speaker: str
    where: str
    quote: str
    reasons: tuple[str, ...]
    measure: str = "evidence"

    @property
    def is_probability(self) -> bool:
        """Whether its score is a probability."""
        return self.measure == "probability"


@dataclass(frozen=True, slots=True)
class Offers:
    """Suggestions that wait, in order; `waiting` counts those that are not shown too.

    `is_calibrated` says whether scores are probabilities; `ranked` counts those that wait and
    are none all the same. `problems` are what cannot be read in the documents.
    """

    shown: tuple[Offer, ...]
    waiting: int
    is_calibrated: bool
    notes: tuple[str, ...]
    ranked: int = 0
    problems: tuple[Problem, ...] = ()


def find_offers(study: Study, asked: Asked) -> Offers:
    """The suggestions on which the coder has not decided yet; context documents left out.

    Raises:
        QualcodeError: UNKNOWN_ORDER for another `by`, NO_CODE, and as `make_ready`.
    """
    if asked.by not in ("", "code"):
        raise QualcodeError(problem(P.UNKNOWN_ORDER, found=asked.by))
    which = asked.which
    if which.code:
        codebook = study.usable_codebook()
        which = replace(which, code=resolve(codebook, find_code(codebook, which.code).id))
    asked = replace(asked, which=which)
    offers, notes = kept_answer(
        study.paths, repr(asked), Offers, lambda: _find_offers(study, asked)
    )
    return replace(offers, problems=(*offers.problems, *notes))


def _find_offers(study: Study, asked: Asked) -> Offers:
    # imported here, so that an answer that was kept is there at once
    from qualcode.project.waiting import find_waiting

    waiting = find_waiting(study, asked.which)
    ordered = waiting.in_turn(waiting.found) if asked.by else _strongest_first(waiting)
    shown = tuple(_offers(waiting, ordered[: asked.limit], why=asked.why))
    ready = waiting.ready
    ranked = sum(not ready.has_learnt(one.code_id) for one in ordered)
    problems = tuple(waiting.problems)
    return Offers(shown, len(ordered), ready.is_calibrated, _notes(waiting), ranked, problems)


def _strongest_first(waiting: Waiting) -> tuple[Suggestion, ...]:
    """By score, probabilities before what only ranks: the two cannot be compared."""
    learnt = waiting.ready.has_learnt
    return tuple(
        sorted(
            waiting.found,
            key=lambda s: (not learnt(s.code_id), -s.score, s.doc_id, s.span, s.code_id),
        )
    )


def _offers(waiting: Waiting, ordered: Sequence[Suggestion], *, why: bool) -> Iterator[Offer]:
    """These suggestions with place, words and reasons; each document is read once."""
    book, _ = waiting.study.cases()
    found: dict[Suggestion, Offer] = {}
    for doc_id in sorted({one.doc_id for one in ordered}):
        document = waiting.study.document(doc_id, book)
        segments = {s.span: s for s in segment_document(document, split=waiting.split)}
        for one in ordered:
            if one.doc_id == doc_id:
                explain = waiting.ready.explain
                full = explain(document, segments[one.span], one) if why else (one.why,)
                measure = waiting.ready.measure(one.code_id)
                found[one] = replace(_offer(document, one, full), measure=measure)
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
    met = [_nothing_there(waiting)]
    if waiting.closed:
        who = waiting.gatherer.coder or "somebody"
        met.append(
            f"{counted(waiting.closed, 'suggestion')} left out: {who} decided on them, "
            "or the passage is coded so already or was left uncoded."
        )
    return (*waiting.ready.notes, *met)


def _nothing_there(waiting: Waiting) -> str:
    """On how many segments nothing is offered, and why."""
    segments = counted(waiting.segments, "segment")
    none = waiting.without + waiting.settled
    if not none:
        return f"Something is offered on each of {segments}."
    decided = "what was found is decided on"
    if not waiting.settled:
        why = waiting.ready.without
    elif not waiting.without:
        why = decided
    else:
        why = f"on {waiting.without:,} {waiting.ready.without}, on {waiting.settled:,} {decided}"
    return f"On {none:,} of {segments} nothing is offered: {why}."


def offers_table(offers: Offers, codebook: Codebook) -> Table:
    """One row per suggestion: how likely, which code, which words, and why."""
    names = names_apart(codebook)
    kinds = {one.measure.capitalize() for one in offers.shown}
    columns = (
        Column("score", kinds.pop() if len(kinds) == 1 else "How strong"),
        Column("code", "Code"),
        Column("passage", "Passage"),
        Column("why", "Why"),
    )
    is_mixed = bool(kinds)
    rows = tuple(_row(one, names, is_mixed=is_mixed) for one in offers.shown)
    return Table("suggestions", "Suggestions", columns, rows, (_waits(offers), *offers.notes))


def _waits(offers: Offers) -> str:
    """How many wait, how many of them with a probability, and how many are shown."""
    n = len(offers.shown)
    waits = "waits" if offers.waiting == 1 else "wait"
    said = f"{counted(offers.waiting, 'suggestion')} {waits} for review"
    if offers.is_calibrated and offers.ranked:
        likely = offers.waiting - offers.ranked
        said += f": {likely:,} with a probability, {offers.ranked:,} with evidence of cues alone"
    return said + (f"; {n} shown." if n < offers.waiting else ".")


def names_apart(codebook: Codebook) -> dict[str, str]:
    """The names of codes by id, with those above them where a name stands more than once."""
    codes = codes_by_id(codebook)
    often = Counter(code.name.casefold() for code in codebook.codes if is_in_use(code))

    def name_of(code: Code) -> str:
        above = codes.get(code.parent or "")
        if above is None or often[code.name.casefold()] < 2:
            return code.name
        return f"{above.name} > {code.name}"

    return {code_id: name_of(code) for code_id, code in codes.items()}


def _row(offer: Offer, names: dict[str, str], *, is_mixed: bool) -> tuple[Cell, ...]:
    one = offer.suggestion
    place = ", ".join(part for part in (one.doc_id, offer.unit, offer.speaker) if part)
    lenses = (" / ".join(one.lenses),) if one.lenses else ()
    return (
        (f"{offer.measure} {one.score:.2f}" if is_mixed else f"{one.score:.2f}",),
        (names.get(one.code_id, one.code_id), one.valence, *lenses),
        (place, offer.quote),
        offer.reasons,
    )
