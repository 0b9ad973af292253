"""Token patterns: cues in square brackets, for what words alone cannot say.

`[LEMMA=send] [POS=PRON] [LOWER=someone|somebody]` is a row of tokens as spaCy's Matcher
describes them, in one line. `docs/cues.md` explains it; this module reads it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qualcode.core.cues import CueError, parse_cue
from qualcode.core.hints import did_you_mean

PLAIN_KEYS = (
    *("LOWER", "ORTH", "LEMMA", "NORM", "SHAPE", "LENGTH", "IS_ALPHA", "IS_DIGIT", "IS_LOWER"),
    *("IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_STOP", "LIKE_NUM", "LIKE_URL", "LIKE_EMAIL"),
)
TRAINED_KEYS = ("POS", "TAG", "MORPH", "DEP", "ENT_TYPE")
"""What only a trained pipeline knows of a token."""

_KEYS = (*PLAIN_KEYS, *TRAINED_KEYS)
_YES = {"true": True, "yes": True, "false": False, "no": False}
_TOKEN = re.compile(
    r"\s*\[(?P<inside>(?:=\s*/(?:[^/\\]|\\.)*/|[^\]])*)\](?P<often>[?*+!]|\{\d+(?:,\d*)?\})?"
)
_PART = re.compile(r"\s*(?P<key>\w+)\s*(?P<sign>!=|=)\s*(?P<value>/(?:[^/\\]|\\.)*/|[^\s\]]+)")

Value = str | int | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that must be true of a token; `sign` is "", "IN", "NOT_IN" or "REGEX"."""

    key: str
    sign: str
    value: Value


@dataclass(frozen=True, slots=True)
class TokenRule:
    """One token of a pattern and how often it stands there ("", ?, *, +, !, {2}, {1,3})."""

    conditions: tuple[Condition, ...]
    often: str = ""


@dataclass(frozen=True, slots=True)
class TokenPattern:
    """A pattern, read; `trained` are the keys for which a trained pipeline is needed."""

    source: str
    tokens: tuple[TokenRule, ...]

    @property
    def trained(self) -> tuple[str, ...]:
        used = {one.key for token in self.tokens for one in token.conditions}
        return tuple(key for key in TRAINED_KEYS if key in used)


def is_pattern(cue: str) -> bool:
    """Whether a cue is written as a token pattern.

    >>> is_pattern("[LEMMA=send]"), is_pattern("send")
    (True, False)
    """
    return cue.lstrip().startswith("[")


@lru_cache(maxsize=1024)
def parse_pattern(text: str) -> TokenPattern:
    """The pattern, read.

    Raises:
        CueError: with the offset in `text`, the reason, and what to do.

    >>> parse_pattern("[LEMMA=send|post] [POS=PRON]?").trained
    ('POS',)
    """
    tokens: list[TokenRule] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise CueError(
                at + len(text[at:]) - len(text[at:].lstrip()),
                "this is no token of a pattern",
                "Write each token as [KEY=value], with ? * + behind it if it may repeat.",
            )
        tokens.append(
            TokenRule(_conditions(text, *match.span("inside")), match.group("often") or "")
        )
        at = match.end()
    needed = [token for token in tokens if token.often not in ("?", "*", "!")]
    if not needed:
        raise CueError(0, "every token of it is optional", "Keep one token without ? * or !.")
    if not any(token.conditions for token in needed):
        raise CueError(0, "it would match every word", "Say something of a token: [LOWER=word].")
    return TokenPattern(text, tuple(tokens))


def _conditions(text: str, start: int, end: int) -> tuple[Condition, ...]:
    found: list[Condition] = []
    at = start
    while text[at:end].strip():
        match = _PART.match(text, at, end)
        if match is None:
            raise CueError(at, f'"{text[at:end].strip()}" is not KEY=value', "Write LEMMA=send.")
        found.append(_condition(match))
        if found[-1].key in (one.key for one in found[:-1]):
            said = f"{found[-1].key} is said twice of one token"
            raise CueError(match.start("key"), said, "Say it once; a|b is one of several.")
        at = match.end()
    return tuple(found)


def _condition(match: re.Match[str]) -> Condition:
    key, value, negated = match["key"].upper(), match["value"], match["sign"] == "!="
    if key not in _KEYS:
        hint = did_you_mean(key, _KEYS)
        known = ", ".join(_KEYS)
        raise CueError(
            match.start("key"), f'a token has no "{match["key"]}"', hint or f"Use one of {known}."
        )
    if value.startswith("/"):
        return Condition(key, "REGEX", _expression(match, value))
    if key.startswith(("IS_", "LIKE_")):
        if value.lower() not in _YES or negated:
            raise CueError(match.start("value"), f"{key} is yes or no", f"Write {key}=yes.")
        return Condition(key, "", _YES[value.lower()])
    if key == "LENGTH":
        if not value.isdigit() or negated:
            raise CueError(match.start("value"), "LENGTH is a number", "Write LENGTH=3.")
        return Condition(key, "", int(value))
    words = tuple(word.lower() if key == "LOWER" else word for word in value.split("|") if word)
    if not words:
        raise CueError(match.start("value"), "a value is missing", f"Write {key}=word.")
    if negated:
        return Condition(key, "NOT_IN", words)
    return Condition(key, "IN", words) if len(words) > 1 else Condition(key, "", words[0])


def _expression(match: re.Match[str], value: str) -> str:
    inside = value[1:-1]
    try:
        re.compile(inside)
    except re.error as error:
        raise CueError(
            match.start("value"), f"the expression cannot be read ({error})", "Correct it."
        ) from error
    if match["sign"] == "!=" or not inside:
        raise CueError(match.start("value"), "an expression needs = and words", "Write KEY=/…/.")
    return inside


def check_cue(cue: str) -> None:
    """Nothing, where the cue can be read, be it words or a token pattern.

    Raises:
        CueError: with the offset in `cue`, the reason, and what to do.
    """
    if is_pattern(cue):
        parse_pattern(cue)
    else:
        parse_cue(cue)
