"""Where a stretch of English begins or ends a sentence, as spaCy's rules for English have it.

spaCy is slow to load and every command that counts segments needs sentences, so its rules
for full stops are written out here; `tests/test_sentences.py` holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.plugins.segmenters.stretches import Stretch, is_punctuation

STOPS = "!.?"
_QUOTES = "'\"“”‘’`„«»‹›′″"
_MARKS = ",:;!?¿¡()[]{}<>_#*&·…"
_PREFIX = re.compile(rf"\.\.+|[{re.escape(_QUOTES + _MARKS)}§%=—–£$€]|\+(?!\d)")
_SUFFIX = re.compile(rf"(?:\.\.+|[{re.escape(_QUOTES + _MARKS)}—–])$")
_BEFORE_STOP = frozenset(f"{_QUOTES}{_MARKS}%²-+")
# "end.Next": a full stop between a small letter and a capital, with marks of speech or without.
_INSIDE = re.compile(rf"(?<=[a-z{_QUOTES}])(?:\.\.+|…|\.)(?=[A-Z{_QUOTES}])|\.\.+|…")
# Their full stop ends no sentence; that of an initial ("J. Smith") never does.
_SHORTENED = re.compile(
    r"""(?:^|[-–—,:])
      (?:[a-z]|Mr|Mrs|Ms|Dr|Prof|St|Jr|Rev|Gen|Gov|Sen|Rep|Adm|Messrs|Mt|Ph\.D
        |Bros|Co|co|Corp|Inc|Ltd|vs|v\.s|[eE]\.g|[iI]\.e|(?:\d{1,2})?[ap]\.m
        |Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec
        |Ak|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ia|Id|Ill|Ind|Kan|Kans|Ky|La|Mass|Md|Mich|Minn
        |Miss|Mo|Mont|Neb|Nebr|Nev|Okla|Ore|Pa|Tenn|Va|Wash|Wis)\.$""",
    re.VERBOSE,
)


def look(words: str, *, ended: bool) -> Stretch:
    """Where sentences begin in a stretch without white space.

    Args:
        words: the stretch, with the marks that stand at it.
        ended: whether a sentence has ended before it.

    >>> look("left.", ended=True)
    Stretch(starts=(0,), ended=True)
    """
    starts: list[int] = []
    for at, token in _tokens(words):
        if token in STOPS:
            ended = True
        elif ended and not is_punctuation(token):
            starts.append(at)
            ended = False
    return Stretch(tuple(starts), ended)


def _tokens(words: str) -> Iterator[tuple[int, str]]:
    """The marks around the words, one by one, and the words between them."""
    start, end = 0, len(words)
    behind: list[tuple[int, str]] = []
    while start < end:
        if prefix := _PREFIX.match(words, start, end):
            yield start, prefix.group()
            start = prefix.end()
        elif length := _suffix(words[start:end]):
            end -= length
            behind.append((end, words[end : end + length]))
        else:
            break
    at = start
    for stop in _INSIDE.finditer(words, start, end) if "://" not in words else ():
        if _SHORTENED.search(words[start : stop.end()]):
            continue
        yield at, words[at : stop.start()]
        yield stop.start(), stop.group()
        at = stop.end()
    if at < end:
        yield at, words[at:end]
    yield from reversed(behind)


def _suffix(words: str) -> int:
    """How many characters at the end are a mark by themselves."""
    if match := _SUFFIX.search(words):
        return len(match.group())
    return int(words[-1] == "." and not _SHORTENED.search(words) and _parts(words[:-1]))


def _parts(before: str) -> bool:
    """Whether a full stop behind this is a mark by itself; behind an initial it is not."""
    last = before[-1:]
    if last.islower() or last.isdigit() or last in _BEFORE_STOP:
        return True
    return len(before) > 1 and before[-2:].isalpha() and before[-2:].isupper()
