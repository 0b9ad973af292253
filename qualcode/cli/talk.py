"""A conversation at a terminal: asks, and says things in lines of whole words."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.cli.exit import tell
from qualcode.cli.folding import HANG, fold
from qualcode.cli.keys import Keys
from qualcode.cli.style import Style
from qualcode.core.problems import Problem


def say(line: str) -> None:
    """Prints a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@dataclass(frozen=True, slots=True)
class Look:
    """How things are set apart: by dim and bold print, or by words alone.

    Where it `folds`, lines end at the width of the terminal, between two words.
    """

    printed: bool
    folds: bool = False

    @classmethod
    def of(cls, style: Style) -> Look:
        """Words alone for screen readers, where asked, and where output goes elsewhere."""
        folds = style is not Style.PLAIN and sys.stdout.isatty()
        dumb = "NO_COLOR" in os.environ or os.environ.get("TERM", "") == "dumb"
        return cls(folds and not dumb, folds)

    def dim(self, text: str) -> str:
        """The text in the background."""
        return f"\x1b[2m{text}\x1b[0m" if self.printed else text

    def bold(self, text: str) -> str:
        """The text in the foreground."""
        return f"\x1b[1m{text}\x1b[0m" if self.printed else text

    def fold(self, text: str, *, label: str = "", column: int = 0) -> str:
        """The text behind its label, its further lines below its first word.

        `column` is where on the line the terminal stands already.
        """
        if not self.folds or not text.strip():
            return f"{label}{text}"
        rest = " " * (len(label) or HANG)
        return fold(text, first=f"{' ' * column}{label}", rest=rest)[column:]


class Talk:
    """What is asked and said; knows where on its line the terminal stands."""

    def __init__(self, keys: Keys, look: Look) -> None:
        self.look = look
        self._keys = keys
        self._column = 0

    def key(self, prompt: str) -> str:
        """One key, as `Keys.key`; what is said next stands behind the prompt."""
        return self._keys.key(self._asked(prompt))

    def choice(self, prompt: str) -> str:
        """One key or a word, as `Keys.choice`."""
        return self._keys.choice(self._asked(prompt))

    def line(self, prompt: str) -> str:
        """A line that was typed, as `Keys.line`."""
        typed = self._keys.line(self._asked(prompt))
        if self._keys.single:  # the terminal has shown the line and its end
            self._column = 0
        return typed

    def _asked(self, prompt: str) -> str:
        words = prompt.rstrip()
        folded = self.look.fold(words, column=self._column) + prompt[len(words) :]
        first, _, last = folded.rpartition("\n")
        self._column = len(last) if first else self._column + len(last)
        return folded

    def say(self, text: str, *, label: str = "") -> None:
        """Says something, in lines of whole words."""
        say(self.look.fold(text, label=label, column=self._column))
        self._column = 0

    def say_dim(self, text: str, *, label: str) -> None:
        """Says what is background."""
        say(self.look.dim(self.look.fold(text, label=label)))

    def say_bold(self, text: str, more: str = "", *, label: str) -> None:
        """Says what is foreground, and more about it behind."""
        folded = self.look.fold(f"{text}{more}", label=label)[len(label) :]
        # folding moves words but drops none, so what is bold ends where `more` begins
        end = _behind(folded, text)
        say(f"{label}{self.look.bold(folded[:end])}{folded[end:]}")

    def tell(self, problems: Iterable[Problem]) -> None:
        """Prints problems to standard error, each in lines of whole words at a terminal."""
        sys.stdout.flush()
        if not (self.look.folds and sys.stderr.isatty()):
            tell(problems)
            return
        for found in problems:
            sys.stderr.write(f"{self.look.fold(str(found), column=self._column)}\n")
            self._column = 0


def _behind(folded: str, text: str) -> int:
    """Where in a folded text the last sign of `text`, its beginning, stands, plus one."""
    left = sum(not char.isspace() for char in text)
    for at, char in enumerate(folded):
        if left == 0:
            return at
        left -= not char.isspace()
    return len(folded)
