"""Writing, listing and closing memos."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.analysis.pair_tables import counted
from qualcode.core.hints import did_you_mean
from qualcode.core.memos import ABOUT_KINDS, MEMO_KINDS, STUDY, Memo
from qualcode.core.model import Decision
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.core.table import Column, Table
from qualcode.project.deciding import a_decision
from qualcode.project.named import one_of
from qualcode.project.study import Study
from qualcode.store.coding_files import coding_files, numbered_codings
from qualcode.store.memo_files import (
    load_memo,
    load_memos,
    memo_data,
    memo_ids,
    memo_path,
    new_memo_id,
)
from qualcode.store.paths import ProjectPaths
from qualcode.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Passage:
    """What a coder had before the eyes while typing a memo: the words, and where they stand."""

    coder: str
    quote: str
    place: str


def find_about(study: Study, about: str) -> str:
    """What is meant, as it stands in a memo: "study", or a kind and an id ("code:silos").

    An id alone will do where only one thing has it. Codings are looked for last.

    Raises:
        QualcodeError: UNKNOWN_ABOUT, SEVERAL_ABOUT.
    """
    if about.casefold() == STUDY:
        return STUDY
    kind, sign, named = about.partition(":")
    things = _things(study)
    if sign and kind in ABOUT_KINDS:
        if named in things[kind] or (kind == "coding" and _is_coding(study, named)):
            return about
        hint = did_you_mean(named, sorted(things[kind]))
    else:
        found = [f"{one}:{about}" for one in ABOUT_KINDS if about in things[one]]
        if not found and _is_coding(study, about):
            found = [f"coding:{about}"]
        if len(found) == 1:
            return found[0]
        if found:
            raise QualcodeError(
                problem(P.SEVERAL_ABOUT, about=about, choices=" or ".join(f"`{f}`" for f in found))
            )
        hint = did_you_mean(about, sorted({one for ids in things.values() for one in ids}))
    raise QualcodeError(problem(P.UNKNOWN_ABOUT, about=about, hint=hint))


def _things(study: Study) -> dict[str, set[str]]:
    codebook = study.codebook().codebook
    book, _ = study.cases()
    return {
        "code": {code.id for code in codebook.codes},
        "document": set(study.document_ids()),
        "pair": {pair.id for pair in codebook.pairs},
        "case": set(book.by_id),
        "coding": set(),
    }


def _is_coding(study: Study, coding_id: str) -> bool:
    wanted = coding_id.encode()
    for path, doc_id, coder in coding_files(study.paths):
        if wanted in path.read_bytes():
            for _, found in numbered_codings(path, doc_id, coder):
                if not isinstance(found, Problem) and found.id == coding_id:
                    return True
    return False


def add_memo(study: Study, about: str, body: str, *, kind: str = "memo") -> Memo:
    """Keeps a memo, as one step that can be undone.

    Raises:
        QualcodeError: EMPTY_MEMO, UNKNOWN_WORD for its kind, and those of `find_about`.
    """
    if kind not in MEMO_KINDS:
        allowed, hint = ", ".join(MEMO_KINDS), did_you_mean(kind, MEMO_KINDS)
        raise QualcodeError(
            problem(P.UNKNOWN_WORD, key="kind", found=kind, allowed=allowed, hint=hint)
        )
    target = find_about(study, about)
    decision = a_decision(study.paths, "memo add", target=target)
    memo = a_memo(study.paths, target, body, kind=kind, by=decision)
    _keep(study, memo, replace(decision, after=memo.title))
    return memo


def a_memo(paths: ProjectPaths, about: str, body: str, *, kind: str = "memo", by: Decision) -> Memo:
    """A memo that is not on disk yet, of the coder and the time of a decision, with a new id.

    Raises:
        QualcodeError: EMPTY_MEMO.
    """
    words = "\n".join(line.rstrip() for line in body.strip().splitlines())
    if not words:
        raise QualcodeError(problem(P.EMPTY_MEMO))
    memo_id = new_memo_id(words, by.at[:10], set(memo_ids(paths)))
    return Memo(memo_id, words, about, by.coder, by.at, kind)


def put_memo(change: Transaction, memo: Memo) -> None:
    """Puts the file of a memo into a change."""
    path = memo_path(change.paths, memo.id)
    change.read(path)
    change.write(path, memo_data(memo))


def note_beside(change: Transaction, about: str, typed: str, passage: Passage) -> None:
    """Puts what was typed during a review into its change, as a memo that shows the passage."""
    decision = replace(a_decision(change.paths, "memo add"), coder=passage.coder)
    shown = f"> {' '.join(passage.quote.split())}\n> [{passage.place}]"
    put_memo(change, a_memo(change.paths, about, f"{typed}\n\n{shown}", by=decision))


def keep_note(paths: ProjectPaths, about: str, typed: str, passage: Passage) -> str:
    """Keeps what was typed during a review without a decision; the id of the step."""
    change = Transaction(paths)
    note_beside(change, about, typed, passage)
    decision = replace(a_decision(paths, "memo add", target=about), coder=passage.coder)
    done = change.commit(replace(decision, after=typed))
    return done.id if done else ""


def _keep(study: Study, memo: Memo, decision: Decision) -> None:
    change = Transaction(study.paths)
    put_memo(change, memo)
    change.commit(decision)


def find_memo(study: Study, memo_id: str) -> Memo:
    """The memo with this id, or the only one whose id begins so.

    Raises:
        QualcodeError: NO_MEMO with the nearest id, BAD_MEMO.
    """
    ids = memo_ids(study.paths)
    wanted = memo_id.removesuffix(".md")
    near = [one for one in ids if one.startswith(wanted)]
    if wanted in ids:
        return load_memo(study.paths, wanted)
    if wanted and len(near) == 1:
        return load_memo(study.paths, near[0])
    raise QualcodeError(problem(P.NO_MEMO, memo=memo_id, hint=did_you_mean(memo_id, near or ids)))


def close_memo(study: Study, memo_id: str, because: str) -> Memo:
    """Closes an open question with its answer.

    Raises:
        QualcodeError: NO_MEMO, NOT_OPEN, EMPTY_MEMO without an answer.
    """
    memo = find_memo(study, memo_id)
    if not memo.is_open:
        raise QualcodeError(problem(P.NOT_OPEN, memo=memo.id))
    if not because.strip():
        raise QualcodeError(problem(P.EMPTY_MEMO))
    decision = a_decision(study.paths, "memo close", target=memo.id, because=because.strip())
    closed = replace(memo, closed=decision.at, because=because.strip())
    _keep(study, closed, replace(decision, before="open", after="closed"))
    return closed


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which memos are meant; empty means all."""

    about: str = ""
    kind: str = ""
    is_open: bool = False


def list_memos(study: Study, chosen: Chosen) -> tuple[Table, tuple[Problem, ...]]:
    """The memos that are meant, the oldest first, and those that cannot be read.

    Raises:
        QualcodeError: UNKNOWN_FILTER for its kind, and those of `find_about`.
    """
    if chosen.kind:
        chosen = replace(chosen, kind=one_of("--kind", chosen.kind, MEMO_KINDS))
    memos, problems = load_memos(study.paths)
    about = chosen.about
    if about and about not in {memo.about for memo in memos}:
        about = find_about(study, about)
    kept = [
        memo
        for memo in memos
        if (not about or memo.about == about)
        and (not chosen.kind or memo.kind == chosen.kind)
        and (not chosen.is_open or memo.is_open)
    ]
    columns = (
        Column("memo", "Memo"),
        Column("kind", "Kind"),
        Column("about", "About"),
        Column("coder", "Coder"),
        Column("at", "When (UTC)"),
        Column("state", "State"),
        Column("title", "First line"),
    )
    rows = tuple(
        (
            (memo.id,),
            (memo.kind,),
            (memo.about,),
            (memo.coder or "-",),
            (memo.at[:16].replace("T", " ") or "-",),
            (f"closed: {memo.because}" if memo.closed else "open" if memo.is_open else "-",),
            (memo.title,),
        )
        for memo in kept
    )
    still = sum(memo.is_open for memo in kept)
    note = f"{counted(len(rows), 'memo')}, {counted(still, 'open question')}."
    return Table("memos", "Memos", columns, rows, (note,)), problems
