"""What a passage says for and against, as numbers: words found, denied, wished for, asked for.

Every feature is a count of at most two or a yes or no, so that a long passage does not shout
down a short one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from qualcode.analysis.denial import find_denial
from qualcode.analysis.matching import Hit, Matcher, WordForms
from qualcode.analysis.valence.words import (
    CONTRASTS,
    HELPS,
    HINDERS,
    PAST,
)
from qualcode.core.cues import parse_cue
from qualcode.core.model import CodeValence

MOST_COUNTED = 2
_REACH = 60  # characters before a word in which it is denied, supposed or wished for

_OTHERS = {"contrast": CONTRASTS, "past": PAST}
_NOTHING = re.compile(
    r"""^\W*(?:
        (?:nothing|none|nope|nil|no|not\s+(?:a\s+lot|much|really|that|applicable)|n/?a)\b
          (?!\s+\w+\s+\w+\s+\w)
        | nothing\b | none\s+(?:that|of|at\s+all)
        | (?:I\s+)?(?:can|could)(?:['’]?t|not)\s*(?:\W*$|(?:think|say|complain|fault)\b))""",
    re.VERBOSE | re.IGNORECASE,
)
_ORDER = re.compile(
    r"""^\W*(?:please\s+)?(?:have|give|stop|let|make|send|bring|get|put|employ|answer|listen|provide
        |tell|explain|be|change|train|use|try|don['’]?t|do\s+not|not|ask|add|allow|show|hire|cut
        |keep\s+(?!it|up|doing|going)|ensure)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_WANTED = re.compile(
    r"\b(?:would|could|should|might|need(?:s|ed)?|wish(?:es|ed)?|hop(?:e|es|ed|ing)|if|more"
    r"|lack\s+of|want(?:s|ed)?|ought)\b[^.;:!?,]{0,24}$",
    re.IGNORECASE,
)
_NOTHING_BEFORE = re.compile(r"\bnothing\s+(?!but\b|short\b)(?:[^\W_]+\s+){0,3}$", re.IGNORECASE)
_SUPPOSED = re.compile(
    r"(?:^|[.;:!?,]\s+)(?:if|should|in\s+case|any|suppose|whether)\b[^.;:!?,]{0,40}$", re.IGNORECASE
)
_BETTER_IN = re.compile(
    r"\b(?:improve|better|change|differently|wish|missing|need)\b", re.IGNORECASE
)

NAMES: tuple[str, ...] = (
    *HINDERS,
    *HELPS,
    *_OTHERS,
    "nothing",
    "order",
    "hindrance only supposed",
    "denied help",
    "help only wished for",
    "question",
    "asked what hinders",
    "asked what helps",
    "asked what to improve",
    "nothing, asked what hinders",
    "nothing, asked what helps",
    "nothing, asked what to improve",
)


@dataclass(frozen=True, slots=True)
class Features:
    """The figures, in the order of NAMES, and the words that hinder and that help."""

    values: tuple[float, ...]
    hindering: tuple[str, ...]
    helping: tuple[str, ...]


@lru_cache(maxsize=1)
def _ready() -> tuple[Matcher, tuple[str, ...]]:
    groups = {**HINDERS, **HELPS, **_OTHERS}
    owned = [(name, parse_cue(cue)) for name, cues in groups.items() for cue in cues]
    as_written = WordForms(lambda word: frozenset((word,)), lambda word: frozenset((word.lower(),)))
    return Matcher([rule for _, rule in owned], as_written), tuple(name for name, _ in owned)


def find_features(text: str, topic: str = "") -> Features:
    """What the passage says, and what was asked of it (`topic`: guide question or heading)."""
    matcher, owners = _ready()
    counts: Counter[str] = Counter()
    words: dict[bool, list[str]] = {True: [], False: []}
    for hit in _longest(matcher.find(text)):
        name, hinders, start = _meaning(text, hit, owners[hit.rule])
        counts[name] += 1
        if hinders is not None:
            words[hinders].append(text[start : hit.end])
    counts["nothing"] += bool(_NOTHING.search(text))
    counts["order"] += bool(_ORDER.search(text))
    counts["question"] += text.rstrip(" '\"’”").endswith("?")
    if asked := asked_about(topic):
        counts[f"asked what {asked}"] += 1
        counts[f"nothing, asked what {asked}"] += counts["nothing"]
    values = tuple(float(min(counts[name], MOST_COUNTED)) for name in NAMES)
    return Features(values, tuple(words[True]), tuple(words[False]))


def _longest(hits: tuple[Hit, ...]) -> list[Hit]:
    """The hits that no longer one overlaps: "could not fault" is praise and no failure."""
    kept: list[Hit] = []
    taken = bytearray(max((hit.end for hit in hits), default=0))
    for hit in sorted(hits, key=lambda one: (one.start - one.end, one.start, one.rule)):
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            kept.append(hit)
    return sorted(kept, key=lambda one: one.start)


def _meaning(text: str, hit: Hit, name: str) -> tuple[str, bool | None, int]:
    """The feature that counts these words, whether they hinder, and where they begin.

    They hinder (True), help (False) or speak for neither side (None). What denies a help
    belongs to the words: "not useful".
    """
    if name in _OTHERS:
        return name, None, hit.start
    first = max(0, hit.start - _REACH)
    before = text[first : hit.start]
    nothing = _NOTHING_BEFORE.search(before)
    valence: CodeValence = "obstacle" if name in HINDERS else "catalyst"
    denial = nothing.group() if nothing else ""
    denial = denial or find_denial(text, hit.start, hit.end, valence=valence)
    if valence == "obstacle":
        if denial:
            return "denied hindrance", None, hit.start
        if _SUPPOSED.search(before):
            return "hindrance only supposed", None, hit.start
        return name, True, hit.start
    if denial:
        at = before.rfind(denial)
        return "denied help", True, first + at if at >= 0 else hit.start
    if _WANTED.search(before):
        return "help only wished for", None, hit.start
    return name, False, hit.start


@lru_cache(maxsize=2048)
def asked_about(topic: str) -> str | None:
    """What a question or heading asks for: "hinders", "helps", "to improve", or None.

    One that asks for both ("what helps and what hinders?") asks for neither in particular.

    >>> asked_about("3. What gets in the way?")
    'hinders'
    """
    if not topic:
        return None
    matcher, owners = _ready()
    names = {owners[hit.rule] for hit in _longest(matcher.find(topic))}
    hinders, helps = bool(names & set(HINDERS)), bool(names & set(HELPS))
    if _BETTER_IN.search(topic) and not hinders:
        return "to improve"
    if hinders == helps:
        return None
    return "hinders" if hinders else "helps"
