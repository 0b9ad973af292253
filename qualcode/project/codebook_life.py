"""What a researcher does with a codebook: each verb is one change, kept as a version, undone whole.

Codings are never rewritten by any of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qualcode.analysis.stale import StaleCoding, find_stale
from qualcode.core.codebook import codes_by_id, find_faults, find_pair_faults, meaning_of, resolve
from qualcode.core.codebook_changes import (
    Said,
    add_code,
    define_code,
    import_codes,
    merge_codes,
    move_code,
    new_code,
    rename_code,
    restore_code,
    retire_code,
    split_code,
)
from qualcode.core.codebook_diff import CodeChange, compare_codebooks
from qualcode.core.model import Codebook, Coding, Decision
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.project.codebooks import usable_codebook
from qualcode.project.deciding import a_decision, steps
from qualcode.project.shipped import shipped_codebooks
from qualcode.project.study import Study
from qualcode.store.codebook_edit import codebook_of
from qualcode.store.codebook_history import (
    current_version,
    is_kept,
    keep_version,
    kept_versions,
    put_codebook,
    read_version,
)
from qualcode.store.coding_files import coding_path, codings_data, load_codings
from qualcode.store.groups_file import find_group, group_code_fields
from qualcode.store.transaction import Transaction, file_hash

BY_HAND = "codebook edited by hand"
_LONGEST = 200
"""Characters of a wording that the journal repeats."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a command made of the codebook; `changes` is empty where it changed nothing.

    `warnings` say what is no longer right with the pairs that name its codes.
    """

    version: int
    codebook: Codebook
    changes: tuple[CodeChange, ...]
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code to be added: its name, and, where they are given, its id and its parent."""

    name: str
    id: str = ""
    parent: str = ""
    said: Said = field(default_factory=Said)
    from_group: int = 0


def add(study: Study, new: NewCode, *, because: str = "") -> Changed:
    """Adds a code, last; errors as `new_code`, and as `find_group` where it comes from a group."""
    said = _with_group(study, new) if new.from_group else new.said

    def change(codebook: Codebook) -> Codebook:
        code = new_code(codebook, new.name, code_id=new.id, parent=new.parent, said=said)
        return add_code(codebook, code)

    return change_codebook(study, "codebook add", change, because=because)


def _with_group(study: Study, new: NewCode) -> Said:
    """What is said of the code, with the quotations, cues and birth of the group behind it."""
    found = group_code_fields(find_group(study.paths, new.from_group))
    return replace(
        new.said,
        examples=(*new.said.examples, *found["examples"]),
        cues=(*new.said.cues, *found["cues"]),
        origin=new.said.origin or found["origin"],
    )


def define(study: Study, word: str, said: Said, *, because: str = "") -> Changed:
    """Says more of a code, or something else; errors as `define_code`."""
    return change_codebook(
        study, "codebook define", lambda book: define_code(book, word, said), because=because
    )


def rename(study: Study, word: str, name: str, *, because: str = "") -> Changed:
    """Gives a code another name; its id and its codings stay."""
    return change_codebook(
        study, "codebook rename", lambda book: rename_code(book, word, name), because=because
    )


def move(study: Study, word: str, *, under: str | None, because: str = "") -> Changed:
    """Puts a code under another one, or at the top (None)."""
    return change_codebook(
        study, "codebook move", lambda book: move_code(book, word, under=under), because=because
    )


def merge(study: Study, words: Sequence[str], *, into: str, because: str = "") -> Changed:
    """Merges codes into another; their codings count as its codings from now on."""
    return change_codebook(
        study, "codebook merge", lambda book: merge_codes(book, words, into=into), because=because
    )


def split(study: Study, word: str, *, into: Sequence[str], because: str) -> Changed:
    """Splits a code into new ones; its codings wait to be read again.

    Raises:
        QualcodeError: NO_REASON, or what `split_code` raises.
    """
    if not because.strip():
        raise QualcodeError(problem(P.NO_REASON, code=word))

    def change(codebook: Codebook) -> Codebook:
        return split_code(codebook, word, into=into)

    return change_codebook(study, "codebook split", change, because=because)


def retire(study: Study, word: str, *, because: str) -> Changed:
    """Takes a code out of use; it stays in the codebook, and so do its codings."""

    def change(codebook: Codebook) -> Codebook:
        return retire_code(codebook, word, because=because)

    return change_codebook(study, "codebook retire", change, because=because)


def restore(study: Study, word: str, *, because: str = "") -> Changed:
    """Takes a retired, merged or split code into use again."""
    return change_codebook(
        study, "codebook restore", lambda book: restore_code(book, word), because=because
    )


def import_codebook(study: Study, name: str) -> Changed:
    """Adds the codes of another codebook (a file, or one that ships) that are not there.

    Raises:
        QualcodeError: CODES_CLASH for each code that means something else here; NO_CODEBOOK,
            or everything wrong with the other codebook.
    """
    other = usable_codebook(name).codebook
    return change_codebook(
        study,
        "codebook import",
        lambda book: import_codes(book, other),
        because=f"taken over from {Path(name).name}",
    )


Beside = Callable[[Transaction, Decision], None]
"""Puts more into the change of a codebook, so that both are one step."""


def change_codebook(
    study: Study,
    action: str,
    change: Callable[[Codebook], Codebook],
    *,
    because: str = "",
    beside: Beside | None = None,
) -> Changed:
    """Changes the codebook by a function on its value; edits made by hand are kept first.

    `beside` is not called where nothing changes.

    Raises:
        QualcodeError: everything wrong with the codebook, before or after; nothing has changed
            then.
    """
    note_hand_edit(study)
    transaction = Transaction(study.paths)
    before = _usable(study, transaction.read(study.paths.codebook))
    after = change(before)
    if errors := errors_of(find_faults(after, path=str(study.paths.codebook))):
        raise QualcodeError(*errors)
    changes = compare_codebooks(before, after)
    if after == before:
        return Changed(current_version(study.paths), after, ())
    version = put_codebook(transaction, after)
    decision = a_decision(study.paths, action, target=_target(changes), because=because.strip())
    if beside is not None:
        beside(transaction, decision)
    words = [[getattr(one, side) for one in changes] for side in ("before", "after")]
    was, now = ("; ".join(filter(None, one))[:_LONGEST] for one in words)
    warnings = _new_pair_faults(study, before, after)
    transaction.commit(replace(decision, before=was, after=now))
    return Changed(version, after, changes, warnings)


def _new_pair_faults(study: Study, before: Codebook, after: Codebook) -> tuple[Problem, ...]:
    """What is wrong with the pairs after a change of the codebook and was not before."""
    try:
        pairs = study.codebook().codebook.pairs
    except QualcodeError:  # a broken file of pairs is told by what reads it
        return ()
    path = str(study.pairs_path)
    was, now = (find_pair_faults(replace(one, pairs=pairs), path=path) for one in (before, after))
    return tuple(fault for fault in now if fault not in was)


def note_hand_edit(study: Study) -> int:
    """Keeps the codebook as a version where it was edited by hand since; gives its number.

    Raises:
        QualcodeError: what is wrong with it, by line and column; nothing is kept then.
    """
    paths = study.paths
    kept = kept_versions(paths)
    if paths.codebook.is_file() and (not kept or is_kept(paths)):
        return kept[-1] if kept else 1
    transaction = Transaction(paths)
    data = transaction.read(paths.codebook)
    now = _usable(study, data)
    version = keep_version(transaction, data or b"")
    before = codebook_before(study, kept[-1])
    changes = () if before is None else compare_codebooks(before, now)
    transaction.commit(a_decision(paths, _came_by(study, data), target=_target(changes)))
    return version


def _came_by(study: Study, data: bytes | None) -> str:
    """How the codebook came by these bytes: by a command that keeps no versions, or by hand."""
    path = study.paths.codebook.relative_to(study.paths.root).as_posix()
    for step in reversed(steps(study.paths)):
        for decision in step.decisions:
            if any(f.path == path and f.after == file_hash(data) for f in decision.files):
                return f"codebook kept after {decision.action}"
    return BY_HAND


def codebook_before(study: Study, number: int) -> Codebook | None:
    """The codebook of a kept version, or None where it cannot be read any more."""
    try:
        return read_version(study.paths, number).codebook
    except QualcodeError:
        return None


def _usable(study: Study, data: bytes | None) -> Codebook:
    path = study.paths.codebook
    if data is None:
        shipped = ", ".join(shipped_codebooks())
        raise QualcodeError(problem(P.NO_CODEBOOK, path=str(path), shipped=shipped, hint=""))
    checked = codebook_of(data, path)
    if not checked.is_usable:
        raise QualcodeError(*errors_of(checked.problems))
    return checked.codebook


def errors_of(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those of the problems that are errors."""
    return tuple(found for found in problems if found.severity == "error")


def _target(changes: Iterable[CodeChange]) -> str:
    return ", ".join(dict.fromkeys(change.code_id for change in changes))


def count_codings(study: Study) -> Counter[str]:
    """How many codings, everybody's, were made with each code id."""
    return Counter(coding.code_id for coding in _all_codings(study))


def _all_codings(study: Study) -> Iterable[Coding]:
    for doc_id in study.document_ids():
        yield from study.codings(doc_id)


def stale_codings(study: Study) -> tuple[StaleCoding, ...]:
    """The codings to be read again, by code; see `find_stale`.

    Raises:
        QualcodeError: what is wrong with the codebook or with a file of codings.
    """
    return find_stale(study.usable_codebook(), _all_codings(study))


def reread(study: Study, coding_ids: Iterable[str], *, because: str = "") -> tuple[Coding, ...]:
    """Marks codings as read again: they mean from now on what their code means now.

    Raises:
        QualcodeError: NO_CODING for every id that is not known; STILL_SPLIT for every coding
            whose code was split, which needs another code. Nothing is marked then.
    """
    wanted = dict.fromkeys(coding_ids)
    codebook = study.usable_codebook()
    codes, version = codes_by_id(codebook), current_version(study.paths)
    found = {one.id: one for one in _all_codings(study) if one.id in wanted}
    problems = [problem(P.NO_CODING, coding=one) for one in wanted if one not in found]
    for stale in find_stale(codebook, found.values()):
        if stale.kind == "split":
            problems.append(_still_split(stale.coding, codebook))
    if problems:
        raise QualcodeError(*problems)
    marked = {
        one.id: replace(
            one, meaning=meaning_of(codes[one.code_id]), codebook_version=version, was=""
        )
        for one in found.values()
        if one.code_id in codes
    }
    change = Transaction(study.paths)
    for doc_id, coder in sorted({(one.doc_id, one.coder) for one in marked.values()}):
        path = coding_path(study.paths, doc_id, coder)
        change.read(path)
        codings, _ = load_codings(study.paths, doc_id)
        own = [marked.get(one.id, one) for one in codings if one.coder == coder]
        change.write(path, codings_data(own))
    change.commit(
        a_decision(study.paths, "reread", target=", ".join(sorted(marked)), because=because)
    )
    return tuple(marked[one] for one in wanted if one in marked)


def _still_split(coding: Coding, codebook: Codebook) -> Problem:
    end = codes_by_id(codebook)[resolve(codebook, coding.code_id)]
    parts = ", ".join(f'"{part}"' for part in end.split_into)
    return problem(P.STILL_SPLIT, coding=coding.id, code=coding.code_id, parts=parts)
