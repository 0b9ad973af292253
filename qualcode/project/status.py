"""Where a study stands and what to do next; and the review half-way through."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from qualcode.analysis.pair_tables import counted
from qualcode.analysis.stale import find_stale
from qualcode.analysis.standing import Standing, code_standings
from qualcode.core.memos import Memo
from qualcode.core.model import KINDS, ROLES, Codebook, Coding, Kind, Role
from qualcode.core.problems import Problem, QualcodeError
from qualcode.core.table import Column, Table
from qualcode.core.text import spoken_date
from qualcode.project.coding_views import Which, coverage
from qualcode.project.protocol import unanswered
from qualcode.project.study import Study
from qualcode.store.coding_files import coding_files, numbered_codings
from qualcode.store.document_files import load_facts
from qualcode.store.memo_files import load_memos

NAMED = 5
"""Codes named in one line."""
LOG_DAYS = 7
"""Days after which the log that a method asks for is to be gone on with."""


@dataclass(slots=True)
class _Looked:
    """What is known of a study at a glance, and what was wrong on the way."""

    study: Study
    codebook: Codebook = field(default_factory=lambda: Codebook(""))
    kinds: dict[str, tuple[Kind, Role]] = field(default_factory=dict)
    codings: list[Coding] = field(default_factory=list)
    memos: tuple[Memo, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def at(cls, study: Study) -> _Looked:
        seen = cls(study)
        seen._try(seen._read_codebook)
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

    def _read_codebook(self) -> None:
        checked = self.study.codebook()
        self.codebook = checked.codebook
        self.problems.extend(p for p in checked.problems if p.severity != "note")

    def _try(self, step: Callable[[], None]) -> None:
        try:
            step()
        except QualcodeError as error:
            self.problems.extend(error.problems)

    def standings(self) -> tuple[Standing, ...]:
        return code_standings(self.codebook, self.codings, self.kinds)

    def documents(self) -> Iterator[tuple[Kind, Role, int]]:
        """How many documents there are of each kind and role."""
        count = Counter(self.kinds.values())
        for kind in KINDS:
            for role in ROLES:
                if count[kind, role]:
                    yield kind, role, count[kind, role]

    def questions(self) -> list[Memo]:
        return [memo for memo in self.memos if memo.is_open]


@dataclass(frozen=True, slots=True)
class _Line:
    what: str
    n: int
    unit: str
    of: str = ""
    todo: str = ""
    is_owed: bool = False

    @property
    def next(self) -> str:
        """What to do, where there is something to do it with, or where it is owed."""
        return self.todo if self.n or self.is_owed else ""


def view_status(study: Study, *, today: date | None = None) -> tuple[Table, tuple[Problem, ...]]:
    """Where the study stands, a number with its unit on each line, and what to do next.

    What cannot be read is left out and comes back as problems. `today` tells how old the log
    is that the method asks for.
    """
    seen = _Looked.at(study)
    log = tuple(_log(seen, today or datetime.now(UTC).date()))
    lines = [*_material(seen), *_examined(seen), *_open_ends(seen)]
    columns = (
        Column("what", "What"),
        Column("n", "How many"),
        Column("unit", "Unit"),
        Column("of", "Out of"),
    )
    rows = tuple(((x.what,), (f"{x.n:,}",), (x.unit,), (x.of or "-",)) for x in (*lines, *log))
    method = study.method
    question = study.settings.question or "no research question yet (`question` in qualcode.yaml)"
    todo = [line.next for line in (*log, *lines) if line.next]
    if not seen.kinds:
        todo.insert(0, "`qualcode add FILES` takes in the first sources")
    elif not seen.codings:
        todo.insert(0, '`qualcode code DOCUMENT "quoted words" CODE` makes the first coding')
    notes = (
        " ".join((f"Method: {method.name}.", *method.asks)),
        *(f"Next: {one}." for one in todo[:2]),
    )
    return Table("status", question, columns, rows, notes), tuple(seen.problems)


def _material(seen: _Looked) -> Iterator[_Line]:
    total = f"{counted(len(seen.kinds), 'document')}"
    for kind, role, n in seen.documents():
        yield _Line(f"{kind}, role {role}", n, "documents", total)
    if not seen.kinds:
        yield _Line("Documents", 0, "documents")
    codes = [c for c in seen.codebook.codes if not (c.merged_into or c.retired or c.split_into)]
    used = sum(1 for one in seen.standings() if one.codings)
    plain = sum(code.kind == "code" for code in codes)
    yield _Line("Codes in use", used, "codes", counted(plain, "code"))
    word = seen.study.method.word("categories")
    yield _Line(f"Codes raised to {word}", len(codes) - plain, word)
    coded = len({coding.doc_id for coding in seen.codings})
    yield _Line("Codings", len(seen.codings), "codings", f"in {counted(coded, 'document')}")


def _examined(seen: _Looked) -> Iterator[_Line]:
    study = seen.study
    try:
        found = [one for one in coverage(study) if one.segments]
        waiting = _waiting(seen)
    except QualcodeError as error:
        seen.problems.extend(one for one in error.problems if one not in seen.problems)
        return
    total = counted(sum(one.segments for one in found), "segment")
    left = sum(one.unexamined for one in found)
    yield _Line("Coded", sum(one.coded for one in found), "segments", total)
    yield _Line("Deliberately uncoded", sum(one.uncoded for one in found), "segments", total)
    yield _Line("Not yet examined", left, "segments", total)
    if waiting is not None:
        todo = "`qualcode review` goes through the suggestions"
        yield _Line("Suggestions waiting", waiting, "suggestions", todo=todo)


def _waiting(seen: _Looked) -> int | None:
    """Suggestions that wait for this coder; None where no code has cues to suggest by."""
    if not any(code.cues for code in seen.codebook.codes):
        return None
    # imported here, as matching words by their stems takes long to load
    from qualcode.project.reviewing import open_session

    return open_session(seen.study, Which()).left


def _open_ends(seen: _Looked) -> Iterator[_Line]:
    stale = find_stale(seen.codebook, seen.codings)
    todo = "`qualcode stale` lists the codings to be read again"
    of = counted(len(seen.codings), "coding")
    yield _Line("Made under an earlier definition", len(stale), "codings", of, todo)
    standings = seen.standings()
    contested = [one.code.id for one in standings if one.is_contested]
    todo = f"`qualcode compare {contested[0]}` shows both sides" if contested else ""
    n_codes = counted(len(standings), "code")
    yield _Line(f"Contested{_named(contested)}", len(contested), "codes", n_codes, todo)
    n_questions = len([memo for memo in seen.memos if memo.kind == "question"])
    todo = "`qualcode memo list --open` lists the open questions"
    of = counted(n_questions, "question")
    yield _Line("Open questions", len(seen.questions()), "questions", of, todo)
    todo = "`qualcode check` says what is wrong, line by line"
    yield _Line("Problems met here", len(seen.problems), "problems", todo=todo)


def _log(seen: _Looked, today: date) -> Iterator[_Line]:
    """How many memos the log has that the method wants kept, and how long ago the last was."""
    kind = seen.study.method.log
    if not kind:
        return
    kept = [memo for memo in seen.memos if memo.kind == kind]
    days = [day for memo in kept if (day := _day(memo)) is not None]
    since, is_owed = "none yet", True
    if days:
        age = max((today - max(days)).days, 0)
        ago = "today" if age == 0 else f"{counted(age, 'day')} ago"
        since = f"the last {ago} ({spoken_date(max(days).isoformat())})"
        is_owed = age > LOG_DAYS
    todo = f"`qualcode memo add study --kind {kind}` goes on with the {kind} log; {since}"
    name = f"{kind.capitalize()} memos"
    yield _Line(name, len(kept), "memos", since, todo if is_owed else "", is_owed)


def _day(memo: Memo) -> date | None:
    """The day on which it was written; None where its file does not tell."""
    try:
        return date.fromisoformat(memo.at[:10])
    except ValueError:
        return None


def _named(codes: list[str]) -> str:
    if not codes:
        return ""
    more = f" and {len(codes) - NAMED} more" if len(codes) > NAMED else ""
    return f": {', '.join(codes[:NAMED])}{more}"


def view_midpoint(study: Study) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """What has emerged so far: what was read, the codes with their birth, open ends.

    The half-way review of ethnographic content analysis: categories are let emerge, refined
    or collapsed before the rest is collected (Altheide 1996, step 8).
    """
    seen = _Looked.at(study)
    tables = (_read_table(seen), _code_table(seen), _question_table(seen), _owed_table(seen))
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
    standings = seen.standings()
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
            (one.code.origin or " ".join(filter(None, (one.first_at, one.first))) or "-",),
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
        f"{contested} contested (coded both ways).",
    )
    return Table("codes", "What has emerged so far", columns, rows, notes)


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
