"""The pair table of a study from parts: each group of documents adds what it was found to say.

Only groups in which something changed are rolled up again, one at a time, so that neither time
nor memory follows the number of codings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.coded import summarise
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.continuum import Balance, BalancePart, Balances, balances_of
from qualcode.analysis.names import Names, small_words, told_by_case
from qualcode.analysis.rollup import RollUp
from qualcode.analysis.tallies import Tallies, TalliesPart
from qualcode.core.model import Codebook, CodedSegment, Document
from qualcode.core.text import short_key
from qualcode.project.comparing import refuse_nothing
from qualcode.project.gathering import CodedDocument, Gathering
from qualcode.project.study import Study


@dataclass(frozen=True, slots=True)
class _Spoken:
    """Documents without what is coded in them, how much that is, and words that are no names."""

    documents: tuple[CodedDocument, ...]
    n_incidents: int
    small: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    tallies: TalliesPart
    balances: tuple[BalancePart, ...]


def roll_up_kept(study: Study, *, coder: str = "") -> tuple[RollUp, tuple[Balance, ...], Names]:
    """The rows with their counts and exemplars, the balances, and whose names stand in none.

    Quotations are without full names; of those behind a row there is only the exemplar.

    Raises:
        QualcodeError: as `gather`.
    """
    codebook = study.usable_codebook()
    book, _ = study.cases()
    gathering = Gathering(study, codebook, book, coder)
    spoken = tuple(gathering.read_each("spoken", _Spoken, partial(_spoken, book), by=""))
    held = [one for part in spoken for one in part.documents]
    refuse_nothing(held, sum(part.n_incidents for part in spoken), what="count", coder=coder)
    documents = sorted((one.document for one in held), key=lambda one: one.id)
    people = Names.of(book, documents, texts=(" ".join(part.small) for part in spoken))
    tallies, balances = Tallies(codebook, book.by_id), list[BalancePart]()
    by = short_key(repr(codebook), repr(people))
    rolled = partial(_rolled, codebook, book, people)
    for part in gathering.read_each("pairs", _Part, rolled, by=by):
        tallies.add_part(part.tallies)
        balances.extend(part.balances)
    return tallies.roll_up(), balances_of(codebook, balances), people


def _spoken(book: CaseBook, documents: tuple[CodedDocument, ...]) -> _Spoken:
    counted = [one.coded for held in documents for one in _counted(held)]
    return _Spoken(
        documents=tuple(replace(one, incidents=()) for one in documents),
        n_incidents=len(counted),
        small=small_words(book, (one.quote for one in counted)),
    )


def _counted(held: CodedDocument) -> tuple[Incident, ...]:
    """What counts of a document: nothing where it gives context only."""
    return held.incidents if held.document.role != "context" else ()


def _rolled(
    codebook: Codebook, book: CaseBook, people: Names, documents: tuple[CodedDocument, ...]
) -> _Part:
    tallies, balances = Tallies(codebook, book.by_id), Balances(codebook)
    for one in documents:
        found = [told_by_case(incident.coded, people) for incident in _counted(one)]
        take_in(tallies, balances, one.document, one.heard, found)
    return _Part(tallies.part(), balances.parts())


def take_in(
    tallies: Tallies,
    balances: Balances,
    document: Document,
    heard: tuple[str, ...] | None,
    found: Sequence[CodedSegment],
) -> None:
    """Adds one document with what is coded in it; `heard` is None where nobody has read it."""
    if document.role != "context" and heard is None:
        tallies.leave_unread()
        return
    summary = summarise(document, (), found, ())
    tallies.add(replace(summary, participants=heard or ()), found)
    balances.add(found)
