"""People as reports name those whom they quote: "one head teacher", "a nurse from Site B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qualcode.analysis.quoting.words import (
    ALSO_DESCRIBE,
    ARTICLES,
    COUNTS,
    HEADS,
    INDEFINITE,
    JOINS,
    MASS,
    NO_NAME,
    OBJECT,
    ORDINALS,
    PLURALS,
    ROLES_THAT_ARE_NAMES,
    SAID,
    STOP,
)

_CONTRACTED = re.compile(r"['’](?:ll|re|d|m|ve|t)$|n['’]t$")
_TOKEN = re.compile(r"[^\W_]+(?:[-/’'&][^\W_]+)*|[^\w\s]")

Sort = Literal["person", "name", "pronoun", "other", "nobody"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody mentioned at `start`..`end` of a text; `credit` is as the text says it, tidied.

    `earlier` says that the text sends us back: "the same ...", "another ...", "she".
    `before` is the word that stands before, in lower case.
    """

    start: int
    end: int
    sort: Sort
    credit: str
    earlier: str = ""
    before: str = ""
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A word or sign of a text, as it stands and in lower case without a possessive."""

    start: int
    end: int
    text: str
    low: str


def words_of_text(text: str) -> list[Word]:
    """Words and signs in order."""
    return [
        Word(m.start(), m.end(), m.group(), re.sub(r"['’]s?$", "", m.group().lower()))
        for m in _TOKEN.finditer(text)
    ]


def singular(word: str) -> str:
    """A role in the singular, in lower case; words that are no plural stay.

    >>> singular("secretaries"), singular("staff"), singular("midwives")
    ('secretary', 'staff', 'midwife')
    """
    low = word.lower()
    if low in PLURALS:
        return PLURALS[low]
    if low.endswith("ies"):
        return f"{low[:-3]}y"
    return low[:-1] if low.endswith("s") and not low.endswith("ss") else low


def is_role(word: str) -> bool:
    """Whether a word names people by what they are."""
    low = word.lower()
    return low in HEADS or singular(low) in HEADS or low in MASS


def find_mentions(text: str) -> list[Mention]:
    """Everybody mentioned, in order of place."""
    words = words_of_text(text)
    found: list[Mention] = []
    at = 0
    while at < len(words):
        mention, after = _mention_at(text, words, at)
        if mention is None:
            at += 1
            continue
        if found and mention.start < found[-1].end:
            at = after
            continue
        found.append(mention)
        at = after
    return _paired(text, found)


def _mention_at(text: str, words: Sequence[Word], at: int) -> tuple[Mention | None, int]:
    word = words[at]
    before = words[at - 1].low if at else ""
    if word.low == "people" and not (at and _describes(words[at - 1])):
        return Mention(word.start, word.end, "nobody", "", before=before), at + 1
    if is_role(word.low) and not _is_first_name(words, at):
        return _role_at(text, words, at)
    if word.low in ("he", "she", "they"):
        return Mention(word.start, word.end, "pronoun", "", word.low, before), at + 1
    after = words[at + 1].low if at + 1 < len(words) else ""
    if word.low in INDEFINITE:
        return Mention(word.start, word.end, "nobody", "", before=before), at + 1
    if word.low in ("another", "others") and (after in SAID or after in (",", ":", "who", "was")):
        return Mention(word.start, word.end, "other", "", "another", before), at + 1
    if word.low in ("one", "second", "third", "other") and after in SAID and before != "no":
        return Mention(word.start, word.end, "other", "", "another", before), at + 1
    return _name_at(words, at)


def _is_first_name(words: Sequence[Word], at: int) -> bool:
    """Whether a word that can be a role is here what somebody is called: "Dean Okafor"."""
    word = words[at]
    return (
        word.low in ROLES_THAT_ARE_NAMES
        and word.text[:1].isupper()
        and not (at and words[at - 1].low in ARTICLES)
    )


def _role_at(text: str, words: Sequence[Word], at: int) -> tuple[Mention | None, int]:
    """The phrase around a role: what describes it before, and where it belongs after."""
    last = at
    while last + 1 < len(words) and is_role(words[last + 1].low):
        last += 1
    last = _described(words, last)
    first = at
    while first > 0 and at - first < 7 and _describes(words[first - 1]):
        first -= 1
        if words[first].low in ARTICLES:
            break
    group = _group_of(words, first)
    before = words[group - 1].low if group else ""
    lows = [word.low for word in words[first : last + 1]]
    plural = singular(lows[-1]) != lows[-1] or lows[-1] in MASS
    left_out = (low not in (ARTICLES | ORDINALS) for low in lows[:-1])
    skip = next((n for n, counts in enumerate(left_out) if counts), len(lows) - 1)
    end = _complement(words, last)
    credit = text[words[first + skip].start : words[last].end]
    if group != first and words[group].low in ("one", "another"):
        head = words[last]
        credit = text[words[first + skip].start : head.start] + singular(head.low)
        plural = False
    credit += text[words[last].end : words[end].end]
    credit = re.sub(r"['’]s?$", "", " ".join(credit.split()))
    earlier = ""
    if words[group].low == "another" or set(lows[:skip]) & {"second", "third", "fourth", "fifth"}:
        earlier = "another"
    elif "same" in lows[:skip] or _sent_back(text, words[end].end):
        earlier = "same"
    mention = Mention(
        words[group].start,
        words[end].end,
        "person",
        f"{credit[:1].upper()}{credit[1:]}",
        earlier,
        before,
        plural,
    )
    return mention, end + 1


def _described(words: Sequence[Word], last: int) -> int:
    """The role that words like "youth" go on to, a few words on; else `last`."""
    if words[last].low not in ALSO_DESCRIBE:
        return last
    for at in range(last + 1, min(last + 4, len(words))):
        if is_role(words[at].low):
            return at
        if not _describes(words[at]) or words[at].low in ARTICLES:
            break
    return last


def _describes(word: Word) -> bool:
    return word.text[0].isalnum() and not _is_stop(word)


def _is_stop(word: Word) -> bool:
    return word.low in STOP or _CONTRACTED.sub("", word.low) in STOP


_SENT_BACK = re.compile(
    r"\s*,?\s*(?:(?:who\s+was\s+)?(?:quoted|cited|mentioned)|who\s+spoke)\s+(?:above|earlier|before)",
    re.IGNORECASE,
)


def _sent_back(text: str, at: int) -> bool:
    return _SENT_BACK.match(text, at) is not None


def _group_of(words: Sequence[Word], first: int) -> int:
    """Where "one of the ..." begins, or `first` where nothing of that sort stands before."""
    grouped = (
        first >= 2 and words[first - 1].low == "of" and words[first - 2].low in (ARTICLES | COUNTS)
    )
    return first - 2 if grouped else first


def _complement(words: Sequence[Word], last: int) -> int:
    """The last word of "... of children's services", "... in Northmere", or `last`."""
    at = last + 1
    if at >= len(words) or words[at].low not in JOINS:
        return last
    for end in range(at + 1, min(at + 8, len(words))):
        word = words[end]
        if not word.text[0].isalnum() or word.low in SAID or word.low in STOP - JOINS:
            if word.low == "and" and end + 1 < len(words) and words[end - 1].text[0].isupper():
                continue
            return end - 1 if end - 1 > at else last
    # What nothing ends is no part of the phrase, unless the text ends there.
    return len(words) - 1 if len(words) <= at + 8 and len(words) - 1 > at else last


def _name_at(words: Sequence[Word], at: int) -> tuple[Mention | None, int]:
    """A name or initials that speak: "Ruth said", "says Grace", "Yasmin:"."""
    first = words[at]
    if (
        not first.text[0].isupper()
        or first.text in NO_NAME
        or _is_stop(first)
        or (first.text.isupper() and first.text.isalpha() and len(first.text) > 4)
    ):
        return None, at + 1
    last = at
    while (
        last + 1 < len(words)
        and last - at < 3
        and words[last + 1].text[0].isupper()
        and words[last + 1].text not in NO_NAME
        and words[last + 1].start - words[last].end <= 2
    ):
        last += 1
    after = words[last + 1].low if last + 1 < len(words) else ""
    before = words[at - 1].low if at else ""
    initials = len(first.text) == 2 and first.text.isupper()
    if after in SAID or after in (":", "who") or before in SAID or (initials and after == ","):
        credit = " ".join(word.text for word in words[at : last + 1])
        credit = re.sub(r"['’]s$", "", credit)
        return Mention(first.start, words[last].end, "name", credit, before=before), last + 1
    return None, last + 1


def _paired(text: str, found: Sequence[Mention]) -> list[Mention]:
    """The mentions, with "a police officer and a nurse" as one."""
    held: list[Mention] = []
    for mention in found:
        previous = held[-1] if held else None
        both = previous is not None and {previous.sort, mention.sort} <= {"person", "name"}
        if previous is not None and both and text[previous.end : mention.start].strip() == "and":
            other = mention.credit
            if mention.sort == "person" and not other[:2].isupper():
                other = other[:1].lower() + other[1:]
            held[-1] = Mention(
                previous.start,
                mention.end,
                "person",
                f"{previous.credit} and {other}",
                previous.earlier,
                previous.before,
                True,
            )
            continue
        held.append(mention)
    return held


def is_object(mention: Mention) -> bool:
    """Whether somebody is only spoken to or about: "told the manager", "with a nurse"."""
    return mention.before in OBJECT
