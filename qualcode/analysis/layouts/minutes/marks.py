"""The words with which minutes mark decisions and actions."""

from __future__ import annotations

import re
from typing import Literal

Mode = Literal["", "decision", "action"]

_ACTION_HEAD = re.compile(
    r"(?:(?:summary of|list of|open|new|outstanding|agreed|key)\s+)?action(?:s|[- ]items?"
    r"|[- ]points?|[- ]list|[- ]log|[- ]plan)?(?:\s+(?:arising|agreed|required|from this meeting))?"
    r"|to[- ]?do(?:s|[- ]list)?",
    re.IGNORECASE,
)
_DECISION_HEAD = re.compile(
    r"(?:(?:summary of|list of|key)\s+)?(?:decisions?|resolutions?|resolved|agreed|conclusions?"
    r"|outcomes?|consensus)(?:\s+(?:made|taken|reached|agreed))?",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"(?P<mark>(?:ACTIONS?(?:\s+(?:ITEM|POINT)S?)?)(?:\s*(?:#\s*)?\d{1,3})?"
    r"(?:\s+(?i:for\s+everybody|for\s+all))?\s*(?::|[-–—](?=\s)|(?=\s+(?:by\s+)?[A-Z][\w/]*[\s:]))"
    r"|(?i:new\s+)?(?i:actions?(?:\s+(?:item|point)s?)?)(?:\s*(?:#\s*)?\d{1,3})?"
    r"(?:\s+for\s+[\w ]{2,30})?\s*(?::|[-–—](?=\s))"
    r"|(?i:action\s+(?:item|point))(?=\s+[A-Z]))\s*(?=\S)"
)
_DECISION = re.compile(
    r"(?P<mark>(?:IT\s+WAS\s+)?(?:UNANIMOUSLY\s+)?(?:RESOLVED|DECIDED|AGREED|DECISION|RESOLUTION"
    r"|CONCLUSION|RECOMMENDED|CARRIED)S?(?:\s+\d{1,3})?(?:\s*[:,]|\s[-–—]|(?=\s))"
    r"|(?:Resolved|Decided|Agreed|Decisions?|Resolutions?|Conclusions?|Outcomes?|Consensus)"
    r"(?:\s+\d{1,3})?\s*:)\s*(?=\S)"
)
_DECISION_SENTENCE = re.compile(
    r"(?:It\s+was\s+(?:unanimously\s+)?|The\s+\w+\s+)?(?:Resolved|resolved)\s+(?:that|to)\b"
    r"|(?:Agreed|Decided)\s+(?:that|to)\b|It\s+was\s+(?:agreed|decided)\s+(?:that|to)\b"
)
# In the middle of a paragraph only capitals with their colon are a new part of the minutes.
_INSIDE = re.compile(
    r"(?<=[.;,:)\]?!])\s+(?=(?:ACTIONS?(?:\s+(?:ITEM|POINT)S?)?\s*:|RESOLVED\b(?:\s*:|\s+that\b)"
    r"|DECISION\s*:|AGREED\s*:))"
)

# What begins otherwise is neither; to look for that first spares three looks.
_MARK_HINT = re.compile(
    "action|new|it|unanimously|resol|deci|agree|conclu|recomm|carried|outcome|consensus|the",
    re.IGNORECASE,
)
_INSIDE_HINTS = ("ACTION", "RESOLVED", "DECISION", "AGREED")


def mode_of(words: str) -> Mode:
    """What a line announces that says nothing but "Action points" or "Decisions".

    With a full stop ("Agreed.") it announces nothing.

    >>> mode_of("Action points:"), mode_of("Conclusion"), mode_of("Action research")
    ('action', 'decision', '')
    """
    bare = words.strip(" :*_")
    if _ACTION_HEAD.fullmatch(bare):
        return "action"
    return "decision" if _DECISION_HEAD.fullmatch(bare) else ""


def split_mark(words: str) -> tuple[Mode, str, str]:
    """What a paragraph is marked as, the mark with the space behind it, and the words.

    A sentence such as "It was agreed that" is a decision too, and stays whole.

    >>> split_mark("ACTION: MO to convene"), split_mark("Action 4.2 (protocol) - done")[0]
    (('action', 'ACTION: ', 'MO to convene'), '')
    """
    if not _MARK_HINT.match(words):
        return "", "", words
    if match := _ACTION.match(words):
        return "action", _with_space(match["mark"]), words[match.end() :]
    if match := _DECISION.match(words):
        return "decision", _with_space(match["mark"]), words[match.end() :]
    if _DECISION_SENTENCE.match(words):
        return "decision", "", words
    return "", "", words


def _with_space(mark: str) -> str:
    return " ".join(mark.split()) + " "


def starts_marked(words: str) -> bool:
    """Whether a line begins with the mark of a decision or an action."""
    return bool(split_mark(words)[1])


def split_inside(words: str) -> tuple[str, ...]:
    """A paragraph divided before every mark in capitals that stands inside it.

    >>> split_inside("It was late. ACTION: AK to call. It went on.")
    ('It was late.', 'ACTION: AK to call. It went on.')
    """
    return tuple(part for part in _INSIDE.split(words) if part.strip())


def may_be_marked_inside(words: str) -> bool:
    """Whether a paragraph holds one of the words of marks in capitals; quick to say."""
    return any(map(words.__contains__, _INSIDE_HINTS))
