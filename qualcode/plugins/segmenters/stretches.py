"""Sentences found by looking at each stretch between blanks by itself, and only once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol
from unicodedata import category

from qualcode.core.learned import Learned
from qualcode.core.model import Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands between two blanks: where in it sentences begin, and whether one ended."""

    starts: tuple[int, ...]
    ended: bool


class Look(Protocol):
    """Looks at one stretch; `ended` says whether a sentence ended before it."""

    def __call__(self, words: str, *, ended: bool) -> Stretch: ...


MOST = 10_000
"""Stretches that are remembered: names before a stop differ from document to document."""


class Stretches:
    """The sentences of texts; keeps what it learns about stretches as it goes.

    A sentence begins with the first word behind a stop; marks behind a stop, such as closing
    quotation marks, belong to the sentence before.
    """

    def __init__(self, look: Look, *, stops: str) -> None:
        self._stop = re.compile(f"[{re.escape(stops)}]")
        self._after_word = Learned(partial(_look, look, ended=False), most=MOST)
        self._after_stop = Learned(partial(_look, look, ended=True), most=MOST)

    def __call__(self, text: str) -> Iterator[Span]:
        start = 0
        for end in (*self._starts(text), len(text)):
            words = text[start:end].strip()
            if words:
                at = text.index(words, start)
                yield Span(at, at + len(words))
            start = end

    def _starts(self, text: str) -> Iterator[int]:
        """Where sentences begin, but for the first; blanks are plain spaces."""
        at, ended = 0, False
        while at < len(text):
            if not ended:
                stop = self._stop.search(text, at)
                if stop is None:
                    return
                at = max(at, text.rfind(" ", at, stop.start()) + 1)
            blank = text.find(" ", at)
            end = len(text) if blank < 0 else blank
            found = (self._after_stop if ended else self._after_word)[text[at:end]]
            for start in found.starts:
                yield at + start
            at, ended = end + 1, found.ended


def _look(look: Look, words: str, *, ended: bool) -> Stretch:
    if not words:
        return Stretch((), ended)
    if words.isalnum():
        return Stretch((0,) if ended else (), ended=False)
    return look(words, ended=ended)


def is_punctuation(token: str) -> bool:
    """Whether a token has nothing but marks in it."""
    return all(category(char)[0] == "P" for char in token)
