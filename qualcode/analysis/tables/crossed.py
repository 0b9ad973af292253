"""Codes against something: attributes, documents, other codes, cases side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from qualcode.analysis.pair_tables import counted
from qualcode.analysis.tables.columns import (
    NOBODY,
    CountedAt,
    together_in_segment,
    together_in_turn,
)
from qualcode.analysis.tables.ledger import Ledger
from qualcode.analysis.tables.words import of, table_of, unit_note
from qualcode.core.model import KINDS
from qualcode.core.table import Cell, Column, Table

CODE = Column("code", "Code")
MOST_NAMED = 6
"""Codes that stand side by side under their names; more have numbers, so that pages hold them."""


def groups_of(ledger: Ledger, key: str) -> tuple[str, ...]:
    """The values that an attribute has among those heard and read, numbers by size."""
    values = {v for document in ledger.documents for v in ledger.traits_of(document, key)}
    if key == "kind":
        return tuple(kind for kind in KINDS if kind in values)
    return tuple(sorted(values, key=_by_size))


def _by_size(value: str) -> tuple[bool, float, str]:
    try:
        return (False, float(value), value)
    except ValueError:
        return (True, 0.0, value)


def wholes_of(
    ledger: Ledger, key: str, groups: Sequence[str], unit: CountedAt
) -> tuple[int | None, ...]:
    """N of each group: documents in which it is heard, or its participants; None at other units."""
    if unit == "document":
        found = Counter(v for document in ledger.documents for v in ledger.traits_of(document, key))
    elif unit == "participant":
        found = Counter(v for values in ledger.values_by_person(key).values() for v in values)
    else:
        return (None,) * len(groups)
    return tuple(found[group] for group in groups)


def attribute_table(ledger: Ledger, key: str, unit: CountedAt) -> Table:
    """Codes by the values of an attribute of whoever is heard ("kind": by kind of document)."""
    groups = groups_of(ledger, key)
    group_of = ledger.group_of(groups, key)
    counts = ledger.by_group(len(groups), group_of, unit)
    wholes = wholes_of(ledger, key, groups, unit)
    columns = (CODE, *_group_columns(groups, wholes, unit))
    rows = tuple(
        ((code.name,), *(_cell(n, whole) for n, whole in zip(line, wholes, strict=True)))
        for code, line in zip(ledger.codes, counts, strict=True)
    )
    nobody = sum(int((group_of(part) == NOBODY).sum()) for part in ledger.given)
    notes = [unit_note(unit)]
    if unit == "document":
        notes.append("N of a column: documents in which such people are heard.")
    if unit == "participant":
        notes.append("N of a column: participants who are heard there, coded or not.")
    if nobody:
        notes.append(f"In no column: {counted(nobody, 'coded passage')} where {key} is not known.")
    has_n = unit in ("document", "participant")
    caption = f"Codes by {key} (N: {unit}s)" if has_n else f"Codes by {key}"
    return table_of(ledger, "attribute", caption, (columns, rows), notes=notes)


def _group_columns(
    groups: Sequence[str], wholes: Sequence[int | None], unit: CountedAt
) -> tuple[Column, ...]:
    return tuple(
        Column(group, group if whole is None else f"{group} (N = {whole})", f"{unit}s")
        for group, whole in zip(groups, wholes, strict=True)
    )


def _cell(n: int, whole: int | None) -> Cell:
    return (str(n) if whole is None else of(n, whole),)


def document_table(ledger: Ledger, unit: CountedAt) -> Table:
    """Codes by document: how many segments, turns or participants."""
    ids = [document.id for document in ledger.documents]
    counts = ledger.by_group(len(ids), lambda part: part.document, unit)
    columns = (
        Column("document", "Document"),
        *_numbered(ledger, f"{unit}s"),
        Column("codes", "Codes given", "codes"),
    )
    rows = tuple(
        (
            (doc_id,),
            *((str(line[at]),) for line in counts),
            (str(sum(line[at] > 0 for line in counts)),),
        )
        for at, doc_id in enumerate(ids)
    )
    notes = [unit_note(unit)]
    if _are_many(ledger):
        named = "; ".join(f"{at} {code.name}" for at, code in enumerate(ledger.codes, start=1))
        notes.insert(0, f"Codes: {named}.")
    return table_of(ledger, "documents", "Codes by document", (columns, rows), notes=notes)


def _are_many(ledger: Ledger) -> bool:
    return len(ledger.codes) > MOST_NAMED


def _numbered(ledger: Ledger, unit: str) -> Iterator[Column]:
    """A column for each code, headed by its name, or where there are many by its number."""
    for at, code in enumerate(ledger.codes, start=1):
        yield Column(code.id, str(at) if _are_many(ledger) else code.name, unit)


def _name(ledger: Ledger, at: int) -> str:
    """The name of a code, behind the number that heads its column, where it has one."""
    name = ledger.codes[at].name
    return f"{at + 1}. {name}" if _are_many(ledger) else name


def together_table(ledger: Ledger, *, within: int | None, in_turn: bool = False) -> Table:
    """Codes by codes: in the same segment, in the same turn, or at most so many turns apart."""
    n = len(ledger.codes)
    if within is None and not in_turn:
        counts = ledger.together(together_in_segment)
        near = "on the same words"
        rule = (
            "A cell counts stretches of text that carry both codes: where their segments overlap. "
            "On the diagonal: segments of the code."
        )
    else:
        counts = ledger.together(partial(together_in_turn, within=within or 0))
        near = f"at most {counted(within, 'turn')} away" if within else "in the same turn"
        rule = (
            f"A cell counts turns of the row's code with the column's code {near}. "
            "On the diagonal: turns of the code."
        )
    columns = (CODE, *_numbered(ledger, "turns" if in_turn or within else "segments"))
    rows = tuple(
        ((_name(ledger, at),), *((str(int(value)),) for value in counts[at])) for at in range(n)
    )
    return table_of(
        ledger, "co-occurrence", f"Codes that occur together {near}", (columns, rows), notes=(rule,)
    )
