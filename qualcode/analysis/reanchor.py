"""Finding the old spans again in a text that was frozen anew."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate

from qualcode.core.model import Span

LINE_ALIKE = 50.0
"""Similarity in percent from which on a changed line is still the line that it was."""
PHRASE = 4
"""Words from which on a quotation is known wherever it stands, and not only in its line."""
_WORD = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an old span is now; None where it could not be placed.

    `is_changed` says that other words stand there now.
    """

    old: Span
    new: Span | None
    is_changed: bool = False


def reanchor(old: str, new: str, spans: Iterable[Span]) -> tuple[Placed, ...]:
    """Every span of the old text, in the given order, with its place in the new one.

    A span inside lines that did not change moves with them. In a line that was changed, its
    place is found by the words that stayed, and other words may stand there now. A quotation
    that is gone from its line is looked for word for word in other lines that changed, and
    nowhere else: the words of a line that did not change are those of that line.

    >>> reanchor("a b\\nc d\\n", "new\\na b\\nc d\\n", [Span(4, 7)])[0].new
    Span(start=8, end=11)
    """
    texts = _Texts.of(old, new)
    return tuple(texts.place(span) for span in spans)


def shared_lines(one: str, other: str) -> float:
    """Share of the lines of the shorter text that the other one has too; 1.0 where one is empty.

    >>> shared_lines("a\\nb\\n", "b\\nc\\nd\\n")
    0.5
    """
    first, second = (Counter(filter(None, text.split("\n"))) for text in (one, other))
    shorter = min(first.total(), second.total())
    return (first & second).total() / shorter if shorter else 1.0


@dataclass(frozen=True, slots=True)
class _Lines:
    """A text, its lines, and where each begins; the last start is the end of the text."""

    text: str
    lines: tuple[str, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Lines:
        lines = tuple(text.splitlines(keepends=True))
        return cls(text, lines, tuple(accumulate(map(len, lines), initial=0)))

    def at(self, offset: int) -> int:
        """The number of the line with this offset."""
        return min(bisect_right(self.starts, offset), len(self.lines)) - 1


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Lines of the old text, and those that stand in their place in the new one."""

    is_same: bool
    old: range
    new: range


@dataclass(slots=True)
class _Texts:
    """An old and a new text, and which lines of the one are which of the other."""

    old: _Lines
    new: _Lines
    hunks: tuple[_Hunk, ...]
    _words: dict[int, _WordMap | None] = field(default_factory=dict)
    _loose: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, old: str, new: str) -> _Texts:
        before, now = _Lines.of(old), _Lines.of(new)
        matcher = SequenceMatcher(None, before.lines, now.lines, autojunk=False)
        texts = cls(
            before,
            now,
            tuple(
                _Hunk(tag == "equal", range(i1, i2), range(j1, j2))
                for tag, i1, i2, j1, j2 in matcher.get_opcodes()
            ),
        )
        for n in (n for hunk in texts.hunks if not hunk.is_same for n in hunk.new):
            texts._loose[now.lines[n]].append(n)
        return texts

    def place(self, span: Span) -> Placed:
        """Where a span is now."""
        first, last = self.old.at(span.start), self.old.at(max(span.end - 1, span.start))
        hunk = next((hunk for hunk in self.hunks if first in hunk.old), None)
        if hunk is None:
            return Placed(span, None)
        if hunk.is_same and last in hunk.old:
            shift = self.new.starts[hunk.new.start] - self.old.starts[hunk.old.start]
            return Placed(span, Span(span.start + shift, span.end + shift))
        quote = self.old.text[span.start : span.end]
        found = self._by_words(span, first, last)
        if found is not None and self._now(found) == _plain(quote):
            return Placed(span, found)
        if found is None or len(_WORD.findall(quote)) >= PHRASE:
            expected = self.new.starts[hunk.new.start]
            elsewhere = min(self._elsewhere(quote), key=lambda at: abs(at - expected), default=None)
            if elsewhere is not None:
                return Placed(span, Span(elsewhere, elsewhere + len(quote)))
        return Placed(span, found, is_changed=found is not None)

    def _now(self, span: Span) -> str:
        return _plain(self.new.text[span.start : span.end])

    def _by_words(self, span: Span, first: int, last: int) -> Span | None:
        """The place of a span in the lines that its first and last line have become."""
        begins, ends = self._words_of(first), self._words_of(last)
        if begins is None or ends is None:
            return None
        start, end = begins.start(span.start), ends.end(span.end)
        return Span(start, end) if start < end else None

    def _words_of(self, line: int) -> _WordMap | None:
        """Where the words of an old line are in the line that it has become, if there is one."""
        if line not in self._words:
            now = self._became(line)
            self._words[line] = now if now is None else self._word_map(line, now)
        return self._words[line]

    def _word_map(self, line: int, now: int) -> _WordMap:
        return _WordMap.of(
            (self.old.lines[line], self.old.starts[line]),
            (self.new.lines[now], self.new.starts[now]),
        )

    def _became(self, line: int) -> int | None:
        """The line of the new text that an old one has become, unchanged, moved or edited."""
        hunk = next(hunk for hunk in self.hunks if line in hunk.old)
        if hunk.is_same:
            return hunk.new[hunk.old.index(line)]
        words = self.old.lines[line]
        if len(moved := self._loose.get(words, [])) == 1:
            return moved[0]
        now = _most_alike(words, self.new, hunk.new, hunk.old.index(line))
        if now is None:
            return None
        # a line that has become another one is not taken for what a line beside it has become
        back = _most_alike(self.new.lines[now], self.old, hunk.old, hunk.new.index(now))
        return now if back == line else None

    def _elsewhere(self, quote: str) -> Iterator[int]:
        """Where a quotation that is gone from its line stands in the lines that changed."""
        if not quote.strip() or self.new.text.count(quote) < self.old.text.count(quote):
            return
        pattern = re.compile(rf"(?<!\w){re.escape(quote)}(?!\w)")
        for hunk in self.hunks:
            if not hunk.is_same:
                start, stop = self.new.starts[hunk.new.start], self.new.starts[hunk.new.stop]
                yield from (found.start() for found in pattern.finditer(self.new.text, start, stop))


def _plain(words: str) -> str:
    return " ".join(words.split())


def _most_alike(words: str, text: _Lines, among: range, place: int) -> int | None:
    """The line most like these words; of equals the one at this place among them, or nearest."""
    from rapidfuzz.fuzz import ratio

    alike = [ratio(words, text.lines[n], score_cutoff=LINE_ALIKE) for n in among]
    best = max(range(len(alike)), key=lambda n: (alike[n], -abs(n - place)), default=None)
    return among[best] if best is not None and alike[best] else None


@dataclass(frozen=True, slots=True)
class _WordMap:
    """Which words of a line have become which of another; offsets are those of the texts."""

    old: tuple[Span, ...]
    new: tuple[Span, ...]
    blocks: tuple[tuple[str, int, int, int, int], ...]

    @classmethod
    def of(cls, old: tuple[str, int], new: tuple[str, int]) -> _WordMap:
        """Of an old line and a new one, each with where it begins."""
        before, now = _WORD.findall(old[0]), _WORD.findall(new[0])
        matcher = SequenceMatcher(None, before, now, autojunk=False)
        return cls(_word_spans(*old), _word_spans(*new), tuple(matcher.get_opcodes()))

    def start(self, offset: int) -> int:
        """Where what began at this offset begins now."""
        n = sum(word.end <= offset for word in self.old)
        for tag, i1, i2, j1, j2 in self.blocks:
            if not i1 <= n < i2:
                continue
            if tag == "equal":
                return self.new[j1 + n - i1].start + max(offset - self.old[n].start, 0)
            # counted from the nearer end of what was replaced
            at = j1 + n - i1 if n - i1 < i2 - n else j2 - (i2 - n)
            return self._begin(max(j1, min(at, j2 - 1)) if j1 < j2 else j1)
        return self._begin(len(self.new))

    def end(self, offset: int) -> int:
        """Where what ended at this offset ends now."""
        n = sum(word.start < offset for word in self.old) - 1
        for tag, i1, i2, j1, j2 in self.blocks:
            if not i1 <= n < i2:
                continue
            if tag == "equal":
                return self.new[j1 + n - i1].end - max(self.old[n].end - offset, 0)
            words, left = n + 1 - i1, i2 - n - 1
            at = min(j2, max(j1 + 1, j1 + words if words <= left else j2 - left))
            return self.new[at - 1].end if at else self._begin(0)
        return self._begin(0)

    def _begin(self, n: int) -> int:
        """Where a word begins, or the last one ends."""
        if n < len(self.new):
            return self.new[n].start
        return self.new[-1].end if self.new else 0


def _word_spans(line: str, at: int) -> tuple[Span, ...]:
    return tuple(Span(at + one.start(), at + one.end()) for one in _WORD.finditer(line))
