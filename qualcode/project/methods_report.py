"""The methods section and the reporting checklists, from what the project knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import qualcode
from qualcode.analysis.cases import CaseBook, is_consent_key
from qualcode.analysis.coded import is_interview, participants_heard
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.reporting.checklists import checklist
from qualcode.analysis.reporting.facts import (
    Material,
    People,
    Record,
    Scheme,
    StudyFacts,
    Work,
)
from qualcode.analysis.reporting.prose import Part, methods_parts
from qualcode.analysis.sampling.saturation import Rule
from qualcode.analysis.stale import find_stale
from qualcode.core.codebook import is_in_use
from qualcode.core.model import KINDS, ROLES, Codebook, Coding, Document, Kind, without_text
from qualcode.core.problems import P, QualcodeError
from qualcode.core.table import Table
from qualcode.core.text import count_words
from qualcode.project.code_births import code_births
from qualcode.project.comparing import Coded, gather
from qualcode.project.deciding import all_steps, steps
from qualcode.project.emerging import view_saturation_of
from qualcode.project.pair_table import roll_up_coded
from qualcode.project.protocol import unanswered
from qualcode.project.study import Study
from qualcode.project.tables import ledger_of
from qualcode.store.codebook_history import kept_versions
from qualcode.store.memo_files import load_memos
from qualcode.store.protocol_file import load_protocol, protocol_path
from qualcode.store.review_files import load_reviews

_INTERVIEWS: tuple[Kind, ...] = ("interview notes", "transcript")
_TIMES = ("duration", "minutes", "length")


def study_facts(study: Study) -> StudyFacts:
    """Everything that the reports on methods are written from.

    Raises:
        QualcodeError: what is wrong with the codebook, or with a file of codings.
    """
    book, _ = study.cases()
    codebook = study.usable_codebook()
    documents, words = _read(study, book)
    codings = [one for doc_id in study.document_ids() for one in study.codings(doc_id)]
    coded = _coded(study)
    passages = ledger_of(coded).incidents if coded else ()
    return StudyFacts(
        question=study.settings.question,
        method=study.method,
        software=f"qualcode {qualcode.__version__}",
        material=_material(documents, words),
        people=_people(documents, book, codings),
        work=_work(study, codebook, codings, passages),
        scheme=_scheme(study, codebook, coded, codings=codings, passages=passages),
        record=_record(study),
        saturation=_saturation(study, coded) if coded else "",
    )


def _coded(study: Study) -> Coded | None:
    """Everything coded in documents that count; None where nothing is."""
    try:
        return gather(study, what="count")
    except QualcodeError as error:
        if error.problem.number != P.NOTHING_CODED.number:
            raise
        return None


def methods_section(study: Study) -> tuple[Part, ...]:
    """The methods section, a paragraph for each thing that a reader looks for."""
    return methods_parts(study_facts(study))


def methods_markdown(parts: Iterable[Part]) -> str:
    """The methods section as Markdown."""
    paragraphs = (f"## {part.heading}\n\n{' '.join(part.sentences)}\n" for part in parts)
    return "# Methods\n\n" + "\n".join(paragraphs)


def methods_document(parts: Iterable[Part]) -> bytes:
    """The methods section as a Word document."""
    from qualcode.plugins.exporters.word import bytes_of, new_document, text_of

    document = new_document()
    document.add_heading("Methods", level=1)
    for part in parts:
        document.add_heading(part.heading, level=2)
        document.add_paragraph(text_of(" ".join(part.sentences)))
    return bytes_of(document, title="Methods")


def view_checklist(study: Study, name: str) -> Table:
    """COREQ or SRQR, filled with what is known; errors as `study_facts`."""
    return checklist(name, study_facts(study))


def _read(study: Study, book: CaseBook) -> tuple[list[tuple[Document, _Heard]], int]:
    """Every document without its text, with what was seen in it, and the words of all."""
    found = []
    words = 0
    for document in study.documents(book):
        words += count_words(document.text)
        found.append((without_text(document), _Heard.of(document)))
    return found, words


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was seen in one document before its text was put away."""

    participants: tuple[str, ...]
    is_guided: bool
    has_observer: bool
    is_timed: bool

    @classmethod
    def of(cls, document: Document) -> _Heard:
        return cls(
            participants_heard(document) if document.role != "context" else (),
            is_guided=document.kind in _INTERVIEWS and any(unit.topic for unit in document.units),
            has_observer=any(passage.voice == "observer" for passage in document.passages),
            is_timed=any(one.key.casefold() in _TIMES for one in document.attributes)
            or any(mark.time is not None for mark in document.marks),
        )


def _material(documents: list[tuple[Document, _Heard]], words: int) -> Material:
    count = Counter((one.kind, one.role) for one, _ in documents)
    dates = sorted(one.date for one, _ in documents if one.date)
    return Material(
        documents=tuple(
            (kind, role, count[kind, role]) for kind in KINDS for role in ROLES if count[kind, role]
        ),
        words=words,
        first=dates[0] if dates else "",
        last=dates[-1] if dates else "",
        undated=len(documents) - len(dates),
        guided=sum(seen.is_guided for _, seen in documents),
        attended=sum(bool(one.attendance) for one, _ in documents),
        observed=sum(seen.has_observer for _, seen in documents),
        timed=sum(seen.is_timed for _, seen in documents),
    )


def _people(
    documents: list[tuple[Document, _Heard]], book: CaseBook, codings: Sequence[Coding]
) -> People:
    heard = Counter(key for _, seen in documents for key in set(seen.participants))
    interviews = Counter(
        key
        for one, seen in documents
        if is_interview(one.kind, seen.participants)
        for key in set(seen.participants)
    )
    values: dict[str, list[str]] = {}
    known = [case for case in book.cases if case.id in heard]
    for case in known:
        for attribute in case.attributes:
            if not is_consent_key(attribute.key) and attribute.key.casefold() != "share":
                values.setdefault(attribute.key, []).append(attribute.value)
    coders: dict[str, set[str]] = {}
    for coding in codings:
        coders.setdefault(coding.doc_id, set()).add(coding.coder)
    return People(
        heard=len(heard),
        again=sum(n > 1 for n in heard.values()),
        repeated=sum(n > 1 for n in interviews.values()),
        known=len(known),
        traits=tuple((key, len(set(held)), len(held)) for key, held in values.items()),
        coders=tuple(sorted({one.coder for one in codings})),
        double=sum(len(held) > 1 for held in coders.values()),
    )


def _work(
    study: Study, codebook: Codebook, codings: Sequence[Coding], passages: Sequence[Incident]
) -> Work:
    reviews = [one for doc_id in study.document_ids() for one in load_reviews(study.paths, doc_id)]
    verdicts = Counter("changed" if one.instead else one.verdict for one in reviews)
    return Work(
        codings=len(codings),
        counted=sum(max(len(one.coding_ids), 1) for one in passages),
        passages=len(passages),
        accepted=verdicts["accepted"],
        changed=verdicts["changed"],
        begun=sum(one.origin == "suggestion" for one in codings),
        imported=sum(one.origin == "import" for one in codings),
        rejected=verdicts["rejected"],
        documents=len({one.doc_id for one in codings}),
        segments=len({(one.doc_id, one.span) for one in codings}),
        stale=len(find_stale(codebook, codings)),
        steps=len(steps(study.paths)),
        undone=sum(step.decisions[0].undoes is None for step in all_steps(study.paths))
        - len(steps(study.paths)),
    )


def _scheme(
    study: Study,
    codebook: Codebook,
    coded: Coded | None,
    *,
    codings: Sequence[Coding],
    passages: Sequence[Incident],
) -> Scheme:
    used = [code for code in codebook.codes if is_in_use(code)]
    plain = [code for code in used if code.kind == "code"]
    rollup = roll_up_coded(study, coded).rollup if coded else None
    kinds = {one.id: one.kind for one in coded.documents} if coded else {}
    births, born = _births(study, codebook, codings, kinds)
    rows = [row for row in rollup.rows if row.pair in codebook.pairs] if rollup else []
    return Scheme(
        codes=len(plain),
        defined=sum(bool(code.definition) for code in plain),
        raised=len(used) - len(plain),
        in_vivo=sum(code.in_vivo for code in plain),
        merged=sum(code.merged_into is not None for code in codebook.codes),
        split=sum(bool(code.split_into) for code in codebook.codes),
        retired=sum(bool(code.retired) for code in codebook.codes),
        versions=sum(n < codebook.version for n in kept_versions(study.paths)),
        edition=rollup.edition if rollup else f"version {codebook.version}",
        arose=births["arose"],
        brought=births["brought"],
        unplaced=births["unknown"],
        born_in=tuple((kind, born[kind]) for kind in KINDS if born[kind]),
        lenses=tuple(lens.name for lens in codebook.lenses),
        rows=len(rows),
        catalysts=sum(len(row.catalysts) for row in rows),
        contested=sum(row.is_contested for row in rows),
        quotable=_places(one for one in passages if not one.coded.consent),
        asked=_places(one for one in passages if one.coded.consent == "ask"),
    )


def _births(
    study: Study, codebook: Codebook, codings: Sequence[Coding], kinds: Mapping[str, Kind]
) -> tuple[Counter[str], Counter[Kind]]:
    """How many codes in use came about in each way, and in which kind of document they arose."""
    births = code_births(study, codebook, codings)
    used = [births[c.id] for c in codebook.codes if is_in_use(c) and c.kind == "code"]
    arose = (kinds[one.doc_id] for one in used if one.how == "arose" and one.doc_id in kinds)
    return Counter(one.how for one in used), Counter(arose)


def _places(incidents: Iterable[Incident]) -> int:
    """How many different stretches of text."""
    return len({one.place for one in incidents})


def _record(study: Study) -> Record:
    memos, _ = load_memos(study.paths)
    count = Counter(memo.kind for memo in memos)
    protocol = load_protocol(study.paths)
    asked = protocol_path(study.paths).is_file()
    return Record(
        memos=tuple(sorted(count.items())),
        open_questions=sum(memo.is_open for memo in memos),
        protocol_items=len(protocol.items) if asked else 0,
        protocol_version=protocol.version if asked else 0,
        unanswered=sum(len(one.items) for one in unanswered(study)) if asked else 0,
    )


def _saturation(study: Study, coded: Coded) -> str:
    """What `qualcode saturation` concludes; "" where the method has no place for it."""
    if study.method.hides("saturation"):
        return ""
    _, table = view_saturation_of(study, coded, Rule())
    return f"Saturation of codes was reckoned by document. {' '.join(table.notes)}"
