"""Where each code stands: how often and where it was used, both ways or thinly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from qualcode.analysis.places import Places
from qualcode.core.codebook import codes_by_id, resolve
from qualcode.core.model import Code, Codebook, Coding, Document, Kind, Role

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
    denied: int = 0

    @property
    def is_contested(self) -> bool:
        """Whether it was coded both ways, or is denied by some of its codings."""
        sides = (self.obstacles, self.catalysts, self.denied)
        return bool(self.mixed or sum(map(bool, sides)) > 1)

    @property
    def is_thin(self) -> bool:
        """Whether too little speaks for it yet: few codings, or one document alone."""
        return self.codings < FEW_CODINGS or self.documents < 2


@dataclass(frozen=True, slots=True)
class Uses:
    """The codings of one code in some documents; `first` is the earliest, by date, then place.

    `denied` are those without direction, where the code has always the same. `first` is its
    date ("9" where it has none, so that it comes last), document and span.
    """

    code_id: str
    codings: int
    documents: int
    kinds: tuple[Kind, ...]
    obstacles: int
    catalysts: int
    mixed: int
    first: tuple[str, str, int, int]
    denied: int = 0

    def __add__(self, other: Uses) -> Uses:
        """Those in these documents and in others."""
        return Uses(
            code_id=self.code_id,
            codings=self.codings + other.codings,
            documents=self.documents + other.documents,
            kinds=tuple(sorted({*self.kinds, *other.kinds})),
            obstacles=self.obstacles + other.obstacles,
            catalysts=self.catalysts + other.catalysts,
            mixed=self.mixed + other.mixed,
            first=min(self.first, other.first),
            denied=self.denied + other.denied,
        )


def count_uses(
    codebook: Codebook, codings: Iterable[Coding], documents: Mapping[str, tuple[Kind, Role]]
) -> tuple[Uses, ...]:
    """The uses of every code that has any; merged ones count with what took their place."""
    today = {code.id: resolve(codebook, code.id) for code in codebook.codes}
    held: dict[str, list[Coding]] = {}
    for coding in codings:
        kind_and_role = documents.get(coding.doc_id)
        if coding.code_id in today and kind_and_role and kind_and_role[1] != "context":
            held.setdefault(today[coding.code_id], []).append(coding)
    codes = codes_by_id(codebook)
    return tuple(_uses(codes[code_id], held[code_id], documents) for code_id in sorted(held))


def heard_codings(document: Document, codings: Iterable[Coding]) -> Iterator[Coding]:
    """The codings of what somebody says: not the observer's comments, nor a researcher's turns."""
    places = Places(document)
    asking = {one.id for one in document.speakers if one.is_researcher}
    for coding in codings:
        position, voice = places.place_of(coding.span)
        unit = places.unit(position)
        is_asked = unit is not None and unit.speaker_id in asking
        if not is_asked and voice != "observer":
            yield coding


def _uses(code: Code, codings: list[Coding], documents: Mapping[str, tuple[Kind, Role]]) -> Uses:
    valences = Counter(coding.valence for coding in codings)
    return Uses(
        code_id=code.id,
        codings=len(codings),
        documents=len({coding.doc_id for coding in codings}),
        kinds=tuple(sorted({documents[coding.doc_id][0] for coding in codings})),
        obstacles=valences["obstacle"],
        catalysts=valences["catalyst"],
        mixed=valences["mixed"],
        first=min((c.at or "9", c.doc_id, c.span.start, c.span.end) for c in codings),
        denied=valences["neutral"] if code.valence != "either" else 0,
    )


def code_standings(codebook: Codebook, uses: Iterable[Uses]) -> tuple[Standing, ...]:
    """Every code that is still in use, in the order of the codebook; categories and themes
    only where they were coded themselves.

    Args:
        uses: those of each code, perhaps in several parts with different documents.
    """
    held: dict[str, Uses] = {}
    for one in uses:
        held[one.code_id] = held[one.code_id] + one if one.code_id in held else one
    return tuple(
        _standing(code, held.get(code.id))
        for code in codebook.codes
        if not (code.merged_into or code.retired or code.split_into)
        and (code.kind == "code" or code.id in held)
    )


def _standing(code: Code, uses: Uses | None) -> Standing:
    if uses is None:
        return Standing(code, 0, 0, (), 0, 0, 0, "", "")
    at, first, _, _ = uses.first
    return Standing(
        code=code,
        codings=uses.codings,
        documents=uses.documents,
        kinds=uses.kinds,
        obstacles=uses.obstacles,
        catalysts=uses.catalysts,
        mixed=uses.mixed,
        first=first,
        first_at=at[:10] if at != "9" else "",
        denied=uses.denied,
    )
