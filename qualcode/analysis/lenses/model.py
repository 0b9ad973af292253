"""At which levels a passage speaks: one small logistic regression for each lens.

The weights that ship stand for rules: a cue of the lens, or words for people, occupations or
organisations, add a lens; the code's own lenses stay. A project's reviewed codings adjust
them by words, by the same features and by what passages mean, the more freely the more there
are. For a lens of the project's own, of which the rules know only its cues, that is most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from qualcode.analysis.cue_finding import CueFinder, PatternMaker
from qualcode.analysis.learning.side import Side, fit_side, words_and_pairs
from qualcode.analysis.lenses.features import MOST_COUNTED, Features, features, group_rules
from qualcode.analysis.lenses.words import GROUPS, KINDS, LEVELS, PRONOUNS, WEIGHTS
from qualcode.analysis.matching import WordForms
from qualcode.analysis.meaning import unit_rows
from qualcode.core.learning import ReviewedLenses
from qualcode.core.model import Lens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

Encode = Callable[[Sequence[str]], Any]
"""Turns texts into rows of length 1 (`analysis.meaning.Encoder`)."""

LEAST_REVIEWED = 10
"""Below that many reviewed passages, the rules stay as they are."""
# How freely it learns: the more passages, the freer (measured on the half for tuning).
_LEAST_FREE, _MOST_FREE, _PASSAGES_EACH = 0.05, 3.0, 300
_MEANING = 2.0  # what meaning weighs beside words and features
MOST_SHOWN = 3
_BIAS = -1.25
_OF_CUE, _OF_CODE = 2.5, 4.0  # one cue is enough; a code's own lens stays
# What it takes to add a lens to those of a code: an analyst has said how it speaks.
_BESIDE_OWN = 1.0


@dataclass(frozen=True, slots=True)
class Offered:
    """Lenses of a suggestion: the code's first, then what the passage adds; and why."""

    lenses: tuple[str, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Side:
    """A lens, what the rules say of it, and what the project made of them.

    `is_known` where the rules know more of it than its cues.
    """

    lens: Lens
    rules: Side
    side: Side
    is_known: bool

    @property
    def has_learned(self) -> bool:
        return self.side is not self.rules

    @property
    def of_code(self) -> float:
        """What it adds that the lens is one of the code's own, in log-odds."""
        return self.side.weights[-1]


@dataclass(frozen=True, slots=True)
class _Said:
    """What is found in one passage: groups of words, cues of each lens, and all its words."""

    found: Features
    cues: Mapping[str, tuple[str, ...]]
    words: tuple[str, ...]

    def values(self, lens_id: str, *, is_of_code: bool) -> tuple[float, ...]:
        """The features for a lens, in the order of its weights."""
        cues = min(MOST_COUNTED, len(self.cues.get(lens_id, ())))
        return (*self.found.values, float(cues), float(is_of_code))


@dataclass(frozen=True, slots=True)
class Look:
    """At which levels one passage speaks; asked once for each of its codes.

    `logits` say how strongly it speaks at each, the code aside: above 0 where more likely
    than not.
    """

    sides: tuple[_Side, ...]
    said: _Said
    logits: tuple[float, ...]

    def offer(self, code_lenses: Sequence[str] = ()) -> Offered:
        """The lenses of a suggestion for a code with these lenses of its own."""
        heard = tuple(zip(self.sides, self.logits, strict=True))
        needed = _BESIDE_OWN if code_lenses else 0.0
        gone = {
            one.lens.id
            for one, logit in heard
            if one.lens.id in code_lenses and one.has_learned and logit + one.of_code <= 0
        }
        added = [one for one, logit in heard if logit > needed and one.lens.id not in code_lenses]
        if not (gone or added):  # most of them
            return Offered(tuple(code_lenses), ())
        kept = [lens_id for lens_id in code_lenses if lens_id not in gone]
        because = [self._because(one) for one in added]
        because += [
            f"lens {lens_id} left out: learned" for lens_id in code_lenses if lens_id in gone
        ]
        return Offered((*kept, *[one.lens.id for one in added]), tuple(because))

    def _because(self, one: _Side) -> str:
        """The words that speak for a lens: its cues, then the groups', then what was learned."""
        found: dict[str, tuple[str, str]] = {}
        for kind, word in (*self._cues(one), *self._words_of_groups(one)):
            plain = " ".join(word.split())
            found.setdefault(plain.lower(), (kind, f'"{plain}"'))
        if not found:
            word = one.side.loudest(self.said.words)
            return f"lens {one.lens.id}: learned" + (f' "{word}"' if word else "")
        shown = groupby(list(found.values())[:MOST_SHOWN], key=itemgetter(0))
        return f"lens {one.lens.id}: " + ", ".join(
            ", ".join(word for _, word in held) + (f" ({kind})" if kind else "")
            for kind, held in shown
        )

    def _cues(self, one: _Side) -> Iterator[tuple[str, str]]:
        return (("", word) for word in self.said.cues.get(one.lens.id, ()))

    def _words_of_groups(self, one: _Side) -> Iterator[tuple[str, str]]:
        """What each word is, and the word; pronouns last, which say least."""
        weights = dict(zip(GROUPS, one.side.weights, strict=False))
        for group in sorted(self.said.found.words, key=PRONOUNS.__contains__):
            if weights[group] > 0:
                yield from ((KINDS[group], word) for word in self.said.found.words[group])


@dataclass(frozen=True, slots=True)
class LensCues:
    """A codebook's lenses with their cues made ready for a language.

    `finder` finds the cues of lenses and, in English, the words of GROUPS in one look.
    """

    lenses: tuple[Lens, ...]
    finder: CueFinder[Lens | str]

    @classmethod
    def of(
        cls,
        lenses: Sequence[Lens],
        forms: WordForms,
        *,
        patterns: PatternMaker | None = None,
        reads_words: bool = True,
    ) -> LensCues:
        owned = [(lens, cue) for lens in lenses for cue in lens.cues]
        written = group_rules() if reads_words and lenses else ()
        return cls(tuple(lenses), CueFinder(owned, forms, patterns, written=written))

    def cues(self, text: str) -> Mapping[str, tuple[str, ...]]:
        """The words of a passage that are cues of each lens."""
        return self.said(text, words=False).cues

    def said(self, text: str, *, words: bool) -> _Said:
        """What is found in a passage; its single words only where they are asked for."""
        cues: dict[str, tuple[str, ...]] = {}
        of_groups: list[tuple[int, str, str]] = []
        for hit in self.finder.find(text):
            owner, word = self.finder.owners[hit.rule], text[hit.start : hit.end]
            if isinstance(owner, Lens):
                cues[owner.id] = (*cues.get(owner.id, ()), word)
            else:
                of_groups.append((hit.start, owner, word))
        of_groups.sort(key=itemgetter(0))
        found = features((held[1:] for held in of_groups), text.count(" ") + 1)
        return _Said(found, cues, words_and_pairs(text) if words else ())


@dataclass(frozen=True, slots=True)
class _Meaning:
    """How meaning speaks for each lens: one direction each, and what all passages share."""

    encoder: Encode
    mean: Vectors
    directions: Vectors

    def of(self, texts: Sequence[str]) -> list[list[float]]:
        """What the meaning of each passage adds for each lens, in log-odds."""
        added = _meanings(self.encoder, texts, self.mean) @ self.directions.T
        return [list(map(float, row)) for row in added]


@dataclass(frozen=True, slots=True)
class LensModel:
    """Reads the lenses of passages; `n_reviewed` codings of the project went into it."""

    known: LensCues
    sides: tuple[_Side, ...]
    n_reviewed: int = 0
    meaning: _Meaning | None = field(default=None, repr=False)

    def look(self, text: str) -> Look:
        """At which levels a passage speaks."""
        return self.look_at([text])[0] if self.meaning else self._look(text, self._none)

    def look_at(self, texts: Sequence[str]) -> list[Look]:
        """At which levels each passage speaks; quicker for many at once."""
        meant = self.meaning.of(texts) if self.meaning and texts else [self._none] * len(texts)
        return [self._look(text, added) for text, added in zip(texts, meant, strict=True)]

    @property
    def _none(self) -> list[float]:
        return [0.0] * len(self.sides)

    def _look(self, text: str, meant: Sequence[float]) -> Look:
        said = self.known.said(text, words=self.n_reviewed > 0)
        logits = [
            one.side.logit(said.values(one.lens.id, is_of_code=False), said.words) + added
            for one, added in zip(self.sides, meant, strict=True)
        ]
        return Look(self.sides, said, tuple(logits))


def fit_lenses(
    known: LensCues, reviewed: Sequence[ReviewedLenses] = (), encoder: Encode | None = None
) -> LensModel:
    """A model that has learned from the passages; the rules alone where they are too few.

    It learns what to add to the rules: from the words that came at least twice, from the same
    features, and from meaning where there is an encoder. The order of the passages does not
    matter.
    """
    rules = tuple(map(_by_rules, known.lenses))
    if len(reviewed) < LEAST_REVIEWED or not rules:
        return LensModel(known, rules)
    held = sorted(reviewed, key=lambda one: (one.text, one.lenses, one.code_lenses))
    found = [known.said(one.text, words=True) for one in held]
    if encoder is None:
        fitted = [_fitted(one, held, found) for one in rules]
        return LensModel(known, tuple(side for side, _ in fitted), len(held))
    return _with_meaning(LensModel(known, rules, len(held)), held, found, encoder)


def _with_meaning(
    model: LensModel, held: Sequence[ReviewedLenses], found: Sequence[_Said], encoder: Encode
) -> LensModel:
    import numpy as np

    texts = [one.text for one in held]
    mean = np.asarray(encoder(texts), dtype=np.float32).mean(axis=0)
    rows = _meanings(encoder, texts, mean).tolist()
    fitted = [_fitted(one, held, found, rows) for one in model.sides]
    directions = np.array([direction for _, direction in fitted], dtype=np.float32)
    sides = tuple(side for side, _ in fitted)
    return LensModel(model.known, sides, len(held), _Meaning(encoder, mean, directions))


def _meanings(encoder: Encode, texts: Sequence[str], mean: Vectors) -> Vectors:
    """What each text means beside what all mean alike; zeros where nothing is known."""
    import numpy as np

    rows = np.asarray(encoder(texts), dtype=np.float32)
    known = rows.any(axis=1, keepdims=True)
    return np.where(known, unit_rows(rows - mean), np.float32(0)) * np.float32(_MEANING)


def _by_rules(lens: Lens) -> _Side:
    """The weights that ship for a lens, by the level that its id or name stands for."""
    names = (lens.id.lower(), lens.name.lower())
    meant = (level for level, starts in LEVELS.items() for name in names if name.startswith(starts))
    weights = WEIGHTS.get(next(meant, ""), {})
    of_groups = (weights.get(group, 0.0) for group in GROUPS)
    side = Side(_BIAS, (*of_groups, _OF_CUE, _OF_CODE))
    return _Side(lens, side, side, is_known=bool(weights))


def _fitted(
    one: _Side,
    held: Sequence[ReviewedLenses],
    found: Sequence[_Said],
    meanings: Sequence[Sequence[float]] = (),
) -> tuple[_Side, tuple[float, ...]]:
    """The lens with what was learned of it, and the direction of its meaning."""
    told = [
        n
        for n, verdict in enumerate(held)
        if one.lens.id in verdict.lenses or not verdict.is_default
    ]
    width = len(meanings[0]) if meanings else 0
    free = min(_MOST_FREE, max(_LEAST_FREE, len(told) / _PASSAGES_EACH))
    base = replace(one.rules, weights=(*one.rules.weights, *(0.0,) * width))
    fitted = fit_side(
        base,
        [
            (
                *found[n].values(one.lens.id, is_of_code=one.lens.id in held[n].code_lenses),
                *(meanings[n] if meanings else ()),
            )
            for n in told
        ],
        [found[n].words for n in told],
        [one.lens.id in held[n].lenses for n in told],
        free=free if one.is_known else _MOST_FREE,
    )
    if fitted is base:
        return one, (0.0,) * width
    at = len(one.rules.weights)
    return replace(one, side=replace(fitted, weights=fitted.weights[:at])), fitted.weights[at:]
