"""Coverage: which categories lack evidence among which people and kinds of document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from qualcode.analysis.sampling.tables import cells_table
from qualcode.analysis.sampling.thin_cells import TRAITS, Sampled, Trait, sample_cells
from qualcode.analysis.tables.ledger import Ledger
from qualcode.analysis.tables.words import basis
from qualcode.core.table import Table


def coverage_table(ledger: Ledger, keys: Sequence[str] = ()) -> Table:
    """The thin cells among the documents read: categories by kind, tier, sector and so on."""
    told = tuple(keys) or ("kind", *TRAITS)
    documents = [
        Sampled(
            one.id,
            one.kind,
            one.role,
            tuple((key, value) for key in told for value in sorted(ledger.traits_of(one, key))),
            is_read=True,
        )
        for one in ledger.documents
    ]
    asked = [key for key in told if key != "kind"]
    people: defaultdict[str, list[Trait]] = defaultdict(list)
    for key in asked:
        for person, values in ledger.values_by_person(key).items():
            people[person].extend((key, value) for value in values)
    traits = {person: tuple(held) for person, held in people.items()}
    cells = sample_cells(ledger.codebook, ledger.incidents, documents, traits, by=keys)
    table = cells_table(cells, is_draft=ledger.is_draft)
    return replace(table, name="coverage", notes=(*table.notes[:2], *basis(ledger)))
