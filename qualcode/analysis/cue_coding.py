"""Codes suggested by cues: which cues point to which code, and what the passage makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.analysis.denial import find_denial, find_skipped_denial, names_negation
from qualcode.analysis.matching import Hit, Matcher, WordForms
from qualcode.analysis.scoring import combine, cue_weight
from qualcode.analysis.valence import passage_valence
from qualcode.core.codebook import is_in_use
from qualcode.core.cues import CueError, CueRule, can_skip, parse_cue, words_of
from qualcode.core.model import Code, Codebook, Document, Segment, Suggestion, Valence
from qualcode.core.text import short_key

MOST_SHOWN = 4


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


class CueCoder:
    """A codebook's cues made ready for a language; called once per document."""

    def __init__(self, codebook: Codebook, forms: WordForms, *, name: str, denials: bool) -> None:
        self._codes = tuple(code for code in codebook.codes if is_in_use(code))
        self._lenses = codebook.lenses
        self._lens_order = {lens.id: n for n, lens in enumerate(codebook.lenses)}
        self._name = name
        self._denials = denials
        self._owners: list[_Owner] = []
        rules: list[CueRule] = []
        for n, code in enumerate(self._codes):
            for rule in _readable(code.cues):
                rules.append(rule)
                self._owners.append(_Owner(n, None, cue_weight(rule), _skips(rule)))
        for n, lens in enumerate(codebook.lenses):
            for rule in _readable(lens.cues):
                rules.append(rule)
                self._owners.append(_Owner(None, n, 0.0))
        self._matcher = Matcher(rules, forms)

    def __call__(self, document: Document, segments: Sequence[Segment]) -> Iterator[Suggestion]:
        for segment in segments:
            text = document.text[segment.span.start : segment.span.end]
            hits = self._matcher.find(text)
            if hits:
                yield from self._suggest(segment, text, hits)

    def _suggest(self, segment: Segment, text: str, hits: tuple[Hit, ...]) -> Iterator[Suggestion]:
        by_code: dict[int, list[_Found]] = {}
        lenses: list[str] = []
        for hit in hits:
            owner = self._owners[hit.rule]
            if owner.lens is not None:
                lens_id = self._lenses[owner.lens].id
                if lens_id not in lenses:
                    lenses.append(lens_id)
            if owner.code is not None:
                by_code.setdefault(owner.code, []).append(self._weigh(hit, owner, text))
        for n in sorted(by_code):
            yield self._suggestion(segment, text, self._codes[n], by_code[n], lenses)

    def _weigh(self, hit: Hit, owner: _Owner, text: str) -> _Found:
        denial = ""
        if self._denials and owner.code is not None:
            valence = self._codes[owner.code].valence
            denial = find_denial(text, hit.start, hit.end, valence=valence)
            if owner.skips:
                skipped = find_skipped_denial(text[hit.start : hit.end])
                # "nobody says the culture is not rigid": the two denials are none
                denial = "" if denial and skipped else denial or skipped
        return _Found(text[hit.start : hit.end], hit.rule, owner.weight, denial)

    def _suggestion(
        self, segment: Segment, text: str, code: Code, found: list[_Found], lenses: list[str]
    ) -> Suggestion:
        said = [one for one in found if not one.denial]
        meant = said or found
        weights = {one.rule: one.weight for one in meant}
        return Suggestion(
            doc_id=segment.doc_id,
            span=segment.span,
            code_id=code.id,
            valence=_valence(code, text, denied=not said),
            # the code's lenses stand first, in the analyst's order, then what the passage adds
            lenses=(
                *code.lenses,
                *sorted(set(lenses) - set(code.lenses), key=self._lens_order.__getitem__),
            ),
            score=combine(weights.values(), denied=not said),
            why=_explain(meant),
            suggester=self._name,
            key=short_key(self._name, code.id, text),
        )


def _readable(cues: tuple[str, ...]) -> Iterator[CueRule]:
    """The cues that can be read; the others were reported when the codebook was checked."""
    for cue in cues:
        try:
            yield parse_cue(cue)
        except CueError:
            continue


def _skips(rule: CueRule) -> bool:
    sequences = (rule.main, rule.near.sequence) if rule.near else (rule.main,)
    named = " ".join(word.pattern for sequence in sequences for word in words_of(sequence))
    return can_skip(rule) and not names_negation(named)


def _valence(code: Code, text: str, *, denied: bool) -> Valence:
    """Fixed by the code, or read from the passage; a denied code is neutral."""
    if code.valence == "either":
        return "neutral" if denied else passage_valence(text)
    return "neutral" if denied else code.valence


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
