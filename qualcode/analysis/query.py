"""Search queries: what a person types, read into a tree, and told as a safe FTS5 expression.

Nothing that was typed reaches the index but as a quoted string, so no text can be an error
there. From loosest to tightest: OR, AND (or only a space), NOT, NEAR.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NoReturn

from qualcode.core.problems import P, QualcodeError, problem

LONGEST = 2_000
"""Characters of a query."""
DEEPEST = 40
"""Parentheses inside parentheses."""
FARTHEST = 1_000
"""Words between the two sides of NEAR."""
NEAR_WORDS = 10
"""Words between the two sides of NEAR where no number is given."""


@dataclass(frozen=True, slots=True)
class Words:
    """One word or a phrase; with `is_prefix`, every word that begins like the last one."""

    text: str
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Words and phrases with at most `within` words between them, in any order."""

    parts: tuple[Words, ...]
    within: int


@dataclass(frozen=True, slots=True)
class AllOf:
    """Everything in `parts`, and nothing of `without`."""

    parts: tuple[Query, ...]
    without: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of `parts`."""

    parts: tuple[Query, ...]


Query = Words | Near | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


_TOKEN = re.compile(
    r'(?P<phrase>"[^"]*"\*?)|(?P<open_quote>")|(?P<open>\()|(?P<close>\))'
    r"|(?P<word>[^\s()\"]+)"
)
_NEAR = re.compile(r"NEAR(?:/(\d{1,9}))?")
_OPERATORS = ("AND", "OR", "NOT")
# A quotation mark curled by a word processor opens a phrase as a straight one does.
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})


def parse_query(text: str) -> Query:
    """The query that a text says.

    Words are separated by spaces and all of them must be there; `AND`, `OR`, `NOT` and
    `NEAR/5` count as operators only in capitals. `"..."` is a phrase, `word*` a beginning.

    Raises:
        QualcodeError: BAD_QUERY, with the column (from 1) where the query stops making sense.

    >>> parse_query('delegate* NOT "away day"')
    AllOf(parts=(Words(text='delegate', is_prefix=True),), without=(Words(text='away day', \
is_prefix=False),))
    """
    if len(text) > LONGEST:
        _fail(LONGEST, f"it is longer than {LONGEST} characters", "Ask for less at a time.")
    tokens = _tokens(text)
    if not tokens:
        _fail(0, "it holds no word", 'Give words to look for, such as "new faces" OR delegate*.')
    parser = _Parser(tokens, end=len(text.rstrip()))
    query = parser.either()
    left = parser.peek()
    if left is not None:
        _fail(left.at, 'this ")" closes nothing', 'Remove it, or add the "(" that it closes.')
    return query


def as_fts5(query: Query) -> str:
    """The query as an expression of SQLite's FTS5, every word in quotation marks.

    >>> as_fts5(parse_query("chair NEAR/5 (leav*)"))
    'NEAR("chair" "leav" *, 5)'
    """
    match query:
        case Words():
            return _quoted(query)
        case Near():
            return f"NEAR({' '.join(map(_quoted, query.parts))}, {query.within})"
        case AnyOf():
            return "(" + " OR ".join(map(as_fts5, query.parts)) + ")"
        case AllOf():
            found = "(" + " AND ".join(map(as_fts5, query.parts)) + ")"
            if query.without:
                unwanted = " OR ".join(map(as_fts5, query.without))
                return f"({found} NOT ({unwanted}))"
            return found


def _quoted(words: Words) -> str:
    return '"' + words.text.replace('"', '""') + '"' + (" *" if words.is_prefix else "")


def _tokens(text: str) -> tuple[_Token, ...]:
    tokens = []
    for found in _TOKEN.finditer(text.translate(_STRAIGHT)):
        kind, word, at = found.lastgroup or "", found.group(), found.start()
        for offset, sign in enumerate(word):
            if unicodedata.category(sign) in ("Cs", "Cc") and not sign.isspace():
                _fail(at + offset, "a character here is no text", "Remove or retype it.")
        if kind == "open_quote":
            _fail(at, "this quotation mark is never closed", 'Close it with another ".')
        if kind == "word" and (word in _OPERATORS or _NEAR.fullmatch(word)):
            kind = word.partition("/")[0]
        if kind == "word" and word.startswith("NEAR/"):
            todo = 'Write how many words may stand between, NEAR/5, or "NEAR" as a word.'
            _fail(at + len("NEAR/"), "a number is missing behind NEAR/", todo)
        tokens.append(_Token(kind, word, at))
    return tuple(tokens)


def _fail(at: int, reason: str, todo: str) -> NoReturn:
    raise QualcodeError(problem(P.BAD_QUERY, path="query", column=at + 1, reason=reason, todo=todo))


@dataclass(slots=True)
class _Parser:
    tokens: tuple[_Token, ...]
    end: int
    _next: int = 0
    _depth: int = 0

    def peek(self) -> _Token | None:
        return self.tokens[self._next] if self._next < len(self.tokens) else None

    def _take(self, *kinds: str) -> _Token | None:
        token = self.peek()
        if token is None or token.kind not in kinds:
            return None
        self._next += 1
        return token

    def either(self) -> Query:
        parts = [self.every()]
        while self._take("OR"):
            parts.append(self.every())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def every(self) -> Query:
        """Parts that must all be there, and those that must not."""
        parts: list[Query] = []
        without: list[Query] = []
        first_not: _Token | None = None
        while True:
            denied = self._take("NOT")
            first_not = first_not or denied
            (without if denied else parts).append(self.near())
            following = self.peek()
            if following is None or following.kind in ("OR", "close"):
                break
            self._take("AND")
        if not parts and first_not is not None:
            todo = "Say first what to look for: board NOT minutes."
            _fail(first_not.at, "NOT has nothing to take away from", todo)
        if len(parts) == 1 and not without:
            return parts[0]
        return AllOf(tuple(parts), tuple(without))

    def near(self) -> Query:
        part = self.one()
        token = self._take("NEAR")
        if token is None:
            return part
        parts = [self._words_for(token, part)]
        within = _distance(token)
        while True:
            parts.append(self._words_for(token, self.one()))
            again = self._take("NEAR")
            if again is None:
                return Near(tuple(parts), within)
            if _distance(again) != within:
                todo = f"Write NEAR/{within} here too."
                _fail(again.at, "one chain of NEAR has two distances", todo)

    def _words_for(self, token: _Token, part: Query) -> Words:
        if not isinstance(part, Words):
            todo = "Put a word, a phrase or a beginning on both sides."
            _fail(token.at, "NEAR stands between words only", todo)
        return part

    def one(self) -> Query:
        token = self.peek()
        if token is None:
            last = self.tokens[-1]
            todo = "Add what comes behind it."
            _fail(self.end, f'something is missing behind "{last.text}"', todo)
        self._next += 1
        if token.kind in ("word", "phrase"):
            return _words(token)
        if token.kind == "open":
            return self._inside(token)
        todo = 'Put a word before and behind it, or write it in small letters or "..." as a word.'
        if token.kind == "close":
            todo = "Put something between the parentheses, or remove them."
        _fail(token.at, f'a word is missing before "{token.text}"', todo)

    def _inside(self, opened: _Token) -> Query:
        self._depth += 1
        if self._depth > DEEPEST:
            _fail(opened.at, "the parentheses are nested too deeply", "Use fewer of them.")
        query = self.either()
        if self._take("close") is None:
            _fail(opened.at, 'this "(" is never closed', 'Close it with a ")".')
        self._depth -= 1
        return query


def _distance(token: _Token) -> int:
    given = token.text.partition("/")[2]
    distance = int(given) if given else NEAR_WORDS
    if distance == 0:
        todo = 'Write "two words" as a phrase, or NEAR/1.'
        _fail(token.at, "NEAR/0 leaves no room for a word between", todo)
    if distance > FARTHEST:
        _fail(token.at, f"{distance} words are too far for NEAR", f"Use {FARTHEST} at most.")
    return distance


def _words(token: _Token) -> Words:
    text = token.text
    is_prefix = text.endswith("*")
    text = text.rstrip("*").strip('"') if token.kind == "phrase" else text.rstrip("*")
    if not any(sign.isalnum() for sign in text):
        _fail(token.at, f'"{token.text}" holds no letter or figure', "Give a word to look for.")
    return Words(" ".join(text.split()), is_prefix)
