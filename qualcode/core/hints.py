"""A helpful guess where a name is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str], *, alike: float = 0.6) -> str:
    """A question naming the nearest known word, with a space behind, or "".

    `alike` is the least share of letters in common, from 0 to 1.

    >>> did_you_mean("proffession", ["profession", "organisation"])
    'Did you mean "profession"? '
    """
    near = get_close_matches(word, list(known), n=1, cutoff=alike)
    return f'Did you mean "{near[0]}"? ' if near else ""
