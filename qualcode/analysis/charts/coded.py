"""Charts of what is coded: the continuum, codes by case, what occurs together, codes in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.analysis.charts.values import (
    Balance,
    Chart,
    Continuum,
    HeatMap,
    Network,
    Node,
    Side,
    Tie,
    Timeline,
)
from qualcode.analysis.continuum import PLACES
from qualcode.analysis.continuum import Balance as Weighed
from qualcode.analysis.pair_tables import counted
from qualcode.analysis.tables.columns import looked_up, placed, positions, together_in_turn
from qualcode.analysis.tables.crossed import CODE
from qualcode.analysis.tables.ledger import Ledger
from qualcode.analysis.tables.words import table_of
from qualcode.core.model import Code
from qualcode.core.table import Column, Table

MOST_COLUMNS = 40
"""Columns of a chart at most; the table beside it has them all."""


def continuum_chart(balances: Sequence[Weighed], table: Table) -> Chart | None:
    """Codes from obstacle to catalyst by the documents on each side; None without any."""
    if not balances:
        return None
    ordered = sorted(
        balances,
        key=lambda one: (PLACES.index(one.place), one.catalyst - one.obstacle, one.code.name),
    )
    bars = tuple(Balance(b.code.name, b.obstacle, b.catalyst, b.place) for b in ordered)
    told = [f"{sum(b.place == place for b in balances)} {place}" for place in PLACES]
    first, last = ordered[0], ordered[-1]
    text = (
        f"Bars to the left are documents that speak of an obstacle, to the right of a catalyst. "
        f"{counted(len(bars), 'code')}: {', '.join(told)}. Most of an obstacle: "
        f"{first.code.name} ({first.obstacle} to {first.catalyst}); most of a catalyst: "
        f"{last.code.name} ({last.obstacle} to {last.catalyst})."
    )
    return Chart("continuum", table.caption, text, Continuum(bars, "documents"), table)


def case_chart(ledger: Ledger, credits: Mapping[str, str]) -> Chart | None:
    """Codes by participant, in segments; `credits` says who each case is."""
    people = [key for key in ledger.participants if ":" not in key]
    shown_at = placed(ledger.participants, positions(people))
    counts = ledger.by_group(
        len(people), lambda part: looked_up(shown_at, part.participant), "segment"
    )
    if not people or not any(map(any, counts)):
        return None
    columns = (CODE, *(Column(key, _person(key, credits), "segments") for key in people))
    rows = tuple(
        ((code.name,), *((str(n),) for n in line))
        for code, line in zip(ledger.codes, counts, strict=True)
    )
    notes = ("Participants who are no case are left out.",)
    table = table_of(ledger, "code_case", "Codes by case", (columns, rows), notes=notes)
    spread = [(sum(n > 0 for n in line), code.name) for line, code in zip_codes(ledger, counts)]
    most, name = max(spread, key=lambda one: one[0])
    text = (
        f"A darker cell has more segments. {counted(len(ledger.codes), 'code')} by "
        f"{counted(len(people), 'case')}; the widest spread has {name}, with {most} of them."
    )
    names = tuple(code.name for code in ledger.codes)
    shown = tuple(tuple(line[:MOST_COLUMNS]) for line in counts)
    heat = HeatMap(names, tuple(people[:MOST_COLUMNS]), shown, "segments")
    return Chart("code_case", "Codes by case", text, heat, table)


def zip_codes(ledger: Ledger, lines: Sequence[Sequence[int]]) -> list[tuple[Sequence[int], Code]]:
    """Each line of numbers with its code."""
    return list(zip(lines, ledger.codes, strict=True))


def _person(key: str, credits: Mapping[str, str]) -> str:
    return f"{key} ({credits[key]})" if credits.get(key) else key


def together_chart(ledger: Ledger) -> Chart | None:
    """Codes that occur in the same turn, as a network; None where none do."""
    counts = ledger.together(together_in_turn)
    used = [at for at in range(len(ledger.codes)) if counts[at][at]]
    ties = [
        (a, b, int(counts[a][b])) for n, a in enumerate(used) for b in used[n + 1 :] if counts[a][b]
    ]
    if not ties:
        return None
    order = ring_order(used, ties)
    at = {one: place for place, one in enumerate(order)}
    nodes = tuple(
        Node(ledger.codes[one].name, int(counts[one][one]), _side(ledger.codes[one]))
        for one in order
    )
    drawn = tuple(Tie(at[a], at[b], n) for a, b, n in ties)
    names = [code.name for code in ledger.codes]
    ranked = sorted(ties, key=lambda tie: (-tie[2], names[tie[0]], names[tie[1]]))
    columns = (CODE, Column("other", "Other code"), Column("turns", "Turns with both", "turns"))
    rows = tuple(((names[a],), (names[b],), (str(n),)) for a, b, n in ranked)
    caption = "Codes in the same turn"
    table = table_of(ledger, "together", caption, (columns, rows))
    first = ranked[0]
    text = (
        f"Codes on a ring, each with its turns; lines between those in the same turn, bullet or "
        f"item. "
        f"{counted(len(ties), 'tie')} between {counted(len(used), 'code')}; the strongest is "
        f"{names[first[0]]} with {names[first[1]]} ({counted(first[2], 'turn')})."
    )
    return Chart("together", caption, text, Network(nodes, drawn, "turns with both codes"), table)


def _side(code: Code) -> Side:
    return "both" if code.valence == "either" else code.valence


def ring_order(points: Sequence[int], ties: Sequence[tuple[int, int, int]]) -> list[int]:
    """Points in an order that puts strongly tied ones side by side, from the strongest on.

    >>> ring_order([0, 1, 2], [(0, 2, 5), (1, 2, 1)])
    [2, 0, 1]
    """
    weights = {frozenset((a, b)): n for a, b, n in ties}
    total = {one: sum(n for pair, n in weights.items() if one in pair) for one in points}
    left = sorted(points, key=lambda one: (-total[one], one))
    order: list[int] = []
    while left:
        last = order[-1] if order else left[0]
        following = max(
            left, key=lambda one: (weights.get(frozenset((last, one)), 0), total[one], -one)
        )
        chosen = following if order else left[0]
        order.append(chosen)
        left.remove(chosen)
    return order


def time_chart(ledger: Ledger) -> Chart | None:
    """Codes by date of the document, in segments; undated documents are left out."""
    dates = sorted({document.date for document in ledger.documents if document.date})
    dated = placed((document.date for document in ledger.documents), positions(dates))
    counts = ledger.by_group(len(dates), lambda part: dated[part.document], "segment")
    held = [(line, code) for line, code in zip_codes(ledger, counts) if any(line)]
    if len(dates) < 2 or not held:
        return None
    held.sort(key=lambda one: (next(at for at, n in enumerate(one[0]) if n), one[1].name))
    columns = (CODE, *(Column(date, date, "segments") for date in dates))
    rows = tuple(((code.name,), *((str(n),) for n in line)) for line, code in held)
    undated = sum(not document.date for document in ledger.documents)
    notes = (f"{counted(undated, 'document')} without a date left out.",) if undated else ()
    caption = "Codes in time"
    table = table_of(ledger, "timeline", caption, (columns, rows), notes=notes)
    late = [code.name for line, code in held if not any(line[: len(dates) // 2])]
    text = (
        f"A dot where a code was found at a date, the larger the more segments. From {dates[0]} "
        f"to {dates[-1]}. First seen in the second half: {', '.join(late) or 'no code'}."
    )
    figure = Timeline(
        tuple(code.name for _, code in held),
        tuple(dates[:MOST_COLUMNS]),
        tuple(tuple(line[:MOST_COLUMNS]) for line, _ in held),
        "segments",
    )
    return Chart("timeline", caption, text, figure, table)
