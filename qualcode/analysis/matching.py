"""Finding cues in text: each distinct word is looked at once, however often it comes.

A word is compared with the words of all cues the first time it is met; afterwards it is one
look-up, and so is a pair of neighbours. Only where two neighbours (or a word, for a cue of
one) can belong to a cue is that cue matched in full, so the cost grows with the text and
hardly with the codebook.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, compress, islice, pairwise, product
from operator import methodcaller

from qualcode.core.cues import WORD, Choice, CueRule, Gap, Near, Sequence, Word, is_optional
from qualcode.core.learned import Learned

Forms = Callable[[str], frozenset[str]]
RARER = 4
"""Letters that a second word is worth: two short words in a row are rarer than a long one."""
# A lower-case letter behind the stop means an abbreviation ("diff. people").
_SENTENCE_END = re.compile(
    r"""[.!?]["'”’»)\]]*\s+(?<!\bMr\.\s)(?<!\bMrs\.\s)(?<!\bMs\.\s)(?<!\bDr\.\s)(?<!\bSt\.\s)"""
    r"""["'“‘«(\[]*(?P<next>[^\W\d_])"""
)


@dataclass(frozen=True, slots=True)
class WordForms:
    """How a language inflects: the forms that a cue word and a word of the text stand for.

    A cue word matches a word of the text when the two sets share a form. Both take the word
    in lower case with a straight apostrophe.
    """

    in_cue: Forms
    in_text: Forms


@dataclass(frozen=True, slots=True)
class Hit:
    """One cue found in a text: `start` and `end` in it, and which rule (its position)."""

    rule: int
    start: int
    end: int


Atoms = frozenset[int]
# A compiled sequence: one of some words (their numbers), up to n words of any kind, or a
# choice of longer sequences.
_Step = Atoms | Gap | tuple[tuple["_Step", ...], ...]
_Steps = tuple[_Step, ...]
_Path = tuple[Word, ...]
_span_of: Callable[[re.Match[str]], tuple[int, int]] = methodcaller("span")


@dataclass(frozen=True, slots=True)
class _Near:
    """What stands near, made ready: `starts` are the words with which it can begin."""

    starts: Atoms
    steps: _Steps
    distance: int


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule made ready: one of each of `needs` must be in the text; `starts` begin a match."""

    needs: tuple[Atoms, ...]
    starts: Atoms
    main: _Steps
    near: _Near | None
    never: tuple[_Near, ...]


class Matcher:
    """Cue rules made ready for a language; keeps what it learns about words as it goes.

    Words that can stand for the same cue words are of one class, a number; those that stand
    for none are of class 0. A rule is looked for where one of its keys is met: a word, or two
    that follow each other.
    """

    def __init__(self, rules: Iterable[CueRule], forms: WordForms) -> None:
        self._forms = forms
        self._numbers: dict[Word, int] = {}
        self._by_form: dict[str, set[int]] = {}
        self._exact: dict[str, set[int]] = {}
        self._wild: list[tuple[re.Pattern[str], int]] = []
        self._by_key: dict[tuple[int, ...], list[int]] = {}
        self._rules: list[_Rule] = []
        for rule in rules:
            self._add(rule)
        self._atoms: list[Atoms] = [frozenset()]
        self._class_of: dict[Atoms, int] = {self._atoms[0]: 0}
        self._words = Learned(self._look)
        self._stretches = Learned(self._read)
        self._pairs = Learned(self._keyed)

    def find(self, text: str) -> tuple[Hit, ...]:
        """Every cue found in the text, in the order of the rules, then of the text.

        Hits of one rule do not overlap.
        """
        classes = [*chain.from_iterable(map(self._stretches.__getitem__, text.split())), 0]
        # a word of class 0 begins no key
        pairs = compress(pairwise(classes), classes)
        candidates = set(chain.from_iterable(map(self._pairs.__getitem__, pairs)))
        if not candidates:
            return ()
        atoms = list(map(self._atoms.__getitem__, classes[:-1]))
        present = frozenset().union(*atoms)
        whole = (0, len(atoms))
        found = [
            (n, hits)
            for n in sorted(candidates)
            if not any(map(present.isdisjoint, self._rules[n].needs))
            if (hits := list(self._match(self._rules[n], atoms, whole)))
        ]
        return tuple(self._placed(text, atoms, found)) if found else ()

    def _placed(
        self, text: str, atoms: list[Atoms], found: list[tuple[int, list[tuple[int, int]]]]
    ) -> Iterator[Hit]:
        """The hits in characters of the text, where none runs on into the next sentence."""
        farthest = max(last for _, hits in found for _, last in hits)
        places = list(map(_span_of, islice(WORD.finditer(text), farthest)))
        for n, hits in found:
            if any(last - first > 1 and _runs_on(text, places[first:last]) for first, last in hits):
                hits = list(self._within_sentences(self._rules[n], text, atoms))
                places = list(map(_span_of, WORD.finditer(text)))
            for first, last in hits:
                yield Hit(n, places[first][0], places[last - 1][1])

    def _within_sentences(
        self, rule: _Rule, text: str, atoms: list[Atoms]
    ) -> Iterator[tuple[int, int]]:
        places = list(map(_span_of, WORD.finditer(text)))
        starts = [bisect_left(places, (start, 0)) for start in _beginnings(text, 0, len(text))]
        for sentence in pairwise([0, *starts, len(atoms)]):
            yield from self._match(rule, atoms, sentence)

    def _add(self, rule: CueRule) -> None:
        number = len(self._rules)
        sequences = (rule.main, rule.near.sequence) if rule.near else (rule.main,)
        for path in max(map(_keys, sequences), key=_selectivity):
            self._by_key.setdefault(tuple(map(self._number, path)), []).append(number)
        self._rules.append(
            _Rule(
                tuple(
                    frozenset(map(self._number, words))
                    for sequence in sequences
                    for words in _needs(sequence)
                ),
                self._starts(rule.main),
                self._compile(rule.main),
                self._compile_near(rule.near) if rule.near else None,
                tuple(self._compile_near(near) for near in rule.never),
            )
        )

    def _starts(self, sequence: Sequence) -> Atoms:
        return frozenset(self._number(path[0]) for path in _paths(sequence, 1) if path)

    def _compile(self, sequence: Sequence) -> _Steps:
        steps: list[_Step] = []
        for element in sequence:
            if isinstance(element, Gap):
                steps.append(element)
            elif isinstance(element, Word):
                steps.append(frozenset((self._number(element),)))
            elif words := _single_words(element):
                steps.append(frozenset(map(self._number, words)))
            else:
                steps.append(tuple(self._compile(option) for option in element.options))
        return tuple(steps)

    def _compile_near(self, near: Near) -> _Near:
        return _Near(self._starts(near.sequence), self._compile(near.sequence), near.distance)

    def _number(self, word: Word) -> int:
        if word in self._numbers:
            return self._numbers[word]
        number = self._numbers[word] = len(self._numbers)
        if word.exact:
            self._exact.setdefault(word.pattern, set()).add(number)
        elif word.is_wild:
            pattern = re.escape(word.pattern).replace(r"\*", r"[^\W_]*").replace(r"\?", r"[^\W_]")
            self._wild.append((re.compile(rf"{pattern}(?:'s|s')?"), number))
        else:
            for form in self._forms.in_cue(word.pattern):
                self._by_form.setdefault(form, set()).add(number)
        return number

    def _look(self, word: str) -> int:
        """The class of a word."""
        straight = word.replace("’", "'")
        lower = straight.lower()
        found = set(self._exact.get(straight, ()))
        for form in self._forms.in_text(straight):
            found |= self._by_form.get(form, set())
        found.update(number for pattern, number in self._wild if pattern.fullmatch(lower))
        atoms = frozenset(found)
        if atoms not in self._class_of:
            self._class_of[atoms] = len(self._atoms)
            self._atoms.append(atoms)
        return self._class_of[atoms]

    def _read(self, stretch: str) -> tuple[int, ...]:
        """The classes of the words in a stretch without white space ("(one-off)" has two)."""
        return tuple(map(self._words.__getitem__, WORD.findall(stretch)))

    def _keyed(self, pair: tuple[int, int]) -> tuple[int, ...]:
        """The rules that are looked for where words of these two classes follow each other."""
        ones, others = (self._atoms[number] for number in pair)
        keys = chain(((one,) for one in ones), product(ones, others))
        return tuple({rule for key in keys for rule in self._by_key.get(key, ())})

    def _match(
        self, rule: _Rule, atoms: list[Atoms], stretch: tuple[int, int]
    ) -> Iterator[tuple[int, int]]:
        """First and last word (behind it) of each hit among the words of the stretch."""
        begin, end = stretch
        words = atoms if end - begin == len(atoms) else atoms[begin:end]
        after = 0
        elsewhere = map(rule.starts.isdisjoint, words)
        for first in [n for n, is_elsewhere in enumerate(elsewhere) if not is_elsewhere]:
            if first < after:
                continue
            last = next(_ends(rule.main, 0, words, first), None)
            if last is None or last == first:
                continue
            whole = _with_near(rule.near, words, first, last) if rule.near else (first, last)
            # what must not be near counts in the next sentence too
            if whole is None or any(
                _with_near(n, atoms, begin + first, begin + last) for n in rule.never
            ):
                continue
            yield begin + whole[0], begin + whole[1]
            after = max(last, whole[1])


def _runs_on(text: str, words: list[tuple[int, int]]) -> bool:
    """Whether a sentence begins between the first and the last of these words."""
    return any(_beginnings(text, words[0][1], words[-1][1]))


def _beginnings(text: str, start: int, end: int) -> Iterator[int]:
    """Where sentences begin in `text[start:end]`, but for the first."""
    for match in _SENTENCE_END.finditer(text, start, end):
        if match["next"].isupper():
            yield match.start("next")


def _anchors(sequence: Sequence) -> tuple[Word, ...]:
    """Words of which one must be there wherever the sequence is: the longest, so the rarest."""
    best: tuple[Word, ...] = ()
    best_length = 0
    for element in sequence:
        words: tuple[Word, ...] = ()
        if isinstance(element, Word):
            words = (element,)
        elif isinstance(element, Choice) and not any(is_optional(o) for o in element.options):
            words = tuple(word for option in element.options for word in _anchors(option))
        if words and (length := min(len(word.pattern) for word in words)) > best_length:
            best, best_length = words, length
    return best


def _single_words(choice: Choice) -> tuple[Word, ...]:
    """The words of which the choice is exactly one, or () where it can be more or none."""
    words = [o[0] for o in choice.options if len(o) == 1 and isinstance(o[0], Word)]
    return tuple(words) if len(words) == len(choice.options) else ()


def _needs(sequence: Sequence) -> Iterator[tuple[Word, ...]]:
    """For each part that cannot be left out, the words of which one must be there."""
    for element in sequence:
        if words := _anchors((element,)):
            yield words


def _keys(sequence: Sequence) -> frozenset[_Path]:
    """Words, or pairs that follow each other, of which one is wherever the sequence is."""
    ways = (frozenset(_paths(sequence[at:], 2)) for at in range(len(sequence)))
    return max((way for way in ways if () not in way), key=_selectivity)


def _selectivity(keys: frozenset[_Path]) -> int:
    """How seldom the commonest of the keys is likely to come: long words are rare, pairs more."""
    return min(sum(len(word.pattern) + RARER for word in path) for path in keys)


def _paths(sequence: Sequence, n: int, begun: _Path = ()) -> Iterator[_Path]:
    """The first `n` words with which the sequence can begin; fewer before a gap and at its end."""
    if len(begun) == n or not sequence or (begun and isinstance(sequence[0], Gap)):
        yield begun
    elif isinstance(sequence[0], Gap):
        yield from _paths(sequence[1:], n)
    elif isinstance(sequence[0], Word):
        yield from _paths(sequence[1:], n, (*begun, sequence[0]))
    else:
        for option in sequence[0].options:
            yield from _paths((*option, *sequence[1:]), n, begun)


def _ends(steps: _Steps, step: int, atoms: list[Atoms], at: int) -> Iterator[int]:
    """Where the rest of the steps can end when they begin at this word; nearest gap first."""
    if step == len(steps):
        yield at
        return
    element = steps[step]
    while isinstance(element, frozenset):  # the common case, without a call for each word
        if at >= len(atoms) or element.isdisjoint(atoms[at]):
            return
        at += 1
        step += 1
        if step == len(steps):
            yield at
            return
        element = steps[step]
    if isinstance(element, Gap):
        for skipped in range(element.limit + 1):
            if at + skipped <= len(atoms):
                yield from _ends(steps, step + 1, atoms, at + skipped)
    else:
        for option in element:
            for end in _ends(option, 0, atoms, at):
                yield from _ends(steps, step + 1, atoms, end)


def _with_near(near: _Near, atoms: list[Atoms], first: int, last: int) -> tuple[int, int] | None:
    """The stretch that also takes in what must be near, or None where that is not there."""
    farthest = near.distance
    for start in range(max(0, first - farthest - 12), min(len(atoms), last + farthest + 1)):
        if near.starts.isdisjoint(atoms[start]):
            continue
        for end in _ends(near.steps, 0, atoms, start):
            before = end <= first and first - end <= farthest
            behind = start >= last and start - last <= farthest
            if before or behind:
                return min(first, start), max(last, end)
    return None
