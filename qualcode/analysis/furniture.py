"""Running headers and footers in typed text: what stands on every page and nobody said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from qualcode.core.model import Line

Dropped = tuple[tuple[str, int], ...]

_DEEPEST = 3  # lines of a header or footer that are looked for beside a page break
_FARTHEST = 12  # lines, blank ones too, within which they are looked for
_LONGEST = 120

_COLUMNS = re.compile(r"\s{2,}|\t|\s*\|\s*|\s+[-–—•·]\s+")
_PAGE_OF = re.compile(r"\W*page\s+\d{1,4}\s*(?:of|/)\s*\d{1,4}\W*", re.IGNORECASE)
_PAGE_ALONE = re.compile(r"\W*page\s+\d{1,4}\W*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_TURN = re.compile(r"\s*[^\W_][^:]{0,40}:(?:\s|$)")
_SENTENCE_END = re.compile(r"[.!?:;][\"'’”)\]]*\s*$")


def drop_page_furniture(lines: Sequence[Line]) -> tuple[tuple[Line, ...], Dropped]:
    """The lines without page numbers and running headers and footers, and how many of each.

    Only a line that says "Page 3 of 9" (or "Page 3" and nothing else) goes by itself; lines
    beside it, or beside a form feed, go where they repeat alike, but for their digits, at
    most of these breaks. The first of a running header stays if it opens the text, since it
    says what the text is. A sentence cut by a page break is closed up.

    >>> text = ["They send", "", "Page 1 of 9", "", "someone else."]
    >>> lines = [Line(words, n) for n, words in enumerate(text, start=1)]
    >>> [line.text for line in drop_page_furniture(lines)[0]]
    ['They send', 'someone else.']
    """
    numbers = {
        i
        for i, line in enumerate(lines)
        if ("age" in line.text or "AGE" in line.text) and is_page_number(line.text)
    }
    if not numbers and len({line.page for line in lines}) < 2:
        return tuple(lines), ()
    breaks = list(_breaks(lines, numbers))
    if not breaks:
        return tuple(lines), ()
    headers = _repeating([0, *(after for _, after in breaks)], lines, numbers, step=1)
    footers = _repeating(
        [*(before for before, _ in breaks), len(lines) - 1], lines, numbers, step=-1
    )
    headers -= footers
    headers -= set(_opening(lines, numbers | headers))
    gone = numbers | headers | footers
    counts = Counter(
        {
            "page number": len(numbers),
            "page header": len(headers),
            "page footer": len(footers),
        }
    )
    dropped = tuple(sorted((name, n) for name, n in counts.items() if n))
    return tuple(_closed_up(lines, gone)), dropped


def is_page_number(text: str) -> bool:
    """Whether the line is there to number a page.

    >>> is_page_number("Page 1 of 2          NOT PROTECTIVELY MARKED")
    True
    >>> is_page_number("See page 1 of 2 for the list.")
    False
    """
    if len(text) > _LONGEST or "page" not in text.lower():
        return False
    if _PAGE_ALONE.fullmatch(text):
        return True
    return any(_PAGE_OF.fullmatch(column) for column in _COLUMNS.split(text.strip()))


def _breaks(lines: Sequence[Line], numbers: set[int]) -> Iterator[tuple[int, int]]:
    """The lines before and after each page break: a page number, or a form feed."""
    before: Line | None = None
    for i, line in enumerate(lines):
        if i in numbers:
            yield i - 1, i + 1
        elif before is not None and line.page != before.page and i - 1 not in numbers:
            yield i - 1, i
        before = line


def _repeating(
    starts: Iterable[int], lines: Sequence[Line], numbers: set[int], *, step: int
) -> set[int]:
    """Lines from these places on (or back) that repeat alike at most of the places."""
    beside = [list(_beside(start, lines, numbers, step)) for start in starts]
    stacks = list({stack[0]: stack for stack in beside if stack}.values())
    found: set[int] = set()
    for depth in range(_DEEPEST):
        level = [stack[depth] for stack in stacks if len(stack) > depth]
        alike = Counter(_signature(lines[i].text) for i in level)
        kept = [
            i
            for i in level
            if _is_running(lines[i].text, alike[_signature(lines[i].text)], len(level))
        ]
        if not kept:
            break
        found.update(kept)
        stacks = [stack for stack in stacks if len(stack) > depth and stack[depth] in found]
    return found


def _beside(start: int, lines: Sequence[Line], numbers: set[int], step: int) -> Iterator[int]:
    """The first few lines with words from `start` on."""
    found = 0
    for i in range(start, start + step * _FARTHEST, step):
        if not 0 <= i < len(lines) or found == _DEEPEST:
            return
        if i not in numbers and lines[i].text.strip():
            yield i
            found += 1


def _signature(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.split()))


def _is_running(text: str, n_alike: int, n_places: int) -> bool:
    """A line of one word may be a speaker's name, so it has to come more often."""
    if len(text) > _LONGEST or _TURN.match(text):
        return False
    return n_alike >= (2 if len(text.split()) > 1 else 3) and n_alike * 2 > n_places


def _opening(lines: Sequence[Line], gone: set[int]) -> Iterator[int]:
    """Running lines at the very top, before any other word."""
    for i, line in enumerate(lines):
        if line.text.strip():
            if i not in gone:
                return
            yield i


def _closed_up(lines: Sequence[Line], gone: set[int]) -> Iterator[Line]:
    """The lines that stay; white space around what went stays once, or not at all."""
    blanks: list[Line] = []
    last: Line | None = None
    is_cut = False
    for i, line in enumerate(lines):
        if i in gone:
            is_cut = True
        elif not line.text.strip():
            blanks.append(line)
        else:
            if is_cut:
                blanks = [] if last is None or _goes_on(last, line) else blanks[:1]
            yield from blanks
            yield line
            blanks, last, is_cut = [], line, False
    if not is_cut:
        yield from blanks


def _goes_on(before: Line, after: Line) -> bool:
    first = after.text.lstrip()[:1]
    return first.islower() and _SENTENCE_END.search(before.text) is None
