"""Reading single keys where a person sits at a terminal, and lines otherwise."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

END = "\x04"
QUIET = 0.4
"""Seconds without a key after which a word is taken to have ended."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Where answers come from; `single` where one key is one answer."""

    single: bool

    @classmethod
    def here(cls) -> Keys:
        """Keys of the terminal where input comes from one, else lines."""
        return cls(single=sys.stdin.isatty())

    def key(self, prompt: str) -> str:
        """One key in lower case, or the first letter of a line; END where there is no more.

        Keys that were pressed before the question was there do not answer it.
        """
        if self.single:
            _leave_aside(0)
        return self._answer(prompt)[:1]

    def _answer(self, prompt: str) -> str:
        sys.stdout.write(prompt)
        sys.stdout.flush()
        if not self.single:
            line = sys.stdin.readline()
            return line.strip().lower() if line else END
        pressed = _pressed()
        return END if pressed in ("", END) else pressed.lower()

    def choice(self, prompt: str) -> str:
        """One key, the rest of a word typed at it left aside; or a line, all in lower case."""
        pressed = self._answer(prompt)
        if self.single and pressed != END:
            _leave_aside(QUIET)
        return pressed

    def line(self, prompt: str) -> str:
        """A line that was typed, without white space around it; "" for none."""
        sys.stdout.write(prompt)
        sys.stdout.flush()
        return sys.stdin.readline().strip()


def _pressed() -> str:
    if sys.platform == "win32":
        import msvcrt

        pressed = msvcrt.getwch()
        if pressed == "\x03":
            raise KeyboardInterrupt
        return pressed
    import os

    with _key_by_key():
        return os.read(sys.stdin.fileno(), 1).decode("ascii", "ignore") or "?"


def _leave_aside(patience: float) -> None:
    """Reads keys and forgets them, until none comes for a while; `patience` is for the first.

    A key that is held down comes again and again, so one is forgotten until it is let go.
    """
    if sys.platform == "win32":
        import msvcrt
        import time

        end = time.monotonic() + patience
        while (waits := msvcrt.kbhit()) or time.monotonic() < end:
            if waits:
                msvcrt.getwch()
                end = time.monotonic() + QUIET
            else:
                time.sleep(0.02)
        return
    import os
    import select

    number = sys.stdin.fileno()
    with _key_by_key():
        while select.select([number], [], [], patience)[0] and os.read(number, 1024):
            patience = QUIET


@contextmanager
def _key_by_key() -> Iterator[None]:
    """The terminal gives each key at once and does not show it; afterwards it is as before."""
    import termios

    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    changed = termios.tcgetattr(number)
    changed[3] &= ~(termios.ICANON | termios.ECHO)
    changed[6][termios.VMIN], changed[6][termios.VTIME] = 1, 0
    termios.tcsetattr(number, termios.TCSADRAIN, changed)
    try:
        yield
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)
