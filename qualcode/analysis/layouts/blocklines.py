"""What one line of typed notes or prose is: its marker, its number, its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from qualcode.analysis.layouts.clocks import read_clock
from qualcode.analysis.layouts.minutes.lines import cells, clean, is_separator
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
_EMPHASIS = re.compile(r"[*_\[{]")
_LEAD_STRONG = re.compile(r"(?:\*\*|__)(?=\S)")


@dataclass(frozen=True, slots=True)
class Block:
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
        text = self.text
        in_brackets = text.startswith("[") and text.find("]") == len(text) - 1
        return self.sort == "comment" or (self.sort == "text" and in_brackets)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: behind an empty line, in a list, below which numbers.

    `numbers` holds the last number of each level: {0: "4", 1: "4.2"}.
    """

    gap: bool = True
    with_times: bool = False
    in_list: bool = False
    numbers: Mapping[int, str] = field(default_factory=dict)


def has_marker(line: Line) -> bool:
    text = line.text.strip()
    return bool(
        line.style
        or _BULLET.match(text)
        or _COMMENT.match(text)
        or _HASHES.match(text)
        or text.startswith("|")
    )


def cleaned(line: Line, text: str) -> Line:
    return with_text(line, clean(text) if _EMPHASIS.search(text) else text)


def read_line(line: Line, place: Place) -> Block:
    """What the line would be as the first line of a block.

    >>> block = read_line(Line("4.2 Concern was expressed.", 1), Place())
    >>> block.sort, block.label, block.text
    ('number', '4.2 ', 'Concern was expressed.')
    """
    text = line.text.strip()
    spread = line.text.expandtabs(4)
    indent = len(spread) - len(spread.lstrip())
    base = Block("text", (cleaned(line, text),), indent=indent, gap=place.gap)
    if line.style == "cell" or text.startswith("|") or text.count(" | ") > 1:
        return _row(base, line, text)
    if line.style == "heading" or _HASHES.match(text):
        return _heading(base, line, _HASHES.sub("", text, count=1))
    if text.startswith("> "):
        text = text.lstrip("> ")
        base = replace(base, lines=(cleaned(line, text),))
    if place.gap and _is_shouted(text):
        return _heading(base, line, text)
    bold = _BOLD_LINE.fullmatch(text)
    if bold and place.gap and not _COMMENT.match(clean(text)):
        return _heading(base, line, clean(text))
    if _COMMENT.match(text):
        return replace(base, sort="comment")
    if place.with_times:
        timed = _timed(base, line, text)
        if timed is not None:
            return timed
    return _listed(base, line, text, place)


def _is_shouted(text: str) -> bool:
    """Whether a line is a heading in capitals."""
    if not text.isupper() or len(text) > 80 or text[0] in "\"'“‘[(":
        return False
    return sum(char.isalpha() for char in text) >= 4 and len(text.split()) <= 8


def _row(base: Block, line: Line, text: str) -> Block:
    if is_separator(text):
        return replace(base, sort="row", lines=())
    words = "; ".join(clean(cell) for cell in cells_of(replace(line, style="cell")) if cell.strip())
    return replace(base, sort="row", lines=(replace(line, text=words),))


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


def _heading(base: Block, line: Line, text: str) -> Block:
    text = clean(text)
    found = _QUESTION.match(text) or _NUMBER.match(text)
    if found is None:
        return replace(base, sort="heading", lines=(replace(line, text=text),))
    return replace(
        base,
        sort="heading",
        lines=(replace(line, text=text[found.end() :]),),
        label=f"{found.group().strip()} ",
        number=found.group("n"),
    )


def _timed(base: Block, line: Line, text: str) -> Block | None:
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
    return replace(
        base,
        sort=sort,
        lines=(cleaned(line, words),),
        label=f"{clock.written} ",
        time=clock.name,
    )


def _listed(base: Block, line: Line, text: str, place: Place) -> Block:
    bullet = _BULLET.match(text) or (_SMALL_O.match(text) if place.in_list else None)
    if bullet and not is_separator(text):
        words = text[bullet.end() :]
        sort: Sort = "comment" if _COMMENT.match(words) else "bullet"
        return replace(
            base, sort=sort, lines=(cleaned(line, words),), label=f"{bullet.group().strip()} "
        )
    if number := _STRONG_NUMBER.match(text):
        text = f"{number['number'].strip()}{number['end']} {text[number.end() :]}"
    strong = _LEAD_STRONG.match(text)
    bare = text[strong.end() :] if strong else text
    found = _QUESTION.match(bare) or _NUMBER.match(bare)
    if found is not None and _is_number(found, bare, place):
        words = bare[found.end() :]
        words = f"{strong.group()}{words}" if strong and not words.startswith("**") else words
        return replace(
            base,
            sort="number",
            lines=(cleaned(line, words.replace("** ", " ", 1) if strong else words),),
            label=f"{found.group().strip()} ",
            number=found.group("n"),
        )
    letter = _LETTER.match(text)
    if letter:
        return replace(
            base,
            sort="bullet",
            lines=(cleaned(line, text[letter.end() :]),),
            label=f"{letter.group().strip()} ",
            number=letter.group("letter"),
        )
    if line.style == "list":
        return replace(base, sort="bullet", label="- ")
    return base


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
