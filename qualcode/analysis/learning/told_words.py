"""The words of a text that carry meaning, as reasons name them."""

from __future__ import annotations

from functools import lru_cache

from qualcode.analysis.likeness import terms_of
from qualcode.core.cues import WORD
from qualcode.core.learned import Learned

_SHORT = 2
"""Letters of words that are initials and marks more often than reasons."""


def words_told(text: str) -> tuple[str, ...]:
    """The words of a passage that can be named as reasons, each once, in lower case.

    >>> words_told("They wait, and wait for 3 weeks.")
    ('wait', 'weeks')
    """
    return tuple(dict.fromkeys(filter(None, map(_TOLD.__getitem__, plain_words(text)))))


@lru_cache(maxsize=1024)
def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, with straight apostrophes."""
    return tuple(WORD.findall(text.lower().replace("’", "'")))


def _told(word: str) -> str:
    """The word as it is named, or "" where it says little."""
    term = "".join(terms_of(word, str.lower))
    return "" if len(term) <= _SHORT or any(map(str.isdigit, term)) else term


_TOLD = Learned(_told)
