"""A program at the other end of a pseudo-terminal, spoken to as a person would."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 30.0
"""Seconds until a program that does not answer fails the test."""
ROOT = Path(__file__).parents[1]


@dataclass(slots=True)
class Terminal:
    """The person's side of a terminal; `seen` is everything that was printed."""

    number: int
    program: subprocess.Popen[bytes]
    seen: str = ""
    _read: int = 0

    def expect(self, words: str) -> str:
        """Waits until these words are printed; what came before them since the last time."""
        while (at := self.seen.find(words, self._read)) < 0:
            ready, _, _ = select.select([self.number], [], [], PATIENCE)
            assert ready, f"waited for {words!r} after: {self.seen[self._read :]}"
            self.seen += self._more(words)
        before = self.seen[self._read : at]
        self._read = at + len(words)
        return before

    def _more(self, words: str) -> str:
        try:
            data = os.read(self.number, 65536)
        except OSError:
            data = b""
        assert data, f"ended before {words!r}: {self.seen[self._read :]}"
        return data.decode("utf-8", "replace").replace("\r\n", "\n")

    def send(self, keys: str) -> None:
        """Presses keys."""
        os.write(self.number, keys.encode())

    def answer(self, words: str, keys: str) -> str:
        """Waits for words, then presses keys."""
        before = self.expect(words)
        self.send(keys)
        return before

    def status(self) -> int:
        """The exit status, once the program has ended; what it still says is read."""
        while True:
            ready, _, _ = select.select([self.number], [], [], PATIENCE)
            assert ready, f"did not end after: {self.seen[self._read :]}"
            try:
                data = os.read(self.number, 65536)
            except OSError:
                break
            if not data:
                break
            self.seen += data.decode("utf-8", "replace").replace("\r\n", "\n")
        return self.program.wait(PATIENCE)


@contextmanager
def terminal(code: str, arguments: Sequence[str], *, folder: Path) -> Iterator[Terminal]:
    """Runs a piece of Python in a folder, at a terminal of 100 columns."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    environment = {**os.environ, "TERM": "xterm", "PYTHONPATH": str(ROOT)}
    environment.pop("NO_COLOR", None)
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        # Control-C reaches a program only through the terminal that is its own
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    ) as program:
        os.close(theirs)
        try:
            yield Terminal(ours, program)
        finally:
            os.close(ours)
            if program.poll() is None:
                program.kill()
