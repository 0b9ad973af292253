"""The cue language: what a researcher writes to say which words point to a code.

`docs/cues.md` explains it to researchers; this module reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

GAP = 3
FARTHEST = 20

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a cue: in any inflection, unless `exact`; `*` and `?` stand for letters.

    One that does not inflect is found as it is written, in any case.
    """

    pattern: str
    exact: bool = False
    inflects: bool = field(default=True, repr=False)

    @property
    def is_wild(self) -> bool:
        return not self.exact and ("*" in self.pattern or "?" in self.pattern)


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to `limit` words of any kind."""

    limit: int = GAP


@dataclass(frozen=True, slots=True)
class Choice:
    """Any one of these; an empty one makes the whole choice optional."""

    options: tuple[Sequence, ...]


Element = Word | Gap | Choice
Sequence = tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Something that stands at most `distance` words away, on either side."""

    sequence: Sequence
    distance: int


@dataclass(frozen=True, slots=True)
class CueRule:
    """One cue, read: the words looked for, what must be near, and what must not."""

    source: str
    main: Sequence
    near: Near | None = None
    never: tuple[Near, ...] = ()


class CueError(Exception):
    """A cue that cannot be read: where in it (from 0), why, and what to do."""

    def __init__(self, offset: int, reason: str, todo: str) -> None:
        super().__init__(reason)
        self.offset = offset
        self.reason = reason
        self.todo = todo


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    offset: int


_TOKENS = re.compile(
    r"""(?P<space>[\s\-/–—]+)
      | (?P<gap>\.\.\.|…)
      | (?P<never>!~(?P<never_n>\d*))
      | (?P<near>~(?P<near_n>\d*))
      | (?P<open>\() | (?P<close>\)) | (?P<bar>\|)
      | (?P<exact_phrase>="[^"]*")
      | (?P<exact>=[^\W_]+(?:['’][^\W_]+)*)
      | (?P<quote>")
      | (?P<word>(?:[^\W_]|[*?])+(?:['’](?:[^\W_]|[*?])+)*['’]?)
      | (?P<other>.)
    """,
    re.VERBOSE,
)


def _tokenise(text: str) -> Iterator[_Token]:
    for match in _TOKENS.finditer(text):
        kind = match.lastgroup or "other"
        if kind in ("never_n", "near_n"):
            kind = kind[:-2]
        if kind in ("space", "quote"):
            continue
        if match.group() == "=":
            raise CueError(match.start(), 'nothing follows "="', 'Write a word right behind "=".')
        if kind == "other":
            raise CueError(
                match.start(),
                f'"{match.group()}" has no meaning in a cue',
                "Leave it out; words, * ? ( | ) ... ~3 !~3 and = are what a cue is made of.",
            )
        yield _Token(kind, match.group(), match.start())


@lru_cache(maxsize=4096)
def parse_cue(text: str) -> CueRule:
    """The cue, read.

    Raises:
        CueError: with the offset in `text`, the reason, and what to do.

    >>> parse_cue("work ~3 isolation").near
    Near(sequence=(Word(pattern='isolation', exact=False),), distance=3)
    """
    tokens = list(_tokenise(text))
    if not tokens:
        raise CueError(0, "it is empty", "Write at least one word, or remove the cue.")
    main, at = _parse_sequence(tokens, 0, len(text), inside=False)
    near: Near | None = None
    never: list[Near] = []
    _check_sequence(main, 0)
    while at < len(tokens):
        operator = tokens[at]
        distance = _parse_distance(operator)
        sequence, at = _parse_sequence(tokens, at + 1, len(text), inside=False)
        _check_sequence(sequence, operator.offset + len(operator.text))
        if operator.kind == "never":
            never.append(Near(sequence, distance))
        elif near is None:
            near = Near(sequence, distance)
        else:
            raise CueError(
                operator.offset, "it has a second ~", "Use one ~ in a cue; write a second cue."
            )
    return CueRule(text, main, near, tuple(never))


def _parse_distance(token: _Token) -> int:
    digits = token.text.lstrip("!~")
    if not digits or not 1 <= int(digits[:4]) <= FARTHEST:
        raise CueError(
            token.offset,
            f'"{token.text}" does not say how many words',
            f"Write a number from 1 to {FARTHEST} behind it, such as ~3.",
        )
    return int(digits)


def _parse_sequence(
    tokens: list[_Token], at: int, length: int, *, inside: bool
) -> tuple[Sequence, int]:
    elements: list[Element] = []
    while at < len(tokens):
        token = tokens[at]
        if token.kind in ("near", "never"):
            if inside:
                raise CueError(
                    token.offset, f'"{token.text}" stands inside brackets', "Move it outside."
                )
            break
        if token.kind in ("bar", "close"):
            if inside:
                break
            raise CueError(token.offset, f'"{token.text}" has no "(" before it', "Add the bracket.")
        if token.kind == "open":
            choice, at = _parse_choice(tokens, at, length)
            elements.append(choice)
            continue
        elements.extend(_parse_words(token))
        at += 1
    return tuple(elements), at


def _parse_choice(tokens: list[_Token], at: int, length: int) -> tuple[Choice, int]:
    opened = tokens[at]
    options: list[Sequence] = []
    while True:
        option, at = _parse_sequence(tokens, at + 1, length, inside=True)
        options.append(option)
        if at >= len(tokens):
            raise CueError(opened.offset, 'this "(" is never closed', 'Add ")".')
        if tokens[at].kind == "close":
            break
    if not any(options):
        raise CueError(opened.offset, "these brackets are empty", "Write (one|another).")
    return Choice(tuple(options)), at + 1


def _parse_words(token: _Token) -> Iterator[Element]:
    if token.kind == "gap":
        yield Gap()
    elif token.kind in ("exact", "exact_phrase"):
        words = WORD.findall(token.text)
        if not words:
            raise CueError(token.offset, 'nothing follows "="', 'Write a word behind "=".')
        for word in words:
            yield Word(word.replace("’", "'"), exact=True)
    elif not token.text.strip("*?"):
        raise CueError(
            token.offset,
            f'"{token.text}" alone would match every word',
            'Write some letters beside it, such as "silo*", or use "..." for any words.',
        )
    else:
        yield Word(token.text.lower().replace("’", "'").rstrip("'"))


def _check_sequence(sequence: Sequence, offset: int) -> None:
    if not sequence:
        raise CueError(offset, "a word is missing here", "Write the word that is looked for.")
    if isinstance(sequence[0], Gap) or isinstance(sequence[-1], Gap):
        raise CueError(offset, '"..." must stand between words', "Remove it or add a word.")
    if is_optional(sequence):
        raise CueError(
            offset, "every word of it is optional", "Keep at least one word outside (…|)."
        )


def is_optional(sequence: Sequence) -> bool:
    """Whether the sequence can match no words at all."""
    return all(
        isinstance(element, Gap)
        or (isinstance(element, Choice) and any(is_optional(o) for o in element.options))
        for element in sequence
    )


def words_of(sequence: Sequence) -> Iterator[Word]:
    """Every word of the sequence, those inside brackets too, from left to right."""
    for element in sequence:
        if isinstance(element, Word):
            yield element
        elif isinstance(element, Choice):
            for option in element.options:
                yield from words_of(option)


def as_written(rule: CueRule) -> CueRule:
    """The same cue, of which no word inflects."""
    near = replace(rule.near, sequence=_as_written(rule.near.sequence)) if rule.near else None
    never = tuple(replace(one, sequence=_as_written(one.sequence)) for one in rule.never)
    return CueRule(rule.source, _as_written(rule.main), near, never)


def _as_written(sequence: Sequence) -> Sequence:
    return tuple(
        replace(element, inflects=False)
        if isinstance(element, Word)
        else Choice(tuple(map(_as_written, element.options)))
        if isinstance(element, Choice)
        else element
        for element in sequence
    )


def can_skip(rule: CueRule) -> bool:
    """Whether words that the cue does not name can stand inside what it matches.

    >>> can_skip(parse_cue("send ... different"))
    True
    """
    return rule.near is not None or _has_gap(rule.main)


def _has_gap(sequence: Sequence) -> bool:
    return any(
        isinstance(element, Gap)
        or (isinstance(element, Choice) and any(_has_gap(option) for option in element.options))
        for element in sequence
    )
