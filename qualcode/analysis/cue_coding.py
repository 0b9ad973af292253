"""Codes suggested by cues: which cues point to which code, and what the passage makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from qualcode.analysis.cue_finding import CueFinder, PatternMaker, readable_pattern
from qualcode.analysis.denial import (
    find_denial,
    find_denied_lack,
    find_lack,
    find_skipped_denial,
    names_negation,
)
from qualcode.analysis.lenses import LensModel, Look
from qualcode.analysis.matching import Hit, WordForms, find_longest
from qualcode.analysis.scoring import combine, cue_weight, pattern_weight, strengthen
from qualcode.analysis.valence import SHIPPED, Reading, ValenceModel
from qualcode.core.codebook import is_in_use
from qualcode.core.cues import CueRule, can_skip, words_of
from qualcode.core.model import Code, Codebook, Document, Segment, Suggestion, Valence
from qualcode.core.patterns import TokenPattern
from qualcode.core.text import short_key

MOST_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Owner:
    """What a rule points to: a code, by its position in the codebook."""

    code: int
    weight: float
    skips: bool = False  # it can skip words, of which none is a negation of its own


@dataclass(frozen=True, slots=True)
class _Found:
    """One hit on a segment: the words matched, what they weigh, and what denies them."""

    words: str
    rule: int
    weight: float
    denial: str


@dataclass(frozen=True, slots=True)
class Means:
    """What a language gives to the finding of cues.

    `denials` and `read` (which gives a code marked `either` the valence of the passage) are
    known for English; without `read` such a code is neutral. `patterns` makes token patterns
    ready; without it they find nothing. `deny` finds denials that the words alone do not show.
    `lenses` reads at which levels a passage speaks; without it the code's own lenses stand.
    """

    forms: WordForms
    denials: bool = True
    read: ValenceModel | None = SHIPPED
    patterns: PatternMaker | None = None
    deny: Callable[[str, int, int], str] | None = None
    lenses: LensModel | None = None


@dataclass(frozen=True, slots=True)
class _Passage:
    """One segment with what holds for all codes found in it."""

    segment: Segment
    text: str
    look: Look | None
    reading: Reading | None


class CueCoder:
    """A codebook's cues made ready for a language; called once per document."""

    def __init__(self, codebook: Codebook, means: Means, *, name: str) -> None:
        self._codes = tuple(code for code in codebook.codes if is_in_use(code))
        self._name = name
        self._means = means
        owned = ((n, cue) for n, code in enumerate(self._codes) for cue in code.cues)
        self._finder = CueFinder(owned, means.forms, means.patterns)
        self._owners = [
            *(_Owner(code, cue_weight(rule), _skips(rule)) for code, rule in self._finder.rules),
            *(_Owner(code, pattern_weight(rule)) for code, rule in self._finder.patterns),
        ]

    def __call__(self, document: Document, segments: Sequence[Segment]) -> Iterator[Suggestion]:
        for segment in segments:
            text = document.text[segment.span.start : segment.span.end]
            hits = self._finder.find(text)
            if hits:
                yield from self._suggest(segment, text, hits)

    def _suggest(self, segment: Segment, text: str, hits: tuple[Hit, ...]) -> Iterator[Suggestion]:
        by_code: dict[int, list[Hit]] = {}
        for hit in hits:
            by_code.setdefault(self._owners[hit.rule].code, []).append(hit)
        reading = None
        if self._means.read and any(self._codes[n].valence == "either" for n in by_code):
            reading = self._means.read(text, segment.unit.topic)
        look = self._means.lenses.look(text) if self._means.lenses else None
        passage = _Passage(segment, text, look, reading)
        for n in sorted(by_code):
            yield self._suggestion(passage, self._codes[n], self._weigh(by_code[n], text))

    def _weigh(self, hits: list[Hit], text: str) -> list[_Found]:
        """What the hits of one code weigh; of those that overlap the longest stands for all."""
        apart = hits if len(hits) == 1 else find_longest(hits)
        return [self._weigh_one(hit, self._owners[hit.rule], text) for hit in apart]

    def _weigh_one(self, hit: Hit, owner: _Owner, text: str) -> _Found:
        if not self._means.denials:
            return _Found(text[hit.start : hit.end], hit.rule, owner.weight, "")
        valence = self._codes[owner.code].valence
        start = hit.start if valence == "catalyst" else find_lack(text, hit.start)
        if start == hit.start or _hinders(text[hit.start : hit.end]):
            denial = self._denial(hit, owner, text)
            return _Found(text[hit.start : hit.end], hit.rule, owner.weight, denial)
        words = text[start : hit.end]
        if valence == "either":  # which way it points is for the whole passage to say
            return _Found(words, hit.rule, owner.weight, "")
        denial = find_denied_lack(text, start, hit.end)
        return _Found(words, hit.rule, strengthen(owner.weight), denial)

    def _denial(self, hit: Hit, owner: _Owner, text: str) -> str:
        valence = self._codes[owner.code].valence
        denial = find_denial(text, hit.start, hit.end, valence=valence)
        if not denial and self._means.deny:
            denial = self._means.deny(text, hit.start, hit.end)
        if owner.skips:
            skipped = find_skipped_denial(text[hit.start : hit.end])
            # "nobody says the culture is not rigid": the two denials are none
            denial = "" if denial and skipped else denial or skipped
        return denial

    def _suggestion(self, passage: _Passage, code: Code, found: list[_Found]) -> Suggestion:
        said = [one for one in found if not one.denial]
        meant = said or found
        weights = {one.rule: one.weight for one in meant}
        reading = passage.reading if said and code.valence == "either" else None
        read = passage.look.offer(code.lenses) if passage.look else None
        because = [reading.because] if reading and reading.because else []
        return Suggestion(
            doc_id=passage.segment.doc_id,
            span=passage.segment.span,
            code_id=code.id,
            valence=_valence(code, reading, denied=not said),
            lenses=read.lenses if read else code.lenses,
            score=combine(weights.values(), denied=not said),
            why="; ".join([_explain(meant), *because, *(read.because if read else ())]),
            suggester=self._name,
            key=short_key(self._name, code.id, passage.text),
        )


def cue_patterns(codebook: Codebook) -> tuple[TokenPattern, ...]:
    """The token patterns among the cues of a codebook that can be read, in its order."""
    codes = [code.cues for code in codebook.codes if is_in_use(code)]
    cues = (cue for held in (*codes, *(lens.cues for lens in codebook.lenses)) for cue in held)
    return tuple(pattern for cue in cues if (pattern := readable_pattern(cue)))


def _skips(rule: CueRule) -> bool:
    sequences = (rule.main, rule.near.sequence) if rule.near else (rule.main,)
    named = " ".join(word.pattern for sequence in sequences for word in words_of(sequence))
    return can_skip(rule) and not names_negation(named)


def _hinders(words: str) -> bool:
    """Whether the words of a cue name a hindrance, of which a lack is none."""
    return SHIPPED(words).valence == "obstacle"


def _valence(code: Code, reading: Reading | None, *, denied: bool) -> Valence:
    """Fixed by the code, or read from the passage; a denied code is neutral."""
    if denied:
        return "neutral"
    if code.valence != "either":
        return code.valence
    return reading.valence if reading else "neutral"


def _explain(found: list[_Found]) -> str:
    words: list[str] = []
    denials: list[str] = []
    for one in found:
        if one.words.lower() not in (word.lower() for word in words):
            words.append(one.words)
        if one.denial and one.denial not in denials:
            denials.append(one.denial)
    shown = "; ".join(f'"{word}"' for word in words[:MOST_SHOWN])
    more = f" and {len(words) - MOST_SHOWN} more" if len(words) > MOST_SHOWN else ""
    denied = f'; denied by "{denials[0]}"' if denials else ""
    return f"matches {shown}{more}{denied}"
