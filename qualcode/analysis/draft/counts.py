"""n and N of everything that a draft may say of a code, or of one side of a pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from qualcode.analysis.coded import is_interview
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.draft.claims import PEOPLE, Counts
from qualcode.analysis.rollup import RollUp
from qualcode.analysis.tables.ledger import Ledger, count_segments
from qualcode.core.codebook import resolve
from qualcode.core.model import Document, Kind

KIND_WORDS: Mapping[Kind, tuple[str, ...]] = {
    "interview notes": ("sets of interview notes",),
    "transcript": ("transcripts",),
    "minutes": ("meetings", "sets of minutes"),
    "field notes": ("sets of field notes",),
    "questionnaire": ("questionnaires",),
    "policy": ("policies",),
}
"""How a draft counts documents of each kind; "minutes" alone may be a length of time."""


def document_words(document: Document, heard: Iterable[str]) -> tuple[str, ...]:
    """The words by which a draft may count a document."""
    interview = ("interviews",) if is_interview(document.kind, tuple(heard)) else ()
    return ("documents", *KIND_WORDS.get(document.kind, ()), *interview)


def people_words(document: Document, heard: Iterable[str]) -> tuple[str, ...]:
    """The words by which a draft may count those who are heard in a document."""
    asked = ("interviewees", "informants") if is_interview(document.kind, tuple(heard)) else ()
    answered = ("respondents",) if document.kind == "questionnaire" else ()
    return ("participants", "people", *asked, *answered)


def count_all(documents: Iterable[tuple[Document, tuple[str, ...]]]) -> dict[str, int]:
    """N behind every word that counts documents or those who are heard in them."""
    return {word: len(held) for word, held in _members(documents).items()}


def _members(
    documents: Iterable[tuple[Document, tuple[str, ...]]],
) -> dict[str, set[str]]:
    members: dict[str, set[str]] = {}
    for document, heard in documents:
        for word in document_words(document, heard):
            members.setdefault(word, set()).add(document.id)
        for word in people_words(document, heard):
            members.setdefault(word, set()).update(heard)
    for word in ("interviewees", "informants", "respondents"):
        # without a questionnaire, or an interview, the word can only mean everybody heard
        members.setdefault(word, members.get("participants", set()))
    return members


def counts_of(ledger: Ledger, rollup: RollUp) -> dict[str, Counts]:
    """n of N behind the name of each code, and behind the wording of each side of a row."""
    count = _counter(ledger)
    by_code: dict[str, list[Incident]] = {}
    for one in ledger.incidents:
        by_code.setdefault(one.coded.code_id, []).append(one)
    counts: dict[str, Counts] = {}
    for row in rollup.rows:
        for pole in row.poles:
            side = "obstacle" if pole is row.obstacle else "catalyst"
            codes = {resolve(ledger.codebook, one) for one in pole.pole.code_ids}
            counts[pole.pole.says] = count(
                one
                for code_id in sorted(codes)
                for one in by_code.get(code_id, ())
                if one.coded.valence in (side, "mixed")
            )
    for code in ledger.codes:
        counts[code.name] = count(by_code.get(code.id, ()))
    return counts


def _counter(ledger: Ledger) -> Callable[[Iterable[Incident]], Counts]:
    """Counts incidents by every word, against all that were read."""
    members = _members((one, ledger.heard[one.id]) for one in ledger.documents)
    members["participants"] = members["people"] = set(ledger.participants)
    everything = ledger.incidents

    def count(found: Iterable[Incident]) -> Counts:
        held = tuple(found)
        documents = {one.coded.doc_id for one in held}
        people = {one.coded.participant for one in held if one.coded.participant}
        told = {
            word: (len(those & (people if word in PEOPLE else documents)), len(those))
            for word, those in members.items()
        }
        segments = (count_segments(held), count_segments(everything))
        told.update(dict.fromkeys(("segments", "passages"), segments))
        told["codings"] = (_codings(held), _codings(everything))
        return told

    return count


def _codings(incidents: Iterable[Incident]) -> int:
    return sum(max(len(one.coding_ids), 1) for one in incidents)
