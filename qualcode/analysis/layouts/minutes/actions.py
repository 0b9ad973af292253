"""Decisions and actions of minutes as data: what, who, by when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.analysis.freeze import Layout, Piece, join_lines
from qualcode.analysis.layouts.minutes.lines import cells
from qualcode.analysis.layouts.minutes.marks import Mode, split_mark
from qualcode.analysis.layouts.people import People, Person

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:day)?"
_TIME = re.compile(
    rf"[\s,;(]*\b(?:by|before|no later than|not later than|until|in time for|for|in|at|due)"
    rf"\s+(?P<when>(?:the\s+)?(?:(?:end|start|beginning|middle)\s+of\s+(?:the\s+)?|early\s+|late\s+"
    rf"|mid-?|noon,?\s+)?(?:{_DAY},?\s+)?(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH}\b"
    rf"(?:\s+\d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,?\s+\d{{4}})?|\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}|{_DAY}\b"
    rf"|(?:next|following|coming|this)\s+(?:board\s+|council\s+)?(?:meeting|week|month|year|{_DAY})"
    rf"|(?:the\s+)?(?:week|month|year|day|meeting|quarter)\b|asap))(?P<rest>(?:\s[^.,;]{{0,25}})?)[.)]?\s*$",
    re.IGNORECASE,
)
_NAME = (
    r"(?:[A-Z]{2,4}\b|(?:(?:Mr|Mrs|Ms|Dr|Prof|Cllr|DI|DS)\.?\s+)?"
    r"[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){0,3})"
)
_GROUP = (
    r"(?:[Aa]ll(?:\s+\w+)?|[Ee]veryone|[Ee]verybody|[Mm]embers|[Ss]taff"
    r"|(?:[Tt]he\s+)?(?:[Vv]ice[- ])?(?:[Cc]hair|[Ss]ecretary|[Tt]reasurer|[Cc]lerk"
    r"|[Cc]o-?ordinator|[Oo]fficers|[Cc]ommittee|[Bb]oard))"
)
_WHO = rf"(?:{_GROUP}|{_NAME})"
_OWNERS = rf"(?P<who>{_WHO}(?:(?:\s*[,/&+]\s*|,?\s+and\s+){_WHO})*)"
_LEADING = re.compile(
    rf"(?:by\s+)?{_OWNERS}(?:\s+each)?"
    r"(?:\s+(?:to|will|shall|should|must|needs?\s+to|(?:is|are)\s+(?:going\s+)?to|agreed\s+to|volunteers?\s+to"
    r"|volunteered\s+to|has\s+to|have\s+to|(?:(?:is|are)\s+)?responsible\s+for)\s+|\s*[:–—]\s*|\s+-\s+|,\s+)"
)
_TRAILING = re.compile(
    rf"(?:\s+[-–—]\s+|\s*\(|\s*\[|\s{{2,}})(?:(?:owner|action|lead)\s*:\s*)?{_OWNERS}[)\]]?\.?$"
)
_NO_OWNER = re.compile(
    r"(?:will|need|should|must|can|could|may|please|invite|ask|add|send|update|review|check|write"
    r"|create|draft|prepare|contact|arrange|organi[sz]e|discuss|consider|continue|follow|find|get"
    r"|make|set|look|remember|remind|encourage|allow|try|plan|agree|want|work|start|seek|help|it"
    r"|this|that|we|they|there|what|how|who|if|when|in order|due|according|next|no|any|further"
    r"|aim|deadline|proposal|motion|link|details?|action|issue|item)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z])")
_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("what", re.compile(r"actions?(?: items?| points?)?|tasks?|description|what", re.I)),
    ("who", re.compile(
        r"(?:by )?who(?:m)?|owners?|lead|leads|responsible|responsibility|assigned(?: to)?|name"
        r"|person(?: responsible)?|assignee|action by|actioned by|initials", re.I)),
    ("when", re.compile(
        r"by when|when|deadline|due(?: date| by)?|date|target(?: date)?|timescale|timeframe"
        r"|completion(?: date)?|by", re.I)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Action:
    """Something to be done. `who` is as written, in order; `by_when` as written, or ""."""

    what: str
    who: tuple[str, ...]
    by_when: str
    ref: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Something decided, and the heading under which it stands."""

    what: str
    topic: str
    ref: str


def action_columns(words: str) -> tuple[str, ...]:
    """The meaning of the columns where a row is the head of a table of actions, else ().

    >>> action_columns("Action | Who | By when")
    ('what', 'who', 'when')
    """
    found = tuple(
        next((key for key, pattern in _HEADS if pattern.fullmatch(cell)), "")
        for cell in cells(words)
    )
    return found if "what" in found and len(set(found) - {""}) > 1 else ()


def find_decisions(layout: Layout) -> tuple[Decision, ...]:
    """The decisions that the minutes mark as such, in order."""
    return tuple(
        Decision(what=_words(piece), topic=piece.topic, ref=piece.ref)
        for piece in layout.pieces
        if mode_of_piece(piece) == "decision"
    )


def find_actions(layout: Layout) -> tuple[Action, ...]:
    """The actions that the minutes mark as such, in order, with who is to do them by when.

    One marked paragraph may hold several ("SV to reply. TH to ask."). A row of a table gives
    one. Where nobody is named `who` is empty.
    """
    people = People.of(
        Person(s.id, s.name, s.id if s.id.isupper() else "") for s in layout.speakers
    )
    found: list[Action] = []
    columns: tuple[str, ...] = ()
    for piece in layout.pieces:
        if piece.form == "header":
            columns = action_columns(_words(piece)) or columns
        elif mode_of_piece(piece) == "action":
            words = _words(piece)
            if " | " in words and columns:
                found.append(_from_row(words, columns, piece.ref))
            else:
                found.extend(_from_sentences(words, piece.ref, people))
    return tuple(found)


def mode_of_piece(piece: Piece) -> Mode:
    """Whether a piece is a decision, an action, or neither."""
    if piece.form in ("heading", "header"):
        return ""
    for mode in ("decision", "action"):
        if re.search(rf"(?:^|\s){mode} \d+$", piece.ref):
            return "decision" if mode == "decision" else "action"
    mark = re.sub(r"^(?:\d[\d./]*|-|\([a-z]+\))\s+", "", piece.label)
    return split_mark(f"{mark}{_words(piece)}")[0] if mark or piece.ref[-1:].isdigit() else ""


def _words(piece: Piece) -> str:
    return join_lines(piece.lines)[0]


def _from_row(words: str, columns: Sequence[str], ref: str) -> Action:
    held = dict(zip(columns, (cell.strip() for cell in words.split(" | ")), strict=False))
    return Action(held.get("what", ""), _names(held.get("who", "")), held.get("when", ""), ref)


def _from_sentences(words: str, ref: str, people: People) -> Iterator[Action]:
    parts: list[str] = []
    for sentence in _SENTENCE.split(words):
        if not parts or _owners(sentence, people):
            parts.append(sentence)
        else:
            parts[-1] = f"{parts[-1]} {sentence}"
    for part in parts:
        yield _action(part, ref, people)


def _owners(sentence: str, people: People) -> re.Match[str] | None:
    """The names with which a sentence begins, where they can be those of owners.

    Before a dash, a colon or a comma only people of the meeting count; before "to" or
    "will" anybody with a short name does.
    """
    match = _LEADING.match(sentence)
    if match is None:
        return None
    names = _names(match["who"])
    known = [people.find(n).outcome != "none" or bool(re.fullmatch(_GROUP, n)) for n in names]
    before_verb = re.search(r"\w\s*$", match.group()) is not None
    plausible = not _NO_OWNER.match(match["who"]) and all(len(n.split()) < 3 for n in names)
    return match if all(known) or (before_verb and (any(known) or plausible)) else None


def _action(words: str, ref: str, people: People) -> Action:
    what, by_when = words.strip(), ""
    who: tuple[str, ...] = ()
    if match := _owners(what, people):
        who, what = _names(match["who"]), what[match.end() :]
    elif (match := _TRAILING.search(what)) and all(
        people.find(name).outcome != "none" for name in _names(match["who"])
    ):
        who, what = _names(match["who"]), what[: match.start()]
    if match := _TIME.search(what):
        by_when = f"{match['when']}{match['rest']}".strip(" .,;)")
        what = what[: match.start()]
    return Action(what.strip(" .,;"), who, by_when, ref)


def _names(words: str) -> tuple[str, ...]:
    """The names of a list of owners.

    >>> _names("CR and GA/PL")
    ('CR', 'GA', 'PL')
    """
    return tuple(n for n in re.split(r"\s*[,/&+;]\s*|,?\s+and\s+", words.strip(" .")) if n)
