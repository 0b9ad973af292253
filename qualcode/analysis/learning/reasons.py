"""Why a code is offered, in the words of the passage, the codebook and the reviewer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from qualcode.analysis.find_span import shorten
from qualcode.analysis.learning.fit import Fitted
from qualcode.analysis.learning.space import shown_likeness, together
from qualcode.analysis.learning.told_words import words_told
from qualcode.core.learned import Learned
from qualcode.core.model import Code

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.analysis.learning.space import Rows

_PHRASE = re.compile(r"[^.;:()\n]+")
_ALIKE = 0.3
"""How alike two texts are from which on a person sees why."""
_SAME = 0.99
_LITTLE_ALIKE = 0.1
"""The same where there is no better reason; then it is said to be little."""
_USUAL = 3
"""Uses under a question or heading from which on a code is called usual there."""
_FEW = 3
"""Quotations of a code up to which a word of one of them alone may be named."""
_MOST_WORDS = 3
_SHOWN = 70


@dataclass(frozen=True, slots=True)
class Likest:
    """The text most like a passage: how alike they are, and where it is from."""

    text: str
    alike: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """What is told of one code on one passage: its words, and the texts most like it.

    `under` says how usual the code is under the question or heading of the passage, where it
    is more usual there than elsewhere. `nearest` is what was accepted and is most like the
    passage, however little.
    """

    words: tuple[str, ...]
    accepted: Likest | None
    said: Likest | None
    rejected: Likest | None
    under: str = ""
    nearest: Likest | None = None


Owned = tuple["NDArray[np.int64]", ...]
"""For each code the numbers of its texts."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """All that reasons are taken from: quotations and phrases of the codebook, and words."""

    texts: tuple[str, ...]
    sources: tuple[str, ...]
    columns: Rows
    accepted: Owned
    rejected: Owned
    said: Owned
    _fitted: Fitted
    _owners: Mapping[str, Sequence[int]]
    _places: Mapping[tuple[str, str], Sequence[int]]
    _speaks: Learned[str, Mapping[int, float]] = field(init=False, repr=False, compare=False)
    _under: Learned[tuple[str, int], str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_speaks", Learned(self._speaks_for))
        object.__setattr__(self, "_under", Learned(self._usual_under))

    @classmethod
    def of(cls, fitted: Fitted) -> Reasons:
        """Made ready for a fitted model."""
        verdicts, codes = fitted.verdicts, range(len(fitted.codes))
        quotes = [(one.text, one.doc_id) for one in verdicts.reviewed]
        phrases = list(_phrases(fitted.codes))
        told = fitted.space.rows([text for text, _, _ in phrases], [""] * len(phrases))
        owners = np.array([owner for _, _, owner in phrases], dtype=np.int64)
        texts = (*(text for text, _ in quotes), *(text for text, _, _ in phrases))
        places: dict[tuple[str, str], list[int]] = {}
        for n, (text, doc_id) in enumerate(quotes):
            places.setdefault((doc_id, text), []).append(n)
        accepted = tuple(np.flatnonzero(verdicts.accepted[:, n]) for n in codes)
        said = tuple(np.flatnonzero(owners == n) + len(quotes) for n in codes)
        return cls(
            texts=texts,
            sources=(*(source for _, source in quotes), *(source for _, source, _ in phrases)),
            columns=shown_likeness(together(fitted.rows, told), fitted.space.lexicon.n_words),
            accepted=accepted,
            rejected=tuple(np.flatnonzero(verdicts.rejected[:, n]) for n in codes),
            said=said,
            _fitted=fitted,
            _owners=_owners_of_words(texts, accepted, said),
            _places=places,
        )

    def likeness(self, rows: Rows, passages: Sequence[str], doc_id: str) -> NDArray[np.float32]:
        """How alike each row is to each of the texts; 0 to itself, for that is no reason.

        `passages` are the words of the rows, which stand in this document.
        """
        traits = (rows.traits @ self.columns.traits).toarray()
        found: NDArray[np.float32] = traits + rows.meaning @ self.columns.meaning
        for row, text in enumerate(passages):
            found[row, self._places.get((doc_id, text), ())] = 0
        return found

    def reason(
        self, alike: NDArray[np.float32], terms: Sequence[str], code: int, *, topic: str = ""
    ) -> Reason:
        """Why a code fits a passage: `alike` is its row of `likeness`, `terms` its words."""
        nearest = self._likest(alike, self.accepted[code], least=_LITTLE_ALIKE)
        return Reason(
            self._words(terms, code),
            nearest if nearest and nearest.alike >= _ALIKE else None,
            self._likest(alike, self.said[code]),
            self._likest(alike, self.rejected[code]),
            self._under[topic, code],
            nearest,
        )

    def _usual_under(self, place: tuple[str, int]) -> str:
        """How usual a code is under a topic, where that says something."""
        topic, code = place
        learnt = self._fitted.learnt
        if learnt is None or topic not in learnt.usual.by_topic:
            return ""
        counted, held = learnt.usual.by_topic[topic]
        uses, read = round(held[code]), round(counted)
        everywhere = learnt.usual.accepted[code] / learnt.usual.passages
        if uses < _USUAL or uses / read < 2 * everywhere:
            return ""
        return f"{uses} of {read} read under {quoted(topic)} have it"

    def _likest(
        self, alike: NDArray[np.float32], own: NDArray[np.int64], *, least: float = _ALIKE
    ) -> Likest | None:
        if not len(own):
            return None
        near = alike[own]
        top = int(near.argmax())
        found = float(near[top])
        if found < least:
            return None
        return Likest(self.texts[own[top]], found, self.sources[own[top]])

    def _words(self, terms: Sequence[str], code: int) -> tuple[str, ...]:
        """The words that speak most for a code, the strongest first.

        Only those that the codebook says of it, or that two of its quotations have (one, where
        they are few), in some form: a word that speaks by its letters or its company alone is
        nobody's reason.
        """
        told = ((self._speaks[word], word) for word in terms)
        best = sorted((-speaks[code], word) for speaks, word in told if code in speaks)
        return tuple(word for weight, word in best[:_MOST_WORDS] if weight <= best[0][0] / 3)

    def _speaks_for(self, word: str) -> Mapping[int, float]:
        """How strongly a word speaks for each code whose own it is, by itself and by its parts."""
        codes = self._owners.get(_head(word), ())
        if not codes:
            return {}
        fitted = self._fitted
        scorer = fitted.learnt.scorer if fitted.learnt else fitted.told
        weights = fitted.space.lexicon.weight_of(word, scorer.anywhere[0]).tolist()
        return {code: weights[code] for code in codes if weights[code] > 0}


def _owners_of_words(
    texts: Sequence[str], accepted: Owned, said: Owned
) -> Mapping[str, Sequence[int]]:
    """By the heads of words, the codes whose own they are."""
    owners: dict[str, list[int]] = {}
    heads: Learned[int, frozenset[str]] = Learned(lambda n: _heads_of(texts[n]))
    for code, (quotes, phrases) in enumerate(zip(accepted, said, strict=True)):
        counts = Counter(chain.from_iterable(heads[n] for n in quotes.tolist()))
        least = 2 if len(quotes) > _FEW else 1
        own = {head for head, n in counts.items() if n >= least}
        for head in own.union(*(heads[n] for n in phrases.tolist())):
            owners.setdefault(head, []).append(code)
    return owners


def _head(word: str) -> str:
    """What is left of a word without a usual ending: enough to see that two words are one.

    >>> _head("waiting") == _head("waited") == _head("wait")
    True
    """
    return word[: max(4, len(word) - 3)]


def _heads_of(text: str) -> frozenset[str]:
    return frozenset(map(_head, words_told(text)))


def _phrases(codes: Sequence[Code]) -> Iterator[tuple[str, str, int]]:
    """Names, and what definitions, inclusions and examples are made of, with source and code."""
    for n, code in enumerate(codes):
        told = [("name", code.name), ("definition", code.definition)]
        told += [("inclusion", one) for one in code.include]
        told += [("example", one) for one in code.examples]
        for source, text in told:
            for phrase in _parts(source, text):
                yield phrase, source, n


def _parts(source: str, text: str) -> Sequence[str]:
    if source == "example":
        return [text]
    found = (" ".join(match.group().split()) for match in _PHRASE.finditer(text))
    return [phrase for phrase in found if phrase]


def quoted(text: str) -> str:
    """The words in quotation marks, shortened where they are many.

    >>> quoted("They send someone new.")
    '"They send someone new."'
    """
    return f'"{shorten(" ".join(text.split()), _SHOWN)}"'


def _said(said: Likest) -> str:
    if said.source == "example" and said.alike > _SAME:
        return "it is an example in the codebook"
    return f"its {said.source} says {quoted(said.text)}"


def in_one_line(reason: Reason, *, cue: str = "") -> str:
    """The reasons for a suggestion, the strongest first; `cue` is what its cues say.

    >>> in_one_line(Reason(("wait",), Likest("We wait.", 0.8, "int-02"), None, None))
    'like "We wait." (int-02); words "wait"'
    """
    accepted, said, rejected = reason.accepted, reason.said, reason.rejected
    found = [cue] if cue else []
    if accepted:
        found.append(f"like {quoted(accepted.text)} ({accepted.source})")
    if reason.under:
        found.append(reason.under)
    if reason.words and not cue:
        shown = ", ".join(f'"{word}"' for word in reason.words)
        found.append(f"words {shown}")
    if said and not (cue and accepted):
        found.append(_said(said))
    if reason.nearest and not (cue or accepted or said):
        found.append(f"a little like {quoted(reason.nearest.text)} ({reason.nearest.source})")
    if rejected and rejected.alike > (accepted.alike if accepted else 0.0):
        found.append(f"but more like {quoted(rejected.text)} ({rejected.source}), rejected")
    return "; ".join(found) or "like what is known of this code, in many small ways"
