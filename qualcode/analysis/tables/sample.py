"""The sample: kinds of source, roles, and what is known of people, with small cells marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from qualcode.analysis.pair_tables import counted
from qualcode.analysis.small_cells import LEAST_PEOPLE, hidden_groups, small_groups
from qualcode.analysis.tables.crossed import groups_of
from qualcode.analysis.tables.ledger import Ledger
from qualcode.analysis.tables.words import of, table_of
from qualcode.core.table import Cell, Column, Table

MOST_VALUES = 8
MOST_NUMBERS = 5
"""Different numbers of an attribute (years) beyond which only their range and median are told."""
NOT_KNOWN = "not known"
NOT_PRINTED = "not printed"


def sample_table(ledger: Ledger, keys: Sequence[str] = (), *, safe: bool = False) -> Table:
    """How many documents and people there are of each kind and attribute.

    `keys` names the attributes; by default all that two people or more have, and that do not
    differ from person to person. With `safe`, numbers of people below 3 are not printed, nor
    those of other values where the whole would tell the small ones.
    """
    chosen = tuple(keys) or usual_keys(ledger)
    told = [row for key in chosen for row in _trait_rows(ledger, key, safe=safe)]
    columns = (
        Column("what", "What"),
        Column("value", "Value"),
        Column("documents", "Documents (n of N)", "documents"),
        Column("participants", "Participants (n of N)", "participants"),
        *(() if safe else (Column("warning", "Small cell"),)),
    )
    notes = _warnings(ledger, chosen, told)
    rows = tuple(row[: len(columns)] for row in (*_kind_rows(ledger), *told))
    return table_of(ledger, "sample", "The sample", (columns, rows), notes=notes)


def _trait_rows(ledger: Ledger, key: str, *, safe: bool) -> Iterator[tuple[Cell, ...]]:
    """The values of one attribute, or its range where it is a number that differs a lot."""
    whole = len(ledger.participants)
    values = [held or (NOT_KNOWN,) for held in ledger.values_by_person(key).values()]
    known = [value for held in values for value in held if value != NOT_KNOWN]
    numbers = _numbers(known)
    if numbers is not None and len(set(known)) > MOST_NUMBERS:
        said = f"{min(numbers):g} to {max(numbers):g}, median {median(numbers):g}"
        yield ((key,), (said,), ("-",), (of(len(known), whole),), ("",))
        return
    found = Counter(value for held in values for value in held)
    small = small_groups(found) - {NOT_KNOWN}
    hidden = hidden_groups(found, small, numbers=True) if safe else frozenset[str]()
    if sum(found[value] for value in hidden) == len(hidden) > 0:
        # nothing is left that could be hidden besides: even how many values there are would tell
        yield ((key,), ("values of one person each",), ("-",), (NOT_PRINTED,), ("",))
        return
    for value in (*groups_of(ledger, key), NOT_KNOWN):
        if not found[value]:
            continue
        spoken = sum(value in ledger.traits_of(one, key) for one in ledger.documents)
        documents, people = of(spoken, len(ledger.documents)), of(found[value], whole)
        if value in hidden:
            documents, people = "-", NOT_PRINTED
        warning = f"fewer than {LEAST_PEOPLE} people" if value in small and not safe else ""
        yield ((key,), (value,), (documents if spoken else "-",), (people,), (warning,))


def usual_keys(ledger: Ledger) -> tuple[str, ...]:
    """Attributes with a value for two participants or more, that group them, by name."""
    held: dict[str, list[str]] = {}
    for person in ledger.participants:
        for key, value in ledger.traits.get(person, {}).items():
            held.setdefault(key, []).append(value)
    return tuple(
        sorted(
            key
            for key, values in held.items()
            if len(values) > 1 and (len(set(values)) <= MOST_VALUES or _numbers(values) is not None)
        )
    )


def _numbers(values: Sequence[str]) -> list[float] | None:
    try:
        return [float(value) for value in values] or None
    except ValueError:
        return None


def _kind_rows(ledger: Ledger) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = []
    for kind, n in ledger.by_kind:
        people = {
            person
            for document in ledger.documents
            if document.kind == kind
            for person in ledger.heard[document.id]
        }
        heard = of(len(people), len(ledger.participants))
        rows.append((("kind",), (kind,), (of(n, len(ledger.documents)),), (heard,), ("",)))
    roles = Counter(document.role for document in ledger.documents)
    for role in sorted(roles):
        said = of(roles[role], len(ledger.documents))
        rows.append((("role of document",), (role,), (said,), ("-",), ("",)))
    return rows


def _warnings(ledger: Ledger, keys: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[str]:
    """What could tell who somebody is: small cells, and people alone with what is known."""
    notes = ["Documents of a value: those in which such people are heard."]
    small = sum(row[-1] != ("",) for row in rows)
    if any((NOT_PRINTED,) in row for row in rows):
        notes.append(
            f"Not printed: values of fewer than {LEAST_PEOPLE} people, and the next larger ones "
            "where the whole would tell them."
        )
    elif small:
        notes.append(
            f"WARNING: {counted(small, 'cell')} with fewer than {LEAST_PEOPLE} people, who could "
            "be recognised; bring values together before you publish, or use --safe."
        )
    told = [ledger.values_by_person(key) for key in keys]
    together = [tuple(values[person] for values in told) for person in ledger.participants]
    alike = Counter(one for one in together if sum(map(bool, one)) > 1)
    alone = sum(n for n in alike.values() if n < LEAST_PEOPLE)
    if alone:
        notes.append(
            f"WARNING: taken together, {', '.join(keys)} single out {alone} of "
            f"{sum(alike.values())} participants (fewer than {LEAST_PEOPLE} are alike)."
        )
    return notes
