"""What a suggester that learns is given, and what it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from qualcode.core.model import Codebook, Valence
from qualcode.core.protocols import Suggest


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A passage on which a person decided: which codes it has, and which it has not.

    Codes that stand in neither are open, unless the passage `is_complete`: then the person
    read it with the whole codebook in mind, and it has no other code. So a passage that was
    read and left without a code is complete, with nothing accepted. Codes in `open` are open
    all the same. `topic` is the question or heading under which it stands; `coder` may be
    empty.
    """

    doc_id: str
    text: str
    accepted: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    coder: str = ""
    topic: str = ""
    is_complete: bool = True
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewedValence:
    """A passage with the valence that a person gave it; `topic` as in `Reviewed`."""

    text: str
    valence: Valence
    topic: str = ""


@dataclass(frozen=True, slots=True)
class ReviewedLenses:
    """A passage with the lenses that a person gave one coding of it, and those of its code.

    `is_default` where they may only be the code's own, given without a thought: such a coding
    says that these belong, and nothing of the others.
    """

    text: str
    lenses: tuple[str, ...]
    code_lenses: tuple[str, ...] = ()
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to learn from, besides the codebook.

    `valences` teach which way passages point, for codes whose valence is "either"; `lenses`
    teach at which levels they speak. `leanings` are the codings of such codes, each with the
    code: they teach which way a code points as a rule.
    `encoder` turns texts into rows of length 1 (`analysis.meaning.Encoder`), or is None.
    """

    reviewed: tuple[Reviewed, ...] = ()
    encoder: Callable[[Sequence[str]], Any] | None = None
    valences: tuple[ReviewedValence, ...] = ()
    lenses: tuple[ReviewedLenses, ...] = ()
    leanings: tuple[tuple[str, ReviewedValence], ...] = ()


class Learner(Protocol):
    """A suggester that also learns from what was reviewed."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    def learn(self, codebook: Codebook, material: Material, /) -> Suggest: ...
