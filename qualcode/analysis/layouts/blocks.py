"""The blocks of typed notes and prose: headings, bullets, numbered and timed paragraphs.

A block is what a reader would see as one thing: its lines belong together although they were
wrapped by hand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from qualcode.analysis.layouts.blocklines import (
    Block,
    Place,
    cleaned,
    follows_number,
    has_marker,
    indent_of,
    is_plain,
    read_line,
    with_lines,
)
from qualcode.analysis.layouts.clocks import ClockTime, read_clock
from qualcode.analysis.layouts.wrapping import Wrapping, measure
from qualcode.core.model import Line

_RULED = re.compile(r"\s*([-=_*~#])(?:\s?\1){2,}\s*")
_UNDER = re.compile(r"\s*(?:={3,}|-{3,}|~{3,})\s*")
_BRACKETS = re.compile(r"[\[\]]")
_ANY_BRACKETS = re.compile(r"[\[\]()]")
LONGEST_COMMENT = 12


@dataclass(slots=True)
class _Open:
    """The block being put together; `written` is what its lines were before they were cleaned."""

    block: Block
    lines: list[Line]
    written: list[str]
    depth: int = 0

    @property
    def last(self) -> str:
        return self.written[-1].rstrip()

    @property
    def brackets(self) -> int:
        """Round and square brackets that are still open."""
        return sum(_balance(text, _ANY_BRACKETS) for text in self.written)


@dataclass(slots=True)
class _State:
    with_times: bool
    wrapping: Wrapping
    blocks: list[Block] = field(default_factory=list)
    open: _Open | None = None
    gap: bool = True
    ruled: int = 0
    numbers: dict[int, str] = field(default_factory=dict)
    clock: ClockTime | None = None


def read_blocks(
    lines: Sequence[Line], *, with_times: bool = False
) -> tuple[tuple[Block, ...], int]:
    """The blocks of these lines in order, and how many ruled lines were left out.

    Args:
        with_times: a paragraph that begins with a clock time is an entry of field notes.

    >>> blocks, _ = read_blocks([Line("1. Background", 1), Line("- late", 2), Line("  entry", 3)])
    >>> [(block.sort, block.label, block.text) for block in blocks]
    [('number', '1. ', 'Background'), ('bullet', '- ', 'late entry')]
    """
    texts = [line.text.strip() for line in lines]
    plain = list(map(is_plain, lines, texts))
    marked = [
        not is_words and has_marker(line, text)
        for line, text, is_words in zip(lines, texts, plain, strict=True)
    ]
    state = _State(with_times, measure(lines, marked=marked))
    for at, (line, text) in enumerate(zip(lines, texts, strict=True)):
        if not text:
            _take_blank(state, lines, at)
        elif plain[at] and not state.gap and _goes_on(state, line, text):
            _add(state, line)
        elif not text[0].isalnum() and _RULED.fullmatch(text):
            _take_rule(state, text)
        else:
            _take_words(state, line, text)
    _close(state)
    return tuple(state.blocks), state.ruled


def _take_blank(state: _State, lines: Sequence[Line], at: int) -> None:
    state.gap = True
    if state.open is not None and _closes_soon(lines, at, state.open.depth):
        state.open.lines.append(lines[at])
    else:
        _close(state)


def _take_rule(state: _State, text: str) -> None:
    if not _underlines(state, text):
        state.ruled += 1
        _close(state)
        state.gap = True


def _take_words(state: _State, line: Line, text: str) -> None:
    found = read_line(line, _place(state, text))
    if state.open is not None and _continues(state, line, found):
        _add(state, line)
    else:
        _close(state)
        state.open = _Open(found, [*found.lines], [line.text], _depth(found))
        _remember(state, found)
    if found.sort in ("heading", "row"):
        _close(state)
    state.gap = False


def _place(state: _State, text: str) -> Place:
    held = state.open
    in_list = (
        held is not None
        and held.block.sort == "bullet"
        and not state.wrapping.is_full(held.last, text)
    )
    return Place(state.gap, state.with_times, in_list, state.numbers)


def _closes_soon(lines: Sequence[Line], at: int, depth: int) -> bool:
    """Whether a comment in brackets goes on below this empty line."""
    if depth <= 0:
        return False
    for line in lines[at + 1 : at + 1 + LONGEST_COMMENT]:
        depth += _balance(line.text)
        if depth <= 0:
            return True
    return False


def _underlines(state: _State, text: str) -> bool:
    """Whether the rule underlines the line before it, which then is a heading."""
    held = state.open
    if held is None or state.gap or not _UNDER.fullmatch(text):
        return False
    if held.block.sort not in ("text", "number") or len(held.lines) != 1 or len(held.last) > 80:
        return False
    state.blocks.append(held.block._replace(sort="heading", lines=tuple(held.lines)))
    state.open, state.gap = None, True
    return True


def _close(state: _State) -> None:
    if state.open is not None and any(line.text.strip() for line in state.open.lines):
        state.blocks.append(with_lines(state.open.block, state.open.lines))
    state.open = None


def _add(state: _State, line: Line) -> None:
    held = state.open
    if held is None:
        return
    held.lines.append(cleaned(line, line.text))
    held.written.append(line.text)
    if held.depth > 0:
        held.depth += _balance(line.text)


def _remember(state: _State, block: Block) -> None:
    if block.sort == "number":
        state.numbers[block.number.count(".")] = block.number
    if block.sort == "timed":
        state.clock = read_clock(block.label)


def _balance(text: str, brackets: re.Pattern[str] = _BRACKETS) -> int:
    return sum(1 if found.group() in "[(" else -1 for found in brackets.finditer(text))


def _depth(block: Block) -> int:
    if block.sort != "comment" or not block.text.startswith("["):
        return 0
    return _balance(block.text)


def _continues(state: _State, line: Line, found: Block) -> bool:
    """Whether the line goes on with the open block rather than beginning one."""
    held = state.open
    if held is None or found.sort in ("row", "heading") or held.block.sort == "heading":
        return False
    if held.depth > 0:
        return True
    if state.gap:
        return False
    if found.sort == "text":
        return _goes_on(state, line, line.text.strip())
    if found.sort == "bullet" and not found.number:
        # A dash inside brackets that opened on the line before is no bullet.
        return found.indent > held.block.indent and held.brackets > 0
    if found.sort == "bullet":
        # "a." and "v." may begin a line by chance; a list begins with its first letter.
        wraps = state.wrapping.wraps(held.last, line.text)
        return wraps and not _follows_letter(state, found)
    if found.sort == "number":
        wraps = state.wrapping.wraps(held.last, line.text)
        return wraps and not follows_number(found.number, state.numbers)
    if found.sort == "timed":
        return _is_chance(state, held.last, line, found)
    return False


def _goes_on(state: _State, line: Line, text: str) -> bool:
    """Whether a line of words alone, right below another, belongs to the same block."""
    held = state.open
    if held is None:
        return False
    if held.depth > 0 or state.wrapping.wraps(held.written[-1], text):
        return True
    return held.block.sort != "text" and indent_of(line) > held.block.indent


def _follows_letter(state: _State, found: Block) -> bool:
    if found.number in ("a", "i"):
        return True
    before = state.open.block if state.open is not None else None
    if before is None or before.sort != "bullet" or not before.number:
        return False
    return (
        ord(found.number[0]) - ord(before.number[0]) == 1
        or len(found.number) > 1
        or (before.number in ("iv", "viii"))
    )


def _is_chance(state: _State, last: str, line: Line, found: Block) -> bool:
    """Whether a clock time only happens to begin a wrapped line of an entry."""
    clock = read_clock(found.label)
    if clock is None:
        return True
    back = state.clock is not None and clock.minutes < state.clock.minutes
    ended = last.endswith((".", "!", "?", ".'", '."', ")", ".’", ".”", "?'", ":"))
    return not ended and (back or state.wrapping.is_full(last, line.text))
