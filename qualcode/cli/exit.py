"""How commands end: one sentence per problem, an exit status, never a traceback."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from qualcode.cli.folding import fold_for
from qualcode.core.problems import P, Problem, QualcodeError, problem, said_once

FINE = 0
PROBLEMS = 1
WRONG_USAGE = 2
INTERRUPTED = 130

_USAGE = frozenset(
    kind.number
    for kind in (
        P.NO_FOLDER,
        P.EMPTY_FOLDER,
        P.OUT_NOT_OURS,
        P.OUT_UNWRITABLE,
        P.OUT_IS_INPUT,
        P.KIND_IN_PROJECT,
        P.FILE_EXISTS,
        P.NO_CODEBOOK,
        P.NO_PLUGIN,
        P.NO_PROJECT,
        P.NO_DOCUMENT,
        P.BAD_FACT,
        P.MANY_TO_UNDO,
        P.STEP_OF_ANOTHER,
        P.BAD_FILTER,
        P.UNKNOWN_FILTER,
        P.NOT_TOGETHER,
        P.NO_FOLDER_THERE,
        P.INSIDE_PROJECT,
    )
)


def status_of(problems: Iterable[Problem]) -> int:
    """The exit status that these problems make: notes are none."""
    return PROBLEMS if any(found.severity != "note" for found in problems) else FINE


def tell(problems: Iterable[Problem]) -> None:
    """Prints problems to standard error, one to a line; a terminal folds it between words.

    What is the same of several files is said once.
    """
    for found in said_once(problems):
        sys.stderr.write(f"{fold_for(sys.stderr, str(found))}\n")


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turns whatever a command raises into sentences and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a letter that the terminal lacks becomes "?"
            stream.reconfigure(errors="replace")
    try:
        yield
    except QualcodeError as error:
        tell(error.problems)
        if all(found.severity == "note" for found in error.problems):
            raise SystemExit(FINE) from None
        usage = any(found.number in _USAGE for found in error.problems)
        raise SystemExit(WRONG_USAGE if usage else PROBLEMS) from None
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. What was finished before is kept; nothing is half-written.\n")
        raise SystemExit(INTERRUPTED) from None
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(FINE) from None
    except Exception as error:
        if os.environ.get("QUALCODE_DEBUG"):
            raise
        reason = f"{type(error).__name__}: {error}".rstrip(".")
        tell([problem(P.OWN_BUG, reason=reason)])
        raise SystemExit(PROBLEMS) from None
