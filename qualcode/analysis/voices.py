"""Who is heard: a participant's own words, the researcher's paraphrase, or an aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from qualcode.core.model import Passage, Span, Voice

# [OC: ...] and OC: are Bogdan and Biklen's observer comments; PN: a personal note.
_ASIDE = re.compile(
    r"""(?P<bracket>\[\s*(?:OC|PN|MN|TN|RN|note\s+to\s+self|observer(?:['’]s)?\s+comment
          |researcher)\b)
      | (?P<doubt>\(\?\?)
      | (?P<rest>(?:^|(?<=[.!?]\s)|(?<=^\d\d[.:]\d\d\s))
          (?:(?-i:OC|PN|MN|TN)\s*[:.\-–—]|(?:OC|PN|MN|TN)\s*:)
        | (?:^|(?<=\s))\?\?)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# An aside begins at one of these, but for marks in small letters, which end with the last; to
# look for them is much quicker.
_SIGN = re.compile(r"\[|\(\?\?|\?\?|OC|PN|MN|TN|:(?<=[CNcn\s]:)")
_BRACKETS = {"[": re.compile(r"[\[\]]"), "(": re.compile(r"[()]")}

# An apostrophe between two letters neither opens nor closes anything.
_QUOTE = re.compile(r"""["“”„«»‘’'](?:(?<=["“”„«»‘])|(?![^\W_])|(?<![\w'’].))""")
_CLOSERS = {'"': '"', "“": "”", "„": "“”", "«": "»", "‘": "’", "'": "'’"}
# An apostrophe that begins a word: '98, 'em, 'cause.
_ELISION = re.compile(r"(?:\d\d(?!\d)|(?:em|til|till|cause|cos|coz|tis|twas|bout|n)\b)", re.I)


def find_passages(text: str, *, voice: Voice, span: Span | None = None) -> list[Passage]:
    """The passages of one unit, in order, without gaps.

    Speech in quotation marks inside a paraphrase is verbatim; the marks are not part of
    it. Observer comments are found in notes of any kind; inside verbatim text nothing
    but an observer's comment in square brackets is looked for.

    Args:
        span: where the unit stands, for the spans of its passages; else it stands at 0.

    >>> [p.voice for p in find_passages("says 'we start again' each time", voice="paraphrase")]
    ['paraphrase', 'verbatim', 'paraphrase']
    """
    span = span or Span(0, len(text))
    found: list[Passage] = []
    position = 0
    for start, end, inner in _inner_voices(text, voice):
        if start > position:
            found.append(Passage(Span(span.start + position, span.start + start), voice))
        found.append(Passage(Span(span.start + start, span.start + end), inner))
        position = end
    if position < len(text):
        rest = Span(span.start + position, span.end) if position else span
        found.append(Passage(rest, voice))
    return found


def _inner_voices(text: str, voice: Voice) -> Iterable[tuple[int, int, Voice]]:
    if voice in ("paraphrase", "verbatim") and _SIGN.search(text):
        return _with_asides(text, voice)
    if voice != "paraphrase" or not _may_quote(text):
        return ()
    quotations = _quotations(text, 0, len(text))
    return [(start, end, "verbatim") for start, end in quotations]


def _may_quote(text: str) -> bool:
    """Whether a text holds quotation marks or apostrophes; other marks are beyond ASCII."""
    return "'" in text or '"' in text or not text.isascii()


def _with_asides(text: str, voice: Voice) -> Iterator[tuple[int, int, Voice]]:
    position = 0
    for start, end in _asides(text, brackets_only=voice == "verbatim"):
        if voice == "paraphrase":
            for a, b in _quotations(text, position, start):
                yield a, b, "verbatim"
        yield start, end, "observer"
        position = end
    if voice == "paraphrase":
        for a, b in _quotations(text, position, len(text)):
            yield a, b, "verbatim"


def _asides(text: str, *, brackets_only: bool) -> Iterator[tuple[int, int]]:
    position = 0
    while (match := _next_aside(text, position)) is not None:
        if match.lastgroup == "rest":
            if not brackets_only:
                yield match.start(), len(text)
                return
            position = match.end()
            continue
        if brackets_only and match.lastgroup == "doubt":
            position = match.end()
            continue
        position = _closing(text, match.start())
        yield match.start(), position


def _next_aside(text: str, position: int) -> re.Match[str] | None:
    for sign in _SIGN.finditer(text, position):
        if sign.group() == ":":
            return _ASIDE.search(text, position)
        if (match := _ASIDE.match(text, sign.start())) is not None:
            return match
    return None


def _closing(text: str, start: int) -> int:
    """Where the bracket that opens at `start` is closed; the end of the text if never."""
    depth = 0
    for match in _BRACKETS[text[start]].finditer(text, start):
        depth += 1 if match.group() in "[(" else -1
        if depth == 0:
            return match.end()
    return len(text)


class _Quote(NamedTuple):
    at: int
    mark: str
    opens: bool
    closes: bool
    doubtful: bool
    """May as well be an apostrophe: the solicitors' letter, doin' it."""


def _quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between quotation marks in `text[start:end]`, without the marks.

    The outermost marks count. Every mark is looked at a fixed number of times, so that a
    page full of unclosed marks costs no more than any other.
    """
    quotes = [_read_quote(text, match.start()) for match in _QUOTE.finditer(text, start, end)]
    if len(quotes) < 2:
        return
    closings = {mark: _next_closings(quotes, mark) for mark in {q.mark for q in quotes if q.opens}}
    position = 0
    while position < len(quotes):
        quote = quotes[position]
        closing = closings[quote.mark][position] if quote.opens else -1
        if closing < 0:
            position += 1
            continue
        if quotes[closing].at > quote.at + 1:
            yield quote.at + 1, quotes[closing].at
        position = closing + 1


def _read_quote(text: str, at: int) -> _Quote:
    mark = text[at]
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    joined = before.isalnum() or before == "_" or (before != "" and before in "'’")
    begins_word = after.isalnum()
    if mark in "“”„«»":
        # A German quotation opens with „ and closes with “; which it is shows at once.
        return _Quote(at, mark, mark in "“„«" and bool(after), mark in "“”»", False)
    opens = mark != "’" and not joined and bool(after) and not after.isspace()
    if mark in "'‘" and opens and _ELISION.match(text, at + 1):
        opens = False
    closes = mark != "‘" and bool(before) and not before.isspace() and not begins_word
    doubtful = mark != '"' and before in "snho" and after == " " and text[at + 2 : at + 3].islower()
    return _Quote(at, mark, opens, closes, doubtful and joined)


def _next_closings(quotes: list[_Quote], mark: str) -> list[int]:
    """For every position, the one whose quote closes what `mark` opens there, or -1."""
    closers = _CLOSERS[mark]
    found = [-1] * len(quotes)
    sure, doubtful, surer, opener = -1, -1, -1, len(quotes)
    for position in range(len(quotes) - 1, -1, -1):
        if doubtful < 0 or (sure >= 0 and sure < doubtful):
            found[position] = sure
        else:
            # workers' union' has an apostrophe first; workers' and 'union' has not.
            found[position] = surer if surer >= 0 else doubtful
        quote = quotes[position]
        if quote.closes and quote.mark in closers and not (quote.mark == "“" and mark == "“"):
            if quote.doubtful:
                doubtful = position
                surer = sure if 0 <= sure < opener else -1
            else:
                sure = position
        if quote.opens and quote.mark == mark:
            opener = position
    return found
