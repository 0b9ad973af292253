"""Runs the tutorial: every `$ qualcode ...` line of docs/tutorial.md, in order, in one project.

The page shows excerpts. Every line that it shows below a command has to be printed by that
command, in the same order; `...` stands for anything. A block of codebook.yaml is written into
the codebook as a researcher would in an editor. What is typed while a command runs stands below
it as `# keys: a, r, Enter`; where a command does not end with 0, `# exit status: 1`.

    python -m scripts.tutorial            says what differs
    python -m scripts.tutorial --update   writes the real lines into the page

When writing, `@words` stands for the next line printed with these words, `@@` for all lines.
"""

from __future__ import annotations

import difflib
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from qualcode.core.text import spoken_date
from tests.command import run_qualcode

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "tutorial.md"
ANYTHING = "..."
CODER = "rl"
WIDTH = 96
WIDEST = 116
_VARIES = re.compile(r"20[2-9]\d-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?( UTC)?")


@dataclass(frozen=True, slots=True)
class Step:
    """A command or an edit of the page. `shown`: the lines of output, by line of the page."""

    line: int
    command: str
    shown: tuple[tuple[int, str], ...] = ()
    keys: tuple[str, ...] = ()
    status: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """A step, what it printed, and how it ended."""

    step: Step
    lines: tuple[str, ...]
    status: int


def steps_of(page: str) -> list[Step]:
    """The commands and edits of a page, in order."""
    steps: list[Step] = []
    inside, block = "", list[str]()
    for number, line in enumerate(page.splitlines()):
        if line.startswith("```"):
            if inside == "yaml":
                steps.append(Step(number, "\n".join(block)))
            inside, block = ("" if inside else line[3:].strip()), []
        elif inside == "yaml":
            block.append(line)
        elif inside == "console" and line.startswith("$ "):
            steps.append(Step(number, line[2:]))
        elif inside == "console" and line.strip() and steps:
            steps[-1] = _with_line(steps[-1], number, line)
    return steps


def _with_line(step: Step, number: int, line: str) -> Step:
    keys, status = step.keys, step.status
    if line.startswith("# keys:"):
        keys += tuple(key.strip().removeprefix("Enter") for key in line[7:].split(","))
    elif line.startswith("# exit status:"):
        status = int(line[14:])
    else:
        return Step(step.line, step.command, (*step.shown, (number, line)), keys, status)
    return Step(step.line, step.command, step.shown, keys, status)


def walk(steps: Iterable[Step], folder: Path) -> Iterator[Done]:
    """Takes the steps one after the other in a folder; leaves the working folder as it was."""
    for name in ("sample_transcripts", "docs/tutorial"):
        shutil.copytree(ROOT / name, folder / name)
    before = Path.cwd()
    os.chdir(folder)
    settings = {"QUALCODE_CODER": CODER, "COLUMNS": str(WIDTH), "NO_COLOR": "1"}
    try:
        with patch.dict(os.environ, settings):
            for step in steps:
                yield _taken(step)
    finally:
        os.chdir(before)


def _taken(step: Step) -> Done:
    if "\n" in step.command:
        _edit_codebook(Path("codebook.yaml"), step.command)
        return Done(step, (), 0)
    program, *arguments = shlex.split(step.command)
    if program == "cd":
        os.chdir(arguments[0])
        return Done(step, (), 0)
    if program != "qualcode":
        raise ValueError(f"docs/tutorial.md:{step.line + 1}: {program} is not taken here")
    with patch.object(sys, "stdin", StringIO("".join(f"{key}\n" for key in step.keys))):
        outcome = run_qualcode(*arguments)
    lines = (outcome.out + outcome.err).splitlines()
    return Done(step, tuple(line.rstrip() for line in lines if line.strip()), outcome.status)


def _edit_codebook(path: Path, block: str) -> None:
    key = block.split(":", 1)[0]
    text = path.read_text("utf-8")
    if f"\n{key}: []" not in text:
        raise ValueError(f"codebook.yaml has no line {key}: []")
    path.write_text(text.replace(f"\n{key}: []", f"\n{block}"), "utf-8")


def differences(done: Done) -> list[str]:
    """What the page says otherwise than the command did."""
    where = f"docs/tutorial.md:{done.step.line + 1}: {done.step.command.splitlines()[0]}"
    if done.status != done.step.status:
        printed = "\n  ".join(done.lines)
        return [f"{where}\n  exit status {done.status}, printed:\n  {printed}"]
    found: list[str] = []
    start = 0
    for number, line in done.step.shown:
        at = _place(line, done.lines, start)
        if at is None:
            found.append(f"{where}\n  docs/tutorial.md:{number + 1} shows, not printed: {line}")
        else:
            start = at + 1
    return found


def _place(line: str, printed: Sequence[str], start: int) -> int | None:
    if line.strip() == ANYTHING:
        return start - 1
    parts = (re.escape(" ".join(part.split())) for part in line.split(ANYTHING))
    wanted = re.compile(r"\s*.*\s*".join(parts))
    for at in range(start, len(printed)):
        if wanted.fullmatch(" ".join(printed[at].split())):
            return at
    return None


def _real_lines(done: Done) -> dict[int, list[str]]:
    lines: dict[int, list[str]] = {}
    start = 0
    for number, line in done.step.shown:
        at = _place(line, done.lines, start)
        if line == "@@":
            lines[number] = [_steady(one) for one in done.lines]
        elif at is None:
            at = _closest(line, done.lines, start)
            lines[number] = [] if at is None else [_steady(done.lines[at])]
        start = start if at is None else at + 1
    return lines


def _closest(line: str, printed: Sequence[str], start: int) -> int | None:
    rest = range(start, len(printed))
    if line.startswith("@"):
        return next((at for at in rest if line[1:] in printed[at]), None)
    return max(
        rest, key=lambda at: difflib.SequenceMatcher(None, line, printed[at]).ratio(), default=None
    )


def _steady(line: str) -> str:
    """The line without what varies from day to day, and no wider than the page."""
    line = _VARIES.sub(ANYTHING, line)
    now = datetime.now(UTC).date()
    for today in (now.isoformat(), spoken_date(now.isoformat())):
        line = line.replace(today, ANYTHING)
    if len(line) <= WIDEST:
        return line
    return line[: WIDEST - 4].rsplit(" ", 1)[0] + " " + ANYTHING


def main() -> int:
    """Says what differs, or writes the real lines into the page."""
    page = PAGE.read_text("utf-8")
    lines: list[list[str]] = [[line] for line in page.splitlines()]
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for done in walk(steps_of(page), Path(folder)):
            wrong += differences(done)
            for number, real in _real_lines(done).items():
                lines[number] = real
    sys.stdout.write("".join(f"{one}\n" for one in wrong))
    if "--update" in sys.argv[1:]:
        PAGE.write_text("".join(f"{one}\n" for group in lines for one in group), "utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
