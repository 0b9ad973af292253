"""A study at a glance: the counts that tell where it stands, from parts of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from qualcode.analysis.standing import Uses
from qualcode.core.problems import Problem


@dataclass(frozen=True, slots=True)
class Part:
    """The counts of some documents of a study.

    `kinds` counts documents under "kind/role"; `coded_documents` have codings; `meanings`
    counts the codings of a code in the meaning that it had. Segments are those of all
    documents but context; where one cannot be read, the part is not `is_whole`.
    """

    kinds: tuple[tuple[str, int], ...] = ()
    coded_documents: int = 0
    codings: int = 0
    uses: tuple[Uses, ...] = ()
    meanings: tuple[tuple[str, str, int], ...] = ()
    segments: int = 0
    coded: int = 0
    uncoded: int = 0
    problems: tuple[Problem, ...] = ()
    is_whole: bool = True


@dataclass(slots=True)
class Glance:
    """The counts of a whole study, as in its parts; `uses` has each code once for each part."""

    documents: Counter[str] = field(default_factory=Counter)
    coded_documents: int = 0
    codings: int = 0
    uses: list[Uses] = field(default_factory=list)
    meanings: Counter[tuple[str, str]] = field(default_factory=Counter)
    segments: int = 0
    coded: int = 0
    uncoded: int = 0
    problems: list[Problem] = field(default_factory=list)
    is_whole: bool = True


def put_together(parts: Iterable[Part]) -> Glance:
    """The counts of all parts; problems by file and line."""
    whole = Glance()
    for part in parts:
        whole.documents.update(dict(part.kinds))
        whole.coded_documents += part.coded_documents
        whole.codings += part.codings
        whole.uses.extend(part.uses)
        whole.meanings.update({(code, meaning): n for code, meaning, n in part.meanings})
        whole.segments += part.segments
        whole.coded += part.coded
        whole.uncoded += part.uncoded
        whole.problems.extend(part.problems)
        whole.is_whole = whole.is_whole and part.is_whole
    whole.problems.sort(key=lambda one: (one.path, one.line or 0, one.number))
    return whole
