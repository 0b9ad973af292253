"""Comparing what is coded: gathering it once, then side by side, extremes and proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from qualcode.analysis.cases import CaseBook, join_cases
from qualcode.analysis.coded import coded_by_suggestions
from qualcode.analysis.comparing.compare import BYS, By, Vectors, compare_code, compare_codes
from qualcode.analysis.comparing.extremes import find_extremes
from qualcode.analysis.comparing.incidents import Incident, Places, incidents_of
from qualcode.analysis.comparing.proposals import Proposal, find_proposals
from qualcode.analysis.comparing.tables import (
    code_table,
    comparison_tables,
    extremes_table,
    proposal_table,
)
from qualcode.analysis.segment import segment_document
from qualcode.core.codebook import resolve
from qualcode.core.codebook_changes import find_code
from qualcode.core.model import Code, Codebook, Coding, Document
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.core.table import Table
from qualcode.plugins.language import word_forms
from qualcode.plugins.registry import load_segmenter, load_suggester
from qualcode.project.deciding import a_decision, coder_name
from qualcode.project.study import Study
from qualcode.store.document_files import load_facts
from qualcode.store.proposals_file import (
    VERDICTS,
    Decided,
    Verdict,
    decided_line,
    decided_path,
    load_decided,
)
from qualcode.store.transaction import Transaction

_CODE = "Code some passages first, or add --draft to use suggestions."
_CUES = "Give the codes cues (docs/cues.md), or code some passages."


@dataclass(frozen=True, slots=True)
class Coded:
    """All that is coded in a study: incidents, and every document without its text.

    `read` are the documents that somebody coded. Incidents of context documents are left out
    and counted in `context`. `is_draft` says that suggestions stand in for codings.
    """

    codebook: Codebook
    book: CaseBook
    documents: tuple[Document, ...]
    incidents: tuple[Incident, ...]
    read: frozenset[str]
    context: int
    is_draft: bool

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
    """Everything coded, by all coders or one; with `draft` the suggestions in its place.

    Raises:
        QualcodeError: NOTHING_CODED (with `what` could not be done), CODER_UNKNOWN, BAD_CODING
            and what is wrong with the codebook.
    """
    codebook = study.usable_codebook()
    book, _ = study.cases()
    found = _suggested(study, codebook, book) if draft else _coded(study, codebook, book, coder)
    documents: list[Document] = []
    incidents: list[Incident] = []
    context = 0
    for document, held in found:
        documents.append(replace(document, text="", units=(), passages=(), marks=()))
        if document.role == "context":
            context += len(held)
        else:
            incidents.extend(held)
    if not incidents:
        raise QualcodeError(problem(P.NOTHING_CODED, what=what, todo=_CUES if draft else _CODE))
    read = frozenset(one.coded.doc_id for one in incidents)
    return Coded(codebook, book, tuple(documents), tuple(incidents), read, context, draft)


def _coded(
    study: Study, codebook: Codebook, book: CaseBook, coder: str
) -> Iterator[tuple[Document, tuple[Incident, ...]]]:
    """Every document, read in full only where it has codings."""
    coders: set[str] = set()
    for doc_id in study.document_ids():
        codings: tuple[Coding, ...] = study.codings(doc_id)
        coders.update(one.coder for one in codings)
        wanted = [one for one in codings if not coder or one.coder == coder]
        if wanted:
            document = study.document(doc_id, book)
            yield document, tuple(incidents_of(document, wanted, book, codebook))
        else:
            facts, _ = join_cases(load_facts(study.paths, doc_id), book)
            yield facts, ()
    if coder and coder not in coders and coders:
        known = ", ".join(sorted(coders))
        raise QualcodeError(problem(P.CODER_UNKNOWN, coder=coder, known=known))


def _suggested(
    study: Study, codebook: Codebook, book: CaseBook
) -> Iterator[tuple[Document, tuple[Incident, ...]]]:
    """Every document with suggestions where codings would stand."""
    split = load_segmenter("sentences")(study.settings.language)
    suggest = load_suggester("cues")(codebook)
    for document in study.documents(book):
        segments = tuple(segment_document(document, split=split))
        offered = coded_by_suggestions(document, segments, suggest(document, segments), book)
        places = Places(document)
        yield (
            document,
            tuple(
                Incident(
                    coded=one,
                    question=places.question(one.span.start),
                    date=document.date,
                )
                for one in offered
            ),
        )


def _vectors(study: Study, coded: Coded) -> Vectors:
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
    compared = compare_code(coded.of_code(code), _vectors(study, coded), by=grouped)
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
    found = compare_codes(coded.of_code(first), coded.of_code(second), _vectors(study, coded))
    return comparison_tables(first, second, found, is_draft=draft)


def view_extremes(study: Study, word: str, *, coder: str = "", draft: bool = False) -> Table:
    """The edges of one code; errors as `view_code`."""
    coded = gather(study, what="compare", coder=coder, draft=draft)
    code = find_code(coded.codebook, word)
    compared = compare_code(coded.of_code(code), _vectors(study, coded))
    return extremes_table(code, find_extremes(compared, code.valence), is_draft=draft)


def all_proposals(study: Study, *, coder: str = "", draft: bool = False) -> tuple[Proposal, ...]:
    """Everything proposed, decided on or not; errors as `gather`."""
    coded = gather(study, what="propose", coder=coder, draft=draft)
    stem = stemmer(study.settings.language)
    return find_proposals(coded.codebook, coded.incidents, _vectors(study, coded), stem)


def view_proposals(study: Study, *, coder: str = "", draft: bool = False) -> Table:
    """The proposals on which nobody has decided yet; errors as `gather` and `load_decided`."""
    decided = {one.key: one.verdict for one in load_decided(study.paths)}
    found = all_proposals(study, coder=coder, draft=draft)
    verdicts = [decided.get(one.key) for one in found]
    return proposal_table(
        [one for one in found if one.key not in decided],
        rejected=verdicts.count("reject"),
        accepted=verdicts.count("accept"),
        is_draft=draft,
    )


def find_proposal(study: Study, key: str, *, draft: bool = False) -> Proposal:
    """The proposal of that key.

    Raises:
        QualcodeError: NO_PROPOSAL, and as `gather`.
    """
    found = next((one for one in all_proposals(study, draft=draft) if one.key == key), None)
    if found is None:
        raise QualcodeError(problem(P.NO_PROPOSAL, key=key))
    return found


def decide(
    study: Study, key: str, verdict: str, *, because: str, draft: bool = False
) -> tuple[Proposal, str]:
    """Records a decision on a proposal; gives the proposal and what to do next.

    It never changes the codebook: where a proposal is accepted, the command that would is
    told.

    Raises:
        QualcodeError: NO_VERDICT, NO_PROPOSAL, and as `gather`.
    """
    word: Verdict | None = next((one for one in VERDICTS if one == verdict), None)
    if word is None:
        raise QualcodeError(problem(P.NO_VERDICT, found=verdict))
    found = find_proposal(study, key, draft=draft)
    change = Transaction(study.paths)
    path = decided_path(study.paths, coder_name(study.paths))
    decision = a_decision(study.paths, f"{word} proposal", target=key, because=because)
    decided = Decided(key, word, decision.coder, found.why, because, decision.at)
    before = change.read(path) or b""
    change.write(path, before + decided_line(decided).encode())
    change.commit(replace(decision, after=found.why))
    return found, next_step(found) if word == "accept" else ""


def next_step(proposal: Proposal) -> str:
    """The command that would do what a proposal says, or what a person must do first."""
    first = proposal.code_ids[0]
    match proposal.action:
        case "overlap" | "synonym":
            other = proposal.code_ids[1]
            return f"qualcode codebook merge {other} --into {first} --because WHY"
        case "split":
            return f"qualcode codebook split {first} --into NAME,NAME --because WHY"
        case "one document":
            return f"qualcode compare {first}, then qualcode sample"
        case _:
            return (
                f"qualcode codebook retire {first} --because WHY, or qualcode sample to look "
                "for more"
            )
