"""Finding cues in text: each distinct word is looked at once, however often it comes.

A word is compared with the words of all cues the first time it is met; afterwards it is one
look-up, and so is a pair of neighbours. Only where two neighbours (or a word, for a cue of
one) can belong to a cue is that cue matched in full, so the cost grows with the text and
hardly with the codebook.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain, compress, islice, pairwise, product
from operator import getitem

from qualcode.analysis.cue_keys import find_keys, find_needs, first_words, selectivity, single_words
from qualcode.core.cues import WORD, CueRule, Gap, Near, Sequence, Word
from qualcode.core.learned import Learned
from qualcode.core.value import value

Forms = Callable[[str], frozenset[str]]
_STOP = re.compile(r"[.!?]")
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


@value()
class Hit:
    """One cue found in a text: `start` and `end` in it, and which rule (its position)."""

    rule: int
    start: int
    end: int


Atoms = frozenset[int]
"""Words of cues, by their numbers."""


class _Class(Learned["_Class", tuple[int, ...]]):
    """Words of a text that can stand for the same words of cues.

    Of each class whose words can follow, it learns which rules are then looked for.
    """

    __hash__ = object.__hash__  # type: ignore[assignment]  # each is itself alone

    def __init__(self, atoms: Atoms, keyed: Callable[[Atoms, Atoms], tuple[int, ...]]) -> None:
        super().__init__(lambda other: keyed(atoms, other.atoms))
        self.atoms = atoms


Classes = set[_Class]
"""Classes of words of a text; grows as words of new classes are met."""
# A compiled sequence: one of some words, up to n words of any kind, or a choice of longer
# sequences.
_Step = Classes | Gap | tuple[tuple["_Step", ...], ...]
_Steps = tuple[_Step, ...]


@dataclass(frozen=True, slots=True)
class _Near:
    """What stands near, made ready: `starts` are the words with which it can begin."""

    starts: Classes
    steps: _Steps
    distance: int


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule made ready: `starts` are the words with which a match begins.

    Where its key is, one of each of `needs` must be in the text too. One that `is_word` is
    any of its words, wherever that stands.
    """

    needs: tuple[Classes, ...]
    starts: Classes
    main: _Steps
    near: _Near | None
    never: tuple[_Near, ...]
    is_word: bool


class Matcher:
    """Cue rules made ready for a language; keeps what it learns about words as it goes.

    Words that can stand for the same cue words are of one class. The class of those that
    stand for none also stands behind the last word of a text. A rule is looked for where one
    of its keys is met: a word, or two that follow each other.
    """

    def __init__(self, rules: Iterable[CueRule], forms: WordForms) -> None:
        self._forms = forms
        self._numbers: dict[Word, int] = {}
        self._by_form: dict[str, set[int]] = {}
        self._exact: dict[str, set[int]] = {}
        self._written: dict[str, set[int]] = {}
        self._wild: list[tuple[re.Pattern[str], int]] = []
        self._by_key: dict[tuple[int, ...], list[int]] = {}
        self._classes_of: dict[Atoms, Classes] = {}
        self._with_atom: dict[int, list[Classes]] = {}
        self._rules: list[_Rule] = []
        for rule in rules:
            self._add(rule)
        self._class_of = Learned(self._make_class)
        self._end = self._class_of[frozenset()]
        self._words = Learned(self._look)
        self._stretches = Learned(self._read)

    def find(self, text: str) -> tuple[Hit, ...]:
        """Every cue found in the text, in the order of the rules, then of the text.

        Hits of one rule do not overlap.
        """
        stretches = text.split()
        read = list(map(self._stretches.__getitem__, stretches))
        classes = [*chain.from_iterable(read), self._end]
        looked_for = filter(None, map(getitem, classes, islice(classes, 1, None)))
        candidates = set(chain.from_iterable(looked_for))
        if not candidates:
            return ()
        present = set(classes)
        found = [
            (n, hits)
            for n in sorted(candidates)
            if not any(map(present.isdisjoint, self._rules[n].needs))
            if (hits := _matches(self._rules[n], classes))
        ]
        if not found:
            return ()
        places = _Places(text, stretches, list(accumulate(map(len, read))))
        return tuple([hit for n, hits in found for hit in self._placed(n, hits, classes, places)])

    def _placed(
        self, n: int, hits: list[tuple[int, int]], classes: list[_Class], places: _Places
    ) -> list[Hit]:
        """The hits in characters of the text, where none runs on into the next sentence."""
        spans = [places.of(first, last) for first, last in hits]
        if any(_runs_on(places.text, start, end) for start, end in spans):
            hits = list(_within_sentences(self._rules[n], classes, places.text))
            spans = [places.of(first, last) for first, last in hits]
        return [Hit(n, start, end) for start, end in spans]

    def _add(self, rule: CueRule) -> None:
        number = len(self._rules)
        sequences = (rule.main, rule.near.sequence) if rule.near else (rule.main,)
        keys = max(map(find_keys, sequences), key=selectivity)
        for path in keys:
            self._by_key.setdefault(tuple(map(self._number, path)), []).append(number)
        main = self._compile(rule.main)
        self._rules.append(
            _Rule(
                tuple(
                    self._classes(words)
                    for words in chain.from_iterable(map(find_needs, sequences))
                    if any(map(frozenset(words).isdisjoint, keys))  # else the key has it
                ),
                self._starts(rule.main),
                main,
                self._compile_near(rule.near) if rule.near else None,
                tuple(map(self._compile_near, rule.never)),
                is_word=not (rule.near or rule.never) and list(map(type, main)) == [set],
            )
        )

    def _classes(self, words: Iterable[Word]) -> Classes:
        """The classes of the words of a text that can stand for one of these."""
        atoms = frozenset(map(self._number, words))
        if atoms not in self._classes_of:
            made = self._classes_of[atoms] = set()
            for atom in atoms:
                self._with_atom.setdefault(atom, []).append(made)
        return self._classes_of[atoms]

    def _starts(self, sequence: Sequence) -> Classes:
        return self._classes(path[0] for path in first_words(sequence, 1) if path)

    def _compile(self, sequence: Sequence) -> _Steps:
        steps: list[_Step] = []
        for element in sequence:
            if isinstance(element, Gap):
                steps.append(element)
            elif isinstance(element, Word):
                steps.append(self._classes((element,)))
            elif words := single_words(element):
                steps.append(self._classes(words))
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
        elif not word.inflects:
            self._written.setdefault(word.pattern, set()).add(number)
        else:
            for form in self._forms.in_cue(word.pattern):
                self._by_form.setdefault(form, set()).add(number)
        return number

    def _look(self, word: str) -> _Class:
        """The class of a word."""
        straight = word.replace("’", "'")
        lower = straight.lower()
        found = {*self._exact.get(straight, ()), *self._written.get(lower, ())}
        for form in self._forms.in_text(straight):
            found |= self._by_form.get(form, set())
        found.update(number for pattern, number in self._wild if pattern.fullmatch(lower))
        return self._class_of[frozenset(found)]

    def _make_class(self, atoms: Atoms) -> _Class:
        made = _Class(atoms, self._keyed)
        for atom in atoms:
            for classes in self._with_atom.get(atom, ()):
                classes.add(made)
        return made

    def _read(self, stretch: str) -> tuple[_Class, ...]:
        """The classes of the words in a stretch without white space ("(one-off)" has two)."""
        return tuple(map(self._words.__getitem__, WORD.findall(stretch)))

    def _keyed(self, ones: Atoms, others: Atoms) -> tuple[int, ...]:
        """The rules that are looked for where words of these two classes follow each other."""
        keys = chain(((atom,) for atom in ones), product(ones, others))
        return tuple({rule for key in keys for rule in self._by_key.get(key, ())})


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the words of a text stand in it; worked out for those alone that are asked for.

    `ends` says for each stretch without white space how many words end up to its end.
    """

    text: str
    stretches: list[str]
    ends: list[int]

    def of(self, first: int, last: int) -> tuple[int, int]:
        """Where the words from the first to the one before the last begin and end."""
        at = bisect_right(self.ends, first)
        begin = len(self.text) - len(self.text.split(None, at)[at])
        start, end = _SPANS[self.stretches[at]][first - self.ends[at]]
        return begin + start, begin + end if last - first == 1 else self.of(last - 1, last)[1]


def _spans(stretch: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in WORD.finditer(stretch))


_SPANS = Learned(_spans)


def _matches(rule: _Rule, classes: list[_Class]) -> list[tuple[int, int]]:
    """First and last word (behind it) of each hit in the text."""
    if rule.is_word:
        at = compress(range(len(classes)), map(rule.starts.__contains__, classes))
        return [(n, n + 1) for n in at]
    return list(_match(rule, classes))


def _match(
    rule: _Rule, classes: list[_Class], sentence: tuple[int, int] | None = None
) -> Iterator[tuple[int, int]]:
    """First and last word (behind it) of each hit, in the whole text or in one sentence."""
    begin, end = sentence or (0, 0)
    words = [*classes[begin:end], classes[-1]] if sentence else classes
    after = 0
    for first in compress(range(len(words)), map(rule.starts.__contains__, words)):
        if first < after:
            continue
        last = next(_ends(rule.main, 0, words, first), None)
        if last is None or last == first:
            continue
        whole = _with_near(rule.near, words, first, last) if rule.near else (first, last)
        # what must not be near counts in the next sentence too
        if whole is None or (
            rule.never
            and any(_with_near(n, classes, begin + first, begin + last) for n in rule.never)
        ):
            continue
        yield begin + whole[0], begin + whole[1]
        after = max(last, whole[1])


def _within_sentences(rule: _Rule, classes: list[_Class], text: str) -> Iterator[tuple[int, int]]:
    starts = [match.start() for match in WORD.finditer(text)]
    begins = [bisect_left(starts, start) for start in _beginnings(text, 0, len(text))]
    for sentence in pairwise([0, *begins, len(starts)]):
        yield from _match(rule, classes, sentence)


def find_longest(hits: Iterable[Hit]) -> list[Hit]:
    """The hits that no longer one overlaps, in the order of the text.

    Of those that are alike long the first stands for all, then that of the first rule.
    """
    kept: list[Hit] = []
    longest = sorted(hits, key=lambda one: (one.start - one.end, one.start, one.rule))
    taken = bytearray(max((hit.end for hit in longest), default=0))
    for hit in longest:
        if not any(taken[hit.start : hit.end]):
            taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
            kept.append(hit)
    return sorted(kept, key=lambda one: one.start)


def _runs_on(text: str, start: int, end: int) -> bool:
    """Whether a sentence begins between these places."""
    return bool(_STOP.search(text, start, end)) and any(_beginnings(text, start, end))


def _beginnings(text: str, start: int, end: int) -> Iterator[int]:
    """Where sentences begin in `text[start:end]`, but for the first."""
    for match in _SENTENCE_END.finditer(text, start, end):
        if match["next"].isupper():
            yield match.start("next")


def _ends(steps: _Steps, step: int, words: list[_Class], at: int) -> Iterator[int]:
    """Where the rest of the steps can end when they begin at this word; nearest gap first."""
    if step == len(steps):
        yield at
        return
    element = steps[step]
    while isinstance(element, set):  # the common case, without a call for each word
        if words[at] not in element:  # nor is the class behind the last word in it
            return
        at += 1
        step += 1
        if step == len(steps):
            yield at
            return
        element = steps[step]
    if isinstance(element, Gap):
        for skipped in range(min(element.limit + 1, len(words) - at)):
            yield from _ends(steps, step + 1, words, at + skipped)
    else:
        for option in element:
            if option and isinstance(option[0], set) and words[at] not in option[0]:
                continue  # most of them
            for end in _ends(option, 0, words, at):
                yield from _ends(steps, step + 1, words, end)


def _with_near(near: _Near, words: list[_Class], first: int, last: int) -> tuple[int, int] | None:
    """The stretch that also takes in what must be near, or None where that is not there."""
    farthest = near.distance
    begin = max(0, first - farthest - 12)
    around = words[begin : last + farthest + 1]
    for start in compress(range(begin, len(words)), map(near.starts.__contains__, around)):
        for end in _ends(near.steps, 0, words, start):
            before = end <= first and first - end <= farthest
            behind = start >= last and start - last <= farthest
            if before or behind:
                return min(first, start), max(last, end)
    return None
