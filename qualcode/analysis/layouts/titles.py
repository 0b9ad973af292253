"""Titles that literally say what a document is: "Interview notes: C3", "Minutes of ..."."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from qualcode.core.model import Kind, Line

FIRST = 5
"""Lines among which a title stands; empty and ruled ones are not counted."""
LONGEST = 120

_BULLET = re.compile(r"[-*•▪‣·◦–—+]\s|\(?(?:\d{1,2}|[a-z])[.)]\s|Q\s?\d", re.IGNORECASE)
_GAP = re.compile(r"\s*\t\s*|\s{3,}|\s*\|\s*")
_ATTRIBUTES = re.compile(r"\s\{#[^{}]*\}$")
_MARKS = " #*_>|=~"
# What may follow: nothing, a sign that divides, a word that goes on, a number or a name.
_TAIL = (
    r"(?=\s*$|\s*[:–—,(\[/]|\s+-|-\s|\s+[#\d]|\s+(?-i:[A-Z])"
    r"|\s+(?:of|with|from|on|for|by|no|number|about|at|in|and)\b)"
)
_ONE = r"(?:the\s|an?\s|my\s|our\s|this\s)?(?:[\w-]+\s){0,3}?"
_WORDS: tuple[tuple[Kind, str], ...] = (
    (
        "interview notes",
        r"interview(?:er['’]?s?)?\s?notes?|interview\s(?:record|summary|write-?up)"
        rf"|notes?(?:\s(?:of|from|on|for)\s|\s?[:–—-]\s?){_ONE}interview",
    ),
    (
        "field notes",
        r"field\s?-?(?:work)?\s?notes?|observ(?:ation(?:al)?|er['’]?s?)\s?(?:notes?|record|log)"
        rf"|notes?\s(?:of|from|on)\s{_ONE}observation",
    ),
    ("transcript", r"transcript(?:ion)?"),
    ("minutes", rf"minutes|meeting\snotes|notes?\s(?:of|from)\s{_ONE}meeting"),
    ("questionnaire", r"questionnaire|survey\s(?:responses?|answers?|form)"),
)
_SAYS = tuple(
    (kind, re.compile(rf"(?<![\w-])(?:{pattern}){_TAIL}", re.IGNORECASE))
    for kind, pattern in _WORDS
)
_POLICY = re.compile(
    r"[A-Z][^.?!;:]{0,80}?\b(?:policy|POLICY|Policy)(?:\s(?i:document|statement))?"
    r"(?=\s*$|\s*[:–—(,]|\s+-\s|\s+(?i:v(?:ersion)?)?[\s.]?\d)"
    r"|(?:Policy|POLICY)(?=\s+(?i:on|for|document|statement|number|no)\b|\s*[:–—-]|\s*$)"
)
_INTERVIEW = re.compile(
    r"(?:(?:phone|telephone|online|zoom|teams|video|pilot|individual|group|joint|expert|exit|staff"
    r"|follow-?up|semi-?structured|first|second|third|research|key\sinformant)\s){0,3}interview"
    r"(?!\s+(?:guides?|schedules?|protocols?|questions?|topics?|consent|invitation|plan|template"
    r"|form|data|study|polic|methods?|findings|reports?|panel|process|skills|room)\b)"
    r"(?=\s*$|\s*[:–—(,]|\s+-|\s+with\b|\s+(?:no\.?\s?)?[#\d]|\s+(?-i:[A-Z]))",
    re.IGNORECASE,
)
_KEY = re.compile(
    r"(?:document\s)?(?:type|kind)|document|title|subject|confidential|draft"
    r"|(?:[\w-]+\s){0,4}(?:project|study|appendix|annex)(?:\s\w{1,3})?",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\s*[:–—-]\s*(?:no|none|yes|n/?a|nil|attached|pending|tb[ac]|to\sfollow|see\s.*"
    r"|\d{1,3}(?:\s?min\w*)?)\W*$",
    re.IGNORECASE,
)
# Words by which a line speaks of such a document instead of heading it.
_SPEAKS = frozenset(
    re.findall(
        r"\S+",
        "no not without see please find we i they she he you it asked said read wrote typed from"
        " after before during about approx approximately approve approval approved accuracy"
        " previous last arising was were is has have had lasted took ten fifteen twenty thirty"
        " forty fifty sixty ninety few several",
    )
)
_OFFICE = re.compile(r"\b(?:head|director|lead|manager|officer|advis[eo]r|minister|team)\b", re.I)


@dataclass(frozen=True, slots=True)
class Title:
    """The kind that a title names and its words for it; `bare` where it says "Interview" only.

    An interview may be notes or a transcript.
    """

    kind: Kind
    words: str
    bare: bool = False


def find_title(lines: Iterable[Line], *, named: str = "") -> Title | None:
    """The first title at the head of these lines that says what the document is, or None.

    Args:
        named: the title that front matter gives; it goes before the lines.

    >>> find_title([Line("# Notes of interview with C3", 1)])
    Title(kind='interview notes', words='Notes of interview', bare=False)
    """
    heads = [Line(named, 0, style="heading")] if named else []
    for at, line in enumerate([*heads, *islice(_heads(lines), FIRST)]):
        words = _plain(line)
        if not words:
            continue
        marked = line.style == "heading" or line.text.lstrip()[:1] in ("#", "*", "_")
        found = _read(words, is_first=at == 0 or marked)
        if found is not None:
            return found
    return None


def _heads(lines: Iterable[Line]) -> Iterator[Line]:
    return (line for line in lines if any(char.isalnum() for char in line.text[:LONGEST]))


def _plain(line: Line) -> str:
    """The words of a line that can be a title, without marks; or nothing."""
    text = _ATTRIBUTES.sub("", line.text.strip())
    if len(text) > LONGEST or line.style == "list":
        return ""
    if line.style != "heading" and _BULLET.match(text):
        return ""
    words = " ".join(_GAP.sub(" – ", text.strip(_MARKS)).replace("**", "").split())
    ends = words[-1:]
    return "" if ends in ("?", "!") or (ends == "." and words.count(" ") > 8) else words


def _read(words: str, *, is_first: bool) -> Title | None:
    for kind, pattern in _SAYS:
        found = pattern.search(words)
        if found is None:
            continue
        before, after = words[: found.start()], words[found.end() :]
        # "Bridge: interview notes" heads, "Setting: field notes written at home" does not.
        is_last = kind in ("interview notes", "field notes") and not after
        before = before.replace(":", " ") if is_last else before
        if _heads_document(before) and not _NOTHING.match(after):
            return Title(kind, found.group())
    if is_first:
        found = _POLICY.match(words)
        if found and _heads_document(found.group()) and not _OFFICE.search(found.group()):
            return Title("policy", found.group())
    found = _INTERVIEW.match(words)
    if found and not _NOTHING.match(words[found.end() :]):
        return Title("interview notes", found.group(), bare=True)
    return None


def _heads_document(before: str) -> bool:
    """Whether what stands before the words leaves them a title: a name, no sentence."""
    key, colon, rest = before.rpartition(":")
    if colon and not _KEY.fullmatch(key.strip()):
        return False
    # A bare number that stands last counts: "45 minutes". "INT07" and "C3" are none.
    held = rest.split()
    small = sum(1 for word in held if word.islower() and len(word) > 3)
    if len(held) > 8 or small > 4 or (held and held[-1].isdigit()):
        return False
    return not any(word.casefold().strip(",.()") in _SPEAKS for word in held)
