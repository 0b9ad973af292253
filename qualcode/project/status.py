"""Where a study stands and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import product

from qualcode.analysis.glance import Glance
from qualcode.analysis.stale import OTHER_WORDS, count_stale
from qualcode.analysis.standing import Standing, code_standings
from qualcode.core.memos import Memo
from qualcode.core.model import KINDS, ROLES, Codebook
from qualcode.core.problems import Problem, QualcodeError
from qualcode.core.table import Column, Table
from qualcode.core.text import counted, spoken_date
from qualcode.project.codebooks import codebook_as_found
from qualcode.project.coding_views import Which
from qualcode.project.glances import Glances, open_glances
from qualcode.project.study import Study
from qualcode.store.memo_files import load_memos

NAMED = 5
"""Codes named in one line."""
MUCH = 3_000
"""Segments and decisions up to which status looks for suggestions that wait: some seconds."""
LOG_DAYS = 7
"""Days after which the log that a method asks for is to be gone on with."""


@dataclass(slots=True)
class _Seen:
    """What is known of a study at a glance, and what was wrong on the way."""

    study: Study
    codebook: Codebook = field(default_factory=lambda: Codebook(""))
    glance: Glance = field(default_factory=Glance)
    memos: tuple[Memo, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_codebook_read: bool = False

    @classmethod
    def at(cls, study: Study, glances: Glances) -> _Seen:
        seen = cls(study)
        codebook, problems = codebook_as_found(study)
        seen.codebook, seen.is_codebook_read = codebook or seen.codebook, codebook is not None
        seen.problems.extend(problems)
        seen.glance = glances.of(seen.codebook)
        seen.problems.extend(seen.glance.problems)
        seen.memos, wrong = load_memos(study.paths)
        seen.problems.extend(wrong)
        return seen

    def standings(self) -> tuple[Standing, ...]:
        return code_standings(self.codebook, self.glance.uses)

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
    day = today or datetime.now(UTC).date()
    with open_glances(study) as glances:
        seen = _Seen.at(study, glances)
    return _status(seen, day), tuple(seen.problems)


def _status(seen: _Seen, day: date) -> Table:
    log = tuple(_log(seen, day))
    lines = [*_material(seen), *_examined(seen), *_open_ends(seen)]
    columns = (
        Column("what", "What"),
        Column("n", "How many"),
        Column("unit", "Unit"),
        Column("of", "Out of"),
    )
    rows = tuple(((x.what,), (f"{x.n:,}",), (x.unit,), (x.of or "-",)) for x in (*lines, *log))
    method, settings = seen.study.method, seen.study.settings
    question = settings.question or "no research question yet (`question` in qualcode.yaml)"
    todo = [line.next for line in (*log, *lines) if line.next]
    if not seen.glance.documents:
        todo.insert(0, "`qualcode add FILES` takes in the first sources")
    elif not seen.glance.codings:
        todo.insert(0, '`qualcode code DOCUMENT "quoted words" CODE` makes the first coding')
    notes = (
        " ".join((f"Method: {method.name}.", *method.asks)),
        *seen.notes,
        *(f"Next: {one}." for one in todo[:2]),
    )
    return Table("status", question, columns, rows, notes)


def _material(seen: _Seen) -> Iterator[_Line]:
    glance = seen.glance
    total = counted(sum(glance.documents.values()), "document")
    for kind, role in product(KINDS, ROLES):
        if n := glance.documents.get(f"{kind}/{role}", 0):
            yield _Line(f"{kind}, role {role}", n, "documents", total)
    if not glance.documents:
        yield _Line("Documents", 0, "documents")
    if seen.is_codebook_read:
        yield from _codes(seen)
    where = f"in {counted(glance.coded_documents, 'document')}"
    yield _Line("Codings", glance.codings, "codings", where)


def _codes(seen: _Seen) -> Iterator[_Line]:
    codes = [c for c in seen.codebook.codes if not (c.merged_into or c.retired or c.split_into)]
    used = sum(1 for one in seen.standings() if one.codings)
    plain = sum(code.kind == "code" for code in codes)
    yield _Line("Codes in use", used, "codes", counted(plain, "code"))
    word = seen.study.method.word("categories")
    yield _Line(f"Codes raised to {word}", len(codes) - plain, word)


def _examined(seen: _Seen) -> Iterator[_Line]:
    glance = seen.glance
    if not glance.is_whole:
        return
    total = counted(glance.segments, "segment")
    left = glance.segments - glance.coded - glance.uncoded
    yield _Line("Coded", glance.coded, "segments", total)
    yield _Line("Deliberately uncoded", glance.uncoded, "segments", total)
    yield _Line("Not yet examined", left, "segments", total)
    if not any(code.cues for code in seen.codebook.codes):
        return
    if _is_much(seen):
        seen.notes.append(_UNCOUNTED)
        return
    try:
        waiting = _waiting(seen)
    except QualcodeError as error:
        seen.problems.extend(one for one in error.problems if one not in seen.problems)
    else:
        todo = "`qualcode review` goes through the suggestions"
        yield _Line("Suggestions waiting", waiting, "suggestions", todo=todo)


_UNCOUNTED = (
    "Suggestions that wait are not counted here, for the study is large: "
    "`qualcode suggest` counts them."
)


def _is_much(seen: _Seen) -> bool:
    """Whether finding what waits takes long: codes are sought in every segment, and what
    suggests learns from every coding and every verdict.
    """
    work = seen.glance.segments + seen.glance.codings
    if work > MUCH:
        return True
    verdicts = (path.read_bytes().count(b"\n") for path in seen.study.paths.all_reviews())
    return work + sum(verdicts) > MUCH


def _waiting(seen: _Seen) -> int:
    """Suggestions that wait for this coder."""
    # imported here, as matching words by their stems takes long to load
    from qualcode.project.reviewing import open_session

    return open_session(seen.study, Which()).left


def _open_ends(seen: _Seen) -> Iterator[_Line]:
    if seen.is_codebook_read:
        yield from _codes_to_look_at(seen)
    n_questions = len([memo for memo in seen.memos if memo.kind == "question"])
    todo = "`qualcode memo list --open` lists the open questions"
    of = counted(n_questions, "question")
    yield _Line("Open questions", len(seen.questions()), "questions", of, todo)
    todo = "`qualcode check` says what is wrong, line by line"
    yield _Line("Problems met here", len(seen.problems), "problems", todo=todo)


def _codes_to_look_at(seen: _Seen) -> Iterator[_Line]:
    todo = "`qualcode stale` lists the codings to be read again"
    of = counted(seen.glance.codings, "coding")
    stale = count_stale(seen.codebook, seen.glance.meanings)
    edited = {key: n for key, n in seen.glance.meanings.items() if key[1] == OTHER_WORDS}
    words = count_stale(seen.codebook, edited)
    yield _Line("Made under an earlier definition", stale - words, "codings", of, todo)
    if words:
        yield _Line("Made on other words, edited since", words, "codings", of, todo)
    standings = seen.standings()
    contested = [one.code.id for one in standings if one.is_contested]
    todo = f"`qualcode compare {contested[0]}` shows both sides" if contested else ""
    n_codes = counted(len(standings), "code")
    yield _Line(f"Contested{_named(contested)}", len(contested), "codes", n_codes, todo)


def _log(seen: _Seen, today: date) -> Iterator[_Line]:
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
