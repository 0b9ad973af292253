"""Comparing what is coded: gathering it once, then side by side, extremes and proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from qualcode.analysis.cases import CaseBook
from qualcode.analysis.comparing.compare import BYS, By, Vectors, compare_code, compare_codes
from qualcode.analysis.comparing.extremes import GroupOf, find_extremes, kind_of
from qualcode.analysis.comparing.incidents import (
    Incident,
    incidents_of_suggestions,
)
from qualcode.analysis.comparing.tables import (
    code_table,
    comparison_tables,
    extremes_table,
)
from qualcode.analysis.pair_tables import counted
from qualcode.analysis.segment import segment_document
from qualcode.analysis.tables.ledger import Ledger, count_ledger, traits_of_people
from qualcode.core.codebook import resolve
from qualcode.core.codebook_changes import find_code
from qualcode.core.hints import did_you_mean
from qualcode.core.model import Code, Codebook, Document
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.table import Table
from qualcode.plugins.language import word_forms
from qualcode.plugins.registry import load_segmenter
from qualcode.project.gathering import CodedDocument, Gathering
from qualcode.project.learning import make_ready
from qualcode.project.study import Study

_CODE = "Code some passages first, or add --draft to use suggestions."
_CUES = "Give the codes cues (docs/cues.md), or code some passages."


@dataclass(frozen=True, slots=True)
class Coded:
    """All that is coded in a study: incidents, and every document without its text.

    `read` are the documents in which something is coded; `examined` those and the ones in
    which somebody decided on suggestions and coded nothing. `heard` gives the keys of whoever
    speaks in each examined document. Incidents of context documents are left out and counted
    in `context`. `is_draft` says that suggestions stand in where nobody has coded.
    """

    codebook: Codebook
    book: CaseBook
    documents: tuple[Document, ...]
    incidents: tuple[Incident, ...]
    read: frozenset[str]
    context: int
    is_draft: bool
    examined: frozenset[str] = frozenset()
    heard: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of_code(self, code: Code) -> tuple[Incident, ...]:
        """The incidents of a code.

        Raises:
            QualcodeError: NOT_CODED_WITH.
        """
        code_id = resolve(self.codebook, code.id)
        held = tuple(one for one in self.incidents if one.coded.code_id == code_id)
        if not held:
            raise QualcodeError(problem(P.NOT_CODED_WITH, code=code.id))
        return held

    def by_document(self) -> dict[str, tuple[Incident, ...]]:
        """The incidents under the ids of their documents."""
        held: dict[str, list[Incident]] = {}
        for one in self.incidents:
            held.setdefault(one.coded.doc_id, []).append(one)
        return {doc_id: tuple(found) for doc_id, found in held.items()}


@lru_cache(maxsize=4)
def stemmer(language: str) -> Callable[[str], str]:
    """The dictionary form of a word, in the language; the word itself where it is not known."""
    in_text = word_forms(language).in_text

    @lru_cache(maxsize=200_000)
    def stem(word: str) -> str:
        bare = word.removesuffix("'s")
        heads = sorted(in_text(word) - {word, bare})
        return heads[0] if heads else bare

    return stem


def gather(study: Study, *, what: str, coder: str = "", draft: bool = False) -> Coded:
    """Everything coded, by all coders or one; with `draft`, suggestions where nobody has coded.

    Raises:
        QualcodeError: NOTHING_CODED (with `what` could not be done), CODER_UNKNOWN, BAD_CODING
            and what is wrong with the codebook.
    """
    codebook = study.usable_codebook()
    book, _ = study.cases()
    suggested = _suggester(study, codebook, book) if draft else None
    held = Gathering(study, codebook, book, coder, suggested).read_all()
    incidents = tuple(
        incident for one in held if one.document.role != "context" for incident in one.incidents
    )
    refuse_nothing(held, len(incidents), what=what, coder=coder, draft=draft)
    heard = {one.document.id: one.heard for one in held if one.heard is not None}
    return Coded(
        codebook,
        book,
        documents=tuple(one.document for one in held),
        incidents=incidents,
        read=frozenset(one.coded.doc_id for one in incidents),
        context=sum(len(one.incidents) for one in held if one.document.role == "context"),
        is_draft=draft,
        examined=frozenset(heard),
        heard=heard,
    )


def gather_counts(study: Study, *, what: str, coder: str = "") -> Ledger:
    """What counts of everything coded, by all coders or one, without the words.

    Raises:
        QualcodeError: as `gather`.
    """
    codebook = study.usable_codebook()
    book, _ = study.cases()
    held, sheets = Gathering(study, codebook, book, coder).read_counts()
    n_incidents = sum(len(sheet.columns) + sheet.words.observed for sheet in sheets)
    refuse_nothing(held, n_incidents, what=what, coder=coder)
    heard = {one.document.id: one.heard for one in held if one.heard is not None}
    documents = tuple(one.document for one in held)
    return count_ledger(codebook, book, documents, sheets, heard=heard)


def refuse_nothing(
    held: Iterable[CodedDocument], n_incidents: int, *, what: str, coder: str, draft: bool = False
) -> None:
    """Raises QualcodeError where nothing was found: NOTHING_CODED (with `what` could not be
    done), or CODER_UNKNOWN for a coder who coded nothing where others did."""
    coders = {name for one in held for name in one.coders}
    if coder and coder not in coders and coders:
        known = ", ".join(sorted(coders))
        raise QualcodeError(problem(P.CODER_UNKNOWN, coder=coder, known=known))
    if not n_incidents:
        raise QualcodeError(problem(P.NOTHING_CODED, what=what, todo=_CUES if draft else _CODE))


def _suggester(
    study: Study, codebook: Codebook, book: CaseBook
) -> Callable[[Document], Iterator[Incident]]:
    """Gives a document with suggestions where codings would stand."""
    split = load_segmenter("sentences")(study.settings.language)
    suggest = make_ready(study, codebook, counted=True).suggest

    def suggested(document: Document) -> Iterator[Incident]:
        segments = tuple(segment_document(document, split=split))
        return incidents_of_suggestions(document, segments, suggest(document, segments), book)

    return suggested


def vectors_of(study: Study, coded: Coded) -> Vectors:
    """The incidents as vectors, by the words of the study's language."""
    return Vectors.of(coded.incidents, stemmer(study.settings.language))


def view_code(
    study: Study, word: str, *, by: str = "", coder: str = "", draft: bool = False
) -> Table:
    """The segments of one code side by side; `by` is case, kind, valence or "".

    Raises:
        QualcodeError: UNKNOWN_WORD, NO_CODE, NOT_CODED_WITH, and as `gather`.
    """
    if by and by not in BYS:
        allowed = ", ".join(BYS)
        raise QualcodeError(problem(P.UNKNOWN_WORD, key="--by", found=by, allowed=allowed, hint=""))
    grouped: By = next((one for one in BYS if one == by), "")
    coded = gather(study, what="compare", coder=coder, draft=draft)
    code = find_code(coded.codebook, word)
    compared = compare_code(coded.of_code(code), vectors_of(study, coded), by=grouped)
    return code_table(code, compared, by=grouped, is_draft=draft)


def view_codes(
    study: Study, one: str, two: str, *, coder: str = "", draft: bool = False
) -> tuple[Table, ...]:
    """Two codes against each other.

    Raises:
        QualcodeError: SAME_CODE_TWICE, NO_CODE, NOT_CODED_WITH, and as `gather`.
    """
    coded = gather(study, what="compare", coder=coder, draft=draft)
    first, second = (find_code(coded.codebook, word) for word in (one, two))
    if resolve(coded.codebook, first.id) == resolve(coded.codebook, second.id):
        raise QualcodeError(problem(P.SAME_CODE_TWICE, code=first.id))
    found = compare_codes(coded.of_code(first), coded.of_code(second), vectors_of(study, coded))
    return comparison_tables(first, second, found, is_draft=draft)


def view_extremes(
    study: Study, word: str, *, by: str = "kind", coder: str = "", draft: bool = False
) -> Table:
    """The edges of one code, one of each group among them.

    `by` is kind, case or an attribute of who speaks, else of the document ("tier").

    Raises:
        QualcodeError: UNKNOWN_WORD, NO_CODE, NOT_CODED_WITH, and as `gather`.
    """
    coded = gather(study, what="compare", coder=coder, draft=draft)
    code = find_code(coded.codebook, word)
    group_of = _grouping(coded, by.strip().casefold() or "kind")
    compared = compare_code(coded.of_code(code), vectors_of(study, coded))
    found = find_extremes(compared, code.valence, group_of=group_of)
    table = extremes_table(code, found, is_draft=draft)
    if left_out := sum(not group_of(one.incident) for one in compared):
        note = f"{counted(left_out, 'segment')} in no group: {by} is not known of who speaks there."
        return replace(table, notes=(*table.notes, note))
    return table


def _grouping(coded: Coded, by: str) -> GroupOf:
    """How incidents are put into groups.

    Raises:
        QualcodeError: UNKNOWN_WORD.
    """
    if by == "kind":
        return kind_of
    if by == "case":
        return lambda one: one.coded.case_id or ""
    people = traits_of_people(coded.book, coded.documents)
    values = {key: told[by] for key, told in people.items() if by in told}
    if not values:
        known = ["kind", "case", *sorted({key for told in people.values() for key in told})]
        allowed, hint = ", ".join(known), did_you_mean(by, known)
        raise QualcodeError(
            problem(P.UNKNOWN_WORD, key="--by", found=by, allowed=allowed, hint=hint)
        )

    def value_of(one: Incident) -> str:
        value = values.get(one.coded.participant or "") or values.get(one.coded.doc_id, "")
        return f"{by}: {value}" if value else ""

    return value_of
