"""A draft held against the study: its quotations, numbers, rows, names and quantifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from qualcode.analysis.cases import CaseBook, credit
from qualcode.analysis.draft.claims import QUANTIFIERS, Counts, Known, check_claims
from qualcode.analysis.draft.paper import Check, Finding, paragraphs_of
from qualcode.analysis.draft.quoted import (
    Place,
    Quoted,
    Sources,
    check_quotation,
    find_quoted,
    where,
    words_of,
)
from qualcode.analysis.pair_tables import counted
from qualcode.analysis.rollup import UNPAIRED, RollUp
from qualcode.analysis.tables.ledger import Ledger
from qualcode.core.codebook import is_in_use
from qualcode.core.methods import MethodProfile
from qualcode.core.model import Codebook, Document, Kind
from qualcode.core.problems import P, QualcodeError
from qualcode.core.table import Column, Table
from qualcode.project.ingest import extract_file
from qualcode.project.pair_table import roll_up_study
from qualcode.project.study import Study
from qualcode.project.tables import Ask, open_ledger

_TITLES: dict[Check, str] = {
    "quotation": "Quotation",
    "credit": "Credit",
    "number": "Number",
    "row": "Row",
    "name": "Name",
    "quantifier": "Quantifier",
}
_KIND_WORDS: dict[Kind, tuple[str, ...]] = {
    "interview notes": ("interviews",),
    "transcript": ("transcripts",),
    "minutes": ("meetings", "minutes"),
    "questionnaire": ("questionnaires",),
}
_INITIALS = re.compile(r"[A-Z]{0,3}\d*|.{1,2}")
_ROLE_WORDS = frozenset(
    {"chair", "interviewer", "interviewee", "facilitator", "moderator", "speaker"}
    | {"participant", "respondent", "researcher", "observer", "secretary", "clerk"}
)


def check_draft(study: Study, draft: Path) -> Table:
    """Everything in a draft that the study says otherwise, in the order of the draft.

    The first note counts what was looked up. The draft itself is only read.

    Raises:
        QualcodeError: what a reader says of a file that it cannot read, and what is wrong
            with the codebook or the codings.
    """
    paragraphs = tuple(paragraphs_of(extract_file(draft).lines))
    book, _ = study.cases()
    documents = tuple(study.documents(book))
    known = _known(study, documents, book)
    sources = Sources(documents)
    findings: list[Finding] = []
    n_quotations = 0
    for paragraph in paragraphs:
        for quoted in find_quoted(paragraph):
            n_quotations += 1
            found, place = check_quotation(quoted, sources)
            findings.extend((*found, *_credit(quoted, place, book)))
        findings.extend(check_claims(paragraph, known))
    return _table(draft, findings, n_paragraphs=len(paragraphs), n_quotations=n_quotations)


def _credit(quoted: Quoted, place: Place | None, book: CaseBook) -> Iterator[Finding]:
    """The brackets behind a quotation, where no word of them is what the study knows."""
    if place is None or not quoted.credit:
        return
    document, start = place.document, place.span.start
    unit = next((u for u in document.units if u.span.start <= start < u.span.end), None)
    speaker = next((s for s in document.speakers if unit and s.id == unit.speaker_id), None)
    case = book.by_id.get((speaker.case_id if speaker else None) or "")
    held = credit(document, case)
    fits = {*words_of(held), *words_of(document.id), *words_of(document.date)}
    if case is not None:
        fits.update(words_of(case.id))
        fits.update(word for one in case.attributes for word in words_of(one.value))
    source = set(words_of(document.kind))
    said = set(words_of(quoted.credit)) - source
    if said and not said & (fits - source):
        yield Finding(quoted.line, "credit", f"({quoted.credit})", f"{where(place)}: {held}")


def _known(study: Study, documents: Sequence[Document], book: CaseBook) -> Known:
    """The totals, counts and names of the study; without codings, those of its documents."""
    names = tuple(sorted(_names(documents, book)))
    codebook = study.usable_codebook()
    totals = {**_document_totals(documents), **_codebook_totals(codebook, study.method)}
    try:
        rollup = roll_up_study(study).rollup
    except QualcodeError as error:
        if error.problem.number != P.NOTHING_CODED.number:
            raise
        return Known(totals, _PARTS, names=names)
    return Known(
        totals={**totals, **_row_totals(rollup), "participants": rollup.participants},
        parts=_PARTS,
        counts=_counts(open_ledger(study, Ask()), rollup),
        rows={row.pair.number: tuple(one.pole.says for one in row.poles) for row in rollup.rows},
        contested=sum(row.is_contested for row in rollup.rows),
        names=names,
    )


_PARTS = frozenset(
    {"documents", "participants", "interviews", "transcripts", "meetings", "minutes"}
    | {"questionnaires", "codes", "catalysts", "obstacles", "categories", "themes"}
)


def _document_totals(documents: Sequence[Document]) -> dict[str, int]:
    totals = {"documents": len(documents)}
    for kind, words in _KIND_WORDS.items():
        n = sum(document.kind == kind for document in documents)
        totals.update(dict.fromkeys(words, n) if n else {})
    return totals


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


def _counts(ledger: Ledger, rollup: RollUp) -> dict[str, Counts]:
    """n of N behind the name of each code, and behind the wording of each side of a row."""
    n_documents, n_people = len(ledger.documents), len(ledger.participants)
    counts = {
        pole.pole.says: Counts(
            pole.supporting.documents, n_documents, pole.supporting.participants, n_people
        )
        for row in rollup.rows
        for pole in row.poles
    }
    documents, people = ledger.by_code("document"), ledger.by_code("participant")
    for code, n, m in zip(ledger.codes, documents, people, strict=True):
        counts[code.name] = Counts(n, n_documents, m, n_people)
    return counts


def _names(documents: Iterable[Document], book: CaseBook) -> Iterator[str]:
    """Names of people as they may slip into a draft; initials and roles are left out."""
    held = {name for case in book.cases for name in (case.name, *case.aliases)}
    for document in documents:
        held.update(speaker.name for speaker in document.speakers)
        held.update(one.name for one in document.attendance)
    for name in held:
        is_role = bool(_ROLE_WORDS & set(name.casefold().split()))
        if name[:1].isupper() and not is_role and not _INITIALS.fullmatch(name):
            yield name


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
