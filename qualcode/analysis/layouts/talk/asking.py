"""Who of the speakers asks: the researcher's turns are never a participant's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from qualcode.analysis.layouts.talk.roles import answers, is_unknown, key_of, researchers_among
from qualcode.analysis.layouts.talk.turns import Turn

_FACTS = (
    "researcher",
    "researchers",
    "interviewer",
    "interviewers",
    "interviewed by",
    "conducted by",
    "facilitator",
    "facilitators",
    "moderator",
    "moderators",
)
_PARTS = re.compile(r"\s*(?:,|;|&|/|\band\b)\s*")
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ROLE_BEHIND = re.compile(
    r"[(\[](?:the )?(?:interviewer|researcher|facilitator|moderator)[)\]]$", re.I
)
FEWEST_TURNS = 3
ASKING = 0.3
TIMES_AS_OFTEN = 1.8


def find_researchers(
    names: Mapping[str, str],
    turns: Sequence[Turn],
    *,
    facts: Iterable[tuple[str, str]] = (),
    heads: Sequence[str] = (),
) -> tuple[frozenset[str], bool]:
    """The keys of the speakers who ask, and whether that is sure.

    Named so in the facts or in the head of the file, else by the label itself, else the one of
    two speakers whose turns are mostly questions.
    """
    told = [
        part
        for key, value in facts
        if key.casefold() in _FACTS
        for part in _PARTS.split(value)
        if part
    ]
    named = frozenset(key for name in (*told, *heads) for key in _same(name, names))
    if named:
        return named | _by_label(names), True
    labelled = _by_label(names)
    if labelled:
        return labelled, True
    return _by_questions(names, turns)


def _by_label(names: Mapping[str, str]) -> frozenset[str]:
    known = tuple(name for name in names.values() if not is_unknown(name))
    found = researchers_among(known)
    return frozenset(
        key for key, name in names.items() if name in found or _ROLE_BEHIND.search(name)
    )


def _same(name: str, names: Mapping[str, str]) -> list[str]:
    """The speakers that this name stands for: the name, one part of it, or its initials."""
    wanted = key_of(name)
    if wanted in names:
        return [wanted]
    words = [word.casefold() for word in _WORDS.findall(name)]
    initials = "".join(word[0] for word in words)
    found = []
    for key, other in names.items():
        theirs = [word.casefold() for word in _WORDS.findall(other)]
        is_part = len(theirs) == 1 < len(words) and (theirs[0] in words or key == initials)
        if is_part or (len(words) == 1 < len(theirs) and words[0] in theirs):
            found.append(key)
    return found if len(found) == 1 else []


def _by_questions(names: Mapping[str, str], turns: Sequence[Turn]) -> tuple[frozenset[str], bool]:
    people = [key for key, name in names.items() if not is_unknown(name)]
    if len(people) < 2:
        return frozenset(), True
    others = [key for key in people if not answers(names[key])]
    if len(others) == 1:
        return frozenset(others), True
    if len(people) > 2:
        return frozenset(), False
    shares: dict[str, float] = {}
    for key in people:
        own = [turn for turn in turns if turn.key == key]
        asked = sum(1 for turn in own if any("?" in line.text for line in turn.lines))
        shares[key] = asked / len(own) if len(own) >= FEWEST_TURNS else -1.0
    if min(shares.values()) < 0:
        return frozenset(), False
    low, high = sorted(people, key=lambda key: shares[key])
    if shares[high] >= ASKING and shares[high] >= TIMES_AS_OFTEN * shares[low]:
        return frozenset({high}), True
    return frozenset(), False
