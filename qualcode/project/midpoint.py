"""The review half-way through: what was read, what has emerged, and what is still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from qualcode.analysis.standing import Standing, code_standings, count_uses, heard_codings
from qualcode.core.memos import Memo
from qualcode.core.model import KINDS, ROLES, Codebook, Coding, Kind, Role
from qualcode.core.problems import Problem, QualcodeError
from qualcode.core.table import Column, Table
from qualcode.core.text import counted
from qualcode.project.code_births import Birth, code_births
from qualcode.project.codebooks import codebook_as_found
from qualcode.project.protocol import unanswered
from qualcode.project.study import Study
from qualcode.store.coding_files import coding_files, numbered_codings
from qualcode.store.document_files import load_facts
from qualcode.store.memo_files import load_memos


@dataclass(slots=True)
class _Looked:
    """What is known of a study at a glance, and what was wrong on the way."""

    study: Study
    codebook: Codebook = field(default_factory=lambda: Codebook(""))
    kinds: dict[str, tuple[Kind, Role]] = field(default_factory=dict)
    codings: list[Coding] = field(default_factory=list)
    memos: tuple[Memo, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    is_codebook_read: bool = False

    @classmethod
    def at(cls, study: Study) -> _Looked:
        seen = cls(study)
        codebook, problems = codebook_as_found(study)
        seen.codebook, seen.is_codebook_read = codebook or seen.codebook, codebook is not None
        seen.problems.extend(problems)
        for doc_id in study.document_ids():
            try:
                facts = load_facts(study.paths, doc_id)
                seen.kinds[doc_id] = (facts.kind, facts.role)
            except QualcodeError as error:
                seen.problems.extend(error.problems)
        for path, doc_id, coder in coding_files(study.paths):
            for _, found in numbered_codings(path, doc_id, coder):
                if isinstance(found, Coding):
                    seen.codings.append(found)
                else:
                    seen.problems.append(found)
        seen.memos, wrong = load_memos(study.paths)
        seen.problems.extend(wrong)
        return seen

    def standings(self) -> tuple[Standing, ...]:
        """Where each code stands, by what the participants say."""
        heard = [one for found in self._heard() for one in found]
        return code_standings(self.codebook, count_uses(self.codebook, heard, self.kinds))

    def _heard(self) -> Iterator[tuple[Coding, ...]]:
        by_document: dict[str, list[Coding]] = {}
        for coding in self.codings:
            by_document.setdefault(coding.doc_id, []).append(coding)
        for doc_id, codings in by_document.items():
            try:
                yield tuple(heard_codings(self.study.document(doc_id), codings))
            except QualcodeError as error:
                self.problems.extend(one for one in error.problems if one not in self.problems)

    def births(self) -> dict[str, Birth]:
        """How each code came about; nothing where the record of it cannot be read."""
        try:
            return code_births(self.study, self.codebook, self.codings)
        except QualcodeError as error:
            self.problems.extend(one for one in error.problems if one not in self.problems)
            return {}

    def documents(self) -> Iterator[tuple[Kind, Role, int]]:
        """How many documents there are of each kind and role."""
        count = Counter(self.kinds.values())
        for kind in KINDS:
            for role in ROLES:
                if count[kind, role]:
                    yield kind, role, count[kind, role]

    def questions(self) -> list[Memo]:
        return [memo for memo in self.memos if memo.is_open]


def view_midpoint(study: Study) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """What has emerged so far: what was read, the codes with their birth, open ends.

    The half-way review of ethnographic content analysis: categories are let emerge, refined
    or collapsed before the rest is collected (Altheide 1996, step 8).
    """
    seen = _Looked.at(study)
    codes = (_code_table(seen),) if seen.is_codebook_read else ()
    tables = (_read_table(seen), *codes, _question_table(seen), _owed_table(seen))
    return tables, tuple(seen.problems)


def _read_table(seen: _Looked) -> Table:
    coded = {coding.doc_id for coding in seen.codings}
    by_kind = Counter(both for doc_id, both in seen.kinds.items() if doc_id in coded)
    columns = (
        Column("kind", "Kind"),
        Column("role", "Role"),
        Column("documents", "Documents", "documents"),
        Column("coded", "With codings", "documents"),
    )
    rows = tuple(
        ((kind,), (role,), (str(n),), (str(by_kind[kind, role]),))
        for kind, role, n in seen.documents()
    )
    note = f"{len(coded & seen.kinds.keys())} of {counted(len(seen.kinds), 'document')} coded."
    return Table("read", "What was read so far", columns, rows, (note,))


def _code_table(seen: _Looked) -> Table:
    standings, births = seen.standings(), seen.births()
    columns = (
        Column("code", "Code"),
        Column("born", "Born"),
        Column("codings", "Codings", "codings"),
        Column("documents", "Documents", "documents"),
        Column("kinds", "Kinds of document"),
        Column("sides", "Obstacle : catalyst : mixed", "codings"),
        Column("mark", "Look again"),
    )
    rows = tuple(
        (
            (one.code.id,),
            (one.code.origin or _born(births.get(one.code.id)),),
            (str(one.codings),),
            (str(one.documents),),
            (", ".join(one.kinds) or "-",),
            (f"{one.obstacles} : {one.catalysts} : {one.mixed}",),
            (_mark(one),),
        )
        for one in standings
    )
    thin = sum(one.is_thin for one in standings)
    contested = sum(one.is_contested for one in standings)
    notes = (
        f"{counted(len(rows), 'code')}: {thin} thin (under 3 codings, or one document alone), "
        f"{contested} contested (coded both ways, or denied).",
    )
    return Table("codes", "What has emerged so far", columns, rows, notes)


def _born(birth: Birth | None) -> str:
    """Where a code arose, or that it did not, or that nobody can tell."""
    if birth is None or birth.how == "unknown":
        return "not known"
    if birth.how == "brought":
        return "before the coding"
    return " ".join(filter(None, (birth.at[:10], birth.doc_id)))


def _mark(one: Standing) -> str:
    marks = ("contested" if one.is_contested else "", "thin" if one.is_thin else "")
    return ", ".join(filter(None, marks)) or "-"


def _question_table(seen: _Looked) -> Table:
    columns = (
        Column("memo", "Memo"),
        Column("kind", "Kind"),
        Column("about", "About"),
        Column("title", "First line"),
    )
    kept = [memo for memo in seen.memos if memo.is_open or memo.kind == "surprise"]
    rows = tuple(((m.id,), (m.kind,), (m.about,), (m.title,)) for m in kept)
    surprises = len(kept) - len(seen.questions())
    note = f"{counted(len(seen.questions()), 'open question')}, {counted(surprises, 'surprise')}."
    return Table("questions", "Open questions and surprises", columns, rows, (note,))


def _owed_table(seen: _Looked) -> Table:
    owed: Counter[str] = Counter()
    documents = 0
    try:
        for one in unanswered(seen.study):
            documents += bool(one.items)
            owed.update(one.items)
            seen.problems.extend(one.problems)
    except QualcodeError as error:
        seen.problems.extend(error.problems)
    columns = (Column("item", "Item"), Column("documents", "Unanswered for", "documents"))
    rows = tuple(((item,), (str(n),)) for item, n in sorted(owed.items()))
    note = f"{counted(sum(owed.values()), 'item')} unanswered in {counted(documents, 'document')}."
    return Table("unanswered", "Unanswered protocol items", columns, rows, (note,))
