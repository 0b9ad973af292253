"""What a researcher does with pairs: each verb is one change of pairs.yaml, undone whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from qualcode.analysis.pair_tables import counted
from qualcode.core.codebook import find_pair_faults
from qualcode.core.model import Codebook, Decision, Pair
from qualcode.core.pair_changes import (
    Pairs,
    Sides,
    add_pair,
    edit_pair,
    new_pair_id,
    order_pairs,
    pair_in_words,
    remove_pair,
)
from qualcode.core.problems import P, Problem, QualcodeError, problem
from qualcode.core.table import Column, Table
from qualcode.project.codebook_life import errors_of
from qualcode.project.deciding import a_decision
from qualcode.project.study import Study
from qualcode.store.journal import load_journal
from qualcode.store.pairs_file import NEW_FILE, edit_pairs
from qualcode.store.transaction import Transaction

Beside = Callable[[Transaction, Decision], None]
"""What a change writes besides the pairs, as part of the same step."""


@dataclass(frozen=True, slots=True)
class ChangedPairs:
    """What a command made of the pairs: those that it touched, and what it warns of.

    `ids` are those of the pairs that are new, changed or gone; `pairs` all that there are now.
    """

    ids: tuple[str, ...]
    pairs: Pairs
    warnings: tuple[Problem, ...] = ()


def view_pair_list(study: Study) -> Table:
    """The pairs with their ids, codes and conditions, in the order of the table.

    Raises:
        QualcodeError: what is wrong with the codebook or the pairs.
    """
    codebook = study.usable_codebook()
    columns = (
        Column("number", "No."),
        Column("pair", "Id"),
        Column("obstacle", "Obstacle"),
        Column("catalysts", "Catalysts"),
        Column("lenses", "Lenses"),
        Column("condition", "Condition"),
    )
    rows = tuple(
        (
            (str(pair.number),),
            (pair.id,),
            (_pole(pair.obstacle.says, pair.obstacle.code_ids) if pair.obstacle else "-",),
            tuple(_pole(pole.says, pole.code_ids) for pole in pair.catalysts) or ("-",),
            (" / ".join(pair.lenses) or "-",),
            (pair.condition or "-",),
        )
        for pair in codebook.pairs
    )
    where = study.pairs_path.name
    note = (
        f"{counted(len(rows), 'row')}, from {where}."
        if rows
        else "No pairs yet: `qualcode pair add`."
    )
    return Table("pairs", "Pairs", columns, rows, (note,))


def _pole(says: str, code_ids: tuple[str, ...]) -> str:
    return f"{says} [{'+'.join(code_ids)}]"


def add(
    study: Study,
    sides: Sides,
    *,
    pair_id: str = "",
    because: str = "",
    beside: Beside | None = None,
) -> ChangedPairs:
    """Adds a pair, last; one half may be missing. Errors as `add_pair`, and NOTHING_TO_PAIR."""
    if not (sides.obstacle or "").strip() and not any((*(sides.catalysts or ()), *sides.more)):
        raise QualcodeError(problem(P.NOTHING_TO_PAIR))

    def change(codebook: Codebook) -> Pairs:
        own = pair_id.strip() or new_pair_id(codebook.pairs, _ids_ever(study))
        return add_pair(codebook, own, sides)

    return change_pairs(study, "pair add", change, because=because, beside=beside)


def _ids_ever(study: Study) -> set[str]:
    """The ids that pairs had, as far as the journal knows."""
    return {
        one.strip()
        for decision in load_journal(study.paths)
        if decision.action.startswith("pair ")
        for one in decision.target.split(",")
    }


def edit(
    study: Study, word: str, sides: Sides, *, because: str = "", beside: Beside | None = None
) -> ChangedPairs:
    """Says something else of a pair; its id stays. Errors as `edit_pair`."""

    def change(codebook: Codebook) -> Pairs:
        return edit_pair(codebook, word, sides)

    return change_pairs(study, "pair edit", change, because=because, beside=beside)


def remove(study: Study, word: str, *, because: str = "") -> ChangedPairs:
    """Takes a pair away; its codes and codings stay. Errors as `remove_pair`."""
    return change_pairs(study, "pair remove", lambda book: remove_pair(book, word), because=because)


def order(study: Study, words: tuple[str, ...], *, because: str = "") -> ChangedPairs:
    """Puts pairs first, in this order, and numbers all anew. Errors as `order_pairs`."""
    return change_pairs(study, "pair order", lambda book: order_pairs(book, words), because=because)


def change_pairs(
    study: Study,
    action: str,
    change: Callable[[Codebook], Pairs],
    *,
    because: str = "",
    beside: Beside | None = None,
) -> ChangedPairs:
    """Changes the pairs by a function on the codebook that holds them: one step.

    The first change of a study whose pairs stand in codebook.yaml takes them over into
    pairs.yaml; codebook.yaml stays as it is.

    Raises:
        QualcodeError: what is wrong with the codebook or the pairs, before or after;
            NOT_EDITABLE. Nothing has changed then.
    """
    transaction = Transaction(study.paths)
    path = study.paths.pairs
    transaction.read(study.paths.codebook)
    data = transaction.read(path)
    codebook = study.usable_codebook()
    after = change(codebook)
    if after == codebook.pairs:
        return ChangedPairs((), after)
    faults = find_pair_faults(replace(codebook, pairs=after), path=str(path))
    if errors := errors_of(faults):
        raise QualcodeError(*errors)
    base = NEW_FILE if data is None else data
    transaction.write(path, edit_pairs(base, path, codebook, after))
    ids = _changed_ids(codebook.pairs, after)
    decision = a_decision(study.paths, action, target=", ".join(ids), because=because.strip())
    if beside is not None:
        beside(transaction, decision)
    was, now = (_in_words(pairs, ids) for pairs in (codebook.pairs, after))
    transaction.commit(replace(decision, before=was, after=now))
    earlier = {str(fault) for fault in find_pair_faults(codebook, path=str(path))}
    new = tuple(fault for fault in faults if str(fault) not in earlier)
    return ChangedPairs(ids, after, new)


def _changed_ids(before: Pairs, after: Pairs) -> tuple[str, ...]:
    """The pairs that are new, gone or changed; where only numbers changed, those."""
    held, now = ({pair.id: pair for pair in pairs} for pairs in (before, after))
    plain = [one for one in (*held, *now) if _said(held.get(one)) != _said(now.get(one))]
    moved = [one for one in now if held.get(one) != now[one]]
    return tuple(dict.fromkeys(plain or moved))


def _said(pair: Pair | None) -> Pair | None:
    return None if pair is None else replace(pair, number=0)


def _in_words(pairs: Pairs, ids: tuple[str, ...]) -> str:
    return "; ".join(
        f"{pair.number}. {pair.id}: {pair_in_words(pair)}" for pair in pairs if pair.id in ids
    )
