"""How results are printed: for a terminal, as plain lines, or as JSON."""

from __future__ import annotations

from enum import Enum


class Style(Enum):
    """The three ways to print."""

    TERMINAL = "terminal"
    PLAIN = "plain"
    JSON = "json"

    @classmethod
    def of(cls, plain: bool, json: bool) -> Style:
        """The style asked for; JSON wins."""
        return cls.JSON if json else cls.PLAIN if plain else cls.TERMINAL
