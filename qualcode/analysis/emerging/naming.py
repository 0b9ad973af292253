"""What a group of passages is called to begin with, and the words that set it apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.comparing.words import log_odds
from qualcode.analysis.emerging.loose import Loose
from qualcode.analysis.likeness import Stem, terms_of
from qualcode.core.cues import WORD
from qualcode.core.model import Span

MOST_TERMS = 6
FEWEST_TERMS = 3
LEAST_TOLD = 1.0
LONGEST_NAME = 6
_TYPICAL = 3
_OWN_WORDS = 0.1
_PER_WORD = 0.04
_CLAUSE_END = re.compile(r"[.;:,!?\n()\[\]\"“”]|->|\s[-–—]\s|'\s|\s'|‘|’\s")


@dataclass(frozen=True, slots=True)
class Told:
    """What groups are described from: the terms of every segment; `held` counts the segments
    that have a term."""

    ordered: Sequence[Loose]
    passages: Sequence[Sequence[str]]
    held: Mapping[str, int]
    stem: Stem
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Label:
    """A name to begin with, whether it is somebody's own words, and the telling terms."""

    name: str
    in_vivo: bool
    terms: tuple[str, ...]


def label_group(typical: Sequence[int], told: Told) -> Label:
    """The label of the group with these segments, the most typical first."""
    worth = _worth(typical, told)
    ranked = [told.ordered[n] for n in typical]
    name, in_vivo = _name(ranked[:_TYPICAL], worth, told)
    shown = _as_said(list(worth), ranked, told.stem)
    return Label(
        name or ", ".join(shown[:FEWEST_TERMS]) or _opening(ranked[0].text), in_vivo, shown
    )


def _opening(text: str) -> str:
    """The first words of a segment, where no phrase says what the group shares."""
    return " ".join(text.split()[:LONGEST_NAME])


def _worth(members: Sequence[int], told: Told) -> dict[str, float]:
    """The terms that set the group apart, the most telling first, with how much each tells.

    By the log-odds of having the term in the group and elsewhere; 1.0 for the most telling.
    Two members have each; of few segments hardly any tells much, and then three are taken.
    """
    inside = Counter(t for n in members for t in set(told.passages[n]))
    elsewhere = {t: n - inside[t] for t, n in told.held.items()}
    odds = log_odds(inside, elsewhere, told.held)
    shared = [one for one in odds if one.first > 1 and one.z > 0][:MOST_TERMS]
    telling = [one for one in shared if one.z >= LEAST_TOLD] or shared[:FEWEST_TERMS]
    return {one.word: one.z / telling[0].z for one in telling}


def _as_said(terms: Sequence[str], members: Sequence[Loose], stem: Stem) -> tuple[str, ...]:
    """Each term in a form in which it was said: the dictionary form, else the most frequent."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in members:
        for word in WORD.findall(one.text):
            plain = word.replace("’", "'").lower()
            for term in terms_of(plain, stem):
                forms[term][plain] += 1
    return tuple(
        term if term in forms[term] else min(forms[term], key=lambda w: (-forms[term][w], w))
        for term in terms
    )


def _name(typical: Sequence[Loose], worth: Mapping[str, float], told: Told) -> tuple[str, bool]:
    """The phrase of up to six words that says most of the terms in fewest words.

    Somebody's own words are worth a little more than the researcher's.
    """
    best: tuple[float, str, bool] = (0.0, "", False)
    for loose in typical:
        for span in _clauses(loose.text):
            for start, end, says in _phrases(loose.text, span, worth, told):
                own = any(s.start <= start and end <= s.end for s in loose.spoken)
                score = round(says + (_OWN_WORDS if own else 0.0), 9)
                if score > best[0]:
                    best = (score, loose.text[start:end], own)
    return best[1], best[2]


def _clauses(text: str) -> Iterator[Span]:
    start = 0
    for match in _CLAUSE_END.finditer(text):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, len(text))


def _phrases(
    text: str, clause: Span, worth: Mapping[str, float], told: Told
) -> Iterator[tuple[int, int, float]]:
    """Stretches of a clause from one telling word to another, and how much they say."""
    words = [match.span() for match in WORD.finditer(text, clause.start, clause.end)]
    terms = [next(iter(terms_of(text[a:b], told.stem)), "") for a, b in words]
    # "a" is an article far more often than somebody's initial
    named = [b - a > 1 and text[a:b].lower() in told.names for a, b in words]
    for first in range(len(words)):
        if not terms[first] or named[first]:
            continue
        for last in range(first + 1, min(first + LONGEST_NAME, len(words))):
            if named[last]:
                break
            said = sum(worth.get(term, 0.0) for term in set(terms[first : last + 1]))
            if terms[last] and said:
                length = last - first + 1
                yield words[first][0], words[last][1], said - _PER_WORD * length
