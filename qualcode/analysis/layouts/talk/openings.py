"""How a single line of a transcript opens: with a time, with a name, with both."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from qualcode.analysis.layouts.talk.roles import shape_of

Style = Literal["colon", "timed", "bold", "bracket", "tab", "letter", "bare"]

_CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:-\d{1,2})?(?![\d:])"
_LOOSE = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,4})?"
_SPANNED = rf"{_CLOCK}(?:\s*(?:-->|[-–—])\s*{_CLOCK})?"
_BOXED = (
    rf"(?:\[\s*{_SPANNED}\s*\]|\(\s*{_SPANNED}\s*\)|\{{\s*{_SPANNED}\s*\}}"
    rf"|<\s*{_CLOCK}\s*>|#{_CLOCK}#)"
)
_RANGE = re.compile(rf"[\[(]?\s*({_LOOSE})\s*-->\s*{_LOOSE}\s*[\])]?(?=\s|$)")
_LEAD = re.compile(rf"(?:({_BOXED})|({_SPANNED})(?=[\s|]|$))\s*(?:[-–—|]\s+)?")
_NUMBERS = re.compile(r"\d+")

# Pure times inside speech are marks of the software; "[inaudible 00:00:12]" is not one.
_MARK = re.compile(
    rf"(#{_CLOCK}#|\[\s*{_SPANNED}\s*\]|\(\s*\d{{1,2}}:\d{{2}}:\d{{2}}(?:[.,]\d+)?\s*\))"
)

_BOLD = re.compile(r"(\*{1,3}|_{1,3})(?=\S)([^*\n]{1,150}?)(?<=\S)\1")
_NAME = r"[^\W_][^:：?!;“”\"\[\]{}<>|\t*]{0,59}?\??|[?]{1,4}"
_WITH_BRACKETS = (
    rf"(?:{_NAME})"
    r"(?:\s{0,6}\((?!\s{0,6}\d{1,3}:\d\d)(?:[^()]|\([^()]{0,60}\)){1,110}\))?"
)
_COLON = re.compile(
    rf"(?P<name>{_WITH_BRACKETS})\s{{0,6}}(?:\[(?P<aside>[^\[\]\d:]{{2,40}})\])?\s{{0,6}}"
    rf"(?P<time>{_BOXED}|(?<=\s){_CLOCK})?\s{{0,2}}[:：](?P<gap>(?=[^\w/\\]|$)|(?=[^\W\d_]))\s*"
)
# Only what begins so can have a colon behind a name; to look for that spares a slow look.
_MAY_BE_LABEL = re.compile(r"[^\W_][^:：?!;“”\"\[\]{}<>|\t*(]{0,80}[:：?\[({<]|\?")
# Most labels are no more than this, and are found much quicker.
_PLAIN_LABEL = re.compile(r"(?P<name>[^\W\d_]+(?:[.'’ -]{1,2}[^\W\d_]+){0,3}):\s+")
_ASIDE = re.compile(r"(?P<name>[^()]+?)\s*\((?P<aside>(?:[^()\d:]|\([^()\d:]{0,60}\)){2,110})\)")
_TIMED = re.compile(
    rf"(?P<name>{_WITH_BRACKETS})(?P<space>\s{{0,40}}[-–—|@,]?\s{{0,6}})"
    rf"(?P<time>{_BOXED}|(?<=[\s|]){_SPANNED})\s*"
)
_BRACKET = re.compile(r"[\[<]\s*(?P<name>[^\[\]<>:\n]{1,40}?)\s*[\]>]\s*:?\s*")
_TAB = re.compile(rf"(?P<name>{_WITH_BRACKETS})\s*\t+\s*(?=\S)")
_LETTER = re.compile(
    r"(?P<name>(?:Q|A|I|R|P|INT|IV|[A-Z]{1,3}\d{1,3})\d{0,2})\s?(?:[.>)]|\s[-–—])\s+(?=\S)"
)
_NOT_BARE_END = tuple(".,;!?…”\"'’)]")
_BULLET = re.compile(r"(?:[-–—•*]\s+|>{1,3}\s*)(?=\S)")
_HASHES = re.compile(r"#{1,6}\s+")
_LONGEST_NAME = 60
_LOOKED_AT = 200


# A named tuple: one is made of every line, and a frozen dataclass takes four times as long.
class Opening(NamedTuple):
    """What stands before the words of a line.

    Attributes:
        name: the label as written, or "" where the line only has a time.
        rest: the words behind label and time.
        plain: the words behind the time alone, for a label that turns out to be none.
        time: in seconds; `boxed` where brackets or # stand around it.
        sure: the time and its place leave no doubt that a name stands before it.
        tight: no space follows the colon.
        aside: what stands in brackets behind the name and may be how it was said.
    """

    name: str
    rest: str
    plain: str
    style: Style | None = None
    time: float | None = None
    boxed: bool = False
    sure: bool = False
    bold: bool = False
    tight: bool = False
    aside: str = ""


def seconds(clock: str) -> float:
    """A time of a recording in seconds.

    >>> seconds("#00:01:05-5#"), seconds("2:03"), seconds("0:0:2.90")
    (65.5, 123.0, 2.9)
    """
    clock = clock.split("-->")[0].strip("[](){}<># \t")
    whole, _, fraction = clock.replace("-", ".").replace(",", ".").partition(".")
    total = 0.0
    for part in _NUMBERS.findall(whole):
        total = total * 60 + int(part)
    digits = _NUMBERS.match(fraction)
    return total + (int(digits.group()) / 10 ** len(digits.group()) if digits else 0)


def read_opening(text: str) -> Opening | None:
    """How the line opens, or None where it has neither a time nor what may be a name.

    >>> read_opening("Sarah Jones (00:05): Thanks").name
    'Sarah Jones'
    >>> read_opening("Unknown Speaker  0:08  ").time
    8.0
    >>> read_opening("they talked about it for a while") is None
    True
    """
    words = text.strip()
    return None if not words or opens_nothing(words) else read_words(words)


def read_words(words: str, *, below_time: bool = False) -> Opening | None:
    """As `read_opening`, for words without blanks around them that may open with something.

    Args:
        below_time: the line before holds a time and nothing else, so that more may be a name.
    """
    # Only the beginning is looked at with patterns; the rest is joined on again.
    head, tail = words[:_LOOKED_AT], words[_LOOKED_AT:]
    opening = _read_head(head, is_cut=bool(tail), below_time=below_time)
    if opening is None or not tail:
        return opening
    return opening._replace(rest=opening.rest + tail, plain=opening.plain + tail)


def opens_nothing(words: str) -> bool:
    """Whether a line has no mark at which a name or a time could end, as most have none.

    A short line can be a name by itself, but for one that ends as a sentence does.
    """
    if ":" in words or "\t" in words or "：" in words or words[-1] == ")":
        return False
    if len(words) <= _LONGEST_NAME and not words.endswith(_NOT_BARE_END):
        return False
    first = words[0]
    if first.isalpha():
        return first.islower() or not (first.isupper() and _LETTER.match(words))
    return not (first in "#[<" or "*" in words or "_" in words)


def _read_head(head: str, *, is_cut: bool, below_time: bool) -> Opening | None:
    time, boxed = None, False
    lead = (_RANGE.match(head) or _LEAD.match(head)) if _may_be_time(head) else None
    plain = head
    if lead is not None:
        time = seconds(next(group for group in lead.groups() if group))
        boxed = lead.group()[0] in "[({<#" or "-->" in lead.group()
        plain = head[lead.end() :].lstrip()
    named = _read_name(plain, has_time=below_time or time is not None, is_cut=is_cut)
    if named is None:
        return Opening("", plain, plain, None, time, boxed) if lead is not None else None
    if lead is None:
        return named
    return named._replace(time=time if named.time is None else named.time, boxed=boxed)


def _may_be_time(words: str) -> bool:
    return words[:1].isdigit() or words.startswith(("[", "(", "{", "<", "#"))


def _read_name(plain: str, *, has_time: bool, is_cut: bool) -> Opening | None:
    text, bullet = plain, None
    if not plain[:1].isalnum():
        if hashes := _HASHES.match(text):
            text = text[hashes.end() :]
        if bullet := _BULLET.match(text):
            text = text[bullet.end() :]
        if bold := _BOLD.match(text):
            return _read_bold(text, bold, plain)
    found = _read_colon(text, plain) or _read_timed(text, plain)
    if found is not None:
        return found
    if bullet is None:
        found = _read_other(text, plain)
        if found is not None:
            return found
    bare = _ASIDE.fullmatch(text) if text.endswith(")") else None
    core = bare["name"] if bare else text
    if is_cut or bullet is not None or len(core) > _LONGEST_NAME or core.endswith(_NOT_BARE_END):
        return None
    shape = shape_of(core)
    if shape == "never" or (shape == "weak" and not has_time):
        return None
    aside = bare["aside"] if bare else ""
    return Opening(core, "", plain, "timed" if has_time else "bare", aside=aside)


def _read_bold(text: str, bold: re.Match[str], plain: str) -> Opening | None:
    inner = bold.group(2).strip()
    rest = text[bold.end() :]
    if inner.endswith((":", "：")) or rest.lstrip().startswith((":", "：")):
        joined = (
            inner.rstrip(":： ")
            + ":"
            + (rest if inner.endswith((":", "：")) else rest.lstrip()[1:])
        )
        found = _read_colon(joined, plain)
    else:
        found = (
            _read_timed(f"{inner} {rest.strip()}", plain)
            if rest.strip()
            else _read_timed(inner, plain)
        )
    if found is None and not inner.endswith(_NOT_BARE_END):
        found = Opening(inner, rest.strip(), plain, "bold")
    return None if found is None else found._replace(bold=True)


def _read_colon(text: str, plain: str) -> Opening | None:
    if ":" not in text and "：" not in text:
        return None
    plainly = _PLAIN_LABEL.match(text)
    if plainly is not None and plainly.end("name") <= _LONGEST_NAME:
        return _with_time(Opening(plainly["name"], text[plainly.end() :], plain, "colon"), text)
    match = _COLON.match(text) if _MAY_BE_LABEL.match(text) else None
    if match is None:
        return None
    name = match.group("name").strip(" ,-–—|@")
    said = _ASIDE.fullmatch(name) if "(" in name else None
    name, aside = (said["name"], said["aside"]) if said else (name, match.group("aside") or "")
    if not name:
        return None
    rest = text[match.end() :]
    if own := match.group("time"):
        return Opening(name, rest, plain, "timed", seconds(own), sure=True, aside=aside)
    tight = match.end() == match.end("gap") and rest[:1].isalpha() and text[match.end() - 1] == ":"
    return _with_time(Opening(name, rest, plain, "colon", tight=tight, aside=aside), text)


def _with_time(opening: Opening, text: str) -> Opening:
    """The label with the time that stands right behind it, where one does."""
    rest = opening.rest
    after = _LEAD.match(rest) if _may_be_time(rest) else None
    if after is None or not (after.group(1) or after.end() == len(rest) or "\t" in text):
        return opening
    time = seconds(next(group for group in after.groups() if group))
    return opening._replace(time=time, rest=rest[after.end() :])


def _read_timed(text: str, plain: str) -> Opening | None:
    match = _TIMED.match(text) if _has_clock(text) else None
    if match is None:
        return None
    name = match.group("name").strip(" ,-–—|@")
    rest = text[match.end() :]
    boxed = match.group("time")[0] in "[({<#"
    wide = len(match.group("space").expandtabs(4)) > 1 or any(
        c in "|@–—-" for c in match.group("space")
    )
    if not name or (rest and not boxed):
        return None
    if rest and shape_of(name) in ("never", "weak"):
        return None
    time = seconds(match.group("time"))
    return Opening(name, rest, plain, "timed", time, sure=not rest and (boxed or wide))


def _has_clock(text: str) -> bool:
    return ":" in text


def _read_other(text: str, plain: str) -> Opening | None:
    if text[:1] in ("[", "<"):
        match = _BRACKET.match(text)
        if match is None:
            return None
        rest = text[match.end() :]
        after = _LEAD.match(rest)
        time = None
        if after is not None and after.end() == len(rest):
            time, rest = seconds(after.group().strip()), ""
        return Opening(match.group("name"), rest, plain, "bracket", time, sure=time is not None)
    if "\t" in text:
        match = _TAB.match(text)
        if match is not None:
            return Opening(match.group("name"), text[match.end() :], plain, "tab")
    match = _LETTER.match(text)
    if match is not None:
        return Opening(match.group("name"), text[match.end() :], plain, "letter")
    return None


def split_times(text: str) -> tuple[tuple[str, float | None], ...]:
    """The words between pure time marks, each with the mark that stands before it.

    >>> split_times("It changes. #00:00:12-4#")
    (('It changes. ', None), ('', 12.4))
    """
    if ":" not in text:
        return ((text, None),)
    parts: list[tuple[str, float | None]] = []
    position, time = 0, None
    for match in _MARK.finditer(text):
        parts.append((text[position : match.start()], time))
        position, time = match.end(), seconds(match.group(1))
    parts.append((text[position:], time))
    return tuple(parts)
