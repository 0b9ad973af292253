"""Quotations that show what a code means: with credit and voice, one per person unless asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.comparing.extremes import Extreme
from qualcode.analysis.comparing.incidents import Incident
from qualcode.analysis.comparing.tables import place_of
from qualcode.analysis.pair_tables import counted, quoted
from qualcode.analysis.rollup import quote_order
from qualcode.analysis.tables.ledger import Ledger
from qualcode.analysis.tables.words import table_of
from qualcode.core.codebook import codes_by_id
from qualcode.core.model import Code
from qualcode.core.table import Cell, Column, Table

QUOTATIONS = 2
"""Quotations shown for each code unless more are asked for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which quotations: how many for each code, and how many of one person at most.

    With `each` 0, every one of everybody, in the order of the documents.
    """

    each: int = QUOTATIONS
    per_person: int = 1


def quotations_table(
    ledger: Ledger, choice: Choice, *, edges: Mapping[str, Sequence[Extreme]] | None = None
) -> Table:
    """Exemplars of every code that has evidence; with `edges`, its extremes in their place.

    `edges` gives the extremes of each code by its id.
    """
    free: defaultdict[str, list[Incident]] = defaultdict(list)
    withheld = 0
    for one in ledger.incidents:
        if one.coded.consent == "no":
            withheld += 1
        else:
            free[one.coded.code_id].append(one)
    rows: list[tuple[Cell, ...]] = []
    for code in ledger.codes:
        held = free[code.id]
        if edges is None:
            chosen = [("", one) for one in exemplars(code, held, choice)]
        else:
            chosen = list(_at_the_edges(edges.get(code.id, ()), held))
        rows.extend(_row(ledger, code, edge, one) for edge, one in chosen)
    notes = [_rule(choice) if edges is None else "Extremes as `qualcode extremes` finds them."]
    notes.append("Quotation marks stand around somebody's own words only; notes have none.")
    if withheld:
        notes.append(f"Held back: {counted(withheld, 'coded passage')} of people not to be quoted.")
    return table_of(ledger, "quotations", "Quotations", _without_empty(rows), notes=notes)


_COLUMNS = (
    Column("theme", "Theme"),
    Column("code", "Code"),
    Column("edge", "Edge"),
    Column("quotation", "Quotation"),
    Column("credit", "Credit"),
    Column("voice", "Voice"),
    Column("valence", "Valence"),
    Column("place", "Place"),
)


def _without_empty(
    rows: Sequence[tuple[Cell, ...]],
) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    """Columns and rows without themes or edges, where no row has one."""
    shown = [
        at
        for at, column in enumerate(_COLUMNS)
        if column.key not in ("theme", "edge") or any(row[at] != ("",) for row in rows)
    ]
    return (
        tuple(_COLUMNS[at] for at in shown),
        tuple(tuple(row[at] for at in shown) for row in rows),
    )


def _rule(choice: Choice) -> str:
    if not choice.each:
        return "Every segment, in the order of the documents."
    many = f"Up to {counted(choice.each, 'quotation')} for each code"
    people = "" if choice.per_person <= 0 else f", {choice.per_person} of one person at most"
    return (
        f"{many}{people}: those for the code first, then the surest, then somebody's own words, "
        "then short ones."
    )


_SURE = {"sure": 0, "likely": 1, "": 2, "unsure": 3}


def exemplars(code: Code, incidents: Iterable[Incident], choice: Choice) -> Iterator[Incident]:
    """The best of these incidents of one code, no stretch twice; those against it come last.

    With `per_person` 0, one person may be quoted any number of times; what nobody in
    particular says counts as one person per document.
    """

    def order(one: Incident) -> tuple[object, ...]:
        sure, strength = _SURE.get(one.confidence, 2), -abs(one.strength or 0)
        return (_is_against(code, one), sure, strength, *quote_order(one.coded))

    if not choice.each:
        yield from sorted(incidents, key=lambda one: one.order)
        return
    shown: list[Incident] = []
    said: dict[str, int] = {}
    for one in sorted(incidents, key=order):
        person = one.coded.participant or one.coded.doc_id
        if len(shown) == choice.each:
            return
        if any(_overlap(one, other) for other in shown):
            continue
        if choice.per_person and said.get(person, 0) >= choice.per_person:
            continue
        said[person] = said.get(person, 0) + 1
        shown.append(one)
        yield one


def _is_against(code: Code, one: Incident) -> bool:
    """Whether a segment says the contrary of a code that is an obstacle, or a catalyst."""
    return code.valence != "either" and one.coded.valence not in (code.valence, "mixed")


def _overlap(one: Incident, other: Incident) -> bool:
    first, second = one.coded, other.coded
    return (
        first.doc_id == second.doc_id
        and first.span.start < second.span.end
        and second.span.start < first.span.end
    )


def _at_the_edges(
    edges: Sequence[Extreme], free: Sequence[Incident]
) -> Iterator[tuple[str, Incident]]:
    places = {one.order for one in free}
    for extreme in edges:
        if extreme.compared.incident.order in places:
            yield f"{extreme.edge} ({extreme.by})", extreme.compared.incident


def _row(ledger: Ledger, code: Code, edge: str, one: Incident) -> tuple[Cell, ...]:
    marks = {"verbatim": "verbatim", "observer": "observer"}
    voice = marks.get(one.coded.voice, "note")
    ask = ("ask before printing",) if one.coded.consent == "ask" else ()
    return (
        (_theme(ledger, code),),
        (code.name,),
        (edge,),
        (quoted(one.coded),),
        (one.coded.credit,),
        (voice, *ask),
        (one.coded.valence,),
        (place_of(one),),
    )


def _theme(ledger: Ledger, code: Code) -> str:
    """The category above a code, or ""."""
    above = codes_by_id(ledger.codebook).get(code.parent or "")
    return above.name if above else ""
