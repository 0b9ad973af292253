"""What one line of typed notes or prose is: its marker, its number, its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Literal, NamedTuple

from qualcode.analysis.layouts.clocks import read_clock
from qualcode.analysis.layouts.minutes.lines import cells, clean, has_markup, is_separator
from qualcode.core.model import Line, with_text

Sort = Literal["heading", "bullet", "number", "comment", "timed", "row", "text"]

_BULLET = re.compile(r"[-*•▪‣·◦●○■□➢✓–—+]\s+(?=\S)|[•▪‣●■➢](?=\S)|[oO](?:\s{2,}|\t)(?=\S)")
_SMALL_O = re.compile(r"o\s+(?=\S)")
_LETTER = re.compile(r"\(?(?P<letter>[a-z]|[ivx]{1,5})(?P<end>[.)])\s+(?=\S)")
_QUESTION = re.compile(
    r"(?:Q(?:uestion)?\.?|Topic|Theme|Section)\s?(?P<n>\d{1,3})\s*[.:)–—-]?\s+(?=\S)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:§\s?|\()?(?P<n>\d{1,3}(?:\.\d{1,3}){0,4})(?P<end>[.):])?(?=\s)\s+(?=\S)")
# A number in bold before plain words: "**Q1.** Why?".
_STRONG_NUMBER = re.compile(
    r"(\*\*|__)(?P<number>(?:Q(?:uestion)?\.?\s?)?\d{1,3}(?:\.\d{1,3}){0,4}\s?[.:)–—-]?)\1"
    r"(?P<end>[.:)–—-]?)\s+(?=\S)",
    re.IGNORECASE,
)
_HASHES = re.compile(r"#{1,6}\s+(?=\S)")
_BOLD_LINE = re.compile(
    r"(\*\*|__)(?=\S)([^*_]{1,100})(?<=\S)\1\s*:?|\*(?=\S)([^*]{1,100})(?<=\S)\*"
)
_BOLD_CLOCK = re.compile(r"(\*\*|__)([\d.:–\- apmh]{4,15}):?\1:?\s*")
_COMMENT = re.compile(
    r"\[\s*(?:OC|PN|MN|TN|RN|note\s+to\s+self|observer(?:['’]s)?\s+comment|researcher)\b"
    r"|(?-i:OC|PN|MN|TN|RN)\s*[:.\-–—]|(?:OC|PN|MN|TN)\s*:|(?:note\s+to\s+self|observer(?:['’]s)?\s+comment)\s*:"
    r"|\?\?",
    re.IGNORECASE,
)
# Most lines begin with a word that marks nothing; to look for that spares all other looks.
_PLAIN = re.compile(
    r"(?!o\s|[a-z]{1,5}[.):]|(?:oc|pn|mn|tn|rn|note|observer|q|question|topic|theme|section|ca?|approx"
    r"|about|around|at)(?![a-z]))[^\W\d_]",
    re.IGNORECASE,
)
_LEAD_STRONG = re.compile(r"(?:\*\*|__)(?=\S)")


# A named tuple: one is made of nearly every line, and a frozen dataclass takes four times as long.
class Block(NamedTuple):
    """One block: `lines` without the marker, which is in `label` ("- ", "4.2 ", "14.05 ").

    `number` is as printed, `time` the clock time of an entry; `gap` says that an empty line
    stands before it, `indent` how far in it begins.
    """

    sort: Sort
    lines: tuple[Line, ...]
    label: str = ""
    number: str = ""
    time: str = ""
    indent: int = 0
    gap: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.text.strip() for line in self.lines if line.text.strip())

    @property
    def is_aside(self) -> bool:
        """Whether somebody other than the person heard speaks: a comment, or all in brackets."""
        if self.sort != "text":
            return self.sort == "comment"
        text = self.text
        return text.startswith("[") and text.find("]") == len(text) - 1


_Begin = Callable[..., Block]
"""Makes a block of its sort and lines; its indent and the gap before it are known."""


class Place(NamedTuple):
    """Where a line stands: behind an empty line, in a list, below which numbers.

    `numbers` holds the last number of each level: {0: "4", 1: "4.2"}.
    """

    gap: bool = True
    with_times: bool = False
    in_list: bool = False
    numbers: Mapping[int, str] = MappingProxyType({})


def with_lines(block: Block, lines: Sequence[Line]) -> Block:
    """The block with more lines than its first; itself where there are none (cheaper so)."""
    if len(lines) == len(block.lines):
        return block
    return block._replace(lines=tuple(lines))


def is_plain(line: Line, text: str) -> bool:
    """Whether a line, `text` without the blanks around it, can be nothing but words."""
    return not line.style and _PLAIN.match(text) is not None and "|" not in text


def has_marker(line: Line, text: str) -> bool:
    """Whether a line, `text` without the blanks around it, begins with a marker or is marked."""
    return bool(
        line.style
        or _BULLET.match(text)
        or _COMMENT.match(text)
        or _HASHES.match(text)
        or text.startswith("|")
    )


def cleaned(line: Line, text: str) -> Line:
    return with_text(line, clean(text) if has_markup(text) else text)


def indent_of(line: Line) -> int:
    """How far in a line begins; tabs count to the next fourth column."""
    text = line.text
    if text[:1] > " ":
        return 0
    spread = text.expandtabs(4)
    return len(spread) - len(spread.lstrip())


def read_line(line: Line, place: Place) -> Block:
    """What the line would be as the first line of a block.

    >>> block = read_line(Line("4.2 Concern was expressed.", 1), Place())
    >>> block.sort, block.label, block.text
    ('number', '4.2 ', 'Concern was expressed.')
    """
    text = line.text.strip()
    begin = partial(Block, indent=indent_of(line), gap=place.gap)
    if line.style == "cell" or ("|" in text and (text[0] == "|" or text.count(" | ") > 1)):
        return _row(begin, line, text)
    if line.style == "heading" or (text.startswith("#") and _HASHES.match(text)):
        return _heading(begin, line, _HASHES.sub("", text, count=1))
    if text.startswith("> "):
        text = text.lstrip("> ")
    if place.gap and _is_shouted(text):
        return _heading(begin, line, text)
    bold = _BOLD_LINE.fullmatch(text) if place.gap and text.startswith(("*", "_")) else None
    if bold and not _COMMENT.match(clean(text)):
        return _heading(begin, line, clean(text))
    if _COMMENT.match(text):
        return begin("comment", (cleaned(line, text),))
    if place.with_times:
        timed = _timed(begin, line, text)
        if timed is not None:
            return timed
    return _listed(begin, line, text, place)


def _is_shouted(text: str) -> bool:
    """Whether a line is a heading in capitals."""
    if not text.isupper() or len(text) > 80 or text[0] in "\"'“‘[(":
        return False
    return sum(char.isalpha() for char in text) >= 4 and len(text.split()) <= 8


def _row(begin: _Begin, line: Line, text: str) -> Block:
    if is_separator(text):
        return begin("row", ())
    words = "; ".join(clean(cell) for cell in cells_of(replace(line, style="cell")) if cell.strip())
    return begin("row", (with_text(line, words),))


def cells_of(line: Line) -> tuple[str, ...]:
    """The cells of a table row, or nothing where the line is no row."""
    text = line.text.strip()
    if line.style != "cell" and not (text.startswith("|") and text.endswith("|") and len(text) > 2):
        return ()
    if is_separator(text):
        return ()
    if "|" in text or "\t" in text:
        return cells(text)
    return (text,)


def _heading(begin: _Begin, line: Line, text: str) -> Block:
    text = clean(text)
    found = _QUESTION.match(text) or _NUMBER.match(text)
    if found is None:
        return begin("heading", (with_text(line, text),))
    words = with_text(line, text[found.end() :])
    return begin("heading", (words,), f"{found.group().strip()} ", found.group("n"))


def _timed(begin: _Begin, line: Line, text: str) -> Block | None:
    bullet = _BULLET.match(text)
    rest = text[bullet.end() :] if bullet else text
    bold = _BOLD_CLOCK.match(rest)
    if bold:
        rest = f"{bold.group(2).strip()} {rest[bold.end() :]}"
    clock = read_clock(rest)
    if clock is None:
        return None
    words = rest[clock.end :].strip()
    sort: Sort = "comment" if _COMMENT.match(words) else "timed"
    return begin(sort, (cleaned(line, words),), f"{clock.written} ", time=clock.name)


def _listed(begin: _Begin, line: Line, text: str, place: Place) -> Block:
    whole = text
    bullet = _BULLET.match(text) or (_SMALL_O.match(text) if place.in_list else None)
    if bullet and not is_separator(text):
        words = text[bullet.end() :]
        sort: Sort = "comment" if _COMMENT.match(words) else "bullet"
        return begin(sort, (cleaned(line, words),), f"{bullet.group().strip()} ")
    if number := _STRONG_NUMBER.match(text):
        text = f"{number['number'].strip()}{number['end']} {text[number.end() :]}"
    strong = _LEAD_STRONG.match(text)
    bare = text[strong.end() :] if strong else text
    found = _QUESTION.match(bare) or _NUMBER.match(bare)
    if found is not None and _is_number(found, bare, place):
        words = bare[found.end() :]
        words = f"{strong.group()}{words}" if strong and not words.startswith("**") else words
        words = words.replace("** ", " ", 1) if strong else words
        label = f"{found.group().strip()} "
        return begin("number", (cleaned(line, words),), label, found.group("n"))
    if letter := _LETTER.match(text):
        words, label = text[letter.end() :], f"{letter.group().strip()} "
        return begin("bullet", (cleaned(line, words),), label, letter.group("letter"))
    lines = (cleaned(line, whole),)
    return begin("bullet", lines, "- ") if line.style == "list" else begin("text", lines)


def _is_number(found: re.Match[str], text: str, place: Place) -> bool:
    """Whether a number heads the line; "3.5 million" is none."""
    if "end" not in found.re.groupindex or found.group("end"):
        return True
    if "." not in found.group("n"):
        wide = found.group()[-2:].isspace() or found.group().endswith("\t")
        return place.gap and wide and text[found.end()].isupper() and len(text.split()) <= 12
    return not text[found.end()].islower() or follows_number(found.group("n"), place.numbers)


def follows_number(number: str, numbers: Mapping[int, str]) -> bool:
    """Whether the number is the next one of its level, or the first below another."""
    level = number.count(".")
    before = numbers.get(level)
    head, _, last = number.rpartition(".")
    if before is not None:
        before_head, _, before_last = before.rpartition(".")
        if head == before_head:
            return int(last) == int(before_last) + 1
    return last == "1"
