"""Plain text and Markdown: lines as they stand, headings, pages, and front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, repeat

from qualcode.core.model import Extract, Line
from qualcode.core.problems import P, Problem, problem
from qualcode.core.protocols import Source
from qualcode.core.text import normalise
from qualcode.plugins.readers.base import FileReader, fail
from qualcode.plugins.readers.encoding import decode

NAME = "text"

_MAX_FRONT_LINES = 500
_MAX_FRONT_CHARS = 20_000
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(\S.*)")
_CLOSING_MARKS = re.compile(r"[ \t]+#+[ \t]*$")
_KEY = re.compile(r"[^\s:#-][^:]*:(?:\s|$)")
_OWN_KEY = re.compile(r"[a-z][a-z_-]*:(?:\s|$)")

Facts = tuple[tuple[str, str], ...]


def read(source: Source) -> Extract:
    """The lines of a plain text; `page` is set only where form feeds part its pages.

    Raises:
        QualcodeError: as `encoding.decode`, and NO_TEXT where there is only white space.
    """
    decoded = decode(source)
    lines = list(_lines(decoded.text))
    facts, n_front, problems = _front_matter(lines, source.name)
    lines = lines[n_front:]
    if not any(line.text.strip() for line in lines):
        reason = "only front matter" if facts else "only white space"
        fail(P.NO_TEXT, source, reason=reason)
    return Extract(
        reader=NAME, lines=tuple(lines), facts=facts, problems=decoded.problems + problems
    )


def _lines(text: str) -> Iterator[Line]:
    pages = text.split("\f")
    number = 1
    for page, page_text in enumerate(pages, start=1):
        rows = normalise(page_text).split("\n")
        if rows[-1] == "":  # what follows the last newline, or stands before a form feed
            rows.pop()
            following = number + len(rows)
        else:
            following = number + len(rows) - (page < len(pages))
        # Asking for "#" first spares most texts the search in every line.
        make = _line if "#" in page_text else Line
        yield from map(make, rows, count(number), repeat(page if len(pages) > 1 else None))
        number = following


def _line(row: str, number: int, page: int | None) -> Line:
    match = _HEADING.match(row)
    if match:
        return Line(_CLOSING_MARKS.sub("", match[1]), number, page, "heading")
    return Line(row, number, page)


def _front_matter(lines: list[Line], path: str) -> tuple[Facts, int, tuple[Problem, ...]]:
    """What the source says of itself, the number of lines that say so, and what is wrong.

    Broken front matter is a problem and stays text; so does what stands between two rules
    and is no front matter at all.
    """
    if not lines or lines[0].text.rstrip() != "---":
        return (), 0, ()
    n_front = _count_front_lines(lines)
    if not n_front:
        is_meant = len(lines) > 1 and _OWN_KEY.match(lines[1].text)
        return (), 0, (_broken(path, 1, "no end: it lacks a second line ---"),) if is_meant else ()
    block = [line.text for line in lines[1 : n_front - 1]]
    if not any(_KEY.match(text) for text in block):
        return (), 0, ()
    try:
        facts, problems = _facts("\n".join(block), path)
    except _BrokenFrontMatter as error:
        return (), 0, (_broken(path, error.line, error.reason),)
    return facts, n_front, problems


def _broken(path: str, line: int, what: str) -> Problem:
    todo = "Its lines were kept as text. Correct it or remove it."
    return problem(P.BAD_FRONT_MATTER, path=path, line=line, what=what, todo=todo)


def _count_front_lines(lines: list[Line]) -> int:
    size = 0
    for n_lines, line in enumerate(lines[1:_MAX_FRONT_LINES], start=2):
        if line.text.rstrip() in ("---", "..."):
            return n_lines
        size += len(line.text)
        if size > _MAX_FRONT_CHARS:
            break
    return 0


class _BrokenFrontMatter(Exception):
    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def _facts(block: str, path: str) -> tuple[Facts, tuple[Problem, ...]]:
    import yaml

    try:
        # BaseLoader leaves dates, numbers and "no" as they were typed, and makes no objects.
        found = yaml.load(block, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise _BrokenFrontMatter(line, str(error.problem or "what is no YAML")) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise _BrokenFrontMatter(1, "what is no YAML") from error
    if not isinstance(found, dict):
        raise _BrokenFrontMatter(1, "what is no list of keys and values")
    facts = []
    odd = []
    for key, value in found.items():
        text = _plain(value)
        if text is None or not isinstance(key, str):
            odd.append(str(key))
        elif text:
            facts.append((" ".join(key.split()), text))
    return tuple(facts), tuple(_odd_keys(odd, path))


def _odd_keys(keys: list[str], path: str) -> Iterator[Problem]:
    if keys:
        names = ", ".join(f'"{key[:40]}"' for key in keys[:3]) + (" ..." if keys[3:] else "")
        what = f"more under {names} than a value or a list of values"
        todo = "Write plain values there."
        yield problem(P.BAD_FRONT_MATTER, path=path, line=1, what=what, todo=todo)


def _plain(value: object) -> str | None:
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(" ".join(item.split()) for item in value if item.strip())
    return None


reader = FileReader(
    name=NAME, version="1", suffixes=(".txt", ".md", ".markdown", ".text"), read=read
)
