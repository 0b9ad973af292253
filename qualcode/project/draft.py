"""A draft held against the study: its quotations, numbers, rows, names and quantifiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from qualcode.analysis.coded import participants_heard
from qualcode.analysis.draft.claims import QUANTIFIERS, Known, check_claims
from qualcode.analysis.draft.counts import KIND_WORDS, count_all, counts_of
from qualcode.analysis.draft.credits import check_consent, check_credit
from qualcode.analysis.draft.names import names_of
from qualcode.analysis.draft.paper import Check, Finding, paragraphs_of
from qualcode.analysis.draft.quoted import Sources, check_quotation, find_quoted, words_of
from qualcode.analysis.pair_tables import counted
from qualcode.analysis.rollup import UNPAIRED, RollUp
from qualcode.core.codebook import is_in_use
from qualcode.core.methods import MethodProfile
from qualcode.core.model import Codebook, Document
from qualcode.core.problems import P, QualcodeError
from qualcode.core.table import Column, Table
from qualcode.project.comparing import gather
from qualcode.project.ingest import extract_file
from qualcode.project.pair_table import roll_up_coded
from qualcode.project.study import Study
from qualcode.project.tables import ledger_of

_TITLES: dict[Check, str] = {
    "consent": "Consent",
    "quotation": "Quotation",
    "credit": "Credit",
    "number": "Number",
    "row": "Row",
    "name": "Name",
    "quantifier": "Quantifier",
}


def check_draft(study: Study, draft: Path) -> Table:
    """Everything in a draft that the study says otherwise, in the order of the draft.

    Whoever is quoted and may not be comes before everything else. The first note counts what was
    looked up. The draft itself is only read.

    Raises:
        QualcodeError: what a reader says of a file that it cannot read, and what is wrong
            with the codebook or the codings.
    """
    paragraphs = tuple(paragraphs_of(extract_file(draft).lines))
    book, _ = study.cases()
    documents = tuple(study.documents(book))
    sources = Sources(documents)
    known = replace(
        _known(study, documents), names=names_of(documents, book, sources.small_words())
    )
    findings: list[Finding] = []
    n_quotations = 0
    wordings = {words_of(one) for one in (study.settings.question, *known.counts)}
    for paragraph in paragraphs:
        quotations = [q for q in find_quoted(paragraph) if words_of(q.words) not in wordings]
        n_quotations += len(quotations)
        for quoted in quotations:
            found, place = check_quotation(quoted, sources)
            findings.extend(found)
            if place is not None:
                findings.extend(check_consent(quoted, place, book))
                findings.extend(check_credit(quoted, place, book))
        findings.extend(check_claims(paragraph, known, [one.span for one in quotations]))
    findings.sort(key=lambda one: one.check != "consent")
    return _table(draft, findings, n_paragraphs=len(paragraphs), n_quotations=n_quotations)


def _known(study: Study, documents: Sequence[Document]) -> Known:
    """The totals and counts of the study; without codings, those of its documents."""
    heard = [(one, participants_heard(one)) for one in documents]
    totals = {
        **count_all(both for both in heard if both[0].role != "context"),
        **_document_totals(documents),
        **_codebook_totals(study.usable_codebook(), study.method),
    }
    totals.pop("people", None)  # "fifty people" need not be of the study
    try:
        coded = gather(study, what="count")
    except QualcodeError as error:
        if error.problem.number != P.NOTHING_CODED.number:
            raise
        return Known(totals, _PARTS)
    rollup = roll_up_coded(study, coded).rollup
    codings = [one for document in documents for one in study.codings(document.id)]
    return Known(
        totals={
            **totals,
            **_row_totals(rollup),
            "participants": rollup.participants,
            "codings": len(codings),
            "passages": rollup.codings,
            "segments": len({(one.doc_id, one.span) for one in codings}),
        },
        parts=_PARTS,
        counts=counts_of(ledger_of(coded), rollup),
        rows={row.pair.number: tuple(one.pole.says for one in row.poles) for row in rollup.rows},
        contested=sum(row.is_contested for row in rollup.rows),
    )


_PARTS = frozenset(
    {"documents", "participants", "interviewees", "informants", "respondents", "interviews"}
    | {"codes", "catalysts", "obstacles", "categories", "themes"}
    | {"codings", "passages", "segments"}
    | {word for words in KIND_WORDS.values() for word in words}
)


def _document_totals(documents: Sequence[Document]) -> dict[str, int]:
    """All documents, those for context too, by the words for their kinds."""
    totals = Counter(
        word for one in documents for word in ("documents", *KIND_WORDS.get(one.kind, ()))
    )
    return dict(totals)


def _codebook_totals(codebook: Codebook, words: MethodProfile) -> dict[str, int]:
    used = [code for code in codebook.codes if is_in_use(code)]
    plain = sum(code.kind == "code" for code in used)
    return {"codes": plain, words.word("categories"): len(used) - plain}


def _row_totals(rollup: RollUp) -> dict[str, int]:
    rows = [row for row in rollup.rows if not row.pair.id.startswith(UNPAIRED)]
    return {
        "rows": len(rows),
        "pairs": sum(len(row.catalysts) for row in rows if row.obstacle),
        "catalysts": sum(len(row.catalysts) for row in rows),
        "obstacles": sum(row.obstacle is not None for row in rows),
    }


def _table(
    draft: Path, findings: Iterable[Finding], *, n_paragraphs: int, n_quotations: int
) -> Table:
    columns = (
        Column("line", "Line"),
        Column("check", "What"),
        Column("said", "The draft says"),
        Column("held", "The project says"),
    )
    rows = tuple(
        ((str(one.line),), (_TITLES[one.check],), (one.said,), (one.held,)) for one in findings
    )
    rule = "; ".join(
        f"{one.word} {one.low:.0%}-{one.high:.0%}".replace("%", " %")
        for one in QUANTIFIERS
        if one.word in ("almost all", "most", "many", "about half", "a few", "few")
    )
    notes = (
        f"{counted(len(rows), 'finding')}; looked at {counted(n_paragraphs, 'paragraph')} and "
        f"{counted(n_quotations, 'quotation')} of four words or more.",
        f"Quantifiers are held against this rule of thumb: {rule} (most: more than half).",
    )
    return Table("draft", f"Draft {draft.name} against the project", columns, rows, notes)
