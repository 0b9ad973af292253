"""Saturation and sampling as tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from qualcode.analysis.comparing.tables import DRAFT, drafted
from qualcode.analysis.pair_tables import counted
from qualcode.analysis.sampling.saturation import Saturation, Step
from qualcode.analysis.sampling.thin_cells import Advice, Cell
from qualcode.core.methods import ECA, MethodProfile
from qualcode.core.table import Cell as Lines
from qualcode.core.table import Column, Table

WIDEST = 20
MOST_ADVICE = 10


def saturation_tables(
    found: Saturation, names: Mapping[str, str], *, notes: Sequence[str] = (), is_draft: bool
) -> tuple[Table, Table]:
    """Which codes each document brought, then how many, with bars, in the order read."""
    return _first_seen(found, names, is_draft), _new_codes(found, notes, is_draft)


def _first_seen(found: Saturation, names: Mapping[str, str], is_draft: bool) -> Table:
    columns = (Column("document", "Document"), Column("which", "Codes first seen there"))
    rows = tuple(
        ((step.doc_id,), (", ".join(names.get(code_id, code_id) for code_id in step.new),))
        for step in found.steps
        if step.new
    )
    none = len(found.steps) - len(rows)
    notes = (f"{counted(none, 'document')} brought no new code.",) if none else ()
    caption = drafted("Where each code was first seen", is_draft)
    return Table("first_seen", caption, columns, rows, notes)


def _new_codes(found: Saturation, notes: Sequence[str], is_draft: bool) -> Table:
    columns = (
        Column("n", "No."),
        Column("document", "Document"),
        Column("new", "New", "codes"),
        Column("bar", "New codes"),
        Column("total", "In all", "codes"),
        Column("run", "In run", "codes"),
        Column("share", "Of base"),
    )
    most = max((len(step.new) for step in found.steps), default=0)
    rows = tuple(_step_row(n, step, most) for n, step in enumerate(found.steps, start=1))
    said = [*_verdict(found), *notes]
    if is_draft:
        said.append(DRAFT)
    caption = drafted("Saturation: new codes per document, in the order read", is_draft)
    return Table("saturation", caption, columns, rows, tuple(said))


def _step_row(n: int, step: Step, most: int) -> tuple[Lines, ...]:
    return (
        (str(n),),
        (step.doc_id,),
        (str(len(step.new)),),
        (bar(len(step.new), most) or "-",),
        (str(step.total),),
        ("-" if step.in_run is None else str(step.in_run),),
        ("-" if step.share is None else f"{step.share:.0f} %",),
    )


def bar(value: int, most: int) -> str:
    """A bar of up to 20 signs; one sign each where the greatest value allows it.

    >>> bar(3, 12), bar(40, 80), bar(0, 5)
    ('###', '##########', '')
    """
    return "#" * (value if most <= WIDEST else -(-value * WIDEST // most))


def _verdict(found: Saturation) -> list[str]:
    rule, n = found.rule, len(found.steps)
    said = (
        f"Base {rule.base} ({counted(found.base_codes, 'code')}), run {rule.run}, threshold "
        f"{rule.threshold:g} % (Guest, Namey and Chen 2020)"
    )
    if n < rule.base + rule.run:
        return [f"{said}: too few documents; it takes at least {rule.base + rule.run}, here {n}."]
    here = "not reached in the order read"
    if found.reached:
        here = f"reached at document {found.reached} ({found.reached - rule.run}+{rule.run})"
    return [f"{said}: {here}.", _over_orders(found)]


def _over_orders(found: Saturation) -> str:
    """In how many orders it was reached, and after how many documents where half reach it."""
    where = f"{found.orders:,} orders of these {counted(len(found.steps), 'document')}"
    reached = found.orders - found.never
    if not reached:
        return f"Reached in none of {where}."
    if found.median is None:
        return f"Reached in {reached:,} of {where}; in none of the others."
    parts = [f"median {found.median} documents"]
    if found.high is not None:
        parts.append(f"middle 90 % {found.low} to {found.high}")
    if found.never:
        parts.append(f"the {found.never:,} where it was not reached stand as later")
    how_many = f"{reached:,} of" if found.never else "every one of"
    return f"Reached in {how_many} {where}: {', '.join(parts)}."


def cells_table(cells: Sequence[Cell], *, is_draft: bool, words: MethodProfile = ECA) -> Table:
    """Thin cells: for each category the traits of documents and people that hardly carry it.

    `words` says what the method calls a category.
    """
    category = words.word("category")
    keys = tuple(dict.fromkeys(cell.trait[0] for cell in cells))
    columns = (
        Column("category", words.title("category")),
        *(Column(key, f"Thin: {key}", "documents") for key in keys),
    )
    held: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    names: dict[str, str] = {}
    for cell in sorted(cells, key=lambda cell: cell.documents):
        names[cell.code_id] = cell.name
        if cell.is_thin:
            held[cell.code_id][cell.trait[0]].append(_said(cell))
    order = dict.fromkeys(cell.code_id for cell in cells)
    rows = tuple(
        ((names[code_id],), *(tuple(held[code_id][key]) or ("-",) for key in keys))
        for code_id in order
        if code_id in held
    )
    n_thin = sum(cell.is_thin for cell in cells)
    notes = [
        f"{n_thin} of {counted(len(cells), 'cell')} are thin: fewer than two documents carry the "
        f"{category} there, or none where there is only one.",
        "The numbers: documents that carry it of the documents read in which such people speak.",
    ]
    if is_draft:
        notes.append(DRAFT)
    caption = drafted(f"Thin cells: where a {category} lacks evidence", is_draft)
    return Table("cells", caption, columns, rows, tuple(notes))


def _said(cell: Cell) -> str:
    unread = f", {cell.unread} unread" if cell.unread else ""
    return f"{cell.trait[1]}: {cell.documents} of {cell.read}{unread}"


def advice_table(
    advice: Sequence[Advice],
    cells: Sequence[Cell],
    *,
    is_draft: bool,
    words: MethodProfile = ECA,
) -> Table:
    """What to read next, and why; where all is read, what to look for in the field."""
    columns = (
        Column("document", "Document"),
        Column("kind", "Kind"),
        Column("cells", "Thin cells", "cells"),
        Column("because", "Why"),
    )
    rows = tuple(
        ((one.doc_id,), (one.kind,), (str(one.cells),), one.reasons) for one in advice[:MOST_ADVICE]
    )
    notes = []
    if len(advice) > MOST_ADVICE:
        notes.append(f"And {len(advice) - MOST_ADVICE} more.")
    notes.extend(_to_seek(cells, words))
    if not rows and not notes:
        notes.append("No unread document would fill a thin cell.")
    if is_draft:
        notes.append(DRAFT)
    return Table("next", drafted("Read next", is_draft), columns, rows, tuple(notes))


def _to_seek(cells: Sequence[Cell], words: MethodProfile) -> list[str]:
    """Traits of which nothing unread is left, those thin for most categories first."""
    lacking: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for cell in cells:
        if cell.is_thin and not cell.unread:
            lacking[cell.trait].append(cell.name)
    ranked = sorted(lacking.items(), key=lambda item: (-len(item[1]), item[0]))
    if not ranked:
        return []
    one, many = words.word("category"), words.word("categories")
    shown = "; ".join(
        f"{key} {value} (thin for {counted(len(names), one, many)})"
        for (key, value), names in ranked[:5]
    )
    return [f"All that is there is read; look in the field for more of: {shown}."]
