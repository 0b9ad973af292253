"""The scores of a barometer as tables, and as a profile to draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from qualcode.analysis.barometer.scores import (
    Grouped,
    Score,
    change_of,
    lenses_of,
    people_in,
    rows_of,
    score_item,
    score_lens,
    too_few,
)
from qualcode.analysis.barometer.sheet import STEPS, Form, Item
from qualcode.analysis.charts.values import Chart, Profile, ProfileLine
from qualcode.analysis.pair_tables import counted
from qualcode.analysis.small_cells import LEAST_PEOPLE
from qualcode.core.table import Cell, Column, Table

NONE = "-"
SCALE = "1 stands by the obstacle, 5 by the catalysts: more is better on every line."


def row_table(
    items: Sequence[Item],
    grouped: Grouped,
    *,
    told: Sequence[str] = (),
    evidence: Mapping[str, Cell] | None = None,
) -> Table:
    """One row for each line, with its figures for each group and the change between them.

    `evidence` gives, for the id of a row, what the study itself found on either side.
    """
    found = evidence or {}
    columns = (
        Column("number", "No."),
        Column("pair", "Row id"),
        Column("low", "1 stands for"),
        Column("high", "5 stands for"),
        *_figure_columns(grouped),
        *_chosen_columns(grouped),
        *_change_columns(grouped),
        *((Column("evidence", "In the study"),) if found else ()),
    )
    rows = tuple(
        (
            (str(item.number),),
            (item.row,),
            item.low if not item.asks else (f"{item.asks}:", *item.low),
            item.high,
            *_figures(grouped, (item.row,), partial(score_item, item=item)),
            *_chosen(grouped, item),
            *_change(grouped, item.row),
            *((found.get(item.row, (NONE,)),) if found else ()),
        )
        for item in items
    )
    return Table("barometer", "Barometer by row", columns, rows, (*_notes(grouped), *told))


def lens_table(items: Sequence[Item], grouped: Grouped, *, told: Sequence[str] = ()) -> Table:
    """One row for each lens: what people answered on its lines, one mean a person."""
    columns = (
        Column("lens", "Lens"),
        Column("rows", "Rows", "rows"),
        *_figure_columns(grouped),
    )
    rows = tuple(
        (
            (lens,),
            (str(sum(lens in item.lenses for item in items)),),
            *_figures(grouped, rows_of(items, lens), partial(score_lens, items=items, lens=lens)),
        )
        for lens in lenses_of(items)
    )
    own = (
        "Each person counts once for each lens, with the mean of the lines answered.",
        "A line with two lenses counts for both.",
    )
    return Table("lenses", "Barometer by lens", columns, rows, (*own, *_notes(grouped), *told))


def _notes(grouped: Grouped) -> Iterator[str]:
    left_out = (*grouped.hidden, *grouped.beside)
    total = sum(len(forms) for _, forms in grouped.shown) + sum(n for _, n in left_out)
    parts = ", ".join(f"{_name(name)} {_counted(forms)}" for name, forms in grouped.shown)
    yield f"N = {counted(total, 'form')}" + (f": {parts}." if parts and grouped.by else ".")
    yield SCALE
    yield "Middle half: the quarter points between which half of the answers lie."
    if grouped.by:
        yield f"Where fewer than {LEAST_PEOPLE} people of a group answered, there are no figures."
    for name, n in grouped.hidden:
        yield f"Not shown, fewer than {LEAST_PEOPLE} people: {_name(name)} ({counted(n, 'form')})."
    for name, n in grouped.beside:
        yield (
            "Not shown, as the figures of all would then tell a group that is too small: "
            f"{_name(name)} ({counted(n, 'form')})."
        )


def _counted(forms: Sequence[Form]) -> str:
    """How many forms there are, and of how many people where some filled in several."""
    people = people_in(forms)
    return f"{len(forms)}" if people == len(forms) else f"{len(forms)} (of {people} people)"


def _name(group: str) -> str:
    return group or "not said"


def _figure_columns(grouped: Grouped) -> Iterator[Column]:
    if not grouped.by:
        yield Column("n", "n", "forms")
        yield Column("median", "Median", "steps")
        yield Column("middle", "Middle half", "steps")
        yield Column("mean", "Mean", "steps")
        yield Column("deviation", "SD", "steps")
        return
    for place, (name, forms) in enumerate(grouped.shown, start=1):
        yield Column(f"n_{place}", f"{_name(name)}: n of {len(forms)}", "forms")
        yield Column(f"median_{place}", f"{_name(name)}: median (middle half)", "steps")
        yield Column(f"mean_{place}", f"{_name(name)}: mean (SD)", "steps")


def _figures(
    grouped: Grouped, rows: Sequence[str], scored: Callable[[Sequence[Form]], Score]
) -> Iterator[Cell]:
    hidden = too_few(grouped, rows)
    for name, forms in grouped.shown:
        found = scored(forms)
        if name in hidden:
            yield from ((str(found.n),), (NONE,), (NONE,))
            continue
        low, high = found.middle or (None, None)
        middle = f"{figure(low)} to {figure(high)}" if found.middle else NONE
        spread = figure(found.deviation)
        cells = (figure(found.median), middle, figure(found.mean), spread)
        yield (str(found.n),)
        if not grouped.by:
            yield from ((cell,) for cell in cells)
            continue
        yield (f"{cells[0]} ({middle})" if found.middle else cells[0],)
        yield (f"{cells[2]} ({spread})" if found.deviation is not None else cells[2],)


def _chosen_columns(grouped: Grouped) -> Iterator[Column]:
    if not grouped.by:
        yield from (Column(f"answers_{step}", f"Chose {step}", "forms") for step in STEPS)


def _chosen(grouped: Grouped, item: Item) -> Iterator[Cell]:
    if not grouped.by:
        yield from ((str(n),) for n in score_item(grouped.shown[0][1], item).counts)


def figure(value: float | None, *, signed: bool = False) -> str:
    """A figure with one place behind the point, "-" where there is none.

    >>> figure(3.25), figure(3.0), figure(0.5, signed=True), figure(None)
    ('3.2', '3.0', '+0.5', '-')
    """
    if value is None:
        return NONE
    return f"{value:+.1f}" if signed else f"{value:.1f}"


def _change_columns(grouped: Grouped) -> Iterator[Column]:
    if len(grouped.shown) < 2:
        return
    first, last = (_name(grouped.shown[place][0]) for place in (0, -1))
    yield Column("change", f"Means: {last} less {first}", "steps")
    if grouped.by == "time":
        yield Column("same_people", "Same people: mean change", "steps")
        yield Column("n_same", "Same people: n", "people")


def _change(grouped: Grouped, row: str) -> Iterator[Cell]:
    change = change_of(grouped, row)
    if change is None:
        return
    yield (figure(change.means, signed=True),)
    if grouped.by == "time":
        yield (figure(change.same, signed=True),)
        yield (str(change.n_same),)


def profile(items: Sequence[Item], grouped: Grouped) -> Chart:
    """The profile of the partnership: the mean of every line, a line for each group."""
    lines = tuple(
        ProfileLine(
            _name(name) if grouped.by else "All forms",
            tuple(
                None if name in too_few(grouped, (item.row,)) else score_item(forms, item).mean
                for item in items
            ),
        )
        for name, forms in grouped.shown
    )
    table = row_table(items, grouped)
    return Chart(
        "barometer",
        "Barometer",
        f"Means of {counted(len(items), 'line')} on a scale of 1 to 5. {SCALE}",
        Profile(
            tuple(_end(item, item.low) for item in items),
            tuple("; ".join(item.high) for item in items),
            lines,
            (STEPS[0], STEPS[-1]),
        ),
        table,
    )


def _end(item: Item, words: Sequence[str]) -> str:
    said = "; ".join(words)
    return f"{item.number}. {item.asks}: {said}" if item.asks else f"{item.number}. {said}"
