"""What a passage says for and against, as numbers: words found, denied, wished for, asked for.

Every feature is a count of at most two or a yes or no, so that a long passage does not shout
down a short one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from qualcode.analysis.denial import WINDOW, find_denial
from qualcode.analysis.matching import Hit, Matcher, WordForms, find_longest
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
FIRST_ASKED = NAMES.index("asked what hinders")
MANNERS = {
    "contrast": "a contrast is drawn",
    "past": "the past is set against the present",
    "order": "something is demanded",
    "nothing": "nothing is named",
    "hindrance only supposed": "a hindrance is only supposed",
    "help only wished for": "help is only wished for",
}
"""Features that stand for no words of a side, in words a person understands."""


@dataclass(frozen=True, slots=True)
class Features:
    """The figures, in the order of NAMES, and the words that hinder and that help.

    `plain` are those of them that are not denied.
    """

    values: tuple[float, ...]
    hindering: tuple[str, ...]
    helping: tuple[str, ...]
    plain: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _ready() -> tuple[Matcher, tuple[str, ...]]:
    groups = {**HINDERS, **HELPS, **_OTHERS}
    owned = [(name, parse_cue(cue)) for name, cues in groups.items() for cue in cues]
    as_written = WordForms(lambda word: frozenset((word,)), lambda word: frozenset((word.lower(),)))
    return Matcher([rule for _, rule in owned], as_written), tuple(name for name, _ in owned)


def find_features(
    text: str, topic: str = "", is_left_out: Callable[[str], bool] | None = None
) -> Features:
    """What the passage says, and what was asked of it (`topic`: guide question or heading).

    Words that are left out count only where they are denied, or wished for.
    """
    matcher, owners = _ready()
    counts = dict.fromkeys(NAMES, 0)
    words: dict[bool, list[str]] = {True: [], False: []}
    plain = []
    for hit in find_longest(matcher.find(text)):  # "could not fault" is praise and no failure
        owner = owners[hit.rule]
        name, hinders, span = _meaning(text, hit, owner)
        said = text[slice(*span)]
        if name == owner and hinders is not None:
            if is_left_out and is_left_out(said):
                continue
            plain.append(said)
        counts[name] = counts.get(name, 0) + 1
        if hinders is not None:
            words[hinders].append(said)
    counts["nothing"] += bool(_NOTHING.match(text))
    counts["order"] += bool(_ORDER.match(text))
    counts["question"] += text.rstrip(" '\"’”").endswith("?")
    if asked := asked_about(topic):
        counts[f"asked what {asked}"] += 1
        counts[f"nothing, asked what {asked}"] += counts["nothing"]
    values = tuple([float(min(counts[name], MOST_COUNTED)) for name in NAMES])
    return Features(values, tuple(words[True]), tuple(words[False]), tuple(plain))


def _meaning(text: str, hit: Hit, name: str) -> tuple[str, bool | None, tuple[int, int]]:
    """The feature that counts these words, whether they hinder, and where they stand.

    They hinder (True), help (False) or speak for neither side (None). What denies a help
    belongs to the words: "not useful".
    """
    span = (hit.start, hit.end)
    if name in _OTHERS:
        return name, None, span
    first = max(0, hit.start - _REACH)
    before = text[first : hit.start]
    nothing = _NOTHING_BEFORE.search(before)
    valence: CodeValence = "obstacle" if name in HINDERS else "catalyst"
    denial = nothing.group() if nothing else ""
    denial = denial or find_denial(text, hit.start, hit.end, valence=valence)
    if valence == "obstacle":
        if denial:
            return "denied hindrance", None, span
        if _SUPPOSED.search(before):
            return "hindrance only supposed", None, span
        return name, True, span
    if denial:
        return "denied help", True, _with_denial(text, hit, denial)
    if _WANTED.search(before):
        return "help only wished for", None, span
    return name, False, span


def _with_denial(text: str, hit: Hit, denial: str) -> tuple[int, int]:
    """The words with what denies them, before or behind."""
    first = max(0, hit.start - _REACH)
    if (at := text.rfind(denial, first, hit.start)) >= 0:
        return at, hit.end
    behind = text.find(denial, hit.end, hit.end + WINDOW)
    return hit.start, behind + len(denial) if behind >= 0 else hit.end


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
    names = {owners[hit.rule] for hit in find_longest(matcher.find(topic))}
    hinders, helps = bool(names & set(HINDERS)), bool(names & set(HELPS))
    if _BETTER_IN.search(topic) and not hinders:
        return "to improve"
    if hinders == helps:
        return None
    return "hinders" if hinders else "helps"
