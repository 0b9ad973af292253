"""Codes suggested by cues: which cues point to which code, and what the passage makes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from qualcode.analysis.denial import find_denial, find_skipped_denial, names_negation
from qualcode.analysis.matching import Hit, Matcher, WordForms
from qualcode.analysis.scoring import combine, cue_weight, pattern_weight
from qualcode.analysis.valence import SHIPPED, Reading, ValenceModel
from qualcode.core.codebook import is_in_use
from qualcode.core.cues import CueError, CueRule, can_skip, parse_cue, words_of
from qualcode.core.model import Code, Codebook, Document, Segment, Suggestion, Valence
from qualcode.core.patterns import TokenPattern, is_pattern, parse_pattern
from qualcode.core.text import short_key

MOST_SHOWN = 4

FindPatterns = Callable[[str], tuple[Hit, ...]]
PatternMaker = Callable[[Sequence[TokenPattern]], FindPatterns]
"""Makes token patterns ready: `rule` of each hit is the position of its pattern."""


@dataclass(frozen=True, slots=True)
class _Owner:
    """What a rule points to: a code or a lens, by its position in the codebook."""

    code: int | None
    lens: int | None
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
    """

    forms: WordForms
    denials: bool = True
    read: ValenceModel | None = SHIPPED
    patterns: PatternMaker | None = None
    deny: Callable[[str, int, int], str] | None = None


@dataclass(frozen=True, slots=True)
class _Passage:
    """One segment with what holds for all codes found in it.

    `lenses` are those that the words of the passage speak of, each with the first such words.
    """

    segment: Segment
    text: str
    lenses: Mapping[str, str]
    reading: Reading | None


class CueCoder:
    """A codebook's cues made ready for a language; called once per document."""

    def __init__(self, codebook: Codebook, means: Means, *, name: str) -> None:
        self._codes = tuple(code for code in codebook.codes if is_in_use(code))
        self._lenses = codebook.lenses
        self._lens_order = {lens.id: n for n, lens in enumerate(codebook.lenses)}
        self._name = name
        self._means = means
        owned = [
            *((cue, n, None) for n, code in enumerate(self._codes) for cue in code.cues),
            *((cue, None, n) for n, lens in enumerate(self._lenses) for cue in lens.cues),
        ]
        rules = [(rule, code, lens) for cue, code, lens in owned if (rule := _readable(cue))]
        patterns = [(made, code, lens) for cue, code, lens in owned if (made := _pattern(cue))]
        self._owners = [
            *(_Owner(code, lens, cue_weight(rule), _skips(rule)) for rule, code, lens in rules),
            *(_Owner(code, lens, pattern_weight(rule)) for rule, code, lens in patterns),
        ]
        self._matcher = Matcher([rule for rule, _, _ in rules], means.forms)
        self._first_pattern = len(rules)
        self._patterns: FindPatterns | None = None
        if patterns and means.patterns:
            self._patterns = means.patterns([rule for rule, _, _ in patterns])

    def __call__(self, document: Document, segments: Sequence[Segment]) -> Iterator[Suggestion]:
        for segment in segments:
            text = document.text[segment.span.start : segment.span.end]
            hits = self._find(text)
            if hits:
                yield from self._suggest(segment, text, hits)

    def _find(self, text: str) -> tuple[Hit, ...]:
        hits = self._matcher.find(text)
        if self._patterns is None:
            return hits
        more = self._patterns(text)
        return (*hits, *(replace(hit, rule=hit.rule + self._first_pattern) for hit in more))

    def _suggest(self, segment: Segment, text: str, hits: tuple[Hit, ...]) -> Iterator[Suggestion]:
        by_code: dict[int, list[_Found]] = {}
        lenses: dict[str, str] = {}
        for hit in hits:
            owner = self._owners[hit.rule]
            if owner.lens is not None:
                lenses.setdefault(self._lenses[owner.lens].id, text[hit.start : hit.end])
            if owner.code is not None:
                by_code.setdefault(owner.code, []).append(self._weigh(hit, owner, text))
        reading = None
        if self._means.read and any(self._codes[n].valence == "either" for n in by_code):
            reading = self._means.read(text, segment.unit.topic)
        passage = _Passage(segment, text, lenses, reading)
        for n in sorted(by_code):
            yield self._suggestion(passage, self._codes[n], by_code[n])

    def _weigh(self, hit: Hit, owner: _Owner, text: str) -> _Found:
        denial = ""
        if self._means.denials and owner.code is not None:
            valence = self._codes[owner.code].valence
            denial = find_denial(text, hit.start, hit.end, valence=valence)
            if not denial and self._means.deny:
                denial = self._means.deny(text, hit.start, hit.end)
            if owner.skips:
                skipped = find_skipped_denial(text[hit.start : hit.end])
                # "nobody says the culture is not rigid": the two denials are none
                denial = "" if denial and skipped else denial or skipped
        return _Found(text[hit.start : hit.end], hit.rule, owner.weight, denial)

    def _suggestion(self, passage: _Passage, code: Code, found: list[_Found]) -> Suggestion:
        said = [one for one in found if not one.denial]
        meant = said or found
        weights = {one.rule: one.weight for one in meant}
        reading = passage.reading if said and code.valence == "either" else None
        added = sorted(passage.lenses.keys() - set(code.lenses), key=self._lens_order.__getitem__)
        because = [f'lens {lens_id}: "{passage.lenses[lens_id]}"' for lens_id in added]
        if reading and reading.because:
            because.insert(0, reading.because)
        return Suggestion(
            doc_id=passage.segment.doc_id,
            span=passage.segment.span,
            code_id=code.id,
            valence=_valence(code, reading, denied=not said),
            # the code's lenses stand first, in the analyst's order, then what the passage adds
            lenses=(*code.lenses, *added),
            score=combine(weights.values(), denied=not said),
            why="; ".join([_explain(meant), *because]),
            suggester=self._name,
            key=short_key(self._name, code.id, passage.text),
        )


def cue_patterns(codebook: Codebook) -> tuple[TokenPattern, ...]:
    """The token patterns among the cues of a codebook that can be read, in its order."""
    codes = [code.cues for code in codebook.codes if is_in_use(code)]
    cues = (cue for held in (*codes, *(lens.cues for lens in codebook.lenses)) for cue in held)
    return tuple(pattern for cue in cues if (pattern := _pattern(cue)))


def _readable(cue: str) -> CueRule | None:
    """The cue, read; one that cannot be was reported when the codebook was checked."""
    try:
        return None if is_pattern(cue) else parse_cue(cue)
    except CueError:
        return None


def _pattern(cue: str) -> TokenPattern | None:
    try:
        return parse_pattern(cue) if is_pattern(cue) else None
    except CueError:
        return None


def _skips(rule: CueRule) -> bool:
    sequences = (rule.main, rule.near.sequence) if rule.near else (rule.main,)
    named = " ".join(word.pattern for sequence in sequences for word in words_of(sequence))
    return can_skip(rule) and not names_negation(named)


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
