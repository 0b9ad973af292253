"""The scaffold of a findings section, from what is coded."""

from __future__ import annotations

from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.pages.scaffold import Section, scaffold_markdown, scaffold_sections
from qualcode.analysis.pages.values import Shown
from qualcode.analysis.pair_tables import draft_note
from qualcode.analysis.tables.quotations import Choice, exemplars
from qualcode.core.problems import P, QualcodeError, problem
from qualcode.project.report_parts.basis import Basis, facts_of, open_basis
from qualcode.project.report_parts.codes import code_pages
from qualcode.project.study import Study

FORMATS = ("markdown", "docx")


def make_scaffold(
    study: Study, *, format: str = "markdown", each: int = 2, coder: str = "", draft: bool = False
) -> bytes:
    """Headings, claims to be written, lead-ins and quotations, as Markdown or a Word document.

    Raises:
        QualcodeError: UNKNOWN_WORD for a format, and as `gather`.
    """
    if format not in FORMATS:
        allowed = ", ".join(FORMATS)
        raise QualcodeError(
            problem(P.UNKNOWN_WORD, key="--format", found=format, allowed=allowed, hint="")
        )
    basis = open_basis(study, coder=coder, draft=draft)
    sections = tuple(scaffold_sections(code_pages(basis), _exemplars(basis, each)))
    title = f"Findings: {study.settings.question or study.paths.root.resolve().name}"
    notes = _notes(basis)
    if format == "markdown":
        return scaffold_markdown(title, notes, sections).encode()
    return _as_word(title, notes, sections)


def _exemplars(basis: Basis, each: int) -> dict[str, tuple[Shown, ...]]:
    held: dict[str, list[Incident]] = {}
    for one in basis.ledger.incidents:
        if not basis.quoting.is_withheld(one.coded):
            held.setdefault(one.coded.code_id, []).append(one)
    return {
        code.id: tuple(
            basis.quoting.shown(one.coded)
            for one in exemplars(code, held.get(code.id, ()), Choice(each=each))
        )
        for code in basis.ledger.codes
    }


def _notes(basis: Basis) -> tuple[str, ...]:
    facts = ". ".join(f"{term}: {value}" for term, value in facts_of(basis))
    rollup = basis.rolled.rollup
    draft = (draft_note(rollup),) if rollup.is_draft else ()
    return (f"{facts}.", *draft)


def _as_word(title: str, notes: tuple[str, ...], sections: tuple[Section, ...]) -> bytes:
    from qualcode.plugins.exporters.report_word import scaffold_document

    return scaffold_document(title, notes, sections)
