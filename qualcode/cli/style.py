"""How results are printed: for a terminal, as plain lines, or as JSON."""

from __future__ import annotations

from enum import Enum
from typing import NoReturn


class Style(Enum):
    """The three ways to print."""

    TERMINAL = "terminal"
    PLAIN = "plain"
    JSON = "json"

    @classmethod
    def of(cls, plain: bool, json: bool) -> Style:
        """The style asked for.

        Raises:
            QualcodeError: NOT_TOGETHER for both.
        """
        if plain and json:
            refuse_both("--plain", "--json")
        return cls.JSON if json else cls.PLAIN if plain else cls.TERMINAL


def refuse_both(one: str, other: str) -> NoReturn:
    """Raises QualcodeError, NOT_TOGETHER, for two options that contradict each other."""
    from qualcode.core.problems import P, QualcodeError, problem

    todo = "Leave one of them out."
    raise QualcodeError(problem(P.NOT_TOGETHER, one=one, other=other, todo=todo))
