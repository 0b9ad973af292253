"""What one line of minutes is: its marker, its number, its words without markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from qualcode.core.model import Line, with_text

_HASHES = re.compile(r"(#{1,6})\s+")
_BULLET = re.compile(r"(?:[-*•▪‣·◦●○–]|[oO](?=\s{2,}\S))(?:\s+|$)|•\s*")
_SLASHED = re.compile(r"(?:[A-Z]{1,5}[ /-]?)?\d{1,4}\s?/\s?\d{1,4}(?=[.):]?(?:\s|$|\*))")
_NUMBER = re.compile(
    r"(?:(?:agenda\s+)?(?:item|minute|section)\s+)?(?P<n>\d{1,3}(?:\.\d{1,3}){0,4})\.?"
    r"(?P<end>[.):]|\s?[-–](?=\s))?(?=\s|$|(?<=\d[.)])(?-i:[A-Z][a-z]))",
    re.IGNORECASE,
)
# Behind a number: what shows that it numbers; "10 - 12 people" counts them.
_SIGN = re.compile(r"[.):]|\s?[-–]\s+(?!\d)")
_ROMAN = re.compile(r"(?P<n>[IVX]{1,5})[.)]\s+(?=\S)")
# A number with letters before it, or letters in place of one.
_NUMBERING = r"[A-Z]{1,5}[ /-]?\d|(?:agenda|item|minute|section)\b|[ivx]{1,5}[.)]|[a-z][.)]"
# Only a line that begins so can have a number or a letter, and so a bullet.
_NUMBERED = re.compile(rf"[\W\d_]|{_NUMBERING}", re.IGNORECASE)
# Most lines are words and nothing else; to look for that spares all other looks.
_PLAIN = re.compile(rf"(?!o\s|{_NUMBERING})[^\W\d_][^\t|*_{{\[]*", re.IGNORECASE)
_LETTER = re.compile(r"(?:\((?P<a>[a-z]|[ivx]{1,5})\)|(?P<b>[a-z]|[ivx]{2,5})\)|(?P<c>[a-z])\.)\s+")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)")
_ANCHOR = re.compile(r"\s*\{#[^{}]*\}\s*$")
_STRONG = re.compile(r"\*{2,}")
# Words in double underscores may be names of a program (__init__), those with a space are not.
_EMPHASIS = re.compile(
    r"(?<!\w)__(?=\S)([^_]* [^_]*)__(?!\w)|(?<![\w*])\*(?=[^\s*])([^*]*[^\s*])\*(?![\w*])"
    r"|(?<!\w)_(?=[^\s_])([^_]*[^\s_])_(?!\w)"
)
_NAME_HEAD = re.compile(r"(?:^|\t)\s*(?:full\s+)?(?:names?|members?|attendees?)\s*(?:\t|$)", re.I)
# A reader that says "heading" does not say of which level.
_SOME_LEVEL = 2
_WIDE_GAP = re.compile(r"[ \t]{41,}")
_WIDEST = " " * 40
_ASIDE = "aside"
_RULE = re.compile(r"\s*(?:[-_=*·.]\s?){3,}\s*")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BOLD_START = re.compile(r"\s*(?:[-*•]\s+)?(?:\*\*|__)(?P<words>[^*_]+)(?:\*\*|__)")
_BOLD_LINE = re.compile(r"(?:\*\*|__)(?:[^*_]|[*_](?=[^\s*_]))+(?:\*\*|__)\s*[.:]?\s*")


# A named tuple: one is made of every line, and a frozen dataclass takes four times as long.
class Reading(NamedTuple):
    """One line with its markup taken apart.

    `words` is the text behind the marker, without markup; `column` is where the line's own
    words begin (tabs count to the next eighth column). `rank` orders headings: 1 to 6 as in
    Markdown, 7 for a line in bold, 9 for no heading. `number` is as printed ("4.2", "017/18"),
    and never a mere count in a list unless `minutes_items` says so; `whole` is `words` with it.
    `is_head` marks what is never coded though it stands below the head: a list of those
    present, the initials in a column beside an item.
    """

    line: Line
    words: str
    column: int = 0
    rank: int = 9
    bullet: bool = False
    number: str = ""
    letter: str = ""
    blank_before: bool = False
    is_row: bool = False
    whole: str = ""
    is_head: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether a sign behind the number, as in "4." or "4)", says that it numbers."""
        behind = self.whole.partition(self.number)[2] if self.number else ""
        return bool(_SIGN.match(behind))

    @property
    def is_listed(self) -> bool:
        """Whether the number can stand before the words as that of an entry in a list."""
        is_number = bool(self.words) and self.number.replace(".", "").isdigit()
        return is_number and self.whole.startswith(self.number) and self.is_counted


def read_lines(lines: Iterable[Line]) -> tuple[tuple[Reading, ...], int]:
    """The lines with words, each taken apart, and how many ruled lines were left out.

    >>> reading = read_lines([Line("* **017/18 Face-to-face meeting**", 1)])[0][0]
    >>> reading.number, reading.words, reading.rank, reading.bullet
    ('017/18', 'Face-to-face meeting', 7, True)
    """
    found: list[Reading] = []
    ruled = 0
    blank = of_people = False
    for given in lines:
        words = given.text.strip()
        if not given.style and _PLAIN.fullmatch(words) and not _is_wide(given):
            column = given.text.find(words[0])
            found.append(Reading(given, words, column, blank_before=blank, whole=words))
            blank = of_people = False
            continue
        # No column needs a wider gap, and patterns that look for gaps stay quick.
        line = with_text(given, _WIDE_GAP.sub(_WIDEST, given.text)) if _is_wide(given) else given
        of_people = line.style == "cell" and (of_people or bool(_NAME_HEAD.search(line.text)))
        if not words:
            blank = True
        elif _RULE.fullmatch(line.text):
            ruled += 1
            blank = True
        else:
            for part in _split_cells(line, of_people) or _split_bold(line):
                found.append(_read_line(part, blank_before=blank))
                blank = False
    return tuple(found), ruled


def _is_wide(line: Line) -> bool:
    return "\t" in line.text or _WIDEST in line.text


def _split_cells(line: Line, of_people: bool) -> tuple[Line, ...]:
    """A row that is an item in a table of items, as lines: "4.1", its text, who acts.

    A row with one cell that holds anything is a line like any other.
    """
    if line.style != "cell":
        return ()
    held = [cell.strip() for cell in line.text.split("\t")]
    filled = [cell for cell in held if cell]
    if len(filled) == 1 and not line.text.startswith("|"):
        return (replace(line, text=filled[0], style=""),)
    if of_people or len(filled) < 2 or held[0] != filled[0] or not _starts_numbered(f"{held[0]} "):
        return ()
    if not re.fullmatch(r"[\d./]+", held[0]):
        return ()
    beside = [replace(line, text=text, style=_ASIDE) for text in filled[2:]]
    return (replace(line, text=f"{filled[0]}  {filled[1]}", style=""), *beside)


def _split_bold(line: Line) -> tuple[Line, ...]:
    """A numbered heading in bold with a paragraph behind it in the same line, as two lines."""
    match = _BOLD_START.match(line.text) if "**" in line.text or "__" in line.text else None
    if not match or not _starts_numbered(match["words"]) or len(match["words"].split()) < 2:
        return (line,)
    rest = line.text[match.end() :].strip(" .:*_")
    if len(rest.split()) <= 12:
        return (line,)
    return replace(line, text=line.text[: match.end()]), replace(line, text=rest)


def _read_line(line: Line, *, blank_before: bool) -> Reading:
    if line.style == "cell" and "\t" in line.text:
        line = replace(line, text=" | ".join(line.text.split("\t")))
    if line.style == _ASIDE:
        words = " ".join(line.text.split())
        line = replace(line, style="")
        is_head = len(words.split()) <= 6
        return Reading(line, words, blank_before=blank_before, whole=words, is_head=is_head)
    text = spread(line.text)
    words = text.strip()
    column = len(text) - len(text.lstrip())
    is_row = "|" in words and (words.startswith("|") or words.count(" | ") > 1)
    if is_row or line.style == "cell":
        words = clean(_BREAK.sub("; ", words))
        return Reading(line, words, column, blank_before=blank_before, is_row=True, whole=words)
    rank = _SOME_LEVEL if line.style == "heading" else 9
    bullet = line.style == "list"
    is_marked = not words[0].isalnum() or words[0] in "oO"
    if is_marked and (match := _HASHES.match(words)):
        rank, words = len(match.group(1)), words[match.end() :].rstrip("# ")
    elif is_marked and (match := _BULLET.match(words)):
        bullet, words = True, words[match.end() :]
    bold = words.startswith(("**", "__"))
    if bold and rank == 9 and (_BOLD_LINE.fullmatch(words) or _starts_numbered(words)):
        rank = 7
    number, letter, rest = _take_number(words)
    whole = clean(words)
    rest = whole if rest == words else clean(rest)
    return Reading(line, rest, column, rank, bullet, number, letter, blank_before, False, whole)


def spread(text: str) -> str:
    """The line with tabs as spaces, at least two of them, so that columns stay apart."""
    return text.replace("\t", "  \t").expandtabs(8).rstrip() if "\t" in text else text.rstrip()


def _starts_numbered(words: str) -> bool:
    bare = words.lstrip("*_ ")
    match = _NUMBER.match(bare)
    if not match:
        return bool(_SLASHED.match(bare))
    return bool(match["end"]) or "." in match[0] or not bare[match.end() :].strip()[:1].islower()


def _take_number(words: str) -> tuple[str, str, str]:
    """Number, letter and the rest; bold marks around the number are passed over."""
    if not _NUMBERED.match(words):
        return "", "", words
    opened = len(words) - len(words.lstrip("*_ "))
    bare = words[opened:] if words.startswith(("**", "__")) else words
    if match := _SLASHED.match(bare):
        return match.group().replace(" ", ""), "", bare[match.end() :].lstrip(".): ")
    if match := _NUMBER.match(bare):
        return match.group("n"), "", bare[match.end() :]
    if match := _ROMAN.match(bare):
        return match.group("n"), "", bare[match.end() :]
    if match := _LETTER.match(bare):
        return "", match.group("a") or match.group("b") or match.group("c"), bare[match.end() :]
    return "", "", words


def clean(words: str) -> str:
    """The words without emphasis marks, anchors and the addresses of links.

    >>> clean("**ACTION**: see [issue 4](https://example.org/4) {#a}")
    'ACTION: see issue 4'
    """
    if "{#" in words:
        words = _ANCHOR.sub("", words)
    if "](" in words:
        words = _LINK.sub(r"\1", words)
    if "*" in words or "_" in words:
        words = _STRONG.sub("", words)
        words = _EMPHASIS.sub(lambda match: match.group(match.lastindex or 0), words)
    return words.strip()


def has_markup(words: str) -> bool:
    """Whether the words hold a sign that `clean` may take away."""
    return "*" in words or "_" in words or "](" in words or "{#" in words


def cells(words: str) -> tuple[str, ...]:
    """The cells of a row between bars, or between tabs or wide gaps.

    >>> cells("| Draft | PL |")
    ('Draft', 'PL')
    """
    if "|" in words:
        return tuple(cell.strip() for cell in words.strip().strip("|").split("|"))
    return tuple(re.split(r"\s*\t\s*|\s{2,}", words.strip()))


def is_separator(words: str) -> bool:
    """Whether a row holds nothing but the lines of a Markdown table."""
    return bool(words) and not words.strip("|-: +=")


def wrap_width(readings: Sequence[Reading]) -> int:
    """The width to which paragraphs were wrapped by hand, or 0 where they were not.

    Measured on the lines that have another line of the same paragraph below them: four of
    five are at most that wide. Beyond 120 characters a line is a paragraph of its own, and
    below 50 nothing can be told.
    """
    pairs = [
        (above, below)
        for above, below in pairwise(readings)
        if not (below.blank_before or below.bullet or below.number or below.is_row)
        and above.rank == below.rank == 9
    ]
    # In wrapped text most lines break off within a sentence, and many go on in lower case.
    broken = sum(below.words[:1].islower() for _, below in pairs)
    if not broken or broken * 4 < len(pairs):
        return 0
    widths = sorted(len(above.line.text.rstrip()) for above, _ in pairs)
    width = widths[len(widths) * 4 // 5]
    return width if 50 <= width <= 120 else 0


def goes_on(before: Reading, line: Reading, *, width: int) -> bool:
    """Whether a line without a marker goes on with the sentence of the line before it.

    It does where it begins in lower case below a line of some length, and, in wrapped text,
    where its first word did not fit on the line before.
    """
    if line.blank_before or line.is_row or before.is_row or before.rank < 9:
        return False
    is_lower = line.whole[:1].islower()
    if is_lower and width:
        return True
    ends = before.words[-1:] in ".!?:;"
    length = len(before.line.text.rstrip())
    if not width:
        return is_lower and length >= 50 and not ends
    reach = length + 1 + len(line.whole.split(" ", 1)[0])
    return length < width + 15 and (reach > width - 3 or (reach > width - 20 and not ends))
