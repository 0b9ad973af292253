"""Finding cues in text: each distinct word is looked at once, however often it comes.

A word is compared with the words of all cues the first time it is met; afterwards one
look-up tells which cue words it can stand for. Only segments that hold the rarest word of
a cue are matched in full, so the cost grows with the text and hardly with the codebook.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from qualcode.core.cues import WORD, Choice, CueRule, Gap, Near, Sequence, Word, is_optional

Forms = Callable[[str], frozenset[str]]
MOST_KNOWN_WORDS = 500_000
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
_NONE: Atoms = frozenset()
# A compiled sequence: one of some words (their numbers), up to n words of any kind, or a
# choice of longer sequences.
_Step = Atoms | Gap | tuple[tuple["_Step", ...], ...]
_Steps = tuple[_Step, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule made ready: one of each of `needs` must be in the text; `starts` begin a match."""

    needs: tuple[Atoms, ...]
    starts: Atoms
    main: _Steps
    near: tuple[_Steps, int] | None
    never: tuple[tuple[_Steps, int], ...]


class _KnownWords(dict[str, Atoms]):
    """Which cue words each word of the text can stand for; worked out when first asked."""

    def __init__(self, look: Callable[[str], Atoms]) -> None:
        super().__init__()
        self._look = look

    def __missing__(self, word: str) -> Atoms:
        if len(self) >= MOST_KNOWN_WORDS:
            self.clear()
        found = self[word] = self._look(word)
        return found


class Matcher:
    """Cue rules made ready for a language; keeps what it learns about words as it goes."""

    def __init__(self, rules: Iterable[CueRule], forms: WordForms) -> None:
        self._forms = forms
        self._numbers: dict[Word, int] = {}
        self._by_form: dict[str, set[int]] = {}
        self._exact: dict[str, set[int]] = {}
        self._wild: list[tuple[re.Pattern[str], int]] = []
        self._by_anchor: dict[int, list[int]] = {}
        self._rules: list[_Rule] = []
        for rule in rules:
            self._add(rule)
        self._known = _KnownWords(self._look)

    def find(self, text: str) -> tuple[Hit, ...]:
        """Every cue found in the text, in the order of the rules, then of the text.

        Hits of one rule do not overlap.
        """
        atoms = list(map(self._known.__getitem__, WORD.findall(text)))
        present = _NONE.union(*atoms)
        if not present:
            return ()
        candidates = {n for atom in present for n in self._by_anchor.get(atom, ())}
        whole = (0, len(atoms))
        found = [
            (n, hits)
            for n in sorted(candidates)
            if not any(map(present.isdisjoint, self._rules[n].needs))
            if (hits := list(self._match(self._rules[n], atoms, whole)))
        ]
        if not found:
            return ()
        places = [match.span() for match in WORD.finditer(text)]
        ends: list[int] = []
        if any(last - first > 1 for _, hits in found for first, last in hits):
            ends = _sentence_ends(text, places)
        return tuple(
            Hit(n, places[first][0], places[last - 1][1])
            for n, hits in found
            for first, last in (self._within(n, hits, atoms, ends) if ends else hits)
        )

    def _within(
        self, rule: int, hits: list[tuple[int, int]], atoms: list[Atoms], ends: list[int]
    ) -> list[tuple[int, int]]:
        """The hits of a rule that stay inside a sentence; looked for anew where one does not."""
        if all(bisect_left(ends, first + 1) == bisect_left(ends, last) for first, last in hits):
            return hits
        return [
            hit
            for sentence in zip([0, *ends], [*ends, len(atoms)], strict=True)
            for hit in self._match(self._rules[rule], atoms, sentence)
        ]

    def _add(self, rule: CueRule) -> None:
        number = len(self._rules)
        for atom in sorted({self._number(word) for word in _anchors(rule.main)}):
            self._by_anchor.setdefault(atom, []).append(number)
        needs = [*_needs(rule.main), *(_needs(rule.near.sequence) if rule.near else ())]
        self._rules.append(
            _Rule(
                tuple(frozenset(map(self._number, words)) for words in needs),
                frozenset(map(self._number, _starts(rule.main))),
                self._compile(rule.main),
                self._compile_near(rule.near) if rule.near else None,
                tuple(self._compile_near(near) for near in rule.never),
            )
        )

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

    def _compile_near(self, near: Near) -> tuple[_Steps, int]:
        return self._compile(near.sequence), near.distance

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

    def _look(self, word: str) -> Atoms:
        straight = word.replace("’", "'")
        lower = straight.lower()
        found = set(self._exact.get(straight, ()))
        for form in self._forms.in_text(straight):
            found |= self._by_form.get(form, set())
        found.update(number for pattern, number in self._wild if pattern.fullmatch(lower))
        return frozenset(found) if found else _NONE

    def _match(
        self, rule: _Rule, atoms: list[Atoms], stretch: tuple[int, int]
    ) -> Iterator[tuple[int, int]]:
        """First and last word (behind it) of each hit among the words of the stretch."""
        begin, end = stretch
        words = atoms if end - begin == len(atoms) else atoms[begin:end]
        after = 0
        for first in range(len(words)):
            if first < after or rule.starts.isdisjoint(words[first]):
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


def _sentence_ends(text: str, places: list[tuple[int, int]]) -> list[int]:
    """The words (their numbers) that begin a sentence, but for the first."""
    starts = [m.start("next") for m in _SENTENCE_END.finditer(text) if m["next"].isupper()]
    if not starts:
        return []
    return [bisect_left(places, (start, 0)) for start in starts]


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


def _starts(sequence: Sequence) -> Iterator[Word]:
    """The words with which a match can begin."""
    for element in sequence:
        if isinstance(element, Word):
            yield element
            return
        if isinstance(element, Choice):
            for option in element.options:
                yield from _starts(option)
            if not any(is_optional(option) for option in element.options):
                return


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


def _with_near(
    near: tuple[_Steps, int], atoms: list[Atoms], first: int, last: int
) -> tuple[int, int] | None:
    """The stretch that also takes in what must be near, or None where that is not there."""
    steps, distance = near
    for start in range(max(0, first - distance - 12), min(len(atoms), last + distance + 1)):
        if not atoms[start]:
            continue
        for end in _ends(steps, 0, atoms, start):
            before = end <= first and first - end <= distance
            behind = start >= last and start - last <= distance
            if before or behind:
                return min(first, start), max(last, end)
    return None
