"""Where each code stands: how often and where it was used, both ways or thinly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qualcode.core.codebook import resolve
from qualcode.core.model import Code, Codebook, Coding, Kind, Role

FEW_CODINGS = 3
"""Below so many codings a code is thin; also where one document alone carries it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A code in use: codings and documents that count, the first of them, and its sides.

    `first` is the document with the earliest coding. Codings in context documents count
    nowhere.
    """

    code: Code
    codings: int
    documents: int
    kinds: tuple[Kind, ...]
    obstacles: int
    catalysts: int
    mixed: int
    first: str
    first_at: str

    @property
    def is_contested(self) -> bool:
        """Whether it was coded both ways."""
        return bool(self.mixed or (self.obstacles and self.catalysts))

    @property
    def is_thin(self) -> bool:
        """Whether too little speaks for it yet: few codings, or one document alone."""
        return self.codings < FEW_CODINGS or self.documents < 2


def code_standings(
    codebook: Codebook, codings: Iterable[Coding], documents: Mapping[str, tuple[Kind, Role]]
) -> tuple[Standing, ...]:
    """Every code that is still in use, in the order of the codebook; merged ones count with
    what took their place, and categories and themes only where they were coded themselves.
    """
    held: dict[str, list[Coding]] = {code.id: [] for code in codebook.codes}
    today = {code.id: resolve(codebook, code.id) for code in codebook.codes}
    for coding in codings:
        kind_and_role = documents.get(coding.doc_id)
        if coding.code_id in today and kind_and_role and kind_and_role[1] != "context":
            held[today[coding.code_id]].append(coding)
    return tuple(
        _standing(code, held[code.id], documents)
        for code in codebook.codes
        if not (code.merged_into or code.retired or code.split_into)
        and (code.kind == "code" or held[code.id])
    )


def _standing(
    code: Code, codings: list[Coding], documents: Mapping[str, tuple[Kind, Role]]
) -> Standing:
    valences = Counter(coding.valence for coding in codings)
    first = min(codings, key=lambda c: (c.at or "9", c.doc_id, c.span), default=None)
    return Standing(
        code=code,
        codings=len(codings),
        documents=len({coding.doc_id for coding in codings}),
        kinds=tuple(sorted({documents[coding.doc_id][0] for coding in codings})),
        obstacles=valences["obstacle"],
        catalysts=valences["catalyst"],
        mixed=valences["mixed"],
        first=first.doc_id if first else "",
        first_at=first.at[:10] if first else "",
    )
