"""Credits in the sentence around a quotation: "one nurse thought that –", "said the clerk"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.analysis.quoting.people import (
    Mention,
    Word,
    find_mentions,
    is_object,
    words_of_text,
)
from qualcode.analysis.quoting.words import SAID

WINDOW = 400
_SENTENCE_END = re.compile(r"[.!?][\s)]+(?=[A-Z\[])|;\s")
_SOURCE_BEFORE = re.compile(
    r"(?:according\s+to|(?:words|view|opinion|account|experience)\s+of|by|^\W*for)\s*$", re.I
)
_VIEW_AFTER = re.compile(r"['’]s?\s+(?:\w+\s+){0,2}(?:view|words|account|opinion|verdict)", re.I)
_SAYS = re.compile(
    r"\b(?:said|says|say|saying|asked|asks|replied|replies|answered|adds|added|wrote|writes|told)$"
)


@dataclass(frozen=True, slots=True)
class Led:
    """Who speaks, as the sentence says it; `direct` where the quotation follows at once."""

    mention: Mention
    direct: bool


def sentence_before(text: str) -> tuple[int, str]:
    """The sentence that a text breaks off in, and where it begins; "" after a full stop."""
    shift = max(0, len(text) - WINDOW)
    start = shift
    for found in _SENTENCE_END.finditer(text, shift):
        start = found.end()
    sentence = text[start:]
    if re.search(r"[.!?;]$", sentence[-60:].rstrip()):
        return len(text), ""
    return start, sentence


def speaker_before(sentence: str) -> Led | None:
    """Who says what follows the beginning of a sentence, or None."""
    initials = _initials_before(sentence)
    if initials is not None:
        return initials
    mentions = find_mentions(sentence)
    if not mentions:
        return None
    words = words_of_text(sentence)
    ending = sentence.rstrip()
    direct = ending[-1:] in ":,–—-" or bool(_SAYS.search(ending[-12:].lower()))
    limit = len(sentence)
    for mention in reversed(mentions):
        if _speaks(sentence, words, mention, limit):
            return Led(mention, direct)
        if not is_object(mention):
            limit = mention.start
    if ending[-1:] in ":–—-":
        free = [m for m in mentions if not is_object(m)]
        return Led(free[0], True) if free else None
    last = mentions[-1]
    if last.sort == "name" and last.credit.isupper() and direct:
        return Led(last, True)
    return None


# Two capitals that are no one's initials.
_NO_INITIALS = frozenset(["IT", "TV", "UK", "EU", "PR", "HR", "AM", "PM", "OK", "OC", "PN"])


def _initials_before(sentence: str) -> Led | None:
    """In notes: "CR reddens, '...'"."""
    found = re.match(r"\W{0,3}([A-Z]{2})\b", sentence)
    if found is None or sentence.rstrip()[-1:] not in (",", ":") or found.group(1) in _NO_INITIALS:
        return None
    if re.search(r"\b[A-Z]{2}\b|\b[Hh]e\b|\b[Ss]he\b|\b[Tt]hey\b", sentence[found.end() :]):
        return None
    return Led(Mention(found.start(1), found.end(1), "name", found.group(1)), True)


def _speaks(sentence: str, words: list[Word], mention: Mention, limit: int) -> bool:
    if _SOURCE_BEFORE.search(sentence[max(0, mention.start - 30) : mention.start]):
        return True
    near = sentence[max(0, mention.end - 2) : mention.end + 40]
    if _VIEW_AFTER.search(near):
        return True
    if is_object(mention):
        return False
    if any(w.low in SAID for w in words if mention.end <= w.start < limit):
        return True
    # "..., said the nurse, '...'": only white space or a quotation stands before the verb.
    return mention.before in SAID and not sentence[: mention.start].split()[:-1]


_AS = re.compile(r"(?:as|according\s+to|in\s+the\s+(?:words|view|opinion)\s+of)\b", re.I)
_THIS_VIEW = re.compile(r"\s*[:–—]\s*(?:this|that|such|so)\s+(?=(?:was|is|said|thought|felt)\b)")
_CLAUSE_END = re.compile(r"[.!?;:](?=\s|$)|[–—]")
_THIS_WAS = frozenset({"was", "is", "were"})


def speaker_after(rest: str, *, quoted: str) -> Led | None:
    """Who says what has just been quoted, by the rest of its sentence, or None."""
    piece = rest[:200]
    view = _THIS_VIEW.match(piece)
    piece = piece[view.end() :] if view else piece
    lead = re.match(r"[\s,–—]*", piece)
    piece = piece[lead.end() if lead else 0 :]
    if not piece or piece[0] in ".!?;:([":
        return None
    if quoted.rstrip()[-1:] in (".", "…") and piece[0].isupper():
        return None
    end = _CLAUSE_END.search(piece)
    piece = piece[: end.start()] if end else piece
    mentions = find_mentions(piece)
    words = words_of_text(piece)
    if not mentions or not words:
        return None
    first = mentions[0]
    if words[0].low in SAID and sum(w.start < first.start for w in words) <= 2:
        return Led(first, True)
    if _AS.match(piece):
        return Led(first, True)
    if words[0].low in _THIS_WAS and (
        view or any(w.low in SAID for w in words if w.start >= first.end)
    ):
        return Led(first, True)
    if first.start == 0:
        after = [w.low for w in words if w.start >= first.end][:3]
        if any(word in SAID for word in after):
            return Led(first, True)
    return None
