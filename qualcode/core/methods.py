"""Method profiles: the words that a method uses, and what does not belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MethodProfile:
    """One way of working: its own words, and the reports that it leaves out.

    `words` holds only what differs from the plain word. `leaves_out` says why for each.
    `log` is the kind of memo that it wants kept all along, or "".
    """

    id: str
    name: str
    words: Mapping[str, str] = field(default_factory=dict)
    leaves_out: Mapping[str, str] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    log: str = ""

    def word(self, plain: str) -> str:
        """What this method calls it; the plain word where it has none of its own.

        >>> profile("reflexive").word("categories")
        'themes'
        """
        return self.words.get(plain, plain)

    def title(self, plain: str) -> str:
        """The same word as a heading begins with it.

        >>> profile("framework").title("codebook")
        'Framework'
        """
        return self.word(plain).capitalize()

    def hides(self, what: str) -> bool:
        """Whether a report ("saturation", "agreement") does not belong to this method.

        >>> profile("reflexive").hides("saturation"), profile("eca").hides("saturation")
        (True, False)
        """
        return what in self.leaves_out


# Braun and Clarke: the researcher's subjectivity is a resource, so counting agreement or
# waiting for saturation is at odds with reflexive thematic analysis.
_REFLEXIVE_HIDES = {
    "agreement": "codes are one researcher's reading, not a measure that two should share",
    "saturation": "meaning is made in the reading, so there is no point at which it runs out",
}

PROFILES: tuple[MethodProfile, ...] = (
    MethodProfile(
        "eca",
        "ethnographic content analysis",
        asks=("Answer the protocol for each document.", "Compare extremes and key differences."),
    ),
    MethodProfile(
        "reflexive",
        "reflexive thematic analysis",
        words={"category": "theme", "categories": "themes", "pair": "theme", "pairs": "themes"},
        leaves_out=_REFLEXIVE_HIDES,
        asks=("Keep a reflexive log.",),
        log="reflexive",
    ),
    MethodProfile(
        "framework",
        "framework analysis",
        words={"codebook": "framework"},
        asks=("Chart each case against the framework.",),
    ),
    MethodProfile(
        "codebook",
        "codebook thematic analysis",
        words={"category": "theme", "categories": "themes"},
        asks=("Write a definition for every code before a second coder starts.",),
    ),
)

ECA = PROFILES[0]
"""The plain words."""


def profile(method: str) -> MethodProfile:
    """The profile of a method; an unknown one is treated as ethnographic content analysis.

    >>> profile("framework").word("codebook")
    'framework'
    """
    return next((one for one in PROFILES if one.id == method), ECA)
